"""Nobody can forget that lists are told of a change: what steps and deadlines read has a pulse, and triggers to beat it."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys
from tests.casework.whole_life import lived

from egenmakt.casework.cases import deadlines, rows, steps
from egenmakt.casework.cases.models import Case
from egenmakt.foundation import clock
from egenmakt.foundation.database import pulse, security

# Read together with what is part of a state, but told by none: why, in a few words.
NOT_PART_OF_A_STATE = {
    "identity_user": "the name of whoever judged stands on the page of the step, not in its state",
}
_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
MODELS = {model._meta.db_table: model for model in apps.get_models()}


def _readers():
    """Everything that is registered to say how a case stands, with its name."""
    for key, step in steps._steps.items():
        yield (
            f"step {key}",
            lambda cases, step=step: [
                step.state(case, step.load([one.pk for one in cases]).get(case.pk)) for case in cases
            ],
        )
    for source in deadlines._sources:
        yield (
            f"deadlines {source.__module__}",
            lambda cases, source=source: [list(found) for found in source(cases, "kristianstad").values()],
        )
    for kind, loads in deadlines._fulfilments.items():
        for load in loads:
            yield (
                f"fulfilment {kind} {load.__name__}",
                lambda cases, load=load: load([one.pk for one in cases]),
            )
    yield "the whole of it", lambda cases: rows.rows_of(cases, "kristianstad")


READERS = dict(_readers())


@pytest.mark.req("H-13")
@pytest.mark.parametrize("reader", READERS)
def test_what_says_how_a_case_stands_reads_only_tables_whose_changes_are_noticed(world, reader):
    with clock.at(journeys.TODAY):
        *_before, made = lived(world)
        journeys.case_ready_for_decision(world)
        cases = list(Case.objects.all())
        with CaptureQueriesContext(connection) as captured:
            READERS[reader](cases)
    read = {table for query in captured for table in _TABLE.findall(query["sql"])}
    assert read, f"{reader} read nothing: the test no longer sees what it reads"
    unnoticed = {table for table in read if not pulse.pulse(MODELS[table])} - NOT_PART_OF_A_STATE.keys()
    assert unnoticed == set(), f"{reader}: declare `pulse` on the models of these tables"
    # the same answer whoever asks: no table of which some rows are hidden from some readers
    assert {table for table in read if getattr(MODELS[table], "row_policy", None)} == set()
    assert made.case.pk in {one.pk for one in cases}


@pytest.mark.req("H-13")
def test_every_step_and_deadline_is_tried():
    names = " ".join(READERS)
    for room in ("applications", "communication", "decisions"):
        assert f"deadlines egenmakt.casework.{room}" in names
    assert len(READERS) >= 14


@pytest.mark.req("H-13")
def test_every_table_with_a_pulse_has_its_triggers():
    found = {model._meta.db_table: pulse.triggers(model) for model in apps.get_models() if pulse.pulse(model)}
    assert len(found) >= 18
    assert all(len(names) == 3 for names in found.values())


@pytest.mark.req("H-13", "H-28")
@pytest.mark.parametrize(
    "how", ["DROP TRIGGER pulse_delete ON", "ALTER TABLE {} DISABLE TRIGGER pulse_update --"]
)
def test_a_trigger_that_is_missing_or_switched_off_is_noticed(django_db_setup, django_db_blocker, how):
    table = "applications_supplement"
    with django_db_blocker.unblock():
        owner = connections["owner"]
        assert not [one for one in security.problems(owner) if table in one]
        with transaction.atomic(using="owner"):
            with owner.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")
                cursor.execute(how.format(table) + f" {table}")
            assert security.problems(owner) == [
                f"Ändringar i tabellen {table} märks inte i listorna. Kör `egenmakt migrate`."
            ]
            transaction.set_rollback(True, using="owner")
        owner.close()
