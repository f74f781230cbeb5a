"""Who lives in the county and what happens to whom on which day. Pure: a day and a number give the same plan.

Guarantees: a larger county begins with the smaller one's persons; every event is on a working day before the day
the plan is made for, and those of one case come one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from egenmakt.foundation.clock import SWEDEN
from egenmakt.foundation.identity.models import Role
from egenmakt.law.calendar import working_day_on_or_before
from egenmakt.law.timeline import add_months, add_years
from egenmakt.register.representatives.models import RepresentativeKind
from egenmakt.site.demo.chapters import FLOWS, INVESTIGATED, STANDS, Chapter
from egenmakt.site.demo.names import Invented, Names, Sex
from egenmakt.site.demo.situations import Situation, situations
from egenmakt.site.demo.staff import TOWNS, Town
from egenmakt.site.demo.stages import FEATURED, TURNS, USUAL, Recipe, Stage, Trait, Turn

PEOPLE = 200
SEED = "egenmakt"


_APPLIES_HERSELF, _OF_AGE = 15, 18


@dataclass(frozen=True)
class Relative:
    """Someone who represents a person, or says so."""

    kind: RepresentativeKind
    who: Invented
    scope: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Story:
    """One case from the first day to where it stands. `earlier` is set for a new application after a decision."""

    key: str
    town: Town
    person: Invented
    spouse: Sex | str
    situation: Situation
    recipe: Recipe
    unit: int
    officer: str
    decider: str
    colleague: str
    relatives: tuple[Relative, ...]
    applicant: Relative | None
    received: date
    starts_on: date
    ends_on: date | None
    follow_up_on: date
    chapters: tuple[tuple[Chapter, datetime], ...]
    earlier: bool = False

    @property
    def is_child(self) -> bool:
        """Whether the person was under eighteen when the application came in."""
        return self.received < add_years(self.person.born, _OF_AGE)

    @property
    def protected(self) -> bool:
        """Whether the person's identity is protected."""
        return Trait.PROTECTED in self.recipe.traits

    @property
    def assigned_later(self) -> bool:
        """Whether the case had no officer when it was registered."""
        return self.recipe.stage in (Stage.REGISTERED, Stage.CONTACT, Stage.CONTACT_LATE)

    def has(self, trait: Trait) -> bool:
        """Whether something is special."""
        return trait in self.recipe.traits

    def draw(self, what: str) -> Random:
        """A random source for one matter of the story, the same each time it is asked for."""
        return Random(f"{SEED}:{self.key}:{what}")  # noqa: S311 - invented data, nothing to guess


@dataclass(frozen=True)
class Event:
    """One chapter of one story, in the order of the county."""

    at: datetime
    story: Story
    chapter: Chapter


@lru_cache(maxsize=12)
def events(town: Town, today: date, people: int) -> tuple[Event, ...]:
    """Everything that has happened in a municipality, in order of time."""
    found = [
        Event(at, story, chapter)
        for story in stories(town, today, residents(people)[town.slug])
        for chapter, at in story.chapters
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.story.key, list(Chapter).index(one.chapter))))


def residents(people: int) -> dict[str, int]:
    """How many of the county's persons live in each municipality; at least one in each."""
    given = {town.slug: max(1, people * town.share // 100) for town in TOWNS[1:]}
    return {TOWNS[0].slug: max(1, people - sum(given.values())), **given}


def stories(town: Town, today: date, people: int) -> list[Story]:
    """The cases of so many persons of a municipality. A person with a new application has two."""
    names = Names(_source(town.slug, "names"), town.place)
    found: list[Story] = []
    for place, recipe in zip(range(people), _recipes(town), strict=False):
        story = _story(town, today, names, recipe, place)
        found.append(story)
        if Trait.RENEWED in recipe.traits:
            found.append(_renewal(story, today))
    return found


def _recipes(town: Town) -> Iterator[Recipe]:
    yield from FEATURED
    source = _source(town.slug, "kinds")
    weights, kinds = zip(*USUAL, strict=True)
    while True:
        yield source.choices(kinds, weights)[0]


def _source(*parts: str) -> Random:
    return Random(":".join((SEED, *parts)))  # noqa: S311 - invented data, nothing to guess


def _story(town: Town, today: date, names: Names, recipe: Recipe, place: int) -> Story:
    key = f"{town.slug}-{place + 1:04d}"
    source = _source(key)
    situation = situations()[source.choice(recipe.situations)]
    offsets = {one: source.randint(*days) for one, days in FLOWS.get(recipe.turn, INVESTIGATED).items()}
    received = _received(recipe, source, today, offsets)
    starts_on, ends_on = _period(
        recipe, source, today, received + timedelta(days=offsets.get(Chapter.SIGN, 81))
    )
    born = _born(recipe, situation, source, today, received)
    of_age = received >= add_years(born, _OF_AGE)
    if not of_age and ends_on is None:
        ends_on = add_years(starts_on, 2) - timedelta(days=1)
    sex: Sex = source.choice(("female", "male"))
    person = names.person(born, sex)
    relatives = _relatives(recipe, situation, source, names=names, person=person, of_age=of_age)
    unit = 0 if not of_age else len(town.units) - 1
    officers = town.holding(Role.CASE_OFFICER, unit)
    # the kinds that are featured are mostly on the desk of the one whose address is the easiest to remember
    featured = place < len(FEATURED) and place % 5 != 4
    officer = officers[0] if featured else officers[(place + 1) % len(officers)]
    colleague = next(one for one in officers[::-1] if one is not officer)
    deciders = town.holding(Role.DECISION_MAKER, unit)
    follow_up_on = min(add_months(starts_on, 6 if not of_age else 9), ends_on or date.max)
    story = Story(
        key=key, town=town, person=person, spouse="male" if sex == "female" else "female",
        situation=situation, recipe=recipe, unit=unit, officer=officer.mailbox,
        decider=deciders[0 if featured else place % len(deciders)].mailbox, colleague=colleague.mailbox,
        relatives=relatives, applicant=_applicant(situation, relatives, born, received), received=received,
        starts_on=starts_on, ends_on=ends_on, follow_up_on=follow_up_on, chapters=(),
    )  # fmt: skip
    return _with_chapters(story, source, today, offsets)


def _received(recipe: Recipe, source: Random, today: date, offsets: Mapping[Chapter, int]) -> date:
    """The day the application came in, so that the case stands where it does today."""
    last, least, most = STANDS[recipe.stage]
    stood = source.randint(least, most)
    if Trait.TURNS_1 in recipe.traits:
        stood = source.randint(40, 50)
    if Trait.APPEALED_LATE in recipe.traits:
        stood = source.randint(36, 40)
    if Trait.ENDING in recipe.traits:
        signed = add_years(today + timedelta(days=42), -1) - timedelta(days=12)
        return working_day_on_or_before(signed - timedelta(days=offsets[Chapter.SIGN]))
    if Trait.LATE in recipe.traits:
        return working_day_on_or_before(today - timedelta(days=source.randint(102, 124)))
    return working_day_on_or_before(today - timedelta(days=offsets[last] + stood))


def _period(recipe: Recipe, source: Random, today: date, signed: date) -> tuple[date, date | None]:
    starts_on = add_months(signed.replace(day=1), 1)
    if Trait.ENDING in recipe.traits:
        ends_on = today + timedelta(days=42)
        return add_years(ends_on, -1) + timedelta(days=1), ends_on
    years = source.choice((None, 2, 3))
    return starts_on, add_years(starts_on, years) - timedelta(days=1) if years else None


def _born(recipe: Recipe, situation: Situation, source: Random, today: date, received: date) -> date:
    for trait, age in TURNS.items():
        if trait in recipe.traits:
            birthday = today + timedelta(days=source.randint(25, 110 if age == 1 else 300))
            return add_years(birthday, -age)
    if Trait.NEAR_AGE_LIMIT in recipe.traits:
        return add_years(today + timedelta(days=source.randint(60, 150)), -67)
    least, most = situation.ages
    age = source.randint(max(least, 1), most)
    return add_years(received, -age) - timedelta(days=source.randint(20, 340))


def _relatives(
    recipe: Recipe, situation: Situation, source: Random, *, names: Names, person: Invented, of_age: bool
) -> tuple[Relative, ...]:
    def parent(sex: Sex, family_name: str) -> Invented:
        born = add_years(person.born, -source.randint(23, 40)) + timedelta(days=source.randint(0, 300))
        return names.person(born, sex, family_name=family_name, address=person.address)

    if not of_age:
        guardian = RepresentativeKind.GUARDIAN
        found = [Relative(guardian, parent("female", person.family_name), evidence="folkbokföringen")]
        if source.random() < 0.8:
            other = person.family_name if source.random() < 0.6 else ""
            found.append(Relative(guardian, parent("male", other), evidence="folkbokföringen"))
        return tuple(found)
    if recipe.stage is Stage.AUTHORITY or recipe.turn is Turn.DISMISSAL:
        mother = parent("female", person.family_name)
        return (
            Relative(
                RepresentativeKind.PROXY, mother, scope="ansökan om insatser enligt LSS",
                evidence="muntlig uppgift; fullmakten är inte inlämnad",
            ),
        )  # fmt: skip
    if situation.unable or situation.key == "autism-vuxen" or source.random() < 0.15:
        trustee = names.person(
            add_years(person.born, source.randint(-20, 5)), source.choice(("female", "male"))
        )
        return (
            Relative(
                RepresentativeKind.TRUSTEE, trustee, scope="bevaka rätt, förvalta egendom, sörja för person",
                evidence="tingsrättens beslut om godmanskap",
            ),
        )  # fmt: skip
    return ()


def _applicant(
    situation: Situation, relatives: tuple[Relative, ...], born: date, received: date
) -> Relative | None:
    """Who applies for the person; None when she does it herself (LSS 8 §)."""
    if not relatives:
        return None
    first = relatives[0]
    if first.kind is RepresentativeKind.PROXY or received < add_years(born, _APPLIES_HERSELF):
        return first
    return first if situation.unable else None


def _with_chapters(story: Story, source: Random, today: date, offsets: Mapping[Chapter, int]) -> Story:
    """The story with its days: those of the investigation up to where it stands, and what follows on them."""
    days: dict[Chapter, date] = {}
    for chapter, offset in offsets.items():
        days[chapter] = story.received + timedelta(days=offset)
        if chapter is STANDS[story.recipe.stage][0]:
            break
    if not story.assigned_later:
        days.pop(Chapter.ASSIGN, None)
    if Chapter.MOMENTS in days:
        del days[Chapter.MOMENTS_HALF]
    if Chapter.PROPOSE in days and source.random() < 0.12:
        days.pop(Chapter.ANSWER, None)  # nobody answered in time
    days.update(_afterwards(story, source, today, days))
    return _dated(story, source, days)


def _afterwards(
    story: Story, source: Random, today: date, days: Mapping[Chapter, date]
) -> dict[Chapter, date]:
    recipe, after = story.recipe, {}
    if recipe.stage is Stage.RETURNED:
        after[Chapter.RETURN] = today - timedelta(days=source.randint(1, 2))
    if Chapter.SIGN in days and recipe.turn in (Turn.GRANT, Turn.PARTIAL):
        after[Chapter.NOTICE] = days[Chapter.SIGN] + timedelta(days=source.randint(4, 6))
    if Chapter.SERVE in days:
        served = days[Chapter.SERVE]
        if Trait.APPEALED in recipe.traits:
            after[Chapter.APPEAL] = served + timedelta(days=source.randint(5, 8))
        if Trait.APPEALED_LATE in recipe.traits:
            after[Chapter.APPEAL] = served + timedelta(days=source.randint(27, 33))
        if recipe.stage is Stage.CLOSED:
            after[Chapter.CLOSE] = served + timedelta(days=source.randint(26, 40))
        if recipe.stage is Stage.IN_FORCE and recipe.turn in (Turn.GRANT, Turn.PARTIAL):
            after[Chapter.FOLLOW_UP] = story.follow_up_on - timedelta(days=source.randint(1, 9))
    if Trait.OPENED_FOR_A_REASON in recipe.traits:
        after[Chapter.OPEN_FOR_A_REASON] = today - timedelta(days=source.randint(1, 3))
    if Trait.OPENING_REVIEWED in recipe.traits:
        after[Chapter.OPEN_FOR_A_REASON] = today - timedelta(days=source.randint(20, 25))
        after[Chapter.REVIEW_OPENING] = today - timedelta(days=source.randint(8, 12))
    return {chapter: day for chapter, day in after.items() if day < today}


def _dated(story: Story, source: Random, days: Mapping[Chapter, date]) -> Story:
    """Each chapter at a time of day in office hours, on a working day, after the one before it."""
    placed: list[tuple[Chapter, datetime]] = []
    before: datetime | None = None
    for chapter, day in sorted(days.items(), key=lambda item: (item[1], list(Chapter).index(item[0]))):
        on = working_day_on_or_before(day)
        at = datetime(on.year, on.month, on.day, 8, 5, tzinfo=SWEDEN) + timedelta(
            minutes=source.randint(0, 440)
        )
        if before is not None and at <= before:
            at = before + timedelta(minutes=5)
        placed.append((chapter, at))
        before = at
    return replace(story, chapters=tuple(placed))


def _renewal(story: Story, today: date) -> Story:
    """A new application by someone whose decision is about to end; it is being investigated."""
    recipe = Recipe(Stage.INVESTIGATION, story.recipe.situations)
    key = f"{story.key}-b"
    source = _source(key)
    offsets = {one: source.randint(*days) for one, days in INVESTIGATED.items()}
    last, least, most = STANDS[recipe.stage]
    received = working_day_on_or_before(today - timedelta(days=offsets[last] + source.randint(least, most)))
    starts_on = (story.ends_on or today) + timedelta(days=1)
    again = replace(
        story, key=key, recipe=recipe, received=received, starts_on=starts_on,
        ends_on=add_years(starts_on, 2) - timedelta(days=1), follow_up_on=add_months(starts_on, 9), earlier=True,
    )  # fmt: skip
    return _with_chapters(again, source, today, offsets)
