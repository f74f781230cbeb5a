"""An instance is read whole or refused with everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.staffing.day_shifts.small import TWO_WEEKS

from egenmakt.staffing.day_shifts.reading import InstanceFaulty, read, read_file

pytestmark = pytest.mark.req("A-12")


def faults(text: str) -> list[str]:
    with pytest.raises(InstanceFaulty) as refused:
        read(text)
    return [str(fault) for fault in refused.value.faults]


def test_everything_in_the_text_is_read() -> None:
    instance = read(TWO_WEEKS)
    assert (instance.days, [one.id for one in instance.shifts]) == (14, ["E", "L"])
    assert instance.shift["L"].not_followed_by == {"E"}
    assert instance.shift["E"].not_followed_by == frozenset()
    bo = instance.employee["Bo"]
    assert (bo.most_of["L"], bo.most_minutes, bo.least_minutes) == (3, 3840, 2880)
    assert (bo.most_in_a_row, bo.least_in_a_row, bo.least_off_in_a_row, bo.most_weekends) == (4, 2, 2, 1)
    assert bo.days_off == {5}
    assert [(one.employee, one.day, one.shift, one.weight) for one in instance.on_wishes] == [
        ("Ada", 2, "E", 2),
        ("Cia", 6, "L", 3),
    ]
    assert [one.weight for one in instance.off_wishes] == [4]
    assert len(instance.cover) == 28
    assert (instance.cover[0].needed, instance.cover[0].under, instance.cover[0].over) == (1, 100, 1)


def test_a_kind_of_shift_without_a_limit_may_be_worked_every_day() -> None:
    assert read(TWO_WEEKS.replace("Bo,E=14|L=3", "Bo,L=3")).employee["Bo"].most_of["E"] >= 14


CASES = [
    ("14\n", "15x\n", "Antal dagar ska vara ett heltal från 0 till 1000000000, inte '15x'."),
    ("14\n", "0\n", "Horisonten ska vara 1–366 dagar, inte 0."),
    ("14\n", "367\n", "Horisonten ska vara 1–366 dagar, inte 367."),
    ("14\n", "14\n14\n", "Horisonten anges två gånger."),
    ("E,480,", "E,0,", "Passets längd ska vara minst en minut."),
    ("E,480,", "E,-480,", "Passets längd ska vara ett heltal"),
    ("L,480,E", "L,480,E|X", "Passet L får inte följas av X, som inte finns."),
    ("L,480,E", "L,480,E\nL,480,E", "Passet L finns två gånger."),
    ("L,480,E", "L,480,E\n,480,E", "Passet saknar namn."),
    ("Bo,E=14|L=3", "Bo,E=14|X=3", "Okänt pass 'X'."),
    ("Bo,E=14|L=3", "Bo,E=14|L", "Gränsen 'L' ska skrivas som pass=antal."),
    ("Bo,E=14|L=3", "Bo,L=14|L=3", "Passet L begränsas två gånger."),
    ("Bo,E=14|L=3,3840,2880", "Bo,E=14|L=3,3840,3841", "Lägsta tid 3841 är mer än högsta tid 3840."),
    ("2880,4,2,2,1\nCia", "2880,0,0,2,1\nCia", "Flest i rad ska vara minst 1."),
    ("2880,4,2,2,1\nCia", "2880,4,5,2,1\nCia", "Minst i rad 5 är mer än flest i rad 4."),
    ("2880,4,2,2,1\nCia", "2880,4,2,2\nCia", "Raden ska ha 8 fält, men har 7."),
    ("Cia,E=14|L=14", "Bo,E=14|L=14", "Den anställde Bo finns två gånger."),
    ("Bo,5", "Bo,14", "Dag 14 ligger utanför horisonten, som har dagarna 0–13."),
    ("Bo,5", "Bo,5\nBo,6", "Lediga dagar för Bo anges två gånger."),
    ("Bo,5", "Bosse,5", "Okänd anställd 'Bosse'."),
    ("Ada,2,E,2", "Ada,2,E,-2", "Vikt ska vara ett heltal från 0 till 1000000000, inte '-2'."),
    ("Ada,2,E,2", "Ada,2,E,2\nAda,2,E,2", "Önskemålet finns två gånger."),
    ("0,E,1,100,1", "0,X,1,100,1", "Okänt pass 'X'."),
    ("0,E,1,100,1", "0,E,1,100,1\n0,E,2,100,1", "Behovet av E dag 0 anges två gånger."),
    ("0,E,1,100,1", "0,E,9999999999999999999999,100,1", "Behov ska vara ett heltal"),
    ("SECTION_COVER", "SECTION_COVERS", "Okänt avsnitt SECTION_COVERS."),
    ("SECTION_STAFF", "SECTION_STAFF\nSECTION_STAFF", "Avsnittet SECTION_STAFF finns två gånger."),
    ("# Three", "Three", "Raden står före det första avsnittet."),
]


@pytest.mark.parametrize(("whole", "broken", "message"), CASES)
def test_a_fault_is_named_with_its_line(whole: str, broken: str, message: str) -> None:
    assert whole in TWO_WEEKS
    found = [fault for fault in faults(TWO_WEEKS.replace(whole, broken, 1)) if message in fault]
    assert len(found) == 1
    assert found[0].startswith("Rad ")


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    broken = TWO_WEEKS.replace("Ada,0", "Adam,0").replace("0,E,1,100,1", "0,E,1,100", 1)
    found = faults(broken.replace("E,480,", "E,0,"))
    assert len(found) == 3
    assert [int(fault.split(":")[0].removeprefix("Rad ")) for fault in found] == [6, 15, 26]


def test_a_text_without_its_sections_says_which_are_missing() -> None:
    assert faults("") == [
        f"Avsnittet SECTION_{name} saknas." for name in ("HORIZON", "SHIFTS", "STAFF", "COVER")
    ]
    assert "Avsnittet SECTION_HORIZON är tomt." in faults("SECTION_HORIZON\n")


def test_a_file_that_is_not_text_is_refused_as_faulty(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x81")
    for path in (tmp_path / "binary", tmp_path / "absent"):
        with pytest.raises(InstanceFaulty, match="Filen går inte att läsa"):
            read_file(path)


def test_a_file_is_read_also_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(TWO_WEEKS, encoding="utf-8-sig")
    assert read_file(tmp_path / "file") == read(TWO_WEEKS)
