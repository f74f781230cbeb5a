"""What staff write in any case: `texts.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _all() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def variants(name: str) -> list[str]:
    """The variants of a text."""
    found: list[str] = _all()[name]
    return found


def checklist_evidence(key: str) -> str:
    """What an answer in the checklist usually rests on."""
    found: str = _all()["checklist"][key]
    return found
