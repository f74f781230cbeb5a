"""A faulty guideline file is refused with the file, the line and the fault; a rule of law cannot be put in one."""

from datetime import date

import pytest

from egenmakt.guidelines import GuidelineFileFaulty, load_file

pytestmark = pytest.mark.req("H-01")

GOOD = """\
schema = 1

[municipality]
slug = "provby"
code = "9998"
name = "Provby kommun"

[[document]]
id = "d"
title = "Riktlinje"
decided_by = "Nämnden"
valid_from = 2020-01-01

[[value]]
name = "decision_time"
value = 3
document = "d"
page = "s. 7"

[[note]]
step = "needs"
text = "En mening."
document = "d"
page = "s. 2"

[[delegation]]
decisions = ["grant"]
measures = [2]
roles = ["decision_maker"]
text = "Delegationsordningen, punkt 1"
document = "d"
page = "s. 3"
"""


def written(tmp_path, text):
    path = tmp_path / "provby.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_right_file_is_read(tmp_path):
    guideline = load_file(written(tmp_path, GOOD))
    assert (len(guideline.values), len(guideline.notes), len(guideline.delegations)) == (1, 1, 1)


READ_SO = """
[[reading]]
name = "deduction_from_first_assistant"
document = "d"
page = "s. 4"
valid_from = 2026-01-01
"""


@pytest.mark.req("K-07")
def test_a_municipality_may_choose_how_it_reads_what_the_law_leaves_open(tmp_path):
    guideline = load_file(written(tmp_path, GOOD + READ_SO))
    assert guideline.readings_on(date(2025, 12, 31)) == ()
    assert guideline.readings_on(date(2026, 1, 1)) == ("deduction_from_first_assistant",)
    assert load_file(written(tmp_path, GOOD)).readings_on(date(2026, 1, 1)) == ()
    both = READ_SO + READ_SO.replace("deduction_from_first_assistant", "deduction_every_day")
    assert load_file(written(tmp_path, GOOD + both)).readings_on(date(2026, 1, 1)) == (
        "deduction_from_first_assistant",
        "deduction_every_day",
    )


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        (READ_SO.replace("from_first_assistant", "from_nobody"), 35, "known: deduction_from_all_assistants"),
        (
            READ_SO + READ_SO.replace("first_assistant", "all_assistants"),
            40,
            "overlaps the reading on line 34",
        ),
        (
            READ_SO.replace("deduction_from_first_assistant", "need_of_age_before_deduction"),
            35,
            "asks for basic_of_age_s, other_of_age_s, which no sheet of needs holds",
        ),
    ],
)
def test_a_reading_is_one_that_is_known_and_one_at_a_time(tmp_path, more, line, words):
    with pytest.raises(GuidelineFileFaulty) as refused:
        load_file(written(tmp_path, GOOD + more))
    assert (refused.value.line, words in refused.value.fault) == (line, True)


# what is changed in the right file, the line that is blamed, a part of the fault
FAULTS = [
    ('name = "decision_time"', 'name = "age_limit"', 15, "nothing a municipality sets"),
    ('name = "decision_time"', 'name = "parental_deduction"', 15, "has no place here"),
    ("value = 3", "value = 30", 16, "1–6"),
    ("value = 3", 'value = "3"', 16, "whole number"),
    ("value = 3", "value = true", 16, "whole number"),
    ("value = 3", "value = 3\nage_limit = 65", 17, "unknown field 'age_limit'"),
    ("schema = 1", "schema = 2", 1, "schema must be 1"),
    ("schema = 1", "schema = 1\nparental_deduction = 12", 2, "unknown field"),
    ("schema = 1", "schema = ", 1, "not valid TOML"),
    ('slug = "provby"', 'slug = "annanby"', 4, "name of the file"),
    ('code = "9998"', 'code = "998"', 5, "four digits"),
    ('name = "Provby kommun"', 'name = ""', 6, "name is missing"),
    ('step = "needs"', 'step = "refuse_all"', 21, "unknown"),
    ('text = "En mening."', 'text = "En mening."\nwhen = ["rich"]', 23, "'rich' is unknown"),
    ('page = "s. 7"', "", 14, "page is missing"),
    ('page = "s. 7"', 'page = "s. 7"\nassumed = true', 19, "needs a reason"),
    ('page = "s. 7"', 'page = "s. 7"\nreason = "för att"', 19, "needs a reason"),
    ('page = "s. 7"', 'page = "s. 7"\nvalid_from = "2020-01-01"', 19, "must be a date"),
    ('page = "s. 7"', 'page = "s. 7"\nvalid_to = 2019-12-31', 19, "before valid_from"),
    ('document = "d"\npage = "s. 7"', 'document = "x"\npage = "s. 7"', 17, "no document 'x'"),
    ('roles = ["decision_maker"]', "roles = []", 29, "at least one"),
    ('roles = ["decision_maker"]', 'roles = ["mayor"]', 29, "'mayor' is unknown"),
    ("measures = [2]", "measures = [1]", 28, "2–10"),
    ('decisions = ["grant"]', 'decisions = ["grant_everything"]', 27, "unknown"),
    ("valid_from = 2020-01-01", "", 8, "valid_from is missing"),
    ("valid_from = 2020-01-01", 'valid_from = 2020-01-01\nlapsed_reason = "x"', 13, "can lapse"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "fault"), FAULTS, ids=[f[3] + f[1][:20] for f in FAULTS])
def test_a_fault_is_told_with_its_file_and_line(tmp_path, right, wrong, line, fault):
    assert GOOD.count(right) == 1
    path = written(tmp_path, GOOD.replace(right, wrong))
    with pytest.raises(GuidelineFileFaulty) as refused:
        load_file(path)
    assert fault in refused.value.fault
    assert refused.value.line == line
    assert str(refused.value).startswith(f"{path}:{line}: ")


def test_two_values_for_the_same_day_are_refused_and_two_after_each_other_are_not(tmp_path):
    again = '\n[[value]]\nname = "decision_time"\nvalue = 2\ndocument = "d"\npage = "s. 9"\nvalid_from = 2024-01-01\n'
    with pytest.raises(GuidelineFileFaulty, match="overlaps the value on line 14"):
        load_file(written(tmp_path, GOOD + again))
    ended = GOOD.replace('page = "s. 7"', 'page = "s. 7"\nvalid_to = 2023-12-31')
    values = load_file(written(tmp_path, ended + again)).values
    assert [value.value for value in values] == [3, 2]


def test_two_rows_that_let_different_people_decide_the_same_are_refused(tmp_path):
    again = '\n[[delegation]]\ndecisions = ["refusal", "grant"]\nroles = ["board"]\ntext = "t"\ndocument = "d"\npage = "s. 9"\n'
    with pytest.raises(GuidelineFileFaulty, match="overlaps the delegation on line 26"):
        load_file(written(tmp_path, GOOD + again))


def test_a_document_given_twice_and_a_file_without_any_are_refused(tmp_path):
    twice = '\n[[document]]\nid = "d"\ntitle = "Igen"\ndecided_by = "Nämnden"\nvalid_from = 2021-01-01\n'
    with pytest.raises(GuidelineFileFaulty, match="given twice"):
        load_file(written(tmp_path, GOOD + twice))
    with pytest.raises(GuidelineFileFaulty, match="at least one"):
        load_file(written(tmp_path, GOOD[: GOOD.index("[[document]]")]))


def test_tables_are_written_one_to_a_line_so_that_faults_can_be_pointed_at(tmp_path):
    with pytest.raises(GuidelineFileFaulty, match="on a line of its own"):
        load_file(written(tmp_path, 'value = [{name = "decision_time"}]\n' + GOOD[: GOOD.index("[[value]]")]))
