"""The door to all readers: what a file is, what its name may say, and that nothing ever raises."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake import reader
from analysis.intake.reader import read_workbook
from analysis.intake.sniff import sniff
from tests.intake.files import raw_xlsx, row_of, xls, xlsx, zipped
from tests.intake.test_ods import by_odfpy

BOOK = xlsx({"A1": 1})
OLD = xls({(1, 1): 1})
OPEN = by_odfpy(valuetype="float", value=1)
WHOLE = {"xlsx": BOOK, "xls": OLD, "ods": OPEN, "csv": b"a,b\n1,2", "html": b"<table><tr><td>1</td></tr></table>"}


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.pdf", "a", "报表.et"])
def test_the_bytes_decide_and_never_the_name(kind: str, name: str) -> None:
    workbook = read_workbook(WHOLE[kind], name)

    assert (workbook.format, workbook.problem, len(workbook.sheets)) == (kind, None, 1)


@pytest.mark.parametrize(
    "kind, name, notes",
    [
        ("xlsx", "a.xlsx", ()),
        ("xlsx", "a.XLSX", ()),
        ("xlsx", "a", ()),
        ("xlsx", "a.xls", ("M03",)),
        ("xls", "a.xls", ("M01",)),
        ("xls", "a.xlsx", ("M01", "M03")),
        ("xls", "报表.et", ("M02",)),
        ("ods", "a.ods", ()),
        ("ods", "a.xlsx", ("M03",)),
        ("csv", "a.csv", ("M04",)),
        ("csv", "a.xls", ("M03", "M04")),
        ("html", "a.xls", ("M03",)),
        ("html", "a.html", ("M03",)),
    ],
)
def test_old_formats_and_endings_that_lie_are_told(kind: str, name: str, notes: tuple[str, ...]) -> None:
    assert read_workbook(WHOLE[kind], name).notes == notes


@pytest.mark.parametrize(
    "data, name, kind, rule",
    [
        (b"", "a.xlsx", "empty", "M07"),
        (b" \r\n ", "a.csv", "empty", "M07"),
        (b"\0" * 600, "a.xlsx", "unknown", "M07"),
        (b"PK\x03\x04rest", "a.xlsx", "damaged", "M07"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls", "damaged", "M07"),
        (b"\x05admin" + b" " * 50 + b"\0" * 109, "~$报表.xlsx", "lock", "M07"),
        (b"\0\0\0\1Bud1", ".DS_Store", "system", "M07"),
        (b"%PDF-1.7", "盖章扫描件.pdf", "pdf", "M09"),
        (b"\xff\xd8\xff\xe0", "a.xlsx", "picture", "M09"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "picture", "M09"),
        (b"{\\rtf1}", "a.doc", "rtf", "M09"),
        (zipped({"word/document.xml": "", "[Content_Types].xml": ""}), "a.docx", "docx", "M09"),
        (zipped({"OFD.xml": ""}), "a.ofd", "ofd", "M09"),
        (zipped({"a.xlsx": BOOK}), "a.zip", "zip", "M08"),
        (b"Rar!\x1a\x07\x01\x00", "a.rar", "rar", "M08"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "7z", "M08"),
        (b"MIME-Version: 1.0\r\n", "a.mht", "web_archive", "M07"),
        (b'<?xml version="1.0"?><Workbook/>', "a.xls", "xml", "M07"),
    ],
)
def test_what_is_no_workbook_is_named_with_its_rule(data: bytes, name: str, kind: str, rule: str) -> None:
    workbook = read_workbook(data, name)

    assert (workbook.format, workbook.problem, workbook.sheets) == (kind, rule, ())
    assert workbook.detail


def test_a_workbook_is_read_even_under_the_name_of_a_lock_file() -> None:
    assert sniff(BOOK, "~$报表.xlsx") == "xlsx"


def test_macros_make_an_xlsm() -> None:
    assert sniff(raw_xlsx(row_of(""), more={"xl/vbaProject.bin": b"x"})) == "xlsm"


def test_an_encrypted_zip_container_is_told_as_protected() -> None:
    target = io.BytesIO(BOOK)
    with zipfile.ZipFile(target) as container:
        offsets = [entry.header_offset for entry in container.infolist()]
        listing = container.start_dir
    data = bytearray(BOOK)
    for offset in offsets:
        data[offset + 6] |= 1
    while data[listing : listing + 4] == b"PK\x01\x02":
        data[listing + 8] |= 1
        lengths = (int.from_bytes(data[listing + at : listing + at + 2], "little") for at in (28, 30, 32))
        listing += 46 + sum(lengths)

    assert read_workbook(bytes(data), "a.xlsx").problem == "M05"


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 10**6), st.binary(min_size=1, max_size=4)), min_size=1, max_size=12),
)
def test_no_damage_to_a_file_ever_raises(kind: str, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE[kind])
    for place, replacement in changes:
        place %= len(data)
        data[place : place + len(replacement)] = replacement

    workbook = read_workbook(bytes(data), "a.xlsx")

    assert workbook.problem in {None, "M05", "M07", "M08", "M09"}
    assert not (workbook.problem and workbook.sheets)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08"]))
def test_no_bytes_at_all_ever_raise(rest: bytes, start: bytes) -> None:
    assert read_workbook(start + rest, "a").problem in {None, "M05", "M07", "M08", "M09"}


def test_a_fault_that_nobody_thought_of_is_told_by_its_type_and_not_in_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_: bytes) -> None:
        raise RecursionError("too deep")

    monkeypatch.setitem(reader._READERS, "xlsx", fail)

    assert read_workbook(BOOK, "a.xlsx").detail == "the file is damaged (RecursionError)"


def test_running_out_of_memory_is_left_to_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: bytes) -> None:
        raise MemoryError

    monkeypatch.setitem(reader._READERS, "xlsx", fail)

    with pytest.raises(MemoryError):
        read_workbook(BOOK, "a.xlsx")
