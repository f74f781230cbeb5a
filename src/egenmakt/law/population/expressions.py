"""What a rule comes to when its text is read: a graph of whole-number expressions, each made once.

Guarantees: equal expressions are the same object; each knows the least and greatest value it can have, so that
the narrowest exact type can be chosen; what is made here has the value that the rule's own text has.
Truth is 0 and 1, an enumeration is the place of its member, None is -1, a day is counted from 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator

_MOST = 2**63 - 1


class TooLarge(ArithmeticError):
    """A number could become too large for 64 bits, within the bounds of the facts."""


class Expression:
    """One node. `low` and `high` bound its value; `columns` says whether it differs between rows."""

    __slots__ = ("arguments", "columns", "high", "low", "operation", "serial", "truth", "value")

    def __init__(
        self,
        *,
        operation: str,
        arguments: tuple[Expression, ...],
        value: str | int,
        low: int,
        high: int,
        columns: bool,
        truth: bool,
        serial: int,
    ) -> None:
        self.serial = serial
        self.operation = operation
        self.arguments = arguments
        self.value = value
        self.low = low
        self.high = high
        self.columns = columns
        self.truth = truth

    def __repr__(self) -> str:
        inner = ", ".join(map(repr, self.arguments))
        return f"{self.operation}({inner})" if self.arguments else str(self.value)


_NEGATED = {"lt": "ge", "ge": "lt", "le": "gt", "gt": "le", "eq": "ne", "ne": "eq"}
_SWAPPED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}


class Graph:
    """Where expressions are made. Everything made in one graph may be put together."""

    def __init__(self, bounded_together: frozenset[str] = frozenset()) -> None:
        """`bounded_together` names columns whose product with another column is no greater than that column
        can be by itself, because the facts are bounded so."""
        self._bounded_together = bounded_together
        self._made: dict[tuple[object, ...], Expression] = {}
        self.true = self._truth_constant(1)
        self.false = self._truth_constant(0)

    def constant(self, value: int) -> Expression:
        """A number that stands in the text."""
        return self._make("constant", (), value, value, value, columns=False)

    def column(self, name: str, low: int, high: int, *, truth: bool = False) -> Expression:
        """A fact that each row has."""
        return self._make("column", (), name, low, high, columns=True, truth=truth)

    def scalar(self, name: str, low: int, high: int) -> Expression:
        """A value that is the same for all rows, given when the kernel is run."""
        return self._make("scalar", (), name, low, high, columns=False)

    def table(self, name: str, index: Expression, low: int, high: int) -> Expression:
        """The entry of a table, given when the kernel is run, at the place of the index."""
        return self._make("table", (index,), name, low, high, columns=True)

    def bounded(self, node: Expression, low: int, high: int) -> Expression:
        """The same value, known to lie between the bounds."""
        return self._make("bounded", (node,), "", low, high, columns=node.columns)

    def add(self, one: Expression, other: Expression) -> Expression:
        """one + other."""
        if _is(one, 0):
            return other
        if _is(other, 0):
            return one
        return self._arithmetic("add", one, other, one.low + other.low, one.high + other.high)

    def sub(self, one: Expression, other: Expression) -> Expression:
        """one - other."""
        if _is(other, 0):
            return one
        if one is other:
            return self.constant(0)
        return self._arithmetic("sub", one, other, one.low - other.high, one.high - other.low)

    def mul(self, one: Expression, other: Expression) -> Expression:
        """one * other."""
        for this, that in ((one, other), (other, one)):
            if _is(this, 1):
                return that
            if _is(this, 0):
                return self.constant(0)
            if this.operation == "constant" and that.operation == "mul" and _constant(that.arguments[1]):
                factor = self.constant(_number(this) * _number(that.arguments[1]))
                return self.mul(that.arguments[0], factor)
        if one.operation == "constant":
            one, other = other, one
        ends = [left * right for left in self._ends(one) for right in self._ends(other)]
        return self._arithmetic("mul", one, other, min(ends), max(ends))

    def _ends(self, node: Expression) -> tuple[int, int]:
        together = node.operation == "column" and node.value in self._bounded_together
        return (node.low, 1) if together else (node.low, node.high)

    def div(self, one: Expression, other: Expression) -> Expression:
        """one // other, where one is never negative and other never less than one."""
        if one.low < 0 or other.low < 1:
            raise TooLarge(f"{one!r} // {other!r} may divide by nothing or something negative")
        if _is(other, 1):
            return one
        return self._arithmetic("div", one, other, one.low // other.high, one.high // other.low)

    def compare(self, how: str, one: Expression, other: Expression) -> Expression:
        """lt, le, gt, ge, eq or ne."""
        if one.operation == "constant" and other.operation != "constant":
            return self.compare(_SWAPPED[how], other, one)
        if other.truth and other.operation == "constant" and not one.truth:
            other = self.constant(_number(other))
        known = _decided(how, one, other)
        if known is not None:
            return self.true if known else self.false
        if one.truth and other.operation == "constant":
            return (
                one if (how, _number(other)) in {("eq", 1), ("ne", 0), ("gt", 0), ("ge", 1)} else self.no(one)
            )
        if one.operation == "choose" and other.operation == "constant":
            condition, then, otherwise = one.arguments
            return self.choose(condition, self.compare(how, then, other), self.compare(how, otherwise, other))
        if how == "ne":
            return self.no(self.compare("eq", one, other))
        return self._make(how, (one, other), "", 0, 1, columns=one.columns or other.columns, truth=True)

    def no(self, one: Expression) -> Expression:
        """not one."""
        if one is self.true:
            return self.false
        if one is self.false:
            return self.true
        if one.operation == "not":
            return one.arguments[0]
        if one.operation in ("lt", "le", "gt", "ge"):
            return self.compare(_NEGATED[one.operation], *one.arguments)
        return self._make("not", (one,), "", 0, 1, columns=one.columns, truth=True)

    def both(self, one: Expression, other: Expression) -> Expression:
        """one and other, both truths."""
        if one is self.false or other is self.false or one is self.no(other) or _excluded(one, other):
            return self.false
        if one is self.true or _implied(other, one):
            return other
        if other is self.true or _implied(one, other):
            return one
        return self._joined("and", one, other)

    def either(self, one: Expression, other: Expression) -> Expression:
        """one or other, both truths."""
        if one is self.true or other is self.true or one is self.no(other):
            return self.true
        if one is self.false or _implied(one, other):
            return other
        if other is self.false or _implied(other, one):
            return one
        return self._joined("or", one, other)

    def _joined(self, operation: str, one: Expression, other: Expression) -> Expression:
        pair = (one, other) if one.serial <= other.serial else (other, one)
        return self._make(operation, pair, "", 0, 1, columns=one.columns or other.columns, truth=True)

    def choose(self, condition: Expression, then: Expression, otherwise: Expression) -> Expression:
        """then where the condition is true, else otherwise."""
        if condition is self.true or then is otherwise:
            return then
        if condition is self.false:
            return otherwise
        if condition.operation == "not":
            return self.choose(condition.arguments[0], otherwise, then)
        if then.truth and otherwise.truth:
            return self.either(self.both(condition, then), self.both(self.no(condition), otherwise))
        by = _sum(_linear(then), _negative(_linear(otherwise)))
        if set(by) == {0} and not _constant(otherwise):
            return self.add(otherwise, self.choose(condition, self.constant(by[0]), self.constant(0)))
        if then.operation == "div" and otherwise.operation == "div":
            # divide once, by what is chosen, rather than choose among divisions
            above, below = zip(then.arguments, otherwise.arguments, strict=True)
            return self.div(self.choose(condition, *above), self.choose(condition, *below))
        shared = self._difference(condition, then, otherwise)
        if shared is not None:
            return shared
        columns = condition.columns or then.columns or otherwise.columns
        low, high = min(then.low, otherwise.low), max(then.high, otherwise.high)
        return self._make("choose", (condition, then, otherwise), "", low, high, columns=columns)

    def _difference(
        self, condition: Expression, then: Expression, otherwise: Expression
    ) -> Expression | None:
        """`a if x <= b else a + x - b` is `a + max(x - b, 0)`: one subtraction, no choice."""
        if condition.operation in ("le", "lt"):
            amount, most = condition.arguments
        elif condition.operation in ("ge", "gt"):
            most, amount = condition.arguments
        else:
            return None
        if _linear(otherwise) != _sum(_linear(then), _linear(amount), _negative(_linear(most))):
            return None
        over = self.sub(amount, most)
        zero = self.constant(0)
        above = self._make("max", (over, zero), "", max(over.low, 0), max(over.high, 0), columns=over.columns)
        return self.add(then, above)

    def _arithmetic(
        self, operation: str, one: Expression, other: Expression, low: int, high: int
    ) -> Expression:
        if low < -_MOST or high > _MOST:
            raise TooLarge(f"{operation} of {one!r} and {other!r}")
        if low == high:
            return self.constant(low)
        return self._make(operation, (one, other), "", low, high, columns=one.columns or other.columns)

    def _truth_constant(self, value: int) -> Expression:
        return self._make("constant", (), value, value, value, columns=False, truth=True)

    def _make(
        self,
        operation: str,
        arguments: tuple[Expression, ...],
        value: str | int,
        low: int,
        high: int,
        *,
        columns: bool,
        truth: bool = False,
    ) -> Expression:
        key = (operation, value, truth, *(argument.serial for argument in arguments))
        found = self._made.get(key)
        if found is None:
            found = Expression(
                operation=operation,
                arguments=arguments,
                value=value,
                low=low,
                high=high,
                columns=columns,
                truth=truth,
                serial=len(self._made) + 1,
            )
            self._made[key] = found
        return found


def in_order(targets: tuple[Expression, ...]) -> Iterator[Expression]:
    """Every expression the targets need, each once and after those it needs."""
    seen: set[int] = set()
    pending = [(target, False) for target in reversed(targets)]
    while pending:
        node, ready = pending.pop()
        if ready:
            yield node
        elif node.serial not in seen:
            seen.add(node.serial)
            pending.append((node, True))
            pending.extend((argument, False) for argument in reversed(node.arguments))


def _is(node: Expression, value: int) -> bool:
    return node.operation == "constant" and node.value == value


def _constant(node: Expression) -> bool:
    return node.operation == "constant"


def _number(node: Expression) -> int:
    return int(node.value)


def _decided(how: str, one: Expression, other: Expression) -> bool | None:
    """The comparison's answer where the bounds alone give it."""
    if one is other:
        return how in ("le", "ge", "eq")
    if how in ("gt", "ge", "ne"):
        opposite = _decided(_NEGATED[how], one, other)
        return None if opposite is None else not opposite
    if how == "eq":
        if one.low == one.high == other.low == other.high:
            return True
        return False if one.high < other.low or other.high < one.low else None
    if one.high < other.low or (how == "le" and one.high == other.low):
        return True
    return False if one.low > other.high or (how == "lt" and one.low == other.high) else None


def _range(node: Expression) -> tuple[int, int, int] | None:
    """What a comparison with a number lets through: of which expression, from and through which values."""
    if node.operation not in ("lt", "le", "gt", "ge", "eq") or not _constant(node.arguments[1]):
        return None
    value, bound = node.arguments[0], _number(node.arguments[1])
    low, high = {
        "lt": (value.low, bound - 1),
        "le": (value.low, bound),
        "gt": (bound + 1, value.high),
        "ge": (bound, value.high),
        "eq": (bound, bound),
    }[node.operation]
    return value.serial, low, high


def _implied(one: Expression, other: Expression) -> bool:
    """Whether the other holds wherever the one does, by their bounds on the same expression."""
    if one is other:
        return True
    this, that = _range(one), _range(other)
    if this is None or that is None or this[0] != that[0]:
        return False
    return that[1] <= this[1] and this[2] <= that[2]


def _excluded(one: Expression, other: Expression) -> bool:
    """Whether the two never hold together, by their bounds on the same expression."""
    this, that = _range(one), _range(other)
    if this is None or that is None or this[0] != that[0]:
        return False
    return this[2] < that[1] or that[2] < this[1]


def _linear(node: Expression) -> dict[int, int]:
    """The expression as whole multiples of expressions that are no sums; the key 0 holds the constant."""
    if node.operation == "constant":
        return {0: _number(node)} if node.value else {}
    if node.operation == "add":
        return _sum(_linear(node.arguments[0]), _linear(node.arguments[1]))
    if node.operation == "sub":
        return _sum(_linear(node.arguments[0]), _negative(_linear(node.arguments[1])))
    return {node.serial: 1}


def _sum(*parts: dict[int, int]) -> dict[int, int]:
    total: dict[int, int] = {}
    for part in parts:
        for key, times in part.items():
            total[key] = total.get(key, 0) + times
    return {key: times for key, times in total.items() if times}


def _negative(part: dict[int, int]) -> dict[int, int]:
    return {key: -times for key, times in part.items()}
