"""What we write in Swedish is shown as we wrote it.

A Swedish word that is also an English one ("sent") would be found as English in Django's own catalogue, and be
translated into another word ("skickad").
"""

import re
from pathlib import Path

import pytest
from django.utils import translation

import egenmakt

ROOT = Path(egenmakt.__file__ or egenmakt.__path__[0])
ROOT = ROOT if ROOT.is_dir() else ROOT.parent
IN_TEMPLATES = re.compile(r"{% trans(?:late)? (?:\"([^\"]+)\"|'([^']+)')")
IN_CODE = re.compile(r"\b(?:_|gettext|gettext_lazy|gettext_noop)\(\s*\"([^\"\\]+)\"\s*[,)]")

pytestmark = pytest.mark.req("H-16")


def words(text, pattern):
    return ["".join(found) if isinstance(found, tuple) else found for found in pattern.findall(text)]


def all_words():
    for path in ROOT.rglob("*.html"):
        yield from ((path, word) for word in words(path.read_text(), IN_TEMPLATES))
    for path in ROOT.rglob("*.py"):
        yield from ((path, word) for word in words(path.read_text(), IN_CODE))


def test_no_swedish_word_is_taken_for_an_english_one():
    with translation.override("sv"):
        changed = {
            f"{path.relative_to(ROOT)}: {word} → {translation.gettext(word)}"
            for path, word in all_words()
            if translation.gettext(word) != word
        }
    assert changed == set()


def test_the_search_finds_words_in_both():
    assert words("""{% translate "Sent" %} {% translate 'Spara' %}""", IN_TEMPLATES) == ["Sent", "Spara"]
    assert words('label=_("Namn"), x=gettext_noop("ålder"), _("a %(b)s") % {}', IN_CODE) == [
        "Namn",
        "ålder",
        "a %(b)s",
    ]
    with translation.override("sv"):
        assert translation.gettext("sent") != "sent"  # the trap is real
