"""The investigation: life areas, the overall assessment, and the child's own view."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egenmakt.casework.cases.happenings import happenings_of
from egenmakt.casework.cases.steps import steps_of_cases
from egenmakt.casework.investigations import actions, queries
from egenmakt.casework.investigations.areas import PATHS, SAYS
from egenmakt.casework.investigations.models import ChildView, LifeArea, LifeAreaNote
from egenmakt.foundation import clock
from egenmakt.foundation.access.gates import NotAllowed, NotFound
from egenmakt.foundation.ui.conflicts import StaleVersion
from egenmakt.foundation.ui.models import Draft

AREA = {
    "own_view": "Jag vill duscha själv.",
    "assessment": "Behöver stöd.",
    "difficulty": "3",
    "goal": "Duscha.",
}
ASSESSED = {
    "own_view": "Vill bo kvar hemma.",
    "normalisation": "Andra sjuåringar klär sig själva.",
    "met_otherwise": "Mamma ger all hjälp i dag.",
    "good_living_conditions": "Utan hjälp kommer hon inte ut.",
    "temporary_protection": None,
}
CHILD = {
    "heard": True,
    "how": "Hemma, med bilder.",
    "view": "Vill leka ute.",
    "best_interests": "Trygghet.",
    "effect": "Tid för lek räknas in.",
}


def _a_text(fields):
    return next(name for name in ("own_view", "how") if name in fields)


def _state(case):
    return next(one.state for one in steps_of_cases([case])[case.pk] if one.step.key == "investigation")


@pytest.mark.req("H-16")
def test_there_are_eleven_life_areas_each_with_a_page_and_plain_words():
    assert len(LifeArea) == len(set(PATHS.values())) == len(SAYS) == 11


@pytest.mark.req("H-16")
def test_an_area_holds_the_persons_view_beside_the_officers(office, sign_in):
    client = sign_in(office.officer)
    url = f"/arenden/{office.case.pk}/utredning/livsomrade/personlig-vard/"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"version": "0", "then": "next", **AREA})
    assert answer.status_code == 302
    assert answer["Location"].endswith("/livsomrade/hemliv/")
    note = LifeAreaNote.objects.get()
    assert (note.area, note.own_view, note.assessment, note.difficulty) == (
        "d5", "Jag vill duscha själv.", "Behöver stöd.", "3",
    )  # fmt: skip
    listed = client.get(f"/arenden/{office.case.pk}/utredning/").content.decode()
    assert "Jag vill duscha själv." in listed and "stort problem" in listed
    assert client.get(url.replace("personlig-vard", "finns-inte")).status_code == 404


@pytest.mark.req("H-16")
def test_what_is_typed_in_an_area_comes_back_from_the_draft(office, sign_in):
    client = sign_in(office.officer)
    key = f"life_area:{office.case.pk}:d5"
    client.post(
        "/utkast/", {"_key": key, "_version": "0", "_revision": "0", "own_view": "Halvskrivet om dusch"}
    )
    assert Draft.objects.filter(key=key).exists()
    url = f"/arenden/{office.case.pk}/utredning/livsomrade/personlig-vard/"
    assert "Halvskrivet om dusch" in client.get(url).content.decode()
    client.post(url, {"version": "0", **AREA})
    assert not Draft.objects.filter(key=key).exists()


@pytest.mark.req("H-07", "H-08", "H-16")
def test_the_step_is_done_when_every_part_is_written(office):
    case, officer = office.case, office.officer
    assert _state(case).state == "todo"
    actions.save_life_area(actor=officer, case_id=case.pk, area=LifeArea.SELF_CARE, version=0, **AREA)
    assert _state(case).note == "med 5 saker kvar"
    actions.save_assessment(actor=officer, case_id=case.pk, version=0, **ASSESSED)
    assert _state(case).note == "med en sak kvar"
    actions.save_child_view(actor=officer, case_id=case.pk, version=0, **CHILD)
    assert _state(case).state == "done"
    actions.save_assessment(actor=officer, case_id=case.pk, version=1, **(ASSESSED | {"normalisation": ""}))
    assert "Jämför med jämnåriga" in queries.investigation_state(case).missing[0]


@pytest.mark.req("H-09")
@pytest.mark.parametrize("left_out", ["heard", "how", "view", "best_interests", "effect"])
def test_the_childs_perspective_is_complete_only_with_every_part(office, left_out):
    actions.save_child_view(actor=office.officer, case_id=office.case.pk, version=0, **CHILD)
    assert queries.child_view_state(office.case).complete
    less = CHILD | {left_out: None if left_out == "heard" else "  "}
    actions.save_child_view(actor=office.officer, case_id=office.case.pk, version=1, **less)
    state = queries.child_view_state(office.case)
    assert state.concerns_child and not state.complete and len(state.missing) == 1


@pytest.mark.req("H-09")
def test_a_child_who_was_not_heard_is_complete_when_it_is_said_why(office):
    said = CHILD | {"heard": False, "how": "Sov vid båda besöken; föräldrarna berättade."}
    actions.save_child_view(actor=office.officer, case_id=office.case.pk, version=0, **said)
    assert queries.child_view_state(office.case).complete


@pytest.mark.req("H-09")
def test_the_childs_perspective_concerns_those_under_eighteen(office, sign_in):
    born = office.case.person.born
    url = f"/arenden/{office.case.pk}/utredning/barnet/"
    with clock.at(date(born.year + 18, born.month, born.day - 1)):
        assert queries.child_view_state(office.case).concerns_child
        assert sign_in(office.officer).get(url).status_code == 200
    with clock.at(date(born.year + 18, born.month, born.day)):
        state = queries.child_view_state(office.case)
        assert (state.concerns_child, state.complete) == (False, True)
        assert sign_in(office.officer).get(url).status_code == 404


@pytest.mark.req("H-09")
def test_who_wrote_down_the_childs_view_and_when_is_seen_in_the_case(office):
    with clock.at(date(2026, 4, 2)):
        actions.save_child_view(actor=office.officer, case_id=office.case.pk, version=0, **CHILD)
    assert ChildView.objects.get().recorded_by_id == office.officer.user_id
    told = [one for one in happenings_of(office.case) if "Barnets perspektiv" in one.title]
    assert [(one.who, one.at.date()) for one in told] == [("Olle Officer", date(2026, 4, 2))]


@pytest.mark.req("H-16")
@pytest.mark.parametrize(
    ("save", "fields"),
    [
        (actions.save_assessment, ASSESSED),
        (actions.save_child_view, CHILD),
        (lambda **given: actions.save_life_area(area=LifeArea.SAFETY, **given), AREA),
    ],
)
def test_two_who_save_at_once_are_both_heard(office, save, fields):
    save(actor=office.officer, case_id=office.case.pk, version=0, **fields)
    with pytest.raises(StaleVersion) as stale:
        save(actor=office.officer, case_id=office.case.pk, version=0, **(fields | {_a_text(fields): "Annat"}))
    assert stale.value.version == 1
    assert "Annat" in stale.value.posted.values() and "Annat" not in stale.value.current.values()


@pytest.mark.req("H-16", "H-12")
@pytest.mark.parametrize(
    ("save", "fields"),
    [
        (actions.save_assessment, ASSESSED),
        (actions.save_child_view, CHILD),
        (lambda **given: actions.save_life_area(area=LifeArea.SAFETY, **given), AREA),
    ],
)
def test_the_officer_may_write_and_others_may_not(office, world, save, fields):
    save(actor=office.officer, case_id=office.case.pk, version=0, **fields)
    for actor, refusal in (
        (office.manager, NotAllowed),
        (office.other_unit_officer, NotFound),
        (office.away_officer, NotFound),
    ):
        world.act(actor)
        with pytest.raises(refusal):
            save(actor=actor, case_id=office.case.pk, version=1, **fields)


PAGES = ["", "bedomning/", "barnet/", "livsomrade/trygghet/"]


@pytest.mark.req("H-16", "H-12")
@pytest.mark.parametrize("page", PAGES)
def test_strangers_find_nothing_and_readers_no_form(office, sign_in, page):
    url = f"/arenden/{office.case.pk}/utredning/{page}"
    assert sign_in(office.officer).get(url).status_code == 200
    for actor in (office.other_unit_officer, office.away_officer):
        assert sign_in(actor).get(url).status_code == 404
    client = sign_in(office.manager)
    assert "<textarea" not in client.get(url).content.decode()
    if page:
        assert client.post(url, {"version": "0"}).status_code == 403


@pytest.mark.req("H-16")
def test_hostile_text_is_only_text(office, sign_in):
    hostile = "<script>alert(1)</script> {{ 7|add:7 }} ' \" \u202e"
    actions.save_life_area(
        actor=office.officer,
        case_id=office.case.pk,
        area=LifeArea.SAFETY,
        version=0,
        **(AREA | {"own_view": hostile}),
    )
    for page in ("", "livsomrade/trygghet/"):
        text = sign_in(office.officer).get(f"/arenden/{office.case.pk}/utredning/{page}").content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}" in text


@pytest.mark.req("H-16")
def test_more_areas_cost_no_more_queries(office, sign_in):
    client = sign_in(office.officer)
    url = f"/arenden/{office.case.pk}/utredning/"
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for area in LifeArea:
        actions.save_life_area(actor=office.officer, case_id=office.case.pk, area=area, version=0, **AREA)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
