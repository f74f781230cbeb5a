"""Loading the county into the database: chapter by chapter, in the order of time, each in one transaction.

Guarantees: killed anywhere and started again, it goes on where it was and makes nothing twice, also when two load
at once. How far it has come is a counter of the municipality (tenancy), taken in the same transaction as what the
chapter writes; its name says for which day and for how many persons the county was begun.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, connections

from egenmakt.casework.decisions.actions.signing import TASKS
from egenmakt.foundation import clock
from egenmakt.foundation.identity.models import User
from egenmakt.foundation.jobs.actions import carry_out
from egenmakt.foundation.jobs.models import OutboxEntry
from egenmakt.foundation.tenancy.actions import next_number
from egenmakt.foundation.tenancy.models import Counter, Municipality
from egenmakt.foundation.tenancy.transaction import acting_in
from egenmakt.site.demo import beginning, deciding, investigating, side_by_side
from egenmakt.site.demo.chapters import Chapter
from egenmakt.site.demo.office import EMPLOYED, Office, make_municipalities, make_staff
from egenmakt.site.demo.plan import PEOPLE, Event, events
from egenmakt.site.demo.staff import TOWNS, Town
from egenmakt.site.demo.telling import Known, Telling

SERIES = "demo"

CHAPTERS: dict[Chapter, Callable[[Telling], None]] = {
    Chapter.REGISTER: beginning.register,
    Chapter.ASSIGN: beginning.assign,
    Chapter.CONTACT: beginning.contact,
    Chapter.VISIT: investigating.visit,
    Chapter.EVIDENCE: investigating.evidence,
    Chapter.TRIAL: investigating.trial,
    Chapter.AREAS: investigating.areas,
    Chapter.MOMENTS_HALF: investigating.moments_half,
    Chapter.MOMENTS: investigating.moments,
    Chapter.ASSESS: investigating.assess,
    Chapter.WITHDRAW: deciding.withdraw,
    Chapter.COMMUNICATE: deciding.communicate,
    Chapter.ANSWER: deciding.answer,
    Chapter.PROPOSE: deciding.propose_decision,
    Chapter.RETURN: deciding.send_back,
    Chapter.SIGN: deciding.sign,
    Chapter.SERVE: deciding.serve,
    Chapter.NOTICE: deciding.notice,
    Chapter.APPEAL: deciding.appeal,
    Chapter.FOLLOW_UP: deciding.follow_up,
    Chapter.CLOSE: deciding.close,
    Chapter.OPEN_FOR_A_REASON: deciding.open_for_a_reason,
    Chapter.REVIEW_OPENING: deciding.review_opening,
}
# Below this, starting the processes takes longer than they save.
WORTH_PROCESSES = 50
# Whatever day the county is loaded on, its staff were there from the first.
HIRED_AT = datetime.combine(EMPLOYED, datetime.min.time(), tzinfo=clock.SWEDEN)
_BATCH = 50


class AnotherCounty(Exception):
    """The database holds, or is being filled with, a county of another size or day."""

    def __init__(self, begun: Begun) -> None:
        self.begun = begun
        super().__init__(
            f"Databasen har redan ett demolän med {begun.people} personer, gjort för {begun.today.isoformat()}. "
            "Ta bort datamappen eller välj en annan (EGENMAKT_DATA) för att göra ett nytt."
        )


class NotADemo(Exception):
    """The database is used for something else."""

    def __init__(self) -> None:
        super().__init__(
            "Databasen innehåller redan annat än ett demolän, och det ska inte blandas. Välj en annan datamapp "
            "(EGENMAKT_DATA) eller en annan databas (DATABASE_URL)."
        )


class Overtaken(Exception):
    """Someone else is loading the same municipality and was first with a chapter; nothing was written."""


@dataclass(frozen=True)
class Begun:
    """A county that was begun: for which day, for how many persons."""

    today: date
    people: int


@dataclass(frozen=True)
class Progress:
    """How far the loading of a municipality has come, in chapters."""

    town: str
    done: int
    of: int


Told = Callable[[Sequence[Progress]], None]


def load(
    *,
    today: date | None = None,
    people: int | None = None,
    towns: Sequence[str] = (),
    processes: int = 1,
    letters: bool = True,
    told: Told | None = None,
) -> Begun:
    """Load the county, or go on with one that was begun; what it is for.

    Without `today` and `people`: those it was begun with, else this day and 200. `towns` names the municipalities to
    fill (all of them unless named). With several `processes`, municipalities are filled side by side. Without
    `letters`, `make_letters` makes them afterwards. Raises AnotherCounty for a day or a number other than those it
    was begun with, NotADemo where there are accounts already.
    """
    before = begun()
    if before is None and User.objects.exists():
        raise NotADemo
    chosen = [town for town in TOWNS if not towns or town.slug in towns]
    wanted = Begun(
        today or (before.today if before else clock.today()), people or (before.people if before else PEOPLE)
    )
    if before is not None and before != wanted:
        raise AnotherCounty(before)
    make_municipalities()
    told = told or (lambda _progress: None)
    if processes > 1 and wanted.people >= WORTH_PROCESSES and not is_loaded(chosen, wanted):
        _load_side_by_side(chosen, wanted, processes, told)
    else:
        for town in chosen:
            load_town(town, wanted, told)
    if letters:
        make_letters()
    told(progress(chosen, wanted))
    return wanted


def begun() -> Begun | None:
    """The county that the database holds, wholly or in part; None where there is none."""
    for town in TOWNS:
        for municipality in Municipality.objects.filter(slug=town.slug):
            with acting_in(municipality.pk):
                found = Counter.objects.filter(series__startswith=f"{SERIES} ").first()
            if found is not None:
                _name, day, people = found.series.split(" ")
                return Begun(date.fromisoformat(day), int(people))
    return None


def progress(towns: Sequence[Town], county: Begun) -> list[Progress]:
    """How far each municipality has come."""
    return [
        Progress(town.name, _done(town, county), len(events(town, county.today, county.people)) + 1)
        for town in towns
    ]


def is_loaded(towns: Sequence[Town], county: Begun) -> bool:
    """Whether everything of some municipalities is there."""
    return all(one.done == one.of for one in progress(towns, county))


def load_town(town: Town, county: Begun, told: Told | None = None, parent: int = 0) -> None:
    """Fill one municipality, from where it was. Ends early when the process `parent` is gone."""
    with connection.cursor() as cursor:  # what a power cut loses is made again; nothing is half
        cursor.execute("SET synchronous_commit = off")
    planned = events(town, county.today, county.people)
    done = _done(town, county)
    if done == 0:
        done = _hire(town, county)
    office, known = Office(town), Known()
    while done <= len(planned):
        if parent and os.getppid() != parent:
            return
        event = planned[done - 1]
        try:
            _tell(office, known, event, county, expected=done + 1)
            done += 1
        except Overtaken:
            done = _done(town, county)
        if event.chapter is Chapter.SIGN:
            _carry_out(office.municipality.pk, TASKS)
        if told and done % 20 == 0:
            told([Progress(town.name, done, len(planned) + 1)])


def _hire(town: Town, county: Begun) -> int:
    municipality = Municipality.objects.get(slug=town.slug)
    try:
        with clock.at(HIRED_AT), acting_in(municipality.pk):
            _claim(county, expected=1)
            make_staff(town, municipality.pk)
    except Overtaken:
        return _done(town, county)
    return 1


def _tell(office: Office, known: Known, event: Event, county: Begun, *, expected: int) -> None:
    with clock.at(event.at), acting_in(office.municipality.pk):
        _claim(county, expected=expected)
        CHAPTERS[event.chapter](Telling(office, event.story, event.at, known))


def make_letters() -> int:
    """Make the letters that the chapters left in the outbox, each on its own day, as the worker would have.

    The site can be used meanwhile. Safe to stop and start again. The number made; what could not be made stays in
    the outbox with its error.
    """
    with _alone("letters"):
        slugs = [town.slug for town in TOWNS]
        municipalities = Municipality.objects.filter(slug__in=slugs).order_by("slug")
        return sum(_carry_out(one.pk) for one in municipalities)


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """One process at a time, so that documents are numbered in the order of their days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"{SERIES} {what}"])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"{SERIES} {what}"])


def _carry_out(municipality: UUID, *kinds: str) -> int:
    """Carry out what waits in the outbox (of some kinds), the oldest first, each on the day it was entered."""
    made, tried = 0, set[UUID]()
    while True:
        with acting_in(municipality):
            found = OutboxEntry.objects.filter(done_at=None).exclude(pk__in=tried)
            if kinds:
                found = found.filter(kind__in=kinds)
            waiting = list(found.order_by("created_at", "pk").values_list("pk", "created_at")[:_BATCH])
        if not waiting:
            return made
        for entry, created_at in waiting:
            tried.add(entry)
            with clock.at(created_at):
                made += carry_out(municipality_id=municipality, entry_id=entry)


def _claim(county: Begun, *, expected: int) -> None:
    """Take the next number of the county. Two that load at once wait here for each other; the second gives way."""
    if next_number(series=_series(county), year=county.today.year) != expected:
        raise Overtaken


def _series(county: Begun) -> str:
    return f"{SERIES} {county.today.isoformat()} {county.people}"


def _done(town: Town, county: Begun) -> int:
    """How many numbers are taken: one for the staff, and one for each chapter."""
    municipality: UUID = Municipality.objects.values_list("pk", flat=True).get(slug=town.slug)
    with acting_in(municipality):
        found = Counter.objects.filter(series=_series(county)).values_list("last", flat=True).first()
    return found or 0


def _load_side_by_side(towns: Sequence[Town], county: Begun, processes: int, told: Told) -> None:
    """Each municipality in a process of its own, so many at a time; this one looks on and tells."""
    for alias in connections:
        connections[alias].close()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=side_by_side.prepare) as pool:
        running: list[Future[None]] = [
            pool.submit(side_by_side.fill, town.slug, county.today, county.people, os.getpid())
            for town in towns
        ]
        while not all(one.done() for one in running):
            told(progress(towns, county))
            time.sleep(0.5)
        for one in running:
            one.result()
