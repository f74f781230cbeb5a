"""`egenmakt assess FILE`: the right to personal assistance, and how many hours, by the law in force each
day."""

from __future__ import annotations

from collections.abc import Sequence

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
    try:
        document, errors = read_document(arguments)
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
        answer = assess(facts).to_json()
    except (NoParameter, NoRule) as error:
        path = "on" if error.day is None or error.day <= facts.on else "until"
        day = error.day.isoformat() if error.day else None
        return no_answer(path, error.message, name=error.name, date=day)
    if facts.municipality is not None:
        # Imported only where a municipality is named: the law itself needs no guideline.
        from egenmakt.guidelines import notes_for_assessment

        answer["guideline_notes"] = [
            note.to_json() for note in notes_for_assessment(facts.municipality, document)
        ]
    print_document(answer)
    return DONE


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
