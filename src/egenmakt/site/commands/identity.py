"""`egenmakt identity FILE`: whether an identity number is right, and what it tells."""

from __future__ import annotations

from collections.abc import Sequence

from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.identity_numbers import NumberType, Reading, read_number
from egenmakt.law.identity_numbers.reserve import UNCHECKED_NATIONAL
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import Fields

CITATIONS = {
    NumberType.PERSONAL: Citation("folkbokföringslagen (1991:481)", "18 §"),
    NumberType.COORDINATION: Citation("lagen (2022:1697) om samordningsnummer", ""),
    NumberType.ORGANISATION: Citation(
        "lagen (1974:174) om identitetsbeteckning för juridiska personer m.fl.", ""
    ),
    NumberType.RESERVE: Citation("Ineras beskrivningar av nationellt och lokala reservid", ""),
}
SWEDISH = {
    NumberType.PERSONAL: "personnummer",
    NumberType.COORDINATION: "samordningsnummer",
    NumberType.ORGANISATION: "organisationsnummer",
    NumberType.RESERVE: "reservnummer",
}


def run(arguments: Sequence[str]) -> int:
    """Read one number, print what it is. Exit 0 also for a number that is wrong; 2 for a wrong document."""
    try:
        document, repeated = read_document(arguments)
    except NotReadable as error:
        return refuse(error.errors)
    errors = list(repeated)
    fields = Fields(document, errors)
    fields.only(["number"], ["on"])
    number, on = fields.text("number"), fields.day("on")
    if errors or number is None:
        return refuse(errors)
    if on is None:
        from egenmakt.foundation.clock import today

        on = today()
    print_document(_answer(read_number(number, on=on)))
    return DONE


def _answer(reading: Reading) -> dict[str, object]:
    number = reading.number
    what = SWEDISH[reading.type]
    if number is None:
        reason = f"Numret är inget giltigt {what}. " + " ".join(error.message for error in reading.errors)
    else:
        reason = f"Numret är ett giltigt {what}."
    finding = Finding(
        rule="identity_number",
        citation=CITATIONS[reading.type],
        outcome=Outcome.NOT_MET if number is None else Outcome.MET,
        reason=reason,
        result=None if number is None else number.masked,
    )
    refused = [InputRefused("number", error.message) for error in reading.errors]
    return {
        "valid": number is not None,
        "type": reading.type.value,
        "born": number.born.isoformat() if number and number.born else None,
        "sex": number.sex.value if number and number.sex else None,
        "number": number.number if number else None,
        "scheme": number.scheme if number else None,
        "errors": [
            {"path": refusal.path, "code": error.code, "message": refusal.message}
            for refusal, error in zip(refused, reading.errors, strict=True)
        ],
        "findings": [finding.to_json()],
        "unverified": [UNCHECKED_NATIONAL] if number and number.scheme == "national" else [],
    }
