"""Archives and folders (M08): every file in them has a row of its own, under a readable name."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from analysis.etl.versions import choose_versions
from analysis.intake import archives
from tests.intake.files import zipped
from tests.mess.sent_files import STAFF, csv_file, packed, receive, state, told, whole, xls, xlsx
from tests.returns import f1_sheet, f3_sheet, fact, reference

LINE = {"hc_end": 42, "elder_care.persons": 12, "elder_care.person_times": 15, "elder_care.hours": 30,
        "distinct_any": 12}  # fmt: skip


@pytest.mark.parametrize("encoding", ["", "gb18030", "utf-8"])
def test_files_of_an_archive_are_read_under_their_chinese_names(tmp_path, encoding):
    """M08: names without a mark of encoding are GB18030."""
    data = packed({"市科技局/报表(终稿).xls": xls(*whole())}, encoding)

    own, inside = receive(tmp_path, "报送/报表.zip", data)

    assert (own.submission.file, state(own)) == ("报送/报表.zip", ("skipped", "M08"))
    assert inside.submission.file == "报送/报表.zip!市科技局/报表(终稿).xls"
    assert state(inside) == ("accepted", None)
    assert {entry.file for entry in inside.facts} == {inside.submission.file}
    assert (told(own), own.facts) == ({("M08", "NOTE")}, ())


@pytest.mark.parametrize("name, magic", [("报表.rar", b"Rar!\x1a\x07\x01\x00"), ("报表.7z", b"7z\xbc\xaf\x27\x1c"),
                                         ("报表.gz", b"\x1f\x8b\x08\x00"), ("报表.zip", b"Rar!\x1a\x07\x00")])  # fmt: skip
def test_an_archive_that_we_do_not_open_is_sent_back(tmp_path, name, magic):
    """M08 rar"""
    (result,) = receive(tmp_path, f"市科技局/{name}", magic + b"\0" * 50)

    assert state(result) == ("returned", "M08")
    assert (told(result), result.submission.unit_code) == ({("M08", "BACK")}, "LJ-G04")


def test_an_archive_inside_an_archive_is_sent_back_and_its_neighbours_are_read(tmp_path):
    """M08 nested"""
    data = packed({"内层.zip": packed({"a.xlsx": xlsx(*whole())}), "市科技局.xlsx": xlsx(*whole())})

    own, inner, book = receive(tmp_path, "全部.zip", data)

    assert [state(result) for result in (own, inner, book)] == [
        ("skipped", "M08"), ("returned", "M08"), ("accepted", None),
    ]  # fmt: skip
    assert "请解开" in inner.queries[0].message_zh


@pytest.mark.parametrize("limit", ["MAX_MEMBERS", "MAX_UNPACKED_BYTES"])
def test_an_archive_that_unpacks_to_too_much_is_sent_back_unopened(tmp_path, monkeypatch, limit):
    """M08 too_large"""
    monkeypatch.setattr(archives, limit, 1)

    (result,) = receive(tmp_path, "报表.zip", packed({"a.csv": b"1,2", "b.csv": b"3,4"}))

    assert state(result) == ("returned", "M08")
    assert result.submission.detail == "压缩包过大"


def test_a_member_that_swells_is_refused_alone(tmp_path):
    """M08: a bomb among the members."""
    data = packed({"市科技局.csv": b"0" * 8_000_000, "市科技局.xlsx": xlsx(*whole())})

    _, bomb, book = receive(tmp_path, "报表.zip", data)

    assert (state(bomb), state(book)) == (("returned", "M07"), ("accepted", None))


def test_members_of_one_name_are_told_apart(tmp_path):
    """Nothing is lost: two members of one name have two rows."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("市科技局.xlsx", xlsx(f3_sheet([LINE])))
        archive.writestr("./市科技局.xlsx", xlsx(f3_sheet([{**LINE, "elder_care.persons": 11}])))

    files = [result.submission.file for result in receive(tmp_path, "a.zip", target.getvalue())]

    assert files == ["a.zip", "a.zip!市科技局.xlsx", "a.zip!市科技局 (2).xlsx"]


def test_locks_evidence_and_leavings_in_an_archive_are_rows_too(tmp_path):
    """M07, M09 inside M08"""
    data = zipped({"~$a.xlsx": b"\x05ab", "__MACOSX/._a.xlsx": b"\0\5\x16\7", "章.pdf": b"%PDF-1.4",
                   "空.xlsx": b""})  # fmt: skip

    assert [state(result) for result in receive(tmp_path, "a.zip", data)] == [
        ("skipped", "M08"), ("skipped", "M07"), ("skipped", "M07"), ("skipped", "M09"), ("returned", "M07"),
    ]  # fmt: skip


def test_the_time_of_an_archive_is_the_time_of_what_lies_in_it(tmp_path):
    """M08, M13: `received.csv` names what was received, the archive."""
    from dataclasses import replace
    from datetime import datetime

    first = receive(tmp_path, "市科技局.xlsx", xlsx(*whole()))
    later = receive(tmp_path, "补报.zip", packed({"表3.xlsx": xlsx(f3_sheet([{**LINE, "elder_care.persons": 11}]))}))
    times = {"市科技局.xlsx": datetime(2026, 1, 5), "补报.zip": datetime(2026, 1, 7)}

    chosen = choose_versions([*first, *later], replace(reference(), received=times))

    assert {r.submission.file: r.submission.forms for r in chosen} == {
        "市科技局.xlsx": "F1", "补报.zip": "", "补报.zip!表3.xlsx": "F3",
    }  # fmt: skip


def test_one_form_per_file_in_a_folder_named_for_the_unit_is_one_whole_return(tmp_path):
    """Eight files of one unit: each counts for its form, the folder says whose they are."""
    nobody = {"unit": "", "code": ""}
    files = {"表1基本情况.csv": f1_sheet({**STAFF, "unit_name": None}, **nobody), "表3.csv": f3_sheet([LINE], **nobody)}
    results = [receive(tmp_path, f"市科技局/{name}", csv_file(made))[0] for name, made in files.items()]

    chosen = choose_versions(results, reference())

    assert [(r.submission.unit_code, r.submission.unit_from, r.submission.forms) for r in chosen] == [
        ("LJ-G04", "file", "F1"), ("LJ-G04", "file", "F3"),
    ]  # fmt: skip
    assert fact(chosen[1], "persons", "elder_care").value == 12
