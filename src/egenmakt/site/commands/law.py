"""`egenmakt law show NAME --on DATE` and `egenmakt law list`: what the law says on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from egenmakt.law.findings import Finding, Outcome
from egenmakt.law.parameters import Dated, KeyKind, NoParameter, Parameter, all_parameters, parameter
from egenmakt.law.timeline import add_years
from egenmakt.site.commands.contract import DONE, InputRefused, no_answer, print_document, refuse

_USAGE = (
    "Skriv egenmakt law show NAMN --on ÅÅÅÅ-MM-DD [--born ÅÅÅÅ-MM-DD] [--age ÅR] eller egenmakt law list."
)


def run(arguments: Sequence[str]) -> int:
    """Show one parameter or list all. Exit 0 done, 2 wrong input, 3 the law has no such value."""
    if list(arguments) == ["list"]:
        listed = [_listed(found) for found in all_parameters().values()]
        unverified = [found["name"] for found in listed if not found["verified"]]
        print_document({"parameters": listed, "findings": [], "unverified": unverified})
        return DONE
    if not arguments or arguments[0] != "show":
        return refuse([InputRefused("arguments", _USAGE)])
    name, options, errors = _options(arguments[1:])
    on = _day(options, "on", errors)
    born = _day(options, "born", errors)
    age = _age(options, errors)
    if "on" not in options and not any(error.path == "on" for error in errors):
        errors.append(InputRefused("on", "Ange dagen med --on ÅÅÅÅ-MM-DD."))
    if name is None:
        errors.append(InputRefused("name", f"Ange parameterns namn. {_USAGE}"))
    if name is None or on is None or errors:
        return refuse(errors)
    try:
        found = parameter(name)
    except NoParameter as error:
        return no_answer("name", error.message)
    if found.key is KeyKind.AGE and age is None:
        return refuse([InputRefused("age", f"{found.title} beror på åldern. Ange den med --age.")])
    if found.key in (KeyKind.BORN, KeyKind.AGE_AT_YEAR_START) and born is None:
        return refuse(
            [InputRefused("born", f"{found.title} beror på födelsedatum. Ange det med --born ÅÅÅÅ-MM-DD.")]
        )
    try:
        dated = found.at(on, age=age, born=born)
    except NoParameter as error:
        return no_answer("on", error.message)
    asked: dict[str, object] = {"on": on, "born": born, "age": age}
    shown = _shown(found, dated, {name: given for name, given in asked.items() if given is not None})
    if name == "age_limit" and born is not None and isinstance(dated.value, int):
        shown["reached"] = add_years(born, dated.value).isoformat()
    print_document(shown)
    return DONE


def _shown(found: Parameter, dated: Dated, asked: Mapping[str, object]) -> dict[str, object]:
    last = dated.period.last
    finding = Finding(
        rule=found.name,
        citation=dated.citation,
        outcome=Outcome.MET,
        reason=_reason(found, dated),
        facts=asked,
        result=dated.value,
    )
    return {
        "name": found.name,
        "title": found.title,
        "value": _plain(dated.value),
        "unit": found.unit,
        "valid": {"from": dated.period.start.isoformat(), "to": last.isoformat() if last else None},
        "citation": str(dated.citation),
        "source": dated.source,
        "verified": dated.verified,
        "known": dated.known.isoformat() if dated.known else None,
        "counts": found.counts.value,
        **({"note": dated.note} if dated.note else {}),
        "findings": [finding.to_json()],
        "unverified": [] if dated.verified else [found.name],
    }


def _reason(found: Parameter, dated: Dated) -> str:
    until = f"till och med {dated.period.last}" if dated.period.last else "tills vidare"
    doubt = "" if dated.verified else " Ingen källa bekräftar värdet."
    return f"{found.title}: värdet gäller från och med {dated.period.start} {until}.{doubt}"


def _listed(found: Parameter) -> dict[str, object]:
    newest = max(found.values, key=lambda dated: dated.period.start)
    return {
        "name": found.name,
        "title": found.title,
        "explanation": found.explanation,
        "unit": found.unit,
        "key": None if found.key is KeyKind.NONE else found.key.value,
        "citation": str(newest.citation),
        "values": len(found.values),
        "verified": all(dated.verified for dated in found.values),
    }


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return format(value, "f") if isinstance(value, Decimal) else value


def _options(words: Sequence[str]) -> tuple[str | None, dict[str, str], list[InputRefused]]:
    """The name, the options given as `--option value` or `--option=value`, and what is wrong with them."""
    name: str | None = None
    options: dict[str, str] = {}
    errors: list[InputRefused] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            if name is not None:
                errors.append(InputRefused("arguments", f"{word} är ett ord för mycket. {_USAGE}"))
            name = name or word
            continue
        option, has_value, value = word[2:].partition("=")
        if option not in ("on", "born", "age"):
            errors.append(InputRefused("arguments", f"Valet --{option} finns inte. {_USAGE}"))
        elif option in options:
            errors.append(InputRefused(option, f"--{option} är angivet två gånger."))
        elif not has_value and not rest:
            errors.append(InputRefused(option, f"--{option} saknar värde."))
        else:
            options[option] = value if has_value else rest.pop(0)
    return name, options, errors


def _day(options: Mapping[str, str], name: str, errors: list[InputRefused]) -> date | None:
    if name not in options:
        return None
    try:
        if len(options[name]) == len("2026-01-01"):
            return date.fromisoformat(options[name])
    except ValueError:
        pass
    errors.append(InputRefused(name, "Ska vara ett datum, skrivet ÅÅÅÅ-MM-DD."))
    return None


def _age(options: Mapping[str, str], errors: list[InputRefused]) -> int | None:
    if "age" not in options:
        return None
    text = options["age"]
    if text.isascii() and text.isdigit() and len(text) <= 3:
        return int(text)
    errors.append(InputRefused("age", "Ska vara en ålder i hela år."))
    return None
