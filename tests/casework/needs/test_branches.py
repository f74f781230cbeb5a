"""What decided in a rule is told in words, and the lines that were read are those that Python itself reads."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal

import pytest

from egenmakt import law
from egenmakt.casework.needs.branches import branch_of
from egenmakt.casework.needs.provenance import in_assessment, with_provenance

pytestmark = pytest.mark.req("K-06")


def _assessed(**changed):
    moments = (
        law.Moment("1", law.Need.HYGIENE, Decimal(20), 1, law.Per.DAY, "Dusch", intimate=True),
        law.Moment("2", law.Need.MEALS, Decimal(60), 3, law.Per.DAY, "Sond", tube_feeding=True),
        law.Moment("3", law.Need.OTHER, Decimal(60), 3, law.Per.DAY, "Lek", assistants=2),
        law.Moment("4", law.Need.OTHER, Decimal(60), 3, law.Per.DAY, "Spruta", self_care=False),
        law.Moment("5", law.Need.DRESSING, Decimal(10), 3, law.Per.DAY, "Skor"),
    )
    facts = {
        "on": date(2026, 5, 1), "born": date(2022, 5, 14), "received": date(2026, 4, 1), "days_per_week": 7,
        "personkrets": law.Personkrets(1), "moments": moments,
    }  # fmt: skip
    return law.assess(law.AssessmentFacts(**facts | changed))


def _lines_python_reads(function, given):
    """The numbers of the lines of the function that Python reads, by its own tracing."""
    read, first = set(), function.__code__.co_firstlineno

    def local(frame, event, _argument):
        if event == "line":
            read.add(frame.f_lineno - first + 1)
        return local

    before = sys.gettrace()
    sys.settrace(lambda frame, _event, _argument: local if frame.f_code is function.__code__ else None)
    try:
        function(**given)
    finally:
        sys.settrace(before)
    return read


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"born": date(1950, 1, 1)},
        {"personkrets": None},
        {"moments": ()},
        {
            "on": date(2021, 3, 1),
            "until": date(2021, 3, 1),
            "received": date(2021, 1, 1),
            "born": date(1990, 1, 1),
        },
        {"double_assistance": law.DoubleAssistance(True, True), "born": date(1990, 1, 1)},
        {"double_assistance": law.DoubleAssistance(True, False), "personkrets": law.Personkrets(None)},
    ],
)
def test_the_way_through_every_rule_is_the_one_python_takes(changed):
    stretch = _assessed(**changed).timeline.stretches[0].value
    traces = [stretch.trace, *(moment.trace for moment in stretch.moments)]
    tried = 0
    for trace in traces:
        for name, rule in trace.edition.rules.items():
            if rule.exceptions:
                continue  # told by the exception that applies, or by what the rule says in general
            given = trace.used_by(name)
            way = branch_of(rule, given)
            python = _lines_python_reads(rule.function, given)
            assert python <= way.lines, name
            assert way.answered in python, name
            tried += 1
    assert tried > 10


def _branches(finding):
    yield finding["reason"].split(":")[0], finding.get("branch", "")
    for child in finding["children"]:
        yield from _branches(child)


def test_what_decided_is_told_in_words():
    assessed = _assessed()
    part = assessed.timeline.stretches[0]
    told = dict(
        _branches(with_provenance(assessed.findings[0], in_assessment(part.value), part.period.start))
    )
    assert told["Dusch"] == "hjälpen av privat och integritetskänsligt slag"
    assert told["Sond"] == "behov är måltider och måltiden sondmatning"
    assert told["Spruta"].startswith("ett undantag gäller: ")
    assert told["Skor"] == "hjälpen av privat och integritetskänsligt slag är okänt"
    assert told["Personen hör till personkretsens grupp 1."] == "inget av villkoren före gällde"
    assert not any("_" in branch for branch in told.values())


def test_every_finding_says_since_when_its_wording_holds():
    for changed in ({}, {"waiting_minutes_per_day": Decimal(240), "standby_minutes_per_day": Decimal(70)}):
        assessed = _assessed(**changed)
        part = assessed.timeline.stretches[0]
        tree = with_provenance(assessed.findings[0], in_assessment(part.value), part.period.start)

        def dated(finding):
            assert date.fromisoformat(finding["valid_from"]) <= part.period.start  # noqa: B023  # called at once
            assert finding["law_rule"] in law.rulebook().wordings
            for child in finding["children"]:
                dated(child)

        dated(tree)
