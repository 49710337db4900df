"""Zip archives: names, limits and what is not opened."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.intake.archives import open_members
from tests.intake.files import xlsx, zipped

BOOK = xlsx({"A1": 1})


def named(raw: bytes) -> bytes:
    """Archive whose one member has a name of these bytes, without a mark of its encoding."""
    marker = b"n" * len(raw)
    return zipped({marker.decode(): b"x"}).replace(marker, raw)


def test_members_come_with_their_paths_and_bytes_and_folders_are_left_out() -> None:
    archive = open_members(zipped({"报表/": b"", "报表/a.xlsx": BOOK, "b.csv": b"1,2"}), "a.zip")

    assert [(member.path, member.data) for member in archive.members] == [("报表/a.xlsx", BOOK), ("b.csv", b"1,2")]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
@pytest.mark.parametrize("name", ["市财政局/报表2025.xlsx", "汇总.xlsx", "终稿.xlsx"])
def test_names_without_a_mark_of_encoding_are_chinese(name: str, codec: str) -> None:
    assert open_members(named(name.encode(codec)), "a.zip").members[0].path == name


@pytest.mark.parametrize("name", ["/etc/passwd", "../../etc/passwd", "C:\\etc\\passwd", "./etc//passwd"])
def test_paths_lead_nowhere_else(name: str) -> None:
    assert open_members(named(name.encode()), "a.zip").members[0].path == "etc/passwd"


def test_an_archive_inside_an_archive_is_not_opened() -> None:
    member = open_members(zipped({"inner.zip": zipped({"a.xlsx": BOOK})}), "a.zip").members[0]

    assert (member.data, member.problem) == (None, "M08")


def test_a_member_with_a_password_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped({"a.csv": b"1", "b.csv": b"2"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    first, second = open_members(bytes(data), "a.zip").members

    assert (first.problem, first.data, second.data) == ("M05", None, b"2")


def test_a_damaged_member_is_told_and_the_others_are_read() -> None:
    data = zipped({"a.csv": b"1,2,3,4,5,6,7,8", "b.csv": b"2"})
    start = 30 + len("a.csv")

    first, second = open_members(data[:start] + b"\xff" + data[start + 1 :], "a.zip").members

    assert (first.problem, first.data, second.data) == ("M07", None, b"2")


def test_a_member_packed_a_thousand_times_is_refused() -> None:
    member = open_members(zipped({"a.csv": b" " * 2_000_000}), "a.zip").members[0]

    assert (member.problem, member.data) == ("M07", None)


@pytest.mark.parametrize("limit", ["MAX_MEMBERS", "MAX_UNPACKED_BYTES"])
def test_an_archive_beyond_a_limit_is_refused_as_a_whole(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"analysis.intake.archives.{limit}", 1)

    archive = open_members(zipped({"a.csv": b"1", "b.csv": b"2"}), "a.zip")

    assert (archive.problem, archive.case, archive.members) == ("M08", "too_large", ())


@pytest.mark.parametrize(
    "data, rule", [(b"Rar!\x1a\x07\x01\x00", "M08"), (b"7z\xbc\xaf\x27\x1c", "M08"), (b"PK\x03\x04", "M07")]
)
def test_other_archives_and_damaged_ones_are_not_opened(data: bytes, rule: str) -> None:
    assert open_members(data, "a.rar").problem == rule


def test_an_empty_archive_has_no_members_and_no_problem() -> None:
    target = io.BytesIO()
    zipfile.ZipFile(target, "w").close()

    archive = open_members(target.getvalue(), "a.zip")

    assert (archive.members, archive.problem) == ((), None)
