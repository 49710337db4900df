"""One workbook -> who sent it, whether it counts, and what becomes of each of its cells."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.records import Workbook
from tests.returns import cell, clean, f1_sheet, f3_sheet, fact, head, reference, sheet

STAFF = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "hc_start": 41, "joined": 3, "left": 2, "hc_end": 42}
LINE = {
    "hc_end": 42,
    "elder_care.persons": 12,
    "elder_care.person_times": 15,
    "elder_care.hours": 30,
    "distinct_any": 12,
}


def state(result):
    return result.submission.state, result.submission.rule


def questions(result, *treatments):
    return {
        (query.rule, query.cell)
        for query in result.queries
        if query.treatment in (treatments or ("ASK", "BACK", "DROP"))
    }


def silent_cells(result):
    """Value cells of the ledger that no fact and no query stands at."""
    spoken = {(entry.sheet, entry.cell) for entry in (*result.facts, *result.queries)}
    return [row for row in result.ledger if row.role == "value" and (row.sheet, row.cell) not in spoken]


def test_the_code_in_the_head_names_the_sender():
    result = clean(f3_sheet([LINE], unit="", code="LJ-G04"))

    assert (result.submission.unit_code, result.submission.unit_from) == ("LJ-G04", "code")


def test_without_a_code_the_written_name_counts():
    result = clean(f3_sheet([LINE], unit="市科技局", code=""))

    assert (result.submission.unit_code, result.submission.unit_from) == ("LJ-G04", "name")


def test_without_code_and_name_the_file_name_counts():
    result = clean(f3_sheet([LINE], unit="", code=""), file="市科技局精神文明报表(最终版).xlsx")

    assert (result.submission.unit_code, result.submission.unit_from) == ("LJ-G04", "file")
    assert not any(query.rule == "M57" for query in result.queries)


def test_a_name_and_a_code_of_two_units_send_the_return_back():
    result = clean(f3_sheet([LINE], unit="澜江市财政局", code="LJ-G04"))

    assert state(result) == ("returned", "M12")
    assert result.facts == ()


def test_a_name_of_two_units_without_a_code_sends_the_return_back():
    assert state(clean(f3_sheet([LINE], unit="市教育体育局", code=""))) == ("returned", "M57")


def test_a_name_that_is_no_unit_is_asked_about_when_the_code_tells_the_sender():
    result = clean(f3_sheet([LINE], unit="国库支付中心", code="LJ-G04"))

    assert state(result) == ("accepted", None)
    assert ("M57", "A2") in questions(result, "ASK")


def test_a_return_of_another_year_is_sent_back():
    assert state(clean(f3_sheet([LINE], year=2024))) == ("returned", "M11")


def test_a_workbook_without_our_forms_is_sent_back():
    result = clean(sheet("Sheet1", {"A1": "名称", "B1": "数量", "A2": "甲", "B2": 3}))

    assert state(result) == ("returned", "M10")


def test_a_form_known_by_its_number_but_not_by_its_columns_is_sent_back_alone():
    broken = sheet("表2", {**head(form_no=2), "A5": "活动", "B5": "人", "A6": "植树", "B6": 3})

    result = clean(f3_sheet([LINE]), broken)

    assert state(result) == ("accepted", None)
    assert result.submission.forms == "F3"
    assert ("M10", None) in questions(result, "BACK")


def test_an_inserted_column_is_left_out_and_shifts_nothing():
    whole = f3_sheet([LINE])
    moved = {(c.row, c.column + (c.column > 3)): c for c in whole.cells.values()}
    shifted = {place: type(c)(*place, c.value, c.text, c.kind) for place, c in moved.items()}
    extra = {(4, 4): cell("D4", "联系人"), (7, 4): cell("D7", "某某")}
    merges = tuple(
        type(s)(s.first_row, s.first_column + (s.first_column > 3), s.last_row, s.last_column + (s.last_column > 3))
        for s in whole.merges
    )
    result = clean(type(whole)("表3", shifted | extra, merges))

    assert fact(result, "persons", "elder_care").value == 12
    assert fact(result, "persons", "elder_care").cell == "E7"
    assert {row.rule for row in result.ledger if row.cell == "D7"} == {"M20"}


def test_a_missing_group_of_columns_is_one_question_and_the_rest_is_read():
    whole = f3_sheet([LINE])
    cells = {place: c for place, c in whole.cells.items() if not 26 <= c.column <= 28}
    result = clean(type(whole)("表3", cells, tuple(s for s in whole.merges if not 26 <= s.first_column <= 28)))

    assert [(q.rule, q.field) for q in result.queries if q.rule == "M20"] == [("M20", "legal_aid.persons")]
    assert fact(result, "persons", "golden_autumn_aid").value == 0
    assert state(result) == ("accepted", None)


def test_a_missing_single_column_sends_the_form_back():
    whole = f3_sheet([LINE])
    cells = {place: c for place, c in whole.cells.items() if c.column != 5}
    result = clean(type(whole)("表3", cells, whole.merges))

    assert result.facts == ()
    assert ("M20", None) in questions(result, "BACK")


def test_a_total_that_is_not_the_sum_is_asked_about_and_changes_no_line():
    result = clean(f3_sheet([LINE, LINE], {"elder_care.persons": 30}))

    assert ("M27", "D9") in questions(result, "ASK")
    assert fact(result, "persons", "elder_care", row=1).value == 12


def test_a_total_that_left_out_one_line_is_a_slip():
    result = clean(f3_sheet([LINE, {**LINE, "elder_care.persons": 5}], {"elder_care.persons": 12}))

    assert ("M27", "D9") in questions(result, "FIX")


def test_with_only_the_total_filled_its_cells_are_the_values():
    result = clean(f3_sheet([], {"hc_end": 42, "elder_care.persons": 12}))

    assert (fact(result, "persons", "elder_care").row, fact(result, "persons", "elder_care").value) == (0, 12)
    assert ("M27", "C7") in questions(result, "NOTE")


def test_an_exact_repeat_of_a_line_is_dropped_with_its_values_rejected():
    double = {**LINE, "office_name": "办公室"}
    result = clean(f3_sheet([double, double]))

    assert {f.status for f in result.facts if f.row == 2} == {"rejected"}
    assert ("M34", "A8") in questions(result, "DROP")


@pytest.mark.parametrize(
    "total, asked", [(12, set()), (24, set()), (30, {("M27", "D9")})], ids=["without the copy", "with it", "neither"]
)
def test_a_dropped_line_does_not_switch_off_the_check_of_its_columns(total, asked):
    double = {**LINE, "office_name": "办公室"}
    result = clean(f3_sheet([double, double], {"elder_care.persons": total}))

    assert {entry for entry in questions(result, "ASK", "FIX") if entry[0] == "M27"} == asked


def test_two_lines_of_one_office_with_other_numbers_are_asked_about():
    first = {**LINE, "office_name": "办公室"}
    result = clean(f3_sheet([first, {**first, "elder_care.persons": 11}]))

    assert ("M34", "B8") in questions(result, "ASK")
    assert fact(result, "persons", "elder_care", row=2).value == 11


def test_a_money_column_in_ten_thousands_is_multiplied_and_told():
    whole = f3_sheet([{**LINE, "hope_project.persons": 2, "hope_project.amount_yuan": 0.05}])
    cells = {**whole.cells, (5, 8): cell("H5", "金额(万元)")}
    del cells[6, 8]
    result = clean(type(whole)("表3", cells, whole.merges))

    money = fact(result, "amount_yuan", "hope_project")
    assert (money.value, money.rule, money.status) == (500, "M74", "repaired")


def test_a_hidden_sheet_is_never_read_into_the_data():
    hidden = f3_sheet([{**LINE, "elder_care.persons": 40}])
    draft = type(hidden)("草稿", hidden.cells, hidden.merges, hidden=True)

    result = clean(f3_sheet([LINE]), draft)

    assert fact(result, "persons", "elder_care").value == 12
    assert {row.role for row in result.ledger if row.sheet == "草稿"} == {"ignored"}


def test_two_filled_sheets_of_one_form_count_neither():
    first = f3_sheet([LINE])
    second = type(first)("表3(2)", first.cells, first.merges)

    result = clean(first, second)

    assert result.facts == ()
    assert Counter(q.rule for q in result.queries)["M14"] == 2


def test_names_of_persons_are_stored_as_yes_and_masked():
    result = clean(f1_sheet({**STAFF, "leader_named": "吴春梅", "liaison_named": "徐海涛 13812345678"}))

    assert fact(result, "leader_named").text == "yes"
    assert fact(result, "leader_named").raw == "■"
    assert "13812345678" not in repr(result)
    assert ("M62", "B12") in questions(result, "NOTE")


def test_a_blank_required_cell_is_a_question_and_no_fact():
    result = clean(f1_sheet({**STAFF, "hc_end": None}))

    assert not [f for f in result.facts if f.measure == "hc_end"]
    assert ("M52", "D6") in questions(result, "ASK")


def test_a_sum_without_stored_value_is_computed_from_the_cells():
    result = clean(f3_sheet([LINE, {**LINE, "elder_care.persons": "=SUM(D7:D7)"}]))

    summed = fact(result, "persons", "elder_care", row=2)
    assert (summed.value, summed.rule, summed.status) == (12, "M56", "repaired")


def test_any_other_formula_without_value_is_asked_about():
    result = clean(f3_sheet([{**LINE, "elder_care.persons": "=D8*2"}]))

    assert fact(result, "persons", "elder_care").status == "queried"


@pytest.mark.parametrize(
    "kind, problem, expected", [("pdf", "M09", "skipped"), ("xlsx", "M05", "returned"), ("lock", "M07", "skipped")]
)
def test_what_cannot_be_read_is_a_row_with_its_rule(kind, problem, expected):
    result = clean_workbook(FileTask("市科技局.x", b"?", reference()), Workbook(kind, problem=problem, detail="?"))

    assert state(result) == (expected, problem)
    assert len(result.queries) == 1


def test_a_note_about_a_cell_never_hides_a_question_about_it():
    """A line that stands twice, serial number and all: the broken numbering is told at the cell of the dropped line."""
    line = {**LINE, "office_name": "办公室", "serial": 1}

    result = clean(f3_sheet([line, line]))

    assert ("M34", "A8") in questions(result, "DROP")


CELLS = st.one_of(
    st.integers(-3, 99),
    st.floats(0, 9, allow_nan=False).map(lambda number: round(number, 1)),
    st.sampled_from(
        [
            "约50",
            "30-40",
            "—",
            "无",
            "同上",
            "12人",
            "３",
            "详见附件",
            "x",
            "#REF!",
            "=A1",
            "五",
            "85%",
            "50(其中党员2)",
        ]
    ),
    st.text(min_size=1, max_size=6).filter(str.strip),
)


@given(values=st.lists(CELLS, min_size=4, max_size=4), stray=CELLS)
def test_every_cell_of_any_return_stands_once_in_the_ledger_and_no_value_is_silent(values, stray):
    names = ["elder_care.persons", "elder_care.hours", "hope_project.amount_yuan", "distinct_any"]
    whole = f3_sheet([{**LINE, **dict(zip(names, values, strict=True))}, LINE], {"elder_care.persons": 24})
    cells = {**whole.cells, (7, 50): cell("AX7", stray)}

    result = clean(type(whole)("表3", cells, whole.merges))

    if result.submission.state == "accepted":
        assert Counter(row.cell for row in result.ledger) == Counter(c.address for c in cells.values())
        assert silent_cells(result) == []
