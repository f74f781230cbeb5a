"""The hours of a case explained to three readers from the same trace, why not another answer, and by two laws."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework import journeys
from tests.people import told

from egenmakt import law
from egenmakt.casework.decisions import computing, explaining, own_account, two_laws
from egenmakt.casework.decisions.letters.account import account_of, share_sentence
from egenmakt.casework.decisions.letters.content import Calculation, MomentRow
from egenmakt.casework.decisions.letters.words import spoken_of
from egenmakt.foundation.audit.models import AccessLogEntry
from egenmakt.foundation.identity.models import Role

PAGES = ("forklaring/", "forklaring/?lasare=personen", "forklaring/?lasare=jurist", "forklaring/varfor-inte/",
         "forklaring/varfor-inte/?svar", "forklaring/tva-lagar/", "forklaring/tva-lagar/?dag=2024-12-31")  # fmt: skip


def _at(made, path: str) -> str:
    return f"/arenden/{made.case.pk}/{path}"


def _words(answer) -> str:
    """What a page says, with tags and breaks as single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told(answer))).replace("\xa0", " ")


@pytest.mark.req("K-06")
def test_the_officer_sees_section_since_when_facts_and_what_decided(world, sign_in):
    made = journeys.decided_case(world)
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/")))
    assert "Så räknades tiden i beslut" in page
    assert "9 a § första–fjärde styckena LSS (SFS 2022:1252)" in page
    assert "gäller sedan 1 januari 2023" in page
    assert "Avgörande: hjälpen av privat och integritetskänsligt slag" in page
    assert "föräldraavdrag" in page and "15:45" in page
    older = _words(sign_in(made.officer).get(_at(made, "forklaring/"), {"fran": "2029-05-01"}))
    assert "19 h 15 min" in older


@pytest.mark.req("K-06", "H-22")
def test_the_person_reads_her_own_figures_in_plain_sentences(world, sign_in):
    made = journeys.decided_case(world)
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/"), {"lasare": "personen"}))
    assert "Alva får personlig assistans." in page
    assert (
        "Alva får 15 timmar och 45 minuter i veckan. Av den tiden är 8 timmar och 45 minuter för grundläggande behov"
        " och 7 timmar för andra personliga behov." in page
    )
    assert "Alva behöver hjälp med grundläggande behov 17 timmar och 30 minuter i veckan" in page
    assert "Därför dras 8 timmar och 45 minuter av från de grundläggande behoven" in page
    assert "behov är annars räknat på samma sätt" in page
    assert "inte mer än 20 timmar. Därför är det kommunen som beslutar" in page


@pytest.mark.req("K-06", "H-22")
def test_whoever_reads_about_herself_is_called_du(world, sign_in):
    made = journeys.decided_case(world, born=date(1990, 3, 2), without=("child",))
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/"), {"lasare": "personen"}))
    assert "Du får personlig assistans." in page and "Du får 26 timmar och 15 minuter i veckan." in page
    assert "Föräldrar ger själva" not in page


@pytest.mark.req("H-21", "H-22")
def test_a_refusal_does_not_say_that_hours_are_given(world, sign_in):
    made = journeys.case_with_a_working_proposal(world, proposal=journeys.REFUSAL)
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/"), {"lasare": "personen"}))
    assert (
        "Förslaget är: Alva får inte personlig assistans. Den som redan får hjälpen på ett annat sätt" in page
    )
    assert "Alvas behov är räknat till 15 timmar och 45 minuter i veckan." in page
    assert "Alva får 15 timmar" not in page


@pytest.mark.req("K-06")
def test_before_the_decision_the_page_says_that_it_is_not_decided(world, sign_in):
    made = journeys.case_ready_for_decision(world)
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/"), {"lasare": "personen"}))
    assert "Beslutet är inte fattat. Förslaget är: Alva får personlig assistans." in page
    assert "Enligt förslaget får Alva 15 timmar och 45 minuter i veckan." in page


@pytest.mark.req("H-01", "K-06")
def test_the_lawyer_sees_the_rules_text_with_the_way_it_went_and_the_way_to_its_page(world, sign_in):
    made = journeys.decided_case(world)
    answer = sign_in(made.officer).get(_at(made, "forklaring/"), {"lasare": "jurist"})
    page = told(answer)
    assert "<mark>⇒         return Ground.INTIMATE</mark>" in page
    assert "▸     if need in NEEDS_WHATEVER_NATURE:" in page
    assert "  return Ground.ACTIVATION" in page and "⇒         return Ground.ACTIVATION" not in page
    for rule in ("ground", "basic_after_s", "above_threshold", "outcome"):
        assert f"/lagen/{rule}/?dag=2026-05-01" in page
        assert sign_in(made.officer).get(f"/lagen/{rule}/", {"dag": "2026-05-01"}).status_code == 200


@pytest.mark.req("K-06")
def test_all_three_rest_on_the_same_trace(world):
    made = journeys.decided_case(world)
    found = explaining.explain_case(made.officer, made.case)
    for part in found.parts:
        tree = explaining.tree_of(found, part)
        assert tree["result"] == part.given.total_s
    account = own_account.account_for(found)
    assert [lead for _span, lead, _told in account.stretches if "får" in lead] == [
        lead for _span, lead, _told in account.stretches
    ]
    assert not found.differs


@pytest.mark.req("K-06", "K-07")
def test_what_was_frozen_is_told_as_it_was_frozen_when_the_answer_is_another(world, sign_in, monkeypatch):
    made = journeys.decided_case(world)
    real = law.assess

    def another(facts, **options):
        fewer = facts.moments[1:]
        return real(type(facts)(**{**_fields(facts), "moments": fewer}), **options)

    monkeypatch.setattr(computing.law, "assess", another)
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/")))
    assert "Omräknat i dag blir svaret ett annat" in page
    assert "Personen har rätt till 15 h 45 min" in page


def _fields(facts):
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


@pytest.mark.req("K-06")
def test_why_not_comes_after_the_page_and_says_it_is_no_advice(world, sign_in):
    made = journeys.decided_case(world)
    client = sign_in(made.officer)
    page = told(client.get(_at(made, "forklaring/varfor-inte/")))
    assert 'hx-get="?svar"' in page and 'href="?svar#svar"' in page
    assert "Det är inte ett råd att ändra uppgifter." in page
    piece = client.get(_at(made, "forklaring/varfor-inte/?svar"), headers={"HX-Request": "true"})
    assert "<html" not in told(piece)
    assert "personen inte hörde till personkretsen" in _words(piece)
    assert "Försäkringskassan skulle besluta, om" in _words(piece)
    whole = client.get(_at(made, "forklaring/varfor-inte/?svar"))
    assert "<html" in told(whole) and "personen inte hörde till personkretsen" in _words(whole)


@pytest.mark.req("K-07")
def test_two_laws_are_put_side_by_side_with_the_rules_that_differ(world, sign_in):
    made = journeys.decided_case(world)
    page = _words(sign_in(made.officer).get(_at(made, "forklaring/tva-lagar/"), {"dag": "2024-12-31"}))
    assert "Den lag som gäller varje dag" in page and "Lagen den valda dagen" in page
    # the deduction of four-year-olds was twice as large: 17 h 30 min of 17 h 30 min, so nothing basic is left
    assert "15:45" in page and "Personen har inte rätt till personlig assistans." in page
    assert "SFS 2024:1063" in page and "SFS 2022:1228" in page
    same = _words(sign_in(made.officer).get(_at(made, "forklaring/tva-lagar/"), {"dag": "2026-05-01"}))
    assert "Tiden blir densamma med båda lagarna." in same


@pytest.mark.req("K-07")
def test_the_differences_are_exact(world):
    made = journeys.decided_case(world)
    facts = law.facts_from_json(made.decision.proposal.facts)
    found = two_laws.compare_laws(facts, date(2024, 12, 31))
    assert [(one.own.total_s, one.other.total_s) for one in found.stretches] == [(56700, 0), (69300, 44100)]
    assert [one.seconds for one in found.pictures[0].steps] == [56700, 69300]
    assert {picture.top_s for picture in found.pictures} == {found.pictures[0].top_s}
    assert found.stretches[0].first == facts.on
    assert two_laws.compare_laws(facts, facts.on).rules(facts.on) == []


@pytest.mark.req("K-07")
@pytest.mark.parametrize("day", ["", "igår", "1990-01-01", "9999-99-99", "\0"])
def test_a_day_that_cannot_be_read_or_has_no_law_is_refused_in_words(world, sign_in, day):
    made = journeys.decided_case(world)
    answer = sign_in(made.officer).get(_at(made, "forklaring/tva-lagar/"), {"dag": day})
    assert answer.status_code == 422
    assert "Så blir det" not in told(answer)


@pytest.mark.req("K-06")
def test_a_case_without_moments_says_what_is_missing(world, sign_in):
    made = journeys.case_under_investigation(world, without=("sheet",))
    for path in PAGES:
        answer = sign_in(made.officer).get(_at(made, path))
        assert answer.status_code == 200
        assert "Ansökan, perioden och momenten behövs." in told(answer)


@pytest.mark.req("K-06")
def test_odd_questions_are_answered_calmly(world, sign_in):
    made = journeys.decided_case(world)
    for asked in ("lasare=x", "fran=x", "fran=%00", "lasare=jurist&fran=9999-99-99", "fran=" + "é" * 500):
        assert sign_in(made.officer).get(_at(made, f"forklaring/?{asked}")).status_code == 200
    asked = {"dag": "2024-12-31", "fran": "x"}
    assert sign_in(made.officer).get(_at(made, "forklaring/tva-lagar/"), asked).status_code == 200


@pytest.mark.req("H-12")
@pytest.mark.parametrize("path", PAGES)
def test_the_explanation_is_for_those_who_have_to_do_with_the_case(world, sign_in, path):
    made = journeys.decided_case(world)
    assert sign_in(made.officer).get(_at(made, path)).status_code == 200
    world.act(made.officer)
    assert AccessLogEntry.objects.filter(kind="case", person_ids__contains=[made.person.pk]).exists()
    for other in (world.staff(Role.CASE_OFFICER), world.staff(Role.CASE_OFFICER, municipality=world.away)):
        assert sign_in(other).get(_at(made, path)).status_code == 404


@pytest.mark.req("K-06")
def test_more_moments_cost_no_more_queries(world, sign_in):
    few = journeys.decided_case(world)
    many = journeys.decided_case(world, moments=journeys.MOMENTS * 3)

    def asked(made, path):
        world.act(made.officer)
        client = sign_in(made.officer)
        client.get(_at(made, path))
        with CaptureQueriesContext(connection) as found:
            client.get(_at(made, path))
        return len(found)

    for path in PAGES:
        assert asked(many, path) == asked(few, path), path


def _calculation(**changed):
    def row(text, need, counts_as, weekly_s, note=""):
        return MomentRow(
            text=text, need=need, minutes=Decimal(10), times=Decimal(1), per="day", assistants=1,
            weekly_s=weekly_s, counts_as=counts_as, section="9 a § första stycket", note=note,
        )  # fmt: skip

    given = {
        "first_day": date(2026, 5, 1), "last_day": None, "basic_s": 72000, "basic_deduction_s": 0,
        "basic_after_s": 72000, "other_s": 3600, "other_deduction_s": 0, "other_after_s": 3600, "total_s": 75600,
        "responsible": "municipality",
        "moments": (
            row("Dusch", "hygiene", "basic", 72000),
            row("Alva på ridskolan", "other", "other", 3600),
            row("Spruta", "medical", "not_counted", 1200, "egenvård är inte bedömd"),
            row("Skor", "dressing", "not_counted", 1200),
        ),
    }  # fmt: skip
    return Calculation(**given | changed)


@pytest.mark.req("K-06", "H-22")
def test_the_account_says_what_is_not_counted_and_what_the_age_limit_holds_back():
    told = account_of(_calculation(total_s=70000), spoken_of("Alva", herself=True))
    assert told == (
        "Du behöver hjälp med grundläggande behov 20 timmar i veckan: personlig hygien 20 timmar.",
        "Du behöver också 1 timme i veckan till annat: ”Alva på ridskolan” 1 timme.",
        "”Spruta” räknas inte: egenvård är inte bedömd (9 a § första stycket LSS).",
        "”Skor” räknas inte än: det återstår att bedöma hur (9 a § första stycket LSS).",
        "Behovet är sammanlagt 21 timmar i veckan. Efter åldersgränsen kan tiden inte bli mer än "
        "19 timmar, 26 minuter och 40 sekunder.",
    )
    only_basic = _calculation(other_s=0, other_after_s=0, total_s=72000, moments=_calculation().moments[:1])
    assert share_sentence(only_basic) == "Hela tiden är för grundläggande behov."
