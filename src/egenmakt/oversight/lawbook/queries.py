"""What the law holds on a day, and what of it changes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from egenmakt import law
from egenmakt.law.parameters.model import Dated


def entries_on(day: date, words: str = "") -> list[law.CatalogueEntry]:
    """What holds on a day, by act and section; with `words`, what has all of them in name, section or sentence."""
    wanted = words.casefold().split()
    found = [
        entry
        for entry in law.catalogue()
        if (entry.kind == "parameter" or day in entry.period)
        and all(word in _searched(entry) for word in wanted)
    ]
    return sorted(
        found, key=lambda entry: (entry.citation.act, _section_key(entry.citation.section), entry.name)
    )


def _searched(entry: law.CatalogueEntry) -> str:
    words = f"{entry.name} {entry.title} {entry.citation} {entry.sentence} {entry.book} {entry.refusal}"
    return words.replace("\xa0", " ").casefold()


def _section_key(section: str) -> tuple[tuple[int, str], ...]:
    """Sections in the order a reader expects: 9 § before 9 a § before 10 §, 51 kap. 3 § before 51 kap. 22 §."""
    return tuple(
        (int(word), "") if word.isdigit() else (0, word) for word in section.replace("§", "").split()
    )


@dataclass(frozen=True)
class Entry:
    """One name of the law: all its wordings, the one on the day first, and how it hangs together with others.

    `facts` are what it asks people: the name in the program, and the question.
    """

    name: str
    title: str
    kind: str
    wordings: list[law.CatalogueEntry]
    on_day: law.CatalogueEntry | None
    uses: list[law.CatalogueEntry]
    facts: list[tuple[str, str]]
    used_by: list[law.CatalogueEntry]
    values: list[Dated]

    @property
    def shown(self) -> law.CatalogueEntry:
        """The wording that is read: the one on the day, else the latest there is."""
        return self.on_day or self.wordings[0]


def entry_named(name: str, day: date) -> Entry | None:
    """Everything about one name of the law, seen from a day; None when the law has no such name."""
    wordings = [entry for entry in law.catalogue() if entry.name == name]
    if not wordings:
        return None
    on_day = next((entry for entry in wordings if day in entry.period or entry.kind == "parameter"), None)
    shown = on_day or wordings[-1]
    by_name = {
        entry.name: entry for entry in law.catalogue() if day in entry.period or entry.kind == "parameter"
    }
    users = {entry.name: entry for entry in by_name.values() if name in entry.uses}
    values = (
        sorted(shown.parameter.values, key=lambda one: (one.period.start, one.low or 0))
        if shown.parameter
        else []
    )
    return Entry(
        name=name,
        title=shown.title,
        kind=shown.kind,
        wordings=sorted(wordings, key=lambda entry: entry.period.start, reverse=True),
        on_day=on_day,
        uses=[by_name[used] for used in dict.fromkeys(shown.uses) if used in by_name],
        facts=[
            (used, shown.questions.get(used, "")) for used in dict.fromkeys(shown.uses) if used not in by_name
        ],
        used_by=sorted(users.values(), key=lambda entry: entry.name),
        values=values,
    )


@dataclass(frozen=True)
class Change:
    """Something of the law that begins or ceases on a day."""

    day: date
    entry: law.CatalogueEntry
    values: list[Dated]


def changes_between(first: date, last: date) -> list[Change]:
    """Every parameter value and every wording of a rule that begins in a time, earliest first."""
    found: dict[tuple[date, str], Change] = {}
    for entry in law.catalogue():
        if entry.parameter:
            for value in entry.parameter.values:
                if first <= value.period.start <= last:
                    key = (value.period.start, entry.name)
                    found.setdefault(key, Change(value.period.start, entry, [])).values.append(value)
        elif first <= entry.period.start <= last:
            found.setdefault((entry.period.start, entry.name), Change(entry.period.start, entry, []))
    return sorted(found.values(), key=lambda change: (change.day, change.entry.name))
