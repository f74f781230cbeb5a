"""A judge and a cost of a roster written from the contract's words alone: it reads the JSON document, counts time with the
system's own time zones, and uses nothing of the product. What it says is compared with what `roster check` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
HOUR, DAY = 3600, timedelta(days=1)
RULES = {
    "daily_rest_s": 39_600,
    "max_span_s": 46_800,
    "long_span_s": 86_400,
    "weekly_rest_s": 129_600,
    "ordinary_s": 576_000,
    "on_call_s": 172_800,
    "max_days": 6,
    "max_weekends": 2,
    "max_nights": 4,
}
WEIGHTS = {
    "open": 10_000,
    "under": 3,
    "over": 4,
    "over_hourly": 2,
    "other_team": 8,
    "distinct": 6,
    "wish": 1,
    "night_fair": 6,
    "weekend_fair": 4,
    "change": 40,
}
Told = tuple[str, str, str]  # rule, assistant, and the shift, the first day or nothing


def second(clock: str, fold: int = 0) -> int:
    """Real time of a Swedish clock time."""
    return int(datetime.fromisoformat(clock).replace(tzinfo=SWEDEN, fold=fold).timestamp())


def midnight(day: date, hour: int = 0) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=SWEDEN).timestamp())


def clock(moment: datetime) -> str:
    """The clock time of a moment on the Swedish wall."""
    return moment.astimezone(SWEDEN).replace(tzinfo=None).isoformat(timespec="minutes")


def was_shown_once(wall: datetime) -> bool:
    """Neither left out in spring nor shown twice in autumn."""
    first, again = (wall.replace(tzinfo=SWEDEN, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first == again and clock(first) == wall.isoformat(timespec="minutes")


@dataclass
class Worked:
    """A shift with everything that rules and cost ask about it."""

    id: str
    person: str
    skill: str | None
    begins: int
    ends: int
    day: date
    active: int
    jour: int

    @property
    def length(self) -> int:
        return self.ends - self.begins

    @property
    def days(self) -> list[date]:
        days = [self.day]
        while midnight(days[-1] + DAY) < self.ends:
            days.append(days[-1] + DAY)
        return days

    @property
    def is_night(self) -> bool:
        dark = sum(
            max(0, min(self.ends, midnight(day + DAY, 6)) - max(self.begins, midnight(day, 22)))
            for day in [self.day - DAY, *self.days]
        )
        return min(self.active, dark - self.jour) >= 3 * HOUR

    @property
    def weekends(self) -> set[date]:
        nearby = [self.day - DAY, *self.days]
        return {
            day
            for day in nearby
            if day.weekday() == 5 and self.begins < midnight(day + DAY, 22) and self.ends > midnight(day, 8)
        }


def shifts_of(document: Mapping) -> dict[str, Worked]:
    return {
        one["id"]: Worked(
            one["id"],
            one["person"],
            one.get("skill"),
            second(one["from"]),
            second(one["to"]),
            date.fromisoformat(one["from"][:10]),
            one["active_s"],
            one.get("on_call_s", 0),
        )
        for one in document["shifts"]
    }


def judged(document: Mapping) -> set[Told]:
    """Every breach: with its shift where the contract says which, else with the first day of what is too much."""
    rules = {**RULES, **document.get("rules", {})}
    shifts = shifts_of(document)
    found = set()
    for one in document["assistants"]:
        mine = [shifts[shift] for shift, holder in document["assignments"].items() if holder == one["id"]]
        mine.sort(key=lambda shift: (shift.begins, shift.ends, shift.id))
        for rule, where in (
            *_of_itself(one, mine),
            *_of_rest(one, mine, rules),
            *_of_sums(one, mine, document, rules),
        ):
            found.add((rule, one["id"], where))
    return found


def _of_itself(one: Mapping, mine: list[Worked]) -> Iterator[tuple[str, str]]:
    for shift in mine:
        if shift.person not in one["people"]:
            yield "introduction", shift.id
        if shift.skill is not None and shift.skill not in one.get("skills", []):
            yield "delegation", shift.id
        if {day.isoformat() for day in shift.days} & set(one.get("unavailable", [])):
            yield "absence", shift.id
        if one.get("no_nights") and shift.is_night:
            yield "no_nights", shift.id


def _of_rest(one: Mapping, mine: list[Worked], rules: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    last_end = second(one["last_end"]) if one.get("last_end") else None
    if any(shift.begins < before.ends for before, shift in pairwise(mine)):
        yield "overlap", ""
        return
    span = 0
    for before, shift in zip([None, *mine], mine, strict=False):
        rest = None if before is None else shift.begins - before.ends
        follows_a_rest = rest is None or rest >= rules["daily_rest_s"]
        span = shift.begins if follows_a_rest else span
        too_soon = last_end is not None and shift.begins - last_end < rules["daily_rest_s"]
        too_long = shift.length > rules["long_span_s"]
        if too_soon or too_long or (not follows_a_rest and shift.ends - span > rules["max_span_s"]):
            yield "daily_rest", shift.id
        if before is not None and before.length > max(rules["max_span_s"], shift.begins - before.ends):
            yield "compensatory_rest", shift.id


def _of_sums(
    one: Mapping, mine: list[Worked], document: Mapping, rules: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    first, weeks = date.fromisoformat(document["from"]), document["weeks"]
    last_end = second(one["last_end"]) if one.get("last_end") else 0
    for week in range(weeks):
        monday = first + week * 7 * DAY
        opens, closes = midnight(monday), midnight(monday + 7 * DAY)
        free, longest, worked = max(opens, last_end), 0, False
        for shift in mine:
            if shift.begins < closes and shift.ends > opens:
                longest, free, worked = max(longest, shift.begins - free), max(free, shift.ends), True
        if worked and max(longest, closes - free) < rules["weekly_rest_s"]:
            yield "weekly_rest", monday.isoformat()
    for week in range(0, weeks, 4):
        opens_on, long = first + week * 7 * DAY, min(4, weeks - week)
        inside = [shift for shift in mine if opens_on <= shift.day < opens_on + long * 7 * DAY]
        saturdays = {day for shift in mine for day in shift.weekends}
        if sum(shift.active for shift in inside) * 4 > rules["ordinary_s"] * long:
            yield "ordinary_hours", opens_on.isoformat()
        if sum(shift.jour for shift in inside) > rules["on_call_s"]:
            yield "on_call", opens_on.isoformat()
        if sum(opens_on <= day < opens_on + long * 7 * DAY for day in saturdays) > rules["max_weekends"]:
            yield "weekends", opens_on.isoformat()
    left, total = one.get("average_left_s"), sum(shift.active + shift.jour for shift in mine)
    if left is not None and total > max(0, left):
        yield "average_hours", ""
    for rule, days, most in (
        ("consecutive_days", {shift.day for shift in mine}, rules["max_days"]),
        ("consecutive_nights", {shift.day for shift in mine if shift.is_night}, rules["max_nights"]),
    ):
        for day in days:
            if day - DAY not in days and all(day + more * DAY in days for more in range(most + 1)):
                yield rule, day.isoformat()


def priced(document: Mapping) -> dict[str, Fraction]:
    """The parts of the cost and their total."""
    weights = {name: Fraction(str(more)) for name, more in {**WEIGHTS, **document.get("weights", {})}.items()}
    shifts, given = shifts_of(document), document["assignments"]
    first = date.fromisoformat(document["from"])
    horizon = {(first + day * DAY).isoformat() for day in range(7 * document["weeks"])}
    amount = dict.fromkeys(WEIGHTS, Fraction(0))
    amount["open"] = Fraction(sum(given.get(shift) is None for shift in shifts))
    previous = document.get("previous", {})
    amount["change"] = Fraction(sum(given.get(shift) != holder for shift, holder in previous.items()))
    part = {one["id"]: one["contract_s"] or 10 * HOUR for one in document["assistants"]}
    for one in document["assistants"]:
        mine = [shifts[shift] for shift, holder in given.items() if holder == one["id"]]
        over = Fraction(sum(shift.active for shift in mine) - one["contract_s"], HOUR)
        kind = "under" if over < 0 else "over" if one["contract_s"] else "over_hourly"
        amount[kind] += abs(over)
        amount["distinct"] += len({shift.person for shift in mine})
        worked = {shift.day.isoformat() for shift in mine}
        for wish in one.get("wishes", []):
            if wish["day"] in horizon and (wish["day"] in worked) == (wish["weight"] > 0):
                amount["wish"] += abs(Fraction(str(wish["weight"])))
        team = [other for other in document["assistants"] if other["home"] == one["home"]]
        for name, pool in (("night_fair", 8), ("weekend_fair", 6)):
            counted = [
                shift
                for shift in shifts.values()
                if (shift.is_night if name == "night_fair" else shift.weekends)
            ]
            at_home = sum(shift.person == one["home"] for shift in counted)
            whole = sum(part[other["id"]] for other in team)
            share = pool if one["home"] is None else ceil(Fraction(at_home * part[one["id"]], whole))
            amount[name] += max(0, sum(shift in mine for shift in counted) - share)
        if one["home"] is not None:
            amount["other_team"] += sum(shift.person != one["home"] for shift in mine)
    parts = {name: more * weights[name] for name, more in amount.items()}
    return {**parts, "total": sum(parts.values(), Fraction(0))}
