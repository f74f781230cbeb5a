"""The people who are measured."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from egenmakt import law

MOMENTS = 50
ADULT, CHILD = date(1990, 5, 14), date(2022, 5, 14)


def facts(born: date, moments: int = MOMENTS, until: date | None = None) -> law.AssessmentFacts:
    """A person who needs help with eight things in many small moments."""
    needs = list(law.Need)
    return law.AssessmentFacts(
        on=date(2026, 5, 1), until=until, born=born, received=date(2026, 2, 10), days_per_week=7,
        moments=tuple(_moment(place, needs[place % len(needs)]) for place in range(moments)),
        personkrets=law.Personkrets(1), double_assistance=law.DoubleAssistance(True, True),
    )  # fmt: skip


def _moment(place: int, need: law.Need) -> law.Moment:
    return law.Moment(
        id=f"m{place}", text=f"Moment {place}", need=need, minutes=Decimal(3 + place % 9), times=1 + place % 3,
        per=list(law.Per)[place % 2], intimate=place % 5 != 0, assistants=1 + (place % 7 == 0),
        tube_feeding=place % 11 == 0,
    )  # fmt: skip


def document(person: law.AssessmentFacts) -> dict[str, object]:
    """The person as the JSON document of `egenmakt assess`."""
    made = person.double_assistance
    return {
        "on": person.on.isoformat(),
        "person": {"born": person.born.isoformat()},
        "application": {"received": person.received.isoformat(), "granted_before_age_limit": False},
        "personkrets": {"group": 1},
        "days_per_week": person.days_per_week,
        "double_assistance": {
            "housing_adaptation_tried": made.housing_adaptation_tried, "aids_tried": made.aids_tried,
        },
        "moments": [
            {
                "id": one.id, "text": one.text, "need": one.need.value, "minutes": int(one.minutes),
                "times": one.times, "per": one.per.value, "assistants": one.assistants, "intimate": one.intimate,
                "tube_feeding": one.tube_feeding,
            }
            for one in person.moments
        ],
    }  # fmt: skip
