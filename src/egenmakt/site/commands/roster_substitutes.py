"""`egenmakt roster substitutes FILE --shift S`: who can take a shift when somebody is ill, and why others cannot."""

from __future__ import annotations

from collections.abc import Sequence

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import quoted
from egenmakt.site.commands.options import Options
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.staffing.rosters.instance import Instance
from egenmakt.staffing.rosters.judging import Breach
from egenmakt.staffing.rosters.substitutes import Index


def run(arguments: Sequence[str]) -> int:
    """Read a roster, print the substitutes for a shift, ranked. Exit 0; 2 wrong input; 3 no rule then.

    Whoever has the shift in `assignments` is taken to be away.
    """
    try:
        instance, shift = _asked(arguments)
    except NotReadable as error:
        return refuse(error.errors)
    except SummerTimeUnknown as error:
        return no_answer("from", str(error))
    index = Index(instance, instance.fixed)
    found = index.substitutes(shift)
    print_document(
        {
            "shift": found.shift,
            "holder": found.holder,
            "substitutes": [one.to_json() for one in found.lawful],
            "exchanges": [one.to_json() for one in index.exchanges(shift)],
            "refused": [_as_json(breach) for breach in found.refused],
        }
    )
    return DONE


def _asked(arguments: Sequence[str]) -> tuple[Instance, str]:
    """The roster and the shift. Raises NotReadable with everything that is wrong with the words or with the file."""
    options = Options(arguments, ("--shift",))
    file, shift = options.one_file(), options.text("--shift")
    errors = list(options.errors)
    if shift is None and not any(error.path == "shift" for error in errors):
        errors.append(InputRefused("shift", "Ange vilket pass det gäller med --shift."))
    if not file:
        raise NotReadable(errors)
    try:
        instance = read_instance(*read_document([file]))
    except NotReadable as error:
        raise NotReadable([*errors, *error.errors]) from error
    if shift is not None and shift not in instance.shift:
        errors.append(InputRefused("shift", f"Passet {quoted(shift)} finns inte i schemat."))
    if errors or shift is None:
        raise NotReadable(errors)
    return instance, shift


def _as_json(breach: Breach) -> dict[str, object]:
    """Why somebody cannot take the shift, by the contract."""
    return {
        "assistant": breach.assistant,
        "rule": breach.rule,
        "section": breach.section,
        "message": breach.message,
    }
