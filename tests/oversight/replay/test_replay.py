"""Every decision in force is worked out anew; what a day or a rule touches is found from it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys
from tests.people import told

from egenmakt import law
from egenmakt.casework.decisions import computing
from egenmakt.casework.decisions.models import Decision
from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.oversight.replay import actions, queries, rules
from egenmakt.oversight.replay.models import Answer, Replay

PAGE = "/lagen/omrakning/"
SEVEN = date(2029, 5, 1)


@pytest.fixture(autouse=True)
def spring():
    with clock.at(journeys.TODAY):
        yield


@pytest.fixture
def made(world):
    return journeys.decided_case(world)


def _replay(world):
    world.enter(world.home)
    found = actions.replay_decisions(municipality_id=world.home.id)
    world.enter(world.home)
    return found


def _another_answer(monkeypatch, more=3600):
    """The program gives another answer than it gave: an hour more."""
    real = computing.compute

    class More:
        def __init__(self, found):
            self.assessment, self.problem = found.assessment, found.problem
            self.timeline = [one | {"total_s": one["total_s"] + more} for one in found.timeline]

    monkeypatch.setattr(rules, "compute", lambda facts: More(real(facts)))


@pytest.mark.req("K-07", "H-30")
def test_a_decision_gives_the_same_when_it_is_worked_out_anew(world, made):
    assert _replay(world) == {Answer.SAME: 1}
    row = Replay.objects.get(decision=made.decision)
    assert [one[2] for one in row.stretches] == [56700, 69300]
    assert "basic_after_s" in row.rules


@pytest.mark.req("K-07")
def test_what_has_been_worked_out_today_is_not_done_again_but_is_tomorrow(world, made):
    assert _replay(world).total() == 1
    assert _replay(world).total() == 0
    with clock.at(date(2026, 11, 2)):
        assert _replay(world).total() == 1
    assert Replay.objects.count() == 1


@pytest.mark.req("K-07")
def test_a_decision_that_has_ended_is_left_alone(world, made):
    with clock.at(date(2040, 1, 1)):
        assert _replay(world).total() == 0


@pytest.mark.req("K-07", "H-30")
def test_another_answer_by_the_same_law_is_a_fault_and_by_another_law_a_change(
    world, made, sign_in, monkeypatch
):
    _another_answer(monkeypatch)
    assert _replay(world) == {Answer.DIFFERS: 1}
    world.act(made.officer)
    page = told(sign_in(made.officer).get(PAGE))
    assert "fel i programmet" in page
    assert "15:45" in page and "16:45" in page
    monkeypatch.setattr(law, "law_hash", lambda: "0" * 64)
    assert _replay(world) == {Answer.LAW_CHANGED: 1}
    world.act(made.officer)
    assert "fel i programmet" not in told(sign_in(made.officer).get(PAGE))


@pytest.mark.req("K-07")
def test_what_cannot_be_worked_out_says_why(world, made, monkeypatch):
    monkeypatch.setattr(rules, "compute", lambda _facts: computing.Computed(None, "Lagen ger inget svar."))
    assert _replay(world) == {Answer.IMPOSSIBLE: 1}
    assert Replay.objects.get().problem == "Lagen ger inget svar."


@pytest.mark.req("K-07")
def test_killed_midway_it_goes_on_and_nothing_is_half(world, made, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 1)
    real, calls = rules.replayed, []

    def dies(decision):
        calls.append(decision)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(decision)

    journeys.decided_case(world)
    monkeypatch.setattr(actions, "replayed", dies)
    world.enter(world.home)
    with pytest.raises(KeyboardInterrupt):
        actions.replay_decisions(municipality_id=world.home.id)
    world.enter(world.home)
    assert Replay.objects.count() == 1
    assert _replay(world).total() == 1
    assert Replay.objects.count() == 2


@pytest.mark.req("K-07", "H-12")
@pytest.mark.parametrize("replayed", [True, False])
def test_a_day_shows_the_decisions_whose_hours_change_with_old_and_new_hours(world, made, sign_in, replayed):
    if replayed:
        _replay(world)
    world.act(made.officer)
    (one,) = queries.decisions_touched(made.officer, SEVEN).rows
    assert (one.before_s, one.after_s, one.granted_s, one.birthday) == (56700, 69300, 69300, 7)
    assert not one.differs
    assert queries.decisions_touched(made.officer, date(2029, 5, 2)).rows == []
    page = told(sign_in(made.officer).get("/lagen/andringar/", {"dag": SEVEN.isoformat()}))
    assert "fyller 7 år" in page
    stranger = world.staff(Role.CASE_OFFICER, municipality=world.away)
    world.act(stranger)
    assert queries.decisions_touched(stranger, SEVEN).rows == []


@pytest.mark.req("H-01", "H-12")
@pytest.mark.parametrize("replayed", [True, False])
def test_a_rule_shows_the_decisions_that_rest_on_it_and_that_is_logged(world, made, sign_in, replayed):
    if replayed:
        _replay(world)
    world.act(made.officer)
    rows, count = queries.decisions_resting_on(made.officer, "basic_after_s", date(2026, 5, 1))
    assert [(decision.pk, case.pk) for decision, case in rows] == [(made.decision.pk, made.case.pk)]
    assert count == 1
    assert queries.decisions_resting_on(made.officer, "no_such_rule", date(2026, 5, 1)) == ([], 0)
    assert AccessLogEntry.objects.filter(access="listed", person_ids__contains=[made.person.pk]).exists()


@pytest.mark.req("K-07")
def test_more_decisions_cost_no_more_queries(world, made, sign_in, monkeypatch):
    _another_answer(monkeypatch)

    def made_by(page, **asked):
        world.act(made.officer)
        client = sign_in(made.officer)
        client.get(page, asked)
        with CaptureQueriesContext(connection) as found:
            client.get(page, asked)
        return len(found)

    pages = (
        (PAGE, {}),
        ("/lagen/andringar/", {"dag": SEVEN.isoformat()}),
        ("/lagen/basic_after_s/", {"dag": "2026-05-01"}),
    )
    _replay(world)
    few = [made_by(page, **asked) for page, asked in pages]
    for _one in range(3):
        again = journeys.decided_case(world)
        type(again.case).objects.filter(pk=again.case.pk).update(officer_id=made.officer.user_id)
    _replay(world)
    assert Decision.objects.count() == 4
    assert [made_by(page, **asked) for page, asked in pages] == few


@pytest.mark.req("K-07")
def test_odd_questions_are_answered_calmly(world, made, sign_in):
    client = sign_in(made.officer)
    for asked in ("x", ":", "differs:\0", "é" * 500):
        assert client.get(PAGE, {"efter": asked}).status_code == 200
        assert client.get("/lagen/andringar/", {"dag": "2029-05-01", "efter": asked}).status_code == 200


@pytest.mark.req("K-07", "H-12")
def test_the_decisions_a_day_touches_are_had_as_a_spreadsheet_and_that_is_logged(world, made, sign_in):
    _replay(world)
    client = sign_in(made.officer)
    answer = client.get("/lagen/andringar/beslut.csv", {"dag": SEVEN.isoformat()})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv") and "2029-05-01.csv" in answer["Content-Disposition"]
    assert lines[0].startswith("Person;Ärende;Beslut;Dagen före;Från dagen;Skillnad")
    assert lines[1].endswith("15:45;19:15;3:30;19:15") and made.case.number in lines[1]
    assert len(lines) == 2
    world.act(made.officer)
    assert AccessLogEntry.objects.filter(access="listed", person_ids__contains=[made.person.pk]).exists()
    stranger = world.staff(Role.CASE_OFFICER)
    other = sign_in(stranger).get("/lagen/andringar/beslut.csv", {"dag": SEVEN.isoformat()})
    assert len(other.content.decode().splitlines()) == 1
    for asked in ({}, {"dag": "igår"}, {"dag": "\0"}):
        assert client.get("/lagen/andringar/beslut.csv", asked)["Location"] == "/lagen/andringar/"


@pytest.mark.req("K-07")
def test_the_spreadsheet_holds_all_that_the_page_shows_a_part_of(world, made, monkeypatch):
    again = journeys.decided_case(world)
    type(again.case).objects.filter(pk=again.case.pk).update(officer_id=made.officer.user_id)
    _replay(world)
    world.act(made.officer)
    monkeypatch.setattr(queries, "PAGE", 1)
    first = queries.decisions_touched(made.officer, SEVEN, most=1)
    assert (len(first.rows), first.count) == (1, 2) and first.going_on
    every = queries.decisions_touched(made.officer, SEVEN, most=None)
    assert (len(every.rows), every.count, every.going_on) == (2, 2, "")


@pytest.mark.req("H-12")
def test_a_name_is_never_a_formula_in_the_spreadsheet(world, sign_in):
    person = world.person(born=journeys.BORN, given_name="=HYPERLINK(1)")
    made = journeys.decided_case(world, person=person)
    page = (
        sign_in(made.officer).get("/lagen/andringar/beslut.csv", {"dag": SEVEN.isoformat()}).content.decode()
    )
    assert "'=HYPERLINK" in page and "\n=HYPERLINK" not in page


@pytest.mark.req("K-07")
def test_what_cannot_be_worked_out_is_not_told_as_nought(world, made, sign_in, monkeypatch):
    monkeypatch.setattr(rules, "compute", lambda _facts: computing.Computed(None, "Lagen ger inget svar."))
    _replay(world)
    world.act(made.officer)
    page = told(sign_in(made.officer).get(PAGE))
    assert "inget svar" in page and "0:00" not in page
