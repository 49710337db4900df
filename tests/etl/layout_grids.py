"""Sheets typed as text, for the tests of the layout.

One line is one row, `|` stands between cells. A cell `<` is merged with the cell at its left, `^` with the one above;
a blank cell is blank. What reads as a number is a number, unless it begins with a quotation mark.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from analysis.etl.layout import find_tables
from analysis.records import Cell, Sheet, Span, Table

WORDS_FILE = Path(__file__).parents[2] / "data" / "reference" / "words" / "layout.csv"
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@lru_cache(maxsize=1)
def layout_words() -> dict[str, dict[str, str]]:
    """The lists of the reference file: list -> word -> meaning."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    with WORDS_FILE.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            words[row["list"]][row["word"]] = row["meaning"]
    return dict(words)


def cell_of(row: int, column: int, written: str) -> Cell:
    """The cell that a typed text stands for."""
    if NUMBER.fullmatch(written):
        value = float(written) if "." in written else int(written)
        return Cell(row, column, value, written, "number")
    text = written.removeprefix("'")
    return Cell(row, column, text, text, "text")


def sheet_of(grid: str, *, first_row: int = 1, first_column: int = 1, name: str = "Sheet1") -> Sheet:
    """The sheet that is drawn by `grid`; its first line is the row `first_row`."""
    lines = grid.strip("\n").split("\n")
    table = [[text if text.strip() in ("<", "^") else text.rstrip() for text in line.split("|")] for line in lines]
    table = [[text[1:] if text.startswith(" ") else text for text in line] for line in table]
    cells: dict[tuple[int, int], Cell] = {}
    for i, line in enumerate(table):
        for j, written in enumerate(line):
            if written.strip() and written.strip() not in ("<", "^"):
                cells[first_row + i, first_column + j] = cell_of(first_row + i, first_column + j, written)
    return Sheet(name, cells, tuple(_merges(table, first_row, first_column)))


def _merges(table: list[list[str]], first_row: int, first_column: int) -> list[Span]:
    def mark(i: int, j: int) -> str:
        return table[i][j].strip() if i < len(table) and j < len(table[i]) else ""

    spans = []
    for i, line in enumerate(table):
        for j in range(len(line)):
            if mark(i, j) in ("<", "^"):
                continue
            last_column = j
            while mark(i, last_column + 1) == "<":
                last_column += 1
            last_row = i
            while mark(last_row + 1, j) == "^":
                last_row += 1
            if (last_row, last_column) != (i, j):
                spans.append(Span(first_row + i, first_column + j, first_row + last_row, first_column + last_column))
    return spans


def tables_of(grid: str, **place: int) -> tuple[Table, ...]:
    """The tables found on a typed sheet."""
    return find_tables(sheet_of(grid, **place), layout_words())  # type: ignore[arg-type]


def table_of(grid: str, **place: int) -> Table:
    """The one table found on a typed sheet."""
    tables = tables_of(grid, **place)

    assert len(tables) == 1, [str(table.span) for table in tables]
    return tables[0]


def record_rows(table: Table) -> list[int]:
    """The first row of each record."""
    return [record[0] for record in table.records]
