"""Why the answer was not another, in an officer's words: for each stretch, what is now and what would have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from egenmakt import law
from egenmakt.foundation.ui.dates import period
from egenmakt.law.assistance.why_not import Alternative, WhyNot


@dataclass(frozen=True)
class OtherAnswer:
    """An answer that could have been, and the different ways there: each the changes that together give it."""

    answer: str
    ways: list[tuple[list[str], int]]


@dataclass(frozen=True)
class InStretch:
    """A stretch of time with its answer, and the other answers nearest to it."""

    period: str
    answer: str
    others: list[OtherAnswer]
    complete: bool


def other_answers(found: Sequence[WhyNot]) -> list[InStretch]:
    """What was found, in words."""
    return [
        InStretch(
            period=period(one.period.start, one.period.last),
            answer=_is(one.outcome),
            others=[
                OtherAnswer(_would(answer), [_way(way) for way in one.alternatives if way.outcome is answer])
                for answer in dict.fromkeys(way.outcome for way in one.alternatives)
            ],
            complete=one.complete,
        )
        for one in found
    ]


def _way(one: Alternative) -> tuple[list[str], int]:
    return [change.words for change in one.changes], one.total_s


def _is(answer: law.Decider) -> str:
    return {
        law.Decider.STATE: _("Försäkringskassan beslutar om assistansersättning"),
        law.Decider.MUNICIPALITY: _("kommunen beslutar"),
        law.Decider.REFUSED: _("ingen rätt till personlig assistans"),
        law.Decider.UNCLEAR: _("går inte att avgöra än"),
    }[answer]


def _would(answer: law.Decider) -> str:
    return {
        law.Decider.STATE: _("Försäkringskassan skulle besluta"),
        law.Decider.MUNICIPALITY: _("Kommunen skulle besluta"),
        law.Decider.REFUSED: _("Det skulle bli avslag"),
        law.Decider.UNCLEAR: _("Det skulle inte gå att avgöra"),
    }[answer]
