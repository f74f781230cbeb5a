"""The day by which someone is to answer: a working day, with time enough, so that there is someone to take it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from egenmakt.law.calendar import after_months, after_weeks, is_free_day, last_day

WEEKS = 2
LONGEST_MONTHS = 6


def usual_answer_day(asked_on: date) -> date:
    """Two weeks ahead, or the next working day."""
    return last_day(after_weeks(asked_on, WEEKS)).day


def answer_day_problem(answer_by: date, asked_on: date) -> str:
    """Why a day to answer by will not do, with what to write instead; empty when it will."""
    if answer_by <= asked_on:
        return _("Svarsdagen ska komma efter den dag frågan ställs. Två veckor fram är %(day)s.") % {
            "day": usual_answer_day(asked_on).isoformat()
        }
    if answer_by > after_months(asked_on, LONGEST_MONTHS):
        return _("Svarsdagen ligger mer än ett halvår fram. Kontrollera datumet.")
    if is_free_day(answer_by):
        return _("Svarsdagen är ingen arbetsdag. Välj till exempel %(day)s.") % {
            "day": last_day(answer_by).day.isoformat()
        }
    return ""
