"""Tables are recognised as blocks of our forms by their headers, wherever they stand."""

from analysis.records import Cell, Sheet, Span
from tests.returns import cell, clean, f1_sheet, f3_sheet, fact, sheet

LINE = {"hc_end": 21, "elder_care.persons": 6, "elder_care.person_times": 7, "elder_care.hours": 14, "distinct_any": 6}
STAFF = {"unit_name": "澜江市科学技术局", "hc_end": 42}


def moved(whole: Sheet, rows: int, name: str = "表3") -> Sheet:
    """The sheet with everything further down."""
    cells = {(r + rows, c): Cell(r + rows, c, x.value, x.text, x.kind) for (r, c), x in whole.cells.items()}
    merges = tuple(Span(s.first_row + rows, s.first_column, s.last_row + rows, s.last_column) for s in whole.merges)
    return Sheet(name, cells, merges)


def joined(first: Sheet, second: Sheet, *more: Cell) -> Sheet:
    extra = {(entry.row, entry.column): entry for entry in more}
    return Sheet("表3", {**first.cells, **second.cells, **extra}, (*first.merges, *second.merges))


def without_head(whole: Sheet) -> Sheet:
    return Sheet(whole.name, {place: c for place, c in whole.cells.items() if place[0] > 3}, whole.merges)


def test_a_form_that_stands_lower_than_issued_is_read():
    result = clean(moved(f3_sheet([LINE, LINE]), 2))

    assert fact(result, "persons", "elder_care", row=2).cell == "D10"


def test_a_list_that_goes_on_under_its_repeated_header_is_one_list():
    again = moved(without_head(f3_sheet([{**LINE, "serial": 3, "office_name": "第三科"}])), 5)

    result = clean(joined(f3_sheet([LINE, LINE]), again))

    assert [f.row for f in result.facts if f.item == "elder_care" and f.measure == "persons"] == [1, 2, 3]


def test_a_second_table_with_a_title_of_its_own_is_noted_and_not_read():
    again = moved(without_head(f3_sheet([{**LINE, "office_name": "下属中心"}])), 8)
    first = f3_sheet([LINE, LINE], {"elder_care.persons": 12})

    result = clean(joined(first, again, cell("A11", "附:二级单位参与情况")))

    assert len([f for f in result.facts if f.item == "elder_care" and f.measure == "persons"]) == 2
    assert any(query.rule == "M25" for query in result.queries)


def test_label_and_value_in_one_cell_are_told_apart():
    whole = f1_sheet(STAFF)
    cells = {place: c for place, c in whole.cells.items() if place not in ((6, 3), (6, 4))}
    cells[6, 3] = cell("C6", "年末在职在岗人数:42")

    result = clean(Sheet("表1", cells, whole.merges))

    assert (fact(result, "hc_end").value, fact(result, "hc_end").cell) == (42, "C6")


def test_two_forms_on_one_sheet_are_both_read():
    both = joined(f1_sheet(STAFF), moved(f3_sheet([LINE, LINE]), 16))

    result = clean(both)

    assert result.submission.forms == "F1;F3"
    assert fact(result, "hc_end", row=0).value == 42


def test_any_other_table_is_none_of_our_forms():
    other = sheet(
        "Sheet1", {"A1": "品名", "B1": "单价", "C1": "数量", "D1": "金额", "A2": "笔", "B2": 2, "C2": 3, "D2": 6}
    )

    assert clean(other).submission.forms == ""
