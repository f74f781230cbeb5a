"""The findings explain the answer: every number in it can be found in them, in Swedish, with its section."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from tests.law.assistance.test_assessing import applications

from egenmakt.law import (
    AssessmentFacts,
    Decider,
    DoubleAssistance,
    Finding,
    Moment,
    Necessary,
    Need,
    Outcome,
    Per,
    Personkrets,
    SelfCare,
    assess,
    spoken,
)

pytestmark = pytest.mark.req("K-06", "H-09")


def application(*moments: Moment, **facts: object) -> AssessmentFacts:
    common: dict[str, object] = {
        "on": date(2026, 3, 1),
        "until": date(2026, 4, 30),
        "born": date(1985, 6, 15),
        "received": date(2026, 2, 10),
        "granted_before_age_limit": False,
        "personkrets": Personkrets(1),
        "days_per_week": 7,
        "moments": moments,
    }
    return AssessmentFacts(**{**common, **facts})


def shower(**changes: object) -> Moment:
    fields: dict[str, object] = {
        "id": "dusch",
        "text": "Dusch",
        "need": Need.HYGIENE,
        "minutes": Decimal("12.50"),
        "times": 1,
        "per": Per.DAY,
        "intimate": True,
    }
    return Moment(**{**fields, **changes})


def finding_of(facts: AssessmentFacts, moment_id: str) -> Finding:
    for finding in assess(facts).findings[0].walk():
        if finding.facts.get("id") == moment_id:
            return finding
    raise AssertionError(moment_id)


@given(applications())
@settings(deadline=None, max_examples=50)
def test_every_stretch_is_explained_and_every_sum_is_found_in_its_findings(facts: AssessmentFacts) -> None:
    assessment = assess(facts)
    assert len(assessment.findings) == len(assessment.timeline)
    for stretch, root in zip(assessment.timeline, assessment.findings, strict=True):
        value = stretch.value
        found = {finding.rule: finding for finding in root.children}
        assert root.result == value.total_s
        assert root.facts["from"] == stretch.period.start
        assert (
            root.outcome
            is {
                Decider.STATE: Outcome.MET,
                Decider.MUNICIPALITY: Outcome.MET,
                Decider.REFUSED: Outcome.NOT_MET,
                Decider.UNCLEAR: Outcome.UNCLEAR,
            }[value.outcome]
        )
        assert found["has_basic_needs"].result == value.basic_after_s
        assert sum(child.result for child in found["has_basic_needs"].children) == value.basic_s
        assert found["need_s"].result == value.other_after_s
        assert sum(child.result for child in found["need_s"].children) == value.other_s
        assert found["municipal_share_s"].result == value.municipal_share_s
        ids = [finding.facts["id"] for finding in root.walk() if finding.rule == "ground"]
        assert sorted(ids) == sorted(moment.id for moment in facts.moments)
        for finding in root.walk():
            assert finding.reason.endswith(".")
            assert finding.citation.section
    json.dumps(assessment.to_json())


@pytest.mark.parametrize(
    ("moment", "outcome", "words", "citation"),
    [
        (shower(), Outcome.MET, "hjälpen är av privat och integritetskänsligt slag", "9 a §"),
        (shower(intimate=False), Outcome.MET, "Räknas som annat personligt behov", "9 a §"),
        (shower(intimate=None), Outcome.UNCLEAR, "hjälpens karaktär är inte bedömd", "9 a §"),
        (shower(activation_measure=True), Outcome.MET, "aktiverings- och motiveringsinsatser", "9 a §"),
        (shower(need=Need.MEALS, tube_feeding=True), Outcome.MET, "sondmatning räknas oavsett", "9 a §"),
        (shower(need=Need.BREATHING), Outcome.MET, "andning räknas oavsett hjälpens karaktär", "9 a §"),
        (shower(need=Need.OTHER), Outcome.MET, "Räknas som annat personligt behov.", "9 a §"),
        (
            shower(directly_necessary_for=Necessary.TUBE_FEEDING),
            Outcome.MET,
            "direkt nödvändig för sondmatningen",
            "9 a §",
        ),
        (
            shower(directly_necessary_for=Necessary.BREATHING),
            Outcome.MET,
            "direkt nödvändig för hjälpen med andning",
            "9 a §",
        ),
        (
            shower(self_care=False),
            Outcome.NOT_MET,
            "ingen har bedömt att den kan utföras som egenvård",
            "9 g §",
        ),
        (
            shower(self_care=SelfCare(date(2027, 1, 1))),
            Outcome.NOT_MET,
            "bedömningen av egenvård gäller inte då",
            "9 g §",
        ),
        (
            shower(met_otherwise_minutes=Decimal("2.5")),
            Outcome.MET,
            "tillgodoses 2,5 min på annat sätt",
            "9 a §",
        ),
    ],
)
def test_a_moments_finding_says_how_it_counts_and_why(
    moment: Moment, outcome: Outcome, words: str, citation: str
) -> None:
    finding = finding_of(application(moment), "dusch")
    assert finding.outcome is outcome
    assert words in finding.reason
    assert finding.reason.startswith("Dusch: 12,5 min, en gång om dagen. ")
    assert finding.citation.section == citation


def test_a_moments_finding_holds_its_seconds() -> None:
    finding = finding_of(application(shower()), "dusch")
    assert finding.facts["weekly_s"] == finding.result == 5250
    assert finding.facts["counted_as"] == "basic"


@pytest.mark.req("K-08")
@pytest.mark.parametrize(
    ("tried", "outcome", "words"),
    [
        (DoubleAssistance(True, True), Outcome.MET, "Tiden räknas för 2 assistenter."),
        (DoubleAssistance(True, False), Outcome.MET, "Tiden räknas för en assistent"),
        (DoubleAssistance(True, None), Outcome.UNCLEAR, "Det är oklart om tiden ska räknas för fler"),
    ],
)
def test_a_second_assistant_is_explained(tried: DoubleAssistance, outcome: Outcome, words: str) -> None:
    finding = finding_of(application(shower(assistants=2), double_assistance=tried), "dusch")
    assert words in finding.reason
    assert finding.outcome is outcome


@pytest.mark.req("K-02")
def test_the_wording_in_force_on_the_day_is_cited() -> None:
    """LSS 9 a § in SFS 2019:618, 2020:441 and 2022:1252."""
    facts = application(shower(), on=date(2020, 6, 1), until=date(2023, 1, 31), received=date(2020, 5, 1))
    versions = [
        next(finding.citation.version for finding in root.walk() if finding.rule == "ground")
        for root in assess(facts).findings
    ]
    assert versions == ["2019:618", "2020:441", "2022:1252"]
    assert len(assess(facts).to_json()["timeline"]) == 1


@pytest.mark.req("K-07")
def test_the_deduction_is_explained_with_its_table_and_what_is_exempt() -> None:
    facts = application(
        shower(minutes=Decimal(120)),
        shower(id="luft", need=Need.BREATHING, minutes=Decimal(60)),
        born=date(2021, 11, 14),
    )
    found = {finding.rule: finding for finding in assess(facts).findings[0].children}
    assert found["basic_after_s"].reason == (
        "Föräldraavdraget från grundläggande behov är 8 h 45 min i veckan för 7 dygn: av 21 h återstår 12 h 15 min. "
        "Undantagen tid, 7 h, minskas inte."
    )
    assert found["basic_after_s"].facts["age"] == 4
    assert "SFS 2024:1063" in str(found["basic_after_s"].facts["table"])
    assert found["other_after_s"].result == 0
    assert "Undantas från föräldraavdrag." in finding_of(facts, "luft").reason
    assert "Undantas" not in finding_of(facts, "dusch").reason


@pytest.mark.req("H-30")
def test_the_age_limit_is_explained() -> None:
    too_late = application(shower(), born=date(1959, 6, 15))
    finding = assess(too_late).findings[0]
    assert "Ansökan kom in för sent i förhållande till åldersgränsen (9 b § LSS)." in finding.reason
    capped = application(
        shower(), born=date(1959, 6, 15), granted_before_age_limit=True, current_s_per_week=3600
    )
    most = next(found for found in assess(capped).findings[0].children if found.rule == "most_s")
    assert most.result == 3600
    assert "får inte bli fler än de 1 h som är beviljade" in most.reason


@pytest.mark.req("H-21")
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            application(shower(), personkrets=Personkrets(None)),
            "Personen hör inte till personkretsen (1 § LSS).",
        ),
        (
            application(shower(need=Need.OTHER)),
            "inget grundläggande behov som ger rätt till assistans (9 a § LSS).",
        ),
    ],
)
def test_a_refusal_says_its_ground_with_section(facts: AssessmentFacts, words: str) -> None:
    finding = assess(facts).findings[0]
    assert finding.outcome is Outcome.NOT_MET
    assert words in finding.reason


def test_an_unclear_answer_says_what_is_missing() -> None:
    facts = application(shower(intimate=None), personkrets=None)
    reason = assess(facts).findings[0].reason
    assert "Pröva om personen hör till personkretsen." in reason
    assert "Dusch: Går inte att räkna än: hjälpens karaktär är inte bedömd" in reason


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 min"),
        (59, "59 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (56_700, "15 h 45 min"),
        (3661, "1 h 1 min 1 s"),
        (72_001, "20 h 1 s"),
    ],
)
def test_time_is_said_as_people_say_it(seconds: int, words: str) -> None:
    assert spoken(seconds) == words


def test_the_editor_finds_each_moment_with_its_sum_and_reason() -> None:
    stretch = assess(application(shower(), shower(id="klä", need=Need.DRESSING))).timeline.at(
        date(2026, 3, 1)
    )
    assert stretch.moment("klä").counted_s == 5250
    assert stretch.moment("klä").reason.startswith("Räknas som grundläggande behov: av- och påklädning")
    with pytest.raises(KeyError):
        stretch.moment("saknas")
