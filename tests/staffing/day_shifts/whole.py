"""The best roster by one plain constraint program over the whole instance: written from the rules alone, to judge others by."""

from __future__ import annotations

from itertools import pairwise

from ortools.sat.python import cp_model

from egenmakt.staffing.day_shifts.instance import Employee, Instance


def best_cost(instance: Instance, seconds: float = 60.0) -> int | None:
    """What the best roster costs; None when nobody's rules can be kept together. Fails when it is not proved in time."""
    model = cp_model.CpModel()
    days = range(instance.days)
    does = {
        (one.id, day, shift.id): model.new_bool_var(f"{one.id} {day} {shift.id}")
        for one in instance.employees
        for day in days
        for shift in instance.shifts
    }
    works = {
        (one.id, day): sum(does[one.id, day, shift.id] for shift in instance.shifts)
        for one in instance.employees
        for day in days
    }
    for one in instance.employees:
        _own_rules(model, instance, one, does, works)
    costs = []
    for wish in instance.on_wishes:
        costs.append(wish.weight * (1 - does[wish.employee, wish.day, wish.shift]))
    for wish in instance.off_wishes:
        costs.append(wish.weight * does[wish.employee, wish.day, wish.shift])
    for need in instance.cover:
        there = sum(does[one.id, need.day, need.shift] for one in instance.employees)
        short = model.new_int_var(0, need.needed, "")
        many = model.new_int_var(0, len(instance.employees), "")
        model.add(there + short - many == need.needed)
        costs += [need.under * short, need.over * many]
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return round(solver.objective_value)


def _own_rules(model, instance: Instance, one: Employee, does, works) -> None:
    days = range(instance.days)
    for day in days:
        model.add(works[one.id, day] <= (0 if day in one.days_off else 1))
    for shift in instance.shifts:
        model.add(sum(does[one.id, day, shift.id] for day in days) <= one.most_of[shift.id])
        for day, after in pairwise(days):
            for other in shift.not_followed_by:
                model.add(does[one.id, day, shift.id] + does[one.id, after, other] <= 1)
    minutes = sum(shift.minutes * does[one.id, day, shift.id] for day in days for shift in instance.shifts)
    model.add(minutes <= one.most_minutes)
    model.add(minutes >= one.least_minutes)
    for first in range(instance.days - one.most_in_a_row):
        model.add(
            sum(works[one.id, first + more] for more in range(one.most_in_a_row + 1)) <= one.most_in_a_row
        )
    # A run, of work or of days off, that lies wholly within the horizon is not shorter than the least.
    for length in range(1, max(one.least_in_a_row, one.least_off_in_a_row)):
        for before in range(instance.days - length - 1):
            ends = works[one.id, before] + works[one.id, before + length + 1]
            inside = sum(works[one.id, before + more] for more in range(1, length + 1))
            if length < one.least_in_a_row:
                model.add(inside - ends <= length - 1)
            if length < one.least_off_in_a_row:
                model.add(ends - inside <= 1)
    weekends = []
    for saturday in range(5, instance.days, 7):
        weekend = model.new_bool_var("")
        for day in (saturday, saturday + 1):
            if day < instance.days:
                model.add(works[one.id, day] <= weekend)
        weekends.append(weekend)
    model.add(sum(weekends) <= one.most_weekends)
