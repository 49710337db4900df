"""Old .xls workbooks and WPS .et files."""

from __future__ import annotations

import datetime as dt
import struct

import pytest
import xlwt

from analysis.intake.biff import is_encrypted, links_elsewhere, look_at_sheets, plain_sum
from analysis.intake.limits import Unreadable
from analysis.intake.ole import SIGNATURE, OleFile
from analysis.intake.reader import read_workbook
from analysis.intake.xls_reader import workbook_stream
from tests.intake.files import cell_at, only_sheet, saved_xls, xls

PERCENT, DAY, STRUCK = (
    xlwt.easyxf(num_format_str="0%"),
    xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'),
    xlwt.easyxf("font: struck_out on"),
)


def record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def biff5(text: bytes, code_page: int | None) -> bytes:
    """Bare stream of an Excel 5 workbook with one text in A1."""
    globals_mark = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0))
    page = b"" if code_page is None else record(0x0042, struct.pack("<H", code_page))
    name = record(0x0085, struct.pack("<IBBB", 0, 0, 0, 1) + b"S")
    head = globals_mark + page + name + record(0x000A, b"")
    start = struct.pack("<I", len(head))
    head = head.replace(name, record(0x0085, start + struct.pack("<BBB", 0, 0, 1) + b"S"))
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    label = record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
    return head + sheet + label + record(0x000A, b"")


@pytest.mark.parametrize(
    "value, kind, text",
    [
        (42, "number", "42"),
        (0.1, "number", "0.1"),
        (True, "bool", "TRUE"),
        ("约50人 喆𬭎", "text", "约50人 喆𬭎"),
        ((dt.date(2025, 3, 5), DAY), "date", "2025-03-05"),
        ((0.85, PERCENT), "number", "0.85"),
    ],
)
def test_each_kind_of_value_has_its_kind_and_text(value: object, kind: str, text: str) -> None:
    cell = cell_at(xls({(1, 1): value}), name="x.xls")

    assert (cell.kind, cell.text) == (kind, text)


def test_places_formats_and_strike_through_are_told() -> None:
    cells = only_sheet(xls({(3, 2): (0.85, PERCENT), (4, 3): (50, STRUCK)}), "x.xls").cells

    assert [(cell.address, cell.number_format, cell.struck) for cell in cells.values()] == [
        ("B3", "0%", False),
        ("C4", None, True),
    ]


def test_a_formula_that_was_never_worked_out_is_told_as_formula() -> None:
    """xlwt works nothing out; a plain sum over one range is told in words."""
    cells = only_sheet(xls({(1, 1): xlwt.Formula("SUM(B1:B3)"), (2, 1): xlwt.Formula("B1*2")}), "x.xls").cells

    assert [(cell.kind, cell.formula) for cell in cells.values()] == [("formula", "=SUM(B1:B3)"), ("formula", None)]


def test_an_empty_text_as_result_shows_nothing() -> None:
    assert not only_sheet(xls({(1, 1): xlwt.Formula('IF(B1="","",B1)')}), "x.xls").cells


def test_only_a_sum_over_one_range_is_a_plain_sum() -> None:
    area = struct.pack("<BHHHH", 0x25, 0, 2, 0x4001, 0x4001)

    assert plain_sum(area + b"\x19\x10\x00\x00") == "=SUM(B1:B3)"
    assert plain_sum(area + b"\x42\x01\x04\x00") == "=SUM(B1:B3)"
    assert plain_sum(area + b"\x42\x01\x05\x00") is None
    assert plain_sum(area + b"\x19\x10\x00\x00\x1e\x02\x00\x05") is None


def test_an_error_is_a_cell_of_its_own_kind() -> None:
    workbook = xlwt.Workbook()
    workbook.add_sheet("S").row(0).set_cell_error(0, "#REF!")

    assert (cell_at(saved_xls(workbook), name="x.xls").kind, cell_at(saved_xls(workbook), name="x.xls").text) == (
        "error",
        "#REF!",
    )


def test_merged_ranges_hidden_rows_columns_and_sheets_are_told() -> None:
    workbook = xlwt.Workbook()
    shown, hidden = workbook.add_sheet("表3"), workbook.add_sheet("草稿")
    hidden.visibility = 1
    shown.write_merge(0, 1, 0, 2, "类别")
    shown.write(2, 0, 1)
    shown.write(2, 4, 2)
    shown.row(2).hidden = True
    shown.col(4).hidden = True

    first, second = read_workbook(saved_xls(workbook), "x.xls").sheets

    assert [str(span) for span in first.merges] == ["A1:C2"]
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {5})
    assert (first.name, first.hidden, second.hidden) == ("表3", False, True)


def test_the_1904_system_is_followed() -> None:
    workbook = xlwt.Workbook()
    workbook.dates_1904 = True
    workbook.add_sheet("S").write(0, 0, 44259, DAY)

    assert cell_at(saved_xls(workbook), name="x.xls").value == dt.date(2025, 3, 5)


@pytest.mark.parametrize("code_page", [936, None])
def test_the_code_page_of_old_chinese_excel_is_gb18030(code_page: int | None) -> None:
    """Also when the file does not say its code page, and for characters that gbk lacks."""
    data = biff5("喆㙍组织部".encode("gb18030"), code_page)

    assert cell_at(data, name="x.xls").value == "喆㙍组织部"


def test_a_password_is_told_before_any_library_looks() -> None:
    """The mark of encryption stands right behind the first record, for all three ways of encryption."""
    start = record(0x0809, struct.pack("<HHHH", 0x0600, 0x0005, 0, 0))
    stream = start + record(0x002F, b"\x00\x00\x12\x34\x56\x78") + record(0x000A, b"")

    assert is_encrypted(stream)
    assert read_workbook(stream, "x.xls").problem == "M05"
    assert not is_encrypted(workbook_stream(xls({(1, 1): 1})))


def test_a_container_whose_sectors_loop_is_damaged() -> None:
    """calamine would take all memory for such a file of 1 kB."""
    head = bytearray(SIGNATURE.ljust(512, b"\0"))
    struct.pack_into("<HH", head, 30, 9, 6)
    struct.pack_into("<IIII", head, 48, 0, 0, 4096, 0)
    struct.pack_into("<I", head, 76, 0)
    table = struct.pack("<128I", *([0] * 128))

    with pytest.raises(Unreadable, match="loops"):
        OleFile(bytes(head) + table)
    assert read_workbook(bytes(head) + table, "x.xls").problem == "M07"


def test_a_file_that_is_cut_off_gives_no_crash() -> None:
    data = xls({(row, 1): f"{row} 号" for row in range(1, 200)})

    problems = {read_workbook(data[:length], "x.xls").problem for length in range(600, len(data) - 512, 701)}
    assert problems <= {"M07", None}


def test_the_container_gives_its_streams() -> None:
    data = xls({(1, 1): 1})
    container = OleFile(data)

    assert container.has("workbook")
    assert (container.stream("Workbook") or b"")[:4] == b"\x09\x08\x10\x00"
    assert container.stream("EncryptedPackage") is None
    assert len(look_at_sheets(workbook_stream(data))) == 1


def test_links_to_other_files_and_macros_are_told_of_the_file() -> None:
    start = record(0x0809, struct.pack("<HHHH", 0x0600, 0x0005, 0, 0))
    own, other = record(0x01AE, b"\x01\x00\x01\x04"), record(0x01AE, b"\x01\x00\x05\x00\x00a.xls")
    plain = xls({(1, 1): 1})
    entry = plain.index("Workbook".encode("utf-16-le")) + 128
    name = "_VBA_PROJECT_CUR".encode("utf-16-le")
    storage = name.ljust(64, b"\0") + struct.pack("<HB", len(name) + 2, 1)
    with_macros = plain[:entry] + storage + plain[entry + len(storage) :]

    assert not links_elsewhere(start + own)
    assert links_elsewhere(start + own + other)
    assert read_workbook(with_macros, "x.xls").notes == ("M01", "M06")
