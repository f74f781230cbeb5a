"""From the JSON of the command-line contract to the facts of an application. All errors are found at once.

Guarantees: a fact is either read exactly as it was written, or refused at its path with a Swedish sentence
that says what to do. Judgements that are missing become None and make the answer unclear; other missing
facts are errors. Unknown fields are errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple, TypeVar

from egenmakt.law.assistance.facts import (
    MOST_DECIMALS,
    AssessmentFacts,
    DoubleAssistance,
    Moment,
    Personkrets,
    SelfCare,
)
from egenmakt.law.lss.needs import Necessary, Need, Per
from egenmakt.law.lss.readings import READINGS

Choice = TypeVar("Choice", bound=StrEnum)

# The most minutes there are in the time a moment comes back in.
_MINUTES_IN = {Per.DAY: 1440, Per.WEEK: 10_080, Per.FORTNIGHT: 20_160, Per.MONTH: 44_640, Per.YEAR: 527_040}
_IN_WORDS = {
    Per.DAY: "på ett dygn",
    Per.WEEK: "på en vecka",
    Per.FORTNIGHT: "på två veckor",
    Per.MONTH: "på en månad",
    Per.YEAR: "på ett år",
}
_FIRST_YEAR, _LAST_YEAR = 1880, 2199
_MOST_MOMENTS = 5_000
_WEEK_S = 7 * 24 * 3600
_FINEST = Decimal(1).scaleb(-MOST_DECIMALS)
_MOST_DIGITS = 30  # of a number as written, so that working with it cannot take long


class InputError(NamedTuple):
    """One thing that is wrong: where (`moments[2].minutes`) and in Swedish what to do about it."""

    path: str
    message: str


class InvalidInput(ValueError):
    """The document is not a description of an application. Carries every error."""

    def __init__(self, errors: tuple[InputError, ...]) -> None:
        super().__init__("; ".join(f"{error.path}: {error.message}" for error in errors))
        self.errors = errors


def facts_from_json(document: object) -> AssessmentFacts:
    """The facts in a document of the shape of `egenmakt assess`. Raises InvalidInput with every error."""
    reader = _Reader()
    facts = _facts(reader, document)
    if reader.errors or facts is None:
        raise InvalidInput(tuple(reader.errors))
    return facts


def _facts(read: _Reader, document: object) -> AssessmentFacts | None:
    top = read.fields(
        document,
        "",
        required={"on", "person", "application", "days_per_week", "moments"},
        optional={"until", "municipality", "personkrets", "double_assistance", "night", "readings", "of_age"},
    )
    if top is None:
        return None
    on, until = read.day(top, "on"), read.day(top, "until")
    person = read.fields(top.get("person", _ABSENT), "person", required={"born"}, optional=set())
    born = read.day(person, "born", "person") if person is not None else None
    if on and until and until < on:
        read.fail("until", "Sista dagen kan inte ligga före den första.")
    if on and born and on < born:
        read.fail("person.born", "Personen kan inte vara född efter den första dagen som bedöms.")
    application = read.fields(
        top.get("application", _ABSENT),
        "application",
        required={"received"},
        optional={"granted_before_age_limit", "current_s_per_week"},
    )
    application = {} if application is None else application
    double = read.fields(
        top.get("double_assistance", _ABSENT),
        "double_assistance",
        required=set(),
        optional={"housing_adaptation_tried", "aids_tried"},
    )
    double = {} if double is None else double
    night = read.fields(
        top.get("night", _ABSENT),
        "night",
        required=set(),
        optional={"waiting_minutes_per_day", "standby_minutes_per_day"},
    )
    night = {} if night is None else night
    waiting = read.minutes(night, "waiting_minutes_per_day", "night", most=1440)
    standby = read.minutes(night, "standby_minutes_per_day", "night", most=1440)
    if waiting + standby > 1440:
        read.fail("night", "Väntetid och beredskap kan tillsammans inte vara mer än ett dygn.")
    received = read.day(application, "received", "application")
    granted = read.yes_or_no(application, "granted_before_age_limit", "application")
    current = read.whole(application, "current_s_per_week", "application", least=0, most=10 * _WEEK_S)
    personkrets = _personkrets(read, top)
    days = read.whole(top, "days_per_week", "", least=1, most=7)
    municipality = read.text(top, "municipality", "") if top.get("municipality") is not None else None
    housing = read.yes_or_no(double, "housing_adaptation_tried", "double_assistance")
    aids = read.yes_or_no(double, "aids_tried", "double_assistance")
    moments = _moments(read, top)
    readings = _readings(read, top.get("readings", []))
    of_age = read.fields(
        top.get("of_age", _ABSENT),
        "of_age",
        required=set(),
        optional={"basic_s_per_week", "other_s_per_week"},
    )
    of_age = {} if of_age is None else of_age
    basic_of_age = read.whole(of_age, "basic_s_per_week", "of_age", least=0, most=10 * _WEEK_S)
    other_of_age = read.whole(of_age, "other_s_per_week", "of_age", least=0, most=10 * _WEEK_S)
    if read.errors or on is None or born is None or received is None or days is None:
        return None
    return AssessmentFacts(
        on=on,
        until=until,
        born=born,
        received=received,
        granted_before_age_limit=granted,
        current_s_per_week=current,
        personkrets=personkrets,
        days_per_week=days,
        double_assistance=DoubleAssistance(housing, aids),
        moments=moments,
        waiting_minutes_per_day=waiting,
        standby_minutes_per_day=standby,
        municipality=municipality,
        readings=readings,
        basic_of_age_s=basic_of_age,
        other_of_age_s=other_of_age,
    )


def _readings(read: _Reader, raw: object) -> tuple[str, ...]:
    """The readings chosen, one for each question that is open."""
    if not isinstance(raw, list):
        read.fail("readings", "Ska vara en lista med namn på tolkningar.")
        return ()
    known = {one.name: one.question for one in READINGS}
    answered: set[str] = set()
    for place, name in enumerate(raw):
        if not isinstance(name, str) or name not in known:
            read.fail(f"readings[{place}]", f"Ska vara något av: {', '.join(known)}.")
        elif known[name] in answered:
            read.fail(f"readings[{place}]", "Välj en tolkning av varje fråga.")
        else:
            answered.add(known[name])
    return tuple(name for name in known if name in raw)


def _personkrets(read: _Reader, top: Mapping[str, object]) -> Personkrets | None:
    """The trial of the group of persons; None when it is missing, so not made."""
    if top.get("personkrets") is None:
        return None
    fields = read.fields(top["personkrets"], "personkrets", required=set(), optional={"group"})
    if fields is None or "group" not in fields:
        return None
    return Personkrets(read.whole(fields, "group", "personkrets", least=1, most=3))


def _moments(read: _Reader, top: Mapping[str, object]) -> tuple[Moment, ...]:
    raw = top.get("moments")
    if not isinstance(raw, list):
        if "moments" in top:
            read.fail("moments", "Ska vara en lista med moment.")
        return ()
    if len(raw) > _MOST_MOMENTS:
        read.fail("moments", f"Högst {_MOST_MOMENTS} moment kan bedömas på en gång.")
        return ()
    found = [_moment(read, entry, f"moments[{place}]") for place, entry in enumerate(raw)]
    seen: dict[str, int] = {}
    for place, moment in enumerate(found):
        if moment is None:
            continue
        if moment.id in seen:
            read.fail(
                f"moments[{place}].id",
                f"Samma id som moments[{seen[moment.id]}]. Ge varje moment ett eget id.",
            )
        seen.setdefault(moment.id, place)
    return tuple(moment for moment in found if moment)


def _moment(read: _Reader, entry: object, path: str) -> Moment | None:
    fields = read.fields(
        entry,
        path,
        required={"id", "need", "minutes", "times", "per"},
        optional={
            *("text", "assistants", "intimate", "tube_feeding", "activation_measure"),
            *("directly_necessary_for", "self_care", "met_otherwise_minutes"),
        },
    )
    if fields is None:
        return None
    need = read.choice(fields, "need", path, Need)
    per = read.choice(fields, "per", path, Per)
    times = read.whole(fields, "times", path, least=0, most=100_000)
    minutes = read.minutes(fields, "minutes", path, most=_MINUTES_IN[per] if per else _MINUTES_IN[Per.YEAR])
    if per and times and minutes * times > _MINUTES_IN[per]:
        read.fail(
            f"{path}.minutes", f"Minuter gånger antal gånger blir mer tid än det finns {_IN_WORDS[per]}."
        )
    met_otherwise = read.minutes(fields, "met_otherwise_minutes", path, most=_MINUTES_IN[Per.YEAR])
    if met_otherwise > minutes:
        read.fail(
            f"{path}.met_otherwise_minutes",
            "Den tid som tillgodoses på annat sätt kan inte vara längre än momentets minuter.",
        )
    assistants = read.whole(fields, "assistants", path, least=1, most=10)
    moment_id = read.text(fields, "id", path)
    if "id" in fields and moment_id is not None and not moment_id.strip():
        read.fail(f"{path}.id", "Ge momentet ett id.")
    return Moment(
        id=moment_id or "",
        text=read.text(fields, "text", path) or "",
        need=need or Need.OTHER,
        minutes=minutes,
        times=times or 0,
        per=per or Per.DAY,
        assistants=assistants or 1,
        intimate=read.yes_or_no(fields, "intimate", path),
        tube_feeding=read.yes_or_no(fields, "tube_feeding", path, nullable=False) or False,
        activation_measure=read.yes_or_no(fields, "activation_measure", path, nullable=False) or False,
        directly_necessary_for=(
            read.choice(fields, "directly_necessary_for", path, Necessary)
            if fields.get("directly_necessary_for") is not None
            else None
        ),
        self_care=_self_care(read, fields, path),
        met_otherwise_minutes=met_otherwise,
    )


def _self_care(read: _Reader, moment: Mapping[str, object], path: str) -> SelfCare | Literal[False] | None:
    raw, path = moment.get("self_care"), f"{path}.self_care"
    if raw is None or raw is False:
        return raw
    if not isinstance(raw, Mapping):
        read.fail(path, "Ska vara null, false eller en bedömning med assessed och valid_until.")
        return None
    fields = read.fields(raw, path, required={"assessed"}, optional={"valid_until"})
    if fields is None:
        return None
    assessed, until = (
        read.day(fields, "assessed", path),
        read.day(fields, "valid_until", path, last_year=9999),
    )
    if assessed and until and until < assessed:
        read.fail(f"{path}.valid_until", "Bedömningen kan inte upphöra innan den gjordes.")
    return SelfCare(assessed, until) if assessed else None


class _Absent:
    """Marks a field that is not there, which is something else than null."""


_ABSENT = _Absent()


class _Reader:
    """Reads values of a document and collects what is wrong with them."""

    def __init__(self) -> None:
        self.errors: list[InputError] = []

    def fail(self, path: str, message: str) -> None:
        self.errors.append(InputError(path, message))

    def fields(
        self, value: object, path: str, *, required: set[str], optional: set[str]
    ) -> Mapping[str, object] | None:
        """The object's fields; None when there is no object. Reports unknown and missing fields."""
        if isinstance(value, _Absent) or (value is None and not required):
            return None
        if not isinstance(value, Mapping):
            self.fail(path, "Ska vara ett objekt med namngivna fält.")
            return None
        for name in value:
            if name not in required | optional:
                self.fail(_join(path, str(name)), "Okänt fält. Ta bort det eller rätta namnet.")
        for name in sorted(required):
            if name not in value:
                self.fail(_join(path, name), "Fältet saknas.")
        return value

    def day(
        self, fields: Mapping[str, object], name: str, path: str = "", *, last_year: int = _LAST_YEAR
    ) -> date | None:
        """A date as YYYY-MM-DD; None when the field is missing, or null where it may be left out."""
        raw = fields.get(name)
        if raw is None and (name not in fields or name in {"until", "valid_until"}):
            return None
        if isinstance(raw, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
            try:
                day = date.fromisoformat(raw)
            except ValueError:
                self.fail(_join(path, name), f"Datumet {raw} finns inte.")
                return None
            if _FIRST_YEAR <= day.year <= last_year:
                return day
            self.fail(_join(path, name), f"Året ska ligga mellan {_FIRST_YEAR} och {last_year}.")
            return None
        self.fail(_join(path, name), "Ska vara ett datum, skrivet ÅÅÅÅ-MM-DD.")
        return None

    def yes_or_no(
        self, fields: Mapping[str, object], name: str, path: str, *, nullable: bool = True
    ) -> bool | None:
        """true or false; None when the field is missing, or null where that means not established."""
        raw = fields.get(name)
        if isinstance(raw, bool) or (raw is None and (nullable or name not in fields)):
            return raw
        self.fail(_join(path, name), "Ska vara true eller false.")
        return None

    def whole(
        self, fields: Mapping[str, object], name: str, path: str, *, least: int, most: int
    ) -> int | None:
        """A whole number within bounds; None when the field is missing, or null where it may be."""
        raw = fields.get(name)
        if raw is None and (name not in fields or name in {"group", "current_s_per_week"}):
            return None
        if isinstance(raw, int) and not isinstance(raw, bool) and least <= raw <= most:
            return raw
        self.fail(_join(path, name), f"Ska vara ett heltal från {least} till {most}.")
        return None

    def minutes(self, fields: Mapping[str, object], name: str, path: str, *, most: int) -> Decimal:
        """Minutes with at most six decimals, from 0; 0 when the field is missing or wrong."""
        if name not in fields:
            return Decimal(0)
        raw = fields[name]
        if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
            self.fail(_join(path, name), "Ska vara ett antal minuter, skrivet som ett tal.")
            return Decimal(0)
        number = Decimal(str(raw)) if isinstance(raw, float) else Decimal(raw)
        exponent = number.as_tuple().exponent
        if not number.is_finite() or not isinstance(exponent, int) or not 0 <= number <= most:
            self.fail(_join(path, name), f"Ska vara ett antal minuter från 0 till {most}.")
            return Decimal(0)
        if exponent < -_MOST_DIGITS or number != number.quantize(_FINEST):
            self.fail(
                _join(path, name),
                f"Har för många decimaler. Avrunda till högst {MOST_DECIMALS} decimaler av en minut.",
            )
            return Decimal(0)
        return number

    def text(self, fields: Mapping[str, object], name: str, path: str) -> str | None:
        """A text; None when the field is missing."""
        if name not in fields:
            return None
        raw = fields[name]
        if not isinstance(raw, str):
            self.fail(_join(path, name), "Ska vara en text.")
            return None
        if not raw.isascii() and any("\ud800" <= sign <= "\udfff" for sign in raw):
            self.fail(_join(path, name), "Texten innehåller tecken som inte går att skriva ut.")
            return None
        return raw

    def choice(self, fields: Mapping[str, object], name: str, path: str, kind: type[Choice]) -> Choice | None:
        """One of the words of the kind; None when the field is missing."""
        if name not in fields:
            return None
        raw = fields[name]
        if isinstance(raw, str):
            try:
                return kind(raw)
            except ValueError:
                pass
        self.fail(_join(path, name), f"Ska vara något av: {', '.join(kind)}.")
        return None


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
