"""Who lives in the demo county, and that none of them could exist."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.site.demo_county import DAY

from egenmakt import law
from egenmakt.casework.decisions.wording import resource_arguments
from egenmakt.law.calendar import is_free_day
from egenmakt.law.identity_numbers import NumberType, read_number
from egenmakt.law.timeline import add_years
from egenmakt.site import demo
from egenmakt.site.demo.names import NEVER_ISSUED
from egenmakt.site.demo.plan import Story, events, residents, stories
from egenmakt.site.demo.situations import Situation, Words, situations
from egenmakt.site.demo.staff import TOWNS
from egenmakt.site.demo.stages import FEATURED, Stage, Trait, Turn

pytestmark = pytest.mark.req("H-13")

FOLDER = Path(demo.__file__).parent
TEXT_FILES = sorted(FOLDER.rglob("*.toml"))


def everyone(day: date = DAY, people: int = 200) -> list[Story]:
    return [story for town in TOWNS for story in stories(town, day, residents(people)[town.slug])]


def test_some_two_hundred_people_live_in_three_municipalities():
    found = everyone()
    persons = Counter(story.town.name for story in found if not story.earlier)
    assert set(persons) == {"Kristianstad", "Hjo", "Älvsbyn"}
    assert persons.total() == 200


@pytest.mark.parametrize("stage", Stage)
def test_a_case_stands_at_every_stage_in_every_municipality(stage):
    assert {story.town.slug for story in everyone() if story.recipe.stage is stage} == {
        "kristianstad",
        "hjo",
        "alvsbyn",
    }


@pytest.mark.parametrize("trait", Trait)
def test_everything_special_is_there(trait):
    assert any(story.has(trait) for story in everyone())


@pytest.mark.parametrize("turn", Turn)
def test_every_kind_of_decision_is_made(turn):
    made = [story for story in everyone() if story.recipe.turn is turn]
    assert any(chapter.value == "sign" for story in made for chapter, _at in story.chapters)


@pytest.mark.parametrize(
    ("trait", "age"), [("turns_1", 1), ("turns_7", 7), ("turns_12", 12), ("turns_18", 18)]
)
def test_children_whose_bracket_changes_have_their_birthday_within_the_year(trait, age):
    children = [story for story in everyone() if story.has(Trait(trait))]
    for story in children:
        birthday = add_years(story.person.born, age)
        assert DAY < birthday <= DAY + timedelta(days=366)
        assert story.starts_on < birthday.replace(day=1) or story.starts_on.month == birthday.month
        assert story.ends_on is not None
        assert birthday <= story.ends_on
    assert children


def test_a_decision_ends_in_six_weeks():
    ending = [story for story in everyone() if story.has(Trait.ENDING)]
    assert ending
    assert {story.ends_on for story in ending} == {DAY + timedelta(days=42)}


def test_every_number_is_right_and_from_a_range_that_is_never_issued():
    for story in everyone(people=1000):
        for one in (story.person, *(relative.who for relative in story.relatives)):
            reading = read_number(one.number, on=DAY)
            assert reading.number is not None, story.key
            assert reading.type is NumberType.PERSONAL
            assert reading.number.born == one.born
            assert reading.number.sex == one.sex
            assert int(one.number[8:11]) in NEVER_ISSUED


def test_nobody_has_the_number_or_the_name_of_another():
    for town in TOWNS:
        found = [
            story.person for story in stories(town, DAY, residents(1000)[town.slug]) if not story.earlier
        ]
        assert len({one.number for one in found}) == len(found)
        assert len({one.name for one in found}) == len(found)


def test_a_person_does_not_print_who_she_is():
    person = everyone()[0].person
    assert person.given_name not in repr(person)
    assert person.number not in repr(person)


@pytest.mark.parametrize("path", TEXT_FILES, ids=lambda path: path.name)
def test_no_text_holds_a_number_an_address_on_the_net_or_a_telephone_number(path):
    assert re.findall(r"\b\d{6,8}[-+]?\d{4}\b|\S+@\S+|https?://|\b0\d{1,3}-\d{2}", path.read_text()) == []


def test_the_same_day_gives_the_same_county():
    assert everyone() == everyone()


def test_a_larger_county_begins_with_the_smaller():
    for town in TOWNS:
        small, large = stories(town, DAY, 20), stories(town, DAY, 60)
        assert large[: len(small)] == small


@pytest.mark.parametrize(
    "day", [DAY, date(2026, 1, 2), date(2027, 1, 1), date(2027, 4, 5), date(2028, 2, 29), date(2028, 12, 31)]
)
def test_everything_has_happened_in_office_hours_on_a_working_day_before_today(day):
    for town in TOWNS:
        before = None
        for event in events(town, day, 200):
            assert event.at.date() < day
            assert not is_free_day(event.at.date())
            assert 8 <= event.at.hour < 17
            assert before is None or event.at >= before
            before = event.at


def test_the_chapters_of_a_story_come_one_after_the_other():
    for story in everyone():
        times = [at for _chapter, at in story.chapters]
        assert times == sorted(set(times)), story.key


def test_the_one_with_the_memorable_address_has_every_kind_of_case_and_others_have_few():
    mine = Counter(
        story.officer for story in stories(TOWNS[0], DAY, residents(200)["kristianstad"]) if not story.earlier
    )
    assert mine["handlaggare"] > 3 * min(mine.values())
    featured = stories(TOWNS[0], DAY, len(FEATURED))
    assert len({story.recipe.stage for story in featured if story.officer == "handlaggare"}) >= 10


@pytest.mark.parametrize("situation", situations().values(), ids=lambda one: one.key)
def test_the_texts_of_a_situation_can_be_filled_for_everyone(situation: Situation):
    woman = next(story.person for story in everyone() if story.person.sex == "female")
    words = Words(woman, DAY, spouse="male")
    texts = [
        *situation.asks_for, *situation.own_words, situation.goal, situation.scope,
        *(one.text for one in situation.moments), *(one.met_by for one in situation.moments),
        *(one.summary for one in situation.evidence),
        *(text for one in situation.areas.values() for text in (one.own, one.judged, one.goal)),
        *(text for texts in situation.assessment.values() for text in texts),
        *(text for texts in situation.child.values() for text in texts),
        *(one.text for one in situation.notes), *situation.partial.values(), *situation.refusal.values(),
    ]  # fmt: skip
    for text in texts:
        assert "{" not in words(text)
    assert {"own_view", "normalisation", "met_otherwise", "good_living"} == set(situation.assessment)
    assert situation.ages[0] >= 18 or set(situation.child) == {"how", "view", "best", "effect"}


@pytest.mark.parametrize("situation", situations().values(), ids=lambda one: one.key)
def test_no_decision_argues_from_lack_of_resources(situation: Situation):
    for text in (situation.goal, situation.scope, *situation.partial.values(), *situation.refusal.values()):
        assert resource_arguments(text) == []


# What the law gives for each situation, by age.
OUTCOMES = [
    ("als", 50, "state"), ("autism-barn", 3, "municipality"), ("autism-barn", 8, "municipality"),
    ("autism-barn", 13, "state"), ("autism-vuxen", 20, "municipality"), ("dovblind", 40, "municipality"),
    ("downs", 7, "municipality"), ("downs", 17, "municipality"), ("efter-aldersgrans", 70, "refused"),
    ("epilepsi", 5, "state"), ("flerfunktion", 6, "state"), ("hjarnskada", 30, "municipality"),
    ("huntington", 63, "municipality"), ("ledsjukdom", 45, "refused"), ("ms", 50, "municipality"),
    ("muskelsjukdom", 9, "municipality"), ("muskelsjukdom", 20, "state"), ("ryggmarg", 30, "state"),
    ("sondmatning", 0, "state"), ("stroke", 50, "municipality"), ("tillgodosett", 15, "refused"),
    ("trakeostomi", 2, "state"), ("utan-personkrets", 40, "refused"),
]  # fmt: skip


@pytest.mark.req("K-02", "K-06", "K-07", "H-28", "H-30")
@pytest.mark.parametrize(("key", "age", "outcome"), OUTCOMES)
def test_the_law_gives_each_situation_what_the_story_says(key, age, outcome):
    situation = situations()[key]
    on = date(2026, 6, 1)
    moments = tuple(
        law.Moment(
            id=str(number), need=law.Need(one.need), minutes=Decimal(one.minutes), times=one.times,
            per=law.Per(one.per), assistants=one.assistants, intimate=one.intimate, tube_feeding=one.tube,
            activation_measure=one.activation,
            directly_necessary_for=law.Necessary(one.necessary) if one.necessary else None,
            self_care={"assessed": law.SelfCare(date(2026, 1, 1)), "not_assessed": False, "": None}[one.self_care],
            met_otherwise_minutes=Decimal(one.met),
        )
        for number, one in enumerate(situation.moments_at(age))
    )  # fmt: skip
    group = None if situation.personkrets == "none" else int(situation.personkrets)
    facts = law.AssessmentFacts(
        on=on, until=on, born=date(2026 - age, 3, 1), received=date(2026, 2, 1), days_per_week=7, moments=moments,
        personkrets=law.Personkrets(group),
        double_assistance=law.DoubleAssistance(housing_adaptation_tried=True, aids_tried=True),
        granted_before_age_limit=False,
    )  # fmt: skip
    assert [one["outcome"] for one in law.assess(facts).to_json()["timeline"]] == [outcome]


def test_there_are_at_least_a_dozen_situations_with_eight_to_twenty_five_moments():
    assert sum(8 <= len(one.moments) <= 25 for one in situations().values()) >= 12
