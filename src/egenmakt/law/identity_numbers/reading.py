"""Reading a text as an identity number: which type it is, whether it is right, and everything that is wrong.

Accepted: ten or twelve characters with or without a hyphen (or the plus sign that says hundred years), spaces
around it, and the dashes word processors put in. Reserve numbers are read by `reserve`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from egenmakt.law.identity_numbers.luhn import check_digit
from egenmakt.law.identity_numbers.number import (
    WRONG_CHECK_DIGIT,
    IdentityNumber,
    InvalidIdentityNumber,
    NumberError,
    NumberType,
    Reading,
    Sex,
)
from egenmakt.law.identity_numbers.reserve import looks_like_reserve_number, read_reserve_number

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_SHAPE = re.compile(r"([0-9]{2})?([0-9]{6})([-+]?)([0-9]{4})")
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
COORDINATION_SHIFT = 60


def parse_number(text: str, *, on: date) -> IdentityNumber:
    """The number a text holds, as read on the day `on`. Raises `InvalidIdentityNumber` with every error."""
    reading = read_number(text, on=on)
    if reading.number is None:
        raise InvalidIdentityNumber(reading)
    return reading.number


def read_number(text: str, *, on: date) -> Reading:
    """Read a text as an identity number on the day `on`.

    Guarantees: either `number` or at least one error, never both; the type is given also for a wrong number.
    """
    compact = text.strip().translate(_DASHES).upper()
    if looks_like_reserve_number(compact):
        return read_reserve_number(compact, on=on)
    shape = _SHAPE.fullmatch(compact)
    if shape is None:
        return Reading(_resembled_type(compact), None, (_shape_error(compact),))
    century, six, separator, four = shape.groups()
    if int(six[2]) >= 2 and century in (None, "16"):
        return _read_organisation_number(six, separator, four)
    return _read_person(century, six, separator, four, on)


def _shape_error(compact: str) -> NumberError:
    if not compact:
        return NumberError("empty", "Skriv ett nummer.")
    digits = sum(character in "0123456789" for character in compact)
    if re.fullmatch(r"[0-9+-]*", compact) is None:
        return NumberError("characters", "Numret får bara ha siffror och ett bindestreck eller plustecken.")
    if digits not in (10, 12):
        return NumberError(
            "length", f"Numret ska ha 10 eller 12 siffror (ÅÅÅÅMMDD-NNNN); det här har {digits}."
        )
    return NumberError("separator", "Bindestrecket eller plustecknet ska stå före de fyra sista siffrorna.")


def _resembled_type(compact: str) -> NumberType:
    """The type a badly shaped text most resembles, judged by the place of the month and the day."""
    digits = "".join(character for character in compact if character in "0123456789")
    six = digits[2:8] if len(digits) > 10 else digits[:6]
    if len(six) == 6 and len(digits) <= 10 and int(six[2]) >= 2:
        return NumberType.ORGANISATION
    if len(six) == 6 and int(six[4:]) > COORDINATION_SHIFT:
        return NumberType.COORDINATION
    return NumberType.PERSONAL


def _read_person(century: str | None, six: str, separator: str, four: str, on: date) -> Reading:
    day_digits = int(six[4:])
    kind = NumberType.COORDINATION if day_digits > COORDINATION_SHIFT else NumberType.PERSONAL
    shift = COORDINATION_SHIFT if kind is NumberType.COORDINATION else 0
    errors: list[NumberError] = []

    year = _year(century, int(six[:2]), separator, on)
    if century is not None and century not in ("18", "19", "20"):
        errors.append(NumberError("century", "Med tolv siffror ska numret börja med 18, 19 eller 20."))
    elif century is not None and separator == "+" and on.year - year < 100:
        errors.append(
            NumberError(
                "separator", "Plustecken skrivs först det år då personen fyller 100. Skriv bindestreck."
            )
        )

    month, day = int(six[2:4]), day_digits - shift
    born, date_errors = _born(year, month, day, shift)
    errors += date_errors
    if born is not None and born > on:
        errors.append(
            NumberError("future", f"Födelsedatumet ligger efter {on.isoformat()}. Kontrollera datumet.")
        )
    if four[:3] == "000":
        errors.append(NumberError("individual_number", "De tre siffrorna före den sista kan inte vara 000."))
    if check_digit(six + four[:3]) != int(four[3]):
        errors.append(WRONG_CHECK_DIGIT)
    if errors or born is None:
        return Reading(kind, None, tuple(errors))
    sex = Sex.MALE if int(four[2]) % 2 else Sex.FEMALE
    return Reading(kind, IdentityNumber(kind, f"{year:04d}{six[2:]}{four}", born, sex), ())


def _year(century: str | None, in_century: int, separator: str, on: date) -> int:
    """The year of birth: as written, or the latest that fits; a plus sign moves it a hundred years back."""
    if century is not None:
        return int(century) * 100 + in_century
    base = on.year - 100 if separator == "+" else on.year
    return base - (base - in_century) % 100


def _born(year: int, month: int, day: int, shift: int) -> tuple[date | None, list[NumberError]]:
    errors = []
    if not 1 <= month <= 12:
        errors.append(NumberError("month", f"Månaden {month:02d} finns inte. Månaden ska vara 01–12."))
    if not 1 <= day <= 31:
        allowed = f"{1 + shift:02d}–{31 + shift}"
        errors.append(NumberError("day", f"Dagen {day + shift:02d} finns inte. Dagen ska vara {allowed}."))
    if errors or year < 1:
        return None, errors
    days = calendar.monthrange(year, month)[1]
    if day > days:
        name = _MONTHS[month - 1]
        return None, [NumberError("day", f"Dagen finns inte: {name} {year} har {days} dagar.")]
    return date(year, month, day), []


def _read_organisation_number(six: str, separator: str, four: str) -> Reading:
    errors = []
    if separator == "+":
        errors.append(
            NumberError("separator", "Organisationsnummer skrivs med bindestreck, inte plustecken.")
        )
    if six[0] in "04":
        errors.append(NumberError("group", "Ett organisationsnummer börjar med 1, 2, 3, 5, 6, 7, 8 eller 9."))
    if check_digit(six + four[:3]) != int(four[3]):
        errors.append(WRONG_CHECK_DIGIT)
    if errors:
        return Reading(NumberType.ORGANISATION, None, tuple(errors))
    return Reading(NumberType.ORGANISATION, IdentityNumber(NumberType.ORGANISATION, f"16{six}{four}"), ())
