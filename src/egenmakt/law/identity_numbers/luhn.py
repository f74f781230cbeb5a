"""The check digit by the modulus 10 method (Luhn), as 18 § folkbokföringslagen (1991:481) has it computed."""

from __future__ import annotations

# Region Västra Götaland counts the letter of the sex so (Ineras beskrivning av lokala reservid).
LETTER_VALUES = {"K": 5, "M": 7, "X": 8}


def check_digit(characters: str) -> int:
    """The check digit of a row of characters; the last is doubled, then every second to the left.

    Digits count as themselves and K, M, X as `LETTER_VALUES`. Other characters raise ValueError.
    """
    total = 0
    for place, character in enumerate(reversed(characters)):
        if character in LETTER_VALUES:
            value = LETTER_VALUES[character]
        elif character in "0123456789":
            value = int(character)
        else:
            raise ValueError("Bara siffror och K, M, X kan räknas till en kontrollsiffra.")
        if place % 2 == 0:
            value *= 2
        total += value // 10 + value % 10
    return -total % 10
