"""How far a case of the county has come, what is special about it, and how many cases are of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """Where a case stands today."""

    REGISTERED = "registered"  # nobody handles it yet
    CONTACT = "contact"  # first contact is due
    CONTACT_LATE = "contact_late"
    AUTHORITY = "authority"  # whoever applied has not shown that she may
    PERSONKRETS = "personkrets"
    INVESTIGATION = "investigation"
    MOMENTS = "moments"  # half of them are written
    COMMUNICATION = "communication"  # the answer is awaited
    PROPOSED = "proposed"
    RETURNED = "returned"
    SIGNED = "signed"  # not served
    SERVED = "served"  # may be appealed
    IN_FORCE = "in_force"
    CLOSED = "closed"


class Turn(StrEnum):
    """What the decision is, or is to be."""

    GRANT = "grant"
    PARTIAL = "partial_refusal"
    REFUSAL = "refusal"
    DISMISSAL = "dismissal"
    CLOSURE = "closure"


class Trait(StrEnum):
    """What is special about a person or her case."""

    TURNS_1 = "turns_1"
    TURNS_7 = "turns_7"
    TURNS_12 = "turns_12"
    TURNS_18 = "turns_18"
    ENDING = "ending"  # the decision ends in six weeks
    RENEWED = "renewed"  # and a new application has come in
    PROTECTED = "protected"
    LATE = "late"  # more than three months since the application
    DOUBLE_UNTRIED = "double_untried"
    NEAR_AGE_LIMIT = "near_age_limit"
    SELF_CARE_MISSING = "self_care_missing"
    APPEALED = "appealed"
    APPEALED_LATE = "appealed_late"
    OPENED_FOR_A_REASON = "opened_for_a_reason"
    OPENING_REVIEWED = "opening_reviewed"


TURNS: Final = {Trait.TURNS_1: 1, Trait.TURNS_7: 7, Trait.TURNS_12: 12, Trait.TURNS_18: 18}


@dataclass(frozen=True)
class Recipe:
    """One kind of case: where it stands, which situations fit, what is decided, and what is special."""

    stage: Stage
    situations: tuple[str, ...]
    turn: Turn = Turn.GRANT
    traits: frozenset[Trait] = frozenset()


def _recipe(stage: Stage, situations: str, *traits: Trait, turn: Turn = Turn.GRANT) -> Recipe:
    return Recipe(stage, tuple(situations.split()), turn, frozenset(traits))


# Every kind of case once. The first of a municipality's persons are of these kinds, in this order.
FEATURED: Final[tuple[Recipe, ...]] = (
    _recipe(Stage.REGISTERED, "autism-barn"),
    _recipe(Stage.IN_FORCE, "downs", Trait.TURNS_7),
    _recipe(Stage.PROPOSED, "hjarnskada"),
    _recipe(Stage.CONTACT_LATE, "stroke"),
    _recipe(Stage.MOMENTS, "autism-barn"),
    _recipe(Stage.SERVED, "dovblind"),
    _recipe(Stage.INVESTIGATION, "autism-vuxen", Trait.LATE),
    _recipe(Stage.COMMUNICATION, "ms"),
    _recipe(Stage.SIGNED, "autism-barn"),
    _recipe(Stage.IN_FORCE, "als"),
    _recipe(Stage.PERSONKRETS, "hjarnskada"),
    _recipe(Stage.INVESTIGATION, "autism-barn", Trait.PROTECTED),
    _recipe(Stage.AUTHORITY, "autism-vuxen"),
    _recipe(Stage.RETURNED, "downs"),
    _recipe(Stage.CLOSED, "utan-personkrets", turn=Turn.REFUSAL),
    _recipe(Stage.SERVED, "ms", turn=Turn.PARTIAL),
    _recipe(Stage.IN_FORCE, "sondmatning", Trait.TURNS_1),
    _recipe(Stage.IN_FORCE, "autism-barn", Trait.TURNS_12),
    _recipe(Stage.IN_FORCE, "hjarnskada", Trait.ENDING),
    _recipe(Stage.IN_FORCE, "muskelsjukdom downs", Trait.TURNS_18),
    _recipe(Stage.MOMENTS, "ryggmarg", Trait.DOUBLE_UNTRIED),
    _recipe(Stage.PROPOSED, "huntington", Trait.NEAR_AGE_LIMIT),
    _recipe(Stage.COMMUNICATION, "muskelsjukdom", Trait.SELF_CARE_MISSING),
    _recipe(Stage.SERVED, "ledsjukdom", Trait.APPEALED, turn=Turn.REFUSAL),
    _recipe(Stage.SIGNED, "tillgodosett", turn=Turn.REFUSAL),
    _recipe(Stage.CONTACT, "flerfunktion"),
    _recipe(Stage.IN_FORCE, "ms", Trait.ENDING, Trait.RENEWED),
    _recipe(Stage.IN_FORCE, "epilepsi"),
    _recipe(Stage.CLOSED, "autism-vuxen stroke", turn=Turn.DISMISSAL),
    _recipe(Stage.CLOSED, "downs ms", turn=Turn.CLOSURE),
    _recipe(Stage.IN_FORCE, "autism-vuxen", Trait.OPENED_FOR_A_REASON),
    _recipe(Stage.CLOSED, "efter-aldersgrans", turn=Turn.REFUSAL),
    _recipe(Stage.INVESTIGATION, "trakeostomi"),
    _recipe(Stage.PROPOSED, "sondmatning"),
    _recipe(Stage.IN_FORCE, "ledsjukdom", Trait.APPEALED_LATE, turn=Turn.REFUSAL),
    _recipe(Stage.IN_FORCE, "stroke", Trait.OPENING_REVIEWED, turn=Turn.PARTIAL),
)

_MUNICIPAL = "autism-barn downs hjarnskada ms dovblind autism-vuxen huntington stroke"
_STATE = "als sondmatning trakeostomi epilepsi ryggmarg flerfunktion muskelsjukdom"

# The others, with how often each kind comes.
USUAL: Final[tuple[tuple[int, Recipe], ...]] = (
    (30, _recipe(Stage.IN_FORCE, _MUNICIPAL)),
    (12, _recipe(Stage.IN_FORCE, _STATE)),
    (5, _recipe(Stage.IN_FORCE, "hjarnskada ms dovblind stroke huntington", turn=Turn.PARTIAL)),
    (4, _recipe(Stage.IN_FORCE, "autism-barn downs", Trait.TURNS_12)),
    (3, _recipe(Stage.IN_FORCE, "autism-barn downs", Trait.TURNS_7)),
    (3, _recipe(Stage.IN_FORCE, "muskelsjukdom downs", Trait.TURNS_18)),
    (3, _recipe(Stage.IN_FORCE, "hjarnskada ms stroke", Trait.ENDING)),
    (2, _recipe(Stage.IN_FORCE, "autism-vuxen dovblind", Trait.ENDING, Trait.RENEWED)),
    (8, _recipe(Stage.CLOSED, "utan-personkrets ledsjukdom efter-aldersgrans", turn=Turn.REFUSAL)),
    (3, _recipe(Stage.SERVED, "utan-personkrets ledsjukdom tillgodosett", turn=Turn.REFUSAL)),
    (5, _recipe(Stage.SERVED, _MUNICIPAL)),
    (4, _recipe(Stage.SIGNED, _MUNICIPAL)),
    (5, _recipe(Stage.PROPOSED, f"{_MUNICIPAL} {_STATE}")),
    (3, _recipe(Stage.PROPOSED, "utan-personkrets ledsjukdom", turn=Turn.REFUSAL)),
    (6, _recipe(Stage.COMMUNICATION, f"{_MUNICIPAL} {_STATE}")),
    (6, _recipe(Stage.MOMENTS, f"{_MUNICIPAL} {_STATE}")),
    (7, _recipe(Stage.INVESTIGATION, f"{_MUNICIPAL} {_STATE}")),
    (2, _recipe(Stage.INVESTIGATION, _MUNICIPAL, Trait.LATE)),
    (4, _recipe(Stage.PERSONKRETS, f"{_MUNICIPAL} utan-personkrets")),
    (4, _recipe(Stage.CONTACT, f"{_MUNICIPAL} {_STATE}")),
    (2, _recipe(Stage.CONTACT_LATE, _MUNICIPAL)),
    (3, _recipe(Stage.REGISTERED, f"{_MUNICIPAL} {_STATE}")),
    (2, _recipe(Stage.CLOSED, _MUNICIPAL, turn=Turn.CLOSURE)),
)
