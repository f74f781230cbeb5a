"""The hash that names this edition of the law that decides an assessment."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

# The rooms whose text decides an assessment.
_ROOMS = ("timeline", "parameters", "rules", "lss", "sfb", "assistance")


@cache
def law_hash() -> str:
    """A hash over the text of every rule and parameter file: the same law, the same hash. 64 hex digits."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in (".py", ".toml"):
                text = path.read_text(encoding="utf-8")
                digest.update(f"{path.relative_to(root).as_posix()}\n{len(text)}\n{text}\n".encode())
    return digest.hexdigest()
