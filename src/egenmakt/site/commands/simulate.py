"""`egenmakt simulate FILE.parquet`: what the law, or a variant of it, gives a whole population.

Guarantees what every command of the contract does: one JSON document, all errors at once, never a traceback.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from egenmakt.law.parameters import NoParameter, Parameter
from egenmakt.law.parameters.loader import ParameterFileFaulty, load_file
from egenmakt.law.rules import NoRule
from egenmakt.site.commands.contract import DONE, InputRefused, no_answer, print_document, refuse

if TYPE_CHECKING:
    from egenmakt.law.population import Population, PopulationLaw

_USAGE = (
    "Skriv egenmakt simulate FIL.parquet --on ÅÅÅÅ-MM-DD, eller --synthetic ANTAL i stället för filen. "
    "Lägg till --change NAMN=VÄRDE för att jämföra med en ändrad lag och --out FIL.parquet för svaret rad för rad."
)
_FIRST_YEAR, _LAST_YEAR = 1880, 2199
_MOST_SYNTHETIC = 20_000_000
_OPTIONS = ("on", "synthetic", "change", "out")


@dataclass
class _Asked:
    """What the words of the command say."""

    file: Path | None = None
    on: date | None = None
    synthetic: int | None = None
    out: Path | None = None
    changes: dict[str, int | Parameter] = field(default_factory=dict)
    readings: list[str] = field(default_factory=list)
    errors: list[InputRefused] = field(default_factory=list)

    def fail(self, path: str, message: str) -> None:
        self.errors.append(InputRefused(path, message))


def run(arguments: Sequence[str]) -> int:
    """Simulate. Exit 0 computed, 2 wrong input, 3 the law gives no answer for the day or for somebody."""
    asked = _read(arguments)
    missing = [name for name in ("numpy", "pyarrow") if find_spec(name) is None]
    if missing:
        asked.fail(
            "",
            f"Det som behövs för simulering saknas ({', '.join(missing)}). Installera egenmakt[population].",
        )
    if asked.errors or asked.on is None:
        return refuse(asked.errors)
    from egenmakt.law.population import PopulationFaulty, UnknownParameter, UnknownReading, WrongValue, law_on

    try:
        people = _people(asked, asked.on)
        law = law_on(asked.on)
        changed = asked.changes or asked.readings
        variant = law.change(reading=asked.readings, **asked.changes) if changed else None
        document = _document(asked, people, law, variant)
    except PopulationFaulty as error:
        return refuse([InputRefused(*fault) for fault in error.faults])
    except (UnknownParameter, UnknownReading, WrongValue) as error:
        return refuse([InputRefused("change", str(error))])
    except (NoParameter, NoRule) as error:
        return no_answer("on", error.message, name=error.name, date=asked.on.isoformat())
    except OSError as error:
        return refuse([InputRefused("out", f"Filen går inte att skriva: {error.strerror or error}.")])
    except MemoryError:
        return refuse([InputRefused("", "Populationen får inte plats i minnet. Dela upp den.")])
    print_document(document)
    return DONE


def _people(asked: _Asked, on: date) -> Population:
    from egenmakt.law.population import read_population, synthetic_population

    if asked.synthetic is not None:
        return synthetic_population(asked.synthetic, on=on)
    return read_population(str(asked.file))


def _document(
    asked: _Asked, people: Population, law: PopulationLaw, variant: PopulationLaw | None
) -> dict[str, object]:
    from egenmakt.law.population import compare, kronor, standard_amount
    from egenmakt.law.population.files import write_result
    from egenmakt.law.population.running import OUTCOMES
    from egenmakt.law.population.synthetic import IN_WORDS, SOURCES

    shown = variant or law
    result = shown.run(people)
    amount = standard_amount(shown.day)
    totals = shown.totals(people)
    comparison = compare(law, variant, people) if variant else None
    if asked.out is not None:
        write_result(asked.out, people, result)
    unverified = {*result.unverified, *(comparison.unverified if comparison else ())}
    return {
        "on": law.day.isoformat(),
        "population": {
            "persons": people.size,
            "moments": people.moments,
            "synthetic": asked.synthetic is not None,
            "about": IN_WORDS if asked.synthetic is not None else None,
            "sources": list(SOURCES) if asked.synthetic is not None else [],
        },
        "law": {
            "hash": law.law_hash,
            "changes": {name: _told(change) for name, change in asked.changes.items()},
            "readings": list((variant or law).readings),
        },
        "result": {
            "outcomes": {outcome.value: totals.outcomes[outcome] for outcome in OUTCOMES},
            "total_s": totals.total_s,
            "municipal_share_s": totals.municipal_share_s,
            "kronor_per_year": format(kronor(totals.total_s, amount), "f"),
            "municipal_kronor_per_year": format(kronor(totals.municipal_share_s, amount), "f"),
            "standard_amount": format(amount, "f"),
        },
        "comparison": comparison.to_json() if comparison else None,
        "findings": [],
        "unverified": sorted(unverified),
    }


def _told(change: int | Parameter) -> object:
    return change if isinstance(change, int) else {"title": change.title, "values": len(change.values)}


def _read(arguments: Sequence[str]) -> _Asked:
    """The words of the command, and everything that is wrong with them."""
    asked = _Asked()
    given: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            if asked.file is not None:
                asked.fail("arguments", f"{word} är ett ord för mycket. {_USAGE}")
            asked.file = asked.file or Path(word)
            continue
        option, has_value, value = word[2:].partition("=")
        if option not in _OPTIONS:
            asked.fail("arguments", f"Valet --{option} finns inte. {_USAGE}")
        elif not has_value and not rest:
            asked.fail(option, f"--{option} saknar värde.")
        elif option == "change":
            _change(asked, value if has_value else rest.pop(0))
        elif option in given:
            asked.fail(option, f"--{option} är angivet två gånger.")
        else:
            given[option] = value if has_value else rest.pop(0)
    _options(asked, given)
    return asked


def _options(asked: _Asked, given: Mapping[str, str]) -> None:
    try:
        asked.on = date.fromisoformat(given["on"]) if len(given["on"]) == len("2026-01-01") else None
        if asked.on is None:
            asked.fail("on", "Ska vara ett datum, skrivet ÅÅÅÅ-MM-DD.")
    except KeyError:
        if not any(error.path == "on" for error in asked.errors):
            asked.fail("on", "Ange dagen med --on ÅÅÅÅ-MM-DD.")
    except ValueError:
        asked.fail("on", "Ska vara ett datum, skrivet ÅÅÅÅ-MM-DD.")
    if asked.on is not None and not _FIRST_YEAR <= asked.on.year <= _LAST_YEAR:
        asked.fail("on", f"Året ska ligga mellan {_FIRST_YEAR} och {_LAST_YEAR}.")
    if "synthetic" in given:
        text = given["synthetic"]
        if text.isascii() and text.isdigit() and len(text) <= 8 and 1 <= int(text) <= _MOST_SYNTHETIC:
            asked.synthetic = int(text)
        else:
            asked.fail("synthetic", f"Ska vara ett antal personer från 1 till {_MOST_SYNTHETIC}.")
        if asked.file is not None:
            asked.fail("arguments", "Ange antingen en fil eller --synthetic, inte båda.")
    elif asked.file is None:
        if not any(error.path == "synthetic" for error in asked.errors):
            asked.fail("file", f"Ange en fil med en population. {_USAGE}")
    elif not asked.file.is_file():
        asked.fail("file", f"Filen {asked.file} finns inte.")
    if "out" in given:
        asked.out = Path(given["out"])
        if not asked.out.parent.is_dir():
            asked.fail("out", f"Mappen {asked.out.parent} finns inte.")


def _change(asked: _Asked, text: str) -> None:
    name, has_value, value = text.partition("=")
    path = f"change.{name}" if name else "change"
    if not has_value or not name or not value:
        asked.fail(path, "Skriv --change NAMN=VÄRDE eller --change NAMN=FIL.toml.")
    elif name == "reading":
        asked.readings.append(value)
    elif name in asked.changes:
        asked.fail(path, f"{name} ändras två gånger.")
    elif value.isascii() and value.isdigit() and len(value) <= 9:
        asked.changes[name] = int(value)
    elif value.endswith(".toml") and Path(value).is_file():
        try:
            asked.changes[name] = load_file(Path(value))
        except ParameterFileFaulty as error:
            asked.fail(path, f"Parameterfilen är fel: {error}")
        except (OSError, UnicodeDecodeError):
            asked.fail(path, f"Filen {value} går inte att läsa.")
    else:
        asked.fail(path, "Värdet ska vara ett heltal eller en parameterfil (.toml) som finns.")
