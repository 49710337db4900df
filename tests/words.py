"""The lexicon of the sample city from its CSV files, and single cells, for tests of the value grammars."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from analysis.etl.lexicon import Lexicon
from analysis.etl.values import read_number
from analysis.records import Cell, CellKind, Reading

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"


class WrittenUnit(NamedTuple):
    """A line of `measure_units.csv`."""

    measure_unit: str
    written: str
    factor: float


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def load_words(reference_dir: Path = REFERENCE) -> dict[str, dict[str, str]]:
    """List -> word -> meaning, over all files of the folder of words."""
    words: dict[str, dict[str, str]] = {}
    for path in sorted((reference_dir / "words").glob("*.csv")):
        for row in rows(path):
            words.setdefault(row["list"], {})[row["word"]] = row["meaning"]
    return words


@cache
def load_lexicon(reference_dir: Path = REFERENCE) -> Lexicon:
    """The lexicon of a folder of reference data."""
    units = [
        WrittenUnit(row["measure_unit"], row["written"], float(row["factor"]))
        for row in rows(reference_dir / "measure_units.csv")
    ]
    return Lexicon.from_words(load_words(reference_dir), units)


def cell(value: Any, **more: Any) -> Cell:
    """The cell A1 with this value, of the kind that the reader would give it."""
    kinds: list[tuple[type | tuple[type, ...], CellKind]] = [
        (bool, "bool"),
        ((int, float), "number"),
        (dt.date, "date"),
        ((dt.time, dt.timedelta), "time"),
        (str, "text"),
    ]
    kind = next((kind for types, kind in kinds if isinstance(value, types)), "formula")
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Cell(1, 1, value, text, more.pop("kind", kind), **more)


def number(value: Any, type_: str = "count", unit: str = "person", factor: float = 1.0, **more: Any) -> Reading:
    """The value read as a number of people, or of another type and unit."""
    return read_number(cell(value, **more), type_, unit, load_lexicon(), factor)


def money(value: Any, factor: float = 1.0, **more: Any) -> Reading:
    return number(value, "amount", "yuan", factor, **more)


def hours(value: Any, factor: float = 1.0) -> Reading:
    return number(value, "hours", "hour", factor)


def blood(value: Any) -> Reading:
    return number(value, "ml", "ml")


def rule_of(reading: Reading) -> tuple[str | None, str, str | None]:
    """Rule, case and treatment of a reading."""
    return reading.rule, reading.case, reading.treatment
