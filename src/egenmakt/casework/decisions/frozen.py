"""What the letters of a decision tell, frozen when it is signed: to JSON and back.

Guarantees: what is thawed equals what was frozen, but for whom the letter is about and where it is sent. Those
are read when the letter is made: an address may have changed, and the names of a protected person are kept in
the register alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from cattrs.preconf.json import JsonConverter, make_converter

from egenmakt.casework.decisions.letters.content import DecisionLetter, Person
from egenmakt.foundation.documents.letters import Recipient


def frozen(letter: DecisionLetter) -> dict[str, Any]:
    """The letter as JSON, without names, numbers and addresses of the person, the reader and the applicant."""
    kept: dict[str, Any] = _converter().unstructure(letter)
    del kept["person"], kept["recipient"]
    kept["application"]["applicant"] = None
    return kept


def thawed(
    kept: dict[str, Any], *, person: Person, recipient: Recipient, applicant: str | None
) -> DecisionLetter:
    """The letter that was frozen, for those it is about now. Raises ContradictoryLetter when it is not whole."""
    converter = _converter()
    letter = converter.structure(
        kept | {"person": converter.unstructure(person), "recipient": converter.unstructure(recipient)},
        DecisionLetter,
    )
    return replace(letter, application=replace(letter.application, applicant=applicant))


@cache
def _converter() -> JsonConverter:
    converter = make_converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda value, _kind: Decimal(value))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda value, _kind: date.fromisoformat(value))
    return converter
