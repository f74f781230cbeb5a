"""The sentences that say why a shift is open and why a person's shifts cannot all be staffed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from egenmakt.law.working_time.sentences import spoken
from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift
from egenmakt.staffing.rosters.judging import RULES, Breach
from egenmakt.staffing.rosters.words import (
    NAMED,
    clock,
    counted,
    day,
    days,
    listed,
    named,
    number,
    sentence,
    the_shift,
)

Pair = tuple[str, str]  # a rule and an assistant


def nobody_can(shift: Shift, breaches: Sequence[Breach], rules: Rules) -> str:
    """Why none of those who are introduced to the person can take the shift, counted by the first rule it would break."""
    place = f"hos {shift.person}"
    if not breaches:
        return sentence(f"ingen är introducerad {place}, så ingen kan ta {the_shift(shift)}")
    groups: dict[str, list[str]] = {}
    for breach in breaches:
        groups.setdefault(breach.rule, []).append(breach.assistant)
    ordered = sorted(groups, key=lambda rule: (-len(groups[rule]), RULES.index(rule)))
    if len(breaches) == 1:
        why = prevented(ordered[0], shift, rules)
        only = breaches[0].assistant
        return sentence(f"den enda som är introducerad {place} kan inte ta {the_shift(shift)}: {only} {why}")
    few = len(breaches) <= NAMED
    told = [
        f"{listed(groups[rule]) if few else number(len(groups[rule]))} {prevented(rule, shift, rules)}"
        for rule in ordered
    ]
    team = f"de {number(len(breaches))} som är introducerade {place}"
    if len(ordered) == 1:
        told = [_true_of_all(prevented(ordered[0], shift, rules), len(breaches))]
    return sentence(f"ingen av {team} kan ta {the_shift(shift)}: {listed(told)}")


def _true_of_all(what: str, count: int) -> str:
    """`alla är frånvarande`, `ingen arbetar natt`: "alla arbetar inte natt" could mean that some do."""
    if " inte " in what:
        return f"ingen {what.replace(' inte ', ' ', 1)}"
    return f"{'båda' if count == 2 else 'alla'} {what}"


def prevented(rule: str, shift: Shift, rules: Rules) -> str:
    """What is true of somebody for whom this is the first rule that the shift would break; after a name or a number."""
    return {
        "introduction": f"är inte introducerad hos {shift.person}",
        "delegation": f"saknar {shift.skill}",
        "absence": "är frånvarande",
        "no_nights": "arbetar inte natt",
        "overlap": "har redan ett annat pass då",
        "daily_rest": f"får inte dygnsvilan på {spoken(rules.daily_rest_s)}",
        "compensatory_rest": "får inte vila ut efter ett långt pass",
        "weekly_rest": f"får inte veckovilan på {spoken(rules.weekly_rest_s)}",
        "ordinary_hours": "kommer över den ordinarie arbetstiden",
        "on_call": "kommer över den jour som är tillåten",
        "average_hours": "kommer över genomsnittet över fyra månader",
        "consecutive_days": f"får fler än {counted(rules.max_days, 'en dag', 'dagar')} i rad",
        "consecutive_nights": f"får fler än {counted(rules.max_nights, 'en natt', 'nätter')} i rad",
        "weekends": f"får fler än {counted(rules.max_weekends, 'en helg', 'helger')} på fyra veckor",
    }[rule]


def somebody_can(shift: Shift, able: Sequence[str], more: str | None) -> str:
    """That the shift is open although somebody can take it; `more`: what it costs more to give it than to leave it."""
    who = f"{named(able)}{' assistenter' if len(able) > NAMED else ''}"
    can = f"{the_shift(shift)} hos {shift.person} kan tas av {who} utan att någon regel bryts"
    if more is None:
        return sentence(f"{can}: sökningen avslutades innan det tilldelades")
    return sentence(f"{can}, men då kostar schemat minst {more} mer än med passet öppet")


def cannot_together(
    instance: Instance,
    person: str,
    team: Sequence[Assistant],
    shifts: Sequence[Shift],
    pairs: Collection[Pair],
) -> str:
    """Why these shifts cannot all be staffed by the team: what is asked, who there is, and the rules that stop it."""
    rules = {rule for rule, _ in pairs}
    count = len(shifts)
    cannot = {1: "kan inte bemannas", 2: "kan inte båda bemannas"}.get(count, "kan inte alla bemannas")
    if not team:
        return sentence(f"{_asked(person, shifts, rules)} {cannot}: ingen är introducerad hos {person}")
    clauses = [*_who(person, team, shifts, pairs), *_limits(instance.rules, shifts, rules)]
    return sentence(f"{_asked(person, shifts, rules)} {cannot}: {listed(clauses)}")


def not_enough_hours(
    person: str,
    team: Sequence[Assistant],
    shifts: Sequence[Shift],
    kind: str,
    hours: tuple[int, int, str],
) -> str:
    """That the shifts are more than the team may work together. `hours`: what they are, what may be worked, by what."""
    asked_s, most_s, by = hours
    who = _team_that(person, team, kind)
    return sentence(
        f"{kind or 'passen'} hos {person} den {days(one.day for one in shifts)} är tillsammans {spoken(asked_s)}, "
        f"men {who} får tillsammans arbeta högst {spoken(most_s)}: {by}"
    )


def _team_that(person: str, team: Sequence[Assistant], kind: str) -> str:
    names = [one.id for one in team]
    able = " och kan ta dem" if kind else ""
    if len(names) == 1:
        return f"{names[0]}, den enda som är introducerad{able},"
    if len(names) <= NAMED:
        return f"{listed(names)}, de enda som är introducerade{able},"
    return f"de {number(len(names))} som är introducerade{able}"


def _asked(person: str, shifts: Sequence[Shift], rules: Collection[str]) -> str:
    """Which shifts it is about, at the beginning of a sentence."""
    count = len(shifts)
    nights = all(one.is_night for one in shifts)
    what = "nattpassen" if nights else "passen"
    if count == 1:
        return f"{the_shift(shifts[0])} hos {person}"
    if count <= 3 and not nights:
        same_day = len({one.day for one in shifts}) == 1
        if same_day:
            return f"{what} hos {person} den {day(shifts[0].day)} {listed([clock(one) for one in shifts])}"
        return f"{what} hos {person} den {listed([f'{day(one.day)} {clock(one)}' for one in shifts])}"
    when = f"den {days(one.day for one in shifts)}"
    if "weekends" in rules and all(one.weekends for one in shifts):
        saturdays = {one.weekends[0] for one in shifts}
        when = f"{'helgen' if len(saturdays) == 1 else 'helgerna'} {when}"
    return f"de {number(count)} {what} hos {person} {when}"


def _who(
    person: str, team: Sequence[Assistant], shifts: Sequence[Shift], pairs: Collection[Pair]
) -> list[str]:
    """Who there is to take them, and who of these cannot."""
    stopped: dict[str, list[Assistant]] = {}
    for one in team:
        for rule in ("delegation", "no_nights", "absence", "fixed"):
            if (rule, one.id) in pairs:
                stopped.setdefault(rule, []).append(one)
    told = []
    among = f" av de {number(len(team))} som är introducerade hos {person}" if len(team) > 1 else ""
    for skill in sorted({one.skill for one in shifts if one.skill} if "delegation" in stopped else ()):
        able = [one.id for one in team if skill in one.skills]
        told.append(f"{_only(able)}{among} har {skill}")
    if "no_nights" in stopped:
        able = [one.id for one in team if not one.no_nights]
        told.append(f"{_only(able)}{among if not told else ''} arbetar natt")
    if not told:
        ones = "introducerad" if len(team) == 1 else "introducerade"
        told.append(f"bara {named([one.id for one in team])} är {ones} hos {person}")
    touched = {one for shift in shifts for one in shift.days_touched}
    away: dict[str, list[str]] = {}
    for one in stopped.get("absence", ()):
        away.setdefault(days(one.unavailable & touched), []).append(one.id)
    told += [f"{named(names)} är frånvarande den {when}" for when, names in away.items()]
    if "fixed" in stopped:
        told.append(f"{named([one.id for one in stopped['fixed']])} har låsta pass")
    return told


def _only(able: Sequence[str]) -> str:
    return f"bara {named(able)}" if able else "ingen"


def _limits(rules: Rules, shifts: Sequence[Shift], broken: Collection[str]) -> list[str]:
    """The rules of working time that stop them, each said once and in the order of the rules."""
    longest_s = max(rules.max_span_s, rules.long_span_s)
    too_long = any(one.length_s > longest_s for one in shifts)
    said: Mapping[str, str] = {
        "overlap": "ingen kan ta två pass samtidigt",
        "daily_rest": f"ett pass får vara högst {spoken(longest_s)}"
        if too_long
        else f"dygnsvilan ska vara {spoken(rules.daily_rest_s)}",
        "compensatory_rest": "vilan efter ett långt pass ska vara lika lång som passet",
        "weekly_rest": f"alla ska ha {spoken(rules.weekly_rest_s)} sammanhängande ledighet varje vecka",
        "ordinary_hours": f"ordinarie arbetstid är högst {spoken(rules.ordinary_s)} på fyra veckor",
        "on_call": f"jouren är högst {spoken(rules.on_call_s)} på fyra veckor",
        "average_hours": "arbetstiden ska rymmas i det som är kvar av genomsnittet över fyra månader",
        "consecutive_days": f"ingen får arbeta fler än {counted(rules.max_days, 'en dag', 'dagar')} i rad",
        "consecutive_nights": f"ingen får arbeta fler än {counted(rules.max_nights, 'en natt', 'nätter')} i rad",
        "weekends": f"ingen får arbeta fler än {counted(rules.max_weekends, 'en helg', 'helger')} på fyra veckor",
    }
    return [said[rule] for rule in RULES if rule in said and rule in broken]


CAUSES_OF_SUMS: Mapping[str, str] = {
    "ordinary_hours": "mer är inte tillåtet som ordinarie arbetstid",
    "average_hours": "mer ryms inte i genomsnittet över fyra månader",
    "on_call": "mer jour är inte tillåten",
}
