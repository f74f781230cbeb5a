"""When the allowance stops: hospital, institution, group home, school and daily activities (SFB 106 kap. 24–25 a §§)."""

from __future__ import annotations

from enum import StrEnum

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule


class Stay(StrEnum):
    """Where the person is during the time."""

    HOME = "home"
    PUBLIC_INSTITUTION = "public_institution"
    HOSPITAL = "hospital"
    GROUP_HOME = "group_home"
    CHILD_CARE = "child_care"
    SCHOOL = "school"
    DAILY_ACTIVITIES = "daily_activities"


FACTS = {
    "stay": Fact("Var är personen under tiden?", Kind.CHOICE, Stay),
    "short_hospital_stay": Fact("Är sjukhusvistelsen kortare?"),
    "special_reasons_for_allowance": Fact("Finns särskilda skäl för assistans under tiden?"),
    "needs_breathing_or_tube_feeding": Fact(
        "Behövs hjälp med andning eller sondmatning, eller det som är direkt nödvändigt för den?"
    ),
}

WITHOUT_ALLOWANCE = frozenset({
    Stay.PUBLIC_INSTITUTION,
    Stay.HOSPITAL,
    Stay.GROUP_HOME,
    Stay.CHILD_CARE,
    Stay.SCHOOL,
    Stay.DAILY_ACTIVITIES,
})  # fmt: skip


@rule("106 kap. 24 §", act="SFB", version="2010:110", valid_from="2011-01-01", valid_to="2019-12-31")
@rule("106 kap. 24 §", act="SFB", version="2019:843", valid_from="2020-01-01")
@basis(refusal="Vistelsen hindrar inte ersättning.")
def stay_stops_allowance(stay: Stay) -> bool:
    """Ersättning lämnas inte under vård på offentlig institution, i gruppbostad eller i barnomsorg, skola eller daglig
    verksamhet."""
    return stay in WITHOUT_ALLOWANCE


@rule("106 kap. 25 §", act="SFB", version="2010:110", valid_from="2011-01-01")
@basis(
    refusal="Inget undantag: vistelsen är inte en kortare sjukhusvistelse eller verksamhet, eller särskilda skäl saknas.",
    note="Hur lång en kortare tid är står inte i lagen; i praxis omkring fyra veckor.",
)
def excepted_by_special_reasons(
    stay: Stay, short_hospital_stay: Answer, special_reasons_for_allowance: Answer
) -> Answer:
    """Vid särskilda skäl kan ersättning lämnas under en kortare tids sjukhusvård, och i barnomsorg, skola och daglig
    verksamhet."""
    if stay in (Stay.CHILD_CARE, Stay.SCHOOL, Stay.DAILY_ACTIVITIES):
        return special_reasons_for_allowance
    if stay != Stay.HOSPITAL or short_hospital_stay == Answer.NO:
        return Answer.NO
    if short_hospital_stay == Answer.UNKNOWN:
        return Answer.UNKNOWN
    return special_reasons_for_allowance


@rule("106 kap. 25 a §", act="SFB", version="2020:440", valid_from="2020-07-01")
@basis(refusal="Inget undantag för andning eller sondmatning.")
def excepted_for_breathing(stay: Stay, needs_breathing_or_tube_feeding: Answer) -> Answer:
    """I barnomsorg och skola lämnas ersättning för hjälp med andning och sondmatning och det som är direkt nödvändigt för
    den."""
    if stay not in (Stay.CHILD_CARE, Stay.SCHOOL):
        return Answer.NO
    return needs_breathing_or_tube_feeding


@rule("106 kap. 24–25 a §§", act="SFB", version="2020:440", valid_from="2020-07-01")
@basis(refusal="Ersättning lämnas inte under vistelsen.")
def allowance_during_stay(
    stay_stops_allowance: bool, excepted_by_special_reasons: Answer, excepted_for_breathing: Answer
) -> Answer:
    """Ersättning lämnas under tiden om vistelsen inte hindrar den, eller om ett undantag gäller."""
    if not stay_stops_allowance:
        return Answer.YES
    return max(excepted_by_special_reasons, excepted_for_breathing)
