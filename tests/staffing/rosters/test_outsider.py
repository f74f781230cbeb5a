"""`roster check` and `roster solve` beside a judge that was written from the contract alone (outsider.py)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.staffing.rosters import outsider

from egenmakt.site.commands import roster
from egenmakt.staffing.rosters.solving import prepare

pytestmark = [pytest.mark.xdist_group("rosters"), pytest.mark.req("A-12")]

# Both changes of the clock, a new year, and an ordinary month.
MONDAYS = ("2026-10-19", "2027-03-22", "2026-12-28", "2026-11-30")
WITH_SHIFT = {
    *("introduction", "delegation", "absence", "no_nights", "daily_rest", "compensatory_rest"),
}
WITH_DAY = {
    *("weekly_rest", "ordinary_hours", "on_call", "weekends", "consecutive_days", "consecutive_nights"),
}


def drawn(seed: int, *, weeks: int, shifts: int, assistants: int) -> dict:
    """An odd roster: shifts of any length at any minute, doubled ones, on-call time only, overdrawn averages, tight rules."""
    draw = Random(seed)
    first = date.fromisoformat(MONDAYS[seed % len(MONDAYS)])
    people = ["p1", "p2", "p3"]

    def days(most: int) -> list[str]:
        return sorted(
            {str(first + timedelta(days=draw.randrange(7 * weeks))) for _ in range(draw.randint(0, most))}
        )

    made: list[dict] = []
    while len(made) < shifts:
        at_once = datetime.combine(first, datetime.min.time())
        begins = at_once + timedelta(days=draw.randrange(7 * weeks), minutes=draw.randrange(0, 1440, 15))
        ends = begins + timedelta(
            minutes=draw.choice((15, 60, 180, 420, 480, 540, 600, 780, 795, 960, 1200, 1440, 1500))
        )
        if not (outsider.was_shown_once(begins) and outsider.was_shown_once(ends)):
            continue
        opens, closes = begins.isoformat(timespec="minutes"), ends.isoformat(timespec="minutes")
        length = outsider.second(closes) - outsider.second(opens)
        jour = draw.choice((0, 0, 0, min(length, 5 * 3600), min(length, 8 * 3600), length))
        made.append(
            {
                "id": f"s{len(made)}",
                "person": draw.choice(people),
                "from": opens,
                "to": closes,
                "active_s": draw.choice((length - jour, length - jour, (length - jour) // 2)),
                "on_call_s": jour,
                "skill": draw.choice((None, None, "delegation")),
            }
        )
    staff = [
        {
            "id": f"a{number}",
            "home": draw.choice([*people, None]),
            "contract_s": draw.choice((0, 90_000 * weeks, 144_000 * weeks)),
            "people": draw.sample(people, draw.randint(0, 3)),
            "skills": draw.choice(([], ["delegation"])),
            "no_nights": draw.random() < 0.2,
            "unavailable": days(3),
            "wishes": [{"day": day, "weight": draw.choice((1, 2.5, -1))} for day in days(3)],
            "average_left_s": draw.choice((None, 10_000, 700_000, 10_000_000)),
            "last_end": draw.choice((None, f"{first - timedelta(days=1)}T{draw.randrange(24):02}:30")),
        }
        for number in range(assistants)
    ]
    rules = {
        "daily_rest_s": 32_400,
        "max_span_s": 36_000,
        "ordinary_s": 100_000,
        "max_days": 2,
        "max_nights": 1,
    }
    weights = {"open": 60, "under": 0, "over_hourly": 2.5, "wish": 7, "night_fair": 0.001}
    holders = [None, *(one["id"] for one in staff)]
    return {
        "from": first.isoformat(),
        "weeks": weeks,
        "shifts": made,
        "assistants": staff,
        "rules": {name: more for name, more in rules.items() if draw.random() < 0.15},
        "weights": {name: more for name, more in weights.items() if draw.random() < 0.15},
        "previous": {one["id"]: draw.choice(holders) for one in made if draw.random() < 0.3},
        "assignments": {},
    }


def give(document: dict, draw: Random, *, apart_s: int) -> None:
    """Hands out the shifts at random; none begins less than `apart_s` after another of the same assistant has ended."""
    shifts = outsider.shifts_of(document)
    held: dict[str, list[outsider.Worked]] = {one["id"]: [] for one in document["assistants"]}
    for shift in shifts.values():
        name = draw.choice(list(held))
        if all(
            shift.begins - one.ends >= apart_s or one.begins - shift.ends >= apart_s for one in held[name]
        ):
            held[name].append(shift)
            document["assignments"][shift.id] = name


def answered(words: list[str], document: Mapping, folder: Path, capsysbinary) -> dict:
    file = folder / "schema.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert roster.run([words[0], str(file), *words[1:]]) == 0
    return json.loads(capsysbinary.readouterr().out)


def in_short(breaches: list[dict]) -> set[outsider.Told]:
    """As the outsider tells them. Where shifts overlap, how much rest there is between them is anybody's guess."""
    at_once = {one["assistant"] for one in breaches if one["rule"] == "overlap"}
    told = set()
    for one in breaches:
        rule, assistant = one["rule"], one["assistant"]
        if assistant in at_once and rule in {"daily_rest", "compensatory_rest"}:
            continue
        where = one["shift"] if rule in WITH_SHIFT else one["from"][:10] if rule in WITH_DAY else ""
        told.add((rule, assistant, where))
    return told


def priced_alike(said: Mapping[str, float], document: Mapping) -> bool:
    return all(abs(said[name] - float(more)) < 1e-8 for name, more in outsider.priced(document).items())


@pytest.mark.parametrize("weeks", [1, 2, 3, 4, 5, 8, 13])
def test_what_is_checked_is_what_the_contract_says(weeks: int, tmp_path: Path, capsysbinary) -> None:
    seen = set()
    for seed in range(40):
        draw = Random(seed)
        document = drawn(
            1000 * weeks + seed,
            weeks=weeks,
            shifts=draw.randint(1, 12 * weeks),
            assistants=draw.randint(1, 4),
        )
        give(document, draw, apart_s=draw.choice((-3600, 0, 0, 3 * 3600, 11 * 3600)))
        said = answered(["check"], document, tmp_path, capsysbinary)
        assert in_short(said["breaches"]) == outsider.judged(document), seed
        assert said["open"] == [
            one["id"] for one in document["shifts"] if one["id"] not in document["assignments"]
        ]
        assert priced_alike(said["cost"], document), seed
        seen |= {one["rule"] for one in said["breaches"]}
    if weeks >= 4:
        assert seen >= WITH_SHIFT | WITH_DAY | {"overlap", "average_hours"}


@pytest.fixture(scope="module")
def _compiled() -> None:
    prepare()


@pytest.mark.usefixtures("_compiled")
@pytest.mark.parametrize("seed", range(8))
def test_what_is_solved_is_the_best_that_the_contract_allows(seed: int, tmp_path: Path, capsysbinary) -> None:
    document = drawn(seed, weeks=1, shifts=5, assistants=3)
    solved = answered(["solve", "--seconds", "60", "--workers", "1"], document, tmp_path, capsysbinary)
    names = [None, *(one["id"] for one in document["assistants"])]
    least = None
    for holders in itertools.product(names, repeat=5):
        given = {one["id"]: name for one, name in zip(document["shifts"], holders, strict=True)}
        one_way = {**document, "assignments": given}
        cost = outsider.priced(one_way)["total"]
        if (least is None or cost < least) and not outsider.judged(one_way):
            least = cost
    assert least is not None
    assert solved["status"] == "optimal"
    assert not outsider.judged({**document, "assignments": solved["assignments"]})
    assert priced_alike(solved["cost"], {**document, "assignments": solved["assignments"]})
    assert abs(solved["cost"]["total"] - float(least)) < 1e-6
    assert abs(solved["bound"] - float(least)) < 1e-6
    for why in solved["why_open"]:
        for reason in why["reasons"]:
            tried = {**solved["assignments"], why["shift"]: reason["assistant"]}
            broken = {rule for rule, name, _ in outsider.judged({**document, "assignments": tried})}
            assert reason["rule"] in broken
