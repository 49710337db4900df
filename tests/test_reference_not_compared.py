"""The list of units that are not compared with their peers."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.reference import load_reference
from tests.reference_folder import add_line, copy_reference, faults_of

FILE = "not_compared.csv"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_reference(tmp_path)


@pytest.mark.parametrize("line", ["LJ-X99,elder_care,轮班,,,", "LJ-G06,kite_flying,轮班,,,", "LJ-G07,elder_care,,,,"])
def test_an_unknown_unit_or_category_or_no_reason_is_refused(data: Path, line: str) -> None:
    number = add_line(data, FILE, line)

    assert faults_of(data) == [(FILE, number)]


def test_two_lines_that_overlap_are_refused(data: Path) -> None:
    add_line(data, FILE, "LJ-G07,elder_care,轮班,2025-01-01,2025-06-30,")
    number = add_line(data, FILE, "LJ-G07,elder_care,轮班,2025-06-01,,")

    assert faults_of(data) == [(FILE, number)]


def test_a_line_holds_while_it_is_in_force_on_the_last_day_of_the_year(data: Path) -> None:
    add_line(data, FILE, "LJ-G07,,筹建,2025-05-01,,")

    codes = {year: {line.unit_code for line in load_reference(data, year).not_compared} for year in (2024, 2025)}
    assert "LJ-G07" in codes[2025]
    assert "LJ-G07" not in codes[2024]


def test_a_city_without_such_units_needs_no_file(data: Path) -> None:
    (data / "reference" / FILE).unlink()

    assert load_reference(data, 2025).not_compared == ()
