"""What the choices of the law's questions, and the answers that are a word, are called in Swedish.

Plain text, as the law's own sentences are: the same in every language of the program. Needs no database.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from egenmakt.law.lss.appeals import DecisionKind
from egenmakt.law.lss.assistance_terms import Kinship
from egenmakt.law.lss.lex_sarah import ReportedTo
from egenmakt.law.lss.measures import Housing
from egenmakt.law.lss.needs import Answer, CountedAs, Ground, Necessary, Need, Per
from egenmakt.law.lss.residence import Placed, Responsible
from egenmakt.law.lss.rights import AskedBy, Principal
from egenmakt.law.procedure.handling import Channel
from egenmakt.law.procedure.reviewing import RejectionGround, Rejector
from egenmakt.law.sfb.allowance import Decider
from egenmakt.law.sfb.payment import Cost
from egenmakt.law.sfb.stays import Stay
from egenmakt.law.working_time.rules import Governed

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Answer: {"yes": "ja", "no": "nej", "unknown": "vet inte"},
    AskedBy: {
        "person": "personen själv",
        "guardian": "vårdnadshavare",
        "trustee": "god man",
        "administrator": "förvaltare",
        "property_guardian": "förmyndare",
        "future_proxy": "framtidsfullmaktshavare",
        "other": "någon annan",
    },
    Housing: {
        "family_home": "familjehem för barn",
        "service_for_children": "bostad med särskild service för barn",
        "service_for_adults": "bostad med särskild service för vuxna",
        "adapted_for_adults": "annan särskilt anpassad bostad för vuxna",
    },
    Kinship: {
        "spouse": "make eller maka",
        "cohabitant": "sambo",
        "child": "barn",
        "parent": "förälder",
        "sibling": "syskon",
        "family_of_such": "make, maka eller barn till en sådan släkting",
        "none": "inte släkt",
    },
    Placed: {
        "not": "nej, inte genom en annan kommuns beslut",
        "lss_housing": "ja, i ett boende enligt LSS",
        "family_or_care_home": "ja, i familjehem, stödboende eller hem för vård eller boende",
        "housing_for_old": "ja, i ett särskilt boende för äldre",
        "housing_with_support": "ja, i en bostad med särskilt stöd",
        "protected_housing": "ja, i ett skyddat boende",
    },
    DecisionKind: {
        "measure": "insatser för en enskild",
        "payment_to_another": "utbetalning till någon annan",
        "repayment": "återbetalning",
        "advance_ruling": "förhandsbesked",
        "permit": "tillstånd",
        "taking_over_file": "omhändertagande av personakt",
        "injunction": "föreläggande",
        "withdrawal_or_ban": "återkallelse av tillstånd, eller förbud",
        "support_withdrawn": "att ekonomiskt stöd dras in",
        "other": "något annat",
    },
    Cost: {
        "pay": "lön och lönebikostnader",
        "assistance_and_training": "omkostnader vid assistansen, och utbildning",
        "work_environment": "arbetsmiljö",
        "staff": "personalomkostnader",
        "administration": "administration",
        "own_aids": "personens egna hjälpmedel",
        "other": "något annat",
    },
    Stay: {
        "home": "hemma eller ute i samhället",
        "public_institution": "på en institution som det allmänna driver eller bekostar",
        "hospital": "på sjukhus",
        "group_home": "i gruppbostad",
        "child_care": "i förskola eller annan barnomsorg",
        "school": "i skolan",
        "daily_activities": "i daglig verksamhet",
    },
    Channel: {
        "by_hand": "lämnades över",
        "mail_box_first_emptying": "låg i brevlådan vid dagens första tömning",
        "post": "kom med posten",
        "e_mail": "kom som e-post",
    },
    RejectionGround: {"late": "det kom in för sent", "other": "av ett annat skäl"},
    Rejector: {"deciding_authority": "myndigheten som har beslutat", "court": "domstolen"},
    Principal: {"region": "regionen", "municipality": "kommunen"},
    Responsible: {
        "residence": "kommunen där personen är bosatt",
        "deciding": "kommunen som har fattat beslutet",
        "none": "inte den här kommunen",
    },
    ReportedTo: {"provider": "den som bedriver verksamheten", "board": "nämnden"},
    Governed: {
        "working_hours_act": "arbetstidslagen",
        "domestic_work_act": "lagen om arbetstid med mera i husligt arbete",
    },
    Need: {one.value: one.label for one in Need},
    Per: {
        "day": "varje dygn",
        "week": "varje vecka",
        "fortnight": "varannan vecka",
        "month": "varje månad",
        "year": "varje år",
    },
    Necessary: {
        "breathing": "hjälp med andning",
        "medical": "stöd på grund av ett medicinskt tillstånd",
        "tube_feeding": "sondmatning",
    },
    CountedAs: {
        "basic": "grundläggande behov",
        "other": "andra personliga behov",
        "not_counted": "räknas inte",
        "unclear": "går inte att avgöra",
    },
    Ground: {
        "whatever_nature": "räknas oavsett hjälpens karaktär",
        "tube_feeding": "sondmatning",
        "activation": "kvalificerade aktiverings- och motiveringsinsatser",
        "intimate": "hjälpen är av privat och integritetskänsligt slag",
        "not_intimate": "hjälpen är inte av privat och integritetskänsligt slag",
        "directly_necessary": "åtgärden är direkt nödvändig för ett behov",
        "other_need": "annat personligt behov",
        "health_care": "hälso- och sjukvård",
        "self_care_not_in_force": "bedömningen av egenvård gäller inte",
        "nature_unknown": "hjälpens karaktär är inte bedömd",
        "judged_by_older_law": "bedöms efter äldre lag",
    },
    Decider: {
        "state": "Försäkringskassan",
        "municipality": "kommunen",
        "refused": "ingen rätt",
        "unclear": "går inte att avgöra",
    },
}


def word_of(value: StrEnum) -> str:
    """What a choice or an answer is called; the law's own code while nobody has given it a Swedish word."""
    return WORDS.get(type(value), {}).get(value.value, value.value.replace("_", " "))


def choices_of(kind: type[StrEnum]) -> dict[str, str]:
    """Each choice and what it is called, in the order of the law."""
    return {one.value: word_of(one) for one in kind}
