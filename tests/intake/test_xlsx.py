"""xlsx workbooks: what is in a cell, beside it and around it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font

from analysis.intake.reader import read_workbook
from tests.intake.files import cell_at, only_sheet, raw_xlsx, row_of, saved, styled, xlsx

MOMENTS = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(2199, 12, 31)).map(lambda one: one.replace(microsecond=0))
TEXTS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0xFFFD, exclude_categories=["Cs", "Cc", "Cn"]), min_size=1
)
VALUES = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e14, 1e14).map(lambda one: float(f"{one:.14g}")),
    st.booleans(),
    MOMENTS,
    TEXTS.filter(lambda one: one.strip() and not one.startswith(("=", "#")) and "_x" not in one),
)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 60), st.integers(1, 40)), VALUES.filter(lambda one: one is not None), max_size=12
    )
)
def test_what_another_program_writes_is_what_we_read(cells: dict[tuple[int, int], Any]) -> None:
    """openpyxl is the other program. Nothing is lost, moved or added."""
    workbook = openpyxl.Workbook()
    for (row, column), value in cells.items():
        workbook.active.cell(row, column, value)

    sheet = only_sheet(saved(workbook))

    def plain(value: Any) -> Any:
        midnight = isinstance(value, dt.datetime) and value.time() == dt.time()
        return value.date() if midnight else value

    assert {place: cell.value for place, cell in sheet.cells.items()} == {
        place: plain(value) for place, value in cells.items()
    }


@pytest.mark.parametrize(
    "value, kind, text",
    [
        (42, "number", "42"),
        (0.5, "number", "0.5"),
        (True, "bool", "TRUE"),
        ("约50人", "text", "约50人"),
        (dt.datetime(2025, 3, 5), "date", "2025-03-05"),
        (dt.time(8, 30), "time", "08:30:00"),
        (dt.timedelta(hours=30), "time", "30:00:00"),
    ],
)
def test_each_kind_of_value_has_its_kind_and_text(value: Any, kind: str, text: str) -> None:
    cell = cell_at(xlsx({"A1": value}))

    assert (cell.kind, cell.text) == (kind, text)


def test_white_space_alone_is_no_cell() -> None:
    assert only_sheet(xlsx({"A1": "  ", "B2": "x"})).cells.keys() == {(2, 2)}


def test_a_formula_without_result_is_told_as_formula() -> None:
    """openpyxl never works formulas out."""
    cell = cell_at(xlsx({"A1": 1, "A4": "=SUM(A1:A3)"}), "A4")

    assert (cell.kind, cell.value, cell.text, cell.formula) == ("formula", None, "=SUM(A1:A3)", "=SUM(A1:A3)")


def test_a_formula_with_result_is_an_ordinary_cell() -> None:
    cell = cell_at(raw_xlsx(row_of('<c r="A1"><f>SUM(B1:B3)</f><v>7</v></c>')))

    assert (cell.kind, cell.value, cell.text, cell.formula) == ("number", 7, "7", "=SUM(B1:B3)")


def test_a_formula_whose_result_is_an_empty_text_shows_nothing() -> None:
    assert not only_sheet(raw_xlsx(row_of('<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>'))).cells


def test_zeros_that_a_program_writes_for_results_it_never_worked_out_are_no_results() -> None:
    """XlsxWriter and others write 0 with every formula, and ask for recalculation on opening."""
    rows = row_of('<c r="A1"><f>SUM(B1:B3)</f><v>0</v></c><c r="B1"><v>5</v></c>')
    asks = '<calcPr fullCalcOnLoad="1"/>'

    assert cell_at(raw_xlsx(rows, workbook=asks)).kind == "formula"
    assert cell_at(raw_xlsx(rows)).value == 0


def test_a_zero_among_real_results_is_a_result() -> None:
    rows = row_of('<c r="A1"><f>SUM(B1:B3)</f><v>0</v></c><c r="B1"><f>SUM(C1:C3)</f><v>5</v></c>')

    assert cell_at(raw_xlsx(rows, workbook='<calcPr fullCalcOnLoad="1"/>')).value == 0


def test_a_child_of_a_shared_formula_gets_its_own_references() -> None:
    rows = row_of(
        '<c r="A1"><f t="shared" ref="A1:B1" si="0">SUM(A3:A$9)*$C$2</f><v>1</v></c>'
        '<c r="B1"><f t="shared" si="0"/></c>'
    )

    assert cell_at(raw_xlsx(rows), "B1").text == "=SUM(B3:B$9)*$C$2"


def test_a_child_whose_shared_formula_cannot_be_moved_is_still_a_formula() -> None:
    rows = row_of(
        '<c r="A1"><f t="shared" ref="A1:B1" si="0">IF(A3="A1",1,0)</f><v>1</v></c><c r="B1"><f t="shared" si="0"/></c>'
    )
    cell = cell_at(raw_xlsx(rows), "B1")

    assert (cell.kind, cell.formula, cell.text) == ("formula", None, "=")


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_an_error_is_a_cell_of_its_own_kind(error: str) -> None:
    cell = cell_at(raw_xlsx(row_of(f'<c r="A1" t="e"><f>B1/0</f><v>{error}</v></c>')))

    assert (cell.kind, cell.text, cell.formula) == ("error", error, "=B1/0")


def test_rich_text_is_joined_and_reading_aids_are_left_out() -> None:
    text = "<si><r><t>学习</t></r><r><rPr><b/></rPr><t>雷锋</t></r><rPh sb='0' eb='1'><t>xue</t></rPh></si>"

    assert cell_at(raw_xlsx(row_of('<c r="A1" t="s"><v>0</v></c>'), strings=text)).value == "学习雷锋"


@pytest.mark.parametrize(
    "written, read",
    [
        ("a_x000D_b", "a\rb"),
        ("a_x005F_x000D_b", "a_x000D_b"),
        ("a_x0007_b", "a_x0007_b"),
        ("_xD83D__xDE00_", "\U0001f600"),
        (" 两头空 ", " 两头空 "),
    ],
)
def test_characters_written_as_codes_are_decoded_and_blanks_kept(written: str, read: str) -> None:
    cell = f'<c r="A1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'

    assert cell_at(raw_xlsx(row_of(cell))).value == read


def test_cells_without_address_follow_each_other() -> None:
    data = raw_xlsx("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>")

    assert [cell.address for cell in only_sheet(data).cells.values()] == ["A1", "B1", "A2"]


def test_a_date_format_without_code_in_the_file_makes_a_date() -> None:
    cell = cell_at(raw_xlsx(row_of('<c r="A1" s="1"><v>45721</v></c>'), styles=styled(number=31)))

    assert (cell.kind, cell.text) == ("date", "2025-03-05")


def test_the_1904_system_moves_dates_by_four_years() -> None:
    data = raw_xlsx(
        row_of('<c r="A1" s="1"><v>44259</v></c>'), styles=styled(number=14), workbook='<workbookPr date1904="1"/>'
    )

    assert cell_at(data).value == dt.date(2025, 3, 5)


def test_a_zero_in_a_date_format_stays_a_number_and_tells_its_format() -> None:
    cell = cell_at(raw_xlsx(row_of('<c r="A1" s="1"><v>0</v></c>'), styles=styled("yyyy-mm-dd")))

    assert (cell.kind, cell.value, cell.number_format) == ("number", 0, "yyyy-mm-dd")


def test_a_percent_format_is_told_beside_the_number() -> None:
    cell = cell_at(raw_xlsx(row_of('<c r="A1" s="1"><v>0.85</v></c>'), styles=styled("0.0%")))

    assert (cell.value, cell.text, cell.number_format) == (0.85, "0.85", "0.0%")


def test_the_strict_edition_stores_dates_as_text() -> None:
    cell = cell_at(raw_xlsx(row_of('<c r="A1" t="d"><v>2025-03-05T00:00:00</v></c>')))

    assert cell.value == dt.date(2025, 3, 5)


def test_a_struck_through_cell_is_told() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 50
    workbook.active["A1"].font = Font(strike=True)

    assert cell_at(saved(workbook)).struck


def test_a_text_of_which_a_part_is_struck_through_is_told() -> None:
    """`40` struck and `50` beside it must not be read as 4050."""
    text = "<si><r><rPr><strike/></rPr><t>40</t></r><r><t>50</t></r></si>"

    assert cell_at(raw_xlsx(row_of('<c r="A1" t="s"><v>0</v></c>'), strings=text)).struck


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["A2"], sheet["C3"] = 1, 2, 3
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[500].hidden = True
    sheet.column_dimensions["C"].hidden = True
    draft = workbook.create_sheet("草稿")
    draft.sheet_state = "veryHidden"

    shown, hidden = read_workbook(saved(workbook), "x.xlsx").sheets

    assert (shown.hidden_rows, shown.hidden_columns) == ({2}, {3})
    assert [cell.hidden for cell in shown.cells.values()] == [False, True, True]
    assert (shown.hidden, hidden.hidden) == (False, True)


def test_merged_ranges_are_told_and_a_value_under_one_is_hidden() -> None:
    sheet = only_sheet(
        raw_xlsx(
            row_of('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>') + '<mergeCells><mergeCell ref="A1:C2"/></mergeCells>'
        )
    )

    assert [str(span) for span in sheet.merges] == ["A1:C2"]
    assert [cell.hidden for cell in sheet.cells.values()] == [False, True]


def test_comments_are_told_with_their_cells() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["B2"] = 50
    workbook.active["B2"].comment = Comment("含退休3人", "x")

    assert cell_at(saved(workbook), "B2").comment == "含退休3人"


def test_a_thread_of_comments_replaces_the_old_comment_beside_it() -> None:
    thread = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    data = raw_xlsx(
        row_of('<c r="A1"><v>1</v></c>'),
        links=(("rId1", "comments", "../comments1.xml"), ("rId2", "threadedComment", "../thread.xml")),
        more={
            "xl/comments1.xml": '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<commentList><comment ref="A1"><text><t>[Threaded]</t></text></comment></commentList></comments>',
            "xl/thread.xml": f'<ThreadedComments xmlns="{thread}"><threadedComment ref="A1"><text>含退休</text>'
            '</threadedComment><threadedComment ref="A1"><text>3人</text></threadedComment></ThreadedComments>',
        },
    )

    assert cell_at(data).comment == "含退休\n3人"


def test_a_comment_on_a_blank_cell_is_told_of_the_file() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["B2"].comment = Comment("共50人", "x")

    assert "M32" in read_workbook(saved(workbook), "x.xlsx").notes


def test_links_to_other_files_and_macros_are_told_of_the_file() -> None:
    plain = row_of('<c r="A1"><v>1</v></c>')

    assert read_workbook(raw_xlsx(plain, more={"xl/vbaProject.bin": b"x"}), "x.xlsm").notes == ("M06",)
    assert read_workbook(raw_xlsx(plain, more={"xl/externalLinks/externalLink1.xml": "<x/>"}), "x.xlsx").notes == (
        "M06",
    )


def test_the_declared_extent_is_not_believed() -> None:
    """WPS writes A1:A1 for any sheet."""
    cells = '<dimension ref="A1:A1"/>' + row_of('<c r="D1"><v>4</v></c>')

    assert only_sheet(raw_xlsx(cells)).cells.keys() == {(1, 4)}


def test_two_far_cells_cost_no_more_than_two_near_ones() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'

    assert len(only_sheet(raw_xlsx(f"<sheetData>{rows}</sheetData>")).cells) == 2
