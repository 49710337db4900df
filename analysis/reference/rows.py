"""What a file of reference data is made of once read - columns, lines, tables - and what a fault in it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.reference.cells import (
    ColumnType,
    parse_codes,
    parse_day,
    parse_flag,
    parse_items,
    parse_moment,
    parse_number,
    parse_whole,
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in our own files. `file` is relative to the data folder, `line` counts from 1 (0: the whole file)."""

    file: str
    line: int
    found: str
    expected: str
    remedy: str
    english: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.found};应为:{self.expected};请{self.remedy} | {self.english}"


class ReferenceFault(Exception):
    """The reference data are at fault; `faults` has one entry per fault, in order of file and line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[ReferenceFault], tuple[tuple[Fault, ...]]]:
        """Pickle by the faults, so that a worker's fault reaches its parent whole."""
        return type(self), (self.faults,)


@dataclass(frozen=True, slots=True)
class Column:
    """One expected column. `required` refuses an empty cell; `choices`, when given, lists the allowed values."""

    name: str
    type: ColumnType = "text"
    required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What one CSV file must look like. `open` allows further columns, `optional` a missing file.

    `extra` names columns of text that may be left out. `patterns` says that cells may hold question marks of their own.
    """

    path: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    open: bool = False
    optional: bool = False
    patterns: bool = False
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its physical line number and its cells by column name, blanks stripped. `sound`: no fault in it."""

    line: int
    cells: Mapping[str, str]
    sound: bool

    def text(self, column: str) -> str:
        return self.cells[column]

    def extra(self, column: str) -> str:
        """The text of a column that may be left out; empty without it."""
        return self.cells.get(column, "")

    def whole(self, column: str) -> int:
        return parse_whole(self.cells[column])

    def number(self, column: str) -> float:
        return parse_number(self.cells[column])

    def optional_number(self, column: str) -> float | None:
        return parse_number(self.cells[column]) if self.cells[column] else None

    def flag(self, column: str) -> bool:
        return parse_flag(self.cells[column])

    def day(self, column: str) -> dt.date:
        return parse_day(self.cells[column])

    def optional_day(self, column: str) -> dt.date | None:
        return parse_day(self.cells[column]) if self.cells[column] else None

    def moment(self, column: str) -> dt.datetime:
        return parse_moment(self.cells[column])

    def items(self, column: str) -> tuple[str, ...]:
        return parse_items(self.cells[column])

    def codes(self, column: str) -> Mapping[str, str]:
        return parse_codes(self.cells[column])


@dataclass(frozen=True, slots=True)
class DataTable:
    """The lines of one file.

    `readable` is False when the file or a column is missing: then nothing follows from it. `lossy` says that it was
    saved in a code page, which writes a question mark for each character it does not have.
    """

    path: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    readable: bool
    lossy: bool = False

    @property
    def sound(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.sound)


@dataclass(frozen=True, slots=True)
class Settings:
    """The entries of a TOML file, with the line of each (`section.name` inside a section)."""

    path: str
    entries: Mapping[str, Any]
    lines: Mapping[str, int]
    faults: tuple[Fault, ...]


def fault_at(path: str, row: Row, found: str, expected: str, remedy: str, english: str) -> Fault:
    """A fault on a line of a file."""
    return Fault(path, row.line, found, expected, remedy, english)
