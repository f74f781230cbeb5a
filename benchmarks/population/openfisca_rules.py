"""The same rules in OpenFisca-Core, for columns of persons: times and sums out. Run by the benchmark in an environment of
its own. Reads one JSON document on standard input."""

from __future__ import annotations

import json
import statistics
import sys
import time
from importlib.metadata import version

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Person = Entity("person", "persons", "A person", "")
ASKED = json.load(sys.stdin)
COLUMNS = dict(np.load(ASKED["path"]))
YEAR, MONTH, DAY = (int(part) for part in ASKED["day"].split("-"))
SCALARS = ASKED["scalars"]
PERIOD = ASKED["day"][:7]


class Answer(Enum):
    yes = "yes"
    no = "no"
    unknown = "unknown"


class Outcome(Enum):
    state = "state"
    municipality = "municipality"
    refused = "refused"
    unclear = "unclear"


def fact(name: str) -> type[Variable]:
    kind = bool if COLUMNS[name].dtype == bool else int
    return type(
        name, (Variable,), {"value_type": kind, "entity": Person, "definition_period": DateUnit.MONTH}
    )


def rule(kind: object, default: object = None):
    def made(formula) -> type[Variable]:
        body = {"entity": Person, "definition_period": DateUnit.MONTH, "formula": formula, "value_type": kind}
        if isinstance(kind, type) and issubclass(kind, Enum):
            body |= {"value_type": Enum, "possible_values": kind, "default_value": default}
        return type(formula.__name__, (Variable,), body)

    return made


@rule(int)
def age_by_month(person, period):
    years = YEAR - person("born_year", period)
    return np.where(person("born_month", period) > MONTH, years - 1, years)


@rule(int)
def age_in_years(person, period):
    years, month, day = (
        YEAR - person("born_year", period),
        person("born_month", period),
        person("born_day", period),
    )
    passed = (month < MONTH) | ((month == MONTH) & (day <= DAY))
    return np.where(passed, years, years - 1)


@rule(bool)
def age_limit_reached(person, period):
    return person("age_in_years", period) >= COLUMNS["table_age_limit"][person("born_year", period) - 1880]


@rule(Answer, Answer.unknown)
def belongs(person, period):
    group = person("personkrets", period)
    return np.select([group < 0, group == 0], [Answer.unknown, Answer.no], Answer.yes)


@rule(Answer, Answer.unknown)
def barred_by_age(person, period):
    reached, granted = (
        person("limit_reached_when_received", period),
        person("granted_before_age_limit", period),
    )
    return np.select(
        [np.logical_not(reached), granted < 0, granted == 1],
        [Answer.no, Answer.unknown, Answer.no],
        Answer.yes,
    )


def after(kind: str):
    def formula(person, period):
        by_age = COLUMNS[f"table_parental_deduction_{kind}_s_per_day"][person("age_by_month", period)]
        deduction = by_age * person("days_per_week", period)
        exempt = person(f"{kind}_exempt_s", period)
        deductible = person(f"{kind}_s", period) - exempt
        return np.where(deductible <= deduction, exempt, exempt + deductible - deduction)

    formula.__name__ = f"{kind}_after_s"
    return rule(int)(formula)


@rule(Answer, Answer.unknown)
def has_basic_needs(person, period):
    # nobody in these columns has a moment that is unclear
    return np.where(person("basic_after_s", period) > 0, Answer.yes, Answer.no)


@rule(Answer, Answer.unknown)
def right(person, period):
    belonging, barred = person("belongs", period), person("barred_by_age", period)
    needs = person("has_basic_needs", period)
    refused = (belonging == Answer.no) | (barred == Answer.yes) | (needs == Answer.no)
    unknown = (belonging == Answer.unknown) | (barred == Answer.unknown)
    return np.select([refused, unknown], [Answer.no, Answer.unknown], Answer.yes)


@rule(Outcome, Outcome.unclear)
def outcome(person, period):
    entitled = person("right", period)
    above = person("basic_after_s", period) > SCALARS["basic_needs_threshold"] * 3600
    return np.select(
        [entitled == Answer.no, entitled == Answer.unknown, above],
        [Outcome.refused, Outcome.unclear, Outcome.state],
        Outcome.municipality,
    )


@rule(int)
def most_s(person, period):
    need = person("basic_after_s", period) + person("other_after_s", period)
    current = person("current_s_per_week", period)
    capped = person("age_limit_reached", period) & (current >= 0) & (current < need)
    return np.where(capped, current, need)


@rule(int)
def total_s(person, period):
    decided = person("outcome", period)
    granted = (decided == Outcome.state) | (decided == Outcome.municipality)
    return np.where(granted, person("most_s", period), 0)


@rule(int)
def municipal_share_s(person, period):
    most, total = SCALARS["municipal_share_hours"] * 3600, person("total_s", period)
    return np.where((person("outcome", period) == Outcome.state) & (total > most), most, total)


FACTS = [name for name in COLUMNS if not name.startswith("table_")]
RULES = [age_by_month, age_in_years, age_limit_reached, belongs, barred_by_age, after("basic"), after("other"),
         has_basic_needs, right, outcome, most_s, total_s, municipal_share_s]  # fmt: skip
WORKED_OUT = [made.__name__ for made in RULES]

system = TaxBenefitSystem([Person])
for name in FACTS:
    system.add_variable(fact(name))
for made in RULES:
    system.add_variable(made)
simulation = SimulationBuilder().build_default_simulation(system, count=len(COLUMNS["born_year"]))
for name in FACTS:
    held = COLUMNS[name]
    simulation.set_input(name, PERIOD, held if held.dtype == bool else held.astype(np.int32))

times = []
for _turn in range(ASKED["turns"] + 1):
    for name in WORKED_OUT:
        simulation.delete_arrays(name)
    begun = time.perf_counter()
    found = {name: simulation.calculate(name, PERIOD) for name in ("municipal_share_s", "total_s")}
    simulation.calculate("outcome", PERIOD)
    times.append((time.perf_counter() - begun) * 1e3)
sums = {name: int(held.sum(dtype=np.int64)) for name, held in found.items()}
print(json.dumps({
    "version": version("OpenFisca-Core"), "sums": sums, "ms": [statistics.median(times[1:]), min(times[1:])],
}))  # fmt: skip
