"""What a breach of working time is called in Swedish, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

HOUR, MINUTE = 3600, 60


def spoken(seconds: int) -> str:
    """A length of time: `9 timmar`, `1 timme och 30 minuter`, `45 minuter`, `0 minuter`."""
    hours, rest = divmod(seconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    parts = [
        _counted(hours, "timme", "timmar"),
        _counted(minutes, "minut", "minuter"),
        _counted(rest, "sekund", "sekunder"),
    ]
    return _listed([part for part in parts if part]) or "0 minuter"


def overlap(other: str, common_s: int) -> str:
    return f"Passet krockar med {other} under {spoken(common_s)}. Ge ett av passen till någon annan."


def rest(rest_s: int, least_s: int, *, before: str = "mellan passen") -> str:
    """The rest before a shift is too short. A negative rest: the shift begins before the one before it has ended."""
    later = f"Börja passet {spoken(least_s - rest_s)} senare eller ge det till någon annan."
    if rest_s < 0:
        return f"Passet börjar {spoken(-rest_s)} innan det förra har slutat. {later}"
    return f"Vilan {before} är {spoken(rest_s)}, den ska vara minst {spoken(least_s)}. {later}"


def span(length_s: int, most_s: int) -> str:
    return (
        f"Passen sträcker sig över {spoken(length_s)} utan dygnsvila emellan, det får vara högst {spoken(most_s)}. "
        f"Sluta {spoken(length_s - most_s)} tidigare eller ge passet till någon annan."
    )


def too_long(length_s: int, most_s: int) -> str:
    return (
        f"Passet är {spoken(length_s)}, det får vara högst {spoken(most_s)}. Dela det mellan två assistenter."
    )


def compensation(rest_s: int, length_s: int) -> str:
    later = f"Börja nästa pass {spoken(length_s - rest_s)} senare eller ge det till någon annan."
    if rest_s < 0:
        return f"Nästa pass börjar innan passet på {spoken(length_s)} har slutat. {later}"
    return (
        f"Vilan efter passet på {spoken(length_s)} är {spoken(rest_s)}, den ska vara minst lika lång som passet. "
        f"{later}"
    )


def weekly_rest(longest_s: int, least_s: int, without_s: int) -> str:
    told = f"Veckans längsta sammanhängande ledighet är {spoken(longest_s)}, den ska vara minst {spoken(least_s)}."
    if without_s >= least_s:
        return f"{told} Ge passet till någon annan, så blir den {spoken(without_s)}."
    return f"{told} Ge fler än ett av veckans pass till någon annan."


def hours_over(what: str, worked_s: int, weeks: int, most_s: int) -> str:
    within = "1 vecka" if weeks == 1 else f"{weeks} veckor"
    return (
        f"{what} är {spoken(worked_s)} på {within}, det får vara högst {spoken(most_s)}. "
        f"Ge minst {spoken(worked_s - most_s)} till någon annan."
    )


def average(total_s: int, left_s: int) -> str:
    left = f"{spoken(left_s)} återstår" if left_s > 0 else "inget återstår"
    over_s = total_s - max(0, left_s)
    return (
        f"Arbete och jour är {spoken(total_s)} i perioden, men {left} av genomsnittet över fyra månader. "
        f"Ge minst {spoken(over_s)} till någon annan."
    )


def in_a_row(days: int, most: int, given: Sequence[date], *, nights: bool) -> str:
    what, passes = ("nätter", "nattpassen") if nights else ("dagar", "passen")
    return (
        f"Assistenten arbetar {days} {what} i rad, det får vara högst {most}. "
        f"Ge {passes} den {_days(given)} till någon annan."
    )


def weekends(count: int, most: int, given: Sequence[date]) -> str:
    named = _listed([f"{one.isoformat()}–{(one + timedelta(days=1)).isoformat()}" for one in given])
    return (
        f"Assistenten arbetar {count} helger på fyra veckor, det får vara högst {most}. "
        f"Ge passen helgen {named} till någon annan."
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _days(days: Sequence[date]) -> str:
    return _listed([day.isoformat() for day in days])


def _listed(parts: Sequence[str]) -> str:
    """`a`, `a och b`, `a, b och c`."""
    return " och ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
