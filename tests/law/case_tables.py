"""Reads the tables of cases in tests/law/cases: facts and expected hours, written so that a case officer can read them.

A moment is one line: `personlig hygien; 30 min; 1 gång/dag; integritetskänslig`. An expected stretch is one
line: `2026-03-01 – 2026-04-30: kommunen; grundläggande 16:30 − 8:45 = 7:45; andra 10:00; beviljat 17:45`.
Times are hours and minutes, with seconds where there are any. What is left out of an expected line is zero,
except that the municipality pays for all it grants.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CASES = Path(__file__).parent / "cases"

_NEEDS = {
    "andning": "breathing",
    "personlig hygien": "hygiene",
    "måltider": "meals",
    "av- och påklädning": "dressing",
    "kommunikation": "communication",
    "förebygga skada": "harm_prevention",
    "medicinskt stöd": "medical",
    "annat": "other",
}
_PER = {"dag": "day", "vecka": "week", "14 dagar": "fortnight", "månad": "month", "år": "year"}
_NECESSARY = {"andning": "breathing", "medicinskt stöd": "medical", "sondmatning": "tube_feeding"}
_OUTCOMES = {"staten": "state", "kommunen": "municipality", "avslag": "refused", "oklart": "unclear"}
_YES = {True: True, False: False, "okänt": None}
_FIELDS = {
    *(
        "titel",
        "källa",
        "förklaring",
        "född",
        "från",
        "till",
        "inkom",
        "beviljad tidigare",
        "nuvarande timmar",
    ),
    *(
        "personkrets",
        "dagar i veckan",
        "bostadsanpassning utredd",
        "hjälpmedel utredda",
        "moment",
        "väntetid",
    ),
    *("beredskap", "väntat", "ej bekräftat", "inget svar för"),
}


@dataclass(frozen=True)
class Case:
    """One case: where it stands, its facts as the JSON of the contract, and what is to come out."""

    file: str
    title: str
    source: str
    explanation: str
    requirements: tuple[str, ...]
    document: dict[str, object]
    timeline: list[dict[str, object]]
    unverified: list[str]
    no_answer_for: str | None

    def __str__(self) -> str:
        return f"{self.file}: {self.title}"


def all_cases() -> list[Case]:
    """Every case of every table, in order."""
    return [case for path in sorted(CASES.glob("*.toml")) for case in cases_in(path)]


def cases_in(path: Path) -> list[Case]:
    """The cases of one table. What `[utgångspunkt]` says holds for each case that does not say otherwise."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    common = table.get("utgångspunkt", {})
    return [_case(path.stem, table["krav"], {**common, **entry}) for entry in table["fall"]]


def _case(file: str, requirements: list[str], fields: dict[str, object]) -> Case:
    unknown = fields.keys() - _FIELDS
    assert not unknown, f"{file}: {unknown}"
    assert fields["titel"] and fields["källa"], f"{file}: a case has a title and a source"
    document: dict[str, object] = {
        "on": _iso(fields["från"]),
        "person": {"born": _iso(fields["född"])},
        "application": {
            "received": _iso(fields["inkom"]),
            "granted_before_age_limit": _YES[fields.get("beviljad tidigare", False)],
            "current_s_per_week": seconds(fields["nuvarande timmar"])
            if "nuvarande timmar" in fields
            else None,
        },
        "days_per_week": fields.get("dagar i veckan", 7),
        "double_assistance": {
            "housing_adaptation_tried": _YES[fields.get("bostadsanpassning utredd", "okänt")],
            "aids_tried": _YES[fields.get("hjälpmedel utredda", "okänt")],
        },
        "moments": [_moment(line, place) for place, line in enumerate(fields.get("moment", []))],
        "night": {
            "waiting_minutes_per_day": seconds(fields.get("väntetid", "0")) / 60,
            "standby_minutes_per_day": seconds(fields.get("beredskap", "0")) / 60,
        },
    }
    if "till" in fields:
        document["until"] = _iso(fields["till"])
    group = fields.get("personkrets", 1)
    if group != "inte prövad":
        document["personkrets"] = {"group": None if group == "tillhör inte" else group}
    return Case(
        file=file,
        title=fields["titel"],
        source=fields["källa"],
        explanation=fields.get("förklaring", ""),
        requirements=tuple(requirements),
        document=document,
        timeline=[_stretch(line) for line in fields.get("väntat", [])],
        unverified=sorted(fields.get("ej bekräftat", [])),
        no_answer_for=_iso(fields["inget svar för"]) if "inget svar för" in fields else None,
    )


def _moment(line: str, place: int) -> dict[str, object]:
    need, time, often, *more = (part.strip() for part in line.split(";"))
    minutes = re.fullmatch(r"(\d+)(?:,(\d+))? min", time)
    times = re.fullmatch(r"(\d+) gång(?:er)?/(.+)", often)
    assert minutes and times, line
    moment: dict[str, object] = {
        "id": f"m{place + 1}",
        "text": line,
        "need": _NEEDS[need],
        "minutes": float(f"{minutes[1]}.{minutes[2]}") if minutes[2] else int(minutes[1]),
        "times": int(times[1]),
        "per": _PER[times[2]],
        "assistants": 1,
        "intimate": None,
    }
    for word in more:
        moment.update(_mark(word, line))
    return moment


def _mark(word: str, line: str) -> dict[str, object]:
    simple = {
        "integritetskänslig": {"intimate": True},
        "inte integritetskänslig": {"intimate": False},
        "sondmatning": {"tube_feeding": True},
        "kvalificerad aktivering": {"activation_measure": True},
        "sjukvård utan bedömning": {"self_care": False},
    }
    if word in simple:
        return simple[word]
    if found := re.fullmatch(r"direkt nödvändigt för (.+)", word):
        return {"directly_necessary_for": _NECESSARY[found[1]]}
    if found := re.fullmatch(r"egenvård från (\S+)(?: till (\S+))?", word):
        return {"self_care": {"assessed": found[1], "valid_until": found[2]}}
    if found := re.fullmatch(r"(\d+) assistenter", word):
        return {"assistants": int(found[1])}
    if found := re.fullmatch(r"(\d+) min tillgodoses av andra", word):
        return {"met_otherwise_minutes": int(found[1])}
    raise AssertionError(f"{word!r} in {line!r}")


def _stretch(line: str) -> dict[str, object]:
    when, rest = line.split(": ", 1)
    first, last = when.split(" – ")
    outcome, *parts = (part.strip() for part in rest.split(";"))
    basic, other, total, share = (0, 0, 0), (0, 0, 0), 0, None
    for part in parts:
        name, value = part.rsplit(" ", 1) if " − " not in part else part.split(" ", 1)
        if name == "grundläggande":
            basic = _sums(value)
        elif name == "andra":
            other = _sums(value)
        elif name == "beviljat":
            total = seconds(value)
        elif name == "kommunens del":
            share = seconds(value)
        else:
            raise AssertionError(f"{name!r} in {line!r}")
    return {
        "from": first,
        "to": last,
        "outcome": _OUTCOMES[outcome],
        "basic_s": basic[0],
        "basic_deduction_s": basic[1],
        "basic_after_s": basic[2],
        "other_s": other[0],
        "other_deduction_s": other[1],
        "other_after_s": other[2],
        "total_s": total,
        "municipal_share_s": total if share is None else share,
    }


def _sums(value: str) -> tuple[int, int, int]:
    found = re.fullmatch(r"(\S+) − (\S+) = (\S+)", value)
    if found:
        return seconds(found[1]), seconds(found[2]), seconds(found[3])
    return seconds(value), 0, seconds(value)


def seconds(text: str) -> int:
    """`7:45` or `7:45:30` as seconds; `0` is none."""
    parts = [int(part) for part in text.split(":")]
    hours, minutes, rest = [*parts, 0, 0][:3]
    return hours * 3600 + minutes * 60 + rest


def _iso(day: object) -> str:
    assert isinstance(day, date), day
    return day.isoformat()
