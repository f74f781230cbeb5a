"""Why a proposal or a decision cannot be made. Every message is Swedish and says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from egenmakt.casework.cases.rules import Invalid
from egenmakt.casework.decisions.models import Decision
from egenmakt.casework.decisions.quality_gate import Checked
from egenmakt.foundation.ui.dates import moment


class ProposalInvalid(Invalid):
    """A proposal cannot be kept, returned or withdrawn as asked."""


class GateClosed(Exception):
    """Requirements of the quality gate are not fulfilled; `missing` holds every one of them."""

    def __init__(self, missing: Sequence[Checked]) -> None:
        self.missing = list(missing)
        super().__init__(" ".join(f"{one.requirement.title}: {one.result.sentence}" for one in missing))


class ProposalIsWaiting(Exception):
    """A proposal is with the decider; it is not changed, but withdrawn or returned first."""

    def __init__(self) -> None:
        super().__init__(_("Förslaget är lämnat till beslut. Dra tillbaka det om det ska ändras."))


class NothingToDecide(Exception):
    """There is no proposal to decide: it was never made, was returned, or was withdrawn."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Det finns inget förslag att besluta om."))


class LetterNotWhole(Exception):
    """The decision's letter would contradict itself or lack what the law demands; `fault` says how."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        super().__init__(
            _(
                "Beslutet är inte undertecknat: brevet går inte att skriva. Återlämna förslaget och be den som tog fram "
                "det att göra ett nytt."
            )
        )


class CaseIsDecided(Exception):
    """The case has its decision; `decision` says which, by whom and when."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(
            _("Ärendet är redan avgjort genom beslut %(number)s av %(who)s %(when)s.")
            % {
                "number": decision.number,
                "who": decision.signed_by.name,
                "when": moment(decision.signed_at),
            }
        )


class DecidedByAnother(CaseIsDecided):
    """Two were deciding at once and the other was first. Says who decided and when."""

    @property
    def decided_at(self) -> datetime:
        """When the other one signed."""
        return self.decision.signed_at
