"""The file: what it shows, who may see it, when it is weeded and when never (LSS 21 a–21 d and 23 c–23 g §§)."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

FACTS = {
    "decisions_documented": Fact("Visar dokumentationen beslut och åtgärder i ärendet?"),
    "events_documented": Fact("Visar den fakta och händelser av betydelse?"),
    "kept_from_unauthorised": Fact("Förvaras handlingarna så att obehöriga inte får tillgång till dem?"),
    "respects_integrity": Fact("Är dokumentationen utformad med respekt för personens integritet?"),
    "disputes_a_fact": Fact("Anser personen att någon uppgift är oriktig?"),
    "dispute_noted": Fact("Är det antecknat att personen anser uppgiften oriktig?"),
    "file_measure": Fact("Vilket nummer i 9 § har insatsen som akten gäller?", Kind.WHOLE),
    "birth_day_of_month": Fact("Vilken dag i månaden är personen född?", Kind.WHOLE),
    "area_keeps_all": Fact(
        "Ligger kommunen i Östergötlands, Gotlands eller Västernorrlands län, eller är den Göteborg?",
        Kind.YES_NO,
    ),
    "years_since_last_note": Fact("Hur många hela år har gått sedan den sista anteckningen?", Kind.WHOLE),
    "register_data_remain": Fact("Finns uppgifter om personen kvar i en sammanställning?", Kind.YES_NO),
    "file_asked_for": Fact("Begär personen sin akt hos den enskilda verksamheten?"),
    "part_withheld": Fact("Anser den ansvarige att akten eller en del av den inte bör lämnas ut?"),
}
PARAMETERS = ("misconduct_file_years", "weeding_years", "weeding_years_private")

RESEARCH_BIRTH_DAYS = frozenset({5, 15, 25})
HOME_FOR_CHILDREN = 8


@rule("21 a §", part="första stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Dokumentationen visar inte beslut, åtgärder, fakta och händelser.")
def documented(decisions_documented: Answer, events_documented: Answer) -> Answer:
    """Handläggning och genomförande dokumenteras: beslut och åtgärder, och fakta och händelser av betydelse."""
    return min(decisions_documented, events_documented)


@rule("21 a §", part="andra stycket", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Obehöriga kan få tillgång till handlingarna.")
def kept_safe(kept_from_unauthorised: Answer) -> Answer:
    """Handlingar om enskildas personliga förhållanden förvaras så att obehöriga inte får tillgång till dem."""
    return kept_from_unauthorised


@rule("21 b §", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Dokumentationen är inte utformad med respekt för integriteten.")
def written_with_respect(respects_integrity: Answer) -> Answer:
    """Dokumentationen utformas med respekt för den enskildes integritet."""
    return respects_integrity


@rule("21 b §", version="2005:125", valid_from="2005-07-01")
@basis(refusal="Det är inte antecknat att personen anser en uppgift oriktig.")
def objection_noted(disputes_a_fact: Answer, dispute_noted: Answer) -> Answer:
    """Anser den enskilde att någon uppgift är oriktig ska det antecknas."""
    if disputes_a_fact == Answer.NO:
        return Answer.YES
    if disputes_a_fact == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, dispute_noted)
    return dispute_noted


@rule("21 d §", part="första stycket", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Akten gäller inte boende för barn.")
def kept_for_childs_home(file_measure: int) -> bool:
    """Handlingar om boende för barn och ungdomar (9 § 8) får inte gallras."""
    return file_measure == HOME_FOR_CHILDREN


@rule("12 §", act="förordningen (1993:1090)", version="2019:1015", valid_from="2020-01-01")
@basis(
    note="Dagen då lydelsen SFS 2019:1015 började gälla är inte läst; regeln visas från 2020.",
    refusal="Akten hör inte till urvalet för forskning.",
)
def kept_for_research(area_keeps_all: bool, birth_day_of_month: int) -> bool:
    """För forskningen bevaras alla handlingar i Östergötlands, Gotlands och Västernorrlands län och i Göteborg, och på
    andra håll handlingar om den som är född den 5, 15 eller 25."""
    return area_keeps_all or birth_day_of_month in RESEARCH_BIRTH_DAYS


@rule("21 c §", version="2005:125", valid_from="2020-01-01")
@basis(refusal="Akten ska inte gallras nu.")
def weeding_due(
    years_since_last_note: int,
    register_data_remain: bool,
    kept_for_childs_home: bool,
    kept_for_research: bool,
    weeding_years: int,
) -> bool:
    """Nämndens personakt gallras fem år efter den sista anteckningen, men inte så länge uppgifter om personen finns kvar
    i en sammanställning eller akten ska bevaras."""
    if kept_for_childs_home or kept_for_research or register_data_remain:
        return False
    return years_since_last_note >= weeding_years


@rule("23 c §", part="första stycket", version="2019:55", valid_from="2020-01-01")
@basis(
    note="Dagen då lydelsen SFS 2019:55 började gälla är inte läst; regeln visas från 2020.",
    refusal="Den enskilda verksamhetens akt ska inte gallras nu.",
)
def private_weeding_due(
    years_since_last_note: int, register_data_remain: bool, weeding_years_private: int
) -> bool:
    """I enskild verksamhet gallras personakten två år efter den sista anteckningen."""
    return not register_data_remain and years_since_last_note >= weeding_years_private


@rule("23 d §", version="2019:55", valid_from="2020-01-01")
@basis(
    note="Dagen då lydelsen SFS 2019:55 började gälla är inte läst; regeln visas från 2020.",
    refusal="Akten behöver inte överlämnas till nämnden.",
)
def private_file_handed_over(
    private_weeding_due: bool, kept_for_childs_home: bool, kept_for_research: bool
) -> bool:
    """När gallringen inträder ska akter om barns boende och akter i forskningens urval överlämnas till nämnden."""
    return private_weeding_due and (kept_for_childs_home or kept_for_research)


@rule("23 g §", part="andra stycket", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Rapporten om missförhållande ska bevaras ännu.")
def misconduct_file_weeding_due(years_since_last_note: int, misconduct_file_years: int) -> bool:
    """Rapport och utredning om ett missförhållande i enskild verksamhet gallras fem år efter den sista
    anteckningen."""
    return years_since_last_note >= misconduct_file_years


@rule("23 e §", part="första stycket", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Akten lämnas inte ut av verksamheten själv.")
def own_file_given(file_asked_for: Answer, part_withheld: Answer) -> Answer:
    """Den som akten rör får den så snart som möjligt från den enskilda verksamheten, om det inte finns hinder."""
    if part_withheld == Answer.YES:
        return Answer.NO
    if part_withheld == Answer.UNKNOWN:
        return min(Answer.UNKNOWN, file_asked_for)
    return file_asked_for


@rule("23 e §", part="andra stycket", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Frågan behöver inte överlämnas till IVO.")
def own_file_question_to_inspectorate(file_asked_for: Answer, part_withheld: Answer) -> Answer:
    """Anser den ansvarige att akten inte bör lämnas ut överlämnas frågan genast till IVO med eget yttrande."""
    return min(file_asked_for, part_withheld)
