"""The text of a rule keeps to the part of Python that can be compiled for many people; the rest is refused."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from textwrap import indent

import pytest

from egenmakt.law.assistance.in_force import rulebook
from egenmakt.law.rules import Rule, Rulebook, RulesFaulty, parsed, rule
from egenmakt.law.rules.subset import faults_of

pytestmark = pytest.mark.req("H-09")


class Colour(StrEnum):
    """Something to choose among."""

    RED = "red"
    BLUE = "blue"


WARM = frozenset({Colour.RED})
MOST = 10


def of(function: Callable[..., object]) -> Rule:
    return rule("1 §", valid_from="2020-01-01")(function).__rules__[0]  # type: ignore[attr-defined, no-any-return]


def whole(colour: Colour, hours: int, limit: int, day: date, known: bool | None) -> int:
    """Allt som är tillåtet i en regel."""
    doubled = hours * 2 % 7
    if colour == Colour.RED or colour in WARM:
        return max(doubled, limit, MOST)
    if known is None or known is False:
        extra = 1 if not known else 2
    elif 0 < hours <= limit and colour not in (Colour.RED, Colour.BLUE):
        extra = day.year // 100 - day.month + day.day
    else:
        extra = -1
    return doubled + extra


def test_everything_permitted_is_accepted_and_told_as_a_tree() -> None:
    made = of(whole)
    assert faults_of(made) == ()
    tree = parsed(made)
    kinds = {type(node) for node in ast.walk(tree) if isinstance(node, ast.stmt)}
    assert kinds == {ast.FunctionDef, ast.If, ast.Assign, ast.Return}
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert Colour.RED in constants and WARM in constants and MOST in constants
    assert (Colour.RED, Colour.BLUE) in constants
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert read == {"colour", "hours", "limit", "day", "known", "doubled", "extra", "max"}
    assert [argument.arg for argument in tree.args.args] == ["colour", "hours", "limit", "day", "known"]
    assert tree.lineno == whole.__code__.co_firstlineno


def test_the_law_as_it_is_laid_in_is_written_in_the_permitted_part() -> None:
    rules = [made for wordings in rulebook().wordings.values() for made in wordings]
    assert len(rules) > 50
    for made in rules:
        assert faults_of(made) == ()
        assert not any(isinstance(node, ast.Call | ast.Tuple) for node in ast.walk(parsed(made)))


# The body of a rule that asks for hours (a whole number), limit (another) and day (a date), and what is said of it.
REFUSED = [
    ("for _ in (1, 2):\n  hours\nreturn hours", "a loop (for); let the caller repeat the rule"),
    ("while hours:\n  return 1\nreturn 2", "a loop (while); let the caller repeat the rule"),
    (
        "more = 1\nmore += hours\nreturn more",
        "an assignment that changes a name; write name = name + … in full",
    ),
    ("more: int = 1\nreturn more", "an assignment with a type; write name = … without the type"),
    ("def half():\n  return 1\nreturn 2", "a function of its own; make it a rule, and ask for it by name"),
    ("return (lambda: hours)()", "the call (lambda: hours)()"),
    ("half = lambda: 1\nreturn hours", "a function of its own (lambda)"),
    ("return hours / 2", "the operator Div; divide with // and round once"),
    ("return hours ** 2", "the operator Pow; use + - * // %"),
    ("return hours * 0.5", "the value 0.5; write whole numbers of a smaller unit"),
    ("return 'h'", "the value 'h'; make it a member of an enumeration"),
    ("return NAME", "the value 'Anna'; make it a member of an enumeration"),
    ("return f'{hours}'", "a text; answer a member of an enumeration"),
    ("return round(hours)", "the call round(hours); make it a rule or a fact; only min and max are known"),
    ("return max(hours)", "max of something else than two or more values"),
    ("return min(*(hours, 2))", "min of something else than two or more values"),
    ("return min(hours, limit, key=abs)", "min of something else than two or more values"),
    ("return MOMENTS[hours]", "a value looked up ([…]); make it a fact or a parameter"),
    ("return MOMENTS", "the value [1, 2]; make it a fact or a parameter"),
    ("return day.toordinal()", "the call day.toordinal()"),
    ("return day.weekday", ".weekday of a value; make it a fact; only .year, .month, .day are known"),
    ("return Colour.GREEN", "Colour.GREEN; name a member of an enumeration, or a part of a date"),
    ("return Colour.RED.value", "Colour.RED.value; name a member"),
    ("return (hours, limit) > (1, 2)", "a tuple outside in; compare part by part"),
    ("return hours is limit", "is with something else than None, True or False; write =="),
    ("return hours in [1, 2]", "in something else than constants; write a tuple or a frozenset"),
    ("return hours in (limit, 3)", "in something else than constants"),
    ("return hours in MOMENTS", "in something else than constants"),
    ("return [x for x in (1, 2)]", "a comprehension; let the caller repeat the rule"),
    (
        "return (twice := hours) + 1",
        "a name given inside an expression (:=); give the name on a line of its own",
    ),
    ("print(hours)\nreturn hours", "a statement without effect; give it a name, or take it away"),
    ("match hours:\n  case 1:\n    return 2\nreturn 3", "match; write if … elif"),
    ("raise ValueError(hours)", "an error (raise); answer UNKNOWN, or refuse the fact where it is read"),
    ("assert hours\nreturn 1", "an assertion; refuse the fact where it is read"),
    ("with day:\n  return 1\nreturn 2", "With; write it with if, return, names and whole numbers"),
    ("if hours > 3:\n  return 1", "a way to the end without an answer; end every way with return"),
    ("if hours > 3:\n  return\nreturn 1", "return without a value; say the answer"),
    ("if hours > 3:\n  more = 1\nreturn more", "more, which has no value on some way here"),
    ("return nowhere", "nowhere, which has no value on some way here; give it one on every way"),
    ("if hours:\n  return 1\nelse:\n  return 2\nreturn 3", "a line that is never reached; take it away"),
    ("hours = hours + 1\nreturn hours", "its argument hours as a new name; give the value a name of its own"),
    ("one, two = 1, 2\nreturn one", "an assignment to several names; give one name on each line"),
    ("one = two = 1\nreturn one", "an assignment to several names"),
]
HEAD = """from enum import StrEnum
class Colour(StrEnum):
    RED = "red"
MOMENTS, NAME = [1, 2], "Anna"
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Rule]:
    """Makes a rule of a text, in a file of its own."""

    def make(body: str, arguments: str = "hours, limit, day") -> Rule:
        file = tmp_path / f"text{len(list(tmp_path.iterdir()))}.py"
        file.write_text(f'{HEAD}def written({arguments}):\n    """En mening."""\n{indent(body, "    ")}\n')
        names: dict[str, object] = {"__name__": "written"}
        exec(compile(file.read_text(), str(file), "exec"), names)
        return of(names["written"])  # type: ignore[arg-type]  # it is the function above

    return make


@pytest.mark.parametrize(("body", "words"), REFUSED, ids=[body.split("\n")[0] for body, _ in REFUSED])
def test_what_is_not_permitted_is_told_with_what_to_write_instead(
    write: Callable[..., Rule], body: str, words: str
) -> None:
    faults = faults_of(write(body))
    assert any(f" uses {words}" in fault for fault in faults), faults
    assert all(fault.startswith("written (text0.py:") for fault in faults)


def test_the_line_of_the_fault_is_told(write: Callable[..., Rule]) -> None:
    (fault,) = faults_of(write("if hours > 3:\n  return 1\nreturn hours / 2"))
    assert "(text0.py:9)" in fault


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("hours=3", "an argument with a default; let the fact say so: nothing is assumed"),
        ("*hours", "arguments that are not plain names; name each fact, rule or parameter it asks for"),
        ("limit, *, hours", "arguments that are not plain names"),
    ],
)
def test_arguments_are_plain_names(write: Callable[..., Rule], arguments: str, words: str) -> None:
    assert any(words in fault for fault in faults_of(write("return hours", arguments)))


def test_a_rule_whose_text_cannot_be_read_is_refused() -> None:
    nameless = eval("lambda hours: hours")
    (fault,) = faults_of(of(nameless))
    assert "a text that cannot be read; write it as def in a file" in fault


def test_a_name_from_the_function_around_is_a_constant_like_one_of_the_module() -> None:
    most = 40

    def within(hours: int) -> bool:
        """Högst så många timmar."""
        return hours <= most

    assert faults_of(of(within)) == ()
    assert 40 in [node.value for node in ast.walk(parsed(of(within))) if isinstance(node, ast.Constant)]


def test_a_rulebook_is_refused_with_every_such_fault_and_all_the_others(write: Callable[..., Rule]) -> None:
    rules = [
        write("print(hours)\nreturn hours / 2"),
        replace(write("return hours ** 2", "hours, day"), name="limit"),
    ]
    with pytest.raises(RulesFaulty) as refused:
        Rulebook(rules, facts={"hours", "limit", "day"}, parameters=set())
    first, *faults = refused.value.faults
    assert first == "limit is both a rule and a fact or parameter"
    assert [fault.split(";")[0] for fault in faults] == [
        "written (text0.py:7) uses a statement without effect",
        "written (text0.py:8) uses the operator Div",
        "written (text1.py:7) uses the operator Pow",
    ]
