"""Names as they sound: what makes `Carlsson` and `Karlson`, `Lindkvist` and `Lindqvist`, `Åkesson` and
`Akeson` alike.

The same expression folds the stored names (a generated column) and what is searched for, both in the
database, so the two can never differ.
"""

from __future__ import annotations

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


def folded(expression: Combinable | str) -> Func:
    """The text of a column or a value in small letters a–z and single spaces, as it sounds in Swedish."""
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
