"""Counting what one illness costs: which time of which shifts counts, and the sums. See README.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from egenmakt.law.books import Ruling
from egenmakt.law.calendar import ClockTimeMissing, seconds_between
from egenmakt.law.findings import Citation, Finding, Outcome
from egenmakt.law.parameters import parameter
from egenmakt.law.sick_pay.book import book

EXTRA_COST = Citation("LSS", "9 §", "2", "2010:480")
_ONE_DAY = timedelta(days=1)
_YOUTH = "2026:100"


@dataclass(frozen=True, slots=True)
class Employment:
    """The sick assistant's terms: pay in öre an hour, seconds a week, rates in millionths of the pay."""

    born: date
    hourly_pay_ore: int
    average_s_per_week: int
    holiday_rate: int
    agreement_rate: int


@dataclass(frozen=True, slots=True)
class SickPeriod:
    """The illness. `previous_ended` is the last day of an earlier one at the same employer, None without; then
    `previous_started` is its first day, where that is known."""

    sick_from: date
    previous_ended: date | None = None
    previous_started: date | None = None
    deductions_last_12_months: int = 0
    high_risk_protection: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift the sick assistant should have worked: Swedish clock times, its supplements in öre, and whether
    a substitute worked it."""

    begins: datetime
    ends: datetime
    supplement_ore: int
    substitute_worked: bool


@dataclass(frozen=True, slots=True)
class ShiftError:
    """What is wrong with the shift at `index`; `field` is `from`, `to` or empty, `other` the shift it overlaps."""

    index: int
    field: str
    message: str
    other: int | None = None


class ShiftsRefused(ValueError):
    """The shifts cannot be counted. `errors` holds every error."""

    def __init__(self, errors: Sequence[ShiftError]) -> None:
        super().__init__(" ".join(error.message for error in errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Row:
    """One shift: on which days of the sick-pay period it lies, the time and pay that count, and why."""

    shift: Shift
    days: tuple[int, ...]
    counted_s: int
    pay_ore: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """What the municipality reimburses, in öre, with the days and shifts behind it and why."""

    lost_pay_ore: int
    gross_sick_pay_ore: int
    qualifying_deduction_ore: int
    sick_pay_ore: int
    holiday_ore: int
    contributions_ore: int
    agreement_costs_ore: int
    reimbursement_ore: int
    days: tuple[int, ...]
    rows: tuple[Row, ...]
    finding: Finding
    unverified: tuple[str, ...]


@dataclass(slots=True)
class _Piece:
    """The part of a shift on one day: its day in the sick-pay period, and whether it counts."""

    shift: int
    day: date
    period_day: int
    seconds: int
    supplement_ore: int
    counts: bool
    pay_ore: int = 0


@dataclass(slots=True)
class _Count:
    """What is asked of the book, and what of it was unverified."""

    employment: Employment
    period: SickPeriod
    unverified: set[str] = field(default_factory=set)

    def ask(self, rule: str, on: date, **facts: object) -> Ruling:
        ruling = book().ask(rule, on, facts, born=self.employment.born)
        self.unverified.update(ruling.unverified)
        return ruling


def reimburse(employment: Employment, period: SickPeriod, shifts: Sequence[Shift]) -> Reimbursement:
    """What the municipality reimburses for the illness. Raises ShiftsRefused with every fault of the shifts, and
    NoRule or NoParameter for a time the law kept here does not reach."""
    _refuse_faulty(shifts)
    count = _Count(employment, period)
    pieces = [piece for index, shift in enumerate(shifts) for piece in _pieces(count, index, shift)]
    _pay(count, [piece for piece in pieces if piece.counts])
    deduction = count.ask(
        "qualifying_deduction_ore",
        period.sick_from,
        average_s_per_week=employment.average_s_per_week,
        hourly_pay_ore=employment.hourly_pay_ore,
        deductions_last_12_months=period.deductions_last_12_months,
        high_risk_protection=period.high_risk_protection,
        days_since_previous_period=_days_since(period),
    )
    years = _years(count, pieces, deduction.value)
    totals = {
        name: sum(ruling.trace[name] for ruling in years)
        for name in (
            "lost_pay_ore", "gross_sick_pay_ore", "sick_pay_ore", "holiday_ore", "contributions_ore",
            "agreement_costs_ore", "reimbursement_ore",
        )
    }  # fmt: skip
    rows = tuple(_row(count, index, shift, pieces) for index, shift in enumerate(shifts))
    finding = Finding(
        rule="sick_pay_reimbursement",
        citation=EXTRA_COST,
        outcome=Outcome.MET if totals["reimbursement_ore"] else Outcome.NOT_MET,
        reason=_sentence(totals["reimbursement_ore"]),
        facts={"born": employment.born, "sick_from": period.sick_from},
        result=totals["reimbursement_ore"],
        children=(deduction.finding, *(ruling.finding for ruling in years), *_remarks(count, pieces)),
    )
    return Reimbursement(
        qualifying_deduction_ore=deduction.value,
        days=tuple(sorted({piece.period_day for piece in pieces if piece.counts})),
        rows=rows,
        finding=finding,
        unverified=tuple(sorted(count.unverified)),
        **totals,
    )


def _days_since(period: SickPeriod) -> int | None:
    return (period.sick_from - period.previous_ended).days if period.previous_ended else None


def _days_before(period: SickPeriod) -> int:
    """The calendar days of the earlier period, the first and the last counted; none where it is not known."""
    if period.previous_ended is None or period.previous_started is None:
        return 0
    return (period.previous_ended - period.previous_started).days + 1


def _pieces(count: _Count, index: int, shift: Shift) -> Iterator[_Piece]:
    """The shift cut at each midnight. A supplement is shared over the parts by their time, to the öre."""
    cuts = [shift.begins]
    while cuts[-1].date() < shift.ends.date():
        cuts.append(datetime.combine(cuts[-1].date() + _ONE_DAY, datetime.min.time()))
    if cuts[-1] < shift.ends:
        cuts.append(shift.ends)
    whole = seconds_between(shift.begins, shift.ends)
    passed = given = 0
    for begins, ends in pairwise(cuts):
        seconds = seconds_between(begins, ends)
        passed += seconds
        share = (2 * shift.supplement_ore * passed + whole) // (2 * whole) - given
        given += share
        ruling = count.ask(
            "counts_for_reimbursement",
            count.period.sick_from,
            substitute_worked=shift.substitute_worked,
            days_into_illness=(begins.date() - count.period.sick_from).days,
            days_since_previous_period=_days_since(count.period),
            days_of_earlier_period=_days_before(count.period),
        )
        yield _Piece(index, begins.date(), ruling.trace["period_day"], seconds, share, ruling.value)


def _pay(count: _Count, counted: Iterable[_Piece]) -> None:
    """Give each part its pay so that the parts of a year add up to the year's pay, rounded once."""
    seconds: dict[int, int] = {}
    supplements: dict[int, int] = {}
    paid: dict[int, int] = {}
    for piece in sorted(counted, key=lambda one: one.day):
        year = piece.day.year
        seconds[year] = seconds.get(year, 0) + piece.seconds
        supplements[year] = supplements.get(year, 0) + piece.supplement_ore
        so_far = count.ask(
            "lost_pay_ore",
            piece.day,
            counted_s=seconds[year],
            hourly_pay_ore=count.employment.hourly_pay_ore,
            supplements_ore=supplements[year],
        ).value
        piece.pay_ore = so_far - paid.get(year, 0)
        paid[year] = so_far


def _years(count: _Count, pieces: Sequence[_Piece], deduction_ore: int) -> list[Ruling]:
    """The costs of each calendar year, since the contributions are the year's; the deduction is made from the
    first days."""
    counted = [piece for piece in pieces if piece.counts]
    found = []
    left = deduction_ore
    for year in sorted({piece.day.year for piece in counted} or {count.period.sick_from.year}):
        of_year = [piece for piece in counted if piece.day.year == year]
        on = min((piece.day for piece in of_year), default=count.period.sick_from)
        ruling = count.ask(
            "reimbursement_ore",
            on,
            counted_s=sum(piece.seconds for piece in of_year),
            hourly_pay_ore=count.employment.hourly_pay_ore,
            supplements_ore=sum(piece.supplement_ore for piece in of_year),
            deduction_left_ore=left,
            holiday_rate=count.employment.holiday_rate,
            agreement_rate=count.employment.agreement_rate,
        )
        left = max(0, left - ruling.trace["gross_sick_pay_ore"])
        found.append(ruling)
    return found


def _row(count: _Count, index: int, shift: Shift, pieces: Sequence[_Piece]) -> Row:
    own = [piece for piece in pieces if piece.shift == index]
    counted = [piece for piece in own if piece.counts]
    outside = [piece for piece in own if shift.substitute_worked and not piece.counts]
    if not shift.substitute_worked:
        reason = "Räknas inte: ingen vikarie arbetade passet."
    elif not counted:
        reason = _outside(own)
    elif outside:
        reason = f"Delvis räknat. Resten av passet: {_outside(outside)[0].lower()}{_outside(outside)[1:]}"
    else:
        reason = f"Räknas: {_days(counted)} i sjuklöneperioden, och en vikarie arbetade."
    return Row(
        shift=shift,
        days=tuple(sorted({piece.period_day for piece in counted})),
        counted_s=sum(piece.seconds for piece in counted),
        pay_ore=sum(piece.pay_ore for piece in counted),
        reason=reason,
    )


def _days(pieces: Sequence[_Piece]) -> str:
    days = sorted({piece.period_day for piece in pieces})
    return f"dag {days[0]}" if len(days) == 1 else f"dag {days[0]}–{days[-1]}"


def _outside(pieces: Sequence[_Piece]) -> str:
    if pieces[0].period_day < 1:
        return "Räknas inte: före den första sjukdagen."
    return "Räknas inte: efter dag 14. Då betalar Försäkringskassan sjukpenning, och arbetsgivaren ingen sjuklön."


def _remarks(count: _Count, pieces: Sequence[_Piece]) -> Iterator[Finding]:
    """What somebody should look into: a period that continues without its first day, protection, young age."""
    period = count.period
    probe = count.ask(
        "continues_earlier_period", period.sick_from, days_since_previous_period=_days_since(period)
    )
    if probe.value and period.previous_started is None:
        yield Finding(
            rule="days_of_earlier_period",
            citation=probe.finding.citation,
            outcome=Outcome.UNCLEAR,
            reason="Den tidigare sjuklöneperioden fortsätter, men dess första dag är inte angiven. Dagarna räknas "
            "därför från dag 1. Tillsammans får de två perioderna omfatta fjorton dagar.",
            facts={"previous_period_ended": period.previous_ended},
        )
    if count.employment.agreement_rate:
        base = count.ask(
            "agreement_costs_ore",
            period.sick_from,
            **dict.fromkeys(("counted_s", "hourly_pay_ore", "supplements_ore", "deduction_left_ore"), 0),
            holiday_rate=count.employment.holiday_rate,
            agreement_rate=count.employment.agreement_rate,
        )
        yield Finding(
            rule="agreement_base",
            citation=base.finding.citation,
            outcome=Outcome.UNCLEAR,
            reason="Avtalets procentsats räknas på sjuklön och semesterersättning. Kontrollera i kollektivavtalet vilken "
            "lön den avser.",
            facts={"agreement_rate": f"{count.employment.agreement_rate / 1000000:f}"},
        )
    if period.high_risk_protection:
        paid = count.ask("agency_pays_employer", period.sick_from, high_risk_protection=True)
        yield Finding(
            rule="agency_pays_employer",
            citation=paid.finding.citation,
            outcome=Outcome.UNCLEAR,
            reason=f"{paid.finding.reason} Dra av det som Försäkringskassan har betalat.",
            facts={"high_risk_protection": True},
        )
    for year in sorted({piece.day.year for piece in pieces if piece.counts}):
        first = min(piece.day for piece in pieces if piece.counts and piece.day.year == year)
        dated = parameter("employer_contributions").at(first, born=count.employment.born)
        if dated.citation.version == _YOUTH:
            yield Finding(
                rule="reduced_contributions",
                citation=dated.citation,
                outcome=Outcome.UNCLEAR,
                reason="Avgiften är sänkt för unga på lön upp till 25 000 kronor i månaden. Kontrollera att månadens "
                "hela lön inte är högre; på det som överstiger betalas full avgift.",
                facts={"born": count.employment.born, "year": year},
                result=dated.value,
            )


def _sentence(total_ore: int) -> str:
    if not total_ore:
        return "Inget ersätts: inget pass ligger i sjuklöneperioden och har arbetats av en vikarie."
    amount = f"{total_ore // 100:,},{total_ore % 100:02}".replace(
        ",", "\u00a0", f"{total_ore // 100:,}".count(",")
    )
    return (
        f"Kommunen ersätter {amount} kronor, den faktiska merkostnaden när den ordinarie assistenten är sjuk."
    )


def _refuse_faulty(shifts: Sequence[Shift]) -> None:
    errors: list[ShiftError] = []
    sound: list[int] = []
    for index, shift in enumerate(shifts):
        own = list(_faults(index, shift))
        errors.extend(own)
        if not own:
            sound.append(index)
    sound.sort(key=lambda index: (shifts[index].begins, shifts[index].ends))
    latest: int | None = None
    for index in sound:
        if latest is not None and seconds_between(shifts[index].begins, shifts[latest].ends) > 0:
            errors.append(ShiftError(index, "", "Passet överlappar ett annat pass.", latest))
        if latest is None or shifts[index].ends > shifts[latest].ends:
            latest = index
    if errors:
        raise ShiftsRefused(sorted(errors, key=lambda error: error.index))


def _faults(index: int, shift: Shift) -> Iterator[ShiftError]:
    for name, clock in (("from", shift.begins), ("to", shift.ends)):
        try:
            seconds_between(clock, clock)
        except ClockTimeMissing as error:
            yield ShiftError(index, name, str(error))
            return
    if seconds_between(shift.begins, shift.ends) <= 0:
        yield ShiftError(index, "to", "Passet ska sluta efter att det har börjat.")
