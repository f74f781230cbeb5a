"""Which worked time may not be paid for, because it is over the limits of working time.

Assistance over the limits of ATL 5–10 b §§, of lagen (1970:943) 2–4 §§ or of a collective agreement in their place is
no cost that the municipality pays for (LSS 9 d §) and gives no allowance (SFB 51 kap. 16 §). Breaches of the rules of
rest are breaches too, but not of those sections: they take no payment away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from egenmakt.law.working_time.limits import Limits
from egenmakt.law.working_time.sentences import spoken
from egenmakt.law.working_time.shifts import Block, Horizon, WorkedShift, in_order

CITED = "SFB 51 kap. 16 §, LSS 9 d §"


@dataclass(frozen=True, slots=True)
class NotPaid:
    """How much of a shift may not be paid for, by which rules of working time, and why in Swedish."""

    shift: str
    seconds: int
    rules: tuple[str, ...]
    message: str


def not_payable(
    shifts: Iterable[WorkedShift],
    limits: Limits,
    horizon: Horizon,
    *,
    overtime_s: int = 0,
    average_left_s: int | None = None,
) -> tuple[NotPaid, ...]:
    """The time of each shift that lies over the limits, in the order the shifts are worked.

    Time is over a limit from the second on with which the sum passes it, so it is the last shifts that are not paid for.
    `overtime_s`: how much lawful overtime and mertid there is room for in each block of four weeks beside the ordinary
    time. Time over two limits counts once. A shift that begins outside the horizon is not judged.
    """
    found = []
    total_s = 0
    active_s: dict[Block, int] = {}
    jour_s: dict[Block, int] = {}
    for shift in in_order(shifts):
        block = next((one for one in horizon.blocks if shift.day in one), None)
        if block is None:
            continue
        total_s += shift.total_s
        active_s[block] = active_s.get(block, 0) + shift.active_s
        jour_s[block] = jour_s.get(block, 0) + shift.on_call_s
        over = {
            "ordinary_hours": _over(active_s[block], _ordinary(limits, block, overtime_s), shift.active_s),
            "on_call": _over(jour_s[block], limits.on_call_s, shift.on_call_s),
            "average_hours": _over(total_s, average_left_s, shift.total_s),
        }
        seconds = max(over["ordinary_hours"] + over["on_call"], over["average_hours"])
        if seconds:
            rules = tuple(rule for rule, part in over.items() if part)
            sections = " och ".join(limits.section(rule) or rule for rule in rules)
            told = (
                f"{spoken(seconds)} av passet ligger över arbetstidens gränser ({sections}) och får inte betalas som "
                f"assistans ({CITED})."
            )
            found.append(NotPaid(shift.id, seconds, rules, told))
    return tuple(found)


def _ordinary(limits: Limits, block: Block, overtime_s: int) -> int | None:
    if limits.ordinary_s is None:
        return None
    return limits.ordinary_s * block.weeks // 4 + overtime_s


def _over(sum_s: int, most_s: int | None, shift_s: int) -> int:
    """How much of the shift that was added last lies over the limit."""
    return 0 if most_s is None else min(shift_s, max(0, sum_s - most_s))
