"""docs/guidelines.md: what each municipality has set, where it says so, and what is assumed."""

from __future__ import annotations

from datetime import timedelta

from egenmakt.guidelines import Guideline, all_guidelines
from egenmakt.guidelines.model import Entry
from egenmakt.guidelines.schema import ROLES, SETTINGS
from egenmakt.law.timeline import Period
from generated.tables import table

UNITS = {"weeks": "veckor", "months": "månader", "days": "dagar", "years": "år", "percent": "%", "SEK": "kr"}


def page() -> str:
    """The page."""
    found = all_guidelines()
    return "\n".join(
        [
            "# The municipalities' guidelines\n",
            "A guideline is shown beside the assessment, may be departed from with a written reason, and never blocks. "
            "Only the delegation order stops: whoever it does not name cannot sign. What no document says is "
            "**assumed**: a proposal that the municipality is to confirm, with its reason. One file each in "
            "[`src/egenmakt/guidelines/data`](../src/egenmakt/guidelines/data).\n",
            *(_of(one) for one in found.values()),
        ]
    )


def _of(guideline: Guideline) -> str:
    documents = [
        (one.title, one.decided_by, one.reference, _period(one.period), one.lapsed_reason)
        for one in guideline.documents
    ]
    values = [
        (
            SETTINGS[one.name].title,
            f"{one.value} {UNITS.get(SETTINGS[one.name].unit, '')}",
            *_where(one.entry),
        )
        for one in guideline.values
    ]
    delegations = [
        (
            ", ".join(one.decisions),
            ", ".join(map(str, one.measures)) or "all",
            ", ".join(ROLES[role] for role in one.roles),
            one.reference,
            *_where(one.entry),
        )
        for one in guideline.delegations
    ]
    notes = [(one.step, one.text, ", ".join(one.tags), *_where(one.entry)) for one in guideline.notes]
    left_out = [(one.what, one.why, f"{one.document.title}, {one.page}") for one in guideline.left_out]
    where = ["source", "holds", "assumed"]
    parts = [
        f"## {guideline.name}\n",
        table(["document", "decided by", "reference", "holds", "still shown because"], documents),
        "\n### Values\n",
        table(["what", "value", *where], values),
        "\n### Who decides\n",
        table(["decision", "9 § LSS", "role", "as a decision cites it", *where], delegations),
        "\n### Notes beside the steps\n",
        table(["step", "note", "only for", *where], notes),
    ]
    if left_out:
        parts += ["\n### In the document, and not used\n", table(["what", "why", "where"], left_out)]
    return "\n".join(parts) + "\n"


def _where(entry: Entry) -> tuple[str, str, str]:
    return entry.source, _period(entry.period), f"**yes**: {entry.reason}" if entry.assumed else ""


def _period(period: Period) -> str:
    last = (period.end - timedelta(days=1)).isoformat() if period.end else ""
    return f"{period.start}–{last}"
