"""CSV and HTML tables."""

from __future__ import annotations

import pytest

from analysis.intake.reader import read_workbook
from tests.intake.files import only_sheet


def texts(data: bytes, name: str) -> dict[str, str]:
    return {cell.address: cell.text for cell in only_sheet(data, name).cells.values()}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_delimiter(codec: str, delimiter: str) -> None:
    """喆 is missing in gb2312, 㙍 and 𬭎 in gbk."""
    table = delimiter.join(["单位", "人数", "备注"]) + "\r\n" + delimiter.join(["喆㙍𬭎", "12", "无"])

    assert texts(table.encode(codec), "导出.csv") == {
        "A1": "单位", "B1": "人数", "C1": "备注", "A2": "喆㙍𬭎", "B2": "12", "C2": "无",
    }  # fmt: skip


def test_utf_16_of_the_other_byte_order_is_read() -> None:
    assert texts(b"\xfe\xff" + "单位,人数".encode("utf-16-be"), "x.csv") == {"A1": "单位", "B1": "人数"}


def test_a_record_over_several_lines_is_one_row() -> None:
    assert texts(b'a,"x\ny",1\nb,,2', "x.csv") == {"A1": "a", "B1": "x\ny", "C1": "1", "A2": "b", "C2": "2"}


@pytest.mark.parametrize(
    "written, kind, value, text",
    [
        ("12", "number", 12, "12"),
        ("12.50", "number", 12.5, "12.50"),
        ("-3", "number", -3, "-3"),
        ("007", "text", "007", "007"),
        ("85%", "text", "85%", "85%"),
        ("1e5", "text", "1e5", "1e5"),
        ("1234567890123456", "text", "1234567890123456", "1234567890123456"),
        ("2025-03-05", "text", "2025-03-05", "2025-03-05"),
        ('"=""001"""', "text", "001", "001"),
    ],
)
def test_plain_digits_of_a_csv_are_a_number_and_all_else_is_text(
    written: str, kind: str, value: object, text: str
) -> None:
    cell = only_sheet(f"x,{written}".encode(), "x.csv").cells[1, 2]

    assert (cell.kind, cell.value, cell.text) == (kind, value, text)


def test_the_line_that_names_the_delimiter_is_obeyed() -> None:
    assert texts(b"sep=;\r\n1,5;2", "x.csv") == {"A1": "1,5", "B1": "2"}


def test_a_csv_is_told_and_has_a_sheet_without_a_name() -> None:
    workbook = read_workbook(b"a,b", "x.csv")

    assert (workbook.format, workbook.notes, workbook.sheets[0].name) == ("csv", ("M04",), "")


def test_bytes_that_are_no_text_are_no_csv() -> None:
    assert read_workbook(b"a,b\x00c\x01", "x.csv").problem == "M07"


PAGE = """<html><head><title>no</title><style>p{{}}</style></head><body><p>填报单位：市财政局</p>
<table><tr><th rowspan=2>类别</th><th colspan=2>上半年</th></tr><tr><th>人数</th><th>人次</th></tr>
<tr style="display:none"><td>其他</td><td>{number}</td><td><s>7</s></td></tr></table>
<table><tr><td>a<br>b</td></tr></table></body></html>"""


def test_tables_of_a_page_stand_below_each_other_after_the_text_above_them() -> None:
    assert texts(PAGE.format(number="12").encode(), "x.xls") == {
        "A1": "填报单位：市财政局", "A2": "类别", "B2": "上半年", "B3": "人数", "C3": "人次",
        "A4": "其他", "B4": "12", "C4": "7", "A6": "a\nb",
    }  # fmt: skip


def test_joined_cells_hidden_rows_and_strike_through_of_a_page_are_told() -> None:
    sheet = only_sheet(PAGE.format(number="12").encode("gb18030"), "x.xls")

    assert [str(span) for span in sheet.merges] == ["A2:A3", "B2:C2"]
    assert (sheet.hidden_rows, sheet.cells[4, 3].struck, sheet.cells[4, 2].struck) == ({4}, True, False)


def test_the_exact_number_that_excel_writes_beside_the_shown_one_counts() -> None:
    page = b'<table><tr><td x:num="1234.5">1,235</td><td x:num="0.85">85%</td></tr></table>'

    assert texts(page, "x.xls") == {"A1": "1234.5", "B1": "85%"}


def test_cells_without_rows_and_tables_without_end_are_read() -> None:
    assert texts(b"<table><td>1<td>2<tr><td rowspan=9>3", "x.xls") == {"A1": "1", "B1": "2", "A2": "3"}


def test_a_page_under_the_name_of_a_workbook_is_told() -> None:
    assert read_workbook(PAGE.format(number=1).encode(), "x.xls").notes == ("M03",)


def test_a_page_that_joins_cells_beyond_the_sheet_is_refused() -> None:
    page = "<table><tr>" + "<td colspan=16384>1</td>" * 2 + "</tr></table>"

    assert read_workbook(page.encode(), "x.html").problem == "M07"
