"""What is typed comes back: to the one who typed it, to nobody else, and beside what another has saved since."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.ui import actions, drafts, queries
from egenmakt.foundation.ui.conflicts import StaleVersion, conflict_response
from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm
from egenmakt.foundation.ui.models import Draft

pytestmark = [pytest.mark.req("H-16"), pytest.mark.django_db]

KEY = "journal_note:42"


class NoteForm(VersionedForm):
    day = DateField(label="Dag", required=False)
    text = LongTextField(label="Anteckning")


@pytest.fixture
def officer(world):
    actor = world.staff(Role.CASE_OFFICER, name="Amira")
    world.act(actor)
    return actor


def asked(actor, method="get", data=None):
    made = getattr(RequestFactory(), method)("/anteckning/42/", data or {})
    made.actor = actor
    return made


def save(actor, text, *, version=3, seen=None, key=KEY):
    return actions.save_draft(
        actor=actor,
        key=key,
        fields={"text": [text], "day": ["i går"]},
        base_version=version,
        seen_revision=seen,
    )


def test_what_was_typed_is_in_the_form_again_also_what_could_not_be_read(officer):
    save(officer, "Mamman ringde.")
    restored = drafts.restore(asked(officer), NoteForm, KEY, 3, {"text": "sparat"})
    assert restored.recovered_at
    assert not restored.behind
    assert restored.form["text"].value() == "Mamman ringde."
    assert restored.form["day"].value() == "i går"
    assert restored.form["version"].value() == 3


def test_without_a_draft_the_stored_text_is_shown(officer):
    restored = drafts.restore(asked(officer), NoteForm, KEY, 3, {"text": "sparat"})
    assert restored.recovered_at is None
    assert restored.form["text"].value() == "sparat"


def test_a_draft_begun_before_another_saved_stands_beside_the_stored_text(officer):
    save(officer, "Mamman ringde.", version=2)
    restored = drafts.restore(asked(officer), NoteForm, KEY, 3, {"text": "sparat av en annan"})
    assert restored.behind
    assert restored.form["text"].value() == "sparat av en annan"
    assert ("Anteckning", "Mamman ringde.") in [(one.label, one.text) for one in restored.offered]


def test_a_draft_that_says_what_is_already_stored_is_not_offered(officer):
    actions.save_draft(
        actor=officer, key=KEY, fields={"text": ["samma"], "day": [""]}, base_version=2, seen_revision=None
    )
    restored = drafts.restore(asked(officer), NoteForm, KEY, 3, {"text": "samma"})
    assert not restored.behind
    assert restored.recovered_at is None


def test_a_draft_is_gone_when_its_text_has_been_saved(officer):
    save(officer, "Mamman ringde.")
    drafts.discard(asked(officer), KEY)
    assert queries.draft_for(officer, KEY) is None


def test_a_second_tab_does_not_overwrite_the_first_unseen(officer):
    first = save(officer, "från den första fliken", seen=0)
    assert first.revision == 1
    with pytest.raises(actions.DraftIsNewer):
        save(officer, "från den andra fliken", seen=0)
    assert queries.draft_for(officer, KEY).fields["text"] == ["från den första fliken"]
    assert save(officer, "vidare i den första", seen=1).revision == 2


def test_a_page_that_is_being_closed_is_kept_whatever_is_there(officer):
    save(officer, "först", seen=0)
    assert save(officer, "sist", seen=None).fields["text"] == ["sist"]


def test_another_user_sees_no_draft_not_even_by_sql(officer, world):
    save(officer, "hemligt")
    other = world.staff(Role.CASE_OFFICER, name="Per")
    world.act(other)
    assert queries.draft_for(other, KEY) is None
    assert queries.drafts_of(other) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ui_draft")
        assert cursor.fetchone() == (0,)
        cursor.execute("DELETE FROM ui_draft")
    world.act(officer)
    assert Draft.objects.count() == 1


def test_the_same_key_is_two_drafts_for_two_users(officer, world):
    save(officer, "Amiras")
    other = world.staff(Role.CASE_OFFICER)
    world.act(other)
    save(other, "Pers")
    assert queries.draft_for(other, KEY).fields["text"] == ["Pers"]
    world.act(officer)
    assert queries.draft_for(officer, KEY).fields["text"] == ["Amiras"]


def test_a_draft_never_prints_its_text(officer):
    assert "hemligt" not in f"{save(officer, 'hemligt')!r} {save(officer, 'hemligt')}"


@pytest.mark.parametrize("key", ["", "../x", "a b", "A:1", "x" * 201, "a:", "a;b"])
def test_a_key_of_another_form_is_refused(officer, key):
    with pytest.raises(actions.BadDraftKey):
        save(officer, "text", key=key)


def test_more_than_anyone_writes_is_refused(officer):
    with pytest.raises(actions.DraftTooLarge):
        save(officer, "a" * actions.LARGEST_DRAFT)


class TestOverHttp:
    def post(self, client, **data):
        return client.post(reverse("ui:save_draft"), {"_key": KEY, "_version": "3", "_revision": "0", **data})

    def test_saving_answers_with_the_time(self, officer, sign_in):
        client = sign_in(officer)
        with clock.at(datetime(2026, 11, 21, 14, 3, tzinfo=clock.SWEDEN)):
            answer = self.post(client, text="Mamman ringde.", csrfmiddlewaretoken="x")
        assert answer.json() == {"saved": "14:03", "revision": 1}
        assert queries.draft_for(officer, KEY).fields == {"text": ["Mamman ringde."]}

    def test_a_second_tab_is_told(self, officer, sign_in):
        client = sign_in(officer)
        self.post(client, text="den första")
        assert self.post(client, text="den andra").status_code == 409

    def test_a_key_that_is_none_is_told(self, officer, sign_in):
        assert self.post(sign_in(officer), _key="../x", text="a").status_code == 400

    def test_someone_who_is_not_signed_in_keeps_nothing(self, world, client):
        answer = self.post(client, text="a")
        assert answer.status_code == 302
        assert Draft.objects.count() == 0

    def test_throwing_away_goes_back_within_the_site_only(self, officer, sign_in):
        client = sign_in(officer)
        self.post(client, text="a")
        answer = client.post(reverse("ui:discard_draft"), {"key": KEY, "next": "https://elak.example/"})
        assert answer["Location"] == reverse("home")
        assert queries.draft_for(officer, KEY) is None
        answer = client.post(reverse("ui:discard_draft"), {"key": KEY, "next": "/arenden/1/"})
        assert answer["Location"] == "/arenden/1/"

    def test_light_and_dark_are_kept_in_the_browser(self, client, world):
        answer = client.post(reverse("ui:set_theme"), {"theme": "dark", "next": "/konto/logga-in/"})
        assert answer["Location"] == "/konto/logga-in/"
        assert answer.cookies["theme"].value == "dark"
        assert client.post(reverse("ui:set_theme"), {"theme": "auto"}).cookies["theme"].value == ""
        assert client.post(reverse("ui:set_theme"), {"theme": "<b>"}).cookies["theme"].value == ""


class TestCopiesOnTheComputer:
    """A computer keeps what it sent until a page says that it is saved, and the page says so once."""

    COPY = "1x2y3z4w5v6u"

    def sent(self, officer, copy, session=None):
        request = asked(officer, "post", {"text": "Mamman ringde.", "_copy": copy})
        request.session = {} if session is None else session
        return request

    def told(self, request):
        page = asked(request.actor)
        page.session = request.session
        html = render_to_string("layouts/page.html", {}, page)
        return set(re.findall(r'data-saved-copies="([^"]*)"', html))

    def test_a_saved_form_is_told_on_the_next_page_and_not_on_the_one_after(self, officer):
        request = self.sent(officer, self.COPY)
        drafts.discard(request, KEY)
        assert self.told(request) == {self.COPY}
        assert self.told(request) == set()

    def test_two_saved_forms_with_no_page_between_are_both_told(self, officer):
        request = self.sent(officer, self.COPY)
        drafts.discard(request, KEY)
        drafts.discard(self.sent(officer, "abcdefgh12", request.session), KEY)
        assert self.told(request) == {f"{self.COPY} abcdefgh12"}

    def test_a_form_that_was_not_saved_is_not_told(self, officer):
        assert self.told(self.sent(officer, self.COPY)) == set()

    @pytest.mark.parametrize("copy", ["", "kort", "A" * 12, '"><script>', "a" * 41])
    def test_what_is_no_id_is_told_to_nobody(self, officer, copy):
        request = self.sent(officer, copy)
        drafts.discard(request, KEY)
        assert request.session == {}

    def test_a_page_knows_whether_it_answers_a_form_that_was_sent(self, officer):
        shown = {
            method: render_to_string("layouts/page.html", {}, asked(officer, method))
            for method in ("get", "post")
        }
        assert "data-answers-post" in shown["post"]
        assert "data-answers-post" not in shown["get"]

    def test_the_id_of_a_copy_is_no_part_of_the_draft(self, officer, sign_in):
        sign_in(officer).post(reverse("ui:save_draft"), {"_key": KEY, "text": "a", "_copy": self.COPY})
        assert queries.draft_for(officer, KEY).fields == {"text": ["a"]}


class TestTwoAtOnce:
    def answer(self, officer):
        posted = {"version": "3", "text": "Mamman ringde.\r\nHon vill mötas hemma.", "day": "2026-03-01"}
        request = asked(officer, "post", posted)
        form = NoteForm(request.POST)
        assert form.is_valid()
        stale = StaleVersion(
            current={"text": "<b>Mamman</b> bad om ett möte.", "day": form.cleaned_data["day"]},
            posted=form.cleaned_data, version=4, saved_by="Per Ström", saved_at=clock.now(),
        )  # fmt: skip
        return conflict_response(request, stale, form, draft_key=KEY)

    def test_both_texts_are_shown_and_nothing_is_lost(self, officer):
        save(officer, "Mamman ringde.", seen=0)
        save(officer, "Mamman ringde. Hon vill", seen=1)
        answer = self.answer(officer)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert 'data-revision="2"' in html  # so that what is changed here goes on being saved
        assert "data-posted" in html
        assert "&lt;b&gt;Mamman&lt;/b&gt; bad om ett möte." in html
        assert "Hon vill mötas hemma." in html
        assert "Per Ström" in html

    def test_posting_again_rests_on_the_new_version_and_carries_the_fields_that_agree(self, officer):
        html = self.answer(officer).content.decode()
        assert '<input type="hidden" name="version" value="4">' in html
        assert '<input type="hidden" name="day" value="2026-03-01">' in html
        assert html.count('name="text"') == 1

    def test_only_what_differs_is_put_side_by_side(self, officer):
        html = self.answer(officer).content.decode()
        assert html.count('class="e-conflict"') == 1
