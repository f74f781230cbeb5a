"""`egenmakt roster generate --persons N`: an invented roster of any size, to try the other commands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from egenmakt.site.commands.contract import DONE, InputRefused, print_document, refuse
from egenmakt.site.commands.options import Options
from egenmakt.site.commands.roster_writing import document_of
from egenmakt.staffing.rosters.generating import MONDAY, generate

MOST_PERSONS = 1_000
MOST_WEEKS = 52  # the names of shifts hold month and day: in a longer horizon two would be the same
MOST_PERSON_WEEKS = 3_000  # what a document that the other commands read can hold
MOST_SEED = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1997, 2197  # every clock time of the horizon is known, and of the evening before


def run(arguments: Sequence[str]) -> int:
    """Print a roster to fill, by the contract. The same words give the same roster. Exit 0 done, 2 wrong input."""
    options = Options(arguments, ("--persons", "--seed", "--weeks", "--from"))
    persons = options.whole("--persons", 1, MOST_PERSONS, default=0)
    seed = options.whole("--seed", 0, MOST_SEED, default=0)
    weeks = options.whole("--weeks", 1, MOST_WEEKS, default=4)
    options.no_file()
    errors = options.errors
    first = MONDAY if (text := options.text("--from")) is None else _monday(text)
    if first is None:
        told = f"Ska vara en måndag, skriven ÅÅÅÅ-MM-DD, mellan åren {FIRST_YEAR} och {LAST_YEAR}."
        errors.append(InputRefused("from", told))
    if options.text("--persons") is None and all(error.path != "persons" for error in errors):
        errors.append(InputRefused("persons", "Ange hur många personer schemat ska ha med --persons ANTAL."))
    if persons * weeks > MOST_PERSON_WEEKS:
        told = f"Personer gånger veckor får vara högst {MOST_PERSON_WEEKS}. Ange färre av det ena."
        errors.append(InputRefused("persons", told))
    if errors or first is None:
        return refuse(errors)
    print_document(document_of(generate(persons, seed=seed, weeks=weeks, first=first)))
    return DONE


def _monday(text: str) -> date | None:
    """The Monday that is written; None when it is none, or beyond what can be counted with."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    known = FIRST_YEAR <= day.year <= LAST_YEAR
    return day if known and day.weekday() == 0 and text == day.isoformat() else None
