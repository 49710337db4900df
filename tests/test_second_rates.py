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
from tests.second_rates import second_rates
from tests.second_rates_rules import Line

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


def test_every_rate_of_the_example_is_the_same_a_second_time(example: Path) -> None:
    assert differences(example, 2025) == []
