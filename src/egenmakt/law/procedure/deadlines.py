"""Deadlines of procedure and of LSS, as dated results with their reasons.

Every function is a function of dated facts: the same facts give the same day whenever they are asked. A last
day to act is moved past free days by 2 § lagen (1930:173); how long something is valid is not. Raises
`NoParameter` for a day the law kept here does not reach and `CalendarUnknown` before 1990.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from egenmakt.law.calendar import (
    SAME_NUMBER,
    LastDay,
    after_months,
    after_weeks,
    day_after,
    last_day,
)
from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.parameters import Dated, parameter

# The present Administrative Procedure Act came into force on this day; an earlier one ruled before it.
IN_FORCE = date(2018, 7, 1)
TRIES_THE_TIME = Citation("förvaltningslagen (2017:900)", "45 §", "första stycket")
TRIED_THE_TIME_BEFORE = Citation("förvaltningslagen (1986:223)", "24 §")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day and why.

    `nominal` is the day counted to before any move past free days. `begins` is the first day of what comes
    after, where the rule gives the individual or the authority something from that day.
    """

    rule: str
    last_day: date
    nominal: date
    finding: Finding
    begins: date | None = None
    unverified: tuple[str, ...] = ()

    def in_time(self, done: date) -> bool:
        """Whether something done on the day was done in time; the last day counts."""
        return done <= self.last_day


def _number(name: str, on: date) -> tuple[int, Dated]:
    dated = parameter(name).at(on)
    return cast("int", dated.value), dated


def _unverified(name: str, dated: Dated) -> tuple[str, ...]:
    return () if dated.verified else (name,)


def _counted(begins: date, ends: date, length: str) -> Finding:
    return Finding(
        rule="counted_time",
        citation=SAME_NUMBER,
        outcome=Outcome.MET,
        reason=f"{length} från {begins.isoformat()} slutar {ends.isoformat()}.",
        facts={"from": begins, "length": length},
        result=ends,
    )


def _to_act(
    rule: str,
    name: str,
    dated: Dated,
    *,
    facts: dict[str, object],
    counted: Finding,
    moved: LastDay,
    reason: str,
) -> Deadline:
    finding = Finding(
        rule=rule,
        citation=dated.citation,
        outcome=Outcome.MET,
        reason=reason,
        facts=facts,
        result=moved.day,
        children=(counted, moved.finding),
    )
    return Deadline(rule, moved.day, moved.nominal, finding, unverified=_unverified(name, dated))


def appeal_deadline(served: date) -> Deadline:
    """The last day to hand in an appeal to the authority that decided (44 § FL).

    `served` is the day the appellant got the decision through the authority. The day of service itself is not
    moved when it is a holiday; the last day is.
    """
    weeks, dated = _number("appeal_weeks", served)
    nominal = after_weeks(served, weeks)
    moved = last_day(nominal)
    return _to_act(
        "appeal",
        "appeal_weeks",
        dated,
        facts={"served": served},
        counted=_counted(served, nominal, f"{weeks} veckor"),
        moved=moved,
        reason=f"Överklagandet ska ha kommit in till den nämnd som beslutade senast {moved.day.isoformat()}: "
        f"{weeks} veckor från det att den enskilde fick del av beslutet {served.isoformat()}.",
    )


def appeal_in_time(served: date, received: date) -> Finding:
    """Whether an appeal that came in on a day came in time (45 § FL).

    `received` is the day it came in by 22 § FL. The rule about post found the day before is not for e-mail.
    """
    deadline = appeal_deadline(served)
    in_time = deadline.in_time(received)
    late = "" if in_time else " Det ska avvisas, om inte förseningen beror på en felaktig underrättelse."
    return Finding(
        rule="appeal_in_time",
        citation=TRIES_THE_TIME if served >= IN_FORCE else TRIED_THE_TIME_BEFORE,
        outcome=Outcome.MET if in_time else Outcome.NOT_MET,
        reason=(
            f"Överklagandet kom in {received.isoformat()}, {'i rätt tid' if in_time else 'för sent'}: "
            f"sista dagen var {deadline.last_day.isoformat()}.{late}"
        ),
        facts={"served": served, "received": received},
        result=in_time,
        children=(deadline.finding,),
    )


@dataclass(frozen=True, slots=True)
class LegalForce:
    """The first day a decision has legal force (laga kraft); `day` is None while that cannot be said."""

    day: date | None
    finding: Finding
    unverified: tuple[str, ...] = ()


def legal_force(served: Sequence[date | None], *, appealed: bool = False) -> LegalForce:
    """When an authority's decision gains legal force if nobody appeals.

    `served` holds one entry per person who may appeal: the day of service, or None where the decision has not
    been served. Legal force comes the day after the last day of the longest appeal period. While an appeal is
    tried, or somebody has not been served, there is no day. That an LSS decision applies at once (27 § fourth
    paragraph) is another matter.
    """
    citation = Citation("förvaltningslagen (2017:900)", "44 §")
    facts: dict[str, object] = {"served": list(served), "appealed": appealed}

    def unclear(reason: str) -> LegalForce:
        return LegalForce(None, Finding("legal_force", citation, Outcome.NOT_MET, reason, facts))

    if appealed:
        return unclear("Beslutet är överklagat. Det får laga kraft först när målet är slutligt avgjort.")
    deadlines = [appeal_deadline(day) for day in served if day is not None]
    if len(deadlines) < len(served) or not served:
        return unclear("Alla som får överklaga har inte fått del av beslutet.")
    latest = max(deadlines, key=lambda deadline: deadline.last_day)
    begins = day_after(latest.last_day)
    finding = Finding(
        rule="legal_force",
        citation=citation,
        outcome=Outcome.MET,
        reason=(
            f"Överklagas beslutet inte får det laga kraft {begins.isoformat()}, "
            f"dagen efter sista dagen att överklaga ({latest.last_day.isoformat()})."
        ),
        facts=facts,
        result=begins,
        children=tuple(deadline.finding for deadline in deadlines),
    )
    return LegalForce(begins, finding, latest.unverified)


def delay_request_from(begun: date) -> Deadline:
    """From when the person who began a case may ask in writing that it be decided (12 § FL).

    `last_day` is the last of the six months in which the case should be decided; `begins` the first day of
    the right to ask. Neither is moved: they are no days on which something must be done.
    """
    months, dated = _number("delay_request_months", begun)
    ends = after_months(begun, months)
    begins = day_after(ends)
    finding = Finding(
        rule="delay_request",
        citation=dated.citation,
        outcome=Outcome.MET,
        reason=(
            f"Är ärendet inte avgjort senast {ends.isoformat()} får den som inledde det {begun.isoformat()} "
            f"skriftligen begära att det avgörs, tidigast {begins.isoformat()} och bara en gång."
        ),
        facts={"begun": begun},
        result=begins,
        children=(_counted(begun, ends, f"{months} månader"),),
    )
    return Deadline("delay_request", ends, ends, finding, begins, _unverified("delay_request_months", dated))


def delay_answer_deadline(requested: date) -> Deadline:
    """The last day to decide the case, or to refuse the request in a decision of its own (12 § FL).

    `requested` is the day the written request came in.
    """
    weeks, dated = _number("delay_answer_weeks", requested)
    nominal = after_weeks(requested, weeks)
    moved = last_day(nominal)
    return _to_act(
        "delay_answer",
        "delay_answer_weeks",
        dated,
        facts={"requested": requested},
        counted=_counted(requested, nominal, f"{weeks} veckor"),
        moved=moved,
        reason=f"Senast {moved.day.isoformat()} ska ärendet avgöras eller begäran avslås i ett särskilt "
        f"beslut, som får överklagas.",
    )


def unexecuted_from(decided: date, *, interrupted: bool = False) -> Deadline:
    """From when a favourable decision counts as not executed and is to be reported (28 f § LSS).

    `decided` is the day of the decision or, with `interrupted`, the day its execution was interrupted.
    `last_day` is the last day to execute it in time, `begins` the first day it counts as not executed; the
    report is made for the quarter of that day. The three months are not moved: the law counts them from the
    decision, and they are no period for an act of the individual.
    """
    months, dated = _number("unexecuted_months", decided)
    ends = after_months(decided, months)
    begins = day_after(ends)
    what = "avbrottet" if interrupted else "beslutet"
    done = "på nytt är verkställt" if interrupted else "är verkställt"
    finding = Finding(
        rule="unexecuted",
        citation=Citation(
            dated.citation.act,
            "28 f §",
            "andra stycket" if interrupted else "första stycket",
            dated.citation.version,
        ),
        outcome=Outcome.MET,
        reason=(
            f"Ett beslut som inte {done} senast {ends.isoformat()}, "
            f"{months} månader från {what} {decided.isoformat()}, "
            f"rapporteras till IVO och revisorerna för {quarter_of(begins)}."
        ),
        facts={"interrupted" if interrupted else "decided": decided},
        result=begins,
        children=(_counted(decided, ends, f"{months} månader"),),
    )
    return Deadline("unexecuted", ends, ends, finding, begins, _unverified("unexecuted_months", dated))


def quarter_of(day: date) -> str:
    """The calendar quarter of a day, as it is written to people: `kvartal 2 2026`."""
    return f"kvartal {(day.month + 2) // 3} {day.year}"


def time_report_deadline(month: date) -> Deadline:
    """The last day for a month's time report and claim to reach Försäkringskassan (FKFS 2016:4).

    `month` is any day of the month worked. The day is set by regulation, so it moves past free days.
    """
    first = month.replace(day=1)
    dated = parameter("time_report_day").at(first)
    due = cast("Mapping[str, int]", dated.value)
    nominal = after_months(first, due["months_after"]).replace(day=due["day"])
    moved = last_day(nominal)
    finding = Finding(
        rule="time_report",
        citation=dated.citation,
        outcome=Outcome.MET,
        reason=(
            f"Tidsredovisning och räkning för {first:%Y-%m} ska ha kommit in till Försäkringskassan "
            f"senast {moved.day.isoformat()}."
        ),
        facts={"month": f"{first:%Y-%m}"},
        result=moved.day,
        children=(moved.finding,),
    )
    return Deadline(
        "time_report", moved.day, nominal, finding, unverified=_unverified("time_report_day", dated)
    )


def advance_ruling_validity(available: date) -> Deadline:
    """The last day an advance ruling (förhandsbesked) is valid (16 § second paragraph LSS).

    `available` is the day the measures became available to the person. Validity is not moved past free days.
    """
    months, dated = _number("advance_ruling_months", available)
    ends = after_months(available, months)
    finding = Finding(
        rule="advance_ruling",
        citation=dated.citation,
        outcome=Outcome.MET,
        reason=(
            f"Förhandsbeskedet gäller till och med {ends.isoformat()}, {months} månader från den dag "
            f"insatserna blev tillgängliga, {available.isoformat()}."
        ),
        facts={"available": available},
        result=ends,
        children=(_counted(available, ends, f"{months} månader"),),
    )
    return Deadline(
        "advance_ruling", ends, ends, finding, unverified=_unverified("advance_ruling_months", dated)
    )


def simplified_service(notice_sent: date) -> Deadline:
    """The day a document counts as served by simplified service (förenklad delgivning).

    `notice_sent` is the day the notice, that a document had been sent, was itself sent. `last_day` is the day
    of service; it is a day on which something comes about, not one to act on, so it is not moved.
    """
    weeks, dated = _number("simplified_service_weeks", notice_sent)
    served = after_weeks(notice_sent, weeks)
    finding = Finding(
        rule="simplified_service",
        citation=dated.citation,
        outcome=Outcome.MET,
        reason=(
            f"Delgivning har skett {served.isoformat()}, "
            f"{weeks} veckor efter meddelandet {notice_sent.isoformat()}."
        ),
        facts={"notice_sent": notice_sent},
        result=served,
        children=(_counted(notice_sent, served, f"{weeks} veckor"),),
    )
    return Deadline(
        "simplified_service",
        served,
        served,
        finding,
        unverified=_unverified("simplified_service_weeks", dated),
    )
