"""Keep the English catalogue: find what users see, hold each text against its translation, compile.

    python tools/translations.py                 bring the catalogue up to date and compile it
    python tools/translations.py --take FILE     the same, with translations from a JSON file
    python tools/translations.py --check         say what is wrong with the catalogue, and fail
    python tools/translations.py --missing       write the texts without a translation, as JSON to fill in

What users see is Swedish, wrapped in gettext with the Swedish text as message id. The catalogue holds each such
text once, sorted, without dates and line numbers, so that it changes only where a text does. What is no longer in
the source falls out. GNU gettext is not needed.

The JSON is a list of objects: `id`, `context` and `plural` when the text has them, and `en`, which is a text, or a
list of two (one, many) when there is a plural.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "egenmakt"
FOLDER = SOURCE / "site" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"

# Which arguments of a call are its context, the text and the plural.
_SHAPES = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_HEADERS = [
    ("Project-Id-Version", "Egenmakt"),
    ("Language", "en"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
]
_TEXT = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_CALL = re.compile(
    rf"(?<!\w)(_|p?gettext|np?gettext)\(({_TEXT}(?:,\s*{_TEXT})*)(?:,\s*count)?\s*\)", re.DOTALL
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*(?:![rs])?(?::[^{}]*)?\}|</?\w[^>]*>")


@dataclass(frozen=True, order=True)
class Text:
    """A text as the source has it: what it is found by, and its plural where it has one."""

    id: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The context and the text: what a translation is found by. The plural is not part of it."""
        return self.context, self.id


Found = dict[Text, set[str]]  # each text, and the files it is in


class Unreadable(Exception):
    """A text that cannot be read from the source, such as one made by an f-string. Says where."""


def texts() -> Found:
    """Every text in the source that users see, and the files it is in."""
    found: Found = {}
    for path in sorted(SOURCE.rglob("*")):
        if "migrations" in path.parts or "vendor" in path.parts:
            continue
        if path.suffix == ".py":
            here = in_python(path.read_text())
        elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
            here = in_template(path.read_text())
        else:
            continue
        try:
            for text in here:
                found.setdefault(text, set()).add(str(path.relative_to(SOURCE)))
        except Unreadable as error:
            raise Unreadable(f"{path.relative_to(ROOT)}: {error}") from None
    return found


def in_python(source: str) -> Iterator[Text]:
    """The texts of a Python module: calls of what it imports from django.utils.translation, by any name.

    A variable is let through, since its text is marked where it is written (gettext_noop). Raises Unreadable for
    f-strings and texts that are put together, which no catalogue can hold.
    """
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"django.utils", "django.utils.translation"}
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            called = names.get(node.func.id, "")
        elif isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in names:
            called = node.func.attr
        else:
            continue
        if called not in _SHAPES:
            continue
        given = [_constant(argument) for argument in node.args]
        context, text, plural = (
            "" if place is None else given[place] if place < len(given) else None for place in _SHAPES[called]
        )
        if text and context is not None and plural is not None:
            yield Text(text, context, plural)


def _constant(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        raise Unreadable(f"line {node.lineno}: a text for the catalogue is one literal, with placeholders")
    return None


def in_template(source: str) -> Iterator[Text]:
    """The texts of a template: its tags, also within attributes, and `_("…")` in tags, filters and attributes."""
    for called, given in _CALL.findall(templatize(source)):
        words = ast.literal_eval(f"[{given}]")
        context = words.pop(0) if called in {"pgettext", "npgettext"} else ""
        yield Text(words[0], context, words[1] if len(words) > 1 else "")
    outside_tags = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source, flags=re.DOTALL)
    for word in re.findall(rf"(?<!\w)_\(({_TEXT})\)", outside_tags):
        yield Text(ast.literal_eval(word))


class _Steady(Catalog):
    """A catalogue whose header says nothing of when, by whom or with what it was made."""

    mime_headers = property(lambda self: _HEADERS, lambda self, headers: None)


def catalogue() -> dict[tuple[str, str], Message]:
    """The translations that are kept, by context and text."""
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        return {
            (message.context or "", message.id if isinstance(message.id, str) else message.id[0]): message
            for message in read_po(file, locale="en")
            if message.id
        }


def brought_up_to_date(
    found: Found, kept: dict[tuple[str, str], Message], taken: dict[tuple[str, str], str | list[str]]
) -> Catalog:
    """The catalogue of the texts that are `found`, with the translations that are `kept` and those `taken`."""
    made = _Steady(locale="en", header_comment="# English catalogue. Written by tools/translations.py.")
    for text in _one_each(found):
        message = kept.get(text.key)
        said = taken.get(text.key, message.string if message else "")
        if text.plural:
            said = tuple(said) if isinstance(said, list | tuple) else ("", "")
        elif not isinstance(said, str):
            said = ""
        made.add((text.id, text.plural) if text.plural else text.id, said, context=text.context or None)
    return made


def _one_each(found: Found) -> list[Text]:
    """One of each key, the one with a plural when there is one, in the order of the catalogue."""
    by_key: dict[tuple[str, str], Text] = {}
    for text in sorted(found):
        by_key[text.key] = text
    return sorted(by_key.values())


def compiled(made: Catalog) -> bytes:
    """The catalogue as Django reads it: the same bytes for the same translations."""
    out = BytesIO()
    write_mo(out, made)
    return out.getvalue()


def written(made: Catalog) -> bytes:
    """The catalogue as people read it."""
    out = BytesIO()
    write_po(out, made, width=0, no_location=True)
    return out.getvalue()


def faults(found: Found, kept: dict[tuple[str, str], Message]) -> list[str]:
    """What is wrong with the translations: missing, obsolete, fuzzy, another plural, other placeholders."""
    wrong = []
    wanted = _one_each(found)
    for text in wanted:
        where = ", ".join(sorted(found[text])[:2])
        message = kept.get(text.key)
        if message is None or not all(_forms(message)):
            wrong.append(f"no translation: {text.id!r} ({where})")
        elif bool(text.plural) != bool(message.pluralizable) or (
            text.plural and message.id[1] != text.plural
        ):
            wrong.append(f"another plural: {text.id!r} ({where})")
        else:
            wrong += [f"fuzzy: {text.id!r}"] if message.fuzzy else []
            wrong += _not_alike(text, message)
    keys = {text.key for text in wanted}
    wrong += [f"obsolete: {message.id!r}" for key, message in kept.items() if key not in keys]
    plurals: dict[tuple[str, str], set[str]] = {}
    for text in found:
        if text.plural:
            plurals.setdefault(text.key, set()).add(text.plural)
    wrong += [f"two plurals: {key[1]!r}: {sorted(one)}" for key, one in plurals.items() if len(one) > 1]
    return wrong


def stale(found: Found, kept: dict[tuple[str, str], Message]) -> list[str]:
    """The files of the catalogue that are not as the tool would write them now."""
    made = brought_up_to_date(found, kept, {})
    wrong = (
        []
        if PO.exists() and PO.read_bytes() == written(made)
        else [f"{PO.name} is not as the tool writes it"]
    )
    if not MO.exists() or MO.read_bytes() != compiled(made):
        wrong.append(f"{MO.name} is not compiled from {PO.name}")
    return wrong


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def _not_alike(text: Text, message: Message) -> list[str]:
    """A translation has the placeholders and tags of its text, and the spaces around it.

    The singular may have those of the plural instead: one language says "a day" where another says "1 day".
    """
    wrong = []
    sources = [text.id, text.plural] if text.plural else [text.id]
    for said, source in zip(_forms(message), sources, strict=True):
        alike = {_placeholders(source)} | (
            {_placeholders(text.plural or source)} if source is text.id else set()
        )
        if _placeholders(said) not in alike:
            wrong.append(f"other placeholders: {source!r}, {said!r}")
        if _around(said) != _around(source):
            wrong.append(f"other space around it: {source!r}, {said!r}")
    return wrong


def _placeholders(text: str) -> str:
    return " ".join(sorted(_PLACEHOLDER.findall(text)))


def _around(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def missing(found: Found, kept: dict[tuple[str, str], Message]) -> list[dict[str, object]]:
    """The texts without a whole translation, ready to be filled in, file by file."""
    rows = []
    for text in _one_each(found):
        message = kept.get(text.key)
        if message and all(_forms(message)) and bool(message.pluralizable) == bool(text.plural):
            continue
        row: dict[str, object] = {"where": min(found[text]), "id": text.id}
        row |= {"context": text.context} if text.context else {}
        row |= {"plural": text.plural, "en": ["", ""]} if text.plural else {"en": ""}
        rows.append(row)
    return sorted(rows, key=lambda row: (str(row["where"]), str(row["id"])))


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--take", type=Path, metavar="FILE", help="take translations from a JSON file")
    choice.add_argument("--check", action="store_true", help="say what is wrong, and fail")
    choice.add_argument("--missing", action="store_true", help="write what has no translation")
    chosen = parser.parse_args()
    found, kept = texts(), catalogue()
    if chosen.missing:
        print(json.dumps(missing(found, kept), ensure_ascii=False, indent=1))
        return 0
    if not chosen.check:
        rows = json.loads(chosen.take.read_text()) if chosen.take else []
        taken = {(row.get("context", ""), row["id"]): row["en"] for row in rows if row["en"]}
        made = brought_up_to_date(found, kept, taken)
        FOLDER.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(written(made))
        MO.write_bytes(compiled(made))
        kept = catalogue()
    wrong = faults(found, kept)
    wrong += [] if wrong else stale(found, kept)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
    else:
        print("The English catalogue is complete.")
    return 1 if wrong and chosen.check else 0


if __name__ == "__main__":
    sys.exit(main())
