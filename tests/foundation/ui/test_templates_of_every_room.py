"""Every room's templates use the components as they are: a misspelt attribute or a filter would vanish without a word."""

import re
from pathlib import Path

import pytest
from django_cotton.compiler_regex import CottonCompiler, Tag

import egenmakt

ROOT = Path(egenmakt.__file__ or egenmakt.__path__[0])
ROOT = ROOT if ROOT.is_dir() else ROOT.parent
TEMPLATES = sorted(ROOT.glob("*/*/templates/**/*.html")) + sorted(ROOT.glob("site/templates/**/*.html"))
COMPONENTS = {path.stem: path.read_text() for path in ROOT.glob("*/*/templates/cotton/*.html")}
PASSED_ON = re.compile(
    r"id|class|role|tabindex|title|lang|rel|target|download|hidden|(data|aria|hx)-[a-z0-9:-]+|autocomplete|autofocus|name|is|attrs|enctype"
)
PATH = re.compile(r"[A-Za-z_][\w.]*|-?\d+(\.\d+)?|'[^']*'|\[.*\]|\{.*\}|")

pytestmark = pytest.mark.req("H-16")


def declared(component):
    """The attributes and slots a component knows."""
    found = re.search(r"<c-vars\s([^>]*?)/?>", COMPONENTS[component])
    return {name.lstrip(":") for name, *_ in Tag.attr_pattern.findall(found[1])} if found else set()


SLOTS = set().union(*(declared(component) for component in COMPONENTS))


def faults(text):
    """What is wrong with the components of a template, one line each."""
    compiler = CottonCompiler()
    text, ignored = compiler.exclude_ignorables(text)
    for match in Tag.tag_pattern.finditer(text):
        tag = Tag(match)
        attributes = {
            name: compiler.restore_ignorables(value or unquoted, ignored)
            for name, _, value, unquoted in Tag.attr_pattern.findall(tag.attrs)
            if not name.startswith("__COTTON")
        }
        if tag.is_closing or tag.tag_name == "c-vars":
            continue
        if tag.tag_name == "c-slot":
            if attributes.get("name") not in SLOTS:
                yield f"ingen komponent har platsen {attributes.get('name')}"
            continue
        component = tag.tag_name.removeprefix("c-").replace("-", "_")
        if component not in COMPONENTS:
            yield f"<c-{component}> finns inte"
            continue
        for name, value in attributes.items():
            plain = name.lstrip(":")
            if plain not in declared(component) and not PASSED_ON.fullmatch(plain):
                yield f"<c-{component}> känner inte {name}"
            if name.startswith(":") and "{{" not in value and "{%" not in value and not PATH.fullmatch(value):
                yield f"<c-{component} {name}={value!r}>: bara en variabel, inget filter"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_components_that_exist_with_attributes_they_know(path):
    assert list(faults(path.read_text())) == []


@pytest.mark.parametrize(
    "text",
    [
        "<c-tabel caption='x' />",
        '<c-table captoin="x" />',
        '<c-hours :seconds="row.s|default:0" />',
        '<c-table caption="x"><c-slot name="heda">x</c-slot></c-table>',
        '<c-page-header title="{% translate \'x\' %}" leed="{{ x }}" />',
    ],
)
def test_a_misspelt_component_attribute_or_slot_is_found(text):
    assert len(list(faults(text))) == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_needs_no_inline_script_or_style(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|javascript:|hx-on|hx-vals=.js:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or "application/json" in script
