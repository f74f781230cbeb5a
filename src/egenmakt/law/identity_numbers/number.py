"""What a read identity number is. Sensitive: `str` masks it, `repr` and errors never contain it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class NumberType(StrEnum):
    """Personnummer, samordningsnummer, reservnummer, organisationsnummer."""

    PERSONAL = "personal_number"
    COORDINATION = "coordination_number"
    RESERVE = "reserve_number"
    ORGANISATION = "organisation_number"


class Sex(StrEnum):
    """The sex the number states; the register may know better."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class NumberError:
    """One thing wrong with a number: a stable code and a sentence in Swedish that says how to mend it.

    The sentence may name the wrong month or day, never the number.
    """

    code: str
    message: str


WRONG_CHECK_DIGIT = NumberError(
    "check_digit", "Kontrollsiffran, den sista, stämmer inte med de andra. Kontrollera alla tecken."
)


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid number.

    `number` is the normalised form, twelve characters without separator (`YYYYMMDDNNNN`; an organisation
    number is prefixed 16). `born` is None where the number does not tell. `scheme` says which documented form
    a reserve number has: national, stockholm, vastra_gotaland or regional; None for other types.
    """

    type: NumberType
    number: str = field(repr=False)
    born: date | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    scheme: str | None = None

    @property
    def written(self) -> str:
        """As it is written to people: `20150916-2387`, or `556012-5790` for an organisation. Not masked."""
        if self.type is NumberType.ORGANISATION:
            return f"{self.number[2:8]}-{self.number[8:]}"
        return f"{self.number[:8]}-{self.number[8:]}"

    @property
    def masked(self) -> str:
        """With the last four characters hidden. An organisation number is public and is not masked."""
        if self.type is NumberType.ORGANISATION:
            return self.written
        return f"{self.number[:8]}-****"

    def __str__(self) -> str:
        return self.masked


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a text: the type it most resembles, and either the number or everything wrong."""

    type: NumberType
    number: IdentityNumber | None
    errors: tuple[NumberError, ...]


class InvalidIdentityNumber(ValueError):
    """The text is no valid identity number; `errors` says everything that is wrong. Never shows the text."""

    def __init__(self, reading: Reading) -> None:
        self.type = reading.type
        self.errors = reading.errors
        super().__init__(" ".join(error.message for error in reading.errors))
