"""Invented letters of every kind, for a child, an adult and the hard cases. Numbers are never-issued ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from egenmakt.casework.applications.letter import Acknowledgement
from egenmakt.casework.communication.letter import CommunicationLetter, Material
from egenmakt.casework.decisions.letters.content import (
    AgeChange,
    Appeal,
    Application,
    Calculation,
    ChildsView,
    DecisionLetter,
    LawReference,
    MomentRow,
    Official,
    Person,
    RefusedPart,
    Signature,
    Stretch,
    UnverifiedValue,
    Yearly,
)
from egenmakt.foundation.documents.letters import Recipient, Sender

H = 3600

SENDER = Sender(
    municipality="Kristianstads kommun",
    board="Omsorgsnämnden",
    unit="Myndighetsenheten",
    postal_address=("Omsorgsförvaltningen", "291 80 Kristianstad"),
    phone="044-000 00 00",
    email="omsorgsnamnden@kristianstad.example",
    web="https://kristianstad.example/lss",
)
SAGA = Person(name="Saga Ekdahl", given_name="Saga", born=date(2022, 5, 14), personal_number="20220514-9806")
LARS = Person(name="Lars Öhrnberg", given_name="Lars", born=date(1984, 3, 2), personal_number="19840302-9807")

LAW = (
    LawReference(
        citation="1 § 1 LSS",
        says="lagen gäller personer med utvecklingsstörning, autism eller autismliknande tillstånd",
    ),
    LawReference(
        citation="7 § LSS",
        says="den som behöver hjälpen, och inte får behovet tillgodosett på annat sätt, har rätt till insatsen",
    ),
    LawReference(
        citation="9 § 2 och 9 a § LSS",
        says="personlig assistans ges den som behöver hjälp med grundläggande behov",
    ),
    LawReference(
        citation="9 f § LSS och 6 a § förordningen (1993:1090)",
        says="för barn görs ett avdrag för det som föräldrar ansvarar för",
    ),
)


def moment(
    text,
    need,
    minutes,
    times,
    weekly_s,
    *,
    counts_as="basic",
    section="9 a §",
    per="day",
    assistants=1,
    note="",
):
    return MomentRow(
        text=text, need=need, minutes=Decimal(minutes), times=Decimal(times), per=per, assistants=assistants,
        weekly_s=weekly_s, counts_as=counts_as, section=section, note=note,
    )  # fmt: skip


SAGAS_MOMENTS = (
    moment("Dusch och hårtvätt", "hygiene", "20", "1", 8400, section="9 a § 2"),
    moment("Blöjbyte och toalettbesök", "hygiene", "6", "5", 12600, section="9 a § 2"),
    moment("Matning vid frukost, lunch och middag", "meals", "20", "3", 25200, section="9 a § 3"),
    moment("Matning vid mellanmål", "meals", "10", "2", 8400, section="9 a § 3"),
    moment("På- och avklädning", "dressing", "10", "2", 8400, section="9 a § 4", note="skenor på båda benen"),
    moment("Förflyttning inomhus", "other", "10", "3", 12600, counts_as="other", section="9 a § fjärde stycket"),
    moment("Lek och utevistelse", "other", "45", "1", 18900, counts_as="other", section="9 a § fjärde stycket"),
    moment("Träning med sjukgymnastens program", "other", "15", "3", 0, per="week", counts_as="not_counted",
           section="9 g §", note="egenvård är inte bedömd"),
)  # fmt: skip


def sagas_calculation(first_day, last_day, basic_deduction_s, other_deduction_s):
    basic, other = int(17.5 * H), int(8.75 * H)
    return Calculation(
        first_day=first_day, last_day=last_day, moments=SAGAS_MOMENTS,
        basic_s=basic, basic_deduction_s=basic_deduction_s, basic_after_s=basic - basic_deduction_s,
        other_s=other, other_deduction_s=other_deduction_s, other_after_s=other - other_deduction_s,
        total_s=basic - basic_deduction_s + other - other_deduction_s, responsible="municipality",
    )  # fmt: skip


def grant() -> DecisionLetter:
    """A four-year-old who is granted all that was applied for: 15 h 45 min, and more from the month she is seven."""
    until_seven = (date(2026, 5, 1), date(2029, 4, 30))
    from_seven = (date(2029, 5, 1), date(2030, 4, 30))
    return DecisionLetter(
        kind="grant",
        reference="LSS-2026-000123",
        decision_number="B-2026-00041",
        decided_on=date(2026, 4, 21),
        sender=SENDER,
        recipient=Recipient(name="Johanna Ekdahl", address=("Lillö backväg 12 B", "291 34 Kristianstad")),
        person=SAGA,
        reader_is_person=False,
        application=Application(
            received=date(2026, 2, 10), oral=False, applicant="Johanna Ekdahl", capacity="vårdnadshavare",
            wanted="Personlig assistans för Saga i hemmet och på fritiden, alla dagar i veckan.",
        ),
        personkrets="1 (autism)",
        stretches=(
            Stretch(first_day=until_seven[0], last_day=until_seven[1], seconds_per_week=56700),
            Stretch(first_day=from_seven[0], last_day=from_seven[1], seconds_per_week=69300,
                    change=AgeChange(age=7, birthday=date(2029, 5, 14))),
        ),
        period_reasons="Sagas behov väntas förändras när hon har gått ett par år i skolan.",
        goal="Saga ska kunna leva som andra barn i hennes ålder, äta i lugn och ro och vara ute varje dag.",
        scope="Assistansen ges i hemmet och på fritiden, inte under tiden i förskola och skola.",
        follow_up_on=date(2026, 10, 30),
        calculations=(sagas_calculation(*until_seven, 31500, 6300), sagas_calculation(*from_seven, 12600, 12600)),
        unverified=(UnverifiedValue(name="Omräkning av väntetid", value="4 timmar räknas som 1 timme"),),
        law=LAW,
        reasons=(
            "Saga har autism och tillhör personkretsen. Hon behöver hjälp av en annan person med måltider, personlig "
            "hygien och av- och påklädning, och hjälpen är av sådan privat karaktär som avses i 9 a § LSS.\n"
            "Behoven tillgodoses inte på annat sätt. Föräldrarnas ansvar beaktas genom föräldraavdraget."
        ),
        plain_reasons=(
            "Saga har autism. Hon behöver hjälp av en annan person för att äta, tvätta sig och klä sig. "
            "Hon behöver mer hjälp än andra barn i hennes ålder.\n"
            "Hjälpen finns inte på något annat sätt."
        ),
        circumstances=(
            "Saga kan inte äta själv, och måltiderna tar lång tid.",
            "Hon har skenor på båda benen som ska av och på morgon och kväll.",
        ),
        view_of_measure="Föräldrarna vill ha assistansen och har läst förslaget.",
        childs_view=ChildsView(
            heard="Saga träffade handläggaren hemma den 12 mars 2026 och visade med bilder vad hon tycker om.",
            view='Saga pekade på bilden av lekparken och sade "ut" flera gånger.',
            weighed="Därför ingår tid för lek och utevistelse varje dag.",
        ),
        review_reservation="Beslutet kan omprövas om behoven ändras väsentligt.",
        signature=Signature(
            decided_by=Official(name="Åsa Bergström", title="enhetschef"),
            delegation="omsorgsnämndens delegationsordning, punkt 4.2",
            presented_by=Official(name="Mikael Håkansson", title="LSS-handläggare"),
        ),
        appeal=Appeal(court="Förvaltningsrätten i Malmö", help_contact="Mikael Håkansson, 044-000 00 01"),
    )  # fmt: skip


def partial_refusal() -> DecisionLetter:
    return replace(
        grant(),
        kind="partial_refusal",
        refused=(
            RefusedPart(
                what="Ledning vid träning med sjukgymnastens program", ground="no_need", section="9 g § LSS",
                reason="Träningen är hälso- och sjukvård så länge ingen legitimerad har bedömt den som egenvård",
                seconds_per_week=2700,
            ),
            RefusedPart(
                what="Sällskap under lunchen i förskolan", ground="met_otherwise", section="7 § LSS",
                reason="Förskolan ger Saga den hjälp hon behöver under lunchen",
            ),
        ),
    )  # fmt: skip


def adult_grant() -> DecisionLetter:
    """An adult who reads the letter himself, economic support, over the 20-hour line, yearly decision."""
    rows = (
        moment("Dusch", "hygiene", "30", "1", 25200, assistants=2, section="9 a § 2"),
        moment("Toalettbesök", "hygiene", "15", "5", 31500, section="9 a § 2"),
        moment("Måltider", "meals", "20", "4", 33600, section="9 a § 3"),
        moment(
            "Städning",
            "other",
            "30",
            "1",
            415,
            per="month",
            counts_as="other",
            section="9 a § fjärde stycket",
        ),
    )
    calculation = Calculation(
        first_day=date(2026, 6, 1), last_day=None, moments=rows, basic_s=90300, basic_deduction_s=0,
        basic_after_s=90300, other_s=415, other_deduction_s=0, other_after_s=415, total_s=90715, responsible="state",
    )  # fmt: skip
    return replace(
        grant(),
        person=LARS,
        reader_is_person=True,
        recipient=Recipient(name="Lars Öhrnberg", address=("Storgatan 1", "291 31 Kristianstad")),
        application=Application(
            received=date(2026, 3, 2), oral=True, wanted="Personlig assistans", hours_s=30 * H
        ),
        personkrets="3",
        form="financial",
        provider="Kooperativet Egen Kraft",
        yearly=Yearly(flexibility_percent=15, total_seconds=90715 * 52),
        stretches=(Stretch(first_day=date(2026, 6, 1), last_day=None, seconds_per_week=90715),),
        period_reasons="",
        calculations=(calculation,),
        notified_agency_on=date(2026, 4, 15),
        childs_view=None,
        unverified=(),
        goal="Lars ska kunna bo i sin egen lägenhet och arbeta deltid.",
        scope="",
        reasons="Lars tillhör personkretsen och behöver hjälp av en annan person med hygien och måltider.",
        plain_reasons="Lars behöver hjälp av en annan person för att tvätta sig och äta.",
        circumstances=("Lars kan inte förflytta sig utan hjälp av två personer.",),
        view_of_measure="Lars vill ha assistansen genom ett kooperativ.",
    )


def refusal() -> DecisionLetter:
    return replace(
        grant(),
        kind="refusal",
        stretches=(),
        calculations=(),
        goal="",
        scope="",
        follow_up_on=None,
        period_reasons="",
        review_reservation="",
        refused=(
            RefusedPart(
                what="Personlig assistans", ground="not_in_personkrets", section="1 § LSS",
                reason="Underlaget visar inte att Saga har en sådan funktionsnedsättning som lagen gäller för",
            ),
        ),
        reasons="Saga tillhör inte personkretsen. Ansökan ska därför avslås.",
        plain_reasons="De intyg vi har fått visar inte att Saga hör till någon av de grupper som lagen gäller för.",
        circumstances=(),
    )  # fmt: skip


def dismissal() -> DecisionLetter:
    return replace(
        refusal(),
        kind="dismissal",
        refused=(),
        childs_view=None,
        personkrets="",
        law=(LawReference(citation="8 § LSS", says="för barn under 15 år ansöker vårdnadshavaren"),),
        reasons="Den som har ansökt är inte vårdnadshavare för Saga och har inte visat någon fullmakt.",
        plain_reasons="Den som skickade ansökan får inte ansöka för Saga.",
    )


def closure() -> DecisionLetter:
    return replace(
        dismissal(),
        kind="closure",
        appeal=None,
        law=(LawReference(citation="8 § LSS", says="insatser ges bara den som begär det"),),
        reasons="Ansökan har återkallats den 14 april 2026. Ärendet avskrivs därför.",
        plain_reasons="Ansökan har dragits tillbaka den 14 april 2026.",
    )


def acknowledgement() -> Acknowledgement:
    return Acknowledgement(
        reference="LSS-2026-000123", written_on=date(2026, 2, 12), sender=SENDER,
        recipient=Recipient(name="Johanna Ekdahl", address=("Lillö backväg 12 B", "291 34 Kristianstad")),
        person_name="Saga Ekdahl", received=date(2026, 2, 10), oral=False,
        wanted="Personlig assistans för Saga i hemmet och på fritiden.", officer="Mikael Håkansson",
        officer_phone="044-000 00 01", contact_by=date(2026, 2, 24), decision_by=date(2026, 5, 10),
        still_needed=("Läkarintyg om funktionsnedsättningen", "Bedömning av egenvård för träningsprogrammet"),
    )  # fmt: skip


def communication() -> CommunicationLetter:
    return CommunicationLetter(
        reference="LSS-2026-000123", written_on=date(2026, 4, 1), sender=SENDER,
        recipient=Recipient(name="Johanna Ekdahl", address=("Lillö backväg 12 B", "291 34 Kristianstad")),
        person_name="Saga Ekdahl", answer_by=date(2026, 4, 15), officer="Mikael Håkansson",
        officer_phone="044-000 00 01",
        materials=(
            Material(title="Läkarutlåtande", source="Barnhabiliteringen", dated=date(2026, 3, 3),
                     summary='Läkaren skriver att Saga behöver "ständig hjälp" vid måltider'),
            Material(title="Yttrande", source="Förskolan Ängen", dated=date(2026, 3, 20),
                     summary="Saga får hjälp av en resursperson under lunchen."),
        ),
        proposal="Personlig assistans 15 timmar och 45 minuter i veckan från den 1 maj 2026.",
        enclosures=("Läkarutlåtande", "Utredning med beräkning"),
    )  # fmt: skip


KINDS = {
    "grant": grant,
    "partial_refusal": partial_refusal,
    "refusal": refusal,
    "dismissal": dismissal,
    "closure": closure,
    "adult_grant": adult_grant,
}


def long_grant() -> DecisionLetter:
    """Sixty moments, long names, long words, three stretches, no address, four officials."""
    rows = tuple(
        moment(
            f"Moment {index}: hjälp vid förflyttning mellan rullstol, säng och hygienutrymme inklusive "
            "iordningställande av specialanpassad taklyftsutrustning" if index % 3 == 0 else f"Moment {index}: tandborstning",
            ("hygiene", "meals", "dressing", "communication", "breathing", "medical", "harm_prevention")[index % 7],
            "7.5", "2", 6300, section="9 a § första stycket 2",
        )
        for index in range(1, 61)
    )  # fmt: skip
    name = "Maximiliana Alexandra Wachtmeister af Hästvedaström-Östergyllenstierna"
    total = 60 * 6300
    spans = (
        (date(2026, 5, 1), date(2029, 4, 30), 31500),
        (date(2029, 5, 1), date(2034, 4, 30), 12600),
        (date(2034, 5, 1), None, 0),
    )
    calculations = tuple(
        Calculation(
            first_day=first, last_day=last, moments=rows, basic_s=total, basic_deduction_s=deduction,
            basic_after_s=total - deduction, other_s=0, other_deduction_s=0, other_after_s=0,
            total_s=total - deduction, responsible="state",
        )
        for first, last, deduction in spans
    )  # fmt: skip
    return replace(
        grant(),
        person=replace(SAGA, name=name, given_name="Maximiliana Alexandra", personal_number=None),
        recipient=Recipient(name=name, address=None),
        sender=replace(
            SENDER,
            municipality="Gemensamma nämnden för Nordöstra Göinge",
            board="Individ-, familje-, funktionsstöds- och arbetsmarknadsnämnden",
        ),
        stretches=tuple(
            Stretch(
                first_day=first, last_day=last, seconds_per_week=total - deduction,
                change=AgeChange(age=age, birthday=date(first.year, 5, 14)) if age else None,
            )
            for (first, last, deduction), age in zip(spans, (0, 7, 12), strict=True)
        ),
        calculations=calculations,
        period_reasons="",
    )  # fmt: skip
