"""What a rule stands on besides its section: who has read it where, and what a refusal by it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

_MARK = "__basis__"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule was read, whether that confirms it, what is open, and what to say when it is not met.

    Without a `source` the source is the act itself in the wording cited. `refusal` is a sentence in Swedish to the
    person concerned; it is empty where the rule refuses nothing.
    """

    source: str = ""
    verified: bool = True
    note: str = ""
    refusal: str = ""


_ITSELF = Basis()


def basis(
    *, source: str = "", verified: bool = True, note: str = "", refusal: str = ""
) -> Callable[[Function], Function]:
    """Say what a rule stands on. The function stays as it is."""

    def mark(function: Function) -> Function:
        setattr(function, _MARK, Basis(source, verified, note, refusal))
        return function

    return mark


def basis_of(function: Callable[..., object]) -> Basis:
    """What the rule stands on; the act itself where nothing more is said."""
    found = getattr(function, _MARK, _ITSELF)
    return found if isinstance(found, Basis) else _ITSELF
