"""How cases stand in lists: kept, and never other than what the case itself says."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.models import Sum
from django.utils import translation
from tests.casework import journeys
from tests.casework.committed import committed
from tests.casework.whole_life import lived
from tests.people import told

from egenmakt.casework.applications.models import Application
from egenmakt.casework.cases import actions, standings, tasks
from egenmakt.casework.cases.models import Case, CasePulse, CaseStanding
from egenmakt.casework.cases.rows import rows_of
from egenmakt.casework.cases.standings import basis, put_pulses_together, refresh, stale, standings_of
from egenmakt.foundation import clock
from egenmakt.foundation.database import pulse
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.tenancy import transaction as tenancy

SLUG = "kristianstad"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def spring():
    """Monday 20 April 2026."""
    with clock.at(journeys.TODAY):
        yield


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(start=False, today=journeys.TODAY.isoformat())


def _of(case: Case) -> CaseStanding:
    return standings_of([case], SLUG)[case.pk]


def _told(standing: CaseStanding) -> dict[str, object]:
    """All that a standing says of the case."""
    bound = {"id", "municipality", "case", "language", "pulses", "day", "program"}
    return {
        one.name: getattr(standing, one.name) for one in CaseStanding._meta.fields if one.name not in bound
    }


def _live(case: Case) -> dict[str, object]:
    """The same, worked out from what the rooms hold now."""
    [row] = rows_of(Case.objects.filter(pk=case.pk), SLUG)
    step, due = row.next_step or row.waits, row.deadline
    return {
        "step": step.step.key if step else "",
        "state": step.state.state if step else "",
        "title": str(step.step.title) if step else "",
        "action": step.action if step else "",
        "note": step.state.note if step else "",
        "url_name": step.step.url_name if step else "",
        "due_on": due.day if due else None,
        "due_status": row.status or "",
        "due_title": due.title if due else "",
        "due_reason": due.reason if due else "",
        "lacks": [one.value for one in row.lacks],
    }


def _holds(case: Case) -> bool:
    return not stale(Case.objects.filter(pk=case.pk), basis(SLUG)).exists()


def _beats(case: Case) -> int:
    return CasePulse.objects.filter(case_id=case.pk).aggregate(sum=Sum("beats"))["sum"] or 0


@pytest.mark.req("H-13")
def test_a_standing_says_what_the_case_says_after_everything_that_is_done_in_it(world):
    steps = set()
    for count, made in enumerate(lived(world)):
        assert not _holds(made.case), f"what was done as number {count} went unnoticed"
        shown = _of(made.case)
        assert _told(shown) == _live(made.case)
        assert _holds(made.case)
        assert _of(made.case).pk == CaseStanding.objects.get(case=made.case).pk
        steps.add((shown.step, shown.state))
    assert len(steps) >= 7, "the case went through too few states to tell anything"


_CHANGE = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@pytest.mark.req("H-13")
def test_every_statement_that_changes_something_of_a_case_adds_a_beat_to_it(world):
    from django.apps import apps

    beating = {model._meta.db_table for model in apps.get_models() if pulse.pulse(model)}
    seen, life = set(), lived(world)
    case = next(life).case

    def watch(execute, sql, params, many, context):
        change = _CHANGE.match(sql)
        if not change or change[2] not in beating:
            return execute(sql, params, many, context)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(sum(beats), 0) FROM cases_casepulse WHERE case_id = %s", [case.pk]
            )
            before = cursor.fetchone()[0]
            result = execute(sql, params, many, context)
            changed = context["cursor"].rowcount
            cursor.execute(
                "SELECT coalesce(sum(beats), 0) FROM cases_casepulse WHERE case_id = %s", [case.pk]
            )
            assert (cursor.fetchone()[0] > before) is (changed > 0), sql[:200]
        seen.add((change[1].split()[0], change[2]))
        return result

    with connection.execute_wrapper(watch):
        for _made in life:
            pass
    whole = {table for _verb, table in seen} | {
        # made before the case was there to be watched
        "investigations_assessment", "investigations_childview", "investigations_lifeareanote",
        "investigations_personkretstrial",
    }  # fmt: skip
    assert whole == beating
    assert {
        ("DELETE", "needs_moment"),
        ("DELETE", "investigations_evidence"),
        ("UPDATE", "cases_case"),
    } <= seen


@pytest.mark.req("H-13")
def test_what_is_done_twice_in_one_transaction_is_seen_both_times(world):
    made = journeys.case_under_investigation(world)
    assert _of(made.case).due_on == date(2026, 5, 10)
    actions.create_task(actor=made.officer, case_id=made.case.pk, title="Ring")
    assert _told(_of(made.case)) == _live(made.case)
    officer = made.case.officer_id
    Case.objects.filter(pk=made.case.pk).update(officer=None)
    assert _of(made.case).lacks == ["officer"]
    Case.objects.filter(pk=made.case.pk).update(officer=officer)
    assert _of(made.case).lacks == []


@pytest.mark.req("H-13")
def test_a_case_that_was_read_before_it_was_changed_is_read_again(world):
    made = journeys.case_under_investigation(world)
    read = Case.objects.get(pk=made.case.pk)
    Case.objects.filter(pk=made.case.pk).update(closed_on=journeys.TODAY)
    assert (read.closed_on, standings_of([read], SLUG)[read.pk].step) == (None, "")


@pytest.mark.req("H-13")
@pytest.mark.parametrize("when", ["before anything is read", "when all is read"])
def test_a_change_that_comes_while_a_standing_is_worked_out_is_never_missed(site, when, monkeypatch):
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
    work_out = standings.rows_of

    def meanwhile(cases, guideline):
        """Someone else commits a change after the beats were counted."""
        rows = None if when == "before anything is read" else work_out(cases, guideline)

        def change():
            with committed(site):
                Application.objects.filter(case=made.case).update(first_contact_on=None)
            connections.close_all()

        other = threading.Thread(target=change)
        other.start()
        other.join(30)
        return rows or work_out(cases, guideline)

    with committed(site):
        monkeypatch.setattr(standings, "rows_of", meanwhile)
        first = _of(made.case)
        monkeypatch.undo()
        assert first.step == ("application" if when == "before anything is read" else "proposal")
        assert not _holds(made.case), "a standing that may be wrong was taken for one that holds"
        assert _told(_of(made.case)) == _live(made.case)
        assert _of(made.case).action == "Ta första kontakten"
        assert _holds(made.case)


@pytest.mark.req("H-13")
def test_many_who_change_and_read_at_once_never_read_anything_but_what_is(site):
    with committed(site) as world:
        made = [journeys.case_under_investigation(world) for _ in range(3)]
        home = world.home.pk
    wrong, compared, rounds = [], [], 15
    done = threading.Event()

    def change(number: int) -> None:
        try:
            for turn in range(rounds):
                with clock.at(journeys.TODAY), tenancy.acting_in(home):
                    one = made[(number + turn) % 3]
                    actions.create_task(actor=one.officer, case_id=one.case.pk, title="Ring")
                    checked = None if turn % 2 else date(2026, 2, 16)
                    Application.objects.filter(case=one.case).update(first_contact_on=checked)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    def read() -> None:
        try:
            while not done.is_set():
                with clock.at(journeys.TODAY), tenancy.acting_in(home):
                    refresh(Case.objects.filter(closed_on=None), SLUG)
                    kept = {one.case_id: one for one in CaseStanding.objects.filter(language="sv")}
                    counted = Case.objects.annotate(beats=standings._beats("pk"))
                    for case in counted:
                        says, is_so = kept[case.pk], _live(case)
                        unchanged = counted.get(pk=case.pk).beats == case.beats == says.pulses
                        if unchanged and _told(says) != is_so:
                            wrong.append(case.pk)
                        compared.append(unchanged)
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    with site.database():
        writers = [threading.Thread(target=change, args=(number,)) for number in range(3)]
        readers = [threading.Thread(target=read) for _ in range(2)]
        for one in (*writers, *readers):
            one.start()
        for one in writers:
            one.join(60)
        done.set()
        for one in readers:
            one.join(60)
    assert wrong == []
    assert any(compared), "no two readings were of the same state: nothing was tried"
    with committed(site):
        for one in made:
            assert _told(_of(one.case)) == _live(one.case)


@pytest.mark.req("H-13")
def test_nobody_who_changes_a_case_waits_for_those_who_read_or_change_it_too(site):
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
    home, finished = made.case.municipality_id, []

    def change() -> None:
        try:
            with clock.at(journeys.TODAY), tenancy.acting_in(home, made.officer.user_id):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
                actions.create_task(actor=made.officer, case_id=made.case.pk, title="Ring", due_on=None)
                CasePulse.objects.filter(case_id=made.case.pk).count()
            finished.append(True)
        finally:
            connections.close_all()

    with committed(site):
        actions.create_task(actor=made.officer, case_id=made.case.pk, title="Skriv", due_on=None)
        refresh(Case.objects.all(), SLUG)  # this transaction has a pulse of its own, and writes the standing
        other = threading.Thread(target=change)
        other.start()
        other.join(30)
        assert finished == [True]


@pytest.mark.req("H-13")
def test_two_who_meet_standings_that_do_not_hold_work_them_out_once(site, monkeypatch):
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
    home, worked_out, begun = made.case.municipality_id, [], threading.Event()
    work_out = standings.rows_of

    def count(cases, guideline):
        worked_out.append(len(cases))
        begun.set()
        return work_out(cases, guideline)

    monkeypatch.setattr(standings, "rows_of", count)
    waited = []

    def second() -> None:
        try:
            begun.wait(10)
            with clock.at(journeys.TODAY), tenancy.acting_in(home):
                waited.append(refresh(Case.objects.filter(pk=made.case.pk), SLUG))
        finally:
            connections.close_all()

    with site.database():
        other = threading.Thread(target=second)
        other.start()
        with clock.at(journeys.TODAY), tenancy.acting_in(home):
            assert refresh(Case.objects.filter(pk=made.case.pk), SLUG) == 1
            other.join(1)
            assert other.is_alive(), "the second did not wait for the first"
        other.join(30)
    assert (waited, worked_out) == ([0], [1])


@pytest.mark.req("H-13")
def test_a_list_does_not_wait_for_whoever_keeps_standings_but_works_out_its_own(site):
    with committed(site) as world:
        made = journeys.case_under_investigation(world)
    home, read = made.case.municipality_id, []

    def list_it() -> None:
        try:
            with clock.at(journeys.TODAY), tenancy.acting_in(home):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
                read.append((_told(_of(made.case)), CaseStanding.objects.filter(case=made.case).count()))
        finally:
            connections.close_all()

    with committed(site):
        assert refresh(Case.objects.filter(pk=made.case.pk), SLUG) == 1
        other = threading.Thread(target=list_it)
        other.start()
        other.join(30)
        assert read == [(_live(made.case), 0)]


_KILLED = """
import django, os, signal
django.setup()
from uuid import UUID
from egenmakt.casework.cases import standings
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.tenancy.transaction import acting_in
standings.AT_ONCE = 1
work_out, done = standings._work_out, []
def die_in_the_middle(ids, on, *, keep):
    if done:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(work_out(ids, on, keep=keep))
standings._work_out = die_in_the_middle
with acting_in(UUID("{home}")):
    standings.refresh(Case.objects.filter(pk__in={ids}), "kristianstad")
"""


@pytest.mark.req("H-18")
def test_a_program_that_dies_while_it_keeps_standings_leaves_nothing_wrong(site):
    with committed(site) as world:
        made = [journeys.case_under_investigation(world) for _ in range(2)]
    script = _KILLED.format(home=made[0].case.municipality_id, ids=[str(one.case.pk) for one in made])
    ended = subprocess.run(
        [sys.executable, "-c", script], env={**site.environment, "PYTHONPATH": str(ROOT / "src")}, cwd=ROOT, check=False
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL
    with committed(site):
        assert not CaseStanding.objects.filter(case__in=[one.case.pk for one in made]).exists()
        assert refresh(Case.objects.filter(pk__in=[one.case.pk for one in made]), SLUG) == 2
        for one in made:
            assert _told(_of(one.case)) == _live(one.case)


@pytest.mark.req("H-13")
def test_the_next_day_another_program_another_guideline_or_language_is_another_standing(world, monkeypatch):
    made = journeys.case_under_investigation(world)
    world.act(made.officer)
    assert _of(made.case).due_status == "info"
    with clock.at(date(2026, 5, 4)):
        assert not _holds(made.case)
        assert _of(made.case).due_status == "soon"
    with clock.at(date(2026, 5, 11)):
        assert _of(made.case).due_status == "late"
    assert _of(made.case).due_status == "info"
    here = standings_of([made.case], SLUG)[made.case.pk].due_on
    assert standings_of([made.case], "ingenstans")[made.case.pk].due_on != here
    assert _of(made.case).due_on == here
    with translation.override("en"):
        assert _of(made.case).action == "Write the proposal"
    assert _of(made.case).action == "Skriv förslaget"
    assert _holds(made.case)
    monkeypatch.setattr(standings, "program", lambda: "another")
    assert not _holds(made.case)


@pytest.mark.req("H-13", "H-21")
def test_a_standing_holds_nothing_of_who_a_person_is(world, office, protected_person, sign_in):
    person = protected_person(office.officer)
    case = actions.open_case(
        actor=office.officer, person_id=person.pk, unit_id=world.units[world.home.id].pk,
        officer_id=office.officer.user_id, opened_on=date(2026, 4, 1),
    )  # fmt: skip
    assert "Ida Hemlig" in told(sign_in(office.officer).get("/arenden/"))
    world.act(office.manager)
    kept = CaseStanding.objects.get(case=case)
    assert not re.search("Ida|Hemlig", repr(_told(kept)))
    page = told(sign_in(office.manager).get("/arenden/"))
    assert case.number in page
    assert not re.search(r"\bIda\b|Hemlig", page)


@pytest.mark.req("H-22")
def test_another_municipality_sees_no_standings_and_no_pulses(world, office):
    assert _of(office.case)
    assert CasePulse.objects.filter(case_id=office.case.pk).exists()
    world.act(office.away_officer)
    assert not CaseStanding.objects.exists()
    assert not CasePulse.objects.exists()


@pytest.mark.req("H-13")
def test_pulses_that_are_put_together_are_as_many_as_before(world, office):
    for number in range(standings.MANY_PULSES + 5):
        actions.create_task(actor=office.officer, case_id=office.case.pk, title=f"Ring {number}")
    _of(office.case)
    before = _beats(office.case)
    assert put_pulses_together() == 1
    assert CasePulse.objects.filter(case_id=office.case.pk).count() == 1
    assert _beats(office.case) == before
    assert _holds(office.case)
    assert put_pulses_together() == 0
    actions.create_task(actor=office.officer, case_id=office.case.pk, title="En till")
    assert not _holds(office.case)


@pytest.mark.req("H-13")
def test_the_worker_works_out_what_does_not_hold_in_every_language_and_then_nothing(
    world, office, monkeypatch
):
    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    world.act(office.registrar)
    unit = world.units[world.home.id]
    for _number in range(4):
        actions.open_case(actor=office.registrar, person_id=world.person().pk, unit_id=unit.pk)
    place = {"municipality_id": world.home.pk, "guideline": SLUG}
    assert tasks.work_out(**place) == 10
    assert tasks.work_out(**place) == 0
    for language in ("sv", "en"):
        with translation.override(language):
            assert not stale(Case.objects.all(), basis(SLUG)).exists()
    with clock.at(journeys.TODAY + timedelta(days=1)):
        assert tasks.work_out(**place) == 10
    assert office.case.pk in set(CaseStanding.objects.values_list("case_id", flat=True))


@pytest.mark.req("H-13")
def test_managers_see_in_the_list_of_cases_what_a_change_a_moment_ago_led_to(world, office, sign_in):
    client = sign_in(office.manager)
    assert "Gå vidare med ansökan" in told(client.get("/arenden/"))
    world.act(office.manager)
    actions.close_case(
        actor=office.manager, case_id=office.case.pk, reason="Togs tillbaka.", version=office.case.version
    )
    page = told(client.get("/arenden/?lage=closed"))
    assert "avslutat" in page
    assert "Gå vidare med ansökan" not in page


@pytest.mark.req("H-13")
@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.REGISTRAR])
def test_roles_read_the_same_standing(world, office, role):
    first = _of(office.case)
    world.act(world.staff(role))
    assert _of(office.case).pk == CaseStanding.objects.get(case=office.case).pk
    assert _told(_of(office.case)) == _told(first)
