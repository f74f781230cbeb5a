"""The explanation of an assessment: a tree of findings for each stretch, as a view of what the rules gave.

Nothing is worked out here that the rules have not worked out; this module only says it in Swedish.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.lss.needs import Answer, CountedAs, Ground, Necessary, Need, Per
from egenmakt.law.sfb.allowance import Decider
from egenmakt.law.timeline import Period

if TYPE_CHECKING:
    from egenmakt.law.assistance.assessing import AssessedMoment, AssessedStretch, Assessment

_MET = {Answer.YES: Outcome.MET, Answer.NO: Outcome.NOT_MET, Answer.UNKNOWN: Outcome.UNCLEAR}
_NECESSARY = {
    Necessary.BREATHING: "hjälpen med andning",
    Necessary.MEDICAL: "stödet på grund av det medicinska tillståndet",
    Necessary.TUBE_FEEDING: "sondmatningen",
}
_PER = {
    Per.DAY: "om dagen",
    Per.WEEK: "i veckan",
    Per.FORTNIGHT: "varannan vecka",
    Per.MONTH: "i månaden",
    Per.YEAR: "om året",
}


def spoken(seconds: int) -> str:
    """A time as people read it: `15 h 45 min`, with seconds only where there are any."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{rest} s" if rest else ""]
    return " ".join(part for part in parts if part) or "0 min"


def findings_of(assessment: Assessment) -> tuple[Finding, ...]:
    """One tree for each stretch of the assessment's timeline, in order."""
    return tuple(_stretch(assessment, part.period, part.value) for part in assessment.timeline)


def reason_of_moment(assessed: AssessedMoment) -> str:
    """One or two Swedish sentences: as what the moment counts, why, and for how many assistants."""
    moment = assessed.moment
    necessary = _NECESSARY[moment.directly_necessary_for] if moment.directly_necessary_for else ""
    need = moment.need.label
    reasons = {
        Ground.WHATEVER_NATURE: f"Räknas som grundläggande behov: {need} räknas oavsett hjälpens karaktär.",
        Ground.TUBE_FEEDING: "Räknas som grundläggande behov: sondmatning räknas oavsett hjälpens karaktär.",
        Ground.ACTIVATION: "Räknas som grundläggande behov: kvalificerade aktiverings- och motiveringsinsatser för "
        f"{need} är en del av hjälpen med behovet.",
        Ground.INTIMATE: f"Räknas som grundläggande behov: {need}, och hjälpen är av privat och integritetskänsligt slag.",
        Ground.NOT_INTIMATE: f"Räknas som annat personligt behov: {need}, men hjälpen är inte av privat och "
        "integritetskänsligt slag.",
        Ground.DIRECTLY_NECESSARY: f"Räknas som annat personligt behov: åtgärden är direkt nödvändig för {necessary}.",
        Ground.OTHER_NEED: "Räknas som annat personligt behov.",
        Ground.HEALTH_CARE: "Räknas inte: det är hälso- och sjukvård, och ingen har bedömt att den kan utföras som egenvård.",
        Ground.SELF_CARE_NOT_IN_FORCE: "Räknas inte under den här tiden: bedömningen av egenvård gäller inte då.",
        Ground.NATURE_UNKNOWN: f"Går inte att räkna än: hjälpens karaktär är inte bedömd, och den avgör för {need}.",
        Ground.JUDGED_BY_OLDER_LAW: "Går inte att räkna: enligt lagen före 2023 måste det bedömas om hjälpen kräver "
        "ingående kunskaper om personen.",
    }
    words = [reasons[assessed.ground]]
    if assessed.counted_as is not CountedAs.NOT_COUNTED and moment.assistants > 1:
        words.append(
            {
                Answer.YES: f"Tiden räknas för {moment.assistants} assistenter.",
                Answer.NO: "Tiden räknas för en assistent: möjligheterna till bostadsanpassning och hjälpmedel är inte "
                "båda utredda.",
                Answer.UNKNOWN: "Det är oklart om tiden ska räknas för fler än en assistent: uppgift saknas om "
                "bostadsanpassning och hjälpmedel är utredda.",
            }[assessed.second_assistant]
        )
    if moment.met_otherwise_minutes:
        words.append(f"Av varje gång tillgodoses {_number(moment.met_otherwise_minutes)} min på annat sätt och räknas inte.")
    return " ".join(words)


def _stretch(assessment: Assessment, period: Period, stretch: AssessedStretch) -> Finding:
    children = [
        _belongs(assessment, stretch),
        _age(assessment, stretch),
        _basic(stretch),
        _other(stretch),
        *_not_counted(stretch),
        *_deductions(stretch),
        _threshold(stretch),
        *_no_increase(assessment, stretch),
        _share(stretch),
    ]
    outcome, reason = {
        Decider.STATE: (
            Outcome.MET,
            f"Personen har rätt till {spoken(stretch.total_s)} personlig assistans i veckan. De grundläggande behoven är "
            "mer än gränsen, så Försäkringskassan beslutar om assistansersättning.",
        ),
        Decider.MUNICIPALITY: (
            Outcome.MET,
            f"Personen har rätt till {spoken(stretch.total_s)} personlig assistans i veckan från kommunen.",
        ),
        Decider.REFUSED: (Outcome.NOT_MET, "Personen har inte rätt till personlig assistans. " + _why_refused(stretch)),
        Decider.UNCLEAR: (Outcome.UNCLEAR, "Det går inte att säga än. " + _why_unclear(stretch)),
    }[stretch.outcome]
    return Finding(
        rule="right",
        citation=_citation(stretch, "outcome"),
        outcome=outcome,
        reason=reason,
        facts={"from": period.start, "to": period.last, "decider": stretch.outcome},
        result=stretch.total_s,
        children=tuple(children),
    )


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
    if stretch.barred_by_age is Answer.YES:
        reason = "Ansökan kom in den dag åldersgränsen nåddes eller senare, och assistans var inte beviljad före dess."
    elif stretch.barred_by_age is Answer.UNKNOWN:
        reason = "Ansökan kom in den dag åldersgränsen nåddes eller senare. Det är inte klarlagt om assistans var beviljad före dess."
    elif too_late:
        reason = "Personen har nått åldersgränsen, men personlig assistans var beviljad före dess."
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


def _other(stretch: AssessedStretch) -> Finding:
    children = [_moment(moment, stretch) for moment in stretch.moments if moment.counted_as is CountedAs.OTHER]
    for name, seconds, words in (
        ("waiting_s", stretch.waiting_s, "Väntetid under dygnsvilan räknas om: fyra timmar blir en timme."),
        ("standby_s", stretch.standby_s, "Beredskap under dygnsvilan räknas om: sju timmar blir en timme."),
    ):
        if seconds:
            part = "fjärde stycket 1" if name == "waiting_s" else "fjärde stycket 2"
            citation = Citation("LSS", "9 a §", part, "2018:113")
            children.append(Finding(name, citation, Outcome.MET, words, {"counted_s": seconds}, seconds))
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
    outcome = {CountedAs.NOT_COUNTED: Outcome.NOT_MET, CountedAs.UNCLEAR: Outcome.UNCLEAR}.get(
        assessed.counted_as, Outcome.UNCLEAR if assessed.unclear else Outcome.MET
    )
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
    if stretch.basic_deduction_s or stretch.other_deduction_s:
        facts["exempt_from_deduction"] = assessed.exempt_from_deduction
    title = moment.text or moment.id
    amount = f"{title}: {_number(moment.minutes)} min, {moment.times} gånger {_PER[moment.per]}."
    exempt = " Undantas från föräldraavdrag." if facts.get("exempt_from_deduction") else ""
    return Finding(
        rule="ground",
        citation=assessed.citation,
        outcome=outcome,
        reason=f"{amount} {assessed.reason}{exempt}",
        facts=facts,
        result=assessed.counted_s,
    )


def _deductions(stretch: AssessedStretch) -> tuple[Finding, ...]:
    if not (stretch.basic_deduction_s or stretch.other_deduction_s):
        return ()
    days = stretch.trace["days_per_week"]
    made = []
    for name, whole, off, after, words in (
        ("basic", stretch.basic_s, stretch.basic_deduction_s, stretch.basic_after_s, "grundläggande behov"),
        ("other", stretch.other_s, stretch.other_deduction_s, stretch.other_after_s, "andra personliga behov"),
    ):
        exempt = stretch.trace[f"{name}_exempt_s"]
        kept = f" Undantagen tid, {spoken(exempt)}, minskas inte." if exempt else ""
        made.append(
            Finding(
                rule=f"{name}_deduction_s",
                citation=_citation(stretch, f"{name}_deduction_s"),
                outcome=Outcome.MET if off else Outcome.NOT_MET,
                reason=f"Föräldraavdraget från {words} är {spoken(off)} i veckan för {days} dagar: av {spoken(whole)} "
                f"återstår {spoken(after)}.{kept}",
                facts={
                    "per_day_s": stretch.trace[f"parental_deduction_{name}_s_per_day"],
                    "days_per_week": days,
                    f"{name}_s": whole,
                    f"{name}_exempt_s": exempt,
                    f"{name}_deduction_s": off,
                },
                result=after,
            )
        )
    return tuple(made)


def _threshold(stretch: AssessedStretch) -> Finding:
    limit = stretch.trace["basic_needs_threshold"]
    above = stretch.trace["above_threshold"]
    return Finding(
        rule="above_threshold",
        citation=_citation(stretch, "above_threshold"),
        outcome=Outcome.MET if above else Outcome.NOT_MET,
        reason=f"Grundläggande behov på {spoken(stretch.basic_after_s)} i veckan är {'' if above else 'inte '}mer än "
        f"{limit} h. " + ("Det ger rätt till assistansersättning." if above else "Det är en fråga för kommunen."),
        facts={"basic_after_s": stretch.basic_after_s, "threshold_hours": limit},
        result=above,
    )


def _no_increase(assessment: Assessment, stretch: AssessedStretch) -> tuple[Finding, ...]:
    current = assessment.facts.current_s_per_week
    if not stretch.age_limit_reached or current is None:
        return ()
    need = stretch.trace["need_s"]
    capped = current < need
    return (
        Finding(
            rule="most_s",
            citation=_citation(stretch, "most_s"),
            outcome=Outcome.NOT_MET if capped else Outcome.MET,
            reason=f"Åldersgränsen är nådd. Behovet är {spoken(need)} i veckan, men timmarna får inte bli fler än de "
            f"{spoken(current)} som är beviljade."
            if capped
            else f"Åldersgränsen är nådd. Behovet ryms i de {spoken(current)} i veckan som är beviljade.",
            facts={"need_s": need, "current_s_per_week": current},
            result=stretch.trace["most_s"],
        ),
    )


def _share(stretch: AssessedStretch) -> Finding:
    hours = stretch.trace["municipal_share_hours"]
    state = stretch.outcome is Decider.STATE
    reason = (
        f"Kommunen betalar de första {hours} timmarna i veckan."
        if state
        else "Kommunen betalar hela den assistans den beviljar."
        if stretch.outcome is Decider.MUNICIPALITY
        else "Inget är beviljat, så kommunen betalar inget."
    )
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
    for moment in stretch.moments:
        if moment.unclear:
            words.append(f"{moment.moment.text or moment.id}: {moment.reason}")
    return " ".join(words)


def _citation(stretch: AssessedStretch, rule: str) -> Citation:
    return stretch.trace.edition.rules[rule].citation


def _number(number: Decimal) -> str:
    """A decimal number the Swedish way, without trailing zeros."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


