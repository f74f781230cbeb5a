"""The law can be read by everyone on the staff, on any day; what rests on it is shown for one's own cases only."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps

from egenmakt import law
from egenmakt.foundation.identity.models import Role
from egenmakt.law import parameters
from egenmakt.law.parameters import store
from egenmakt.oversight.lawbook import queries


@pytest.fixture
def reader(world, sign_in):
    return sign_in(world.staff(Role.CASE_OFFICER))


@pytest.mark.req("H-01")
def test_every_rule_and_parameter_has_a_page_with_its_section(reader):
    for name in {entry.name for entry in law.catalogue()}:
        entry = queries.entry_named(name, date(2026, 3, 1))
        assert entry and all(wording.citation.act and wording.citation.section for wording in entry.wordings)
    # A page of each shape there is: each part of the law, each unit and key, one wording and several.
    shapes = {
        (entry.book, entry.unit, entry.parameter and entry.parameter.key, entry.verified): entry.name
        for entry in law.catalogue()
    }
    assert len(shapes) > 25
    for name in set(shapes.values()):
        answer = reader.get(f"/lagen/{name}/")
        assert answer.status_code == 200, name
        entry = queries.entry_named(name, date(2026, 3, 1))
        assert entry
        assert any(str(wording.citation) in answer.content.decode() for wording in entry.wordings), name


@pytest.mark.req("K-13")
def test_a_faulty_parameter_file_stops_the_start_with_its_name_and_line(tmp_path, monkeypatch):
    good = (parameters.DATA / "weeding_years.toml").read_text(encoding="utf-8")
    (tmp_path / "weeding_years.toml").write_text(good.replace('source = "', 'origin = "'), encoding="utf-8")
    monkeypatch.setattr(store, "DATA", tmp_path)
    for remembered in (store.all_parameters, store.parameter):
        remembered.cache_clear()
    try:
        with pytest.raises(
            parameters.ParameterFileFaulty, match=r"weeding_years\.toml:\d+: unknown field 'origin'"
        ):
            apps.get_app_config("lawbook").ready()
    finally:
        monkeypatch.undo()
        for remembered in (store.all_parameters, store.parameter):
            remembered.cache_clear()


@pytest.mark.req("H-23")
def test_a_value_of_two_parts_names_them_in_words(reader):
    page = reader.get("/lagen/special_fee/").content.decode()
    assert "lägst 15\u00a0000,00 kr, högst 1\u00a0500\u00a0000,00 kr" in page
    assert "ny verksamhet 77\u00a0500,00 kr" in reader.get("/lagen/permit_fee/").content.decode()


@pytest.mark.req("H-21")
def test_a_rule_shows_its_ground_of_refusal_its_source_and_what_it_asks(reader):
    page = reader.get("/lagen/not_met_otherwise/").content.decode()
    assert "Behovet tillgodoses faktiskt på annat sätt." in page
    assert "Tillgodoses behovet faktiskt på annat sätt?" in page
    page = reader.get("/lagen/agreement_costs_ore/").content.decode()
    assert "obekräftad" in page and "framgår av avtalet" in page


@pytest.mark.req("H-01")
def test_a_word_and_a_section_find_the_rule(reader):
    assert "sondmatning" in reader.get("/lagen/", {"q": "sondmatning"}).content.decode()
    found = queries.entries_on(date(2026, 3, 1), "9 b §")
    assert {"age_limit_reached", "barred_by_age"} <= {entry.name for entry in found}
    assert "Ingen regel har de orden" in reader.get("/lagen/", {"q": "xylofon"}).content.decode()


@pytest.mark.req("K-07")
def test_the_law_is_shown_as_it_stood_on_another_day(reader):
    page = reader.get("/lagen/parental_deduction/", {"dag": "2024-05-01"}).content.decode()
    assert "2 h 30 min om dagen".replace(" ", "\u00a0") in page or "2\u00a0h\u00a030\u00a0min" in page
    wordings = {
        entry.citation.version for entry in queries.entries_on(date(2020, 1, 1)) if entry.name == "ground"
    }
    assert wordings == {"2019:618"}


@pytest.mark.req("H-01")
def test_a_value_without_a_source_is_marked(reader):
    unverified = next(entry for entry in law.catalogue() if not entry.verified)
    assert "obekräftad" in reader.get(f"/lagen/{unverified.name}/").content.decode()


@pytest.mark.req("K-07")
def test_the_day_the_deduction_was_halved_is_found(reader):
    page = reader.get("/lagen/andringar/", {"dag": "2025-01-01"}).content.decode()
    assert "Föräldraavdrag" in page and "Inget gällande beslut" in page


@pytest.mark.req("H-01")
@pytest.mark.parametrize(
    "query", [{"dag": "igår"}, {"dag": "9999-99-99"}, {"q": "<script>alert(1)</script>"}]
)
def test_odd_questions_are_answered_calmly(reader, query):
    for path in ("/lagen/", "/lagen/andringar/", "/lagen/parental_deduction/"):
        answer = reader.get(path, query)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.req("H-01")
def test_an_unknown_rule_is_not_found(reader):
    assert reader.get("/lagen/finns-inte/").status_code == 404


@pytest.mark.req("H-12")
def test_visitors_sign_in_first(client, world):
    answer = client.get("/lagen/")
    assert answer.status_code == 302 and "/konto/logga-in/" in answer["Location"]
