"""The parameters that ship with the product, read once from the files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from egenmakt.law.parameters.loader import load_file
from egenmakt.law.parameters.model import NoParameter, Parameter

DATA = Path(__file__).parent / "data"


@cache
def parameter(name: str) -> Parameter:
    """The parameter of that name. Raises NoParameter when the law knows none."""
    path = DATA / f"{name}.toml"
    if not name.isidentifier() or not path.is_file():
        raise NoParameter(name, None, f"Parametern {name} finns inte. Se egenmakt law list.")
    return load_file(path)


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Every parameter by name, in alphabetical order."""
    return {path.stem: parameter(path.stem) for path in sorted(DATA.glob("*.toml"))}
