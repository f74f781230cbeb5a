"""The only code that writes proposals, decisions, letters, service and appeals."""

from egenmakt.casework.decisions.actions.errors import (
    CaseIsDecided,
    DecidedByAnother,
    GateClosed,
    LetterNotWhole,
    NothingToDecide,
    ProposalInvalid,
    ProposalIsWaiting,
)
from egenmakt.casework.decisions.actions.proposing import (
    Answered,
    answer_checklist,
    insert_reason,
    propose,
    return_proposal,
    revise_proposal,
    withdraw_proposal,
)
from egenmakt.casework.decisions.actions.serving import ServiceInvalid, record_appeal, record_service
from egenmakt.casework.decisions.actions.signing import sign_decision

__all__ = [
    "Answered",
    "CaseIsDecided",
    "DecidedByAnother",
    "GateClosed",
    "LetterNotWhole",
    "NothingToDecide",
    "ProposalInvalid",
    "ProposalIsWaiting",
    "ServiceInvalid",
    "answer_checklist",
    "insert_reason",
    "propose",
    "record_appeal",
    "record_service",
    "return_proposal",
    "revise_proposal",
    "sign_decision",
    "withdraw_proposal",
]
