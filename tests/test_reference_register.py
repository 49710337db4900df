"""What the loader refuses in the register: one changed line of the real reference data per test."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reference import check_reference, load_reference
from tests.reference_folder import add_line, change, copy_reference, faults_of, only_fault


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_reference(tmp_path)


def test_overlapping_periods_of_one_unit_are_refused(data: Path) -> None:
    line = change(data, "units.csv", "LJ-G29,澜江市数据局", "LJ-G29,澜江市数据局")
    change(
        data,
        "units.csv",
        "PG2政府部门(中型),,,2024-12-31\nLJ-G29,澜江市数据局",
        "PG2政府部门(中型),,,2025-03-31\nLJ-G29,澜江市数据局",
    )

    assert (only_fault(data).line, only_fault(data).english[:16]) == (line, "LJ-G29: validity")


def test_a_gap_in_the_periods_of_one_unit_is_refused(data: Path) -> None:
    line = change(data, "units.csv", "LJ-G29,澜江市数据局", "LJ-G29,澜江市数据局")
    change(
        data,
        "units.csv",
        "PG2政府部门(中型),,,2024-12-31\nLJ-G29,澜江市数据局",
        "PG2政府部门(中型),,,2024-11-30\nLJ-G29,澜江市数据局",
    )

    assert (only_fault(data).line, only_fault(data).english[:11]) == (line, "LJ-G29: gap")


def test_a_period_that_ends_before_it_begins_is_refused(data: Path) -> None:
    line = change(data, "units.csv", "PG2政府部门(中型),,,\nLJ-G31", "PG2政府部门(中型),,2025-02-01,2025-01-31\nLJ-G31")

    assert ("units.csv", line) in faults_of(data)


@pytest.mark.parametrize(
    "old, new",
    [
        ("市科学技术委员会;市知识产权局,政府部门", "市科学技术委员会;市知识产权局,政府机关"),
        ("14,38,2,41,1,中型", "14,38,2,41,1,微型"),
        ("14,38,2,41,1,中型,PG2政府部门(中型)", "14,38,2,41,1,中型,PG9政府部门(中型)"),
        ("14,38,2,41,1,中型,PG2政府部门(中型)", "14,38,2,41,1,中型,PG2政府部门(小型)"),
        (",,42,34,9,市级", ",,42,34,9,县级"),
        ("14,38,2,41,1,中型,PG2政府部门(中型),", "14,38,2,41,1,中型,PG2政府部门(中型),kite_flying"),
    ],
    ids=["kind", "size band", "peer group", "name of the peer group", "title level", "category led"],
)
def test_an_unknown_code_in_the_register_is_refused(data: Path, old: str, new: str) -> None:
    line = change(data, "units.csv", old, new)

    assert faults_of(data) == [("units.csv", line)]


def test_a_headcount_that_is_no_number_is_the_only_fault_told(data: Path) -> None:
    line = change(data, "units.csv", ",,42,34,9,市级", ",,四十二,34,9,市级")

    assert faults_of(data) == [("units.csv", line)]


def test_a_name_of_two_units_of_one_year_is_refused(data: Path) -> None:
    change(data, "units.csv", "科技局;市科学技术局", "科技局;市科学技术局;审计局")

    assert "'审计局' belongs to LJ-G04 and to LJ-G23" in only_fault(data).english


def test_a_name_of_two_units_is_welcome_when_it_is_marked_ambiguous(data: Path) -> None:
    change(data, "units.csv", "科技局;市科学技术局", "科技局;市科学技术局;审计局")
    add_line(data, "unit_aliases.csv", "LJ-G04;LJ-G23,审计局,ambiguous,")

    assert check_reference(data) == []
    assert load_reference(data, 2025).unit_aliases["审计局"] == ("LJ-G04", "LJ-G23")


def test_a_name_may_pass_from_one_unit_to_another_with_the_year(data: Path) -> None:
    """市林业局 is a unit of 2024 and an alias of the merged unit of 2025."""
    assert load_reference(data, 2024).unit_aliases["市林业局"] == ("LJ-G32",)
    assert check_reference(data) == []


def test_an_extra_alias_is_found(data: Path) -> None:
    add_line(data, "unit_aliases.csv", "LJ-G04,市科技和信息局,alias,seen on a cover sheet")

    assert load_reference(data, 2025).unit_aliases["市科技和信息局"] == ("LJ-G04",)


def test_an_extra_alias_of_an_unknown_unit_is_refused(data: Path) -> None:
    line = add_line(data, "unit_aliases.csv", "LJ-X99,某局,alias,")

    assert faults_of(data) == [("unit_aliases.csv", line)]


def test_an_extra_alias_with_two_codes_must_be_marked_ambiguous(data: Path) -> None:
    line = add_line(data, "unit_aliases.csv", "LJ-G04;LJ-G05,某局,alias,")

    assert ("unit_aliases.csv", line) in faults_of(data)


def test_a_name_that_may_never_be_an_alias_is_refused(data: Path) -> None:
    line = change(data, "units.csv", "公安局;市公安局机关", "公安局;市公安局机关;市局")

    assert faults_of(data) == [("units.csv", line)]
    assert "never_alias" in only_fault(data).english


def test_a_succession_of_an_unknown_unit_is_refused(data: Path) -> None:
    line = change(data, "succession.csv", "LJ-G32,LJ-G31", "LJ-X99,LJ-G31")

    assert faults_of(data) == [("succession.csv", line)]


def test_shares_that_do_not_add_up_to_one_are_refused(data: Path) -> None:
    line = change(data, "succession.csv", "LJ-G32,LJ-G31,2025-01-01,1", "LJ-G32,LJ-G31,2025-01-01,0.8")

    assert faults_of(data) == [("succession.csv", line)]


def test_shares_of_two_successors_that_add_up_to_one_are_welcome(data: Path) -> None:
    change(data, "succession.csv", "LJ-G32,LJ-G31,2025-01-01,1", "LJ-G32,LJ-G31,2025-01-01,0.9")
    add_line(data, "succession.csv", "LJ-G32,LJ-G17,2025-01-01,0.1,")

    assert check_reference(data) == []


def test_a_successor_that_does_not_exist_yet_is_refused(data: Path) -> None:
    line = change(data, "succession.csv", "LJ-G33,LJ-G31,2025-01-01", "LJ-G33,LJ-G31,2024-07-01")

    assert set(faults_of(data)) == {("succession.csv", line)}
