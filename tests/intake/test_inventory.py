"""The list of what lies in a folder of returns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.intake.inventory import list_files, read_bytes


def test_every_file_is_listed_in_one_order_and_none_is_left_out(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a/市财政局.xlsx", "a/deep/x.csv", "~$b.xlsx", ".DS_Store", "B.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty").mkdir()

    assert [found.path for found in list_files(tmp_path)] == [
        ".DS_Store", "B.xlsx", "a/deep/x.csv", "a/市财政局.xlsx", "b.xlsx", "~$b.xlsx",
    ]  # fmt: skip


def test_links_are_told_and_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "raw", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.xlsx").write_bytes(b"x")
    try:
        (inside / "link.xlsx").symlink_to(outside / "a.xlsx")
        (inside / "folder").symlink_to(outside, target_is_directory=True)
    except OSError:
        return  # Windows lets only administrators make links

    assert [(found.path, found.problem) for found in list_files(inside)] == [("folder", "M07"), ("link.xlsx", "M07")]


def test_a_name_in_the_old_chinese_encoding_is_decoded(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "市财政局.xlsx".encode("gb18030")
    try:
        Path(os.fsdecode(raw)).write_bytes(b"x")
    except OSError:
        return  # some file systems take only UTF-8 names
    found = list_files(tmp_path)[0]

    assert found.path == "市财政局.xlsx"
    assert read_bytes(found, 10) == b"x"


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list_files(tmp_path / "none")


def test_one_byte_more_than_the_limit_is_read_so_that_it_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"12345")

    assert read_bytes(list_files(tmp_path)[0], 3) == b"1234"
