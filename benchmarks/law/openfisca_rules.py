"""The same rules in OpenFisca-Core, run by the benchmark in an environment of its own: a case in, times and sums out.

The case has moments (persons) in an application (group entity). Reads one JSON document on standard input.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from importlib.metadata import version

import numpy as np
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Moment = Entity("moment", "moments", "A moment of help", "")
Application = GroupEntity(
    "application",
    "applications",
    "An application",
    "",
    roles=[{"key": "part", "plural": "parts", "label": "Part"}],
)


class Need(Enum):
    breathing = "breathing"
    hygiene = "hygiene"
    meals = "meals"
    dressing = "dressing"
    communication = "communication"
    harm_prevention = "harm_prevention"
    medical = "medical"
    other = "other"


class Per(Enum):
    day = "day"
    week = "week"


class Ground(Enum):
    health_care = "health_care"
    other_need = "other_need"
    whatever_nature = "whatever_nature"
    tube_feeding = "tube_feeding"
    intimate = "intimate"
    not_intimate = "not_intimate"


class Answer(Enum):
    yes = "yes"
    no = "no"
    unknown = "unknown"


class CountedAs(Enum):
    not_counted = "not_counted"
    basic = "basic"
    other = "other"


class Decider(Enum):
    unclear = "unclear"
    refused = "refused"
    municipality = "municipality"
    state = "state"


YEAR = period("2026")


def fact(name, kind, entity=Moment, values=None):
    body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name}
    if values is not None:
        body |= {"possible_values": values, "default_value": next(iter(values))}
    return type(name, (Variable,), body)


def rule(formula, kind, entity=Moment, values=None):
    made = fact(formula.__name__, kind, entity, values)
    made.formula = formula
    return made


def needed_micro_minutes(moment, year):
    return np.maximum(moment("micro_minutes", year) - moment("met_otherwise_micro_minutes", year), 0)


def admitted(moment, year):
    return np.logical_not(moment("is_health_care", year))


def weekly_s(moment, year):
    seconds = moment("needed_micro_minutes", year).astype(np.int64) * 60 * moment("times", year)
    day = moment("per", year) == Per.day
    seconds = np.where(day, seconds * moment.application("days_per_week", year), seconds)
    return (2 * seconds + 1_000_000) // 2_000_000


def ground(moment, year):
    need = moment("need", year)
    whatever = (need == Need.breathing) + (need == Need.harm_prevention) + (need == Need.medical)
    tube = (need == Need.meals) * moment("tube_feeding", year)
    return np.select(
        [
            np.logical_not(moment("admitted", year)),
            whatever,
            need == Need.other,
            tube,
            moment("intimate", year),
        ],
        [Ground.health_care, Ground.whatever_nature, Ground.other_need, Ground.tube_feeding, Ground.intimate],
        Ground.not_intimate,
    )


def counted_as(moment, year):
    given = moment("ground", year)
    basic = (given == Ground.whatever_nature) + (given == Ground.tube_feeding) + (given == Ground.intimate)
    not_counted = given == Ground.health_care
    return np.select([basic, not_counted], [CountedAs.basic, CountedAs.not_counted], CountedAs.other)


def exempt_from_deduction(moment, year):
    given, need = moment("ground", year), moment("need", year)
    breathing = (need == Need.breathing) + (need == Need.medical)
    return (given == Ground.tube_feeding) + (given == Ground.whatever_nature) * breathing


def second_assistant(moment, year):
    tried = moment.application("housing_adaptation_tried", year) * moment.application("aids_tried", year)
    return (moment("assistants", year) == 1) + tried


def assistants_counted(moment, year):
    return np.where(moment("second_assistant", year), moment("assistants", year), 1)


def moment_s(moment, year):
    counts = moment("counted_as", year) != CountedAs.not_counted
    return counts * moment("weekly_s", year) * moment("assistants_counted", year)


def basic_s(application, year):
    seconds, kind = application.members("moment_s", year), application.members("counted_as", year)
    return application.sum(seconds * (kind == CountedAs.basic))


def other_s(application, year):
    seconds, kind = application.members("moment_s", year), application.members("counted_as", year)
    return application.sum(seconds * (kind == CountedAs.other))


def basic_exempt_s(application, year):
    seconds, kind = application.members("moment_s", year), application.members("counted_as", year)
    exempt = application.members("exempt_from_deduction", year)
    return application.sum(seconds * (kind == CountedAs.basic) * exempt)


def basic_deduction_s(application, year):
    return application("deduction_s_per_day", year) * application("days_per_week", year)


def basic_after_s(application, year):
    exempt = application("basic_exempt_s", year)
    rest = application("basic_s", year) - exempt - application("basic_deduction_s", year)
    return exempt + np.maximum(rest, 0)


def other_exempt_s(application, year):
    seconds, kind = application.members("moment_s", year), application.members("counted_as", year)
    exempt = application.members("exempt_from_deduction", year)
    return application.sum(seconds * (kind == CountedAs.other) * exempt)


def other_deduction_s(application, year):
    return application("deduction_s_per_day", year) * application("days_per_week", year)


def other_after_s(application, year):
    exempt = application("other_exempt_s", year)
    rest = application("other_s", year) - exempt - application("other_deduction_s", year)
    return exempt + np.maximum(rest, 0)


def age_limit_reached(application, year):
    return application("age_in_years", year) >= application("age_limit", year)


def belongs(application, year):
    group = application("personkrets_group", year) > 0
    tried = application("personkrets_tried", year)
    return np.select([np.logical_not(tried), group], [Answer.unknown, Answer.yes], Answer.no)


def barred_by_age(application, year):
    late = application("age_limit_reached", year) * np.logical_not(
        application("granted_before_age_limit", year)
    )
    return np.where(late, Answer.yes, Answer.no)


def has_basic_needs(application, year):
    return np.where(application("basic_after_s", year) > 0, Answer.yes, Answer.no)


def right(application, year):
    refused = (
        (application("belongs", year) == Answer.no)
        + (application("barred_by_age", year) == Answer.yes)
        + (application("has_basic_needs", year) == Answer.no)
    )
    unknown = application("belongs", year) == Answer.unknown
    return np.select([refused, unknown], [Answer.no, Answer.unknown], Answer.yes)


def above_threshold(application, year):
    return application("basic_after_s", year) > 20 * 3600


def outcome(application, year):
    given = application("right", year)
    return np.select(
        [given == Answer.no, given == Answer.unknown, application("above_threshold", year)],
        [Decider.refused, Decider.unclear, Decider.state],
        Decider.municipality,
    )


def need_s(application, year):
    return application("basic_after_s", year) + application("other_after_s", year)


def most_s(application, year):
    need, current = application("need_s", year), application("current_s_per_week", year)
    capped = application("age_limit_reached", year) * (current > 0)
    return np.where(capped, np.minimum(need, current), need)


def total_s(application, year):
    decided = application("outcome", year)
    granted = (decided == Decider.state) + (decided == Decider.municipality)
    return granted * application("most_s", year)


def municipal_share_s(application, year):
    total = application("total_s", year)
    return np.where(application("outcome", year) == Decider.state, np.minimum(total, 20 * 3600), total)


ASKED = {"need": Need, "per": Per}
VARIABLES = [
    *(fact(name, int) for name in ("micro_minutes", "met_otherwise_micro_minutes", "times", "assistants")),
    *(fact(name, bool) for name in ("intimate", "tube_feeding", "is_health_care")),
    *(fact(name, Enum, Moment, values) for name, values in ASKED.items()),
    *(
        fact(name, int, Application)
        for name in ("days_per_week", "deduction_s_per_day", "age_in_years", "age_limit")
    ),
    *(fact(name, int, Application) for name in ("personkrets_group", "current_s_per_week")),
    *(fact(name, bool, Application) for name in ("housing_adaptation_tried", "aids_tried")),
    *(fact(name, bool, Application) for name in ("personkrets_tried", "granted_before_age_limit")),
    *(rule(one, int) for one in (needed_micro_minutes, weekly_s, assistants_counted, moment_s)),
    *(rule(one, bool) for one in (admitted, exempt_from_deduction, second_assistant)),
    rule(ground, Enum, Moment, Ground),
    rule(counted_as, Enum, Moment, CountedAs),
    *(rule(one, int, Application) for one in (basic_s, basic_exempt_s, basic_deduction_s, basic_after_s)),
    *(rule(one, int, Application) for one in (other_s, other_exempt_s, other_deduction_s, other_after_s)),
    *(rule(one, int, Application) for one in (need_s, most_s, total_s, municipal_share_s)),
    *(rule(one, bool, Application) for one in (age_limit_reached, above_threshold)),
    *(rule(one, Enum, Application, Answer) for one in (belongs, barred_by_age, has_basic_needs, right)),
    rule(outcome, Enum, Application, Decider),
]


def main() -> None:
    case = json.load(sys.stdin)
    system = TaxBenefitSystem([Moment, Application])
    system.add_variables(*VARIABLES)
    moments, application = case["moments"], case["application"]

    def built():
        """A simulation with every fact set, the fastest way there is: whole columns at once."""
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("moment", list(range(len(moments["times"]))))
        group = builder.declare_entity("application", [0])
        builder.join_with_persons(group, [0] * len(moments["times"]), ["part"] * len(moments["times"]))
        simulation = builder.build(system)
        simulation.trace = True
        for name, values in moments.items():
            simulation.set_input(name, YEAR, np.array(values))
        for name, value in application.items():
            simulation.set_input(name, YEAR, np.array([value]))
        return simulation

    names = ("basic_s", "other_s", "total_s", "municipal_share_s")
    both, only = [], []
    for _turn in range(case["turns"]):
        begun = time.perf_counter()
        simulation = built()
        ready = time.perf_counter()
        simulation.calculate("municipal_share_s", YEAR)
        done = time.perf_counter()
        both.append(done - begun)
        only.append(done - ready)
    answer = {name: int(simulation.calculate(name, YEAR)[0]) for name in names}
    answer["outcome"] = str(simulation.calculate("outcome", YEAR).decode_to_str()[0])
    told = {"version": version("OpenFisca-Core"), "answer": answer}
    told |= {
        "whole": [statistics.median(both), min(both)],
        "calculating": [statistics.median(only), min(only)],
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
