"""Reserve numbers: what health care calls a person whose personal number is missing or not known.

No law gives their form. These forms are documented and accepted (Ineras beskrivningar av nationellt reservid
och lokala reservid; Socialstyrelsens termbank):

- **national** `XXYYMMDDNNGC`: XX is the century of birth plus 3, 6, 9 … (19 → 22, 20 → 23), or 00 when the
  day of birth is unknown; NN two letters other than I, O, Q, V, W; G a digit, odd for men, or a letter when
  not known. How its check digit C is computed is not described in a source we have read, so C is not checked
  and the result says so.
- **stockholm** `99YYYYNNNNNC`: the year the number was issued, 1900 or later; C by Luhn over positions 5–11.
- **vastra_gotaland** `YYYYMMDDGggC`: G is K, M or X, gg a running number that agrees with it, C by Luhn with
  K = 5, M = 7, X = 8.
- **regional** `YYYYMMDD` and four characters of which at least one is a letter: the general form that
  Socialstyrelsen recommends and that, among others, Skåne and Värmland use.

Numbers with digits only and a day of 32–59 (an older form of Inera) are not accepted: they cannot be told
from a mistyped personal number.
"""

from __future__ import annotations

import re
from datetime import date

from egenmakt.law.identity_numbers.luhn import check_digit
from egenmakt.law.identity_numbers.number import (
    WRONG_CHECK_DIGIT,
    IdentityNumber,
    NumberError,
    NumberType,
    Reading,
    Sex,
)

UNCHECKED_NATIONAL = "reserve_number.national.check_digit"

_STOCKHOLM = re.compile(r"99([0-9]{4})([0-9]{5})([0-9])")
_NATIONAL = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([A-HJ-NPR-UX-Z]{2})([0-9A-Z])([0-9])")
_VASTRA_GOTALAND = re.compile(r"([0-9]{8})([KMX])([0-9]{2})([0-9])")
_REGIONAL = re.compile(r"([0-9]{8})([0-9A-Z]{4})")


def looks_like_reserve_number(compact: str) -> bool:
    """Whether a text, trimmed and in capitals, looks like a reserve number: a late letter, or 99 first."""
    bare = compact.replace("-", "")
    if re.fullmatch(r"[0-9]{6,8}(?=[0-9A-Z]*[A-Z])[0-9A-Z]{4}", bare):
        return True
    return _STOCKHOLM.fullmatch(bare) is not None


def read_reserve_number(compact: str, *, on: date) -> Reading:
    """Read a text that `looks_like_reserve_number`. `on` bounds the year of birth or issue."""
    bare = compact.replace("-", "")
    if len(bare) != 12:
        return _wrong(NumberError("length", f"Ett reservnummer har tolv tecken; det här har {len(bare)}."))
    if _STOCKHOLM.fullmatch(bare):
        return _stockholm(bare, on)
    if national := _NATIONAL.fullmatch(bare):
        prefix = int(national.group(1))
        if prefix == 0 or prefix >= 22:
            return _national(bare, national, on)
    if _VASTRA_GOTALAND.fullmatch(bare):
        return _vastra_gotaland(bare, on)
    if _REGIONAL.fullmatch(bare):
        born, errors = _born(bare[:8], on)
        return _result(bare, "regional", born, None, errors)
    raise AssertionError("looks_like_reserve_number let a text through that no form fits")


def _stockholm(bare: str, on: date) -> Reading:
    errors = []
    issued = int(bare[2:6])
    if not 1900 <= issued <= on.year:
        errors.append(NumberError("year", f"Året {issued} i reservnumret ska vara 1900–{on.year}."))
    if check_digit(bare[4:11]) != int(bare[11]):
        errors.append(WRONG_CHECK_DIGIT)
    return _result(bare, "stockholm", None, None, errors)


def _national(bare: str, parts: re.Match[str], on: date) -> Reading:
    prefix, year, month, day = (int(parts.group(place)) for place in range(1, 5))
    sex_sign = parts.group(6)
    sex = (Sex.MALE if int(sex_sign) % 2 else Sex.FEMALE) if sex_sign.isdigit() else None
    if prefix == 0:
        errors = []
        if not (20 <= month <= 99 and 40 <= day <= 59):
            errors.append(NumberError("serial", "Efter 00 ska ett nationellt reservnummer ha ett löpnummer."))
        return _result(bare, "national", None, sex, errors)
    # The century is raised in steps of three, so what is left over after three tells which century it was.
    century = {1: 19, 2: 20}.get(prefix % 3)
    if century is None:
        return _wrong(NumberError("century", "De två första siffrorna svarar inte mot något sekel."))
    born, errors = _born(f"{century}{year:02d}{month:02d}{day:02d}", on)
    return _result(bare, "national", born, sex, errors)


def _vastra_gotaland(bare: str, on: date) -> Reading:
    born, errors = _born(bare[:8], on)
    letter, running = bare[8], int(bare[9:11])
    if not _agrees(letter, running):
        # Other regions use the general form with the same letters; then nothing more is known of it.
        return _result(bare, "regional", born, None, errors)
    if check_digit(bare[2:11]) != int(bare[11]):
        errors.append(WRONG_CHECK_DIGIT)
    sex = {"K": Sex.FEMALE, "M": Sex.MALE}.get(letter)
    return _result(bare, "vastra_gotaland", born, sex, errors)


def _agrees(letter: str, running: int) -> bool:
    """Whether a running number is one that Västra Götaland gives to the sex the letter says."""
    if letter == "X":
        return 80 <= running <= 89
    return 6 <= running <= 79 and running % 2 == (letter == "M")


def _born(eight: str, on: date) -> tuple[date | None, list[NumberError]]:
    try:
        born = date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None, [NumberError("date", "De åtta första siffrorna ska vara ett datum, ÅÅÅÅMMDD.")]
    if born > on:
        return None, [
            NumberError("future", f"Födelsedatumet ligger efter {on.isoformat()}. Kontrollera datumet.")
        ]
    if born.year < 1800:
        return None, [NumberError("century", "Födelsedatumet ligger före år 1800. Kontrollera datumet.")]
    return born, []


def _wrong(error: NumberError) -> Reading:
    return Reading(NumberType.RESERVE, None, (error,))


def _result(bare: str, scheme: str, born: date | None, sex: Sex | None, errors: list[NumberError]) -> Reading:
    if errors:
        return Reading(NumberType.RESERVE, None, tuple(errors))
    return Reading(NumberType.RESERVE, IdentityNumber(NumberType.RESERVE, bare, born, sex, scheme), ())
