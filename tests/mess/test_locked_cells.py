"""Cells of the form as issued that were typed over: told, never asked, and nothing is read from them (M78)."""

from dataclasses import replace

import pytest

from tests.returns import cell, clean, f3_sheet, sheet

LINES = [{"hc_end": 20, "elder_care.persons": n, "elder_care.person_times": n, "elder_care.hours": n} for n in (3, 4)]
SUMS = {"C": "hc_end", "D": "elder_care.persons", "E": "elder_care.person_times", "F": "elder_care.hours"}


def told(wide):
    """Cell and message of each note on changed cells, and the result."""
    result = clean(wide)
    notes = [query for query in result.queries if query.rule == "M78"]
    assert {(query.treatment, query.state) for query in notes} <= {("NOTE", "closed")}
    return {query.cell: query.message_zh for query in notes}, result


def with_heads(**changed):
    """F3 with other texts in the cells of its head."""
    made = f3_sheet(LINES)
    cells = {place: replace(c, value=changed[c.address], text=changed[c.address]) if c.address in changed else c
             for place, c in made.cells.items()}  # fmt: skip
    return replace(made, cells=cells)


def with_total(**typed):
    """F3 whose total line holds sums, but for the columns that were typed over."""
    made = f3_sheet(LINES)
    values = {"C": 40, "D": 7, "E": 7, "F": 7}
    total = [cell("A9", "合计")]
    for letters, value in values.items():
        number = typed.get(letters, value)
        formula = None if letters in typed else f"=SUM({letters}7:{letters}8)"
        total.append(cell(f"{letters}9", number, formula=formula))
    return replace(made, cells={**made.cells, **{(c.row, c.column): c for c in total}})


def test_m78_a_form_as_issued_is_not_noted():
    assert told(f3_sheet(LINES))[0] == {}


@pytest.mark.parametrize("code", ["单位代码:G04", "单位代码:LJ—G4", "单位代码:科技局"])
def test_m78_a_code_of_the_head_that_is_no_longer_the_units_is_noted(code):
    notes, result = told(with_heads(C3=code))

    assert set(notes) == {"C3"}
    assert "LJ-G04" in notes["C3"]
    assert (result.submission.unit_code, result.submission.state) == ("LJ-G04", "accepted")


@pytest.mark.parametrize("code", ["单位代码:LJ-G04", "单位代码: ｌｊ-g04 ", "单位代码:LJ-G04(科技局)", "单位代码:"])
def test_m78_a_code_in_another_spelling_or_left_out_is_not_noted(code):
    assert told(with_heads(C3=code))[0] == {}


def test_m78_another_number_of_the_form_is_noted_with_the_one_that_was_printed():
    notes, _ = told(with_heads(D2="表号:澜直文明03表(改)"))

    assert set(notes) == {"D2"}
    assert "澜直文明3表" in notes["D2"]


def test_m78_numbers_typed_over_the_sums_of_a_total_line_are_noted_once_and_the_lines_count():
    notes, result = told(with_total(E=7))

    assert set(notes) == {"E9"}
    assert [fact.value for fact in result.facts if fact.measure == "person_times" and fact.item == "elder_care"] == [
        3,
        4,
    ]


def test_m78_a_wrong_number_typed_over_a_sum_is_asked_about_by_its_own_rule_as_well():
    notes, result = told(with_total(D=99))

    assert set(notes) == {"D9"}
    assert [query.cell for query in result.queries if query.rule == "M27"] == ["D9"]


def test_m78_a_total_line_that_is_typed_as_a_whole_is_usual():
    assert told(f3_sheet(LINES, total={"hc_end": 40, "elder_care.persons": 7}))[0] == {}


def test_m78_a_total_line_that_still_is_all_sums_is_not_noted():
    assert told(with_total())[0] == {}


def test_m78_a_sheet_that_is_none_of_ours_is_not_looked_at():
    other = sheet("草稿", {"A1": "表号:X", "A2": "合计", "B2": 3})

    assert {query.rule for query in clean(other, f3_sheet(LINES)).queries} & {"M78"} == set()
