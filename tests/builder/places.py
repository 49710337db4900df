"""Pages as a file holds them: every cell with its address, its formula resolved and the result stored with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.builder.grid import Cell, Page, Value, address, covered, letters

AWAY = re.compile(r"@\[(-?\d+),(-?\d+)\]")


@dataclass(frozen=True)
class Placed:
    """One cell to write. `formula` begins with = or is None; `stored` is its result, None when none is stored."""

    row: int
    column: int
    value: Value
    look: str
    formula: str | None = None
    stored: Value = None

    @property
    def address(self) -> str:
        return address(self.row, self.column)


def summed_rows(page: Page, total: int) -> tuple[int, int]:
    """First and last data row above a total row."""
    data = [row for row in page.rows_of("data") if row < total]
    first = data[-1]
    while first - 1 in data:
        first -= 1
    return first, data[-1]


def formula_of(page: Page, row: int, column: int, cell: Cell, totals: str) -> str | None:
    """The formula of a cell: its own with references resolved, or =SUM for a total when the unit writes sums so."""
    if cell.formula:
        return AWAY.sub(lambda hit: address(row + int(hit[1]), column + int(hit[2])), cell.formula)
    if cell.summed and totals != "typed":
        first, last = summed_rows(page, row)
        return f"=SUM({letters(column)}{first}:{letters(column)}{last})"
    return None


def placed(page: Page, totals: str) -> Iterator[Placed]:
    """Every cell of the page, those inside merged ranges with the look of the first cell."""
    for row, column, cell in page.cells():
        formula = formula_of(page, row, column, cell, totals)
        stored = None if cell.summed and totals == "bare" else cell.value
        yield Placed(row, column, None if formula else cell.value, cell.look, formula, stored if formula else None)
    for (row, column), cell in covered(page).items():
        yield Placed(row, column, None, cell.look)


def merges(page: Page) -> list[tuple[int, int, int, int]]:
    """The merged ranges: first row, first column, last row, last column."""
    return [
        (row, column, row + cell.span[0] - 1, column + cell.span[1] - 1)
        for row, column, cell in page.cells()
        if cell.span != (1, 1)
    ]
