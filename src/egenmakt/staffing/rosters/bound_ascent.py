"""A bound that rises: prices on the kinds of shifts of each person, changed until nobody would take too many or too few.

Whatever the prices, everybody's least cost at these prices, plus the prices of all shifts, is below the cost of every
lawful roster: in a lawful roster each shift's price is paid out once and taken in once. So each step gives a true
bound, in whole numbers. The prices are moved along a slowly forgotten mean of what is still wanted or too much (the
volume algorithm of Barahona and Anbil), as far as the best roster known allows hope.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from egenmakt.staffing.rosters.arrays import Array, Arrays
from egenmakt.staffing.rosters.bound_kernel import everybody
from egenmakt.staffing.rosters.bound_parts import priced

MOST_PRICE = 1 << 38
HOPE, MOST_HOPE, LEAST_HOPE = 0.02, 2.0, 1e-4  # how much of the distance to the best roster one step goes
MORE, LESS = 1.1, 0.8
PATIENCE = 5  # steps without a better bound
LEAST_NEW, MOST_NEW = 0.03, 0.3  # how much of the mean is the last step's


class Ascent:
    """The bound of one roster, and the prices that give it. `bound` only rises; `is_done` once steps are too short."""

    def __init__(self, arrays: Arrays, hour_prices: Array) -> None:
        """`hour_prices`: what a second of help costs for each person, to begin with."""
        self._arrays = arrays
        self._of = of = priced(arrays)
        self._prices = of.active * hour_prices[of.person]
        self._could = of.kind >= 0
        self._hope, self._waited = HOPE, 0
        self.bound, self._mean = self._at(self._prices)

    @property
    def is_done(self) -> bool:
        """Whether further steps would be too short to help."""
        return self._hope < LEAST_HOPE or not len(self._mean)

    def step(self, known: int) -> None:
        """Try other prices; `known` is what the best roster so far costs."""
        length = float((self._mean**2).sum())
        if length < 1e-9 or known <= self.bound:
            self._hope = 0.0
            return
        prices = self._prices + self._hope * (known - self.bound) / length * self._mean
        bound, wanted = self._at(prices)
        change = wanted - self._mean
        if bound > self.bound:
            if float(wanted @ self._mean) > 0:
                self._hope = min(MOST_HOPE, self._hope * MORE)
            self.bound, self._prices, self._waited = bound, prices, 0
        else:
            self._waited += 1
            if self._waited >= PATIENCE:
                self._hope, self._waited = self._hope * LESS, 0
        size = float((change**2).sum())
        best = -float(self._mean @ change) / size if size else 0.0
        self._mean = self._mean + min(max(best, LEAST_NEW), MOST_NEW) * change

    def _at(self, prices: Array) -> tuple[int, Array]:
        """The bound at these prices, and how many more of each kind are needed than are taken."""
        of = self._of
        whole = np.rint(np.clip(prices, -MOST_PRICE, MOST_PRICE)).astype(np.int64)
        bound = everybody(self._arrays, of.parts, whole, of.desk)
        of_shift = whole[of.kind] + np.where(of.weekend >= 0, whole[of.weekend], 0)
        saved = of.left_open - of_shift
        open_ = self._could & (saved < 0)
        total = int(bound) + of.surely + int((of.need * whole).sum()) + int(saved[open_].sum())
        wanted = of.need - of.desk.taken
        if open_.any():
            wanted = wanted - np.bincount(of.kind[open_], minlength=len(wanted))
            wanted = wanted - np.bincount(of.weekend[open_ & (of.weekend >= 0)], minlength=len(wanted))
        return total, wanted


@contextmanager
def rising(
    arrays: Arrays,
    hour_prices: Array,
    known: Callable[[], int],
    risen: Callable[[int], None],
    share: float,
) -> Iterator[None]:
    """Let the bound rise in a thread of its own that takes this share of one processor.

    `known` is asked what the best roster costs, `risen` told each bound.
    """
    ended = threading.Event()

    def rise() -> None:
        ascent = Ascent(arrays, hour_prices)
        risen(ascent.bound)
        while not ascent.is_done:
            began = time.thread_time()
            ascent.step(known())
            risen(ascent.bound)
            if ended.wait((time.thread_time() - began) * (1 / share - 1)):
                return

    thread = threading.Thread(target=rise, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
