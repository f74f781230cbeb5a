"""The graph of rules. It builds itself from argument names; an edition is the graph as it stands on a day.

Guarantees: a name is one thing (a fact, a rule or a parameter); two wordings of a rule never hold on the
same day; there are no circles; every rule has a citation and a sentence, and is written in the permitted part
of Python (`subset`); of two exceptions to a rule that can both be true, one goes before the other. Faults are found
when the book is built, all of them at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from operator import itemgetter
from typing import Any

from egenmakt.law.findings import Citation
from egenmakt.law.rules.conflicts import conflicts
from egenmakt.law.rules.exceptions import (
    IN_GENERAL,
    faults_of_exceptions,
    in_general,
    in_turn,
    with_exceptions,
)
from egenmakt.law.rules.reading import Reading, faults_of_choice, faults_of_rules, in_use
from egenmakt.law.rules.rule import Rule
from egenmakt.law.rules.subset import faults_of
from egenmakt.law.rules.trace import Trace


class RulesFaulty(Exception):
    """The rules do not make a graph. Says every fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class NoRule(LookupError):
    """No wording of the rule is laid in for the day. Says so in Swedish."""

    def __init__(self, name: str, day: date, citation: Citation) -> None:
        place = Citation(citation.act, citation.section)
        super().__init__(f"Lagen ger inget svar för {day}: {place} är inte inlagd för den tiden.")
        self.name = name
        self.day = day
        self.message = str(self)


@dataclass(frozen=True, eq=False)
class Edition:
    """The rules needed for some answers, as they stand in one time, in an order in which they can be run.

    `names` is the order of the trace: the given facts, the parameters, then the rules.
    """

    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    rules: Mapping[str, Rule]
    names: tuple[str, ...] = field(init=False)
    places: Mapping[str, int] = field(init=False)
    _steps: tuple[tuple[Callable[..., Any], Callable[[list[Any]], Any], bool], ...] = field(
        init=False, repr=False
    )

    def __post_init__(self) -> None:
        names = (*self.facts, *self.parameters, *self.rules)
        places = {name: place for place, name in enumerate(names)}
        steps = []
        for made in self.rules.values():
            where = [places[argument] for argument in made.arguments]
            steps.append((made.function, itemgetter(*where), len(where) == 1))
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "_steps", tuple(steps))

    def run(self, given: Iterable[Any]) -> Trace:
        """Run the rules on the values of the facts and the parameters, in the order of `names`.

        Each rule is called by itself. This is what the compiled edition (`compiling`) must agree with.
        """
        values = list(given)
        for function, pick, alone in self._steps:
            picked = pick(values)
            values.append(function(picked) if alone else function(*picked))
        return Trace(self, tuple(values))


class Rulebook:
    """A set of rules with the facts they may ask for and the parameters they may use, by argument name."""

    def __init__(
        self,
        rules: Iterable[Rule],
        *,
        facts: Iterable[str],
        parameters: Iterable[str],
        readings: Iterable[Reading] = (),
        chosen: Iterable[str] = (),
    ) -> None:
        """The rules that go with the `chosen` readings, and with the usual one of each question nobody chose for.

        Raises RulesFaulty with every fault.
        """
        self.facts = frozenset(facts)
        self.parameters = frozenset(parameters)
        every, known, wanted = tuple(rules), tuple(readings), tuple(chosen)
        self.readings: Mapping[str, Reading] = in_use(known, wanted)
        used = {"", *(one.name for one in self.readings.values())}
        self.not_chosen = tuple(made for made in every if made.reading not in used)
        self.wordings: dict[str, list[Rule]] = {}
        for made in every:
            if made.reading in used:
                self.wordings.setdefault(made.name, []).append(made)
        self.exceptions: dict[str, list[Rule]] = {}
        for made in self._all():
            if made.sets_aside:
                self.exceptions.setdefault(made.sets_aside[0], []).append(made)
        self._changes = sorted(self.changes())
        self._editions: dict[tuple[object, ...], Edition] = {}
        faults = [
            *self._unreadable(),
            *self._ambiguous(),
            *self._unknown(),
            *self._circles(),
            *self._not_permitted(),
            *faults_of_choice(known, wanted),
            *faults_of_rules(known, every),
            *faults_of_exceptions(self.wordings),
        ]
        if not faults:
            faults.extend(conflicts(self))
        if faults:
            raise RulesFaulty(faults)

    def changes(self) -> set[date]:
        """The days on which some rule gets or loses a wording."""
        periods = [made.period for wordings in self.wordings.values() for made in wordings]
        return {period.start for period in periods} | {period.end for period in periods if period.end}

    def wording(self, name: str, day: date) -> Rule:
        """The rule as it stands on the day. Raises NoRule when none is laid in."""
        for made in self.wordings[name]:
            if day in made.period:
                return made
        raise NoRule(name, day, self.wordings[name][0].citation)

    def edition(self, day: date, targets: tuple[str, ...], given: frozenset[str] = frozenset()) -> Edition:
        """The part of the graph that the targets need on the day. What is `given` is not worked out.

        Raises NoRule when a needed rule has no wording that day.
        """
        key = (bisect_right(self._changes, day), targets, given)
        edition = self._editions.get(key)
        if edition is None:
            edition = self._editions[key] = self._built(day, targets, given)
        return edition

    def _built(self, day: date, targets: tuple[str, ...], given: frozenset[str]) -> Edition:
        order: dict[str, Rule] = {}
        facts: dict[str, None] = {}
        parameters: dict[str, None] = {}

        def visit(name: str) -> None:
            if name in given or name in self.facts:
                facts[name] = None
            elif name in self.parameters:
                parameters[name] = None
            elif name not in order:
                made = self._on(name, day)
                for argument in made.arguments:
                    visit(argument)
                order[name] = made

        for target in targets:
            visit(target)
        return Edition(tuple(facts), tuple(parameters), order)

    def _on(self, name: str, day: date) -> Rule:
        """The rule as it is run on the day: with the exceptions to it, or as it is in general."""
        bare = name.removesuffix(IN_GENERAL)
        if bare != name and bare in self.exceptions:
            return in_general(self.wording(bare, day))
        made = self.wording(name, day)
        exceptions = in_turn([one for one in self.exceptions.get(name, ()) if day in one.period])
        return with_exceptions(made, exceptions) if exceptions else made

    def _unreadable(self) -> Iterable[str]:
        for made in self._all():
            if not made.sentence:
                yield f"{made.name} has no sentence (docstring)"
            if not made.citation.act or not made.citation.section:
                yield f"{made.name} has no citation"
            if not made.arguments:
                yield f"{made.name} asks for nothing"

    def _ambiguous(self) -> Iterable[str]:
        for name, wordings in self.wordings.items():
            if name in self.facts or name in self.parameters:
                yield f"{name} is both a rule and a fact or parameter"
            for one, other in combinations(wordings, 2):
                if one.period.intersection(other.period):
                    yield f"{name} has two wordings from {max(one.period.start, other.period.start)}"

    def _unknown(self) -> Iterable[str]:
        known = self.facts | self.parameters | self.wordings.keys()
        for made in self._all():
            for argument in made.arguments:
                if argument not in known:
                    yield f"{made.name} asks for {argument}, which is no fact, rule or parameter"

    def _circles(self) -> Iterable[str]:
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> str | None:
            if name in path:
                return " → ".join((*path[path.index(name) :], name))
            if name in done or name not in self.wordings:
                return None
            for made in (*self.wordings[name], *self.exceptions.get(name, ())):
                asked = (made.name,) if made.name != name else made.arguments
                for argument in asked:
                    circle = visit(argument, (*path, name))
                    if circle:
                        return circle
            done.add(name)
            return None

        for name in self.wordings:
            circle = visit(name, ())
            if circle:
                yield f"circle: {circle}"
                return

    def _not_permitted(self) -> Iterable[str]:
        functions = {made.function: made for made in (*self._all(), *self.not_chosen)}
        for made in functions.values():
            yield from faults_of(made)

    def _all(self) -> Iterable[Rule]:
        return (made for wordings in self.wordings.values() for made in wordings)
