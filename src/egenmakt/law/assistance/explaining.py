"""The explanation of an assessment: a tree of findings for each stretch, as a view of what the rules gave.

Nothing is worked out here that the rules have not worked out; this module only says it in Swedish.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.assistance.sentences import PER_IN_WORDS, number, reason_of_moment, spoken, times_in_words
from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.lss.needs import Answer, CountedAs
from egenmakt.law.lss.parental_deduction import age_by_month
from egenmakt.law.lss.readings import READINGS
from egenmakt.law.parameters import parameter
from egenmakt.law.rules import in_force
from egenmakt.law.sfb.allowance import Decider
from egenmakt.law.timeline import Period

if TYPE_CHECKING:
    from egenmakt.law.assistance.assessed import AssessedMoment, AssessedStretch, Assessment

_MET = {Answer.YES: Outcome.MET, Answer.NO: Outcome.NOT_MET, Answer.UNKNOWN: Outcome.UNCLEAR}


def findings_of(assessment: Assessment) -> tuple[Finding, ...]:
    """One tree for each stretch of the assessment's timeline, in order."""
    return tuple(_stretch(assessment, part.period, part.value) for part in assessment.timeline)


def _stretch(assessment: Assessment, period: Period, stretch: AssessedStretch) -> Finding:
    facts, law_of = assessment.facts, assessment.law_of or period.start
    children = [
        _belongs(assessment, stretch),
        _age(assessment, stretch),
        _basic(stretch),
        _other(stretch, law_of),
        *_not_counted(stretch),
        *_deductions(stretch, law_of, age_by_month(period.start, facts.born), facts.readings),
        _threshold(stretch),
        *_no_increase(assessment, stretch),
        _share(stretch),
    ]
    outcome, reason = _answer(stretch)
    return Finding(
        rule="right",
        citation=_citation(stretch, "outcome"),
        outcome=outcome,
        reason=reason,
        facts={"from": period.start, "to": period.last, "decider": stretch.outcome},
        result=stretch.total_s,
        children=tuple(children),
    )


def _answer(stretch: AssessedStretch) -> tuple[Outcome, str]:
    granted = f"Personen har rätt till {spoken(stretch.total_s)} personlig assistans i veckan"
    if stretch.outcome is Decider.STATE:
        return Outcome.MET, (
            f"{granted}. De grundläggande behoven är mer än gränsen, så Försäkringskassan beslutar om "
            "assistansersättning."
        )
    if stretch.outcome is Decider.MUNICIPALITY:
        return Outcome.MET, f"{granted} från kommunen."
    if stretch.outcome is Decider.REFUSED:
        return Outcome.NOT_MET, f"Personen har inte rätt till personlig assistans. {_why_refused(stretch)}"
    return Outcome.UNCLEAR, f"Det går inte att säga än. {_why_unclear(stretch)}"


def _belongs(assessment: Assessment, stretch: AssessedStretch) -> Finding:
    group = assessment.facts.personkrets.group if assessment.facts.personkrets else None
    return Finding(
        rule="belongs",
        citation=_citation(stretch, "belongs"),
        outcome=_MET[stretch.belongs],
        reason={
            Answer.YES: f"Personen hör till personkretsens grupp {group}.",
            Answer.NO: "Personen hör inte till någon av personkretsens grupper.",
            Answer.UNKNOWN: "Det är inte prövat om personen hör till personkretsen.",
        }[stretch.belongs],
        facts={"group": group, "tried": assessment.facts.personkrets is not None},
        result=stretch.belongs,
    )


def _age(assessment: Assessment, stretch: AssessedStretch) -> Finding:
    facts = assessment.facts
    too_late = bool(stretch.trace["limit_reached_when_received"])
    late = "Ansökan kom in den dag åldersgränsen nåddes eller senare"
    if stretch.barred_by_age is Answer.YES:
        reason = f"{late}, och assistans var inte beviljad före dess."
    elif stretch.barred_by_age is Answer.UNKNOWN:
        reason = f"{late}. Det är inte klarlagt om assistans var beviljad före dess."
    elif too_late:
        reason = f"{late}, men assistans var beviljad före dess."
    elif stretch.age_limit_reached:
        reason = "Personen har nått åldersgränsen, men ansökan kom in före dess."
    else:
        reason = "Personen har inte nått åldersgränsen."
    outcomes = {Answer.YES: Outcome.NOT_MET, Answer.NO: Outcome.MET, Answer.UNKNOWN: Outcome.UNCLEAR}
    return Finding(
        rule="barred_by_age",
        citation=_citation(stretch, "barred_by_age"),
        outcome=outcomes[stretch.barred_by_age],
        reason=reason,
        facts={
            "born": facts.born,
            "received": facts.received,
            "granted_before_age_limit": facts.granted_before_age_limit,
            "reached_when_received": too_late,
            "reached": stretch.age_limit_reached,
        },
        result=stretch.barred_by_age,
    )


def _basic(stretch: AssessedStretch) -> Finding:
    after = spoken(stretch.basic_after_s)
    return Finding(
        rule="has_basic_needs",
        citation=_citation(stretch, "has_basic_needs"),
        outcome=_MET[stretch.has_basic_needs],
        reason={
            Answer.YES: f"Personen behöver hjälp med grundläggande behov {after} i veckan"
            + (" efter föräldraavdrag." if stretch.basic_deduction_s else "."),
            Answer.NO: "Det finns inget grundläggande behov kvar efter föräldraavdraget."
            if stretch.basic_s
            else "Inget moment räknas som hjälp med ett grundläggande behov.",
            Answer.UNKNOWN: "Det är inte klarlagt om personen behöver hjälp med grundläggande behov.",
        }[stretch.has_basic_needs],
        facts={"basic_s": stretch.basic_s, "basic_deduction_s": stretch.basic_deduction_s},
        result=stretch.basic_after_s,
        children=tuple(
            _moment(moment, stretch)
            for moment in stretch.moments
            if moment.counted_as in (CountedAs.BASIC, CountedAs.UNCLEAR)
        ),
    )


def _other(stretch: AssessedStretch, day: date) -> Finding:
    children = [
        _moment(moment, stretch) for moment in stretch.moments if moment.counted_as is CountedAs.OTHER
    ]
    if stretch.waiting_s:
        children.append(_night("waiting_s", stretch.waiting_s, day, "Väntetid", "fyra"))
    if stretch.standby_s:
        children.append(_night("standby_s", stretch.standby_s, day, "Beredskap", "sju"))
    return Finding(
        rule="need_s",
        citation=_citation(stretch, "need_s"),
        outcome=Outcome.MET if stretch.other_after_s else Outcome.NOT_MET,
        reason=f"Andra personliga behov är {spoken(stretch.other_after_s)} i veckan"
        + (" efter föräldraavdrag." if stretch.other_deduction_s else "."),
        facts={"other_s": stretch.other_s, "other_deduction_s": stretch.other_deduction_s},
        result=stretch.other_after_s,
        children=tuple(children),
    )


def _night(rule: str, seconds: int, day: date, what: str, hours: str) -> Finding:
    return Finding(
        rule=rule,
        citation=rulebook().wording(rule, day).citation,
        outcome=Outcome.MET,
        reason=f"{what} under dygnsvilan räknas som annat personligt behov: {hours} timmar blir en timme.",
        facts={"counted_s": seconds},
        result=seconds,
    )


def _not_counted(stretch: AssessedStretch) -> tuple[Finding, ...]:
    children = tuple(
        _moment(moment, stretch) for moment in stretch.moments if moment.counted_as is CountedAs.NOT_COUNTED
    )
    if not children:
        return ()
    return (
        Finding(
            rule="admitted",
            citation=children[0].citation,
            outcome=Outcome.NOT_MET,
            reason="Hälso- och sjukvård som inte är bedömd som egenvård räknas inte.",
            facts={"moments": [moment.facts["id"] for moment in children]},
            result=0,
            children=children,
        ),
    )


def _moment(assessed: AssessedMoment, stretch: AssessedStretch) -> Finding:
    moment = assessed.moment
    facts: dict[str, object] = {
        "id": moment.id,
        "text": moment.text,
        "need": moment.need,
        "minutes": moment.minutes,
        "times": moment.times,
        "per": moment.per,
        "met_otherwise_minutes": moment.met_otherwise_minutes,
        "weekly_s": assessed.weekly_s,
        "assistants_counted": assessed.assistants_counted,
        "counted_as": assessed.counted_as,
        "ground": assessed.ground,
    }
    exempt = ""
    if stretch.basic_deduction_s or stretch.other_deduction_s:
        facts["exempt_from_deduction"] = assessed.exempt_from_deduction
        exempt = " Undantas från föräldraavdrag." if assessed.exempt_from_deduction else ""
    if assessed.unclear:
        outcome = Outcome.UNCLEAR
    else:
        outcome = Outcome.NOT_MET if assessed.counted_as is CountedAs.NOT_COUNTED else Outcome.MET
    return Finding(
        "ground",
        assessed.citation,
        outcome,
        f"{moment.text or moment.id}: {number(moment.minutes)} min, {times_in_words(moment.times)} "
        f"{PER_IN_WORDS[moment.per]}. {reason_of_moment(assessed)}{exempt}",
        facts,
        assessed.counted_s,
        _exception(assessed),
    )


def _exception(assessed: AssessedMoment) -> tuple[Finding, ...]:
    """The exception that decided how the moment counts, where one did."""
    trace = assessed.trace
    ground = trace.edition.rules["ground"]
    applies = in_force(ground, trace)
    if applies is None:
        return ()
    reason = f"{applies.sentence} Undantaget går före {ground.citation.place}."
    return (Finding(applies.name, applies.citation, Outcome.MET, reason, {}, True),)


def _deductions(
    stretch: AssessedStretch, day: date, age: int, readings: tuple[str, ...]
) -> tuple[Finding, ...]:
    if not (stretch.basic_deduction_s or stretch.other_deduction_s):
        return ()
    table = parameter("parental_deduction").at(day, age=age).citation
    facts: dict[str, object] = {"age": age, "table": str(table)}
    read_as = "".join(
        f" {one.sentence}" for one in READINGS if one.name in readings and "deduction" in one.question
    )
    return (
        _deduction(stretch, "basic", "grundläggande behov", facts, read_as),
        _deduction(stretch, "other", "andra personliga behov", facts, read_as),
    )


def _deduction(
    stretch: AssessedStretch, name: str, words: str, facts: dict[str, object], read_as: str
) -> Finding:
    trace = stretch.trace
    before, after = trace[f"{name}_s"], trace[f"{name}_after_s"]
    off, exempt = trace[f"{name}_deduction_s"], trace[f"{name}_exempt_s"]
    of_days = "days_per_week" in trace.edition.rules[f"{name}_deduction_s"].arguments
    days = trace["days_per_week"] if of_days else 7
    reason = (
        f"Föräldraavdraget från {words} är {spoken(off)} i veckan för {days} dygn: av {spoken(before)} "
        f"återstår {spoken(after)}."
    )
    if exempt:
        reason += f" Undantagen tid, {spoken(exempt)}, minskas inte."
    reason += read_as
    return Finding(
        rule=f"{name}_after_s",
        citation=_citation(stretch, f"{name}_after_s"),
        outcome=Outcome.MET if off else Outcome.NOT_MET,
        reason=reason,
        facts={
            **facts,
            "per_day_s": trace[f"parental_deduction_{name}_s_per_day"],
            "days_per_week": days,
            f"{name}_s": before,
            f"{name}_exempt_s": exempt,
            f"{name}_deduction_s": off,
        },
        result=after,
    )


def _threshold(stretch: AssessedStretch) -> Finding:
    limit, above = stretch.trace["basic_needs_threshold"], stretch.trace["above_threshold"]
    needs = f"Grundläggande behov på {spoken(stretch.basic_after_s)} i veckan är"
    if above:
        reason = f"{needs} mer än {limit} h. Det ger rätt till assistansersättning."
    else:
        reason = f"{needs} inte mer än {limit} h. Det är en fråga för kommunen."
    return Finding(
        rule="above_threshold",
        citation=_citation(stretch, "above_threshold"),
        outcome=Outcome.MET if above else Outcome.NOT_MET,
        reason=reason,
        facts={"basic_after_s": stretch.basic_after_s, "threshold_hours": limit},
        result=above,
    )


def _no_increase(assessment: Assessment, stretch: AssessedStretch) -> tuple[Finding, ...]:
    current = assessment.facts.current_s_per_week
    if not stretch.age_limit_reached or current is None:
        return ()
    need = stretch.trace["need_s"]
    if current < need:
        reason = (
            f"Åldersgränsen är nådd. Behovet är {spoken(need)} i veckan, men timmarna får inte bli fler "
            f"än de {spoken(current)} som är beviljade."
        )
    else:
        reason = f"Åldersgränsen är nådd. Behovet ryms i de {spoken(current)} i veckan som är beviljade."
    return (
        Finding(
            rule="most_s",
            citation=_citation(stretch, "most_s"),
            outcome=Outcome.NOT_MET if current < need else Outcome.MET,
            reason=reason,
            facts={"need_s": need, "current_s_per_week": current},
            result=stretch.trace["most_s"],
        ),
    )


def _share(stretch: AssessedStretch) -> Finding:
    hours = stretch.trace["municipal_share_hours"]
    reason = {
        Decider.STATE: f"Kommunen betalar de första {hours} timmarna i veckan.",
        Decider.MUNICIPALITY: "Kommunen betalar hela den assistans den beviljar.",
    }.get(stretch.outcome, "Inget är beviljat, så kommunen betalar inget.")
    return Finding(
        rule="municipal_share_s",
        citation=_citation(stretch, "municipal_share_s"),
        outcome=Outcome.MET if stretch.municipal_share_s else Outcome.NOT_MET,
        reason=reason,
        facts={"total_s": stretch.total_s, "share_hours": hours},
        result=stretch.municipal_share_s,
    )


def _why_refused(stretch: AssessedStretch) -> str:
    words = []
    if stretch.belongs is Answer.NO:
        words.append("Personen hör inte till personkretsen (1 § LSS).")
    if stretch.barred_by_age is Answer.YES:
        words.append("Ansökan kom in för sent i förhållande till åldersgränsen (9 b § LSS).")
    if stretch.has_basic_needs is Answer.NO:
        words.append("Det finns inget grundläggande behov som ger rätt till assistans (9 a § LSS).")
    return " ".join(words)


def _why_unclear(stretch: AssessedStretch) -> str:
    words = []
    if stretch.belongs is Answer.UNKNOWN:
        words.append("Pröva om personen hör till personkretsen.")
    if stretch.barred_by_age is Answer.UNKNOWN:
        words.append("Ta reda på om assistans var beviljad innan åldersgränsen nåddes.")
    if stretch.trace.get("need_of_age_not_told"):
        words.append("Ta reda på hur mycket hjälp alla barn i åldern behöver.")
    for moment in stretch.moments:
        if moment.unclear:
            words.append(f"{moment.moment.text or moment.id}: {moment.reason}")
    return " ".join(words)


def _citation(stretch: AssessedStretch, rule: str) -> Citation:
    return stretch.trace.edition.rules[rule].citation
