"""Who may open and do what on the pages of the room: one permitted, the others refused on the very same case."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.casework import journeys
from tests.people import standing_in

from egenmakt.casework.decisions import actions, queries
from egenmakt.casework.decisions.models import Decision, GateAnswer, Proposal, Return, Service
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.actions import carry_out_waiting

READ = ["forslag/", "beslut/", "beslut/?rost=plain", "beslut/?rost=easy", "delgivning/"]


@dataclass
class People:
    """One who may, and three who may not."""

    made: journeys.Journey
    stranger: object  # an officer of the same municipality with no part in the case
    elsewhere: object  # a decider of another municipality
    economist: object  # a role that decides nothing


@pytest.fixture
def people(world):
    made = journeys.case_ready_for_decision(world)
    elsewhere = world.staff(Role.DECISION_MAKER, municipality=world.away)
    return People(made, world.staff(Role.CASE_OFFICER), elsewhere, world.staff(Role.ECONOMIST, whole=True))


def _at(made, path: str) -> str:
    return f"/arenden/{made.case.pk}/{path}"


@pytest.mark.req("H-12")
@pytest.mark.parametrize("path", READ)
def test_the_pages_are_for_those_who_have_to_do_with_the_case(world, people, sign_in, path):
    assert sign_in(people.made.decider).get(_at(people.made, path)).status_code == 200
    assert sign_in(people.made.officer).get(_at(people.made, path)).status_code == 200
    for other in (people.stranger, people.elsewhere, people.economist):
        assert sign_in(other).get(_at(people.made, path)).status_code == 404


@pytest.mark.req("H-12")
def test_without_signing_in_one_gets_the_sign_in_page(people, client):
    answer = client.get(_at(people.made, "beslut/"))
    assert answer.status_code == 302
    assert "/konto/logga-in/" in answer["Location"]


@pytest.mark.req("H-02")
def test_signing_is_for_the_decider(world, people, sign_in):
    made = people.made
    posted = {"proposal": str(made.proposal.pk)}
    for other in (people.stranger, people.elsewhere, people.economist):
        assert sign_in(other).post(_at(made, "beslut/underteckna/"), posted).status_code == 404
    answer = sign_in(made.officer).post(_at(made, "beslut/underteckna/"), posted, follow=True)
    assert "En annan person måste besluta" in answer.content.decode()
    world.act(made.decider)
    assert not Decision.objects.exists()
    page = sign_in(made.decider).get(_at(made, "beslut/underteckna/")).content.decode()
    assert (
        "Du beviljar Alva Åkesson Lindqvist personlig assistans med 15\u00a0h\u00a045\u00a0min i veckan"
        in page
    )
    assert sign_in(made.decider).post(_at(made, "beslut/underteckna/"), posted).status_code == 302
    world.act(made.decider)
    assert Decision.objects.get().signed_by_id == made.decider.user_id


@pytest.mark.req("H-02")
def test_the_second_to_sign_is_told_who_decided(world, people, sign_in):
    made = people.made
    other = world.staff(Role.DECISION_MAKER)
    journeys.sign(made)
    answer = sign_in(other).post(
        _at(made, "beslut/underteckna/"), {"proposal": str(made.proposal.pk)}, follow=True
    )
    assert "redan avgjort genom beslut B-2026-00001 av Åsa Bergström" in answer.content.decode()


@pytest.mark.req("H-02")
def test_the_shut_button_says_why(world, people, sign_in):
    made = people.made
    assert "Du har tagit fram förslaget. En annan person måste besluta." in (
        sign_in(made.officer).get(_at(made, "beslut/")).content.decode()
    )
    manager = world.staff(Role.UNIT_MANAGER)
    assert "Beslutet fattas av LSS-handläggare eller beslutsfattare" in (
        sign_in(manager).get(_at(made, "beslut/")).content.decode()
    )


@pytest.mark.req("H-02")
def test_returning_is_for_the_decider_and_withdrawing_for_the_officer(world, people, sign_in):
    made = people.made
    reason = {"reason": "Målet är för allmänt."}
    for other in (people.stranger, people.elsewhere, people.economist):
        assert sign_in(other).post(_at(made, "beslut/aterlamna/"), reason).status_code == 404
        assert sign_in(other).post(_at(made, "forslag/dra-tillbaka/"), reason).status_code == 404
    assert sign_in(made.officer).post(_at(made, "beslut/aterlamna/"), reason).status_code == 403
    assert sign_in(made.decider).post(_at(made, "forslag/dra-tillbaka/"), reason).status_code == 403
    world.act(made.officer)
    assert not Return.objects.exists()
    assert sign_in(made.decider).post(_at(made, "beslut/aterlamna/"), {"reason": ""}).status_code == 422
    assert sign_in(made.decider).post(_at(made, "beslut/aterlamna/"), reason).status_code == 302
    page = sign_in(made.officer).get(_at(made, "forslag/")).content.decode()
    assert "Förslaget kom tillbaka" in page
    assert "Målet är för allmänt." in page


@pytest.mark.req("H-18")
def test_the_proposal_is_written_by_who_handles_the_case(world, sign_in):
    made = journeys.case_under_investigation(world)
    stranger, elsewhere = (
        world.staff(Role.CASE_OFFICER),
        world.staff(Role.CASE_OFFICER, municipality=world.away),
    )
    for other in (stranger, elsewhere):
        assert sign_in(other).post(_at(made, "forslag/"), {"version": 0}).status_code == 404
    assert sign_in(made.decider).post(_at(made, "forslag/"), {"version": 0}).status_code == 403
    world.act(made.officer)
    assert not Proposal.objects.exists()
    posted = {"version": 0, "kind": "grant", "goal": "Leka ute."}
    assert sign_in(made.officer).post(_at(made, "forslag/"), posted).status_code == 302
    world.act(made.officer)
    assert Proposal.objects.get().goal == "Leka ute."


@pytest.mark.req("H-18")
def test_a_stale_save_shows_both_texts_and_keeps_the_stored_one(world, sign_in):
    made = journeys.case_with_a_working_proposal(world)
    officer = sign_in(made.officer)
    posted = {"version": 1, "kind": "grant", "goal": "Den ena texten."}
    assert officer.post(_at(made, "forslag/"), posted).status_code == 302
    answer = officer.post(_at(made, "forslag/"), posted | {"goal": "Den andra texten."})
    assert answer.status_code == 409
    assert "Den ena texten." in answer.content.decode()
    assert "Den andra texten." in answer.content.decode()
    world.act(made.officer)
    assert Proposal.objects.get().goal == "Den ena texten."


@pytest.mark.req("H-18")
def test_what_cannot_be_read_is_told_at_the_field_and_nothing_typed_is_lost(world, sign_in):
    made = journeys.case_with_a_working_proposal(world)
    posted = {"version": 1, "kind": "grant", "starts_on": "i morgon", "ends_on": "snart", "goal": "Leka ute."}
    answer = sign_in(made.officer).post(_at(made, "forslag/"), posted)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Det här går inte att läsa som ett datum.") >= 2
    assert "Leka ute." in page


@pytest.mark.req("H-18")
def test_a_standard_text_comes_with_the_cases_own_figures_and_can_be_changed(world, sign_in):
    made = journeys.case_with_a_working_proposal(world, proposal={"reasons": ""})
    officer = sign_in(made.officer)
    fields = {name: value for name, value in journeys.PROPOSAL.items() if name != "reasons"}
    posted = {"version": 1, **fields, "reasons": "Först det här.", "insert": "right-2023"}
    assert officer.post(_at(made, "forslag/"), posted).status_code == 302
    world.act(made.officer)
    reasons = Proposal.objects.get().reasons
    assert reasons.startswith("Först det här.\n\n")
    for told in ("personkrets 1", "personlig hygien, måltider och av- och påklädning", "17 timmar och 30 minuter",
                 "15 timmar och 45 minuter i veckan från och med 1 maj 2026"):  # fmt: skip
        assert told in reasons
    assert "[…]" not in reasons


@pytest.mark.req("H-17")
def test_the_checklist_is_answered_by_the_officer_and_begins_with_what_was_found(world, sign_in):
    made = journeys.case_under_investigation(world)
    actions.revise_proposal(actor=made.officer, case_id=made.case.pk, version=0, **journeys.PROPOSAL)
    officer = sign_in(made.officer)
    page = officer.get(_at(made, "forslag/kontrollista/")).content.decode()
    assert "Personkrets 1, prövad på Läkarutlåtande" in page
    answer = officer.post(_at(made, "forslag/kontrollista/"), {"need-fulfilled": "yes"})
    assert answer.status_code == 422
    keys = ["applicant", "personkrets", "measure", "need", "met_otherwise", "good_living_conditions"]
    posted = {f"{key}-fulfilled": "yes" for key in keys} | {f"{key}-evidence": "Utredningen." for key in keys}
    assert officer.post(_at(made, "forslag/kontrollista/"), posted).status_code == 302
    world.act(made.officer)
    assert GateAnswer.objects.count() == 6


@pytest.mark.req("H-22", "H-12")
def test_a_letter_is_downloaded_through_the_gate_and_the_read_is_logged(world, people, sign_in):
    made = people.made
    journeys.sign(made)
    world.enter(world.home)
    carry_out_waiting(municipality_id=world.home.id)
    world.act(made.officer)
    letter = queries.letters_of(made.decision)[0]
    path = _at(made, f"brev/{letter.pk}/")
    before = AccessLogEntry.objects.filter(path=path).count()
    answer = sign_in(made.officer).get(path)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{letter.document.number}.pdf"'
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"".join(answer).startswith(b"%PDF-")
    assert sign_in(made.officer).get(f"{path}?hamta")["Content-Disposition"].startswith("attachment")
    world.act(made.officer)
    assert AccessLogEntry.objects.filter(path=path, access="read").count() == before + 2
    for other in (people.stranger, people.elsewhere, people.economist):
        assert sign_in(other).get(path).status_code == 404
    with standing_in(world.home.id, made.officer.user_id):
        another = journeys.case_under_investigation(world)
    assert sign_in(made.officer).get(_at(another, f"brev/{letter.pk}/")).status_code == 404


@pytest.mark.req("H-22")
def test_service_is_recorded_on_the_page_by_who_handles_the_case(world, people, sign_in):
    made = people.made
    journeys.sign(made)
    posted = {
        "service-served_on": "2026-04-20",
        "service-method": "handed_over",
        "service-evidence": "Kvitto.",
    }
    path = _at(made, "delgivning/registrera/")
    for other in (people.stranger, people.elsewhere, people.economist):
        assert sign_in(other).post(path, posted).status_code == 404
    assert sign_in(made.decider).post(path, posted).status_code == 403
    answer = sign_in(made.officer).post(path, posted | {"service-evidence": ""})
    assert answer.status_code == 422
    assert "Skriv hur vi vet att beslutet nådde fram." in answer.content.decode()
    assert sign_in(made.officer).post(path, posted).status_code == 302
    world.act(made.officer)
    assert Service.objects.count() == 1
    page = sign_in(made.officer).get(_at(made, "delgivning/")).content.decode()
    assert "11\u00a0maj\u00a02026" in page
    assert "12\u00a0maj\u00a02026" in page


@pytest.mark.req("H-22")
def test_an_appeal_is_recorded_on_the_page_and_told_to_be_in_time(world, people, sign_in):
    made = people.made
    journeys.sign(made)
    officer = sign_in(made.officer)
    officer.post(_at(made, "delgivning/registrera/"), {
        "service-served_on": "2026-04-20", "service-method": "handed_over", "service-evidence": "Kvitto.",
    })  # fmt: skip
    path = _at(made, "delgivning/overklagande/")
    assert officer.post(path, {"appeal-received_on": "2026-04-19"}).status_code == 422
    assert officer.post(path, {"appeal-received_on": "2026-04-20"}).status_code == 302
    assert "i rätt tid" in officer.get(_at(made, "delgivning/")).content.decode()


@pytest.mark.req("H-12")
@pytest.mark.parametrize(
    "path",
    ["delgivning/registrera/", "delgivning/overklagande/"],
)
def test_what_only_writes_is_not_read(people, sign_in, path):
    assert sign_in(people.made.officer).get(_at(people.made, path)).status_code == 405


@pytest.mark.req("K-07")
def test_the_decision_page_shows_the_hours_over_time_and_the_next_change(world, people, sign_in):
    made = people.made
    journeys.sign(made)
    page = sign_in(made.officer).get(_at(made, "beslut/")).content.decode()
    assert "fyller 7 år i maj 2029" in page
    assert "19:15" in page
    person = sign_in(made.officer).get(f"/personer/{made.person.pk}/").content.decode()
    assert "fyller 7 år i maj 2029" in person
    assert "beslut B-2026-00001 upphör" in person


@pytest.mark.req("H-13")
def test_the_case_tells_what_has_happened(world, people, sign_in):
    made = people.made
    journeys.sign(made)
    page = sign_in(made.officer).get(f"/arenden/{made.case.pk}/").content.decode()
    assert "Förslag lämnat till beslut: bifall" in page
    assert "Beslut B-2026-00001: bifall" in page


@pytest.mark.req("H-17", "H-18")
def test_what_is_kept_is_swedish_also_for_who_reads_the_pages_in_english(world, sign_in):
    made = journeys.case_under_investigation(world)
    actions.revise_proposal(actor=made.officer, case_id=made.case.pk, version=0, **journeys.PROPOSAL)
    officer = sign_in(made.officer)
    officer.cookies["django_language"] = "en"
    page = officer.get(_at(made, "forslag/kontrollista/")).content.decode()
    assert 'lang="en"' in page
    assert "Personkrets 1, prövad på Läkarutlåtande" in page
