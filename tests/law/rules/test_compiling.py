"""An edition as one compiled function gives what its rules give when each is run by itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egenmakt.law import Answer, Need
from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.lss.needs import CountedAs, Ground, Necessary, Per
from egenmakt.law.rules import Rulebook, Trace, rule
from egenmakt.law.rules.compiling import Sum, common_names, compiled, names_of
from egenmakt.law.sfb.allowance import Decider

pytestmark = pytest.mark.req("H-09")

LAW_DAYS = [date(2019, 11, 1), date(2020, 7, 1), date(2023, 1, 1), date(2026, 3, 1)]
NONE_AT_ALL: frozenset[Need] = frozenset()
SOME = frozenset({Need.MEALS, Need.OTHER})


@rule("1 §", valid_from="2020-01-01")
def branches(a: int, b: int, need: Need, known: bool | None) -> int:
    """Grenar i grenar, där en del svarar och en del går vidare."""
    more = 1
    if a > 0:
        if b > 0:
            if need == Need.MEALS:
                return 100
            more = 2
        elif b < -5:
            return -100
        else:
            more = b
        if known is None:
            return more
    elif known:
        more = max(a, b, 3) - min(a, b)
    if need not in SOME or need in NONE_AT_ALL:
        return -more
    return more + a % 7


@rule("2 §", valid_from="2020-01-01")
def chained(a: int, branches: int, limit: int) -> bool:
    """Kedjor, och villkor som är värden."""
    more = branches if a != 3 else 0 - branches
    return (-limit <= more < limit and not (a == 4 or more in (1, 2, 3))) or more not in (5, 6)


@rule("3 §", valid_from="2020-01-01")
def of_all(limit: int, day: date) -> int:
    """Det som är lika för alla."""
    more = day.year * 10000 + day.month * 100 + day.day
    return more // limit


@rule("4 §", valid_from="2020-01-01")
def answer(chained: bool, of_all: int, known: bool | None) -> Answer:
    """Ett svar."""
    if known is False:
        return Answer.NO
    return (Answer.YES if of_all != 3 else Answer.NO) if chained else Answer.UNKNOWN


RULES = [made for function in (branches, chained, of_all, answer) for made in function.__rules__]  # type: ignore[attr-defined]
BOOK = Rulebook(RULES, facts={"a", "b", "need", "known", "day"}, parameters={"limit"})
row = st.tuples(
    st.integers(-8, 8), st.integers(-8, 8), st.sampled_from(Need), st.sampled_from([True, False, None])
)


@given(st.lists(row, max_size=5), st.integers(1, 12), st.dates(date(2020, 1, 1)))
def test_rows_give_what_the_rules_give_one_by_one(
    rows: list[tuple[int, int, Need, bool | None]], limit: int, day: date
) -> None:
    each = ("a", "b", "need", "known")
    edition = BOOK.edition(date(2026, 1, 1), ("answer",))
    assert set(common_names(edition, each)) == {"day", "limit"}
    run = compiled(edition, each)
    made, _ = run([{"day": day, "limit": limit}[name] for name in common_names(edition, each)], rows)
    for values, one in zip(made, rows, strict=True):
        known = {**dict(zip(each, one, strict=True)), "day": day, "limit": limit}
        plain = edition.run([known[name] for name in (*edition.facts, *edition.parameters)])
        assert values == plain.values_in_order
        assert [type(value) for value in values] == [type(value) for value in plain.values_in_order]


def test_what_the_rows_hold_beyond_what_is_asked_for_makes_no_difference() -> None:
    edition = BOOK.edition(date(2026, 1, 1), ("of_all",))
    assert edition.names == ("day", "limit", "of_all")
    run = compiled(edition, ("a", "need"))
    assert run([date(2026, 3, 4), 1], [(1, Need.OTHER), (2, Need.MEALS)]) == (
        [(date(2026, 3, 4), 1, 20_260_304)] * 2,
        (),
    )
    assert run([date(2026, 3, 4), 1], []) == ([], ())


SUMS = (
    Sum("rows", ""),
    Sum("all", "branches"),
    Sum("some", "branches", (("answer", Answer.YES),)),
    Sum("some", "branches", (("answer", Answer.NO), ("known", None))),
    Sum("few", "a", (("answer", Answer.YES), ("known", True))),
    Sum("empty", "", (("need", None),)),
)


@given(st.lists(row, max_size=8), st.integers(1, 12))
def test_sums_are_made_of_the_rows_that_fit(
    rows: list[tuple[int, int, Need, bool | None]], limit: int
) -> None:
    edition = BOOK.edition(date(2026, 1, 1), ("answer",))
    each = ("a", "b", "need", "known")
    assert names_of(SUMS) == ("rows", "all", "some", "few", "empty")
    common = [{"day": date(2026, 1, 1), "limit": limit}[name] for name in common_names(edition, each)]
    traces, sums = compiled(edition, each, SUMS)(common, rows)
    told = [Trace(edition, values) for values in traces]
    yes = [one for one in told if one["answer"] is Answer.YES]
    no = [one for one in told if one["answer"] is Answer.NO and one["known"] is None]
    assert sums == (
        len(rows),
        sum(one["branches"] for one in told),
        sum(one["branches"] for one in [*yes, *no]),
        sum(one["a"] for one in yes if one["known"] is True),
        0,
    )


whole = st.one_of(st.integers(0, 10), st.integers(0, 10**12), st.sampled_from([71_999, 72_000, 72_001]))
enumerations = {
    "need": Need, "per": Per, "ground": Ground, "counted_as": CountedAs, "outcome": Decider, "right": Answer,
    "belongs": Answer, "barred_by_age": Answer, "has_basic_needs": Answer, "admitted": Answer,
    "second_assistant": Answer,
}  # fmt: skip


def values_of(name: str) -> st.SearchStrategy[object]:
    """Values such as the rules may be given under that name, boundaries among them."""
    if name in enumerations:
        return st.sampled_from(enumerations[name])
    if name == "directly_necessary_for":
        return st.sampled_from([None, *Necessary])
    if name in ("day", "born", "self_care_from", "self_care_until"):
        return st.one_of(
            st.dates(date(1900, 1, 1), date(2100, 1, 1)),
            st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2026, 2, 28), date(2026, 3, 1)]),
        )
    if name in ("intimate", "housing_adaptation_tried", "aids_tried", "granted_before_age_limit"):
        return st.sampled_from([True, False, None])
    if name in ("current_s_per_week", "personkrets_group"):
        return st.one_of(st.none(), whole)
    if name.startswith(("is_", "has_", "exempt_", "above_")) or name.endswith(
        ("_tried", "_reached", "_received")
    ):
        return st.booleans()
    if name in ("tube_feeding", "activation_measure"):
        return st.booleans()
    if name.endswith("_divisor"):
        return st.integers(1, 20)
    return whole


@pytest.mark.parametrize(
    ("name", "day"),
    [
        (name, day)
        for name, wordings in rulebook().wordings.items()
        for day in LAW_DAYS
        if any(day in made.period for made in wordings)
    ],
)
def test_each_rule_of_the_law_gives_the_same_compiled(name: str, day: date) -> None:
    made = rulebook().wording(name, day)
    edition = rulebook().edition(day, (name,), frozenset(made.arguments))
    run = compiled(edition, edition.facts)
    rows = st.tuples(*(values_of(argument) for argument in edition.facts))

    @given(rows)
    @settings(max_examples=40, deadline=None, database=None)
    def same(values: tuple[object, ...]) -> None:
        ((got,), _) = run((), [values])
        plain = edition.run(values)
        assert got == plain.values_in_order
        assert type(got[-1]) is type(plain.values_in_order[-1])

    same()
