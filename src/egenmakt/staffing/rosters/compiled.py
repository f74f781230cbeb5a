"""How functions of the search are compiled: once on each machine, kept on disk, free of the interpreter's lock.

They hold no objects and allocate nothing, so counting references is turned off: it would cost more than the search
itself, and make threads wait for each other.

What is kept is kept under a name made of the text of all of them. Numba looks only at the file of the function itself,
and would go on using yesterday's rules inside a function that calls today's.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import numba
from numba import njit

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

HERE = Path(__file__).parent
TOGETHER = ("arrays", "calendars", "compiled", "state", "moves", "renewing", "annealing", "bound_kernel")


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile a function that neither allocates nor raises."""
    return _kept(function, inline="never")


def inlined(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile a small function into each place that calls it."""
    return _kept(function, inline="always")


def _kept(function: Callable[Parameters, Result], inline: str) -> Callable[Parameters, Result]:
    before = numba.config.CACHE_DIR  # type: ignore[attr-defined]
    numba.config.CACHE_DIR = str(_folder())  # type: ignore[attr-defined]
    try:
        made = njit(cache=True, nogil=True, _nrt=False, inline=inline)(function)  # type: ignore[call-overload]
    finally:
        numba.config.CACHE_DIR = before  # type: ignore[attr-defined]
    return cast("Callable[Parameters, Result]", made)


@cache
def _folder() -> Path:
    """A folder to write in, of the text of these modules: beside them, else in the user's cache, else for the moment."""
    texts = b"".join((HERE / f"{name}.py").read_bytes() for name in TOGETHER)
    name = f"rosters-{hashlib.sha256(texts).hexdigest()[:16]}"
    for parent in (HERE / "__pycache__", Path.home() / ".cache" / "egenmakt"):
        try:
            (parent / name).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=parent / name):
                return parent / name
        except OSError:
            continue
    return Path(tempfile.mkdtemp(prefix=name))
