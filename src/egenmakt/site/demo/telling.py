"""What a chapter of a story needs: who acts, what day it is, the person and the case, and words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from egenmakt.casework.cases.actions import write_note
from egenmakt.casework.cases.models import Case
from egenmakt.foundation.access.actor import Actor
from egenmakt.register.people.models import PersonIdentity
from egenmakt.site.demo.office import Office
from egenmakt.site.demo.plan import Story
from egenmakt.site.demo.situations import Words
from egenmakt.site.demo.texts import variants

# What a protected person's story may not say in lists is said with these words instead.
UNNAMED = "personen"


@dataclass
class Known:
    """The ids of what earlier chapters have made, so that they are looked up once."""

    persons: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, UUID] = field(default_factory=dict)


@dataclass
class Telling:
    """One chapter being told, at a moment."""

    office: Office
    story: Story
    at: datetime
    known: Known

    @property
    def today(self) -> date:
        """The day of the chapter."""
        return self.at.date()

    @contextmanager
    def officer(self) -> Iterator[Actor]:
        """Act as the one who handles the case."""
        with self.office.acting(self.story.officer) as actor:
            yield actor

    @contextmanager
    def registrar(self) -> Iterator[Actor]:
        """Act as the registrar."""
        with self.office.acting("registrator") as actor:
            yield actor

    @contextmanager
    def decider(self) -> Iterator[Actor]:
        """Act as the one who decides the case."""
        with self.office.acting(self.story.decider) as actor:
            yield actor

    @property
    def person_id(self) -> UUID:
        """The person, as registered."""
        number = self.story.person.number
        if number not in self.known.persons:
            with self.registrar():
                self.known.persons[number] = PersonIdentity.objects.get(number=number).person_id
        return self.known.persons[number]

    @property
    def case_id(self) -> UUID:
        """The case of the story."""
        key = self.story.key
        if key not in self.known.cases:
            with self.registrar():
                found = Case.objects.filter(person_id=self.person_id, opened_on=self.story.received)
                self.known.cases[key] = found.get().pk
        return self.known.cases[key]

    @property
    def words(self) -> Words:
        """The words of the person on the day, and of the one who applied."""
        story = self.story
        words = Words(story.person, self.today, spouse=str(story.spouse))
        applicant = story.applicant.who.name if story.applicant else story.person.given_name
        words |= {
            "vem": applicant,
            "Vem": applicant,
            "vem_stor": applicant,
            "diagnos": story.situation.diagnosis,
        }
        return words

    def text(self, name: str, **more: str) -> str:
        """One of the variants of a common text, always the same one for the story."""
        return self.chosen(name, variants(name), **more)

    def chosen(self, what: str, options: Any, **more: str) -> str:
        """One of several templates, always the same one for the story, with the words in it."""
        words = self.words
        words |= more
        return words(self.story.draw(what).choice(list(options)))

    def note(self, actor: Actor, kind: str, text: str, *, lock: bool = True, **more: Any) -> None:
        """Write in the journal of the case about what happened half an hour ago."""
        write_note(
            actor=actor, case_id=self.case_id, kind=kind, happened_at=self.at - timedelta(minutes=30), text=text,
            lock=lock, **more,
        )  # fmt: skip
