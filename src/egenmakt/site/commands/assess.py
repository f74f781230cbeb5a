"""`egenmakt assess FILE`: the right to personal assistance, and how many hours, by the law in force each day.

With `--why-not` also the smallest changes of facts that would have given another answer; with `--law-of DATE`
also the whole answer by the law as it stood that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from egenmakt.law import InvalidInput, NoParameter, NoRule, assess, facts_from_json
from egenmakt.site.commands.contract import (
    DONE,
    InputRefused,
    NotReadable,
    no_answer,
    print_document,
    read_document,
    refuse,
)


def run(arguments: Sequence[str]) -> int:
    """Read the facts, print the assessment. Exit 0 computed, 2 wrong input, 3 the law gives no answer."""
    words, wants_why_not, law_of, wrong = _options(arguments)
    if wrong:
        return refuse(wrong)
    try:
        document, errors = read_document(words)
    except NotReadable as error:
        return refuse(error.errors)
    errors += _unknown_municipality(document)
    try:
        facts = facts_from_json(document)
    except InvalidInput as error:
        return refuse([*errors, *(InputRefused(*one) for one in error.errors)])
    if errors:
        return refuse(errors)
    try:
        assessment = assess(facts)
        answer = assessment.to_json()
        if law_of is not None:
            answer["law_of"] = {"date": law_of.isoformat(), **assess(facts, law_of=law_of).to_json()}
    except (NoParameter, NoRule) as error:
        path = "on" if error.day is None or error.day <= facts.on else "until"
        if law_of is not None and error.day == law_of:
            path = "law_of"
        day = error.day.isoformat() if error.day else None
        return no_answer(path, error.message, name=error.name, date=day)
    if wants_why_not:
        from egenmakt.law.assistance.why_not import why_not

        answer["why_not"] = [one.to_json() for one in why_not(assessment)]
    if facts.municipality is not None:
        # Imported only where a municipality is named: the law itself needs no guideline.
        from egenmakt.guidelines import notes_for_assessment

        answer["guideline_notes"] = [
            note.to_json() for note in notes_for_assessment(facts.municipality, document)
        ]
    print_document(answer)
    return DONE


def _options(arguments: Sequence[str]) -> tuple[list[str], bool, date | None, list[InputRefused]]:
    """What is left of the arguments, what was asked for, and what is wrong with it."""
    words: list[str] = []
    wants_why_not, law_of, wrong = False, None, []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        option, has_value, value = word.partition("=")
        if word == "--why-not":
            wants_why_not = True
        elif option == "--law-of":
            written = value if has_value else rest.pop(0) if rest else ""
            try:
                law_of = date.fromisoformat(written) if len(written) == len("2026-01-01") else None
            except ValueError:
                law_of = None
            if law_of is None:
                wrong.append(InputRefused("law_of", "Ange dagen efter --law-of som ett datum, ÅÅÅÅ-MM-DD."))
        elif word.startswith("--"):
            wrong.append(
                InputRefused("arguments", f"Valet {option} finns inte. Välj --why-not eller --law-of DATUM.")
            )
        else:
            words.append(word)
    return words, wants_why_not, law_of, wrong


def _unknown_municipality(document: object) -> list[InputRefused]:
    """The error of naming a municipality that has no guideline, so that it is told with all the others."""
    slug = document.get("municipality") if isinstance(document, dict) else None
    if not isinstance(slug, str):
        return []
    from egenmakt.guidelines import NoGuideline, guideline

    try:
        guideline(slug)
    except NoGuideline as error:
        return [InputRefused("municipality", str(error))]
    return []
