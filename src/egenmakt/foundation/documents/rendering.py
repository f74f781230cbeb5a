"""Typst to PDF: one file that is both accessible (PDF/UA-1) and archivable (PDF/A-2a).

Guarantees:

* The same template, data, title and date give the same bytes, on any machine: only fonts shipped in the
  package and in the typesetter are used, and the only time in the file is the one passed in.
* Data is data. Text reaches the template as JSON strings and is never read as Typst markup, so `#`, `[`, `$`,
  `*` and `_` stand on the page as they were written.
* Invisible characters that could hide or turn text around (controls, bidirectional overrides, zero-width) are
  removed; a character that no font here can draw is a named error that lists it, never an empty box.
* Safe from several threads: each has a typesetter of its own.

Templates are Typst files inside the package; an import that begins with a slash is from the package root.
"""

from __future__ import annotations

import dataclasses
import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import typst

PACKAGE: Final = Path(__file__).resolve().parents[2]
FONTS: Final = Path(__file__).resolve().parent / "fonts"
STANDARDS: Final = ("ua-1", "a-2a")

_UNDISPLAYABLE = re.compile(r"the text `(\".*\")` could not be displayed", re.DOTALL)
_KEPT_INVISIBLE = frozenset("\n\t\u00ad")
_thread = threading.local()


class TemplateError(Exception):
    """The template could not be set: it is missing, outside the package, or wrong. The message says where."""


class UnprintableText(TemplateError):
    """The text holds characters that no font of ours can draw; `characters` lists each of them once."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = ", ".join(f"{char} (U+{ord(char[0]):04X})" for char in characters)
        super().__init__(
            f"Texten innehåller tecken som inte kan skrivas ut: {named}. Ta bort dem eller skriv med ord."
        )


def render(
    template: str | Path,
    data: Mapping[str, Any] | object,
    *,
    title: str,
    issued: date,
    author: str,
    language: str = "sv",
) -> bytes:
    """The PDF of `template` filled with `data` (a mapping or a dataclass), as bytes.

    `issued` is the date in the file's metadata. `title` is shown by readers instead of a file name.
    Raises TemplateError, and UnprintableText for characters that cannot be drawn.
    """
    path = _inside_package(template)
    meta = {
        "title": printable(title),
        "author": printable(author),
        "language": language,
        "issued": [issued.year, issued.month, issued.day],
    }
    inputs = {"data": _as_json(data), "meta": _as_json(meta)}
    try:
        return _compile(path, inputs, issued)
    except typst.TypstError as error:
        first = _undisplayable(error)
        if first is None:
            raise TemplateError(_explained(path, error)) from error
        raise UnprintableText(_all_undisplayable(path, inputs, issued, first)) from error


def printable(text: str) -> str:
    """`text` in composed form, with plain line ends and without characters that cannot be seen.

    Line breaks, tabs and soft hyphens stay. A lone surrogate, a private-use character and a noncharacter
    become the replacement character, so that the loss is seen.
    """
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_visible(char) for char in composed)


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return char if char in _KEPT_INVISIBLE else ""
    if category in {"Cs", "Co"} or (ord(char) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return "\ufffd"
    return "\n" if char in "\u2028\u2029" else char


def _inside_package(template: str | Path) -> Path:
    path = (PACKAGE / template).resolve()
    if not path.is_relative_to(PACKAGE):
        raise TemplateError(f"Mallen {template} ligger utanför paketet.")
    if not path.is_file():
        raise TemplateError(f"Mallen {template} finns inte.")
    return path


def _compiler() -> typst.Compiler:
    """This thread's typesetter. It is not shared: a typesetter at work cannot be lent to another thread."""
    compiler = getattr(_thread, "compiler", None)
    if compiler is None:
        compiler = typst.Compiler(root=str(PACKAGE), font_paths=[str(FONTS)], ignore_system_fonts=True)
        _thread.compiler = compiler
    return compiler


def _compile(path: Path, inputs: dict[str, str], issued: date) -> bytes:
    pdf = _compiler().compile(
        input=str(path),
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=list(STANDARDS),
        timestamp=int(datetime(issued.year, issued.month, issued.day, tzinfo=UTC).timestamp()),
    )
    if not isinstance(pdf, bytes):  # a list only for pictures of pages, None only when written to a path
        raise TemplateError(f"Mallen {path.name} gav ingen PDF.")
    return pdf


def _as_json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise TemplateError(f"En mall kan inte fyllas med {type(value).__name__}.")


def _undisplayable(error: typst.TypstError) -> str | None:
    found = _UNDISPLAYABLE.search(str(error))
    if found is None:
        return None
    return str(re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: chr(int(code[1], 16)), found[1][1:-1]))


def _all_undisplayable(path: Path, inputs: dict[str, str], issued: date, first: str) -> tuple[str, ...]:
    """Every character that cannot be drawn. The typesetter names one at a time: each is taken out in turn."""
    found = dict.fromkeys(first)
    while True:
        remaining = {key: "".join(char for char in text if char not in found) for key, text in inputs.items()}
        try:
            _compile(path, remaining, issued)
        except typst.TypstError as error:
            further = _undisplayable(error)
            if not further or set(further) <= set(found):
                break
            found.update(dict.fromkeys(further))
        else:
            break
    return tuple(found)


def _explained(path: Path, error: typst.TypstError) -> str:
    hints = " ".join(getattr(error, "hints", None) or ())
    return f"Mallen {path.name} kunde inte sättas: {error}. {hints}".strip()
