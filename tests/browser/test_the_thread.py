"""The whole thread in a real browser: a four-year-old's application, from registration to a served letter.

Three people do it, each with what her role allows and nothing typed for her: a registrar, a case officer and a
decision-maker. Set-up makes the three accounts; everything else is done on the pages.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from pdfua import validate
from tests.browser.visitors import Visitor, visiting
from tests.casework.committed import committed, give_password

from egenmakt.foundation.identity.models import Role

TODAY = date(2026, 4, 20)
NUMBER = "20220314-9808"  # four years old today, seven in March 2029; the number is never issued

MOMENTS = (
    ("Dusch och hårtvätt", "hyg", "20", "1"),
    ("Toalettbesök", "hyg", "6", "5"),
    ("Måltider", "m", "20", "3"),
    ("Mellanmål", "m", "10", "2"),
    ("På- och avklädning", "av", "10", "2"),
    ("Förflyttning inomhus", "andr", "10", "3"),
    ("Lek och utevistelse", "andr", "45", "1"),
)


@pytest.fixture(scope="module")
def site(make_site):
    return make_site(today=TODAY.isoformat())


@pytest.fixture(scope="module")
def staff(site) -> dict[str, str]:
    """The three, by their e-mail addresses."""
    with committed(site, TODAY) as world:
        people = (
            world.staff(Role.REGISTRAR, name="Rut Registrator"),
            world.staff(Role.CASE_OFFICER, name="Mikael Håkansson"),
            world.staff(Role.DECISION_MAKER, name="Åsa Bergström"),
        )
        return dict(zip(("registrar", "officer", "decider"), give_password(*people), strict=True))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.req("H-02", "H-05", "H-09", "H-13", "H-17", "H-18", "H-20", "H-22", "K-01", "K-06", "K-07")
def test_a_four_year_olds_application_becomes_a_served_letter(site, browser, staff, tmp_path):
    with visiting(browser, site, staff["registrar"]) as registrar:
        registrar_registers_the_child_and_the_application(registrar)
    with visiting(browser, site, staff["officer"]) as officer:
        officer_takes_the_case(officer)
        officer_tries_the_personkrets(officer)
        officer_investigates(officer)
        officer_types_the_moments(officer)
        officer_communicates(officer)
        officer_proposes(officer)
        officer_cannot_sign_herself(officer)
        with visiting(browser, site, staff["decider"]) as decider:
            decider_signs(decider)
        letters_are_as_the_law_wants(officer, tmp_path)
        officer_records_the_service(officer)
        the_persons_page_tells_it_all(officer)


def registrar_registers_the_child_and_the_application(who: Visitor) -> None:
    """Who the child is, who her guardian is, what they ask for, and who is to handle it."""
    who.go("/")
    who.look("worklist-empty")
    who.press("Personer")
    who.look("persons-empty")
    who.press("Registrera person")
    who.look("person-number")
    who.write("Personnummer", NUMBER)
    who.press("Fortsätt")
    who.look("person-form")
    who.press("Registrera")
    who.look("person-form-with-errors")
    assert who.sees("Skriv personens förnamn.")
    who.write("Förnamn", "Alva")
    who.write("Efternamn", "Åkesson Lindqvist")
    who.choose("Nej, det är kontrollerat")
    who.write("Adress", "Lillö backväg 12\n291 34 Kristianstad")
    who.write("Kommunicerar med", "bilder och tecken som stöd")
    who.press("Registrera")
    who.look("person-new")
    assert who.heading() == "Alva Åkesson Lindqvist"

    who.press("Lägg till ställföreträdare")
    who.choose("Vårdnadshavare")
    who.write("Namn", "Johanna Åkesson")
    who.write("Adress", "Lillö backväg 12\n291 34 Kristianstad")
    who.write("Telefon", "070-000 00 00")
    who.write("Styrks av", "folkbokföringen")
    who.write("Från och med", "14 mars 2022")
    who.look("representative")
    who.press("Spara")

    who.press("Registrera ansökan")
    who.choose("muntlig")
    who.choose("ställföreträdare")
    who.pick("Vilken ställföreträdare?", "Johanna Åkesson (vårdnadshavare)")
    who.write("Vad gäller ansökan?", "Personlig assistans i hemmet och på fritiden.")
    who.write(
        "Med egna ord", "Alva behöver någon bredvid sig hela tiden när hon äter, klär sig och tvättar sig."
    )
    who.pick("Handläggare", "Mikael Håkansson")
    who.look("application-form")
    who.press("Registrera och öppna ärende")
    assert who.sees("Ansökan är registrerad med nummer LSS-2026-00001.")
    who.look("application-registered")
    who.press("Mitt arbete")
    who.look("worklist-registrar")


def officer_takes_the_case(who: Visitor) -> None:
    """It is the first thing she sees; then the authority, and the first contact."""
    who.go("/")
    assert who.heading() == "Mitt arbete"
    first = who.page.locator(".e-work__row").first
    assert "Alva Åkesson Lindqvist" in first.inner_text()
    who.look("worklist-officer")
    first.get_by_role("link").first.click()
    who.look("application")
    who.write("Vad visar det?", "utdrag ur folkbokföringen")
    who.press("Behörigheten är kontrollerad")
    who.write("Hur och med vem?", "telefon med Johanna Åkesson")
    who.press("Spara första kontakten")
    who.look("application-done")


def officer_tries_the_personkrets(who: Visitor) -> None:
    """A physician's statement, and a judgement with its reasons."""
    who.press("Pröva personkretsen")
    who.look("personkrets-empty")
    who.write("Vad det är", "Läkarutlåtande")
    who.write("Utfärdat av", "Nils Nord, barn- och ungdomshabiliteringen")
    who.write("Legitimation eller titel", "legitimerad läkare")
    who.write("Daterat", "3 november 2025")
    who.write("Vad det visar", "Autism, sedan tidig ålder.")
    who.press("Lägg till underlaget")
    who.write("Vilken funktionsnedsättning", "autism")
    who.choose("Personkrets 1 – intellektuell funktionsnedsättning, autism eller autismliknande tillstånd")
    who.page.get_by_role("group", name="före 16 års ålder").get_by_text("Ja").click()
    who.write("Skäl för bedömningen", "Läkarutlåtandet visar autism sedan tidig ålder.")
    who.press("Spara prövningen")
    who.look("personkrets-tried")


def officer_investigates(who: Visitor) -> None:
    """The assessment, the child's own perspective, one life area."""
    who.press("Utred behoven")
    who.look("investigation-empty")
    who.press("Samlad bedömning")
    who.write("Personens egen syn", "Föräldrarna vill ha assistans i hemmet.")
    who.write("Jämförelse med jämnåriga", "Andra fyraåringar äter och klär sig till största delen själva.")
    who.write("Hur behoven tillgodoses i dag", "I dag ger föräldrarna all hjälp utanför förskolan.")
    who.write("Varför insatsen behövs", "Utan hjälp kan Alva inte leva som andra barn.")
    who.page.get_by_role("group", name="tillfälligt skydd").get_by_text("Nej").click()
    who.look("assessment")
    who.press("Spara bedömningen")
    who.press("Barnets perspektiv")
    who.page.get_by_role("group", name="komma till tals").get_by_text("Ja").click()
    who.write(
        "Hur barnet hördes", "Alva träffade handläggaren hemma och visade med bilder vad hon tycker om."
    )
    who.write("Barnets egen åsikt", "Alva pekade på lekparken och sade ut.")
    who.write("Vad som är bäst", "Att få hjälp i sin egen takt och komma ut varje dag.")
    who.write("Hur det påverkar", "Därför ingår tid för lek och utevistelse.")
    who.look("child")
    who.press("Spara barnets perspektiv")
    who.press("Personlig vård")
    who.write("Personens egen beskrivning", "Mamma: Alva behöver hjälp med allt när hon tvättar sig.")
    who.write("Din bedömning", "Alva kan inte tvätta sig eller gå på toaletten utan hjälp.")
    who.pick("Grad av svårighet", "stort problem")
    who.look("life-area")
    who.press("Spara och visa alla")
    assert who.sees("Utredningen är komplett.")
    who.look("investigation-done")


def officer_types_the_moments(who: Visitor) -> None:
    """Seven rows, by keyboard alone; the page says what they come to, and what happens when she turns seven."""
    who.press("Räkna behoven")
    who.look("moments-empty")
    keyboard = who.page.keyboard
    who.write("Från och med", "2026-05-01")
    who.write("Till och med", "2029-12-31")
    who.page.locator("[data-field=text]").first.focus()
    for place, (text, need, minutes, times) in enumerate(MOMENTS):
        keyboard.type(text)
        for typed in (need, minutes, times):
            keyboard.press("Tab")
            keyboard.type(typed)
        if need != "andr":
            for _cell in ("per", "assistants", "intimate"):
                keyboard.press("Tab")
            keyboard.type("Ja")
        if place < len(MOMENTS) - 1:
            keyboard.press("Enter")
    keyboard.press("Control+s")
    who.page.get_by_text("Sparat i ärendet").wait_for()
    who.look("moments")
    assert who.page.locator(".m-total .m-figure").inner_text().startswith("15:45")
    assert who.sees("Kommunen beslutar")
    assert who.sees("från 1 maj 2026 15:45")
    assert who.sees("från 1 mar 2029 19:15")
    who.page.get_by_label("från 1 mar 2029").check()
    who.page.locator(".m-total .m-figure", has_text="19:15").wait_for()
    who.page.locator(".m-total .m-figure").click()
    who.page.get_by_role("dialog").wait_for()
    who.look("moments-explained")
    who.press("Stäng")


def officer_communicates(who: Visitor) -> None:
    """Everything is granted as applied for, so the material need not be put to the guardian."""
    who.press("Låt personen ta del av materialet")
    who.look("communication-empty")
    who.open("Materialet behöver inte kommuniceras")
    who.choose("uppenbart obehövligt – ansökan beviljas fullt ut")
    who.write("Varför gäller det här?", "Ansökan beviljas fullt ut.")
    who.press("Spara skälet")
    who.look("communication-waived")


def officer_proposes(who: Visitor) -> None:
    """What she proposes and why, the checklist, and the handing over."""
    who.press("Skriv förslaget")
    who.look("proposal-empty")
    who.choose("bifall")
    who.choose("kommunen ordnar assistansen")
    who.write("Mål med insatsen", "Alva ska kunna leva som andra barn i hennes ålder.")
    who.write("Omfattning och innehåll", "Hjälp i hemmet och på fritiden, alla dagar i veckan.")
    who.write("Skäl för tidsgränsen", "Alvas behov väntas förändras när hon har gått ett par år i skolan.")
    who.write("Följs upp senast", "30 oktober 2026")
    who.write("Skäl för beslutet", "Alva har autism och behöver hjälp med måltider, hygien och kläder.")
    who.write("Skälen på klarspråk", "Alva behöver hjälp för att äta, tvätta sig och klä sig.")
    who.press("Spara och svara i kontrollistan")
    who.look("checklist")
    for yes in who.page.locator("label", has_text="Ja, uppfyllt").all():
        yes.click()
    who.press("Spara svaren")
    who.look("proposal")
    who.press("Spara och lämna till beslut")
    who.look("propose")
    who.press("Lämna till beslut")


def officer_cannot_sign_herself(who: Visitor) -> None:
    """The page says why the button is shut, and the address behind it says the same."""
    who.look("decision-officer")
    assert who.sees("En annan person måste besluta.")
    assert who.page.get_by_role("link", name="Underteckna beslutet").count() == 0
    who.go(re.sub(r"^.*?(/arenden/[^/]+/).*$", r"\1beslut/underteckna/", who.page.url))
    assert who.page.get_by_role("button", name="Underteckna", exact=True).count() == 0
    who.look("sign-officer")


def decider_signs(who: Visitor) -> None:
    """It is the first thing she sees; she reads the gate and the letter in three voices, and signs."""
    who.go("/")
    first = who.page.locator(".e-work__row").first
    assert "Alva Åkesson Lindqvist" in first.inner_text()
    who.look("worklist-decider")
    first.get_by_role("link").first.click()
    who.look("decision-decider")
    assert who.sees("Alla krav är uppfyllda.")
    for voice in ("Klarspråk", "Lättläst"):
        who.press(voice)
        assert who.sees("15 timmar och 45 minuter")
        who.look(f"decision-{voice}")
    who.press("Underteckna beslutet")
    who.look("sign")
    who.press("Underteckna")
    assert who.heading() == "Beslut B-2026-00001"
    who.look("decided")


def letters_are_as_the_law_wants(who: Visitor, folder: Path) -> None:
    """The worker has made them; each is a PDF for everyone, and says the hours and when they change."""
    who.go("/")
    who.look("worklist-to-serve")
    who.page.locator(".e-work__row").first.get_by_role("link").first.click()
    assert who.heading() == "Delgivning"
    letters = who.main.get_by_role("link", name="hämta")
    for _try in range(60):
        if letters.count() == 3:
            break
        who.page.wait_for_timeout(500)
        who.page.reload()
    assert letters.count() == 3
    for letter in letters.all():
        path = folder / "brev.pdf"
        path.write_bytes(who.page.request.get(who.site.url + letter.get_attribute("href")).body())
        assert [(found.rule_id, found.message) for found in validate(str(path)).findings] == []
        with pymupdf.open(path) as pdf:
            told = re.sub(r"[\s\u00ad]+", " ", " ".join(page.get_text() for page in pdf))
        assert "15 timmar och 45 minuter" in told
        assert "mars 2029" in told


def officer_records_the_service(who: Visitor) -> None:
    """The day it was handed over; three weeks from it the time for appeal is out."""
    who.look("service-empty")
    who.write("Dagen då personen fick beslutet", "2026-04-20")
    who.choose("överlämnat vid möte")
    who.write("Hur vet vi det?", "Lämnat till Johanna Åkesson vid hembesöket.")
    who.press("Registrera delgivningen")
    assert who.sees("11 maj 2026")
    who.look("served")


def the_persons_page_tells_it_all(who: Visitor) -> None:
    """The measure over the years, and who has opened the file."""
    who.press("Alva Åkesson Lindqvist")
    who.look("person")
    assert who.sees("15:45")
    assert who.sees("fyller 7 år i mars 2029")
    for name in ("Rut Registrator", "Mikael Håkansson", "Åsa Bergström"):
        assert who.sees(name)
    who.press("Visa alla")
    who.look("accesses")
    who.pick("Vem", "Rut Registrator")
    who.press("Visa")
    assert who.sees("har registrerat personen") or who.sees("öppnade personens sida")
