"""What every machine-readable command has in common: read one JSON document, print one, exit 0, 2 or 3.

Guarantees: whatever the input, one JSON document in UTF-8 on standard output and never a traceback. A
document that is not strict JSON (a key twice, too deep, not UTF-8) is refused. Decimals arrive as `Decimal`,
so that nothing passes through binary floating point; NaN and numbers too long to mean anything arrive as
a `Decimal` that is not finite, which each command refuses at its field.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple, NoReturn

DONE, WRONG_INPUT, NO_ANSWER = 0, 2, 3

_MOST_BYTES = 20_000_000
_MOST_DIGITS = 30
_OS_ERRORS = {
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EACCES: "behörighet saknas",
    errno.EPERM: "behörighet saknas",
    errno.EROFS: "disken är skrivskyddad",
    errno.ENOENT: "katalogen finns inte eller kan inte skrivas i",
    errno.ENOTDIR: "katalogen finns inte",
    errno.EISDIR: "det är en katalog",
    errno.ENAMETOOLONG: "namnet är för långt",
}


class InputRefused(NamedTuple):
    """One thing that is wrong with the input: where, and in Swedish what to do about it."""

    path: str
    message: str


class NotReadable(Exception):
    """The document cannot be read at all. Carries every error found."""

    def __init__(self, errors: Sequence[InputRefused]) -> None:
        super().__init__(errors[0].message)
        self.errors = tuple(errors)


class _Object(dict[str, object]):
    """A JSON object that remembers the keys that were given twice."""

    repeated: tuple[str, ...] = ()


def read_document(arguments: Sequence[str]) -> tuple[object, list[InputRefused]]:
    """Read the one document a command is given: a file name, or `-` for standard input.

    Returns the document and the errors found while reading that do not stop the reading (keys given
    twice), so that a command can report them with its own. Raises NotReadable when there is no document.
    """
    if len(arguments) != 1:
        _stop("arguments", "Ange exakt en fil, eller - för att läsa från standard in.")
    return parse(_bytes_of(arguments[0]))


def parse(content: bytes) -> tuple[object, list[InputRefused]]:
    """Strict JSON in UTF-8 to Python values, with decimals as `Decimal`. Raises NotReadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _stop("", f"Filen är inte text i UTF-8 (byte {error.start + 1}). Spara den som UTF-8.")
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_constant,
        )
        return document, list(_repeated_keys(document, ""))
    except json.JSONDecodeError as error:
        _stop("", f"Filen är inte giltig JSON (rad {error.lineno}, tecken {error.colno}).")
    except RecursionError:
        _stop("", "JSON-dokumentet är för djupt nästlat.")


def print_document(document: Mapping[str, object]) -> None:
    """Print one JSON document as UTF-8, whatever the terminal's own encoding is.

    A reader who has gone needs no answer. Where an answer is lost in any other way, a full disk or a closed output, the
    program ends with 1 and says so on standard error.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    if sys.stdout is None:
        _lost("standard ut är stängd")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _flush_nowhere()
    except OSError as error:
        _flush_nowhere()
        _lost(os_error_told(error))


def os_error_told(error: OSError) -> str:
    """What went wrong with a file, in Swedish."""
    return _OS_ERRORS.get(error.errno or 0, f"fel {error.errno} från operativsystemet")


def _flush_nowhere() -> None:
    """Give the interpreter somewhere to flush what could not be written, so that it ends quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lost(why: str) -> NoReturn:
    if sys.stderr is not None:
        print(f"Svaret gick inte att skriva: {why}.", file=sys.stderr)
    raise SystemExit(1)


def refuse(errors: Iterable[InputRefused]) -> int:
    """Print all errors of the input at once and return exit code 2."""
    print_document({"errors": [{"path": error.path, "message": error.message} for error in errors]})
    return WRONG_INPUT


def no_answer(path: str, message: str, **more: object) -> int:
    """Print that the law gives no answer for the date and return exit code 3."""
    print_document({"errors": [{"path": path, "code": "no_parameter", "message": message, **more}]})
    return NO_ANSWER


def _bytes_of(argument: str) -> bytes:
    try:
        if argument == "-" and sys.stdin is None:
            _stop("file", "Standard in är stängd. Ange en fil.")
        if argument == "-":
            content = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with Path(argument).open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        _stop("file", f"Filen {argument} finns inte.")
    except IsADirectoryError:
        _stop("file", f"{argument or 'Ett tomt namn'} är en katalog. Ange en fil.")
    except (OSError, ValueError):
        _stop("file", f"Filen {argument} går inte att läsa. Kontrollera namnet och behörigheten.")
    if len(content) > _MOST_BYTES:
        _stop("file", "Filen är större än 20 MB. Dela upp den.")
    return content


def _stop(path: str, message: str) -> NoReturn:
    raise NotReadable([InputRefused(path, message)])


def _object(pairs: list[tuple[str, object]]) -> _Object:
    result = _Object(pairs)
    if len(result) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        result.repeated = tuple(key for key, count in counts.items() if count > 1)
    return result


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _MOST_DIGITS else _decimal(text)


def _decimal(text: str) -> Decimal:
    """The number as written; one that no quantity can have becomes infinite, and is refused where it
    stands."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")
    return number if len(text) <= _MOST_DIGITS else Decimal("Infinity")


def _constant(text: str) -> Decimal:
    return Decimal("NaN") if text == "NaN" else Decimal("Infinity")


def _repeated_keys(value: object, path: str) -> Iterable[InputRefused]:
    if isinstance(value, dict):
        for key in getattr(value, "repeated", ()):
            yield InputRefused(
                f"{path}.{key}" if path else key, "Fältet är angivet två gånger. Ange det en gång."
            )
        for key, inner in value.items():
            yield from _repeated_keys(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _repeated_keys(inner, f"{path}[{position}]")
