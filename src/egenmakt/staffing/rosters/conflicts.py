"""The smallest set of a person's shifts and of rules that cannot hold together.

Guarantees: a conflict that is told is proved: its shifts cannot all be staffed while its rules hold for its assistants.
`smallest` is True when it is also proved, or seen, that each shift and each rule of an assistant is needed for that.

How: first it is tried whether few kinds of rules suffice; then only the run of days that ends earliest and whose shifts
cannot be staffed is looked at, then the shifts that the solver's own proof used; then rules, shifts and rules of single
assistants are taken away one by one, and stay away when the rest still cannot hold. Sums of hours are left out where that
is possible. Where it is they that do not suffice, all shifts of the kind are told, for it is of no consequence which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from egenmakt.law.working_time.shifts import Horizon
from egenmakt.staffing.rosters.instance import BLOCK_WEEKS, Assistant, Shift
from egenmakt.staffing.rosters.team import FIXED, KINDS, Found, Team, needed, staffed

SUMS = ("average_hours", "ordinary_hours", "on_call")
# Taken away in this order: what is told last is what is easiest to see.
TRIED = (
    *SUMS,
    *("weekly_rest", "weekends", "consecutive_days", "consecutive_nights", "compensatory_rest", "daily_rest"),
    *(FIXED, "absence", "no_nights", "delegation", "overlap"),
)
SIMPLE = (FIXED, "absence", "no_nights", "delegation", "overlap", "daily_rest")
MORE = ("consecutive_nights", "weekly_rest", "weekends", "consecutive_days", "compensatory_rest")
FIRST_S = 0.4  # the part of the time in which it is asked whether there is any conflict at all


@dataclass(frozen=True)
class Hours:
    """Shifts that are more than those `able` may work: seconds asked and allowed, of what kind, by what rule."""

    asked_s: int
    most_s: int
    kind: str
    rule: str
    able: tuple[Assistant, ...]


@dataclass(frozen=True)
class Conflict:
    """Shifts that cannot all be staffed while the rules hold, each rule for the assistant it is needed for."""

    shifts: tuple[Shift, ...]
    pairs: frozenset[tuple[str, str]]
    smallest: bool
    hours: Hours | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules, in the order in which they are tried."""
        found = {rule for rule, _ in self.pairs}
        return tuple(rule for rule in ("introduction", *KINDS) if rule in found)


def conflict_of(team: Team, seconds: float) -> Conflict | None:
    """The conflict of a team; None when all its shifts can be staffed, or when the time did not suffice to know."""
    ends = perf_counter() + seconds
    if not team.shifts:
        return None
    if not team.assistants:
        return Conflict(team.shifts[:1], frozenset(), smallest=True)
    pairs = frozenset(
        (kind, one.id) for one in team.assistants for kind in KINDS if _matters(team, kind, one)
    )
    without_sums = frozenset(pair for pair in pairs if pair[0] not in SUMS)
    if _alone(team):
        return _Shrinking(team, without_sums, ends).conflict()
    hours = hours_short(team)
    at_all = Found("impossible") if hours else staffed(team, team.shifts, seconds=seconds * FIRST_S)
    if at_all.outcome == "possible":
        return None
    left = min(seconds * FIRST_S, ends - perf_counter())
    if (
        left > 0
        and staffed(team, team.shifts, seconds=left, kept=_among(without_sums)).outcome == "impossible"
    ):
        return _Shrinking(team, without_sums, ends).conflict()
    if hours is None and at_all.outcome == "impossible":
        return _Shrinking(team, pairs, ends).conflict()
    return hours


def _matters(team: Team, kind: str, one: Assistant) -> bool:
    """Whether the rule can stop the assistant from anything; one that cannot is no cause."""
    match kind:
        case "delegation":
            return any(shift.skill is not None and shift.skill not in one.skills for shift in team.shifts)
        case "no_nights":
            return one.no_nights and any(shift.is_night for shift in team.shifts)
        case "absence":
            return any(not one.unavailable.isdisjoint(shift.days_touched) for shift in team.shifts)
        case "average_hours":
            return one.average_left_s is not None
        case "on_call":
            return any(shift.on_call_s for shift in team.shifts)
        case "compensatory_rest":
            longest_s = team.instance.rules.max_span_s
            return any(shift.length_s > longest_s for shift in (*team.shifts, *team.elsewhere))
        case "fixed":
            return one.id in team.instance.fixed.values()
    return True


def _among(pairs: frozenset[tuple[str, str]]) -> Callable[[str, str], bool]:
    return lambda rule, name: (rule, name) in pairs


def _alone(team: Team) -> bool:
    """Whether some shift has nobody who may take it for what the assistant can and may."""
    return any(
        all(
            (shift.skill is not None and shift.skill not in one.skills)
            or (one.no_nights and shift.is_night)
            or not one.unavailable.isdisjoint(shift.days_touched)
            for one in team.assistants
        )
        for shift in team.shifts
        if shift.id not in team.instance.fixed
    )


class _Shrinking:
    """Takes away what is not needed for the conflict, while there is time; what is not known to be needless stays."""

    def __init__(self, team: Team, pairs: frozenset[tuple[str, str]], ends: float) -> None:
        self.team, self.pairs, self.ends = team, pairs, ends
        self.shifts: list[Shift] = list(team.shifts)
        self.smallest = True

    def conflict(self) -> Conflict:
        """What is left when all that is known to be needless has been taken away."""
        self._few_kinds()
        self._window()
        core = needed(self.team, self.shifts, seconds=self._left(), kept=_among(self.pairs))
        if core and self._impossible(core, self.pairs):
            self.shifts = core
        for kind in TRIED:
            self._without(frozenset(pair for pair in self.pairs if pair[0] == kind))
        self._fewer_shifts()
        for pair in sorted(self.pairs, key=lambda pair: (TRIED.index(pair[0]), pair[1])):
            self._without(frozenset({pair}))
        return Conflict(tuple(self.shifts), self.pairs, self.smallest)

    def _left(self) -> float:
        return self.ends - perf_counter()

    def _impossible(self, shifts: Sequence[Shift], pairs: frozenset[tuple[str, str]]) -> bool:
        """Whether it is proved that they cannot hold together; not within the time: no, and not surely the smallest."""
        left = self._left()
        found = (
            staffed(self.team, shifts, seconds=left, kept=_among(pairs)) if left > 0 else Found("not_known")
        )
        if found.outcome == "not_known":
            self.smallest = False
        return found.outcome == "impossible"

    def _few_kinds(self) -> None:
        """Only what is easiest to see and at most one rule more, if that already cannot hold: the rest goes quicker."""
        for more in (None, *MORE):
            few = frozenset(pair for pair in self.pairs if pair[0] in SIMPLE or pair[0] == more)
            if len(few) < len(self.pairs) and self._impossible(self.shifts, few):
                self.pairs = few
                return

    def _window(self) -> None:
        """Only the shifts of the run of days that ends earliest, and of these the one that begins last."""
        days = sorted({shift.day for shift in self.shifts})
        low, high = 0, len(days) - 1
        while low < high:
            middle = (low + high) // 2
            if self._impossible([one for one in self.shifts if one.day <= days[middle]], self.pairs):
                high = middle
            else:
                low = middle + 1
        self.shifts = [one for one in self.shifts if one.day <= days[low]]
        low, high = 0, low
        while low < high:
            middle = (low + high + 1) // 2
            if self._impossible([one for one in self.shifts if one.day >= days[middle]], self.pairs):
                low = middle
            else:
                high = middle - 1
        self.shifts = [one for one in self.shifts if one.day >= days[low]]

    def _without(self, some: frozenset[tuple[str, str]]) -> None:
        if some and self._impossible(self.shifts, self.pairs - some):
            self.pairs -= some

    def _fewer_shifts(self) -> None:
        """Take away ever smaller groups of shifts, in the end one by one."""
        size = max(1, len(self.shifts) // 2)
        while True:
            place = 0
            while place < len(self.shifts) and len(self.shifts) > 1:
                fewer = self.shifts[:place] + self.shifts[place + size :]
                if fewer and self._impossible(fewer, self.pairs):
                    self.shifts = fewer
                else:
                    place += size
            if size == 1:
                return
            size //= 2


def hours_short(team: Team) -> Conflict | None:
    """Shifts of a kind that are more than those who can take them may work together, if hours alone show it.

    Kinds: all shifts, nights, those that ask for a skill. Counted for each four weeks and for the horizon.
    """
    fixed = team.instance.fixed
    horizon = Horizon(team.instance.first, team.instance.weeks)
    skills = sorted({shift.skill for shift in team.shifts if shift.skill is not None})
    kinds: list[tuple[str, str, list[Shift], list[Assistant]]] = [
        ("", "", list(team.shifts), list(team.assistants)),
        (
            "nattpassen",
            "no_nights",
            [shift for shift in team.shifts if shift.is_night],
            [one for one in team.assistants if not one.no_nights],
        ),
        *(
            (
                f"passen som kräver {skill}",
                "delegation",
                [shift for shift in team.shifts if shift.skill == skill],
                [one for one in team.assistants if skill in one.skills],
            )
            for skill in skills
        ),
    ]
    for kind, why_not, shifts, able in kinds:
        free = [shift for shift in shifts if shift.id not in fixed]
        names = {one.id for one in able}
        excluded = frozenset((why_not, one.id) for one in team.assistants if one.id not in names)
        for block in horizon.blocks:
            inside = [shift for shift in free if shift.day in block]
            for rule, asked_s, most_s in (
                (
                    "ordinary_hours",
                    sum(shift.active_s for shift in inside),
                    sum(team.rules_of(one).ordinary_s * block.weeks // BLOCK_WEEKS for one in able),
                ),
                (
                    "on_call",
                    sum(shift.on_call_s for shift in inside),
                    team.instance.rules.on_call_s * len(able),
                ),
            ):
                if asked_s > most_s:
                    pairs = excluded | {(rule, one.id) for one in able}
                    hours = Hours(asked_s, most_s, kind, rule, tuple(able))
                    return Conflict(tuple(inside), pairs, smallest=False, hours=hours)
        if able and all(one.average_left_s is not None for one in able):
            asked_s = sum(shift.active_s + shift.on_call_s for shift in free)
            most_s = sum(max(0, one.average_left_s or 0) for one in able)
            if asked_s > most_s:
                pairs = excluded | {("average_hours", one.id) for one in able}
                hours = Hours(asked_s, most_s, kind, "average_hours", tuple(able))
                return Conflict(tuple(free), pairs, smallest=False, hours=hours)
    return None
