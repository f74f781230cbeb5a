"""Choosing one way for each employee among a list of them, by an integer program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import highspy
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from egenmakt.staffing.day_shifts.master import Master

INFINITE = highspy.kHighsInf
Rows = NDArray[np.int8]


def best_of(
    master: Master,
    ways: list[tuple[int, Rows]],
    sums: dict[int, tuple[float, float]],
    cost: float,
    *,
    seconds: float,
    goes_on: Callable[[], bool],
) -> tuple[bool, Rows | None]:
    """The best roster cheaper than `cost` of these ways, one for each employee; whether it surely is the best."""
    if len({owner for owner, _ in ways}) < master.staff:
        return True, None
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", max(0.1, seconds))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999)
    solver.setOptionValue("objective_bound", cost - 0.5)
    count = len(master.needs)
    for _ in range(master.staff):
        solver.addRow(1.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
    for day, kind in master.needs:
        needed = float(master.tables.needed[day, kind])
        solver.addRow(needed, needed, 0, np.zeros(0, np.int32), np.zeros(0))
    for number in range(len(master.summed)):
        low, high = sums.get(number, (-INFINITE, INFINITE))
        solver.addRow(low, high, 0, np.zeros(0, np.int32), np.zeros(0))
    for short in (True, False):
        weights = master.tables.under if short else master.tables.over
        for at, (day, kind) in enumerate(master.needs):
            numbers = [
                number for number, (of, needs) in enumerate(master.summed) if of == short and at in needs
            ]
            on = np.array([master.staff + at, *(master.staff + count + one for one in numbers)], np.int32)
            values = np.array([1.0 if short else -1.0, *([1.0] * len(numbers))])
            solver.addCol(float(weights[day, kind]), 0.0, INFINITE, len(on), on, values)
    first = solver.getNumCol()
    costs, starts, rows = master.entries(ways)
    many = len(ways)
    solver.addCols(many, costs, np.zeros(many), np.ones(many), len(rows), starts, rows, np.ones(len(rows)))
    whole = np.arange(first, first + many, dtype=np.int32)
    solver.changeColsIntegrality(many, whole, np.full(many, highspy.HighsVarType.kInteger.value, np.uint8))

    def asked(event: highspy.HighsCallbackEvent) -> None:
        if not goes_on():
            event.interrupt()

    solver.cbMipInterrupt.subscribe(asked)
    solver.run()
    status = solver.getModelStatus()
    info = solver.getInfo()
    over = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible,
                      highspy.HighsModelStatus.kObjectiveBound)  # fmt: skip
    if (
        info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible
        or solver.getObjectiveValue() > cost - 0.5
    ):
        return over, None
    chosen = np.flatnonzero(np.array(solver.getSolution().col_value)[first:] > 0.5)
    found = np.zeros((master.staff, master.days), np.int8)
    for owner, way in (ways[int(number)] for number in chosen):
        found[owner] = way
    return over, found
