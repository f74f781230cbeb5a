"""Writing a file whole or not at all: beside it first, then in its place in one step."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, document: Mapping[str, object]) -> None:
    """Write one JSON document. Killed at any moment, the file is what it was before or the whole document."""
    write_text_whole(path, json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


def write_text_whole(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all. Raises OSError, and then leaves nothing behind.

    A link stays a link, and the file it leads to is written. What is no plain file, as /dev/stdout or a pipe, is never
    put another file in the place of: the text is sent to it.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", errors="backslashreplace") as device:
            device.write(text)
        return
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
