"""Who may sign a decision: the municipality's delegation order, met by the roles an actor holds in the
case's unit.

The order is a guideline's (who, for which kind of decision and measure, from when); which account may act
as whom follows from the assignments. Nobody is allowed by default: where the order is silent, nobody may
sign.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from egenmakt.casework.decisions.models import DecisionKind
from egenmakt.foundation.access.actor import Actor
from egenmakt.foundation.identity.models import Role
from egenmakt.guidelines import Delegation, NoDelegation, NoGuideline, guideline
from egenmakt.guidelines.schema import ROLES

ASSISTANCE = 2  # 9 § 2 LSS

# Which role of the program acts as whom in a delegation order. The head, a committee and the board decide
# for the whole municipality; what a committee or the board decided in its meeting is entered and signed by
# such a decider.
ACTS_AS = {
    "case_officer": (Role.CASE_OFFICER, False),
    "decision_maker": (Role.DECISION_MAKER, False),
    "unit_manager": (Role.UNIT_MANAGER, False),
    "head": (Role.DECISION_MAKER, True),
    "committee": (Role.DECISION_MAKER, False),
    "board": (Role.DECISION_MAKER, False),
}


@dataclass(frozen=True)
class Delegated:
    """Who may decide one case, by which row of the delegation order."""

    order: Delegation

    @property
    def who(self) -> str:
        """Those who may decide, in Swedish: `enhetschef eller utskott`."""
        return _(" eller ").join(ROLES[role] for role in self.order.roles)

    def allows(self, actor: Actor, unit_id: UUID) -> bool:
        """Whether the actor holds, for that unit, a role that the order names."""
        for named in self.order.roles:
            role, whole = ACTS_AS[named]
            units = actor.units(role)
            if units is None or (not whole and unit_id in units):
                return True
        return False


def delegated(slug: str, kind: str, timeline: Sequence[Mapping[str, Any]], on: date) -> Delegated | str:
    """Who may decide; or, in Swedish, why nobody may.

    What the municipality grants while the state is to decide (over 20 hours of basic needs) is an interim
    decision where the order has a row for it.
    """
    if not kind:
        return _("Välj vilket beslut som föreslås, så framgår vem som får fatta det.")
    try:
        order = guideline(slug)
        if kind == DecisionKind.GRANT and any(one["outcome"] == "state" for one in timeline):
            try:
                return Delegated(order.delegation("interim", ASSISTANCE, on))
            except NoDelegation:
                pass
        return Delegated(order.delegation(kind, ASSISTANCE, on))
    except (NoGuideline, NoDelegation) as nobody:
        return str(nobody)
