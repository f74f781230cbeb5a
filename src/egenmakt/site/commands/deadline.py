"""`egenmakt deadline FILE`: a deadline of the law, or of a municipality's guideline, and why that day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from egenmakt.law.calendar import CalendarUnknown
from egenmakt.law.parameters import NoParameter
from egenmakt.law.procedure import (
    Deadline,
    UnknownMunicipality,
    advance_ruling_validity,
    appeal_deadline,
    appeal_in_time,
    counties,
    county_code,
    delay_answer_deadline,
    delay_request_from,
    legal_force,
    municipality_code,
    quarter_of,
    time_report_deadline,
    unexecuted_from,
    weeding,
)
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)
from egenmakt.site.commands.fields import Fields, quoted

if TYPE_CHECKING:
    from egenmakt.guidelines import GuidelineDeadline

Answer = dict[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the command: the fields it takes and what it computes.

    `answer` is called when all required fields are there and well formed; it adds what else is wrong to the
    fields and returns None then. `fact` is the field that an error "the law gives no answer" points at.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...]
    fact: str
    answer: Callable[[Fields], Answer | None]


def run(arguments: Sequence[str]) -> int:
    """Read one rule with its facts, print the day. Exit 0 computed, 2 wrong input, 3 no rule for that day."""
    try:
        document, repeated = read_document(arguments)
    except NotReadable as error:
        return refuse(error.errors)
    errors: list[InputRefused] = list(repeated)
    fields = Fields(document, errors)
    name = fields.one_of("rule", list(RULES))
    if name is None:
        if isinstance(document, dict) and "rule" not in fields:
            fields.fail("rule", f"Fältet saknas. Ange något av {', '.join(RULES)}.")
        return refuse(errors)
    rule = RULES[name]
    fields.only(("rule", *rule.required), rule.optional)
    try:
        answer = rule.answer(fields)
    except (NoParameter, CalendarUnknown) as error:
        return refuse(errors) if errors else no_answer(rule.fact, str(error))
    if errors or answer is None:
        return refuse(errors)
    print_document({"rule": name, **answer})
    return DONE


def _shown(deadline: Deadline, **more: object) -> Answer:
    return {
        "last_day": deadline.last_day.isoformat(),
        "nominal_day": deadline.nominal.isoformat(),
        "moved": deadline.last_day != deadline.nominal,
        **more,
        "findings": [deadline.finding.to_json()],
        "unverified": list(deadline.unverified),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _in_time(deadline: Deadline | GuidelineDeadline, done: date | None) -> Answer:
    """Whether something was done in time; nothing when it is not told when."""
    return {} if done is None else {"in_time": deadline.in_time(done)}


def _appeal(fields: Fields) -> Answer | None:
    served, received = fields.day("served"), fields.day("received")
    if served is None:
        return None
    deadline = appeal_deadline(served)
    answer = _shown(deadline)
    if received is not None:
        finding = appeal_in_time(served, received)
        answer |= {"in_time": deadline.in_time(received), "findings": [finding.to_json()]}
    if answer.get("in_time") is not True:
        force = legal_force([served])
        answer["legal_force"] = _iso(force.day)
    return answer


def _delay_request(fields: Fields) -> Answer | None:
    begun, requested = fields.day("begun"), fields.day("requested")
    if begun is None:
        return None
    deadline = delay_request_from(begun)
    answer = _shown(deadline, **{"from": _iso(deadline.begins)})
    if requested is not None and deadline.begins is not None:
        if requested < deadline.begins:
            fields.fail(
                "requested",
                f"Begäran får göras tidigast {deadline.begins.isoformat()}, när sex månader har gått.",
            )
            return None
        reply = delay_answer_deadline(requested)
        answer["answer_last_day"] = reply.last_day.isoformat()
        answer["findings"] = [deadline.finding.to_json(), reply.finding.to_json()]
    return answer


def _unexecuted(fields: Fields) -> Answer | None:
    decided, interrupted, executed = fields.day("decided"), fields.day("interrupted"), fields.day("executed")
    if "decided" not in fields and "interrupted" not in fields:
        fields.fail(
            "decided",
            "Ange dagen för beslutet (decided) eller dagen då verkställigheten avbröts (interrupted).",
        )
        return None
    if decided is not None and interrupted is not None and interrupted < decided:
        fields.fail("interrupted", "Verkställigheten kan inte avbrytas innan beslutet fattades.")
        return None
    begins = interrupted or decided
    if begins is None:
        return None
    if executed is not None and executed < begins:
        fields.fail("executed", f"Kan inte ligga före {begins.isoformat()}.")
        return None
    deadline = unexecuted_from(begins, interrupted=interrupted is not None)
    quarter = quarter_of(deadline.begins) if deadline.begins else None
    answer = _shown(deadline, **{"from": _iso(deadline.begins), "quarter": quarter})
    return answer | _in_time(deadline, executed)


def _time_report(fields: Fields) -> Answer | None:
    month, received = fields.month("month"), fields.day("received")
    if month is None:
        return None
    deadline = time_report_deadline(month)
    return _shown(deadline) | _in_time(deadline, received)


def _advance_ruling(fields: Fields) -> Answer | None:
    available = fields.day("available")
    if available is None:
        return None
    return _shown(advance_ruling_validity(available))


def _weeding(fields: Fields) -> Answer | None:
    last_note, born = fields.day("last_note"), fields.day("born")
    county, municipality = _place(fields)
    measures = fields.wholes("measures", 1, 10)
    remain = fields.yes_or_no("register_data_remain")
    if last_note is not None and born is not None and last_note < born:
        fields.fail("last_note", "Den sista anteckningen kan inte ligga före födelsedatumet.")
    if county and municipality and not municipality.startswith(county):
        fields.fail("municipality", f"Kommunen ligger inte i {counties()[county]}.")
        return None
    if last_note is None or born is None or county is None:
        return None
    result = weeding(
        last_note,
        born,
        county,
        municipality=municipality,
        measures=measures,
        register_data_remain=remain or False,
    )
    return {
        "last_day": _iso(result.last_day),
        "arises": _iso(result.arises),
        "weed": result.weed,
        "kept": result.arises is None,
        "findings": [result.finding.to_json()],
        "unverified": list(result.unverified),
    }


def _place(fields: Fields) -> tuple[str | None, str | None]:
    """The county's and the municipality's codes. `county` may name the municipality instead of its county."""
    county_text, municipality_text = fields.text("county"), fields.text("municipality")
    county = municipality = None
    if municipality_text is not None:
        municipality = _municipality(municipality_text)
        if municipality is None:
            fields.fail(
                "municipality", f"Kommunen {quoted(municipality_text)} finns inte. Ange namn eller kod."
            )
    if county_text is not None:
        county = county_code(county_text)
        named = None if county else _municipality(county_text)
        if named is not None:
            county, municipality = named[:2], municipality or named
        elif county is None:
            fields.fail("county", f"Länet {quoted(county_text)} finns inte. Ange länets namn eller kod.")
    return county, municipality


def _municipality(text: str) -> str | None:
    try:
        return municipality_code(text)
    except UnknownMunicipality:
        return None


def _guided(name: str, fact: str) -> Callable[[Fields], Answer | None]:
    """A rule that the municipality's guideline sets. Its own module is imported only when it is asked for."""

    def answer(fields: Fields) -> Answer | None:
        from egenmakt import guidelines

        slug, begins, done = fields.text("municipality"), fields.day(fact), fields.day("done")
        if fact not in fields and "begun" in fields:
            begins = fields.day("begun")
        elif fact not in fields:
            fields.fail(fact, "Fältet saknas.")
        elif "begun" in fields:
            fields.fail("begun", f"Ange {fact} eller begun, inte båda.")
        if slug is not None and slug not in guidelines.all_guidelines():
            known = ", ".join(guidelines.all_guidelines())
            fields.fail("municipality", f"Det finns ingen riktlinje för {quoted(slug)}. Kommuner: {known}.")
            return None
        if slug is None or begins is None:
            return None
        compute = {
            "first_contact": guidelines.first_contact_deadline,
            "decision": guidelines.decision_deadline,
            "implementation_plan": guidelines.plan_deadline,
        }[name]
        try:
            deadline = compute(slug, begins)
        except guidelines.NoGuidelineValue as error:
            raise NoParameter(error.name, error.day, str(error)) from error
        return {
            "last_day": deadline.last_day.isoformat(),
            "plan_for": deadline.plan_for.isoformat(),
            **_in_time(deadline, done),
            "binding": False,
            "source": deadline.value.source,
            "assumed": deadline.value.assumed,
            "findings": [deadline.finding.to_json()],
            "unverified": list(deadline.unverified),
        }

    return answer


COMMON = ("begun", "done")

RULES: dict[str, Rule] = {
    "appeal": Rule(("served",), ("received",), "served", _appeal),
    "delay_request": Rule(("begun",), ("requested",), "begun", _delay_request),
    "unexecuted": Rule((), ("decided", "interrupted", "executed"), "decided", _unexecuted),
    "time_report": Rule(("month",), ("received",), "month", _time_report),
    "advance_ruling": Rule(("available",), (), "available", _advance_ruling),
    "weeding": Rule(
        ("last_note", "born", "county"),
        ("municipality", "measures", "register_data_remain"),
        "last_note",
        _weeding,
    ),
    "first_contact": Rule(
        ("municipality",), ("received", *COMMON), "received", _guided("first_contact", "received")
    ),
    "decision": Rule(("municipality",), ("received", *COMMON), "received", _guided("decision", "received")),
    "implementation_plan": Rule(
        ("municipality",), ("started", *COMMON), "started", _guided("implementation_plan", "started")
    ),
}
