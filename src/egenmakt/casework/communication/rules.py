"""What must hold when material is put to the person (FL 25 §)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from egenmakt.casework.cases.answering import answer_day_problem
from egenmakt.casework.communication.models import Channel
from egenmakt.foundation import clock

BY_LETTER = frozenset({Channel.LETTER, Channel.DIGITAL})


def sent_on(channel: str | None, noted: date | None) -> date:
    """The day of sending: today by letter and digitally, else the day noted (today when none is)."""
    return clock.today() if channel in BY_LETTER or noted is None else noted


def problems(values: Mapping[str, Any], *, offered: Collection[str], opened_on: date) -> dict[str, str]:
    """Everything that is wrong, by field; what could not be read is missing from `values`.

    `offered` are the keys of what can be put to the person, `opened_on` the day the case was opened.
    """
    today = clock.today()
    errors: dict[str, str] = {}
    if "channel" in values and values["channel"] not in Channel.values:
        errors["channel"] = _("Välj hur materialet lämnas.")
    if {"proposal", "materials"} <= values.keys() and not (values["proposal"].strip() or values["materials"]):
        errors["materials"] = _("Välj minst ett underlag, eller skriv vad du tänker föreslå.")
    elif not set(values.get("materials", ())) <= set(offered):
        errors["materials"] = _("Ett valt underlag finns inte längre i ärendet. Välj igen.")
    sent = values.get("sent_on")
    if sent is not None and not opened_on <= sent <= today:
        errors["sent_on"] = _("Skriv den dag materialet lämnades: från att ärendet öppnades till i dag.")
    answer_by = values.get("answer_by")
    if sent is None or answer_by is None or "sent_on" in errors:
        return errors
    if problem := answer_day_problem(answer_by, sent):
        errors["answer_by"] = problem
    elif answer_by < today:
        errors["answer_by"] = _("Svarsdagen har redan varit. Ge personen tid att svara.")
    return errors
