"""Standard reasons: dated texts that an officer inserts with the case's own figures, and then makes her own.

Guarantees: only a text that is valid on the day, and that fits the kind of decision, is offered; its
figures are those of the computation shown beside it. A text is never changed once it is there: a new
wording is a new row with a new day. No text is a rule; what is decided stands in the facts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from egenmakt.casework.cases.letters.words import genitive, joined, span
from egenmakt.casework.decisions.computing import Computed
from egenmakt.casework.decisions.dossier import Dossier, age_on
from egenmakt.casework.decisions.letters.words import hours, need_word
from egenmakt.casework.decisions.models import Proposal
from egenmakt.foundation.ui.dates import long_date

_FILE = Path(__file__).parent / "standard_reasons.toml"


@dataclass(frozen=True, slots=True)
class StandardReason:
    """One text: in which field it goes, for which kinds of decision, from when, and on which sections it
    rests.

    `only_if` narrows it further: "child", "state" (over 20 hours), or a ground of refusal.
    """

    key: str
    field: str
    title: str
    kinds: tuple[str, ...]
    valid_from: date
    law: str
    text: str
    only_if: str = ""
    valid_to: date | None = None


@cache
def standard_reasons() -> tuple[StandardReason, ...]:
    """Every text there is, in the order of the file, also those no longer in use."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["reason"]
    return tuple(StandardReason(**{**row, "kinds": tuple(row["kinds"])}) for row in rows)


def offered(dossier: Dossier, proposal: Proposal, computed: Computed) -> list[StandardReason]:
    """The texts that fit the proposal as it stands, in the order they are listed."""
    true_of = _true_of(dossier, proposal, computed)
    return [
        one
        for one in standard_reasons()
        if one.valid_from <= dossier.today
        and (one.valid_to is None or dossier.today <= one.valid_to)
        and (not proposal.kind or proposal.kind in one.kinds)
        and (not one.only_if or one.only_if in true_of)
    ]


def filled(reason: StandardReason, dossier: Dossier, proposal: Proposal, computed: Computed) -> str:
    """The text with the case's own words and figures in it. In Swedish, as the decision is."""
    with translation.override(settings.LANGUAGE_CODE):
        return reason.text.format_map(_Figures(_figures(dossier, proposal, computed)))


class _Figures(dict[str, str]):
    """What is not known yet stands as a gap that cannot be overlooked."""

    def __missing__(self, key: str) -> str:
        return "[…]"


def _true_of(dossier: Dossier, proposal: Proposal, computed: Computed) -> set[str]:
    true_of = {proposal.refusal_ground}
    if dossier.is_child:
        true_of.add("child")
    if any(one["outcome"] == "state" for one in computed.timeline):
        true_of.add("state")
    return true_of


def _figures(dossier: Dossier, proposal: Proposal, computed: Computed) -> Mapping[str, str]:
    person = dossier.person
    figures = {
        "name": person.name,
        "first_name": person.first_name,
        "genitive": genitive(person.first_name),
        "age": str(age_on(person.born, dossier.today)),
    }
    if dossier.application:
        figures["received"] = long_date(dossier.application.received_on)
    if dossier.trial and dossier.trial.outcome:
        figures["personkrets"] = dossier.trial.outcome
    if dossier.evidence:
        figures["evidence"] = joined([f"{one.title}, {long_date(one.dated)}" for one in dossier.evidence])
    if dossier.assessment and dossier.assessment.met_otherwise:
        figures["met_otherwise"] = dossier.assessment.met_otherwise.strip()
    basic = [one.need for one in dossier.moments if one.need != "other"]
    if basic:
        figures["needs"] = _needs(basic)
        figures["all_needs"] = _needs([one.need for one in dossier.moments])
    if computed.timeline:
        figures |= _hours(computed.timeline[0])
    if proposal.starts_on:
        figures["span"] = (
            span(proposal.starts_on, proposal.ends_on)
            if proposal.ends_on
            else _("från och med %s tills vidare") % long_date(proposal.starts_on)
        )
    return figures


def _needs(needs: list[Any]) -> str:
    return joined([need_word(need) for need in dict.fromkeys(needs)])


def _hours(first: Mapping[str, Any]) -> dict[str, str]:
    return {
        "basic": hours(first["basic_s"]),
        "basic_deduction": hours(first["basic_s"] - first["basic_after_s"]),
        "basic_after": hours(first["basic_after_s"]),
        "other": hours(first["other_s"]),
        "other_deduction": hours(first["other_s"] - first["other_after_s"]),
        "total": hours(first["total_s"]),
    }
