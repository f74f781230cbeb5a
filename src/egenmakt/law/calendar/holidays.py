"""Swedish public holidays and the eves that the law treats like them.

Guarantee: for every day from 1 January 1990 the answer follows lagen (1989:253) om allmänna helgdagar in the
version of that day, and 2 § lagen (1930:173) om beräkning av lagstadgad tid. Earlier days raise
`CalendarUnknown`: the earlier law is not kept here, and a guess would be worse than no answer.

The days are computed rather than read from a table, so there is no last year. A test holds them equal to an
independent source for seventy years.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 1990
SATURDAY, SUNDAY = 5, 6
FRIDAY = 4


class CalendarUnknown(LookupError):
    """The day lies before the law on public holidays that this calendar keeps (1 January 1990)."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(
            f"Helgdagskalendern börjar {FIRST_YEAR}-01-01 och har inget svar för {day.isoformat()}."
        )


def easter_sunday(year: int) -> date:
    """Påskdagen: the Sunday after the first (computed) full moon on or after 21 March.

    The Gregorian computus: the moon's place in its nineteen-year cycle, the corrections of the century, then
    the step to Sunday.
    """
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first_weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


@lru_cache(maxsize=256)
def _days_of(year: int) -> dict[date, str]:
    easter = easter_sunday(year)
    days = {
        date(year, 1, 1): "nyårsdagen",
        date(year, 1, 6): "trettondedag jul",
        easter - timedelta(days=2): "långfredagen",
        easter: "påskdagen",
        easter + timedelta(days=1): "annandag påsk",
        date(year, 5, 1): "första maj",
        easter + timedelta(days=39): "Kristi himmelsfärdsdag",
        easter + timedelta(days=49): "pingstdagen",
        _first_weekday_from(date(year, 6, 20), SATURDAY): "midsommardagen",
        _first_weekday_from(date(year, 10, 31), SATURDAY): "alla helgons dag",
        date(year, 12, 25): "juldagen",
        date(year, 12, 26): "annandag jul",
        _first_weekday_from(date(year, 6, 19), FRIDAY): "midsommarafton",
        date(year, 12, 24): "julafton",
        date(year, 12, 31): "nyårsafton",
    }
    # SFS 2004:1320: from 2005 the national day took the place of Whit Monday.
    if year >= 2005:
        days.setdefault(date(year, 6, 6), "nationaldagen")
    else:
        days[easter + timedelta(days=50)] = "annandag pingst"
    return days


EVES = frozenset({"midsommarafton", "julafton", "nyårsafton"})


def name_of_free_day(day: date) -> str | None:
    """Why the day is free, in Swedish (`långfredagen`, `lördag`, `julafton` …); None for a working day.

    Free days are those of 2 § lagen (1930:173): Sundays, other public holidays, Saturdays, midsummer eve,
    Christmas eve and New Year's eve. Raises `CalendarUnknown` before 1990.
    """
    if day.year < FIRST_YEAR:
        raise CalendarUnknown(day)
    named = _days_of(day.year).get(day)
    if named is not None:
        return named
    if day.weekday() == SUNDAY:
        return "söndag"
    if day.weekday() == SATURDAY:
        return "lördag"
    return None


def is_free_day(day: date) -> bool:
    """Whether a period that ends on this day is extended to the next working day (2 § lagen 1930:173)."""
    return name_of_free_day(day) is not None


def public_holidays(year: int) -> dict[date, str]:
    """The named public holidays of a year (1 § lagen 1989:253), ordinary Sundays not listed, in date order.

    Eves are not public holidays and are left out; see `eves`.
    """
    if year < FIRST_YEAR:
        raise CalendarUnknown(date(year, 1, 1))
    return {day: name for day, name in sorted(_days_of(year).items()) if name not in EVES}


def eves(year: int) -> dict[date, str]:
    """Midsummer, Christmas and New Year's eve of a year: no public holidays, yet free for a deadline."""
    if year < FIRST_YEAR:
        raise CalendarUnknown(date(year, 1, 1))
    return {day: name for day, name in sorted(_days_of(year).items()) if name in EVES}
