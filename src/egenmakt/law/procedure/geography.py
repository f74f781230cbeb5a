"""Counties and municipalities by their official codes, read once from the file beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


class UnknownMunicipality(LookupError):
    """No municipality has the code or name."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        super().__init__(f"Det finns ingen kommun med koden eller namnet {asked}.")


@cache
def _file() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((DATA / "municipalities.toml").read_text("utf-8"))


def counties() -> Mapping[str, str]:
    """County names by two-digit code, `05` → `Östergötlands län`."""
    return _file()["counties"]


def municipalities() -> Mapping[str, str]:
    """Municipality names by four-digit code, `1497` → `Hjo`."""
    return _file()["municipalities"]


def municipality_code(text: str) -> str:
    """The code of a municipality given by code or name, in any capitals. Raises `UnknownMunicipality`."""
    wanted = text.strip().removesuffix(" kommun")
    for code, name in municipalities().items():
        # `Göteborg` and `Göteborgs kommun`.
        if wanted == code or wanted.casefold() in (name.casefold(), f"{name.casefold()}s"):
            return code
    raise UnknownMunicipality(text)


def county_code(text: str) -> str | None:
    """The code of a county given by code or name, with or without `län`; None when there is none."""
    wanted = text.strip().casefold().removesuffix(" län")
    for code, name in counties().items():
        short = name.removesuffix(" län").casefold()
        # `Östergötlands`, and `Östergötland` without the genitive.
        if wanted in (code, short, short.removesuffix("s")):
            return code
    return None
