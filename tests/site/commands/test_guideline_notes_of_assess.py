"""`egenmakt assess` adds the municipality's notes beside the law's answer, which they never change."""

import json

import pytest

from egenmakt.site import cli

APPLICATION = {
    "on": "2026-03-01",
    "person": {"born": "2019-05-14"},
    "application": {"received": "2026-02-10"},
    "personkrets": {"group": 1},
    "days_per_week": 7,
    "double_assistance": {"housing_adaptation_tried": True, "aids_tried": True},
    "moments": [
        {
            "id": "dusch",
            "need": "hygiene",
            "minutes": 30,
            "times": 1,
            "per": "day",
            "assistants": 2,
            "intimate": True,
        }
    ],
}


@pytest.fixture
def assess(tmp_path, capsysbinary):
    def call(document):
        file = tmp_path / "application.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        code = cli.main(["assess", str(file)])
        return code, json.loads(capsysbinary.readouterr().out)

    return call


@pytest.mark.req("H-01")
@pytest.mark.parametrize("slug", ["hjo", "alvsbyn", "kristianstad"])
def test_notes_are_added_and_the_law_is_unaffected(assess, slug):
    code, alone = assess(APPLICATION)
    noted_code, noted = assess(APPLICATION | {"municipality": slug})
    assert code == noted_code == 0
    notes = noted.pop("guideline_notes")
    assert noted == alone
    assert all(note["binding"] is False and note["source"] for note in notes)


@pytest.mark.req("H-01", "K-08")
def test_the_note_on_double_assistance_stands_beside_moments_for_two(assess):
    _, answer = assess(APPLICATION | {"municipality": "kristianstad"})
    assert any("dubbelassistans" in note["text"] for note in answer["guideline_notes"])


@pytest.mark.req("H-01")
def test_a_municipality_without_a_guideline_is_refused_together_with_all_else_that_is_wrong(assess):
    code, answer = assess(APPLICATION | {"municipality": "atlantis", "days_per_week": 9})
    assert code == 2
    assert sorted(error["path"] for error in answer["errors"]) == ["days_per_week", "municipality"]
