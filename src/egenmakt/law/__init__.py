"""The statutes as pure functions of facts: no Django, no I/O but the law's own data files, no clock.

What for: what the law says about one person on every day asked about, and why. Serves K-02 … K-09, H-30.
The stacking of its rooms stands in pyproject.toml; subjects besides the hours of assistance are books.
The names below are what other wings use; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egenmakt.law.assistance.assessed import ENGINE_VERSION, AssessedMoment, AssessedStretch, Assessment
    from egenmakt.law.assistance.assessing import assess
    from egenmakt.law.assistance.catalogue import law_hash
    from egenmakt.law.assistance.facts import AssessmentFacts, DoubleAssistance, Moment, Personkrets, SelfCare
    from egenmakt.law.assistance.in_force import rulebook
    from egenmakt.law.assistance.reading import InputError, InvalidInput, facts_from_json
    from egenmakt.law.assistance.sentences import spoken
    from egenmakt.law.books import Book, FactsFaulty, Ruling
    from egenmakt.law.contents import CatalogueEntry, book_named, books_of_law, catalogue
    from egenmakt.law.findings import Citation, Finding, Outcome
    from egenmakt.law.lss.needs import Answer, CountedAs, Ground, Necessary, Need, Per
    from egenmakt.law.parameters import NoParameter, parameter
    from egenmakt.law.rules import NoRule
    from egenmakt.law.sfb.allowance import Decider
    from egenmakt.law.timeline import Period, Stretch, Timeline

_HOMES = {
    "assistance.assessed": "ENGINE_VERSION AssessedMoment AssessedStretch Assessment",
    "assistance.assessing": "assess",
    "assistance.catalogue": "law_hash",
    "assistance.facts": "AssessmentFacts DoubleAssistance Moment Personkrets SelfCare",
    "assistance.in_force": "rulebook",
    "assistance.reading": "InputError InvalidInput facts_from_json",
    "assistance.sentences": "spoken",
    "books": "Book FactsFaulty Ruling",
    "contents": "CatalogueEntry book_named books_of_law catalogue",
    "findings": "Citation Finding Outcome",
    "lss.needs": "Answer CountedAs Ground Necessary Need Per",
    "parameters": "NoParameter parameter",
    "rules": "NoRule",
    "sfb.allowance": "Decider",
    "timeline": "Period Stretch Timeline",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "ENGINE_VERSION",
    "Answer",
    "AssessedMoment",
    "AssessedStretch",
    "Assessment",
    "AssessmentFacts",
    "Book",
    "CatalogueEntry",
    "Citation",
    "CountedAs",
    "Decider",
    "DoubleAssistance",
    "FactsFaulty",
    "Finding",
    "Ground",
    "InputError",
    "InvalidInput",
    "Moment",
    "Necessary",
    "Need",
    "NoParameter",
    "NoRule",
    "Outcome",
    "Per",
    "Period",
    "Personkrets",
    "Ruling",
    "SelfCare",
    "Stretch",
    "Timeline",
    "assess",
    "book_named",
    "books_of_law",
    "catalogue",
    "facts_from_json",
    "law_hash",
    "parameter",
    "rulebook",
    "spoken",
]


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found
