"""What a change of law would mean, for an invented country and for the municipality's own decisions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.casework import journeys
from tests.people import told

from egenmakt import law
from egenmakt.casework.decisions.models import Proposal
from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.law.population.gathering import population_of
from egenmakt.law.population.running import OUTCOMES, law_on
from egenmakt.oversight.simulation import queries
from egenmakt.oversight.simulation.forms import SimulationForm

PAGE = "/lagen/rakna/"
DAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def spring():
    with clock.at(journeys.TODAY):
        yield


@pytest.fixture
def economist(world):
    return world.staff(Role.ECONOMIST)


def asked(**changed):
    """The whole form as it is filled in by the law, with some fields changed."""
    form = SimulationForm(None, DAY)
    shown = {name: str(field.initial or form.initial[name]) for name, field in form.fields.items()}
    shown |= {
        name: f"{seconds // 3600}:{seconds % 3600 // 60:02}"
        for name, seconds in form.laid_in.items()
        if "_" in name and name.split("_")[1].isdigit()
    }
    return shown | {"underlag": "landet", "dag": DAY.isoformat()} | changed


@pytest.mark.req("K-07")
def test_the_form_is_filled_in_with_what_the_law_says_that_day(economist, sign_in):
    page = told(sign_in(economist).get(PAGE))
    assert "1–6 år" in page and "1:15" in page
    then = told(sign_in(economist).get(PAGE, {"dag": "2024-03-01"}))
    assert "2:30" in then
    assert "Det går inte att räkna" in told(sign_in(economist).get(PAGE, {"dag": "1995-03-01"}))


@pytest.mark.req("K-07")
def test_a_changed_deduction_is_counted_for_the_country_with_a_picture_and_its_table(economist, sign_in):
    page = told(sign_in(economist).get(PAGE, asked(basic_1="2:30")))
    assert "Så blir det" in page and "mnkr" in page
    assert "<svg" in page and "Visa som tabell" in page
    assert "1–6" in page


@pytest.mark.req("K-07")
def test_a_larger_deduction_gives_children_less_and_grown_ups_the_same():
    form = SimulationForm(asked(basic_1="2:30", basic_7="1:00"), DAY)
    assert form.is_valid(), form.errors
    found = queries.for_the_country(DAY, form.changes()).comparison
    assert found.everyone.losers > 0 and found.everyone.winners == 0
    changed = {one.name for one in found.by_age if one.after_s != one.before_s}
    assert changed and changed <= {"0–6 år", "7–11 år"}
    assert found.everyone.kronor < 0


@pytest.mark.req("K-07")
def test_what_is_not_changed_changes_nothing():
    form = SimulationForm(asked(), DAY)
    assert form.is_valid(), form.errors
    assert form.changes() == {}
    found = queries.for_the_country(DAY, {}).comparison
    assert (found.everyone.winners, found.everyone.losers, found.everyone.kronor) == (0, 0, 0)


@pytest.mark.req("K-07")
def test_every_fault_is_told_at_once_and_what_was_typed_is_kept(economist, sign_in):
    answer = sign_in(economist).get(PAGE, asked(dag="i höstas", basic_0="länge", basic_needs_threshold="-3"))
    page = told(answer)
    assert answer.status_code == 422
    assert page.count("länge") >= 1 and "i höstas" in page
    assert "går inte att läsa som en tid" in page and "1 eller mer" in page
    for query in (
        {"underlag": "x"},
        {"underlag": "landet", "dag": ""},
        {"dag": "\0"},
        asked(waiting_divisor="9" * 400),
    ):
        assert sign_in(economist).get(PAGE, query).status_code in (200, 422)


def _decided(world, count):
    made = journeys.decided_case(world)
    for _one in range(count - 1):
        journeys.decided_case(world)
    return made


@pytest.mark.req("K-07", "H-12")
def test_the_municipalitys_own_decisions_are_counted_as_sums_and_noted_as_one_reading(world, sign_in):
    _decided(world, 5)
    economist = world.staff(Role.ECONOMIST)
    page = told(sign_in(economist).get(PAGE, asked(underlag="egna", basic_1="2:30")))
    assert "Så blir det" in page and "färre än fem personer" in page
    world.act(economist)
    line = AccessLogEntry.objects.get(relation="summor av 5")
    assert (line.kind, line.person_ids, line.user_id) == ("case", [], economist.user_id)


@pytest.mark.req("H-12")
def test_too_few_decisions_are_not_told_of(world, sign_in):
    _decided(world, 2)
    page = told(sign_in(world.staff(Role.ECONOMIST)).get(PAGE, asked(underlag="egna")))
    assert "för få gällande beslut" in page and "Så blir det" not in page
    stranger = world.staff(Role.ECONOMIST, municipality=world.away)
    assert "för få gällande beslut" in told(sign_in(stranger).get(PAGE, asked(underlag="egna")))


@pytest.mark.req("H-12")
def test_fewer_than_five_who_are_touched_are_not_told_of(world, sign_in):
    _decided(world, 5)
    for _one in range(3):
        journeys.decided_case(world, born=date(2018, 3, 2))
    page = told(sign_in(world.staff(Role.ECONOMIST)).get(PAGE, asked(underlag="egna", basic_7="1:00")))
    assert "Färre än fem av besluten får annan tid" in page and "Så blir det" not in page


@pytest.mark.req("H-12")
def test_few_whom_nothing_touches_hide_the_counts_but_not_the_sums(world, sign_in):
    _decided(world, 5)
    for _one in range(3):
        journeys.decided_case(world, born=date(2018, 3, 2))
    page = told(sign_in(world.staff(Role.ECONOMIST)).get(PAGE, asked(underlag="egna", basic_1="2:30")))
    assert "Så blir det" in page and page.count("visas inte") >= 2
    assert "Efter ålder" not in page and "Efter personkrets" not in page


@pytest.mark.req("K-07")
def test_the_law_for_many_gives_each_what_her_decision_grants(world):
    made = journeys.decided_case(world)
    world.act(made.officer)
    stored = Proposal.objects.get(pk=made.decision.proposal_id).facts
    facts = law.facts_from_json(stored)
    assessed = law.assess(facts)
    day = facts.on
    while day < date(2030, 1, 1) and day <= (facts.until or day):
        result = law_on(day).run(population_of([facts, facts]))
        stretch = assessed.timeline.at(day)
        assert [OUTCOMES[code] for code in result["outcome"]] == [stretch.outcome] * 2
        assert list(result["total_s"]) == [stretch.total_s] * 2
        day += timedelta(days=97)


@pytest.mark.req("K-07")
def test_what_the_law_leaves_open_is_read_another_way_with_hours_and_kronor(economist, sign_in):
    page = told(sign_in(economist).get(PAGE))
    assert "Föräldraavdrag när två assistenter behövs" in page and "Veckor i ett halvår" in page
    chosen = asked(tolkning_deduction_and_second_assistant="deduction_from_first_assistant")
    form = SimulationForm(chosen, DAY)
    assert form.is_valid(), form.errors
    read_as = queries.ReadAs(form.chosen, form.read_as)
    found = queries.for_the_country(DAY, form.changes(), read_as).comparison.everyone
    assert found.winners == 0 and found.losers >= 0
    assert "Så blir det" in told(sign_in(economist).get(PAGE, chosen))
    odd = sign_in(economist).get(PAGE, asked(tolkning_weeks_in_half_year="x"))
    assert odd.status_code == 422


@pytest.mark.req("K-07")
def test_the_municipalitys_own_reading_is_where_one_begins(economist, monkeypatch):
    class Chosen:
        def readings_on(self, _day):
            return ("half_year_by_calendar",)

    monkeypatch.setattr(queries, "guideline", lambda _slug: Chosen())
    readings = queries.readings_of(economist, DAY)
    form = SimulationForm(None, DAY, readings)
    assert form.initial["tolkning_weeks_in_half_year"] == "half_year_by_calendar"
    before, after = queries.ReadAs(readings, ("half_year_of_26_weeks",)).laws(DAY, {})
    assert (before.readings, after.readings) == (("half_year_by_calendar",), ())
