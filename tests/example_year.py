"""The three clean returns of `tests/data/example` as a year of their own, with what must come of them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "data" / "example"


def example_data(target: Path) -> Path:
    """A data folder with our reference data and the three returns."""
    shutil.copytree(ROOT / "data" / "reference", target / "reference")
    shutil.copytree(EXAMPLE / "raw", target / "raw")
    shutil.copyfile(EXAMPLE / "received.csv", target / "reference" / "2025" / "received.csv")
    return target


def expected(name: str) -> list[dict[str, str]]:
    """Rows of `facts.csv` or `rates.csv`."""
    with (EXAMPLE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))
