"""`egenmakt roster check FILE`: every breach of a roster, the shifts nobody has, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.law.working_time.shifts import clock_at
from egenmakt.site.commands.contract import (
    DONE,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.roster_findings import findings_of
from egenmakt.site.commands.roster_reading import read_instance
from egenmakt.staffing.rosters.cost import cost
from egenmakt.staffing.rosters.judging import Breach, judge


def run(arguments: Sequence[str]) -> int:
    """Read a roster and print what breaks the rules. Exit 0 judged, also with breaches; 2 wrong input; 3 no rule then."""
    try:
        instance = read_instance(*read_document(arguments))
    except NotReadable as error:
        return refuse(error.errors)
    except SummerTimeUnknown as error:
        return no_answer("from", str(error))
    breaches = judge(instance, instance.fixed)
    print_document(
        {
            "breaches": [breach_as_json(breach) for breach in breaches],
            "open": [shift.id for shift in instance.shifts if shift.id not in instance.fixed],
            "cost": cost(instance, instance.fixed).to_json(),
            "findings": findings_of(instance.rules, breaches),
            "unverified": [],  # every limit is told in the document, or is the contract's own
        }
    )
    return DONE


def breach_as_json(breach: Breach) -> dict[str, object]:
    """A breach by the contract. The fold is told where a clock time is the second of two."""
    begins, ends = clock_at(breach.from_s), clock_at(breach.to_s)
    return {
        "rule": breach.rule,
        "section": breach.section,
        "assistant": breach.assistant,
        "shift": breach.shift,
        "from": _clock(begins),
        "to": _clock(ends),
        **({"from_fold": 1} if begins.fold else {}),
        **({"to_fold": 1} if ends.fold else {}),
        "message": breach.message,
    }


def _clock(clock: datetime) -> str:
    return clock.replace(fold=0).isoformat(timespec="minutes")
