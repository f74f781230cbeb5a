"""Wrong input is refused with all its errors at once, each at its place, in Swedish. Nothing is guessed."""

from __future__ import annotations

import copy
from decimal import Decimal

import pytest

from egenmakt.law import InvalidInput, Moment, Need, Per, assess, facts_from_json
from egenmakt.law.assistance.facts import DoubleAssistance, Personkrets, SelfCare
from egenmakt.law.lss.readings import READINGS

pytestmark = pytest.mark.req("K-06")

DOCUMENT: dict[str, object] = {
    "on": "2026-03-01",
    "until": "2027-02-28",
    "municipality": "kristianstad",
    "person": {"born": "2019-05-14"},
    "application": {"received": "2026-02-10", "granted_before_age_limit": False, "current_s_per_week": None},
    "personkrets": {"group": 1},
    "days_per_week": 7,
    "double_assistance": {"housing_adaptation_tried": True, "aids_tried": True},
    "moments": [
        {
            "id": "dusch",
            "text": "Dusch",
            "need": "hygiene",
            "minutes": 30,
            "times": 1,
            "per": "day",
            "assistants": 1,
            "intimate": True,
            "tube_feeding": False,
            "activation_measure": False,
            "directly_necessary_for": None,
            "self_care": None,
            "met_otherwise_minutes": 0,
        }
    ],
    "night": {"waiting_minutes_per_day": 0, "standby_minutes_per_day": 0},
}
GONE = object()


def changed(path: str, value: object) -> dict[str, object]:
    document = copy.deepcopy(DOCUMENT)
    steps = [
        int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")
    ]
    *way, last = steps
    place: object = document
    for step in way:
        place = place[step]  # type: ignore[index]  # built for the test
    if value is GONE:
        del place[last]  # type: ignore[attr-defined]  # as above
    else:
        place[last] = value  # type: ignore[index]  # as above
    return document


def errors_of(document: object) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        facts_from_json(document)
    assert len({error.path for error in refused.value.errors}) == len(refused.value.errors)
    return {error.path: error.message for error in refused.value.errors}


def test_the_example_of_the_contract_is_read_as_it_stands() -> None:
    facts = facts_from_json(DOCUMENT)
    assert facts.personkrets == Personkrets(1)
    assert facts.double_assistance == DoubleAssistance(True, True)
    assert facts.municipality == "kristianstad"
    assert facts.moments == (
        Moment("dusch", Need.HYGIENE, Decimal(30), 1, Per.DAY, text="Dusch", intimate=True),
    )


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("on", GONE, "Fältet saknas."),
        ("on", None, "ÅÅÅÅ-MM-DD"),
        ("on", "2026-02-30", "Datumet 2026-02-30 finns inte."),
        ("on", "2026-3-1", "ÅÅÅÅ-MM-DD"),
        ("on", "20260301", "ÅÅÅÅ-MM-DD"),
        ("on", "2026-03-01T00:00", "ÅÅÅÅ-MM-DD"),
        ("on", "٢٠٢٦-03-01", "ÅÅÅÅ-MM-DD"),
        ("on", 20260301, "ÅÅÅÅ-MM-DD"),
        ("on", "1650-01-01", "Året ska ligga mellan 1880 och 2199."),
        ("until", "2026-02-28", "före den första"),
        ("until", "9999-12-31", "mellan 1880 och 2199"),
        ("person.born", "2026-03-02", "född efter den första dagen"),
        ("person.born", GONE, "Fältet saknas."),
        ("person", GONE, "Fältet saknas."),
        ("person", [], "objekt"),
        ("person", None, "objekt"),
        ("application.received", GONE, "Fältet saknas."),
        ("application.granted_before_age_limit", "nej", "true eller false"),
        ("application.current_s_per_week", -1, "heltal"),
        ("application.current_s_per_week", True, "heltal"),
        ("personkrets.group", 4, "heltal från 1 till 3"),
        ("personkrets.group", 0, "heltal från 1 till 3"),
        ("personkrets.group", "1", "heltal från 1 till 3"),
        ("personkrets.groups", 1, "Okänt fält"),
        ("personkrets", 1, "objekt"),
        ("days_per_week", 0, "heltal från 1 till 7"),
        ("days_per_week", 8, "heltal från 1 till 7"),
        ("days_per_week", True, "heltal från 1 till 7"),
        ("days_per_week", 5.0, "heltal från 1 till 7"),
        ("days_per_week", GONE, "Fältet saknas."),
        ("double_assistance.aids_tried", 1, "true eller false"),
        ("double_assistance.aids", True, "Okänt fält"),
        ("night.waiting_minutes_per_day", 1441, "från 0 till 1440"),
        ("night.waiting_minutes_per_day", -1, "från 0 till 1440"),
        ("municipality", 7, "Ska vara en text."),
        ("colour", "red", "Okänt fält"),
        ("readings", "deduction_from_first_assistant", "lista med namn på tolkningar"),
        ("readings", None, "lista med namn på tolkningar"),
        ("moments", GONE, "Fältet saknas."),
        ("moments", {}, "lista"),
        ("moments", None, "lista"),
        ("moments[0]", "dusch", "objekt"),
        ("moments[0].id", GONE, "Fältet saknas."),
        ("moments[0].id", "  ", "Ge momentet ett id."),
        ("moments[0].id", 1, "Ska vara en text."),
        ("moments[0].text", "a\ud800", "inte går att skriva ut"),
        ("moments[0].need", "sleep", "breathing, hygiene, meals"),
        ("moments[0].need", None, "breathing, hygiene, meals"),
        ("moments[0].need", ["hygiene"], "breathing, hygiene, meals"),
        ("moments[0].per", "days", "day, week, fortnight, month, year"),
        ("moments[0].minutes", GONE, "Fältet saknas."),
        ("moments[0].minutes", "30", "ett tal"),
        ("moments[0].minutes", True, "ett tal"),
        ("moments[0].minutes", None, "ett tal"),
        ("moments[0].minutes", -0.5, "från 0 till 1440"),
        ("moments[0].minutes", 1441, "från 0 till 1440"),
        ("moments[0].minutes", float("nan"), "från 0 till 1440"),
        ("moments[0].minutes", float("inf"), "från 0 till 1440"),
        ("moments[0].minutes", Decimal("sNaN"), "från 0 till 1440"),
        ("moments[0].minutes", Decimal("1e999999"), "från 0 till 1440"),
        ("moments[0].minutes", Decimal("1e-999999"), "för många decimaler"),
        ("moments[0].minutes", Decimal("10.0000001"), "högst 6 decimaler av en minut"),
        ("moments[0].minutes", 1 / 3, "högst 6 decimaler av en minut"),
        ("moments[0].met_otherwise_minutes", Decimal("0.1234567"), "högst 6 decimaler av en minut"),
        ("night.standby_minutes_per_day", 100.12345678, "högst 6 decimaler av en minut"),
        ("moments[0].minutes", 10**400, "från 0 till 1440"),
        ("moments[0].times", -1, "heltal"),
        ("moments[0].times", 1.5, "heltal"),
        ("moments[0].times", 10**400, "heltal"),
        ("moments[0].assistants", 0, "heltal från 1 till 10"),
        ("moments[0].assistants", None, "heltal från 1 till 10"),
        ("moments[0].intimate", "ja", "true eller false"),
        ("moments[0].tube_feeding", None, "true eller false"),
        ("moments[0].activation_measure", 0, "true eller false"),
        ("moments[0].directly_necessary_for", "hygiene", "breathing, medical, tube_feeding"),
        ("moments[0].self_care", True, "null, false eller en bedömning"),
        ("moments[0].self_care", "2026-01-01", "null, false eller en bedömning"),
        ("moments[0].self_care", 0, "null, false eller en bedömning"),
        ("moments[0].met_otherwise_minutes", 31, "längre än momentets minuter"),
        ("moments[0].met_otherwise_minutes", -1, "från 0 till"),
        ("moments[0].comment", "x", "Okänt fält"),
    ],
)
def test_one_wrong_value_is_one_error_at_its_place(path: str, value: object, words: str) -> None:
    errors = errors_of(changed(path, value))
    assert list(errors) == [path]
    assert words in errors[path]


@pytest.mark.parametrize(
    ("care", "path", "words"),
    [
        ({}, "moments[0].self_care.assessed", "Fältet saknas."),
        ({"assessed": None}, "moments[0].self_care.assessed", "ÅÅÅÅ-MM-DD"),
        (
            {"assessed": "2026-02-01", "valid_until": "2026-01-31"},
            "moments[0].self_care.valid_until",
            "upphöra innan den gjordes",
        ),
        ({"assessed": "2026-02-01", "by": "läkare"}, "moments[0].self_care.by", "Okänt fält"),
    ],
)
@pytest.mark.req("K-09")
def test_an_assessment_of_self_care_must_be_whole(care: object, path: str, words: str) -> None:
    errors = errors_of(changed("moments[0].self_care", care))
    assert list(errors) == [path]
    assert words in errors[path]


@pytest.mark.parametrize(
    ("per", "minutes", "times"),
    [
        ("day", 721, 2),
        ("week", 5041, 2),
        ("fortnight", 10_081, 2),
        ("month", 22_321, 2),
        ("year", 263_521, 2),
    ],
)
def test_a_moment_cannot_take_more_time_than_there_is(per: str, minutes: int, times: int) -> None:
    document = changed("moments[0].per", per)
    moment = document["moments"][0]  # type: ignore[index]  # built for the test
    moment["minutes"], moment["times"] = minutes, times
    assert list(errors_of(document)) == ["moments[0].minutes"]
    moment["minutes"] = minutes - 1
    assert facts_from_json(document).moments[0].times == times


def test_waiting_and_standby_cannot_fill_more_than_a_day() -> None:
    night = {"waiting_minutes_per_day": 720, "standby_minutes_per_day": 721}
    assert list(errors_of(changed("night", night))) == ["night"]
    night["standby_minutes_per_day"] = 720
    assert facts_from_json(changed("night", night)).standby_minutes_per_day == 720


def test_two_moments_with_the_same_id_are_refused() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["moments"] = [document["moments"][0]] * 3  # type: ignore[index]  # built for the test
    errors = errors_of(document)
    assert list(errors) == ["moments[1].id", "moments[2].id"]
    assert "moments[0]" in errors["moments[2].id"]


def test_all_errors_are_told_at_once() -> None:
    document = {"on": "idag", "moments": [{"need": "hygiene"}, {"id": "a", "minutes": -1, "x": 1}], "y": 2}
    assert set(errors_of(document)) == {
        "y", "on", "person", "application", "days_per_week", "moments[0].id", "moments[0].minutes",
        "moments[0].times", "moments[0].per", "moments[1].need", "moments[1].minutes", "moments[1].times",
        "moments[1].per", "moments[1].x",
    }  # fmt: skip


@pytest.mark.parametrize("document", [None, [], "text", 7, True])
def test_something_else_than_an_object_is_refused(document: object) -> None:
    assert list(errors_of(document)) == [""]


def test_what_may_be_left_out_may_be_left_out() -> None:
    document = {
        "on": "2026-03-01",
        "person": {"born": "1985-06-15"},
        "application": {"received": "2026-02-10"},
        "days_per_week": 7,
        "moments": [{"id": "a", "need": "breathing", "minutes": 12.5, "times": 2, "per": "day"}],
    }
    facts = facts_from_json(document)
    assert facts.moments[0].minutes == Decimal("12.5")
    assert facts.personkrets is None
    assert facts.granted_before_age_limit is None
    for name in ("personkrets", "double_assistance", "night", "municipality", "until"):
        assert facts_from_json({**document, name: None}) == facts


@pytest.mark.req("H-05")
@pytest.mark.parametrize("krets", [None, {}, GONE])
def test_a_personkrets_that_is_not_tried_is_unclear_and_not_a_refusal(krets: object) -> None:
    document = changed("personkrets", krets)
    document["moments"][0]["minutes"] = 300  # type: ignore[index]  # built for the test
    answer = assess(facts_from_json(document)).to_json()
    assert {row["outcome"] for row in answer["timeline"]} == {"unclear"}


@pytest.mark.req("H-05")
def test_not_belonging_is_something_else_than_not_tried() -> None:
    assert facts_from_json(changed("personkrets", {"group": None})).personkrets == Personkrets(None)


@pytest.mark.req("K-09")
def test_self_care_may_be_valid_until_further_notice_or_for_ever() -> None:
    for until in (None, "9999-12-31"):
        document = changed("moments[0].self_care", {"assessed": "2026-01-01", "valid_until": until})
        facts = facts_from_json(document)
        assert isinstance(facts.moments[0].self_care, SelfCare)
        assert assess(facts).timeline.at(facts.on).moment("dusch").counted_s == 12_600


def test_readings_are_chosen_by_name_one_for_each_question() -> None:
    first = "deduction_from_first_assistant"
    assert facts_from_json({**DOCUMENT, "readings": [first]}).readings == (first,)
    assert facts_from_json({**DOCUMENT, "readings": []}).readings == ()
    assert errors_of({**DOCUMENT, "readings": [first, "deduction_from_all_assistants", "my_own", 3]}) == {
        "readings[1]": "Välj en tolkning av varje fråga.",
        "readings[2]": f"Ska vara något av: {', '.join(one.name for one in READINGS)}.",
        "readings[3]": f"Ska vara något av: {', '.join(one.name for one in READINGS)}.",
    }


def test_what_children_of_the_age_need_may_be_told() -> None:
    read = facts_from_json({**DOCUMENT, "of_age": {"basic_s_per_week": 3_600, "other_s_per_week": 0}})
    assert (read.basic_of_age_s, read.other_of_age_s) == (3_600, 0)
    assert facts_from_json(DOCUMENT).basic_of_age_s is None
    assert set(errors_of({**DOCUMENT, "of_age": {"basic_s_per_week": -1, "more": 1}})) == {
        "of_age.basic_s_per_week",
        "of_age.more",
    }
