"""Exceptions that can be true at once: found by trying every class of facts, when a book is built.

Guarantees: of two exceptions to a rule, neither of which goes before the other, no facts and no values of parameters
make both true; else it is told, with the simplest facts that do. Truths, enumerations and what may be missing are
tried as they are. Whole numbers are tried at, just below and just above every number they can be compared with, and
in every order among themselves; dates in every order among themselves; a parameter may be any number, so that no
variant of the law brings a conflict. What a rule works out by counting, or from parts of a date, is taken to be able
to be anything of its kind: a conflict may then be told that no facts bring about, and never one be missed.
"""

from __future__ import annotations

import ast
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Any

from egenmakt.law.rules.exceptions import answer_of, holds, place_of
from egenmakt.law.rules.rule import Rule
from egenmakt.law.rules.subset import parsed

if TYPE_CHECKING:
    from egenmakt.law.rules.book import Edition, Rulebook

MOST = 100_000
_FIRST = date(2026, 1, 1)


def conflicts(book: Rulebook) -> Iterator[str]:
    """Each pair of exceptions that can both be true, with an example; and those that cannot be tried."""
    for general, several in book.exceptions.items():
        names = dict.fromkeys(one.name for one in several)
        for one, other in combinations(names, 2):
            told = _conflict(book, general, one, other)
            if told:
                yield told


def _conflict(book: Rulebook, general: str, one: str, other: str) -> str | None:
    tried: set[tuple[Rule, ...]] = set()
    for first, second in product(book.wordings[one], book.wordings[other]):
        common = first.period.intersection(second.period)
        if common is None or one in second.sets_aside[1:] or other in first.sets_aside[1:]:
            continue
        days = [common.start, *(day for day in sorted(book.changes()) if day in common)]
        for day in days:
            edition = book.edition(day, (one, other))
            rules = tuple(edition.rules.values())
            if rules not in tried:
                tried.add(rules)
                found = _both_true(book, edition, day, (one, other))
                if found is not None:
                    return (
                        f"{place_of(first)} and {place_of(second)} can both set {general} aside: {found}; "
                        "let one of them name the other in sets_aside"
                    )
    return None


def _both_true(book: Rulebook, edition: Edition, day: date, pair: tuple[str, str]) -> str | None:
    """The simplest facts that make both true, in words; or why it cannot be told."""
    counted = {name for name, made in edition.rules.items() if _counts(made)}
    for name in pair:
        if name in counted:
            return f"{name} counts, or asks for a part of a date, so it cannot be tried; make that a rule of its own"
    edition = book.edition(day, pair, frozenset(counted))
    classes = _classes(edition, {name: answer_of(book.wording(name, day)) for name in counted})
    size = prod(len(values) for values in classes.values())
    if size > MOST:
        return f"there are {size} classes of facts, too many to try; make parts of them rules of their own"
    places = [edition.places[name] for name in pair]
    simplest: tuple[int, tuple[Any, ...]] | None = None
    for row in product(*classes.values()):
        values = edition.run(row).values_in_order
        if all(holds(values[place]) for place in places):
            odd = sum(value != tried[0] for value, tried in zip(row, classes.values(), strict=True))
            if simplest is None or odd < simplest[0]:
                simplest = odd, row
    if simplest is None:
        return None
    return "for instance when " + ", ".join(
        f"{name} = {_word(value)}" for name, value in zip(classes, simplest[1], strict=True)
    )


def _counts(made: Rule) -> bool:
    """Whether the rule reckons with numbers, or asks for parts of dates, so that no classes can be told."""
    return any(isinstance(node, ast.BinOp | ast.USub | ast.Attribute) for node in ast.walk(parsed(made)))


def _classes(edition: Edition, counted: Mapping[str, object]) -> dict[str, Sequence[Any]]:
    """For each thing asked for, a value of each class it can belong to, the simplest first."""
    kinds: dict[str, object] = {}
    numbers: set[int] = set()
    for made in edition.rules.values():
        hints = typing.get_type_hints(made.function)
        kinds |= {name: hints[name] for name in made.arguments}
        numbers |= set(_numbers(made))
    kinds |= counted
    asked = [*edition.facts, *edition.parameters]
    whole = sum(int in _parts(kinds[name]) for name in asked)
    days = sum(date in _parts(kinds[name]) for name in asked)
    around = sorted(
        {number + step for number in numbers or {0} for step in range(-whole, whole + 1)}, key=abs
    )
    values: Mapping[object, Sequence[Any]] = {
        bool: (False, True),
        int: around,
        date: [_FIRST + timedelta(days=step) for step in range(days)],
    }
    return {name: list(_of_kind(kinds[name], values)) for name in asked}


def _of_kind(kind: object, values: Mapping[object, Sequence[Any]]) -> Iterator[Any]:
    parts = _parts(kind)
    if type(None) in parts:
        yield None
    for part in parts:
        if part in values:
            yield from values[part]
        elif isinstance(part, type) and issubclass(part, Enum):
            yield from sorted(part, key=lambda member: member.name != "NO")


def _parts(kind: object) -> tuple[object, ...]:
    return typing.get_args(kind) or (kind,)


def _numbers(made: Rule) -> Iterator[int]:
    for node in ast.walk(parsed(made)):
        if isinstance(node, ast.Constant):
            held: object = node.value
            several = held if isinstance(held, tuple | frozenset) else (held,)
            yield from (one for one in several if type(one) is int)


def _word(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)
