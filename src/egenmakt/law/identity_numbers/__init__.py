"""Identity numbers: reads personal, coordination, reserve and organisation numbers, with all errors.

Serves K-01 and H-17 (the right person applies) and the register. Pure: the day on which a number is read is a
fact, since a ten-digit number means another century on another day. Numbers print masked.
"""

from egenmakt.law.identity_numbers.number import (
    IdentityNumber,
    InvalidIdentityNumber,
    NumberError,
    NumberType,
    Reading,
    Sex,
)
from egenmakt.law.identity_numbers.reading import parse_number, read_number

__all__ = [
    "IdentityNumber",
    "InvalidIdentityNumber",
    "NumberError",
    "NumberType",
    "Reading",
    "Sex",
    "parse_number",
    "read_number",
]
