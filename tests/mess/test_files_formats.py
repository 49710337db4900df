"""Formats, damage, passwords and links: what a file is, whatever its name says (M01-M07, M09, M15)."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from tests.intake.files import zipped
from tests.mess.sent_files import STAFF, asked, csv_file, html, one, state, told, whole, xls, xlsx
from tests.returns import f1_sheet, fact, sheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def persons(result):
    return fact(result, "persons", "elder_care").value


def test_an_old_workbook_is_read_and_told(tmp_path):
    """M01"""
    result = one(tmp_path, "市科技局.xls", xls(*whole()))

    assert state(result) == ("accepted", None)
    assert persons(result) == 12
    assert told(result, "FIX") == {("M01", "FIX")}
    assert not asked(result)


def test_a_workbook_of_wps_is_read_and_told(tmp_path):
    """M02"""
    result = one(tmp_path, "2025年报表-改.et", xls(*whole()))

    assert (state(result), persons(result)) == (("accepted", None), 12)
    assert told(result, "FIX") == {("M02", "FIX")}


@pytest.mark.parametrize(
    "data", [OLE + b"\0" * 2000, b"WPS\x01\x02\x03" + bytes(range(256)), zipped({"et/book.dat": b"x"})]
)
def test_a_workbook_of_wps_that_cannot_be_read_is_sent_back(tmp_path, data):
    """M02 unreadable"""
    result = one(tmp_path, "市科技局.et", data)

    assert state(result) == ("returned", "M02")
    assert result.submission.unit_code == "LJ-G04"
    (query,) = result.queries
    assert (query.treatment, "另存为 .xlsx" in query.message_zh) == ("BACK", True)


def test_an_old_workbook_named_as_a_new_one_is_read_by_its_content(tmp_path):
    """M03"""
    result = one(tmp_path, "市科技局.xlsx", xls(*whole()))

    assert persons(result) == 12
    assert ("M03", "FIX") in told(result)


@pytest.mark.parametrize("name", ["表1.xls", "表1.html"])
def test_a_web_page_is_read_and_told_as_one(tmp_path, name):
    """M03 html"""
    result = one(tmp_path, name, html(f1_sheet(STAFF)))

    assert (state(result), fact(result, "hc_end").value) == (("accepted", None), 42)
    (query,) = [q for q in result.queries if q.rule == "M03"]
    assert (query.treatment, "网页" in query.message_zh) == ("FIX", True)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_text_table_is_read_in_every_chinese_encoding(tmp_path, encoding):
    """M04; 㙍 and 𬭎 are in gb18030 only."""
    result = one(tmp_path, "导出.csv", csv_file(f1_sheet({**STAFF, "remark": "㙍𬭎喆"}), encoding))

    assert fact(result, "remark").text == "㙍𬭎喆"
    assert told(result, "FIX") == {("M04", "FIX")}


def test_a_password_sends_the_file_back(tmp_path):
    """M05, an old workbook whose stream begins with an encryption record."""
    data = xls(*whole())
    start = data.index(b"\x09\x08\x10\x00")
    end = start + 20
    guarded = data[:end] + b"\x2f\x00\x06\x00\x00\x00\x01\x02\x03\x04" + data[end + 10 :]

    assert state(one(tmp_path, "市科技局.xls", guarded)) == ("returned", "M05")


@pytest.mark.parametrize("stored, expected", [("<v>42</v>", 42), ("", None)])
def test_a_linked_cell_gives_its_stored_value_or_a_question(tmp_path, stored, expected):
    """M06: the other file is never opened."""
    data = xlsx(f1_sheet({**STAFF, "hc_end": "=[1]Sheet1!$B$3"}))
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb"(\[1\]Sheet1!\$B\$3</f>)<v ?/>", rb"\1" + stored.encode(), content)
                content = content.replace(b"</f><v></v>", b"</f>" + stored.encode())
            new.writestr(name, content)
        new.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")

    result = one(tmp_path, "市科技局.xlsx", target.getvalue())

    linked = fact(result, "hc_end")
    assert (linked.value, ("M06", "FIX") in told(result)) == (expected, True)
    assert {q.rule for q in result.queries if q.cell == linked.cell} == (set() if expected else {"M06"})


def test_macros_are_told_and_never_run(tmp_path):
    """M06"""
    data = BytesIO(xlsx(*whole()))
    with zipfile.ZipFile(data, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")

    result = one(tmp_path, "市科技局.xlsm", data.getvalue())

    assert (persons(result), told(result, "FIX")) == (12, {("M06", "FIX")})


@pytest.mark.parametrize(
    "name, data, expected, words",
    [
        ("~$市科技局.xlsx", b"\x05abc" + b"\0" * 160, "skipped", "临时文件"),
        (".DS_Store", b"\0\0\0\1Bud1", "skipped", "系统文件"),
        ("市科技局.xlsx", b"", "returned", "空文件"),
        ("市科技局.xlsx", xlsx(sheet("Sheet1", {}))[:600], "returned", "文件不能读取"),
        ("市科技局.xlsx", b"\x01\x02\x03\x04" * 99, "returned", "不能识别的文件"),
        ("市科技局.mht", b"MIME-Version: 1.0\nx", "returned", "网页或 XML 文件"),
        ("市科技局.xlsx", xlsx(sheet("Sheet1", {})), "returned", "空白工作簿"),
    ],
)
def test_what_holds_nothing_is_a_row_that_says_what_it_is(tmp_path, name, data, expected, words):
    """M07"""
    result = one(tmp_path, name, data)

    assert state(result) == (expected, "M07")
    assert result.submission.detail == words
    assert told(result) == {("M07", "NOTE" if expected == "skipped" else "BACK")}


@pytest.mark.parametrize(
    "name, data",
    [
        ("盖章扫描件.pdf", b"%PDF-1.4 x"),
        ("现场.jpg", b"\xff\xd8\xff\xe0 x"),
        ("总结.docx", zipped({"word/document.xml": "<x/>", "[Content_Types].xml": "<Types/>"})),
        ("说明.txt", "关于报送情况的说明\n我局已按要求填报,特此说明。\n".encode("gb18030")),
    ],
)
def test_documents_and_pictures_are_kept_as_evidence(tmp_path, name, data):
    """M09, decision 19"""
    result = one(tmp_path, f"市科技局/{name}", data)

    assert (state(result), told(result)) == (("skipped", "M09"), {("M09", "NOTE")})
    assert (result.submission.unit_code, result.submission.forms) == ("LJ-G04", "")


def test_a_text_with_a_table_is_no_letter(tmp_path):
    """M09 must not swallow a table saved as text."""
    assert state(one(tmp_path, "市科技局.txt", csv_file(f1_sheet(STAFF)))) == ("accepted", None)


@pytest.mark.parametrize("extent, noticed", [("A1", True), ("A1:A1", True), ("A1:ZZ999", False)])
def test_a_sheet_that_declares_one_cell_is_read_in_full_and_told(tmp_path, extent, noticed):
    """M15"""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(*whole()))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb'dimension ref="[^"]*"', f'dimension ref="{extent}"'.encode(), old.read(name)))

    result = one(tmp_path, "市科技局.xlsx", target.getvalue())

    assert persons(result) == 12
    assert (("M15", "FIX") in told(result)) is noticed


def test_a_plain_workbook_gives_nothing_to_tell_about_the_file(tmp_path):
    """None of M01 to M17."""
    result = one(tmp_path, "LJ-G04_市科技局_2025.xlsx", xlsx(*whole()))

    assert {rule for rule, _ in told(result) if rule < "M18"} == set()
