"""The vocabulary of needs: which need a moment of help serves, how often it comes, how it counts and why."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A word of the law's vocabulary: one member, one text, found by its text in a table."""

    __hash__ = str.__hash__  # as its text, which it equals; an enumeration's own is ten times slower


class Need(Word):
    """What a moment of help is for: the seven basic needs of LSS 9 a § first paragraph, or something else."""

    BREATHING = "breathing"
    HYGIENE = "hygiene"
    MEALS = "meals"
    DRESSING = "dressing"
    COMMUNICATION = "communication"
    HARM_PREVENTION = "harm_prevention"
    MEDICAL = "medical"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish name of the need, as users see it."""
        return _LABELS[self]


_LABELS = {
    Need.BREATHING: "andning",
    Need.HYGIENE: "personlig hygien",
    Need.MEALS: "måltider",
    Need.DRESSING: "av- och påklädning",
    Need.COMMUNICATION: "kommunikation med andra",
    Need.HARM_PREVENTION: "stöd för att förebygga skada vid psykisk funktionsnedsättning",
    Need.MEDICAL: "löpande stöd på grund av ett medicinskt tillstånd",
    Need.OTHER: "annat personligt behov",
}

# The needs of LSS 9 a § first paragraph 2–5, where the nature of the help matters.
NEEDS_BY_NATURE = frozenset({Need.HYGIENE, Need.MEALS, Need.DRESSING, Need.COMMUNICATION})
# The needs of items 1, 6 and 7, which count whatever the nature of the help.
NEEDS_WHATEVER_NATURE = frozenset({Need.BREATHING, Need.HARM_PREVENTION, Need.MEDICAL})


class Per(Word):
    """How often a moment comes back."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    YEAR = "year"


class Necessary(Word):
    """What a measure is directly necessary for (LSS 9 a § fourth paragraph)."""

    BREATHING = "breathing"
    MEDICAL = "medical"
    TUBE_FEEDING = "tube_feeding"


class CountedAs(Word):
    """Which sum a moment's time goes to."""

    BASIC = "basic"
    OTHER = "other"
    NOT_COUNTED = "not_counted"
    UNCLEAR = "unclear"


class Ground(Word):
    """Why a moment counts as it does. Each ground is one branch of LSS 9 a § or 9 g §."""

    WHATEVER_NATURE = "whatever_nature"
    TUBE_FEEDING = "tube_feeding"
    ACTIVATION = "activation"
    INTIMATE = "intimate"
    NOT_INTIMATE = "not_intimate"
    DIRECTLY_NECESSARY = "directly_necessary"
    OTHER_NEED = "other_need"
    HEALTH_CARE = "health_care"
    SELF_CARE_NOT_IN_FORCE = "self_care_not_in_force"
    NATURE_UNKNOWN = "nature_unknown"
    JUDGED_BY_OLDER_LAW = "judged_by_older_law"


class Answer(Word):
    """Yes, no, or not known: a fact that somebody must establish."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
