"""docs/quality-gate.md: what must be in order before a decision can be signed."""

from __future__ import annotations

from egenmakt.casework.decisions.rules import gate_table
from generated.tables import table


def page() -> str:
    """The page."""
    rows = gate_table()
    asked = [one for one in rows if one["question"]]
    return "\n".join(
        [
            "# The quality gate (beslutskontroll)\n",
            f"{len(rows)} requirements, in the order of the page. A decision cannot be signed until each that applies is "
            "fulfilled; the page, the check at signing, the record stored with the decision and this document read "
            "the same list. A guideline asks for a reason when it is departed from, and stops nothing.\n",
            table(
                ["requirement", "law", "rows", "mended in", "what is looked at"],
                [
                    (one["title"], one["law"], one["requirements"], one["about"], one["looks_at"])
                    for one in rows
                ],
            ),
            "\n## What the officer answers\n",
            f"{len(asked)} of them are also questions of the checklist, answered with evidence before the proposal is "
            "handed over.\n",
            table(["requirement", "question"], [(one["title"], one["question"]) for one in asked]),
        ]
    )
