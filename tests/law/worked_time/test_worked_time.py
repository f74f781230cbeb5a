"""A month of worked time is counted as the table says, and no time is lost, doubled or made up."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.law.calendar import SummerTimeUnknown
from egenmakt.law.parameters import NoParameter
from egenmakt.law.worked_time import Entry, Kind, MonthRefused, count_month

pytestmark = pytest.mark.req("A-15")

TABLE = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
SWEDEN = ZoneInfo("Europe/Stockholm")


def clock(text):
    """A clock time; a star after it means the second showing of a repeated time."""
    return datetime.fromisoformat(text.removesuffix("*")).replace(fold=int(text.endswith("*")))


def month(text):
    return date.fromisoformat(f"{text}-01")


def entries_of(case):
    return [Entry(clock(begins), clock(ends), Kind(kind)) for begins, ends, kind in case["entries"]]


@pytest.mark.parametrize("case", TABLE["case"], ids=[case["name"] for case in TABLE["case"]])
def test_a_month_is_counted_as_the_table_says(case):
    worked = count_month(month(case["month"]), entries_of(case))
    assert {f"{kind}_s": seconds for kind, seconds in worked.seconds.items()} == {
        f"{kind}_s": case.get(f"{kind}_s", 0) for kind in Kind
    }
    assert worked.payable_s == case["payable_s"]
    assert [[row.day, row.begins, row.ends, row.kind] for row in worked.rows] == case["rows"]
    assert worked.outside_s == case.get("outside_s", 0)
    assert list(worked.unverified) == case.get("unverified", [])
    assert worked.finding.result == case["payable_s"]


@pytest.mark.parametrize("case", TABLE["refused"], ids=[case["name"] for case in TABLE["refused"]])
def test_entries_that_cannot_be_right_are_refused_all_at_once(case):
    with pytest.raises(MonthRefused) as refused:
        count_month(month(case["month"]), entries_of(case))
    told = [(error.index, error.field) for error in refused.value.errors]
    assert told == [(index, field) for index, field, _ in case["errors"]]
    for error, (_, _, words) in zip(refused.value.errors, case["errors"], strict=True):
        assert words in error.message


def test_the_explanation_names_the_change_of_the_clock_and_the_conversion():
    worked = count_month(
        month("2026-03"),
        [
            Entry(clock("2026-03-29T00:00"), clock("2026-03-29T04:00"), Kind.ACTIVE),
            Entry(clock("2026-03-30T00:00"), clock("2026-03-30T07:00"), Kind.STANDBY),
        ],
    )
    assert [part.rule for part in worked.finding.walk()] == ["worked_month", "clock_change", "standby_time"]
    assert "fram till sommartid" in worked.finding.children[0].reason
    assert "7:00 beredskap räknas som 1:00 assistans" in worked.finding.children[1].reason


def test_time_before_the_rule_of_summer_time_that_is_kept_has_no_answer():
    with pytest.raises(SummerTimeUnknown):
        count_month(
            month("1995-05"), [Entry(clock("1995-05-01T08:00"), clock("1995-05-01T09:00"), Kind.ACTIVE)]
        )


def test_waiting_time_before_the_act_that_made_it_count_has_no_answer():
    waiting = [Entry(clock("2018-03-01T01:00"), clock("2018-03-01T02:00"), Kind.WAITING)]
    with pytest.raises(NoParameter):
        count_month(month("2018-03"), waiting)


STARTS = {number: clock(f"2026-{number:02d}-01T00:00") for number in (3, 5, 10)}


@st.composite
def months_of_entries(draw):
    """Entries that never overlap, made from moments, so that both changes of the clock are crossed."""
    number = draw(st.sampled_from(list(STARTS)))
    begins = STARTS[number].replace(tzinfo=SWEDEN).astimezone(UTC)
    minutes = sorted(draw(st.sets(st.integers(0, 30 * 24 * 60), min_size=0, max_size=24)))
    moments = [
        (begins + timedelta(minutes=minute)).astimezone(SWEDEN).replace(tzinfo=None) for minute in minutes
    ]
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=12, max_size=12))
    pairs = zip(moments[::2], moments[1::2], kinds, strict=False)
    lengths = [later - earlier for earlier, later in zip(minutes[::2], minutes[1::2], strict=False)]
    return date(2026, number, 1), [Entry(*pair) for pair in pairs], [60 * length for length in lengths]


@given(months_of_entries(), st.randoms())
def test_rows_hold_exactly_the_time_that_was_worked_in_any_order(made, random):
    first, entries, lengths = made
    worked = count_month(first, entries)
    assert sum(row.seconds for row in worked.rows) == sum(lengths)
    assert sum(worked.seconds.values()) == sum(lengths)
    assert all(0 < row.seconds <= 25 * 3600 for row in worked.rows)
    assert all(1 <= row.day <= 31 for row in worked.rows)
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert count_month(first, shuffled).rows == worked.rows


@given(months_of_entries())
def test_payable_time_is_active_time_a_quarter_and_a_seventh_to_the_nearest_second(made):
    first, entries, lengths = made
    worked = count_month(first, entries)
    by_kind = {kind: sum(s for e, s in zip(entries, lengths, strict=True) if e.kind is kind) for kind in Kind}
    assert worked.seconds == by_kind
    assert worked.payable[Kind.ACTIVE] == by_kind[Kind.ACTIVE]
    assert abs(4 * worked.payable[Kind.WAITING] - by_kind[Kind.WAITING]) <= 2
    assert abs(7 * worked.payable[Kind.STANDBY] - by_kind[Kind.STANDBY]) <= 3
    assert worked.payable_s == sum(worked.payable.values())


@given(months_of_entries())
def test_cutting_a_shift_in_two_changes_no_sum(made):
    first, entries, _ = made
    halves = []
    for entry in entries:
        noon = entry.begins.replace(hour=12, minute=0, fold=0)
        cut = entry.begins < noon < entry.ends
        halves += (
            [Entry(entry.begins, noon, entry.kind), Entry(noon, entry.ends, entry.kind)] if cut else [entry]
        )
    whole, cut = count_month(first, entries), count_month(first, halves)
    assert (cut.seconds, cut.payable_s) == (whole.seconds, whole.payable_s)


def test_a_shift_over_the_turn_of_the_month_is_whole_in_the_two_months_together():
    early, late = date(2026, 4, 1), date(2026, 5, 1)
    over = Entry(clock("2026-04-30T20:00"), clock("2026-05-01T06:00"), Kind.ACTIVE)
    assert sum(count_month(first, [over]).payable_s for first in (early, late)) == 10 * 3600
    assert count_month(early, [over]).outside_s == count_month(late, [over]).payable_s
