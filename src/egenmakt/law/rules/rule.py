"""What a rule is, and the decorator that makes one of a function.

A rule's arguments are names of facts, of other rules, or of parameters; its docstring is the sentence a
case officer reads; several functions may carry the same rule for different times (`name`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import ModuleType
from typing import Any, TypeVar

from egenmakt.law.findings import Citation
from egenmakt.law.timeline import Period

Function = TypeVar("Function", bound=Callable[..., object])

_MARK = "__rules__"


class Unsaid(Enum):
    """That an exception does not say what holds instead; then what it sets aside does not hold."""

    UNSAID = "unsaid"


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True, slots=True)
class Rule:
    """One wording of one rule: its function, where it stands in law, and the time it holds for.

    An exception names in `sets_aside` first the rule whose outcome becomes `instead` where its own condition is met,
    then the other exceptions to that rule that it goes before. `exceptions` are, in an edition, those a rule has there.
    """

    name: str
    function: Callable[..., Any]
    citation: Citation
    period: Period
    sentence: str
    arguments: tuple[str, ...]
    reading: str = ""
    sets_aside: tuple[str, ...] = ()
    instead: object = UNSAID
    exceptions: tuple[Rule, ...] = ()

    @property
    def source(self) -> str:
        """The text of the function, as it is shown beside the section of law."""
        return inspect.getsource(self.function)


def rule(
    section: str,
    *,
    valid_from: str,
    valid_to: str | None = None,
    act: str = "LSS",
    part: str = "",
    version: str = "",
    name: str = "",
    reading: str = "",
    sets_aside: str | tuple[str, ...] = (),
    instead: object = UNSAID,
) -> Callable[[Function], Function]:
    """Make a rule of a function. The function itself stays as it is and can be called as before.

    `version` is the SFS number of the wording; `valid_from` and `valid_to` are ISO dates, both counted;
    `name` is given when the function is one of several wordings of the same rule. Where a new wording of the
    law means the same, the decorator stands once for each wording, oldest first. `reading` names the reading of
    what the law leaves open that the rule belongs to.

    `sets_aside` makes the rule an exception: it answers yes, no or (as an Answer) unknown, and where it answers yes the
    rule it names gives `instead`. Other exceptions to the same rule may be named after it; this one goes before them.
    """

    def mark(function: Function) -> Function:
        code = function.__code__
        sentence = " ".join((function.__doc__ or "").split("\n\n")[0].split())
        made = Rule(
            name=name or function.__name__,
            function=function,
            citation=Citation(act, section, part, version),
            period=Period.through(
                date.fromisoformat(valid_from), date.fromisoformat(valid_to) if valid_to else None
            ),
            sentence=sentence,
            arguments=code.co_varnames[: code.co_argcount],
            reading=reading,
            sets_aside=(sets_aside,) if isinstance(sets_aside, str) else sets_aside,
            instead=instead,
        )
        setattr(function, _MARK, (made, *getattr(function, _MARK, ())))
        return function

    return mark


def rules_in(*modules: ModuleType) -> tuple[Rule, ...]:
    """The rules written in the modules, in the order they stand there."""
    found: list[Rule] = []
    for module in modules:
        for thing in vars(module).values():
            wordings = getattr(thing, _MARK, ())
            if isinstance(wordings, tuple) and getattr(thing, "__module__", "") == module.__name__:
                found.extend(wordings)
    return tuple(found)
