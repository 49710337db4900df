"""Every line of `rates` equals what the standard library computes a second time from facts, queries and submissions."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tests.backtest import clean_sample
from tests.example_year import example_data
from tests.second_rates import second_rates, unit_lines
from tests.second_rates_changes import change_faults
from tests.second_rates_groups import group_lines
from tests.second_rates_rules import Line
from tests.second_rates_source import Year

ROOT = Path(__file__).resolve().parent.parent
YEARS = (2024, 2025)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample years, cleaned by the command."""
    return clean_sample(YEARS, tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three clean returns of the example, cleaned by the command."""
    data = example_data(tmp_path_factory.mktemp("example") / "data")
    command = [sys.executable, "-m", "analysis", "clean", "2025", "--data", str(data), "--jobs", "1", "--quiet"]
    subprocess.run(command, check=True, cwd=ROOT)
    return data


def differences(data: Path, year: int) -> list[str]:
    """What the table and the second computation do not have in common, one line each."""
    with (data / "clean" / str(year) / "rates.csv").open(encoding="utf-8-sig", newline="") as source:
        table = {(row["unit_code"], row["indicator"], row["category"]): row for row in csv.DictReader(source)}
    second = second_rates(data, year)
    found = [f"{key}: only in the table" for key in table.keys() - second.keys()]
    found += [f"{key}: not in the table" for key in second.keys() - table.keys()]
    return sorted(found) + [
        f"{key} {what}" for key in sorted(table.keys() & second.keys()) for what in _apart(table[key], second[key])
    ]


def group_differences(data: Path, year: int) -> list[str]:
    """The same of `group_rates`."""
    with (data / "clean" / str(year) / "group_rates.csv").open(encoding="utf-8-sig", newline="") as source:
        table = {(row["peer_group"], row["indicator"], row["category"]): row for row in csv.DictReader(source)}
    read = Year(data, year)
    second = group_lines(read, unit_lines(read))
    found = [f"{key}: only in the table" for key in table.keys() - second.keys()]
    found += [f"{key}: not in the table" for key in second.keys() - table.keys()]
    for key in sorted(table.keys() & second.keys()):
        low, high = second[key].pooled or (None, None)
        numbers = {**vars(second[key]), "pooled_low": low, "pooled_high": high}
        del numbers["pooled"]
        found += [
            f"{key} {name}: {table[key][name] or 'null'}, second time {number}"
            for name, number in numbers.items()
            if not _same(table[key][name], number)
        ]
    return found


def _apart(row: dict[str, str], line: Line) -> Iterator[str]:
    if row["status"] != line.status:
        yield f"status: {row['status']}, second time {line.status}"
    low, high = line.ci or (None, None)
    numbers = {"numerator": line.numerator, "denominator": line.denominator, "rate": line.rate}
    numbers |= {"ci_low": low, "ci_high": high, "rate_low": line.rate_low, "rate_high": line.rate_high}
    for name, second in numbers.items():
        if not _same(row[name], second):
            yield f"{name}: {row[name] or 'null'}, second time {second}"


def _same(written: str, second: Fraction | float | None) -> bool:
    if not written or second is None:
        return not written and second is None
    return abs(float(written) - float(second)) <= 1e-12 * max(1.0, abs(float(second)))


@pytest.mark.parametrize("year", YEARS)
def test_every_rate_of_the_sample_is_the_same_a_second_time(sample: Path, year: int) -> None:
    assert differences(sample, year) == []


@pytest.mark.parametrize("year", YEARS)
def test_every_group_figure_of_the_sample_is_the_same_a_second_time(sample: Path, year: int) -> None:
    assert group_differences(sample, year) == []


def test_every_difference_to_the_year_before_is_the_same_a_second_time(sample: Path) -> None:
    assert list(change_faults(sample, 2025)) == []


def test_every_rate_of_the_example_is_the_same_a_second_time(example: Path) -> None:
    assert differences(example, 2025) == []
    assert group_differences(example, 2025) == []


# 市科技局 2025, worked out by hand from the cells of its return: (numerator, denominator)
BY_HAND = {
    ("I01", "elder_care"): (20, 42),
    ("I02", ""): (40, 42),
    ("I03", ""): (7, 12),
    ("I04", ""): (29 + 33 + 0 + 111, 42),
    ("I05", ""): (333 + 87 + 0, 42),
    ("I06", ""): (30, 42),
    ("I07", ""): (32, 42),
    ("I08", ""): (5, 12),
    ("I09", ""): (15 + 5 + 13 + 15 + 8, 20 + 12 + 21 + 21 + 9 + 56 + 13 + 12 + 9),
    ("I10", ""): (0, 38),
    ("I11", ""): (39, 42),
    ("I13", ""): (1, 1),
    ("I14", ""): (2, 3),
    ("I16", ""): (3 + 7 + 4, 3),
    ("I17", ""): (42, 42),
    ("I17", "political_theory"): (34, 34),
    ("I18", ""): (219 + 75 + 119 + 39 + 76 + 0 + 73, 252 + 84 + 126 + 42 + 84 + 0 + 84),
    ("I19", ""): (5, 6),
    ("I20", ""): (3 * 219 + 1 * 75 + 2 * 119 + 3 * 39 + 3 * 76 + 2 * 73, 42),
    ("I21", ""): (29, 42),
    ("I22", ""): (3, 3),
    ("I23", ""): (2 + 4 + 3, 2 + 4 + 3),
    ("I24", ""): (3, 3),
    ("I25", ""): (3, 3),
    ("I26", ""): (0, None),
    ("I27", ""): (8, 9),
    ("I28", ""): (8, 8),
    ("I29", ""): (7, 8),
    ("I30", ""): (3, 3),
    ("I31", ""): (1, None),
    ("I32", ""): (0 + 1 + 3 + 1, None),
    ("I33", ""): (4, 1 + 3),
    ("I34", ""): (2, 2),
    ("I35", ""): (8, 8),
}


def test_the_second_computation_of_one_return_is_that_by_hand(sample: Path) -> None:
    second = second_rates(sample, 2025)
    found = {key: second["LJ-G04", *key] for key in BY_HAND}

    assert {key: (line.numerator, line.denominator) for key, line in found.items()} == BY_HAND
