"""The clock: the only place that asks what time it is.

Every other room takes a date as an argument or calls `today()` and `now()` here, so that tests and the
demo can stand on another day, and so that a deadline never depends on when a job happened to run.
Serves H-13, H-19, H-22.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


class ClockIsFixed(RuntimeError):
    """Raised when someone tries to move the clock outside test mode."""


def _test_mode() -> bool:
    return os.environ.get("EGENMAKT_TEST_MODE") == "1"


def _started_shift() -> timedelta:
    """The shift asked for at start by EGENMAKT_TODAY (test mode only): the same clock time on another day."""
    wanted = os.environ.get("EGENMAKT_TODAY")
    if not wanted or not _test_mode():
        return timedelta()
    return date.fromisoformat(wanted) - datetime.now(SWEDEN).date()


_base_shift = _started_shift()


def now() -> datetime:
    """The present moment, with the Swedish time zone."""
    return datetime.now(SWEDEN) + _base_shift + _shift.get()


def today() -> date:
    """The present date in Sweden."""
    return now().date()


@contextmanager
def at(moment: date | datetime) -> Iterator[None]:
    """Stand on another moment for the length of a block. Only in test mode.

    A bare date means noon on that day. Raises ClockIsFixed in production.
    """
    if not _test_mode():
        raise ClockIsFixed("Klockan kan bara flyttas i testläge (EGENMAKT_TEST_MODE=1).")
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=SWEDEN)
    token = _shift.set(moment - datetime.now(SWEDEN) - _base_shift)
    try:
        yield
    finally:
        _shift.reset(token)
