"""Exceptions: rules that name the rule they set aside, and what that rule says when they are counted in.

Guarantees: a rule with exceptions gives what its own text gives where none of them applies, and what the first
exception that applies says instead, in the order they go before one another. Where an exception is not established
the answer is unknown, unless it is the same either way. The joined rule is written in the permitted subset, so that
every form of the law (one person, columns, queries) is made of it as of any other.
"""

from __future__ import annotations

import linecache
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import Any

from egenmakt.law.rules.rule import UNSAID, Rule

IN_GENERAL = "_in_general"


def in_general(made: Rule) -> Rule:
    """The rule by itself, before its exceptions: the same text under a name of its own."""
    return replace(
        made,
        name=f"{made.name}{IN_GENERAL}",
        sentence=f"{made.sentence} Så är det om inget undantag gäller.",
    )


def in_turn(exceptions: Sequence[Rule]) -> tuple[Rule, ...]:
    """The exceptions to one rule, each after those that go before it."""
    waiting, found = list(exceptions), list[Rule]()
    while waiting:
        free = [one for one in waiting if not any(one.name in other.sets_aside[1:] for other in waiting)]
        found.extend(free)
        waiting = [one for one in waiting if one not in free] if free else []
    return tuple(found)


@cache
def with_exceptions(made: Rule, exceptions: tuple[Rule, ...]) -> Rule:
    """The rule with those exceptions to it, in the order they go before one another."""
    general, kind = f"{made.name}{IN_GENERAL}", answer_of(made)
    names = [one.name for one in exceptions]
    known: dict[str, Any] = {
        f"INSTEAD_{place}": instead_of(one, made) for place, one in enumerate(exceptions)
    }
    if any(answer_of(one) is not bool for one in exceptions):
        known |= {"YES": kind["YES"], "UNKNOWN": kind["UNKNOWN"]}
        lines = list(_with_what_is_unknown(general, exceptions))
    else:
        tests = [f"    if {name}:\n        return INSTEAD_{place}" for place, name in enumerate(names)]
        lines = [*tests, f"    return {general}"]
    text = f"def {made.name}({', '.join([general, *names])}):\n" + "\n".join(lines) + "\n"
    path = f"<{made.name} {made.period.start} {' '.join(map(str, _places(exceptions)))}>"
    linecache.cache[path] = (len(text), None, text.splitlines(keepends=True), path)
    exec(compile(text, path, "exec"), known)  # noqa: S102  # made of names of rules, above
    function = known[made.name]
    function.__dict__.update(vars(made.function))
    function.__annotations__ = {
        **{name: answer_of(one) for name, one in zip(names, exceptions, strict=True)},
        general: kind,
        "return": kind,
    }
    return replace(made, function=function, arguments=(general, *names), exceptions=exceptions)


def _with_what_is_unknown(general: str, exceptions: Sequence[Rule]) -> Iterator[str]:
    """Lines that begin with what holds in general and end with what the exception that goes before all says."""
    kept = general
    for place, one in reversed(list(enumerate(exceptions))):
        name, instead = one.name, f"INSTEAD_{place}"
        if answer_of(one) is bool:
            said = f"{instead} if {name} else {kept}"
        else:
            unsure = f"UNKNOWN if {name} == UNKNOWN and {kept} != {instead} else {kept}"
            said = f"{instead} if {name} == YES else ({unsure})"
        yield f"    kept_{place} = {said}"
        kept = f"kept_{place}"
    yield f"    return {kept}"


def _places(exceptions: Iterable[Rule]) -> Iterator[str]:
    for one in exceptions:
        yield f"{one.name}:{one.period.start}:{one.function.__code__.co_firstlineno}"


@cache
def answer_of(made: Rule) -> Any:
    """What kind of answer the rule gives, by its text."""
    return typing.get_type_hints(made.function).get("return")


def holds(value: object) -> bool:
    """Whether what an exception answered means that it applies."""
    return value is True or value == "yes"


def in_force(made: Rule, values: Mapping[str, Any]) -> Rule | None:
    """The exception that sets a rule of an edition aside, by the values of a trace; None where none does."""
    return next((one for one in made.exceptions if holds(values[one.name])), None)


def instead_of(exception: Rule, made: Rule) -> object:
    """What the rule gives when the exception applies: as it says, else that the rule does not hold."""
    if exception.instead is not UNSAID:
        return exception.instead
    kind = answer_of(made)
    return False if kind is bool else kind["NO"]


def faults_of_exceptions(wordings: Mapping[str, Sequence[Rule]]) -> Iterator[str]:
    """What is wrong with the exceptions themselves."""
    for made in [one for several in wordings.values() for one in several if one.sets_aside]:
        aside, *later = made.sets_aside
        if aside == made.name or aside not in wordings:
            yield f"{place_of(made)} sets {aside} aside, which is no other rule"
            continue
        for name in later:
            if not any(other.sets_aside[:1] == (aside,) for other in wordings.get(name, ())):
                yield f"{place_of(made)} goes before {name}, which is no exception to {aside}"
            elif any(made.name in other.sets_aside[1:] for other in wordings[name]):
                yield f"{place_of(made)} and {name} each go before the other"
        yield from _wrong_kinds(made, wordings[aside])
    for aside in {one.sets_aside[0] for several in wordings.values() for one in several if one.sets_aside}:
        to_it = [one for several in wordings.values() for one in several if one.sets_aside[:1] == (aside,)]
        if len(in_turn(to_it)) < len(to_it):
            yield f"the exceptions to {aside} go before one another in a circle"


def _wrong_kinds(made: Rule, general: Sequence[Rule]) -> Iterator[str]:
    condition, wanted = answer_of(made), answer_of(general[0])
    three = is_answer(condition)
    if condition is not bool and not three:
        yield f"{place_of(made)} is an exception and must answer bool or Answer"
    elif three and wanted is not condition:
        yield f"{place_of(made)} may be unknown, and {general[0].name} cannot; let it answer bool"
    elif made.instead is UNSAID:
        if wanted is not bool and not is_answer(wanted):
            yield f"{place_of(made)} must say what {general[0].name} gives instead"
    elif type(made.instead) is not wanted:
        yield f"{place_of(made)} gives {made.instead!r} instead, and {general[0].name} gives {wanted.__name__}"


def is_answer(kind: object) -> bool:
    """Whether it is yes, no or unknown."""
    return (
        isinstance(kind, type) and issubclass(kind, Enum) and {*kind.__members__} == {"YES", "NO", "UNKNOWN"}
    )


def place_of(made: Rule) -> str:
    """The rule's name, with its file and line."""
    code = made.function.__code__
    return f"{made.name} ({code.co_filename.rpartition('/')[2]}:{code.co_firstlineno})"
