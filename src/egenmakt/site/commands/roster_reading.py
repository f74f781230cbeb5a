"""Reading a roster from its document: every fault is told at once, with its path, and what is read is whole.

Guarantees: `read_instance` gives an instance that can be judged, or raises NotReadable with every error. Refused is what
cannot be right: unknown fields and names, names given twice, shifts that begin outside the horizon or end before they
begin, more work than there is time, clock times that were never shown, wishes that contradict each other. Left alone is
what may be honest: persons without shifts, homes without shifts, days outside the horizon, a day of absence said twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields as parts_of
from datetime import date, datetime, timedelta
from decimal import Decimal

from egenmakt.law.calendar import ClockTimeMissing, SummerTimeUnknown, is_repeated, moment, seconds_between
from egenmakt.site.commands.clock_times import FOLDS, clock_times
from egenmakt.site.commands.contract import InputRefused, NotReadable
from egenmakt.site.commands.fields import Fields, quoted
from egenmakt.staffing.rosters.instance import Assistant, Instance, Rules, Shift, Weights, Wish

MOST_WEEKS = 53
MOST_SHIFTS = 200_000
MOST_ASSISTANTS = 20_000
MOST_LISTED = 10_000
LONGEST_SHIFT_S = 7 * 86_400
MOST_SECONDS = 400 * 86_400
MOST_LIMIT_S = 10**10  # a limit may be as good as none
MOST_COUNT = 10_000
MOST_WEIGHT = 1_000_000_000
MOST_NAME = 200
MONDAY = 0
_THOUSANDTH = Decimal("0.001")
_COUNTS = ("max_days", "max_weekends", "max_nights")


@dataclass(frozen=True, slots=True)
class _Horizon:
    """The first Monday and the day after the last."""

    first: date
    end: date


class _Names:
    """The names of one kind that have been read, and whether every one of them could be."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.whole = True

    def listed(self, fields: Fields, name: str, most: int) -> list[Fields]:
        """The objects that have these names; none when they cannot be listed, and then no name is known to be wrong."""
        faults = len(fields.errors)
        objects = fields.objects(name, most)
        self.whole = name in fields and len(fields.errors) == faults
        return objects

    def read(self, fields: Fields, again: str) -> str | None:
        """The `id` of an object: not empty, not too long, not given before."""
        name = _name(fields, "id")
        if name is None:
            self.whole = False
        elif name in self.seen:
            fields.fail("id", again)
        else:
            self.seen.add(name)
        return name

    def lacks(self, name: str) -> bool:
        """Whether the name is known to be unknown."""
        return self.whole and name not in self.seen


def read_instance(document: object, repeated: Sequence[InputRefused] = ()) -> Instance:
    """The instance of a document. `repeated` are the errors found while the document was parsed.

    Raises NotReadable with every error, and SummerTimeUnknown when the horizon begins before 1996.
    """
    errors = list(repeated)
    fields = Fields(document, errors)
    fields.only(["from", "weeks", "shifts", "assistants"], ["rules", "weights", "assignments", "previous"])
    horizon, weeks = _horizon(fields)
    rules, weights = _rules(fields.inner("rules")), _weights(fields.inner("weights"))
    shift_names, assistant_names = _Names(), _Names()
    shifts = [_shift(one, horizon, shift_names) for one in shift_names.listed(fields, "shifts", MOST_SHIFTS)]
    assistants = [
        _assistant(one, horizon, assistant_names)
        for one in assistant_names.listed(fields, "assistants", MOST_ASSISTANTS)
    ]
    fixed = _assignments(fields, "assignments", shift_names, assistant_names)
    previous = _assignments(fields, "previous", shift_names, assistant_names)
    if errors or horizon is None:
        raise NotReadable(errors)
    return Instance(
        first=horizon.first,
        weeks=weeks,
        shifts=tuple(shift for shift in shifts if shift is not None),
        assistants=tuple(assistant for assistant in assistants if assistant is not None),
        rules=rules,
        weights=weights,
        fixed={shift: assistant for shift, assistant in fixed.items() if assistant is not None},
        previous=previous,
    )


def _horizon(fields: Fields) -> tuple[_Horizon | None, int]:
    first, weeks = fields.day("from"), fields.whole("weeks", 1, MOST_WEEKS)
    if first is not None and first.weekday() != MONDAY:
        fields.fail("from", f"Perioden ska börja en måndag. {first.isoformat()} är ingen måndag.")
        first = None
    if first is None or weeks is None:
        return None, 0
    moment(datetime(first.year, 1, 1))  # noqa: DTZ001  # a clock time without zone; raises SummerTimeUnknown
    return _Horizon(first, first + timedelta(weeks=weeks)), weeks


def _rules(fields: Fields | None) -> Rules:
    if fields is None:
        return Rules()
    names = [part.name for part in parts_of(Rules)]
    fields.only([], names)
    read = {name: fields.whole(name, 0, MOST_COUNT if name in _COUNTS else MOST_LIMIT_S) for name in names}
    return Rules(**{name: value for name, value in read.items() if value is not None})


def _weights(fields: Fields | None) -> Weights:
    if fields is None:
        return Weights()
    names = [part.name for part in parts_of(Weights)]
    fields.only([], names)
    read = {name: _number(fields, name, 0) for name in names}
    return Weights(**{name: value for name, value in read.items() if value is not None})


def _number(fields: Fields, name: str, least: int) -> Decimal | None:
    """A number with at most three decimals."""
    number = fields.number(name, least, MOST_WEIGHT)
    if number is not None and number != number.quantize(_THOUSANDTH):
        fields.fail(name, "Högst tre decimaler.")
        return None
    return number


def _name(fields: Fields, name: str) -> str | None:
    """A text that is a name: not empty, not longer than anybody would write."""
    text = fields.text(name)
    if text is not None and not 0 < len(text) <= MOST_NAME:
        fields.fail(name, f"Ska vara text med 1 till {MOST_NAME} tecken.")
        return None
    return text


def _shift(fields: Fields, horizon: _Horizon | None, names: _Names) -> Shift | None:
    fields.only(["id", "person", "from", "to", "active_s"], ["on_call_s", "skill", *FOLDS])
    name = names.read(fields, "Ett annat pass heter så. Ge varje pass ett eget id.")
    person = _name(fields, "person")
    skill = None if fields.is_null("skill") else _name(fields, "skill")
    active_s = fields.whole("active_s", 0, LONGEST_SHIFT_S)
    on_call_s = fields.whole("on_call_s", 0, LONGEST_SHIFT_S)
    times = _times(fields)
    if times is not None and horizon is not None and not horizon.first <= times[0].date() < horizon.end:
        last = horizon.end - timedelta(days=1)
        fields.fail("from", f"Passet ska börja i perioden, {horizon.first} till och med {last}.")
    if times is None or active_s is None or (on_call_s is None and "on_call_s" in fields):
        return None
    begins, ends, length_s = times
    if active_s + (on_call_s or 0) > length_s:
        fields.fail("active_s", "Arbete och jour är tillsammans längre än passet.")
    if (
        name is None
        or person is None
        or (skill is None and "skill" in fields and not fields.is_null("skill"))
    ):
        return None
    return Shift(name, person, begins, ends, active_s, on_call_s or 0, skill)


def _times(fields: Fields) -> tuple[datetime, datetime, int] | None:
    """When a shift begins and ends, and its length: clock times that were shown, in that order, at most a week apart."""
    times = clock_times(fields)
    if times is None:
        return None
    shown = [_was_shown(fields, name, clock) for name, clock in zip(("from", "to"), times, strict=True)]
    if not all(shown):
        return None
    length_s = seconds_between(*times)
    if length_s <= 0:
        fields.fail("to", "Passet ska sluta efter att det har börjat.")
        return None
    if length_s > LONGEST_SHIFT_S:
        fields.fail("to", "Passet är längre än en vecka. Dela upp det.")
        return None
    return *times, length_s


def _was_shown(fields: Fields, name: str, clock: datetime) -> bool:
    """Whether a Swedish clock has shown the time; a fold is only for the hour that comes twice."""
    if clock.fold and not is_repeated(clock):
        fields.fail(
            f"{name}_fold",
            "Klockslaget kom bara en gång. Ange fold bara för 02:00–02:59 när sommartiden slutar.",
        )
        return False
    try:
        moment(clock)
    except (ClockTimeMissing, SummerTimeUnknown) as error:
        fields.fail(name, str(error))
        return False
    return True


def _assistant(fields: Fields, horizon: _Horizon | None, names: _Names) -> Assistant | None:
    fields.only(
        ["id", "home", "contract_s", "people"],
        ["skills", "no_nights", "unavailable", "wishes", "average_left_s", "last_end", "last_end_fold"],
    )
    name = names.read(fields, "En annan assistent heter så. Ge varje assistent ett eget id.")
    home = None if fields.is_null("home") else _name(fields, "home")
    contract_s = fields.whole("contract_s", 0, MOST_SECONDS)
    left_s = (
        None
        if fields.is_null("average_left_s")
        else fields.whole("average_left_s", -MOST_LIMIT_S, MOST_LIMIT_S)
    )
    people, skills = fields.texts("people", MOST_LISTED), fields.texts("skills", MOST_LISTED)
    no_nights = fields.yes_or_no("no_nights")
    unavailable = fields.days("unavailable", MOST_LISTED)
    wishes = _wishes(fields)
    last_end = _last_end(fields, horizon)
    if name is None or contract_s is None:
        return None
    return Assistant(
        id=name,
        home=home,
        contract_s=contract_s,
        people=frozenset(people),
        skills=frozenset(skills),
        no_nights=no_nights or False,
        unavailable=frozenset(unavailable),
        wishes=wishes,
        average_left_s=left_s,
        last_end=last_end,
    )


def _wishes(fields: Fields) -> tuple[Wish, ...]:
    """Wishes for days. Two of the same kind for a day count both; to be free and to work the same day is refused."""
    wishes = []
    kinds: dict[date, bool] = {}
    for one in fields.objects("wishes", MOST_LISTED):
        one.only(["day", "weight"])
        day, weight = one.day("day"), _number(one, "weight", -MOST_WEIGHT)
        if day is None or weight is None:
            continue
        if weight and kinds.setdefault(day, weight > 0) != (weight > 0):
            one.fail("day", "Samma dag önskas både ledig och med arbete. Behåll det ena.")
        wishes.append(Wish(day, weight))
    return tuple(wishes)


def _last_end(fields: Fields, horizon: _Horizon | None) -> datetime | None:
    """When the last shift before the horizon ended: it began before it, so it ended within a week of its beginning."""
    fold = fields.whole("last_end_fold", 0, 1)
    clock = None if fields.is_null("last_end") else fields.clock("last_end")
    if clock is None:
        return None
    clock = clock.replace(fold=fold or 0)
    if not _was_shown(fields, "last_end", clock):
        return None
    if horizon is not None and clock.date() >= horizon.first + timedelta(weeks=1):
        fields.fail(
            "last_end", f"Ska vara när det sista passet före perioden slutade, som börjar {horizon.first}."
        )
        return None
    return clock


def _assignments(fields: Fields, name: str, shifts: _Names, assistants: _Names) -> dict[str, str | None]:
    """Who has each shift; null: nobody."""
    read: dict[str, str | None] = {}
    for shift, assistant in fields.mapping(name).items():
        where = f"{name}.{quoted(shift)}"
        if shifts.lacks(shift):
            fields.fail(where, "Passet finns inte bland passen.")
        if assistant is None:
            read[shift] = None
        elif not isinstance(assistant, str):
            fields.fail(where, "Ska vara en assistents id inom citattecken, eller null.")
        elif assistants.lacks(assistant):
            fields.fail(where, f"Assistenten {quoted(assistant)} finns inte bland assistenterna.")
        else:
            read[shift] = assistant
    return read
