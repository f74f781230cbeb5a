"""Permits, notices and what IVO may do when a provider fails (LSS 22–23 b, 26 f–26 k §§)."""

from __future__ import annotations

from egenmakt.law.books import Fact, Kind, basis
from egenmakt.law.lss.needs import Answer
from egenmakt.law.rules import rule

NOT_READ = "Lydelsen SFS 2025:1298 är läst till en del; ordalydelsen är inte kontrollerad."

FACTS = {
    "led_by_board_of_council": Fact("Leds verksamheten av en nämnd som fullmäktige har utsett?"),
    "private_and_professional": Fact("Bedrivs verksamheten yrkesmässigt av en enskild?"),
    "provided_measure": Fact("Vilket nummer i 9 § har insatsen som verksamheten ger?", Kind.WHOLE),
    "knows_the_rules": Fact("Har de som prövas insikt i de föreskrifter som gäller?"),
    "persons_fit": Fact("Bedöms alla som ingår i prövningen lämpliga?"),
    "legal_person_fit": Fact("Bedöms den juridiska personen själv lämplig?"),
    "is_legal_person": Fact("Är sökanden en juridisk person?", Kind.YES_NO),
    "economically_able": Fact("Har sökanden ekonomiska förutsättningar att följa föreskrifterna?"),
    "public_activity": Fact("Bedrivs verksamheten av en kommun eller en region?"),
    "told_inspectorate_before_start": Fact("Anmäldes verksamheten till IVO innan den påbörjades?"),
    "public_activity_changed": Fact(
        "Har kommunens eller regionens verksamhet ändrats, gjort uppehåll eller lagts ned?"
    ),
    "months_since_change": Fact("Hur många påbörjade månader har gått sedan ändringen?", Kind.WHOLE),
    "change_told": Fact("Är ändringen anmäld till IVO?"),
    "employs_own_assistant": Fact("Har personen själv anställt sin assistent?"),
    "own_employer_told_inspectorate": Fact("Anmälde personen det till IVO innan assistenten började?"),
    "months_since_circle_changed": Fact(
        "Hur många påbörjade månader har gått sedan kretsen av ägare och ledning ändrades?", Kind.WHOLE
    ),
    "circle_change_told": Fact("Är ändringen av kretsen anmäld till IVO?"),
    "misconduct_affects_measures": Fact("Finns ett missförhållande av betydelse för enskildas insatser?"),
    "requirements_for_permit_lack": Fact("Brister kraven för tillståndet?"),
    "misconduct_is_serious": Fact("Är missförhållandet allvarligt?"),
    "injunction_not_followed": Fact("Har IVO:s föreläggande inte följts?"),
    "danger_to_life_or_health": Fact(
        "Innebär missförhållandet fara för liv, hälsa eller personlig säkerhet?"
    ),
    "does_not_give_assistance": Fact("Tillhandahåller tillståndshavaren inte den assistans som 24 § kräver?"),
    "months_unused": Fact("Hur många hela månader har tillståndet varit oanvänt?", Kind.WHOLE),
    "probable_withdrawal": Fact(
        "Finns sannolika skäl för att tillståndet återkallas eller verksamheten förbjuds?"
    ),
    "cannot_wait": Fact("Kan beslutet inte avvaktas?"),
    "months_of_ban": Fact("Hur många månader gäller förbudet?", Kind.WHOLE),
    "exceptional_reasons_for_ban": Fact("Finns synnerliga skäl att förlänga förbudet?"),
    "without_permit": Fact("Bedrivs verksamhet utan det tillstånd som krävs?"),
    "terms_broken": Fact("Har villkoren för tillståndet brutits?"),
    "register_check_lacking": Fact("Saknas registerkontroll enligt lagen (2010:479)?"),
}
PARAMETERS = (
    "permit_change_months",
    "permit_unused_months",
    "public_notice_months",
    "temporary_ban_months",
)


@rule("22 §", version="2019:883", valid_from="2020-01-01")
@basis(refusal="Verksamheten leds inte av en nämnd som fullmäktige har utsett.")
def led_by_board(led_by_board_of_council: Answer) -> Answer:
    """Kommunens och regionens verksamhet enligt lagen leds av en eller flera nämnder som fullmäktige utser."""
    return led_by_board_of_council


@rule("23 §", part="första stycket", version="2018:1155", valid_from="2019-01-01", valid_to="2019-12-31")
@rule("23 §", part="första stycket", version="2019:883", valid_from="2020-01-01", valid_to="2025-12-31")
@rule("23 §", part="första stycket", version="2025:1298", valid_from="2026-01-01")
@basis(refusal="Inget tillstånd krävs.")
def permit_needed(private_and_professional: Answer, provided_measure: int) -> Answer:
    """En enskild får inte utan tillstånd av IVO yrkesmässigt bedriva verksamhet enligt 9 § 2–10."""
    if provided_measure == 1:
        return Answer.NO
    return private_and_professional


@rule(
    "23 §",
    part="andra och tredje styckena",
    version="2018:1155",
    valid_from="2019-01-01",
    valid_to="2019-12-31",
)
@rule(
    "23 §",
    part="andra och tredje styckena",
    version="2019:883",
    valid_from="2020-01-01",
    valid_to="2025-12-31",
)
@basis(refusal="Alla som prövas har inte insikt i reglerna, eller bedöms inte lämpliga.")
def fit_for_permit(knows_the_rules: Answer, persons_fit: Answer) -> Answer:
    """Tillstånd ges bara den som har insikt i reglerna och bedöms lämplig; i en juridisk person prövas ledning, styrelse
    och ägare."""
    return min(knows_the_rules, persons_fit)


@rule(
    "23 §",
    part="andra och tredje styckena",
    version="2025:1298",
    valid_from="2026-01-01",
    name="fit_for_permit",
)
@basis(
    verified=False,
    note=NOT_READ,
    refusal="Någon som prövas, eller den juridiska personen, bedöms inte lämplig.",
)
def fit_for_permit_2026(
    knows_the_rules: Answer, persons_fit: Answer, is_legal_person: bool, legal_person_fit: Answer
) -> Answer:
    """Tillstånd ges bara den som har insikt i reglerna och bedöms lämplig. Prövningen gäller ledning, styrelse och ägare
    och den juridiska personen själv."""
    if is_legal_person:
        return min(knows_the_rules, persons_fit, legal_person_fit)
    return min(knows_the_rules, persons_fit)


@rule("23 a §", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="De ekonomiska förutsättningarna saknas.")
def able_to_pay(economically_able: Answer) -> Answer:
    """Den som söker tillstånd ska ha ekonomiska förutsättningar att följa föreskrifterna."""
    return economically_able


@rule("23 §", part="fjärde stycket", version="2019:883", valid_from="2020-01-01", valid_to="2025-12-31")
@rule("23 §", part="fjärde stycket", version="2025:1298", valid_from="2026-01-01")
@basis(refusal="Verksamheten anmäldes inte till IVO innan den påbörjades.")
def public_activity_notified(public_activity: Answer, told_inspectorate_before_start: Answer) -> Answer:
    """Kommuner och regioner anmäler sin verksamhet till IVO innan den påbörjas."""
    if public_activity == Answer.NO:
        return Answer.YES
    if public_activity == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, told_inspectorate_before_start)
    return told_inspectorate_before_start


@rule("23 §", version="2025:1298", valid_from="2026-01-01")
@basis(verified=False, note=NOT_READ, refusal="Ändringen är inte anmäld till IVO i tid.")
def public_change_notified(
    public_activity_changed: Answer, change_told: Answer, months_since_change: int, public_notice_months: int
) -> Answer:
    """Uppehåll, nedläggning och väsentlig ändring av kommunens eller regionens verksamhet anmäls till IVO inom en
    månad."""
    if public_activity_changed == Answer.NO or months_since_change <= public_notice_months:
        return Answer.YES
    if public_activity_changed == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, change_told)
    return change_told


@rule("23 §", part="tredje stycket", version="2010:480", valid_from="2011-01-01", valid_to="2019-12-31")
@rule("23 §", part="femte stycket", version="2019:883", valid_from="2020-01-01", valid_to="2025-12-31")
@rule("23 §", part="sista stycket", version="2025:1298", valid_from="2026-01-01")
@basis(refusal="Anställningen är inte anmäld till IVO innan assistenten började.")
def own_employer_notified(employs_own_assistant: Answer, own_employer_told_inspectorate: Answer) -> Answer:
    """Den som själv anställer sin assistent anmäler det till IVO innan assistenten börjar arbeta."""
    if employs_own_assistant == Answer.NO:
        return Answer.YES
    if employs_own_assistant == Answer.UNKNOWN:
        return max(Answer.UNKNOWN, own_employer_told_inspectorate)
    return own_employer_told_inspectorate


@rule("23 b §", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Ändringen i kretsen av ägare och ledning är inte anmäld inom en månad.")
def circle_change_notified(
    circle_change_told: Answer, months_since_circle_changed: int, permit_change_months: int
) -> Answer:
    """Ändringar i kretsen av ägare och ledning anmäls till IVO senast en månad efter ändringen."""
    if circle_change_told == Answer.YES or months_since_circle_changed <= permit_change_months:
        return Answer.YES
    return circle_change_told


@rule("26 f §", version="2019:883", valid_from="2020-01-01")
@basis(refusal="IVO har inget att förelägga om.")
def injunction_possible(misconduct_affects_measures: Answer, requirements_for_permit_lack: Answer) -> Answer:
    """IVO får förelägga den som svarar för verksamheten att avhjälpa ett missförhållande av betydelse för enskildas
    insatser, eller en brist i kraven för tillståndet."""
    return max(misconduct_affects_measures, requirements_for_permit_lack)


@rule("26 g §", part="första–tredje styckena", version="2018:1155", valid_from="2019-01-01")
@basis(refusal="Tillståndet kan inte återkallas på den här grunden.")
def permit_may_be_withdrawn(
    misconduct_is_serious: Answer,
    injunction_not_followed: Answer,
    danger_to_life_or_health: Answer,
    does_not_give_assistance: Answer,
) -> Answer:
    """Tillstånd får återkallas när ett allvarligt missförhållande inte avhjälps trots föreläggande, vid fara för liv,
    hälsa eller säkerhet, eller när assistansen inte ges."""
    left_as_it_was = min(misconduct_is_serious, injunction_not_followed)
    return max(danger_to_life_or_health, does_not_give_assistance, left_as_it_was)


@rule("26 g §", version="2025:1298", valid_from="2026-01-01")
@basis(verified=False, note=NOT_READ, refusal="Tillståndet har använts under de senaste sex månaderna.")
def unused_permit_may_be_withdrawn(months_unused: int, permit_unused_months: int) -> bool:
    """Ett tillstånd som inte har använts på sex månader får återkallas."""
    return months_unused >= permit_unused_months


@rule("26 h §", part="första stycket", version="2012:940", valid_from="2013-06-01")
@basis(refusal="Ett tillfälligt förbud kan inte beslutas.")
def temporary_ban_possible(probable_withdrawal: Answer, cannot_wait: Answer) -> Answer:
    """IVO får tillfälligt förbjuda verksamheten när det finns sannolika skäl för återkallelse eller förbud och beslutet
    inte kan avvaktas."""
    return min(probable_withdrawal, cannot_wait)


@rule("26 h §", part="andra stycket", version="2012:940", valid_from="2013-06-01")
@basis(refusal="Förbudet är längre än lagen tillåter.")
def temporary_ban_length(
    months_of_ban: int, exceptional_reasons_for_ban: Answer, temporary_ban_months: int
) -> Answer:
    """Ett tillfälligt förbud gäller högst sex månader, vid synnerliga skäl högst sex till."""
    if months_of_ban <= temporary_ban_months:
        return Answer.YES
    if months_of_ban > 2 * temporary_ban_months:
        return Answer.NO
    return exceptional_reasons_for_ban


@rule("26 j §", version="2025:1298", valid_from="2026-01-01")
@basis(verified=False, note=NOT_READ, refusal="Verksamheten har det tillstånd som krävs.")
def ban_without_permit(without_permit: Answer) -> Answer:
    """Verksamhet utan tillstånd får förbjudas utan föregående föreläggande."""
    return without_permit


@rule("26 k §", version="2025:1298", valid_from="2026-01-01")
@basis(verified=False, note=NOT_READ, refusal="Ingen sanktionsavgift på den här grunden.")
def sanction_fee_possible(terms_broken: Answer, register_check_lacking: Answer) -> Answer:
    """IVO får ta ut sanktionsavgift av den som bryter mot tillståndets villkor eller låter bli
    registerkontroll."""
    return max(terms_broken, register_check_lacking)
