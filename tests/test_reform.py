"""Titles after a reform: what the register may say of merged, divided and new units."""

from __future__ import annotations

import pytest

from tests.reference_folder import change, copy_reference, faults_of, only_fault

MERGED, FIRST_PART, SECOND_PART = "LJ-G31", "LJ-G32", "LJ-G33"


@pytest.fixture
def data(tmp_path):
    return copy_reference(tmp_path)


def line_of(data, code):
    """The one line of a unit, with its physical number."""
    text = (data / "reference" / "units.csv").read_text(encoding="utf-8-sig")
    ((number, line),) = ((n, line) for n, line in enumerate(text.splitlines(), 1) if line.startswith(f"{code},"))
    return number, line


def set_level(data, code, level):
    _, line = line_of(data, code)
    return change(data, "units.csv", line, line.replace(",市直机关级,", f",{level},"))


def test_a_merged_unit_with_more_than_its_parts_is_refused_by_line(data):
    line = set_level(data, MERGED, "市级")

    assert faults_of(data) == [("units.csv", line)]
    assert "keeps the lower title of its parts" in only_fault(data).english


def test_a_merged_unit_with_less_than_its_parts_is_not_refused(data):
    set_level(data, MERGED, "无")

    assert faults_of(data) == []


@pytest.mark.parametrize("part", [FIRST_PART, SECOND_PART])
def test_one_part_without_title_leaves_the_merged_unit_without_title(data, part):
    set_level(data, part, "无")
    line, _ = line_of(data, MERGED)

    assert faults_of(data) == [("units.csv", line)]


def test_the_lower_of_two_titles_is_the_one_that_is_kept(data):
    set_level(data, FIRST_PART, "市级")

    assert faults_of(data) == []


def test_a_wholly_new_unit_with_a_title_is_refused(data):
    line = change(data, "units.csv", ",,24,21,6,无,,11,", ",,24,21,6,市直机关级,第二十届,11,")

    assert faults_of(data) == [("units.csv", line)]
    assert "wholly new" in only_fault(data).english


def test_a_unit_that_only_a_share_of_others_went_into_has_at_most_the_best_of_theirs(data):
    divided = "LJ-G32,LJ-G31,2025-01-01,1,", "LJ-G32,LJ-G31,2025-01-01,0.5,"
    change(
        data,
        "succession.csv",
        divided[0] + "两局合并组建市林业和园林局",
        divided[1] + "\nLJ-G32,LJ-G30,2025-01-01,0.5,",
    )
    set_level(data, FIRST_PART, "无")

    # LJ-G33 came over whole, with the title of the organs; what came of LJ-G32 is no part of its own
    assert faults_of(data) == []
