"""The graph of rules builds itself from argument names, and faults in it are found before anything is run."""

from __future__ import annotations

from datetime import date

import pytest

from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.rules import NoRule, Rule, Rulebook, RulesFaulty, rule

pytestmark = pytest.mark.req("H-09")

DAY = date(2026, 1, 1)


def of(function: object) -> tuple[Rule, ...]:
    return function.__rules__  # type: ignore[attr-defined, no-any-return]  # set by the decorator


@rule("1 §", valid_from="2020-01-01")
def doubled(minutes: int) -> int:
    """Tiden räknas dubbelt."""
    return 2 * minutes


@rule("2 §", valid_from="2020-01-01")
def total(doubled: int, extra: int, limit: int) -> int:
    """Summan får inte bli större än gränsen."""
    if doubled + extra > limit:
        return limit
    return doubled + extra


def book(*functions: object) -> Rulebook:
    rules = [made for function in functions for made in of(function)]
    return Rulebook(rules, facts={"minutes", "extra"}, parameters={"limit"})


def test_the_trace_is_the_tuple_of_all_values() -> None:
    edition = book(total, doubled).edition(DAY, ("total",))
    assert edition.facts == ("minutes", "extra")
    assert edition.parameters == ("limit",)
    trace = edition.run([10, 3, 100])
    assert trace.values_in_order == (10, 3, 100, 20, 23)
    assert dict(trace) == {"minutes": 10, "extra": 3, "limit": 100, "doubled": 20, "total": 23}
    assert trace.used_by("total") == {"doubled": 20, "extra": 3, "limit": 100}
    assert edition.run([10, 90, 100])["total"] == 100


def test_only_what_the_answer_needs_is_run() -> None:
    edition = book(total, doubled).edition(DAY, ("doubled",))
    assert edition.names == ("minutes", "doubled")


def test_what_is_given_is_not_worked_out() -> None:
    edition = book(total, doubled).edition(DAY, ("total",), frozenset({"doubled"}))
    assert edition.names == ("doubled", "extra", "limit", "total")
    assert edition.run([1, 2, 100])["total"] == 3


def test_a_rule_can_still_be_called_as_the_function_it_is() -> None:
    assert total(2, 3, 4) == 4
    assert of(total)[0].sentence == "Summan får inte bli större än gränsen."
    assert "if doubled + extra > limit:" in of(total)[0].source


def test_the_wording_in_force_on_the_day_is_the_one_used() -> None:
    @rule("1 §", valid_from="2020-01-01", valid_to="2025-12-31", name="share")
    def share_before(minutes: int) -> int:
        """Förr: hälften."""
        return minutes // 2

    @rule("1 §", valid_from="2026-01-01", name="share")
    def share_now(minutes: int) -> int:
        """Nu: allt."""
        return minutes

    made = book(share_before, share_now)
    assert made.edition(date(2025, 12, 31), ("share",)).run([10])["share"] == 5
    assert made.edition(date(2026, 1, 1), ("share",)).run([10])["share"] == 10
    assert made.changes() == {date(2020, 1, 1), date(2026, 1, 1)}
    with pytest.raises(NoRule, match=r"1 § LSS är inte inlagd för den tiden"):
        made.edition(date(2019, 12, 31), ("share",))


def test_one_function_may_stand_for_several_wordings() -> None:
    @rule("1 §", version="2019:1", valid_from="2020-01-01", valid_to="2025-12-31")
    @rule("1 §", version="2025:2", valid_from="2026-01-01")
    def kept(minutes: int) -> int:
        """Samma innehåll i två lydelser."""
        return minutes

    assert [made.citation.version for made in of(kept)] == ["2019:1", "2025:2"]
    assert book(kept).wording("kept", DAY).citation.version == "2025:2"


def test_every_fault_is_found_at_once() -> None:
    @rule("1 §", valid_from="2020-01-01")
    def silent(minutes: int) -> int:
        return minutes

    @rule("", valid_from="2020-01-01")
    def placeless(minutes: int) -> int:
        """En mening."""
        return minutes

    @rule("1 §", valid_from="2020-01-01")
    def lost(nowhere: int) -> int:
        """En mening."""
        return nowhere

    @rule("1 §", valid_from="2020-01-01")
    def chicken(egg: int) -> int:
        """En mening."""
        return egg

    @rule("1 §", valid_from="2020-01-01")
    def egg(chicken: int) -> int:
        """En mening."""
        return chicken

    @rule("1 §", valid_from="2022-01-01", name="doubled")
    def doubled_again(minutes: int) -> int:
        """En mening."""
        return minutes

    @rule("1 §", valid_from="2022-01-01", name="extra")
    def extra_rule(minutes: int) -> int:
        """En mening."""
        return minutes

    @rule("1 §", valid_from="2022-01-01")
    def idle() -> int:
        """En mening."""
        return 1

    with pytest.raises(RulesFaulty) as refused:
        book(doubled, silent, placeless, lost, chicken, egg, doubled_again, extra_rule, idle)
    assert refused.value.faults == [
        "silent has no sentence (docstring)",
        "placeless has no citation",
        "idle asks for nothing",
        "doubled has two wordings from 2022-01-01",
        "extra is both a rule and a fact or parameter",
        "lost asks for nowhere, which is no fact, rule or parameter",
        "circle: chicken → egg → chicken",
    ]


def test_the_law_as_it_is_laid_in_makes_a_graph_where_every_rule_has_a_sentence_in_swedish() -> None:
    for wordings in rulebook().wordings.values():
        for made in wordings:
            assert made.sentence.endswith("."), made.name
            assert made.citation.section, made.name
            assert made.citation.version, made.name


@pytest.mark.parametrize("day", [date(2019, 11, 1), date(2020, 7, 1), date(2023, 1, 1), date(2026, 3, 1)])
def test_every_rule_has_a_wording_for_all_time_that_is_laid_in(day: date) -> None:
    made = rulebook()
    for name, wordings in made.wordings.items():
        # an exception may be younger than the rule it is an exception to
        if not wordings[0].sets_aside:
            assert made.wording(name, day).name == name
