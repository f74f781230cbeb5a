"""Searching: by name, by number, and by what later rooms add (case numbers).

A name need not be spelled right: names are compared as they sound, and by the three-letter groups they share.
Only those one has to do with are found by name. A whole personal number also tells that a person is
registered, so that nobody is registered twice, but then nothing about her. Of a protected person nothing is
told at all: the database does not show her identity to the one who asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, F, FloatField, Func, Q, QuerySet, TextField, Value, When
from django.utils.translation import gettext_noop

from egenmakt.foundation import clock
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.audit.actions import log_access
from egenmakt.foundation.audit.models import Access
from egenmakt.law.identity_numbers import NumberType, read_number
from egenmakt.register.people.folding import fold
from egenmakt.register.people.gate import person_gate
from egenmakt.register.people.models import Person, PersonIdentity

MOST = 30
LIKE_ENOUGH = 0.45
MOST_WORDS = 6
FEW = 500
_EIGHT_DIGITS = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True)
class Hit:
    """Something a later room found: what it is called, where it is, and a word more."""

    title: str
    url: str
    note: str = ""


Source = Callable[[Actor, str], list[Hit]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a room's search (called when the program starts). It goes through its own gate, which logs what it
    shows.
    """
    _sources.append(source)


@dataclass(frozen=True)
class Found:
    """What a search found. `registered`: the id of someone who is registered but not open to the actor."""

    persons: list[Person] = field(default_factory=list)
    more: bool = False
    hits: list[Hit] = field(default_factory=list)
    registered: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.persons or self.hits or self.registered)


def search(actor: Actor, text: str) -> Found:
    """Find what the actor may see by a name, a number, a day of birth or a case number; the search is logged."""
    wanted = " ".join(text.replace("\x00", " ").split())[:120]
    if not wanted:
        return Found()
    hits = [hit for source in _sources for hit in source(actor, wanted)]
    number = read_number(wanted, on=clock.today()).number
    if number is not None and number.type is not NumberType.ORGANISATION:
        return _by_number(actor, number.number, hits)
    rows = list(_listed_like(actor, wanted)[: MOST + 1])
    return Found(person_gate.shown(actor, rows[:MOST], searched=wanted), len(rows) > MOST, hits)


def find_number(actor: Actor, number: str) -> Found:
    """Find a person by her whole number (twelve characters) before she is registered."""
    return _by_number(actor, number, [])


def sounds_like(persons: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose given and family names sound like all the words of a text, the most alike first."""
    words = [word for part in _WORD.findall(text)[:MOST_WORDS] if (word := fold(part).strip())]
    if not words:
        return persons.none()
    found = persons
    total: Any = Value(0.0, output_field=FloatField())
    for place, word in enumerate(words):
        name = f"like_{place}"
        found = found.annotate(**{name: _likeness(word)}).filter(**{f"{name}__gte": LIKE_ENOUGH})
        total = total + F(name)
    return found.annotate(likeness=total).order_by("-likeness", "identity__sort_key", "pk")


def _likeness(word: str) -> Case:
    """How alike a folded word and the best part of a name are: 1.2 the same, 1 its beginning, otherwise less than 1.

    Only names that share three letters with the word, or its first two, are compared; that is a sixth of the work.
    """
    sound = Value(word, output_field=TextField())
    similarity = Func(sound, F("identity__search_key"), function="word_similarity", output_field=FloatField())
    return Case(
        When(identity__search_key__contains=f" {word} ", then=Value(1.2)),
        When(identity__search_key__contains=f" {word}", then=Value(1.0)),
        When(
            _SharesLetters(
                F("identity__search_key"), Value(_letters_of(word), output_field=ArrayField(TextField()))
            ),
            then=similarity,
        ),
        default=Value(0.0),
        output_field=FloatField(),
    )


class _SharesLetters(Func):
    """Whether a text holds one of some patterns. Tried before likeness, which takes ten times as long."""

    template = "%(expressions)s)"
    arg_joiner = " LIKE ANY("
    output_field = BooleanField()


def _letters_of(word: str) -> list[str]:
    threes = {word[place : place + 3] for place in range(len(word) - 2)}
    return sorted(f"%{letters}%" for letters in threes | {f" {word[:2]}", f"{word[-2:]} "})


def _listed_like(actor: Actor, text: str) -> QuerySet[Person]:
    listed = person_gate.listed(actor).filter(identity__isnull=False)
    if day := _day(text):
        return listed.filter(born=day).order_by("identity__sort_key", "pk")
    # row-level security keeps the database from using an index on likeness: whoever has few persons has only those
    # compared, and whoever leads a unit has all of them
    few = list(listed.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        listed = person_gate.model._default_manager.filter(pk__in=few).select_related("identity")
    return sounds_like(listed, text)


def _day(text: str) -> date | None:
    shape = _EIGHT_DIGITS.fullmatch(text)
    if shape is None:
        return None
    try:
        return date(*(int(part) for part in shape.groups()))
    except ValueError:
        return None


def _by_number(actor: Actor, number: str, hits: list[Hit]) -> Found:
    mine = list(person_gate.listed(actor).filter(Q(identity__number=number)))
    other = None
    if not mine:
        other = PersonIdentity.objects.filter(number=number).values_list("person_id", flat=True).first()
    if other is None:
        return Found(person_gate.shown(actor, mine, searched=number), hits=hits)
    log_access(
        user_id=actor.user_id, user_name=actor.name, role=actor.role_names, path=actor.path,
        access=Access.SEARCHED, kind="person", object_id=other, person_ids=[other],
        relation=gettext_noop("fick veta att personen är registrerad"),
    )  # fmt: skip
    return Found(hits=hits, registered=other)
