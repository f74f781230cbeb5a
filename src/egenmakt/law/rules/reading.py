"""Readings: what the law leaves open can be read in several ways, each with a name and a source.

A rule that belongs to a reading says so; a rulebook is built with one reading for each question, and holds only
the rules that go with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from egenmakt.law.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer to a question the law leaves open.

    `question` names what is open; `sentence` is the answer in Swedish, `source` where it comes from. The `usual`
    reading holds where nobody has chosen another. `asks_for` are facts that only this reading needs.
    It is `verified` where the source read says so itself: a court, or the words of the law.
    """

    name: str
    question: str
    sentence: str
    source: str
    usual: bool = False
    asks_for: tuple[str, ...] = ()
    verified: bool = False

    def to_json(self) -> dict[str, object]:
        """In the shape of the command-line contract."""
        return {
            "name": self.name,
            "question": self.question,
            "sentence": self.sentence,
            "source": self.source,
            "usual": self.usual,
        }


def in_use(readings: Iterable[Reading], chosen: Iterable[str]) -> dict[str, Reading]:
    """The reading used for each question: the chosen one, else the usual."""
    used: dict[str, Reading] = {}
    names = set(chosen)
    for one in readings:
        if one.name in names or (one.usual and one.question not in used):
            used[one.question] = one
    return used


def faults_of_choice(readings: Sequence[Reading], chosen: Sequence[str]) -> Iterator[str]:
    """What is wrong with the readings themselves, and with a choice among them."""
    known = {one.name: one for one in readings}
    for question in dict.fromkeys(one.question for one in readings):
        usual = [one.name for one in readings if one.question == question and one.usual]
        if len(usual) != 1:
            yield f"{question} must have one usual reading, and has {len(usual)}"
        several = [name for name in chosen if name in known and known[name].question == question]
        if len(several) > 1:
            yield f"{question} is read in two ways at once: {', '.join(several)}"
    for one in readings:
        if not one.source.strip() or not one.sentence.strip():
            yield f"the reading {one.name} has no source or no sentence"
    for name in chosen:
        if name not in known:
            yield f"there is no reading {name}; there is {', '.join(known) or 'none'}"


def faults_of_rules(readings: Sequence[Reading], rules: Sequence[Rule]) -> Iterator[str]:
    """Rules of readings that are not known, and readings without a rule."""
    known = {one.name for one in readings}
    for made in rules:
        if made.reading and made.reading not in known:
            yield f"{made.name} belongs to {made.reading}, which is no reading"
    for name in sorted(known - {made.reading for made in rules}):
        yield f"the reading {name} has no rule"
