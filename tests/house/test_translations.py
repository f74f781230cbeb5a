"""The English catalogue is whole, pages are in the language one chose, and what is kept is Swedish."""

from __future__ import annotations

import ast
import re

import pymupdf
import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from tests.casework import journeys
from tools import translations

from egenmakt.casework.cases.actions import close_case
from egenmakt.casework.decisions import rules, standard_reasons
from egenmakt.casework.needs.library import LIBRARY
from egenmakt.foundation import clock
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.documents.models import Document
from egenmakt.foundation.identity.models import Role
from egenmakt.foundation.jobs.actions import carry_out_waiting

SOURCE = translations.SOURCE

pytestmark = pytest.mark.req("H-16")


# The catalogue

MEND = "tools/translations.py --missing > new.json; fill in each `en`; tools/translations.py --take new.json"


@pytest.fixture(scope="module")
def found() -> translations.Found:
    return translations.texts()


def test_every_text_has_an_english_one_with_the_same_placeholders(found):
    assert translations.faults(found, translations.catalogue()) == [], MEND


def test_the_files_are_as_the_tool_writes_them(found):
    assert translations.stale(found, translations.catalogue()) == [], MEND


def test_the_files_say_nothing_of_when_or_where_they_were_made():
    head = translations.PO.read_text().split("\n\n")[0]
    assert not re.search(r"Date|Translator|Generated|\d{4}-\d{2}", head)
    assert not re.search(r"^#:", translations.PO.read_text(), re.MULTILINE)


def said(text: translations.Text, english: object, *, flags: tuple[str, ...] = ()) -> dict:
    """A catalogue with one translation in it."""
    ids = (text.id, text.plural) if text.plural else text.id
    return {text.key: Message(ids, english, flags=flags, context=text.context or None)}


TIMES = translations.Text("en gång", plural="%(count)s gånger")


@pytest.mark.parametrize(
    ("text", "kept", "fault"),
    [
        (translations.Text("Spara"), {}, "no translation"),
        (translations.Text("Spara"), said(translations.Text("Spara"), ""), "no translation"),
        (translations.Text("år", context="antal"), said(translations.Text("år"), "year"), "no translation"),
        (TIMES, said(TIMES, ("once", "")), "no translation"),
        (TIMES, said(translations.Text("en gång"), "once"), "another plural"),
        (TIMES, said(translations.Text("en gång", plural="gånger"), ("once", "times")), "another plural"),
        (translations.Text("Spara"), said(translations.Text("Spara"), "Save", flags=("fuzzy",)), "fuzzy"),
        (translations.Text("till %(day)s"), said(translations.Text("till %(day)s"), "until"), "other placeholders"),
        (translations.Text("{page} av"), said(translations.Text("{page} av"), "{side} of"), "other placeholders"),
        (translations.Text("<b>ja</b>"), said(translations.Text("<b>ja</b>"), "<b>yes"), "other placeholders"),
        (TIMES, said(TIMES, ("once", "many times")), "other placeholders"),
        (translations.Text("E-post: "), said(translations.Text("E-post: "), "Email:"), "other space"),
    ],
)  # fmt: skip
def test_each_fault_is_found(text, kept, fault):
    assert fault in translations.faults({text: {"a.py"}}, kept)[0]


def test_what_is_no_longer_said_is_found():
    (fault,) = translations.faults({}, said(translations.Text("Spara"), "Save"))
    assert fault.startswith("obsolete")


@pytest.mark.parametrize("english", [("once", "%(count)s times"), ("%(count)s time", "%(count)s times")])
def test_the_singular_may_say_the_number_in_words_or_not(english):
    assert translations.faults({TIMES: {"a.py"}}, said(TIMES, english)) == []


def test_every_kind_of_call_is_found_in_code():
    source = """
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, gettext_noop as noop, ngettext, pgettext
x = _("ett") + gettext_lazy("två" " till") + noop("tre") + translation.gettext("fyra") + pgettext("antal", "år")
y = ngettext("en", "%(n)s stycken", n), _(x), other("inte")
"""
    one = translations.Text
    assert set(translations.in_python(source)) == {
        one("ett"), one("två till"), one("tre"), one("fyra"), one("år", "antal"), one("en", plural="%(n)s stycken"),
    }  # fmt: skip


@pytest.mark.parametrize("text", ['_(f"ett {x}")', '_("ett " + x)', '_("ett %s" % x)'])
def test_a_text_that_is_put_together_is_refused(text):
    with pytest.raises(translations.Unreadable):
        list(translations.in_python(f"from django.utils.translation import gettext as _\n{text}\n"))


def test_every_kind_of_tag_is_found_in_templates():
    source = """{% translate "ett" %}<c-x title="{% translate 'två' %}" :y="_('tre')">{{ x|default:_("fyra") }}
{% translate "år" context "antal" %}{% blocktranslate trimmed with a=b %}
  fem
  {{ a }}
{% endblocktranslate %}{% blocktranslate count n=x %}en{% plural %}{{ n }} stycken{% endblocktranslate %}
{% translate "6 %" %}{% comment %}{% translate "inte" %}{% endcomment %}{% translate x %}"""
    one = translations.Text
    assert set(translations.in_template(source)) == {
        one("ett"), one("två"), one("tre"), one("fyra"), one("år", "antal"), one("fem %(a)s"), one("6 %%"),
        one("en", plural="%(n)s stycken"),
    }  # fmt: skip


# What is outside it

SAME = {"Tab", "Enter", "Alt", "Ctrl", "Delete", "Egenmakt", "Svenska", "English", "LSS", "min"}
WITHOUT_CATALOGUE = {"500.html", "gallery.html"}  # shown when nothing works; shown in test mode only


def test_templates_say_nothing_outside_the_catalogue():
    said = {
        str(path.relative_to(SOURCE)): words
        for path in SOURCE.rglob("templates/**/*.html")
        if path.name not in WITHOUT_CATALOGUE and (words := outside_the_catalogue(path.read_text()))
    }
    assert said == {}


def outside_the_catalogue(template: str) -> set[str]:
    """The words of a template that are in none of its tags, but those that are the same in every language."""
    text = re.sub(r"{% comment.*?endcomment %}|{#.*?#}", "", template, flags=re.DOTALL)
    text = re.sub(
        r"{% blocktrans.*?{% endblocktrans(?:late)? %}|{% block density.*?endblock %}",
        "",
        text,
        flags=re.DOTALL,
    )
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    read_aloud = re.findall(
        r'(?<!:)\b(?:title|label|lead|alt|placeholder|caption|legend|term)="([^"]*)"', text
    )
    pieces = [*re.split(r"<[^>]*>", text), *read_aloud]
    return {word for piece in pieces for word in re.findall(r"[^\W\d_]{3,}", piece)} - SAME


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Spara nu</p>", {"Spara"}),
        ('<c-card title="Frister"></c-card>', {"Frister"}),
        (
            "<p>{% translate 'Spara' %} {{ name }}</p>{% blocktranslate %}Ja, {{ a }}{% endblocktranslate %}",
            set(),
        ),
        (
            '<c-card title="{% translate \'Frister\' %}" :label="name"></c-card>{# Spara #}<kbd>Enter</kbd>',
            set(),
        ),
    ],
)
def test_a_word_outside_the_catalogue_is_found(template, words):
    assert outside_the_catalogue(template) == words


def test_no_text_takes_the_language_of_the_start():
    fixed = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (lines := fixed_at_the_start(path.read_text()))
    }
    assert fixed == {}


def fixed_at_the_start(source: str) -> list[int]:
    """The lines on which a text is translated once and for all, when the program starts."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }

    def called(node) -> str:
        return names.get(node.func.id, node.func.id) if isinstance(node.func, ast.Name) else ""

    wrong = []
    for call in (node for node in at_the_start(tree) if isinstance(node, ast.Call)):
        fixed = called(call) == "str" and any(
            (isinstance(part, ast.Attribute) and part.attr == "label")
            or (isinstance(part, ast.Call) and called(part).endswith("_lazy"))
            for part in ast.walk(call)
        )
        if fixed or called(call) in {"gettext", "ngettext", "pgettext", "npgettext"}:
            wrong.append(call.lineno)
    return wrong


@pytest.mark.parametrize(
    ("line", "fixed"),
    [
        ('NAME = now("Namn")', [2]),
        ('NAME = later("Namn")', []),
        ('NAME = str(later("Namn"))', [2]),
        ('NAME = str(noop("Namn"))', []),
        ("CHOICES = [str(one.label) for one in Kind]", [2]),
        ('def name(): return now("Namn")', []),
        ('def name(x=now("Namn")): return x', [2]),
        ('class Form: label = now("Namn")', [2]),
    ],
)
def test_a_text_that_takes_the_language_of_the_start_is_found(line, fixed):
    imports = (
        "from django.utils.translation import gettext as now, gettext_lazy as later, gettext_noop as noop"
    )
    assert fixed_at_the_start(f"{imports}\n{line}\n") == fixed


def at_the_start(node):
    """What a module runs when it is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for part in [*child.args.defaults, *getattr(child, "decorator_list", [])]:
                yield part
                yield from at_the_start(part)
        else:
            yield child
            yield from at_the_start(child)


# The pages


@pytest.fixture
def desk(world, sign_in):
    """A case officer at her desk."""
    return sign_in(world.staff(Role.CASE_OFFICER))


def choose(client, language: str):
    return client.post(reverse("ui:set_language"), {"language": language, "next": "/arenden/"})


def test_pages_are_in_swedish_whatever_the_browser_prefers(desk):
    answer = desk.get(reverse("cases:list"), headers={"accept-language": "en"})
    page = answer.content.decode()
    assert '<html lang="sv"' in page
    assert "Ärenden</h1>" in page
    assert answer.headers["Content-Language"] == "sv"


def test_who_chooses_english_reads_english_until_she_chooses_swedish(desk):
    assert choose(desk, "en")["Location"] == "/arenden/"
    answer = desk.get(reverse("cases:list"))
    page = answer.content.decode()
    assert '<html lang="en"' in page
    assert "Cases</h1>" in page
    assert "Svenska</button>" in page
    assert "Ärenden" not in page
    assert answer.headers["Content-Language"] == "en"
    choose(desk, "sv")
    page = desk.get(reverse("cases:list")).content.decode()
    assert '<html lang="sv"' in page
    assert "Ärenden</h1>" in page
    assert "English</button>" in page


@pytest.mark.parametrize("language", ["de", "", "<b>"])
def test_a_language_that_is_not_there_is_swedish(desk, language):
    choose(desk, "en")
    choose(desk, language)
    assert desk.cookies[settings.LANGUAGE_COOKIE_NAME].value == ""
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = language or "x"
    assert '<html lang="sv"' in desk.get(reverse("cases:list")).content.decode()


def test_the_sign_in_page_can_be_read_in_english(client, world):
    choose(client, "en")
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in</h1>" in page
    assert "Logga in" not in page


def test_the_choice_is_ones_own(desk):
    choose(desk, "en")
    assert '<html lang="en"' in desk.get(reverse("cases:list")).content.decode()
    assert '<html lang="sv"' in Client().get(reverse("account_login")).content.decode()


def test_the_language_is_not_changed_by_a_link(desk):
    assert desk.get(reverse("ui:set_language")).status_code == 405


# What is kept


class Marked(trans_real.DjangoTranslation):
    """English in which every text of ours shows that it was translated."""

    def gettext(self, message):
        return (
            f"⟦{super().gettext(message)}⟧"
            if message and message in self._catalog
            else super().gettext(message)
        )

    def ngettext(self, one, many, n):
        return f"⟦{super().ngettext(one, many, n)}⟧"


@pytest.fixture
def english(monkeypatch):
    """The pages are read in English, and a text that was translated can be told from others."""
    monkeypatch.setitem(trans_real._translations, "en", Marked("en"))
    with clock.at(journeys.TODAY), translation.override("en"):
        yield


def rows_with(mark: str) -> list[tuple[str, str]]:
    """Every row in the database that holds the mark: its table, and what stands around the mark."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        each = " UNION ALL ".join(f"SELECT '{name}', one::text FROM \"{name}\" one" for name in tables)
        cursor.execute(
            f"SELECT t.n, substring(t.r from '.{{0,80}}{mark}.{{0,80}}') FROM ({each}) t (n, r) WHERE t.r LIKE %s",
            [f"%{mark}%"],
        )
        return cursor.fetchall()


def test_an_english_page_shows_a_swedish_letter(world, english, sign_in):
    made = journeys.case_ready_for_decision(world)
    desk = sign_in(made.decider)
    choose(desk, "en")
    page = desk.get(reverse("decisions:decision", kwargs={"case_id": made.case.pk})).content.decode()
    around, letter = re.fullmatch(
        r"(.*)<article class=\"dec-letter\" lang=\"sv\">(.*)</article>.*", page, re.DOTALL
    ).groups()
    assert "⟦Quality gate⟧" in around
    assert "⟦" not in letter
    assert "Beslut om personlig assistans för" in letter


def test_what_is_made_and_kept_is_swedish_when_everyone_reads_english(world, english):
    made = journeys.decided_case(world)
    assert carry_out_waiting(municipality_id=world.home.id) >= 3
    world.act(made.officer)
    assert rows_with("⟦") == []
    assert rows_with("Beslutet stämmer med beräkningen")  # the gate, as it stood when the decision was signed
    letters = list(Document.objects.all())
    assert {one.language for one in letters} == {"sv"}
    assert len(letters) >= 4
    for one in letters:
        with pymupdf.open(stream=bytes(one.content)) as pdf:
            said = "".join(page.get_text() for page in pdf)
            assert "ansökan" in said.lower()
            assert "⟦" not in said
            assert pdf.metadata["title"]
            assert all("⟦" not in heading for _level, heading, _page in pdf.get_toc())


def test_the_note_of_a_closed_case_is_swedish(world, english):
    made = journeys.case_under_investigation(world)
    made.case.refresh_from_db()
    close_case(actor=made.officer, case_id=made.case.pk, reason="Flyttat.", version=made.case.version)
    assert rows_with("⟦") == []
    assert [table for table, _text in rows_with("Ärendet avslutades. Flyttat.")]


def test_the_texts_one_begins_from_are_swedish(world, english):
    assert [one.kept_text for one in LIBRARY if "⟦" in one.kept_text] == []
    assert "⟦" in str(LIBRARY[0].text)  # on the page it is English
    made = journeys.case_with_a_working_proposal(world)
    context = rules.gate_context(made.proposal, guideline=made.officer.guideline)
    offered = standard_reasons.offered(context.dossier, made.proposal, context.computed)
    filled = [
        standard_reasons.filled(one, context.dossier, made.proposal, context.computed) for one in offered
    ]
    assert len(filled) > 3
    assert [one for one in filled if "⟦" in one] == []


def test_the_access_log_is_swedish_and_shown_in_the_language_of_the_page(world, english, sign_in):
    made = journeys.case_under_investigation(world)
    desk = sign_in(made.officer)
    choose(desk, "en")
    page = desk.get(reverse("cases:access", kwargs={"case_id": made.case.pk})).content.decode()
    assert "⟦case officer of the case⟧" in page
    assert AccessLogEntry.objects.filter(relation="handläggare i ärendet").exists()
    assert rows_with("⟦") == []
