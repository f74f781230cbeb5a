"""`egenmakt sick-pay FILE`: what the municipality reimburses when the regular assistant is ill."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.law.parameters import NoParameter
from egenmakt.law.rules import NoRule
from egenmakt.law.sick_pay import (
    Employment,
    Reimbursement,
    Row,
    Shift,
    ShiftError,
    ShiftsRefused,
    SickPeriod,
    reimburse,
)
from egenmakt.site.commands.clock_times import FOLDS, clock_times
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import Fields

MOST_SHIFTS = 1_000
MOST_DEDUCTIONS = 366
MOST_PAY = Decimal("100000.00")
HOURS_OF_A_WEEK = 168

_PERIOD = ("sick_from", "previous_period_ended", "deductions_last_12_months")


def run(arguments: Sequence[str]) -> int:
    """Read one illness, print the reimbursement. Exit 0 computed, 2 wrong input, 3 no rule for that time."""
    try:
        document, repeated = read_document(arguments)
    except NotReadable as error:
        return refuse(error.errors)
    errors = list(repeated)
    fields = Fields(document, errors)
    fields.only(["employment", *_PERIOD, "shifts"], ["previous_period_started", "high_risk_protection"])
    period = _period(fields)
    employment = _employment(fields.inner("employment"), period)
    read = [(place, _shift(shift)) for place, shift in enumerate(fields.objects("shifts", MOST_SHIFTS))]
    shifts = {place: shift for place, shift in read if shift is not None}
    if errors or employment is None or period is None:
        return refuse(errors)
    try:
        found = reimburse(employment, period, list(shifts.values()))
    except ShiftsRefused as refused:
        return refuse(_located(error, list(shifts)) for error in refused.errors)
    except SummerTimeUnknown as error:
        return no_answer("shifts", str(error))
    except (NoParameter, NoRule) as error:
        return no_answer("sick_from", error.message, name=error.name)
    print_document(_answer(found))
    return DONE


def _period(fields: Fields) -> SickPeriod | None:
    sick_from = fields.day("sick_from")
    ended = None if fields.is_null("previous_period_ended") else fields.day("previous_period_ended")
    started = None if fields.is_null("previous_period_started") else fields.day("previous_period_started")
    deductions = fields.whole("deductions_last_12_months", 0, MOST_DEDUCTIONS)
    protected = fields.yes_or_no("high_risk_protection")
    if sick_from is not None and ended is not None and ended >= sick_from:
        fields.fail(
            "previous_period_ended", "Den förra sjukperioden ska ha slutat före den första sjukdagen."
        )
    if started is not None and ended is None:
        fields.fail("previous_period_started", "Ange också när den förra sjukperioden slutade.")
    if started is not None and ended is not None and started > ended:
        fields.fail("previous_period_started", "Den förra sjukperioden ska ha börjat innan den slutade.")
    if sick_from is None or deductions is None:
        return None
    return SickPeriod(sick_from, ended, started, deductions, protected or False)


def _employment(fields: Fields | None, period: SickPeriod | None) -> Employment | None:
    if fields is None:
        return None
    fields.only(["born", "hourly_pay", "average_hours_per_week", "holiday_rate", "agreement_rate"])
    born = fields.day("born")
    pay = fields.decimal("hourly_pay", Decimal("0.01"), MOST_PAY, 2)
    hours = fields.number("average_hours_per_week", 0, HOURS_OF_A_WEEK)
    holiday = fields.decimal("holiday_rate", Decimal(0), Decimal(1), 6)
    agreement = fields.decimal("agreement_rate", Decimal(0), Decimal(1), 6)
    if born is not None and period is not None and born >= period.sick_from:
        fields.fail("born", "Arbetstagaren ska vara född före den första sjukdagen.")
    if born is None or pay is None or hours is None or holiday is None or agreement is None:
        return None
    return Employment(
        born,
        _whole(pay * 100),
        _whole(hours * 3600),
        _whole(holiday * 1_000_000),
        _whole(agreement * 1_000_000),
    )


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))


def _shift(fields: Fields) -> Shift | None:
    fields.only(["from", "to", "supplement", "substitute_worked"], FOLDS)
    times = clock_times(fields)
    supplement = fields.decimal("supplement", Decimal(0), MOST_PAY, 2)
    worked = fields.yes_or_no("substitute_worked")
    if times is None or supplement is None or worked is None:
        return None
    return Shift(*times, _whole(supplement * 100), worked)


def _located(error: ShiftError, places: Sequence[int]) -> InputRefused:
    path = f"shifts[{places[error.index]}]" + (f".{error.field}" if error.field else "")
    message = error.message
    if error.other is not None:
        message = f"{message[:-1]} (shifts[{places[error.other]}])."
    return InputRefused(path, message)


def _answer(found: Reimbursement) -> dict[str, object]:
    return {
        "lost_pay": _kronor(found.lost_pay_ore),
        "gross_sick_pay": _kronor(found.gross_sick_pay_ore),
        "qualifying_deduction": _kronor(found.qualifying_deduction_ore),
        "sick_pay": _kronor(found.sick_pay_ore),
        "holiday": _kronor(found.holiday_ore),
        "contributions": _kronor(found.contributions_ore),
        "agreement_costs": _kronor(found.agreement_costs_ore),
        "reimbursement": _kronor(found.reimbursement_ore),
        "days": list(found.days),
        "rows": [_row(row) for row in found.rows],
        "findings": [found.finding.to_json()],
        "unverified": list(found.unverified),
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "from": row.shift.begins.isoformat(timespec="minutes"),
        "to": row.shift.ends.isoformat(timespec="minutes"),
        "days": list(row.days),
        "counted_s": row.counted_s,
        "lost_pay": _kronor(row.pay_ore),
        "counts": row.counted_s > 0,
        "reason": row.reason,
    }


def _kronor(ore: int) -> str:
    return f"{ore // 100}.{ore % 100:02}"
