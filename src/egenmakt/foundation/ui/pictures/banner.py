"""The banner of a person or a case, which never scrolls away."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Banner:
    """Who the page is about. `number` and `representative` are already masked by whoever may not see them."""

    name: str
    number: str = ""
    age: str | int = ""
    protected: bool = False
    representative: str = ""
    communicate: str = ""
    decided: str = ""
    href: str = ""
    case: str = ""
    case_href: str = ""
