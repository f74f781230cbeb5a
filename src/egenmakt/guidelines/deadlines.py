"""The times a guideline sets itself: first contact, decision, implementation plan.

They are the municipality's own aims and no law, so lagen (1930:173) does not move a last day past free days;
`plan_for` is the last working day that keeps it. What the law demands stands in `egenmakt.law.procedure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from egenmakt.guidelines.model import GuidelineValue
from egenmakt.guidelines.store import guideline
from egenmakt.law.calendar import after_months, after_weeks, working_day_on_or_before
from egenmakt.law.findings import Citation, Finding, Outcome


@dataclass(frozen=True, slots=True)
class GuidelineDeadline:
    """The last day by a guideline. `unverified` names the value when it is assumed and not decided."""

    rule: str
    last_day: date
    plan_for: date
    value: GuidelineValue
    finding: Finding
    unverified: tuple[str, ...]

    def in_time(self, done: date) -> bool:
        """Whether something done on the day was done in time."""
        return done <= self.last_day


def first_contact_deadline(slug: str, received: date) -> GuidelineDeadline:
    """The last day to contact the person after the application came in (H-13)."""
    return _deadline("first_contact", "first_contact_time", slug, received, "Den enskilde ska ha kontaktats")


def decision_deadline(slug: str, received: date) -> GuidelineDeadline:
    """The last day for the decision to have reached the applicant (H-13)."""
    return _deadline("decision", "decision_time", slug, received, "Beslutet ska ha nått den sökande")


def plan_deadline(slug: str, started: date) -> GuidelineDeadline:
    """The last day for the implementation plan after the measure started (A-05)."""
    return _deadline(
        "implementation_plan",
        "implementation_plan_time",
        slug,
        started,
        "Genomförandeplanen ska vara upprättad",
    )


_WORDS = {"weeks": ("vecka", "veckor"), "months": ("månad", "månader")}


def _deadline(rule: str, name: str, slug: str, begins: date, what: str) -> GuidelineDeadline:
    """Raises `NoGuideline`, `NoGuidelineValue`, and `CalendarUnknown` before 1990."""
    setting = guideline(slug).value(name, begins)
    length = int(setting.value)
    last = after_weeks(begins, length) if setting.unit == "weeks" else after_months(begins, length)
    plan_for = working_day_on_or_before(last)
    words = _WORDS[setting.unit][length != 1]
    reason = (
        f"{what} senast {last.isoformat()}, {length} {words} från {begins.isoformat()}. "
        "Det är kommunens riktlinje, ingen lag."
    )
    if setting.assumed:
        reason += f" Tiden är antagen: {setting.reason}"
    finding = Finding(
        rule=rule,
        citation=Citation(setting.source, ""),
        outcome=Outcome.UNCLEAR if setting.assumed else Outcome.MET,
        reason=reason,
        facts={"municipality": slug, "begins": begins, name: length, "unit": setting.unit},
        result=last,
    )
    unverified = (f"{slug}.{name}",) if setting.assumed else ()
    return GuidelineDeadline(rule, last, plan_for, setting, finding, unverified)
