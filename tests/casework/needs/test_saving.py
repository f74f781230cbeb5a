"""Saving the sheet: all of it or nothing, by the rows' own ids, and never on top of what one has not seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from egenmakt.casework.cases.happenings import happenings_of
from egenmakt.casework.cases.models import Case
from egenmakt.casework.cases.steps import steps_of_cases
from egenmakt.casework.needs.actions import save_sheet
from egenmakt.casework.needs.models import Moment, NeedsSheet
from egenmakt.casework.needs.sheet import MomentValues, SheetRow, SheetValues
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.ui.conflicts import StaleVersion

SHEET = SheetValues(date(2026, 12, 1), date(2027, 11, 30), 7)
SHOWER = MomentValues("Dusch", "hygiene", Decimal(30), Decimal(1), "day", intimate=True)
TEETH = MomentValues("Tandborstning", "hygiene", Decimal(5), Decimal(2), "day", intimate=True)
LUNCH = MomentValues("Lunch", "meals", Decimal(30), Decimal(1), "day", intimate=True)


@pytest.fixture
def save(office):
    """Save rows in the case; the version follows along."""

    def go(*rows: SheetRow, sheet: SheetValues = SHEET, version: int | None = None):
        stored = NeedsSheet.objects.first()
        at = version if version is not None else (stored.version if stored else 0)
        return save_sheet(actor=office.officer, case_id=office.case.pk, version=at, sheet=sheet, rows=rows)

    return go


def texts() -> list[str]:
    return list(Moment.objects.order_by("position").values_list("text", flat=True))


@pytest.mark.req("K-06")
def test_rows_are_added_changed_moved_and_taken_away_in_one_save(save):
    first = save(*(SheetRow(None, one) for one in (SHOWER, TEETH, LUNCH)))
    shower, teeth, lunch = first.ids
    second = save(
        SheetRow(lunch, LUNCH),
        SheetRow(None, replace(SHOWER, text="Bad")),
        SheetRow(shower, replace(SHOWER, minutes=Decimal(25))),
    )
    assert texts() == ["Lunch", "Bad", "Dusch"]
    assert second.ids == [lunch, Moment.objects.get(text="Bad").pk, shower]
    assert Moment.objects.get(pk=shower).minutes == 25
    assert not Moment.objects.filter(pk=teeth).exists()
    assert second.sheet.version == 2


@pytest.mark.req("K-06", "H-12")
def test_the_history_keeps_every_row_as_it_was_and_who_took_it_away(save, office):
    one = save(SheetRow(None, SHOWER)).ids[0]
    save(SheetRow(one, replace(SHOWER, minutes=Decimal(20))))
    save()
    history = Moment.pgh_event_models["delete"].objects.filter(pgh_obj_id=one).order_by("pgh_id")
    assert [(event.pgh_label, event.minutes) for event in history] == [
        ("insert", 30),
        ("update", 20),
        ("delete", 20),
    ]
    assert {event.pgh_actor_id for event in history} == {office.officer.user_id}


@pytest.mark.req("K-06")
def test_a_row_that_is_as_it_was_is_not_written_again(save):
    one = save(SheetRow(None, SHOWER)).ids[0]
    save(SheetRow(one, SHOWER), SheetRow(None, TEETH))
    assert Moment.pgh_event_models["update"].objects.filter(pgh_obj_id=one).count() == 1


@pytest.mark.req("K-06")
def test_a_save_on_an_older_version_is_refused_and_nothing_is_written(save, office):
    save(SheetRow(None, SHOWER))
    with pytest.raises(StaleVersion) as stale:
        save(SheetRow(None, LUNCH), version=0)
    assert (stale.value.version, stale.value.saved_by) == (1, office.officer.name)
    assert texts() == ["Dusch"]


@pytest.mark.req("K-06")
def test_an_error_in_the_last_row_undoes_the_whole_save(save):
    save(SheetRow(None, SHOWER))
    with pytest.raises(IntegrityError), transaction.atomic():
        save(SheetRow(None, TEETH), SheetRow(None, replace(LUNCH, assistants=9)))
    assert texts() == ["Dusch"]
    assert NeedsSheet.objects.get().version == 1


@pytest.mark.req("K-06", "H-12")
def test_a_row_of_another_case_is_copied_and_never_moved(save, office, world):
    from egenmakt.casework.cases.actions import open_case

    theirs = save(SheetRow(None, SHOWER)).ids[0]
    other = open_case(
        actor=office.officer, person_id=world.person().pk, unit_id=office.case.unit_id,
        officer_id=office.officer.user_id,
    )  # fmt: skip
    saved = save_sheet(
        actor=office.officer, case_id=other.pk, version=0, sheet=SHEET,
        rows=[SheetRow(theirs, TEETH), SheetRow(uuid4(), LUNCH)],
    )  # fmt: skip
    assert theirs not in saved.ids
    assert Moment.objects.get(pk=theirs).text == "Dusch"
    assert Moment.objects.get(pk=theirs).sheet.case == office.case


@pytest.mark.req("K-06")
def test_the_same_row_given_twice_becomes_two(save):
    one = save(SheetRow(None, SHOWER)).ids[0]
    ids = save(SheetRow(one, SHOWER), SheetRow(one, SHOWER)).ids
    assert len(set(ids)) == 2 == Moment.objects.count()


@pytest.mark.req("K-06", "H-12")
def test_the_officer_saves_and_others_do_not(save, office, world):
    save(SheetRow(None, SHOWER))
    for actor, refusal in (
        (office.decider, NotAllowed),
        (office.other_unit_officer, NotFound),
        (office.away_officer, NotFound),
    ):
        world.act(actor)
        with pytest.raises(refusal):
            save_sheet(actor=actor, case_id=office.case.pk, version=1, sheet=SHEET, rows=[])
    world.act(office.officer)
    assert texts() == ["Dusch"]


@pytest.mark.req("K-06")
def test_a_closed_case_is_not_changed(save, office):
    Case.objects.filter(pk=office.case.pk).update(closed_on=date(2026, 5, 1))
    with pytest.raises(NotAllowed, match="avslutat"):
        save(SheetRow(None, SHOWER))


@pytest.mark.req("K-06")
def test_the_step_is_done_when_every_moment_is_judged_and_the_case_tells_of_the_save(save, office):
    def state():
        return next(
            one.state for one in steps_of_cases([office.case])[office.case.pk] if one.step.key == "needs"
        )

    assert state().state == "todo"
    with clock.at(date(2026, 5, 4)):
        ids = save(SheetRow(None, SHOWER), SheetRow(None, replace(LUNCH, intimate=None))).ids
    assert (state().state, state().note) == ("ongoing", "med ett moment obedömt")
    save(SheetRow(ids[0], SHOWER), SheetRow(ids[1], replace(LUNCH, intimate=None, tube_feeding=True)))
    assert (state().state, state().note) == ("done", "(2 moment)")
    save(SheetRow(None, MomentValues("Promenad", "other", Decimal(30), Decimal(1), "day")))
    assert (state().state, state().note) == ("done", "(ett moment)")
    assert "Behov och tid sparade" in [one.title for one in happenings_of(office.case)]
