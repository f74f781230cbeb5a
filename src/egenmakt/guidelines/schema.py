"""What a guideline may hold. Anything else in a file is refused: a rule of law has no place in it.

The lists are closed on purpose. What a law or a regulation decides (age limits, parental deduction, the line
to state allowance, appeal periods …) has no name here, so no municipality can set it.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """A value a municipality may set: what it is called, its unit, and the bounds of a sensible value."""

    title: str
    unit: str
    least: int
    most: int


SETTINGS = {
    "first_contact_time": Setting("Första kontakt efter ansökan", "weeks", 0, 26),
    "decision_time": Setting("Tid från ansökan till beslut som har nått den sökande", "months", 1, 6),
    "implementation_plan_time": Setting("Genomförandeplan efter att insatsen börjat", "months", 1, 12),
    "decision_period": Setting("Den tid som beviljade timmar räknas över", "months", 1, 12),
    "monthly_flexibility": Setting(
        "Så mycket får en månads timmar avvika från genomsnittet", "percent", 0, 100
    ),
    "hourly_amount_share": Setting("Timbelopp, som andel av statens schablonbelopp", "percent", 1, 112),
    "temporary_extension_notice": Setting("Ansökan om tillfällig utökning i förväg", "days", 0, 90),
    "absence_notice": Setting("Besked i förväg när assistans inte behövs", "days", 0, 90),
    "travel_notice": Setting("Besked i förväg om semesterresor", "months", 0, 12),
    "entrance_limit": Setting("Assistentens inträde per tillfälle, högst", "SEK", 0, 10_000),
    "gift_limit": Setting("Värdet av en gåva till assistenten, högst", "SEK", 0, 10_000),
    "trial_employment_time": Setting("Provanställning, högst", "months", 0, 6),
    "summer_leave": Setting("Sammanhängande semester i juni–augusti", "weeks", 0, 12),
    "daily_activities_age": Setting("Daglig verksamhet kan fortsätta till", "years", 60, 80),
}

# The steps of a case that a note can stand beside.
STEPS = (
    "application",
    "guidance_talk",
    "personkrets",
    "life_areas",
    "childs_view",
    "needs",
    "communication",
    "proposal",
    "decision",
    "service",
    "appeal",
    "order",
    "execution",
    "implementation_plan",
    "follow_up",
    "individual_plan",
    "temporary_extension",
    "provider",
    "outlays",
    "travel",
    "sick_pay",
)

# What an assessment may be about, so that only the notes that matter are shown.
TAGS = ("child", "double_assistance", "self_care", "other_needs")

DECISION_KINDS = (
    "grant",
    "partial_refusal",
    "refusal",
    "dismissal",
    "closure",
    "advance_ruling",
    "interim",
    "temporary_extension",
    "late_appeal",
    "reconsideration",
    "sick_pay_cost",
    "travel_abroad",
)

# Who may decide. Chairs, committees and the board decide in a recorded meeting.
ROLES = {
    "case_officer": "LSS-handläggare",
    "decision_maker": "beslutsfattare enligt delegationsordningen",
    "unit_manager": "enhetschef",
    "head": "förvaltningens chef",
    "committee": "utskott",
    "board": "nämnd",
}
MEETING_ROLES = frozenset({"committee", "board"})

# The measures of 9 § LSS that a municipality decides on.
MEASURES = range(2, 11)
