"""The guidelines that ship with the product, each read once from its file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from egenmakt.guidelines.loader import load_file
from egenmakt.guidelines.model import Guideline, NoGuideline

DATA = Path(__file__).parent / "data"


@cache
def _slugs() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in DATA.glob("*.toml")))


@cache
def guideline(slug: str) -> Guideline:
    """The guideline of a municipality by its short name (`hjo`). Raises `NoGuideline`."""
    if slug not in _slugs():
        raise NoGuideline(slug, _slugs())
    return load_file(DATA / f"{slug}.toml")


def all_guidelines() -> Mapping[str, Guideline]:
    """Every guideline by its municipality's short name, in alphabetical order."""
    return {slug: guideline(slug) for slug in _slugs()}
