"""Breaks, overtime, long averages, notice, and what is not paid for: as the table of cases says."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from tests.law.working_time.roster_cases import ORDINARY, clock, seconds, shifts

from egenmakt.law import Answer, NoParameter
from egenmakt.law.working_time import further
from egenmakt.law.working_time.book import book
from egenmakt.law.working_time.further import Overtime, TimeOver
from egenmakt.law.working_time.limits import SECTIONS, Limits, Regime, limits_on
from egenmakt.law.working_time.payable import NotPaid, not_payable
from egenmakt.law.working_time.sentences import spoken
from egenmakt.law.working_time.shifts import Breach, Horizon, clock_at, second_of

pytestmark = pytest.mark.req("A-12", "K-18")

TABLE = tomllib.loads(Path(__file__).with_name("further.toml").read_text("utf-8"))
MONDAY = date(2026, 3, 2)
ON = date(2026, 3, 2)


def of(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", TABLE[name], ids=[case[0] for case in TABLE[name]])


def days(breach: Breach) -> str:
    """The period of a breach that concerns whole days."""
    opens, closes = clock_at(breach.from_s), clock_at(breach.to_s)
    assert (opens.hour, opens.minute, closes.hour, closes.minute) == (0, 0, 0, 0)
    return f"{opens.date()}–{closes.date()}"


def same(found: str, expected: str) -> bool:
    """The table may leave the sentence out."""
    return found == expected or (bool(expected) and found.startswith(expected) and expected.count(" ") < 6)


@of("över_avtalet")
def test_time_over_the_contract_is_mertid_up_to_full_time_and_overtime_above(case: list) -> None:
    _, source, worked, contract, full, more, over = case
    assert source
    found = further.time_over(seconds(worked), seconds(contract), seconds(full))
    assert found == TimeOver(seconds(more), seconds(over))


@of("övertid")
def test_overtime_of_the_month_and_the_year(case: list) -> None:
    _, _, rows, reasons, expected = case
    worked = [Overtime(date.fromisoformat(day), *map(seconds, lengths)) for day, *lengths in rows]
    answer = Answer(reasons)
    found = further.overtime(worked, MONDAY, special_reasons=answer, special_reasons_for_more=answer)
    told = [f"{one.rule} {days(one)} {one.message}" for one in found]
    assert len(told) == len(expected)
    assert all(same(one, other) for one, other in zip(told, expected, strict=True)), told
    sections = {
        "overtime_month": "ATL 8 §",
        "overtime_year": "ATL 8 och 8 a §§",
        "more_time_year": "ATL 10 och 10 a §§",
    }
    assert all((one.section, one.shift) == (sections[one.rule], "") for one in found)


def test_the_reasons_for_overtime_and_for_mertid_are_asked_apart() -> None:
    worked = [Overtime(date(2026, 2, 2), 0, 0, 720_001), *_overtime_of_a_year(720_001)]
    no, yes = Answer.NO, Answer.YES
    both = further.overtime(worked, MONDAY)
    assert [one.rule for one in both] == ["overtime_year", "more_time_year"]
    found = further.overtime(worked, MONDAY, special_reasons=yes, special_reasons_for_more=no)
    assert [one.rule for one in found] == ["more_time_year"]
    found = further.overtime(worked, MONDAY, special_reasons=no, special_reasons_for_more=yes)
    assert [one.rule for one in found] == ["overtime_year"]


def _overtime_of_a_year(total_s: int) -> list[Overtime]:
    months = [date(2026, month, 10) for month in range(1, 13)]
    return [
        Overtime(month, total_s // 12 + (1 if place < total_s % 12 else 0))
        for place, month in enumerate(months)
    ]


def test_overtime_before_the_law_kept_here_has_no_answer() -> None:
    with pytest.raises(NoParameter):
        further.overtime([Overtime(date(1970, 1, 1), 3600)], MONDAY)


@of("raster")
def test_breaks(case: list) -> None:
    _, _, line, pauses, needed, expected = case
    (shift,) = shifts(line)
    rests = [(one.begins_s, one.ends_s) for one in shifts(*pauses)]
    found = further.breaks(shift, rests, meal_pause_needed=Answer(needed))
    told = [
        f"{_short(one.from_s)}–{_short(one.to_s)} {one.message}"
        for one in found
        if (one.rule, one.section, one.shift) == ("breaks", "ATL 15 §", "p1")
    ]
    assert len(told) == len(found) == len(expected)
    assert all(same(one, other) for one, other in zip(told, expected, strict=True)), told
    assert further.breaks(shift, rests) == further.breaks(shift, rests, meal_pause_needed=Answer.UNKNOWN)


def _short(second: int) -> str:
    return f"{clock_at(second):%Y-%m-%d %H:%M}"


@of("sammanlagd")
def test_total_time_on_average(case: list) -> None:
    _, _, first, end, lines, absent, lengthened, expected = case
    opens, closes = date.fromisoformat(first), date.fromisoformat(end)
    found = further.total_time(
        shifts(*lines), opens, closes, absent_s=seconds(absent), agreement_lengthens=lengthened
    )
    if found is None:
        assert expected == ""
        return
    assert same(f"{found.shift or '-'} {found.message}", expected)
    assert (found.rule, found.section, days(found)) == ("total_time", "ATL 10 b §", f"{first}–{end}")


@pytest.mark.parametrize(
    ("worked", "end", "left"),
    [("0:00", "2026-03-09", "48:00"), ("50:00", "2026-03-09", "-2:00"), ("40:00", "2026-03-30", "152:00")],
)
def test_what_is_left_of_the_average(worked: str, end: str, left: str) -> None:
    assert further.average_left_s(seconds(worked), MONDAY, date.fromisoformat(end)) == seconds(left)


def test_what_is_left_of_the_average_of_days_that_are_no_whole_weeks() -> None:
    assert further.average_left_s(0, MONDAY, date(2026, 3, 3)) == 48 * 3600 // 7
    assert further.average_left_s(0, MONDAY, date(2026, 7, 2)) == 48 * 3600 * 122 // 7


@of("natt")
def test_night_workers(case: list) -> None:
    _, _, first, end, lines, third, expected = case
    found = further.night_average(
        shifts(*lines), date.fromisoformat(first), date.fromisoformat(end), third_of_year_at_night=third
    )
    if found is None:
        assert expected == ""
        return
    assert same(f"{found.shift} {found.message}", expected)
    assert (found.rule, found.section, days(found)) == ("night_average", "ATL 13 a §", f"{first}–{end}")


@of("besked")
def test_notice_of_a_change(case: list) -> None:
    _, _, line, told_on, unforeseen, expected = case
    (shift,) = shifts(line)
    told = date.fromisoformat(told_on)
    found = further.notice(shift, told, unforeseen_change=Answer(unforeseen))
    if found is None:
        assert expected == ""
        return
    assert found.message == expected
    assert (found.rule, found.section, found.shift) == ("notice", "ATL 12 §", "p1")
    midnight = second_of(clock(told_on, "00:00"))
    assert (found.from_s, found.to_s) == (min(midnight, shift.begins_s), shift.begins_s)
    assert (further.notice(shift, told) is None) == (unforeseen == "yes" and told.day < 3)


@of("dygnsvila")
def test_daily_rest_on_average(case: list) -> None:
    _, _, length, lines, expected = case
    limits = limits_on(Regime.PRIVATE_AGREEMENT, ON)
    found = further.averaged_rest(shifts(*lines), limits, MONDAY, length)
    told = [f"{one.shift} {days(one)} {one.message}" for one in found]
    assert len(told) == len(expected)
    assert all(same(one, other) for one, other in zip(told, expected, strict=True)), told
    for one in found:
        assert one.rule == "averaged_rest"
        assert one.section == "dygnsvila kollektivavtalet Vårdföretagarna, personlig assistans"
    assert (
        further.averaged_rest(shifts(*lines), limits_on(Regime.WORKING_HOURS_ACT, ON), MONDAY, length) == ()
    )


@of("obetalt")
def test_what_is_not_paid_for(case: list) -> None:
    _, _, lines, left, overtime, expected = case
    found = not_payable(
        shifts(*lines),
        Limits(**ORDINARY),
        Horizon(date(2026, 11, 30), 8),
        overtime_s=seconds(overtime),
        average_left_s=seconds(left) if left else None,
    )
    told = [_paid(one) for one in found]
    assert len(told) == len(expected)
    assert all(same(one, other) for one, other in zip(told, expected, strict=True)), told


def _paid(one: NotPaid) -> str:
    length = f"{one.seconds // 3600}:{one.seconds % 3600 // 60:02}"
    return f"{one.shift} {length} {'+'.join(one.rules)} {one.message}"


def test_nothing_is_taken_from_pay_where_there_are_no_limits() -> None:
    worked = shifts("dagar 2026-11-30 till 2026-12-27 08:00–20:00 jour 6:00")
    assert not_payable(worked, Limits(), Horizon(date(2026, 11, 30), 4)) == ()
    assert not_payable(reversed(worked), Limits(**ORDINARY), Horizon(date(2026, 11, 30), 4)) == not_payable(
        worked, Limits(**ORDINARY), Horizon(date(2026, 11, 30), 4)
    )


HOUR = 3600


@pytest.mark.parametrize(
    ("regime", "more", "expected"),
    [
        (
            Regime.WORKING_HOURS_ACT,
            {},
            {
                "daily_rest_s": 11 * HOUR,
                "max_span_s": 13 * HOUR,
                "long_span_s": 13 * HOUR,
                "weekly_rest_s": 36 * HOUR,
                "ordinary_s": 160 * HOUR,
                "on_call_s": 48 * HOUR,
            },
        ),
        (
            Regime.MUNICIPAL_AGREEMENT,
            {},
            {
                "daily_rest_s": 11 * HOUR,
                "max_span_s": 13 * HOUR,
                "long_span_s": 20 * HOUR,
                "weekly_rest_s": 36 * HOUR,
                "ordinary_s": 160 * HOUR,
                "on_call_s": 48 * HOUR,
            },
        ),
        (
            Regime.MUNICIPAL_AGREEMENT,
            {"long_shifts_decided": True},
            {
                "daily_rest_s": 11 * HOUR,
                "max_span_s": 13 * HOUR,
                "long_span_s": 24 * HOUR,
                "weekly_rest_s": 36 * HOUR,
                "ordinary_s": 160 * HOUR,
                "on_call_s": 48 * HOUR,
            },
        ),
        (
            Regime.PRIVATE_AGREEMENT,
            {},
            {
                "daily_rest_s": 9 * HOUR,
                "max_span_s": 15 * HOUR,
                "long_span_s": 15 * HOUR,
                "weekly_rest_s": 36 * HOUR,
                "ordinary_s": 160 * HOUR,
                "on_call_s": 48 * HOUR,
                "averaged_rest_s": 11 * HOUR,
                "averaged_rest_days": 14,
            },
        ),
        (Regime.DOMESTIC_WORK_ACT, {}, {"weekly_rest_s": 36 * HOUR, "ordinary_s": 160 * HOUR}),
        (
            Regime.DOMESTIC_WORK_ACT,
            {"cares_for_dependent": True},
            {"weekly_rest_s": 36 * HOUR, "ordinary_s": 208 * HOUR},
        ),
    ],
)
def test_what_each_act_and_agreement_allows(regime: Regime, more: dict, expected: dict) -> None:
    found = limits_on(regime, ON, **more)
    given = {
        name: getattr(found, name) for name in Limits.__slots__ if name not in ("sections", "unverified")
    }
    assert {name: value for name, value in given.items() if value} == expected


def test_each_limit_says_where_it_stands_and_whether_a_source_confirms_it() -> None:
    act = limits_on(Regime.WORKING_HOURS_ACT, ON)
    assert act.section("daily_rest") == "13 § arbetstidslagen (1982:673)"
    assert act.section("weekly_rest") == "14 § arbetstidslagen (1982:673)"
    assert act.section("ordinary_hours") == "5 § arbetstidslagen (1982:673)"
    assert act.section("on_call") == "6 § arbetstidslagen (1982:673)"
    assert act.section("average_hours") == SECTIONS["average_hours"] == "ATL 10 b §"
    assert act.section("overlap") is None
    assert act.unverified == ()
    agreed = limits_on(Regime.MUNICIPAL_AGREEMENT, ON)
    assert agreed.section("compensatory_rest") == "AB § 13 mom. 5 kollektivavtalen PAN och AB bilaga J"
    home = limits_on(Regime.DOMESTIC_WORK_ACT, ON)
    assert home.section("weekly_rest") == "9 § lagen (1970:943) om arbetstid m.m. i husligt arbete"
    assert home.section("ordinary_hours") == "2 § lagen (1970:943) om arbetstid m.m. i husligt arbete"
    private = limits_on(Regime.PRIVATE_AGREEMENT, ON)
    assert private.section("daily_rest") == "dygnsvila kollektivavtalet Vårdföretagarna, personlig assistans"
    assert home.unverified == ()
    assert private.unverified == ("private_rest_averaging_days", "private_rest_least_hours")
    assert Limits().section("daily_rest") == "ATL 13 §"


def test_an_average_that_is_a_second_too_short_is_too_short() -> None:
    (shift,) = shifts("2026-03-02 07:00–20:00")
    for least, expected in ((11 * HOUR, 0), (11 * HOUR + 1, 1)):
        limits = Limits(averaged_rest_s=least, averaged_rest_days=14)
        assert len(further.averaged_rest([shift], limits, MONDAY, 14)) == expected


def test_the_book_of_these_rules_has_its_name() -> None:
    assert (book().name, book().title) == ("working_time", "Arbetstid")


def test_an_agreement_that_was_not_in_force_has_no_limits() -> None:
    with pytest.raises(NoParameter):
        limits_on(Regime.MUNICIPAL_AGREEMENT, date(2024, 1, 31))
    assert limits_on(Regime.MUNICIPAL_AGREEMENT, date(2024, 2, 1)).long_span_s == 20 * HOUR


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0 minuter"),
        (1, "1 sekund"),
        (59, "59 sekunder"),
        (60, "1 minut"),
        (3600, "1 timme"),
        (7200, "2 timmar"),
        (5400, "1 timme och 30 minuter"),
        (7262, "2 timmar, 1 minut och 2 sekunder"),
        (360_001, "100 timmar och 1 sekund"),
    ],
)
def test_a_length_of_time_in_words(length: int, words: str) -> None:
    assert spoken(length) == words


def test_every_row_has_a_title_and_a_source() -> None:
    rows = [row for rows in TABLE.values() for row in rows]
    assert len(rows) > 60
    assert all(row[0] and row[1] for row in rows)
