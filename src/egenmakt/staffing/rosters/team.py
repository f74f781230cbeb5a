"""One person's team and shifts as an exact model in which each rule of each assistant can be left out.

For explaining: which shifts and rules cannot hold together, and how many shifts stay open when something is relaxed.
Costs are left out. Every roster found is judged by the law's own checker; what the model leaves out - a span that only
three or more shifts together make too long - is found there and forbidden by name, so that the answers are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil
from time import perf_counter
from typing import Literal

from ortools.sat.python import cp_model

from egenmakt.law.working_time.shifts import Horizon
from egenmakt.staffing.rosters.instance import BLOCK_WEEKS, Assistant, Instance, Rules, Shift
from egenmakt.staffing.rosters.judging import RULES, breaches_of
from egenmakt.staffing.rosters.reasons import weekends_of

Outcome = Literal["possible", "impossible", "not_known"]
FIXED = "fixed"  # that what is assigned already stays so: no rule of law, but a cause like the others
SLACK = 1e-6
WAYS = 8
KINDS = (*(rule for rule in RULES if rule != "introduction"), FIXED)

Kept = Callable[[str, str], bool]
"""Whether a rule is kept for an assistant."""


def all_kept(rule: str, assistant: str) -> bool:
    """Every rule is kept for everybody."""
    return True


@dataclass(frozen=True)
class Team:
    """Those who are introduced to a person, the person's shifts, and what of their time is given already.

    `more` lets an assistant pass a limit: days, nights, weekends, or seconds for `ordinary_hours`. `parts` says of how
    many shifts one is made, for counting those that are open; else it is one.
    """

    instance: Instance
    person: str
    assistants: tuple[Assistant, ...]
    shifts: tuple[Shift, ...]
    elsewhere: tuple[Shift, ...] = ()
    more: Mapping[tuple[str, str], int] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)

    def rules_of(self, assistant: Assistant) -> Rules:
        """The rules as they are for the assistant."""
        rules = self.instance.rules
        extra = {rule: more for (rule, name), more in self.more.items() if name == assistant.id}
        return replace(
            rules,
            max_days=rules.max_days + extra.get("consecutive_days", 0),
            max_nights=rules.max_nights + extra.get("consecutive_nights", 0),
            max_weekends=rules.max_weekends + extra.get("weekends", 0),
            ordinary_s=rules.ordinary_s + extra.get("ordinary_hours", 0),
        )


def team_of(instance: Instance, person: str) -> Team:
    """The team of a person."""
    assistants = tuple(one for one in instance.assistants if person in one.people)
    names = {one.id for one in assistants}
    return Team(
        instance,
        person,
        assistants,
        tuple(sorted((one for one in instance.shifts if one.person == person), key=_by_time)),
        tuple(one for one in instance.shifts if one.person != person and instance.fixed.get(one.id) in names),
    )


@dataclass(frozen=True)
class Found:
    """What is known of some shifts: whether all can be staffed, the roster found, how many are open in it.

    `bound`: so many at least are open in every roster.
    """

    outcome: Outcome
    given: Mapping[str, str] = field(default_factory=dict)
    open: int = 0
    bound: int = 0


def staffed(team: Team, shifts: Iterable[Shift], *, seconds: float, kept: Kept = all_kept) -> Found:
    """Whether all the shifts can be staffed together while the kept rules hold."""
    return _Model(team, sorted(shifts, key=_by_time), kept).solve(seconds)


def fewest_open(team: Team, *, seconds: float, hint: Mapping[str, str] | None = None) -> Found:
    """The fewest of the team's shifts that must stay open, as far as the time allows. `hint`: a roster to begin from."""
    model = _Model(team, team.shifts, all_kept, may_be_open=True)
    model.begin_from(hint or {})
    return model.solve(seconds)


def needed(
    team: Team, shifts: Sequence[Shift], *, seconds: float, kept: Kept = all_kept
) -> list[Shift] | None:
    """Some of the shifts that already cannot be staffed together, by the solver's own account; None: not known.

    Each shift is an assumption, and the assumptions that the proof used are told.
    """
    return _Model(team, sorted(shifts, key=_by_time), kept, assumed=True).core(seconds)


class _Model:
    def __init__(
        self,
        team: Team,
        shifts: Sequence[Shift],
        kept: Kept,
        *,
        may_be_open: bool = False,
        assumed: bool = False,
    ) -> None:
        self.team, self.shifts, self.kept = team, shifts, kept
        self.model = cp_model.CpModel()
        self.horizon = Horizon(team.instance.first, team.instance.weeks)
        self.given: dict[tuple[str, str], cp_model.IntVar] = {}
        self.open: dict[str, cp_model.IntVar] = {}
        self.assumed: dict[str, cp_model.IntVar] = {}
        fixed = team.instance.fixed
        can: dict[str, list[Shift]] = {one.id: [] for one in team.assistants}
        for shift in shifts:
            for one in team.assistants:
                holder = fixed.get(shift.id)
                if holder not in (None, one.id) and kept(FIXED, holder or ""):
                    continue
                if holder == one.id or self._able(one, shift):
                    self.given[one.id, shift.id] = self.model.new_bool_var("")
                    can[one.id].append(shift)
        for shift in team.elsewhere:
            holder = fixed[shift.id]
            if kept(FIXED, holder):
                can[holder].append(shift)
                self.given[holder, shift.id] = self.model.new_constant(1)
        self.held = {name: sorted(some, key=_by_time) for name, some in can.items()}
        for shift in shifts:
            self._once(shift, may_be_open=may_be_open, assumed=assumed)
        for one in team.assistants:
            self._calendar(one)
        if may_be_open:
            self.model.minimize(
                sum(variable * team.parts.get(name, 1) for name, variable in self.open.items())
            )

    def _able(self, one: Assistant, shift: Shift) -> bool:
        kept = self.kept
        return not (
            (kept("delegation", one.id) and shift.skill is not None and shift.skill not in one.skills)
            or (kept("no_nights", one.id) and one.no_nights and shift.is_night)
            or (kept("absence", one.id) and not one.unavailable.isdisjoint(shift.days_touched))
        )

    def _once(self, shift: Shift, *, may_be_open: bool, assumed: bool) -> None:
        able = [
            self.given[one.id, shift.id] for one in self.team.assistants if (one.id, shift.id) in self.given
        ]
        holder = self.team.instance.fixed.get(shift.id)
        if holder is not None and (holder, shift.id) in self.given and self.kept(FIXED, holder):
            self.model.add(self.given[holder, shift.id] == 1)
        if may_be_open:
            self.open[shift.id] = self.model.new_bool_var("")
            self.model.add_exactly_one([*able, self.open[shift.id]])
        elif assumed:
            self.assumed[shift.id] = self.model.new_bool_var("")
            self.model.add_bool_or([*able, ~self.assumed[shift.id]])
            self.model.add_at_most_one(able)
        else:
            self.model.add_exactly_one(able)

    def _calendar(self, one: Assistant) -> None:
        shifts, rules = self.held[one.id], self.team.rules_of(one)
        x = {shift.id: self.given[one.id, shift.id] for shift in shifts}
        on = {rule for rule in RULES if self.kept(rule, one.id)}
        if "overlap" in on:
            going_on: list[Shift] = []
            for shift in shifts:
                going_on = [other for other in going_on if other.ends_s > shift.begins_s]
                if going_on:
                    self.model.add_at_most_one([x[other.id] for other in (*going_on, shift)])
                going_on.append(shift)
        if "daily_rest" in on:
            self._daily_rest(one, shifts, x, rules)
        if "compensatory_rest" in on:
            for place, shift in enumerate(shifts):
                if shift.length_s > rules.max_span_s:
                    for other in shifts[place + 1 :]:
                        if other.begins_s - shift.ends_s >= shift.length_s:
                            break
                        if other.ends_s > shift.ends_s:
                            self.model.add_bool_or([~x[shift.id], ~x[other.id]])
        if "weekly_rest" in on:
            self._weekly_rest(one, shifts, x, rules)
        self._sums(one, shifts, x, rules, on)
        for rule, most in (("consecutive_days", rules.max_days), ("consecutive_nights", rules.max_nights)):
            if rule in on:
                some = [shift for shift in shifts if rule == "consecutive_days" or shift.is_night]
                self._in_a_row(some, x, most)
        if "weekends" in on:
            self._weekends(shifts, x, rules.max_weekends)

    def _daily_rest(
        self, one: Assistant, shifts: Sequence[Shift], x: Mapping[str, cp_model.IntVar], rules: Rules
    ) -> None:
        last_end_s = one.last_end_s
        for place, shift in enumerate(shifts):
            too_early = last_end_s is not None and shift.begins_s - last_end_s < rules.daily_rest_s
            if too_early or shift.length_s > max(rules.max_span_s, rules.long_span_s):
                self.model.add(x[shift.id] == 0)
            for other in shifts[place + 1 :]:
                if other.begins_s - shift.ends_s >= rules.daily_rest_s:
                    break
                if max(shift.ends_s, other.ends_s) - shift.begins_s > rules.max_span_s:
                    self.model.add_bool_or([~x[shift.id], ~x[other.id]])

    def _weekly_rest(
        self, one: Assistant, shifts: Sequence[Shift], x: Mapping[str, cp_model.IntVar], rules: Rules
    ) -> None:
        least = rules.weekly_rest_s
        for monday, closes in self.horizon.week_bounds:
            week = [shift for shift in shifts if shift.begins_s < closes and shift.ends_s > monday]
            opens = max(monday, one.last_end_s or monday)
            starts = {opens, *(shift.ends_s for shift in week if shift.ends_s > opens)}
            windows = {
                frozenset(
                    shift.id for shift in week if shift.begins_s < start + least and shift.ends_s > start
                )
                for start in starts
                if start + least <= closes
            }
            if frozenset() in windows:
                continue
            worth = [window for window in windows if not any(other < window for other in windows)]
            chosen = [self.model.new_bool_var("") for _ in worth]
            for variable, window in zip(chosen, worth, strict=True):
                for name in window:
                    self.model.add_implication(variable, ~x[name])
            for shift in week if not chosen else ():
                self.model.add(x[shift.id] == 0)
            if chosen:
                self.model.add_bool_or(chosen)

    def _sums(
        self,
        one: Assistant,
        shifts: Sequence[Shift],
        x: Mapping[str, cp_model.IntVar],
        rules: Rules,
        on: set[str],
    ) -> None:
        for block in self.horizon.blocks:
            mine = [shift for shift in shifts if shift.day in block]
            most_s = rules.ordinary_s * block.weeks // BLOCK_WEEKS
            if "ordinary_hours" in on and sum(shift.active_s for shift in mine) > most_s:
                self.model.add(sum(x[shift.id] * shift.active_s for shift in mine) <= most_s)
            if "on_call" in on and sum(shift.on_call_s for shift in mine) > rules.on_call_s:
                self.model.add(sum(x[shift.id] * shift.on_call_s for shift in mine) <= rules.on_call_s)
        if "average_hours" in on and one.average_left_s is not None:
            left_s = max(0, one.average_left_s)
            if sum(shift.active_s + shift.on_call_s for shift in shifts) > left_s:
                self.model.add(
                    sum(x[shift.id] * (shift.active_s + shift.on_call_s) for shift in shifts) <= left_s
                )

    def _in_a_row(self, shifts: Sequence[Shift], x: Mapping[str, cp_model.IntVar], most: int) -> None:
        by_day: dict[date, list[cp_model.IntVar]] = {}
        for shift in shifts:
            by_day.setdefault(shift.day, []).append(x[shift.id])
        days = {day: self._any(some) for day, some in by_day.items()}
        for first in days:
            run = [first + timedelta(days=more) for more in range(most + 1)]
            if all(day in days for day in run):
                self.model.add(sum(days[day] for day in run) <= most)

    def _weekends(self, shifts: Sequence[Shift], x: Mapping[str, cp_model.IntVar], most: int) -> None:
        touching: dict[date, list[cp_model.IntVar]] = {}
        blocks = self.horizon.blocks
        for shift in shifts:
            for saturday in weekends_of(shift):
                touching.setdefault(saturday, []).append(x[shift.id])
        for block in blocks:
            worked = [self._any(some) for saturday, some in touching.items() if saturday in block]
            if len(worked) > most:
                self.model.add(sum(worked) <= most)

    def _any(self, variables: Sequence[cp_model.IntVar]) -> cp_model.IntVar:
        """A variable that must be true when one of these is; enough where it is only bounded from above."""
        if len(variables) == 1:
            return variables[0]
        some = self.model.new_bool_var("")
        for one in variables:
            self.model.add_implication(one, some)
        return some

    # Solving

    def begin_from(self, hint: Mapping[str, str]) -> None:
        """Let the search begin from a roster."""
        for (one, shift), variable in self.given.items() if hint else ():
            self.model.add_hint(variable, hint.get(shift) == one)
        for shift, variable in self.open.items() if hint else ():
            self.model.add_hint(variable, shift not in hint)

    def solve(self, seconds: float) -> Found:
        """Solve until every rule holds by the judge's own word, or until it is proved that none does."""
        ends = perf_counter() + seconds
        while (left := ends - perf_counter()) > 0:
            solver = _solver(left, least=bool(self.open))
            status = solver.solve(self.model)
            if status == cp_model.INFEASIBLE:
                return Found("impossible")
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                break
            given = {shift: one for (one, shift), variable in self.given.items() if solver.value(variable)}
            if not self._forbid(given):
                parts = self.team.parts
                count = sum(
                    parts.get(name, 1) for name, variable in self.open.items() if solver.value(variable)
                )
                bound = ceil(solver.best_objective_bound - SLACK) if self.open else 0
                return Found("not_known" if count else "possible", given, count, max(0, bound))
        return Found("not_known")

    def core(self, seconds: float) -> list[Shift] | None:
        """The shifts whose assumptions were used in a proof that not all can be staffed."""
        self.model.add_assumptions(list(self.assumed.values()))
        solver = _solver(seconds, least=False)
        if solver.solve(self.model) != cp_model.INFEASIBLE:
            return None
        used = set(solver.sufficient_assumptions_for_infeasibility())
        return [shift for shift in self.shifts if self.assumed[shift.id].index in used]

    def _forbid(self, given: Mapping[str, str]) -> bool:
        """Forbid by name what the judge does not allow though the model did; True when there was something."""
        found = False
        for one in self.team.assistants:
            mine = [shift for shift in self.held[one.id] if given.get(shift.id) == one.id]
            if self._breaks(one, mine):
                for shift in list(mine):
                    less = [other for other in mine if other.id != shift.id]
                    if self._breaks(one, less):
                        mine = less
                self.model.add_bool_or([~self.given[one.id, shift.id] for shift in mine])
                found = True
        return found

    def _breaks(self, one: Assistant, shifts: Sequence[Shift]) -> bool:
        instance = replace(self.team.instance, rules=self.team.rules_of(one))
        return any(
            breach.rule != "introduction" and self.kept(breach.rule, one.id)
            for breach in breaches_of(instance, one, shifts)
        )


def _solver(seconds: float, *, least: bool) -> cp_model.CpSolver:
    """The solver, set for the fewest open shifts or for whether all can be staffed.

    For the fewest several ways are tried side by side, also on few processors: what finds and what proves are not the
    same. Whether all can be staffed one worker answers soonest without preparations that pay only in a long search.
    """
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.random_seed = 1
    if least:
        solver.parameters.num_workers = WAYS
    else:
        solver.parameters.num_workers = 1
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
    return solver


def _by_time(shift: Shift) -> tuple[int, int, str]:
    return shift.begins_s, shift.ends_s, shift.id
