"""How functions of the search are compiled: once on each machine, kept on disk, free of the interpreter's lock.

They hold no objects and allocate nothing, so counting references is turned off: it would cost more than the search
itself, and make threads wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def compiled(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile a function that neither allocates nor raises."""
    return cast(
        "Callable[Parameters, Result]",
        njit(cache=True, nogil=True, _nrt=False)(function),  # type: ignore[call-overload]
    )


def inlined(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Compile a small function into each place that calls it."""
    return cast(
        "Callable[Parameters, Result]",
        njit(cache=True, nogil=True, _nrt=False, inline="always")(function),  # type: ignore[call-overload]
    )
