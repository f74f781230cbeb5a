"""The components: errors lead to their fields, text from people is text, and nothing needs a script to be read."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from egenmakt.foundation.ui.forms import DateField, LongTextField, VersionedForm
from egenmakt.foundation.ui.pictures import Banner
from egenmakt.foundation.ui.tables import ordering
from egenmakt.law.findings import Citation, Finding, Outcome

pytestmark = pytest.mark.req("H-16")

HOSTILE = """"><script>alert('x')</script><b title='"""


class Seen(HTMLParser):
    """The tags and attributes a browser would see."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


class ApplicationForm(VersionedForm):
    arrived = DateField(label="När kom ansökan in?", help_text="Till exempel 2026-03-01.")
    by = forms.ChoiceField(
        label="Vem ansöker?",
        widget=forms.RadioSelect,
        choices=[("self", "Personen själv"), ("guardian", "Vårdnadshavare")],
    )
    text = LongTextField(label="Bakgrund")
    informed = forms.BooleanField(label="Informerad", required=False)


def request(path="/arenden/", **cookies):
    made = RequestFactory().get(path)
    made.COOKIES.update(cookies)
    return made


def render(source, path="/arenden/", **context):
    asked = request(path)
    with translation.override("sv"):
        # Cotton compiles files; a template in a test is compiled the same way.
        from django_cotton.compiler_regex import CottonCompiler

        compiled = CottonCompiler().process("{% load ui i18n %}" + source)
        return Template(compiled).render(RequestContext(asked, {"request": asked, **context}))


def test_the_error_summary_links_each_error_to_its_field_and_can_take_focus():
    html = render('<c-form :form="form" />', form=ApplicationForm({"arrived": "i går"}))
    summary = html[: html.index("<form")]
    assert 'tabindex="-1"' in summary
    assert 'role="alert"' in summary
    targets = re.findall(r'<a href="#([^"]+)">', summary)
    assert targets == ["id_arrived", "id_by_0", "id_text"]
    for target in targets:
        assert f'id="{target}"' in html


def test_an_error_stands_at_its_field_and_is_read_with_it():
    html = render('<c-field :field="form.arrived" />', form=ApplicationForm({"arrived": "i går"}))
    control = re.search(r"<input[^>]*id=\"id_arrived\"[^>]*>", html)[0]
    assert 'aria-invalid="true"' in control
    described = re.search(r'aria-describedby="([^"]+)"', control)[1].split()
    assert len(described) == 2
    for one in described:
        assert f'id="{one}"' in html
    assert 'value="i går"' in control


def test_a_group_of_choices_has_its_question_as_legend():
    html = render('<c-field :field="form.by" />', form=ApplicationForm())
    assert re.search(r"<legend[^>]*>Vem ansöker\?</legend>", html)
    assert html.count('type="radio"') == 2
    for identity in re.findall(r'<input type="radio"[^>]*id="([^"]+)"', html):
        assert f'for="{identity}"' in html


def test_a_field_that_need_not_be_filled_in_says_so_and_others_do_not():
    assert "(frivilligt)" not in render('<c-field :field="form.text" />', form=ApplicationForm())

    class Optional(forms.Form):
        note = LongTextField(label="Mer", required=False)

    assert "(frivilligt)" in render('<c-field :field="form.note" />', form=Optional())


def test_a_form_carries_its_version_and_its_token():
    html = render('<c-form :form="form" />', form=ApplicationForm(initial={"version": 7}))
    assert re.search(r'<input type="hidden" name="version" value="7"', html)
    assert "csrfmiddlewaretoken" in html


@pytest.mark.parametrize(
    "source",
    [
        '<c-page-header title="{{ text }}" lead="{{ text }}" eyebrow="{{ text }}" />',
        '<c-page-header :title="text" :lead="text" />',
        '<c-button :href="text" aria-label="{{ text }}" :title="text">{{ text }}</c-button>',
        '<c-button :closed="text" id="a">{{ text }}</c-button>',
        '<c-next-step href="/" :title="text" :note="text" />',
        '<c-notice :title="text">{{ text }}</c-notice>',
        '<c-badge status="{{ text }}">{{ text }}</c-badge>',
        '<c-table :caption="text" :id="text"><tr><td>{{ text }}</td></tr></c-table>',
        '<c-event :title="text" :when="text" :who="text" :href="text">{{ text }}</c-event>',
        '<c-task :title="text" :note="text" :href="text" />',
        '<c-work href="/" :title="text" :who="text" :due="text" :reason="text" />',
        '<c-tab href="/" :count="text">{{ text }}</c-tab>',
        '<c-dialog id="d" :title="text">{{ text }}</c-dialog>',
        '<c-confirm :title="text" :sentence="text" :form="form" :cancel="text" :submit="text" />',
        '<c-banner :banner="banner" />',
        '<c-fact :term="text">{{ text }}</c-fact>',
        '<c-card :title="text" :href="text" data-x="{{ text }}" :data-y="text" />',
        '<c-explanation :finding="finding" :law-url="text" />',
        '<c-field :field="form.text" :label="text" :help="text" :suffix="text" />',
        '<c-details :summary="text">{{ text }}</c-details>',
        '<c-empty :title="text" />',
        '<c-law :href="text">{{ text }}</c-law>',
    ],
)
def test_what_people_have_written_never_becomes_markup(source):
    html = render(
        source,
        text=HOSTILE,
        form=ApplicationForm({"text": HOSTILE, "arrived": HOSTILE}),
        banner=Banner(*[HOSTILE] * 3, False, *[HOSTILE] * 6),
        finding=Finding(HOSTILE, Citation(HOSTILE, "1 §"), Outcome.MET, HOSTILE, {HOSTILE: HOSTILE}, HOSTILE),
    )
    seen = Seen()
    seen.feed(html)
    assert "script" not in seen.tags
    assert "b" not in seen.tags
    assert "alert(" in html  # it is there, as text
    assert not [
        one
        for one in seen.attributes
        if not re.fullmatch(r"[a-z][a-z0-9-]*", one.lower()) or one.startswith("on")
    ]


def test_an_event_handler_cannot_be_passed_on_as_an_attribute():
    assert "onclick" not in render('<c-card title="x" onclick="alert(1)" data-ok="1" />')
    assert 'data-ok="1"' in render('<c-card title="x" onclick="alert(1)" data-ok="1" />')


def test_a_component_does_not_take_its_words_from_the_page_around_it():
    html = render('<c-card>innehåll</c-card><c-badge>ord</c-badge><c-field :field="form.text" />',
                  title="SIDANS TITEL", status="late", label="SIDANS ETIKETT", icon="late", form=ApplicationForm())  # fmt: skip
    assert "SIDANS" not in html
    assert "e-badge--late" not in html


def test_a_shut_button_says_why_and_can_still_be_reached():
    html = render('<c-button closed="Barnets egen inställning saknas." id="skriv">Skriv under</c-button>')
    button = re.search(r"<button[^>]*>", html)[0]
    assert 'aria-disabled="true"' in button
    assert " disabled" not in button.replace("aria-disabled", "")
    assert 'type="button"' in button
    described = re.search(r'aria-describedby="([^"]+)"', button)[1]
    assert re.search(rf'id="{described}">Barnets egen inställning saknas\.<', html)


def test_a_heading_that_sorts_keeps_the_rest_of_the_address():
    html = render('<c-th sort="frist">Frist</c-th>', path="/arenden/?enhet=3&sort=frist&after=x")
    assert 'aria-sort="ascending"' in html
    assert 'href="?enhet=3&amp;sort=-frist"' in html


def test_only_listed_columns_can_be_sorted_on():
    allowed = {"namn": "sort_name", "frist": ("due", "sort_name")}
    assert ordering(request("/?sort=-frist"), allowed, "namn").fields == ("-due", "-sort_name", "-pk")
    assert ordering(request("/?sort=person__identity__number"), allowed, "namn").fields == ("sort_name", "pk")


def test_a_status_is_always_a_word_and_an_icon():
    for status in ("soon", "late", "done", "info", "protected", "waiting"):
        html = render('<c-badge status="{{ status }}">ordet</c-badge>', status=status)
        assert "<svg" in html
        assert "ordet" in html
    for state, word in (
        ("done", "klar"),
        ("ongoing", "pågår"),
        ("waiting", "väntar"),
        ("blocked", "spärrad"),
        ("todo", "inte börjad"),
    ):
        assert word in render(f'<c-task state="{state}" title="Behov" />')


def test_hours_are_said_right_to_those_who_listen():
    html = render('<c-hours :seconds="s" />', s=56700)
    assert "15:45" in html
    assert "15 timmar 45 minuter" in html


def test_an_explanation_shows_the_whole_tree_with_law_facts_and_results():
    child = Finding(
        "ground",
        Citation("LSS", "9 a §", "första stycket", "2022:1252"),
        Outcome.NOT_MET,
        "Räknas inte.",
        {"weekly_s": 12600},
        12600,
    )
    tree = Finding("right", Citation("LSS", "9 § 2", "", "2010:480"), Outcome.MET, "Personen har rätt.",
                   {"from": date(2026, 3, 1), "decider": "municipality"}, 56700, (child,))  # fmt: skip
    html = render('<c-explanation :finding="finding" open="1" />', finding=tree)
    for words in (
        "Personen har rätt.",
        "15:45",
        "kommunen",
        "Räknas inte.",
        "3:30",
        "inte uppfyllt",
        "9 a § första stycket LSS (SFS 2022:1252)",
    ):
        assert words in html, words
    assert html.count("<details open>") == 1
    assert html.count("<details") == 2
    assert render('<c-explanation :finding="finding" open="1" />', finding=tree.to_json()) == html


def test_an_empty_table_says_something_kind_instead():
    html = render(
        '<c-table caption="Ärenden" :empty="True"><c-slot name="nothing"><c-empty title="Inga ärenden väntar på dig." /></c-slot></c-table>'
    )
    assert "<table" not in html
    assert "Inga ärenden väntar på dig." in html


def test_no_component_needs_inline_script_or_style():
    from pathlib import Path

    import egenmakt.foundation.ui as ui

    for path in (Path(ui.__file__).parent / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script, path


def test_the_theme_is_the_one_chosen_and_nothing_else():
    source = "{% load ui %}<html{% theme_attribute %}>"
    for cookie, expected in (
        ("dark", '<html data-theme="dark">'),
        ("auto", "<html>"),
        ('"><script>', "<html>"),
    ):
        asked = request(theme=cookie)
        assert Template(source).render(RequestContext(asked, {"request": asked})) == expected
