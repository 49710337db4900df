"""xlsb workbooks: values by calamine, the rest from the records. The files are written by hand."""

from __future__ import annotations

import struct

from analysis.intake.reader import read_workbook
from tests.intake.files import only_sheet, relations, zipped


def record(number: int, content: bytes = b"") -> bytes:
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(content)]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def place(column: int) -> bytes:
    return struct.pack("<II", column - 1, 0)


def xlsb(rows: bytes, after: bytes = b"") -> bytes:
    size = record(148, struct.pack("<IIII", 0, 9, 0, 9))
    sheet = record(129) + size + record(145) + rows + record(146) + after + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("S")) + record(144)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": book + record(132),
            "xl/_rels/workbook.bin.rels": relations(("rId1", "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def test_values_keep_their_places_when_the_first_ones_are_blank() -> None:
    data = xlsb(row(3) + record(5, place(3) + struct.pack("<d", 42.0)) + row(4) + record(6, place(4) + wide("无")))

    assert [(cell.address, cell.text) for cell in only_sheet(data, "x.xlsb").cells.values()] == [
        ("C3", "42"),
        ("D4", "无"),
    ]


def test_errors_hidden_rows_and_merged_ranges_are_told() -> None:
    """calamine shows none of the three."""
    rows = row(1) + record(3, place(1) + b"\x17") + row(2, hidden=True) + record(5, place(1) + struct.pack("<d", 7.0))
    merge = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 2, 3, 0, 1)) + record(178)

    sheet = only_sheet(xlsb(rows, merge), "x.xlsb")

    assert [(cell.kind, cell.text, cell.hidden) for cell in sheet.cells.values()] == [
        ("error", "#REF!", False),
        ("number", "7", True),
    ]
    assert [str(span) for span in sheet.merges] == ["A3:B4"]


def test_a_panic_of_the_library_is_a_damaged_file() -> None:
    """Its exception is no Exception; a workbook that refers to a missing sheet part makes one."""
    data = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": record(131) + record(156, b"\0" * 40)})

    assert read_workbook(data, "x.xlsb").problem == "M07"
