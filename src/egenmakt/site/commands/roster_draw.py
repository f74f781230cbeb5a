"""`egenmakt roster draw FILE --by assistant|person --out roster.svg`: the roster as a picture to hang on the wall.

FILE is a roster by the contract, with its assignments; with `--roster RESULT.json`, an answer of `roster solve`, the
assignments and why shifts stay open are taken from there. Else it is asked why, unless so many are open that the
roster has hardly been begun. The picture is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    os_error_told,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import Fields, quoted
from egenmakt.site.commands.options import Options
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.site.commands.writing import write_text_whole
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.drawing import draw
from egenmakt.staffing.rosters.drawing_rows import By
from egenmakt.staffing.rosters.drawing_words import listed
from egenmakt.staffing.rosters.instance import Assignments, Instance
from egenmakt.staffing.rosters.judging import judge
from egenmakt.staffing.rosters.why import why_open

MOST_REASONS = 200_000
MOST_ASKED_WHY = 100
MOST_ABLE = 5


def run(arguments: Sequence[str]) -> int:
    """Draw a roster. Exit 0 drawn, also with breaches and open shifts; 2 wrong input, nothing written; 3 no rule then."""
    options = Options(arguments, ("--by", "--out", "--roster"))
    by: By = "person" if options.one_of("--by", get_args(By), "assistant") == "person" else "assistant"
    out = options.file_to_write("--out")
    file = options.one_file()
    errors = list(options.errors)
    if out is None and not any(error.path == "out" for error in errors):
        errors.append(InputRefused("out", "Ange vart bilden ska med --out FIL.svg."))
    try:
        if errors or out is None:
            raise NotReadable(errors)
        instance = read_instance(*read_document([file]))
        assignments, reasons = _result(instance, options.text("--roster"))
    except NotReadable as error:
        return refuse(error.errors)
    except SummerTimeUnknown as error:
        return no_answer("from", str(error))
    breaches = judge(instance, assignments)
    picture = draw(instance, assignments, by=by, breaches=breaches, reasons=reasons)
    try:
        write_text_whole(out, picture)
    except OSError as error:
        return refuse([InputRefused("out", f"Filen går inte att skriva: {os_error_told(error)}.")])
    print_document(
        {
            "out": str(out),
            "by": by,
            "shifts": len(instance.shifts),
            "open": sum(assignments.get(shift.id) is None for shift in instance.shifts),
            "breaches": len(breaches),
            "cost": cost(instance, assignments).to_json()["total"],
        }
    )
    return DONE


def _result(instance: Instance, file: str | None) -> tuple[Assignments, Mapping[str, str]]:
    """The assignments and the reasons of an answer of `roster solve`; without one, those of the roster itself."""
    if file is None:
        return instance.fixed, _why(instance)
    try:
        document, repeated = read_document([file])
    except NotReadable as error:
        raise NotReadable([InputRefused("roster", one.message) for one in error.errors]) from error
    errors = [InputRefused(f"roster.{one.path}", one.message) for one in repeated]
    fields = Fields(document, errors, "roster")
    if fields.readable and "assignments" not in fields:
        fields.fail("assignments", "Fältet saknas. Ange ett svar från egenmakt roster solve.")
    assignments = _assignments(instance, fields)
    reasons = _reasons(instance, fields)
    if errors:
        raise NotReadable(errors)
    return assignments, reasons


def _why(instance: Instance) -> dict[str, str]:
    """Why each shift that nobody has is open, in a sentence; nothing when there are too many to ask about."""
    if sum(shift.id not in instance.fixed for shift in instance.shifts) > MOST_ASKED_WHY:
        return {}
    return {
        why.shift: _can_be_taken(why.able) if why.able else why.summary
        for why in why_open(instance, instance.fixed)
    }


def _can_be_taken(able: Sequence[str]) -> str:
    """Who could have the shift; the cheapest stand first."""
    more = [f"{len(able) - MOST_ABLE} till"] if len(able) > MOST_ABLE else []
    return f"Kan tas av {listed([*able[:MOST_ABLE], *more])}."


def _assignments(instance: Instance, fields: Fields) -> dict[str, str | None]:
    read: dict[str, str | None] = {}
    for shift, assistant in fields.mapping("assignments").items():
        where = f"assignments.{quoted(shift)}"
        if shift not in instance.shift:
            fields.fail(where, "Passet finns inte bland schemats pass.")
        if assistant is None:
            read[shift] = None
        elif not isinstance(assistant, str):
            fields.fail(where, "Ska vara en assistents id inom citattecken, eller null.")
        elif assistant not in instance.assistant:
            fields.fail(where, f"Assistenten {quoted(assistant)} finns inte bland schemats assistenter.")
        else:
            read[shift] = assistant
    return read


def _reasons(instance: Instance, fields: Fields) -> dict[str, str]:
    read: dict[str, str] = {}
    for one in fields.objects("why_open", MOST_REASONS):
        shift, summary = one.text("shift"), one.text("summary")
        if shift is not None and shift not in instance.shift:
            one.fail("shift", "Passet finns inte bland schemats pass.")
        elif shift is not None and summary is not None:
            read[shift] = summary
    return read
