"""All the ways of spending the days that could be part of a roster cheaper than some ceiling.

A way cannot when it is dearer, at the prices of a bound, than the best of its employee by more than lies between the
bound and the ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from egenmakt.staffing.day_shifts.pricing import all_within, price_everybody

if TYPE_CHECKING:
    from egenmakt.staffing.day_shifts.master import Master, Relaxed

STEPS = 60  # so many steps for each way there is room for, before a list is given up
_SLACK = 1e-4
Numbers = NDArray[np.float64]
Rows = NDArray[np.int8]


@dataclass(frozen=True)
class Ways:
    """Ways (N × D) and whose each is, employee after employee."""

    owners: NDArray[np.int64]
    days: Rows


def all_below(master: Master, prices: Numbers, relaxed: Relaxed, ceiling: float, *, most: int) -> Ways | None:
    """Every way that could be part of a roster cheaper than `ceiling`; None when there are more than `most`."""
    nobody = np.zeros(master.staff, np.bool_)
    price_everybody(
        master.tables, prices, relaxed.duals, nobody, master.layers, master.out, master.counts, master.bounds
    )
    spare = ceiling - 1 - relaxed.bound + _SLACK
    out = np.zeros((most, master.days), np.int8)
    counts: list[int] = []
    for owner in range(master.staff):
        new = all_within(
            master.tables, owner, prices[owner], relaxed.duals, master.bounds[owner] + spare, master.layers,
            out[sum(counts) :], STEPS * most,
        )  # fmt: skip
        if new < 0:
            return None
        counts.append(new)
    return Ways(np.repeat(np.arange(master.staff), counts), out[: sum(counts)].copy())
