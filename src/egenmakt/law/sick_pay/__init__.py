"""Sick pay: what the municipality reimburses when the regular assistant is ill (LSS 9 § 2; sjuklönelagen 3–9 §§).

Serves K-21. Guarantees, inputs, rounding and cases with figures are in README.md beside this file. Rules in
`rules`; the computation over shifts, days and years in `reimbursing`.
Pure: the employment and the shifts in, öre out, with a row for each shift and the findings behind every sum.
"""

from __future__ import annotations

from egenmakt.law.sick_pay.reimbursing import (
    Employment,
    Reimbursement,
    Row,
    Shift,
    ShiftError,
    ShiftsRefused,
    SickPeriod,
    reimburse,
)

__all__ = [
    "Employment",
    "Reimbursement",
    "Row",
    "Shift",
    "ShiftError",
    "ShiftsRefused",
    "SickPeriod",
    "reimburse",
]
