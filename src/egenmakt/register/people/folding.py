"""Names as they sound: what makes `Carlsson` and `Karlson`, `Lindkvist` and `Lindqvist`, `Åkesson` and `Akeson`
alike.

The stored names are folded by the database (a generated column), what is searched for by Python, both from the
same table; a test holds that they agree.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower

# one sign to one sign: accents fall away, and letters that Swedish names use for the same sound become one
_FROM = "åäöæøéèêëēęüúùûūáàâãāăąíìîïīıóòôõōñńňçćčýÿšśșşžźżðđłřţțťwzqc"
_TO = "aaoaoeeeeeeuuuuuaaaaaaaiiiiiiooooonnnkkkyysssssssddlrtttvskk"
_SOUNDS = (
    ("x", "ks"),
    ("ph", "f"),
    ("th", "t"),
    ("kh", "k"),
    ("dt", "t"),
    ("[^a-z]+", " "),
    (r"(.)\1+", r"\1"),
)
_SIGNS = str.maketrans(_FROM, _TO)


def folded(expression: Combinable | str) -> Func:
    """In the database: the text of a column or a value in small letters a–z and single spaces, as it sounds."""
    source: Any = F(expression) if isinstance(expression, str) else expression
    text: Func = Func(Lower(source), Value(_FROM), Value(_TO), function="translate", output_field=TextField())
    for pattern, sound in _SOUNDS:
        text = Func(
            text,
            Value(pattern),
            Value(sound),
            Value("g"),
            function="regexp_replace",
            output_field=TextField(),
        )
    return text


def fold(text: str) -> str:
    """The same in Python."""
    found = text.replace("İ", "i").lower().translate(_SIGNS)  # Python would make two signs of the first
    for pattern, sound in _SOUNDS:
        found = re.sub(pattern, sound, found)
    return found
