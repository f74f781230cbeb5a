"""Procedure: deadlines of the Administrative Procedure Act and LSS, the courts, legal force, and weeding.

Serves H-13, H-14, H-22, H-23, K-15 and R-03. Pure functions of dated facts; amounts of time come from
`law.parameters`, free days from `law.calendar`. Each result says why, as a tree of findings.
"""

from egenmakt.law.procedure.courts import Court, NoCourt, court_for, court_names
from egenmakt.law.procedure.deadlines import (
    Deadline,
    LegalForce,
    advance_ruling_validity,
    appeal_deadline,
    appeal_in_time,
    delay_answer_deadline,
    delay_request_from,
    legal_force,
    quarter_of,
    simplified_service,
    time_report_deadline,
    unexecuted_from,
)
from egenmakt.law.procedure.geography import (
    UnknownMunicipality,
    counties,
    county_code,
    municipalities,
    municipality_code,
)
from egenmakt.law.procedure.weeding import Weeding, weeding

__all__ = [
    "Court",
    "Deadline",
    "LegalForce",
    "NoCourt",
    "UnknownMunicipality",
    "Weeding",
    "advance_ruling_validity",
    "appeal_deadline",
    "appeal_in_time",
    "counties",
    "county_code",
    "court_for",
    "court_names",
    "delay_answer_deadline",
    "delay_request_from",
    "legal_force",
    "municipalities",
    "municipality_code",
    "quarter_of",
    "simplified_service",
    "time_report_deadline",
    "unexecuted_from",
    "weeding",
]
