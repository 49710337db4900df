"""The model of a sheet before it is written: rows of cells, each cell with what must come of it.

A cell carries the facts (`Claim`) and questions (`Ask`) that a reader must find at its place, so that rows and
columns can be moved, inserted or taken out and the expectation moves along. Merged ranges are the `span` of their
first cell. Everything is frozen; every change gives a new page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

Value: TypeAlias = str | int | float | dt.date | None


def letters(column: int) -> str:
    """Letters of a 1-based column: 1 -> A, 28 -> AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """`A1` address of a 1-based row and column."""
    return f"{letters(column)}{row}"


@dataclass(frozen=True)
class Claim:
    """A fact that a reader must find at the cell. With `queried` the value is open and not compared."""

    form: str
    row: int
    item: str
    measure: str
    value: float | None = None
    text: str | None = None
    low: float | None = None
    high: float | None = None
    queried: bool = False


@dataclass(frozen=True)
class Ask:
    """A question that a reader must ask at the cell (or about the sheet)."""

    rule: str
    treatment: str = "ASK"


@dataclass(frozen=True)
class Cell:
    """One cell. `summed` marks a total that may be written as =SUM; `formula` has references like @[-1,0] (rows,
    columns away) and `value` is then its stored result; `touched` keeps a second mess away; `mark` is struck or red;
    `secret` is what of it must never be stored, `mess` the name of what befell it."""

    value: Value = None
    look: str = "body"
    span: tuple[int, int] = (1, 1)
    claims: tuple[Claim, ...] = ()
    asks: tuple[Ask, ...] = ()
    summed: bool = False
    formula: str | None = None
    touched: bool = False
    comment: str = ""
    mark: str = ""
    secret: str = ""
    mess: str = ""


BLANK = Cell()


@dataclass(frozen=True)
class Row:
    """One row. `kind`: title head header block data total subtotal repeat notes sign blank."""

    kind: str
    cells: tuple[Cell | None, ...]
    height: float | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Page:
    """One sheet of a return; `asks` are questions about the sheet as a whole. `hidden_columns` are 1-based; a `hidden`
    sheet is not shown; `beyond` are questions at a measure of another form."""

    form: str
    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...] = ()
    asks: tuple[Ask, ...] = ()
    hidden: bool = False
    hidden_columns: tuple[int, ...] = ()
    beyond: tuple[tuple[str, str, Ask], ...] = ()

    def cells(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its 1-based row and column."""
        for number, row in enumerate(self.rows, 1):
            for column, cell in enumerate(row.cells, 1):
                if cell is not None:
                    yield number, column, cell

    def rows_of(self, kind: str) -> list[int]:
        """The 1-based numbers of the rows of a kind."""
        return [number for number, row in enumerate(self.rows, 1) if row.kind == kind]

    def at(self, row: int, column: int) -> Cell:
        cells = self.rows[row - 1].cells
        return (cells[column - 1] if column <= len(cells) else None) or BLANK

    def find(self, wanted: Callable[[int, int, Cell], bool]) -> list[tuple[int, int]]:
        """Places of the cells for which `wanted(row, column, cell)` holds."""
        return [(row, column) for row, column, cell in self.cells() if wanted(row, column, cell)]


def put(page: Page, row: int, column: int, cell: Cell | None) -> Page:
    """The page with one cell replaced."""
    old = page.rows[row - 1]
    cells = old.cells + (None,) * (column - len(old.cells))
    new = replace(old, cells=cells[: column - 1] + (cell,) + cells[column:])
    return replace(page, rows=page.rows[: row - 1] + (new,) + page.rows[row:])


def change(page: Page, row: int, column: int, **changes: object) -> Page:
    """The page with some attributes of one cell changed."""
    return put(page, row, column, replace(page.at(row, column), **changes))  # type: ignore[arg-type]


def change_all(page: Page, changed: Callable[[int, int, Cell], Cell | None]) -> Page:
    """The page with every cell replaced by what `changed(row, column, cell)` gives."""
    rows = tuple(
        replace(row, cells=tuple(c and changed(number, column, c) for column, c in enumerate(row.cells, 1)))
        for number, row in enumerate(page.rows, 1)
    )
    return replace(page, rows=rows)


def insert_rows(page: Page, before: int, rows: tuple[Row, ...]) -> Page:
    """The page with rows inserted before the 1-based row `before` (not inside a merged range)."""
    return replace(page, rows=page.rows[: before - 1] + rows + page.rows[before - 1 :])


def insert_column(page: Page, before: int, made: Callable[[int, Row], Cell | None], width: float = 10) -> Page:
    """The page with a column inserted; merged ranges over the place grow, else `made(row, Row)` fills it."""
    rows = []
    covered_until = 0
    for number, row in enumerate(page.rows, 1):
        cells = list(row.cells)
        over = next((c for c, cell in enumerate(cells, 1) if cell and c < before < c + cell.span[1]), None)
        if over is not None:
            cell = cells[over - 1]
            assert cell is not None
            cells[over - 1] = replace(cell, span=(cell.span[0], cell.span[1] + 1))
        new = made(number, row) if over is None and number > covered_until else None
        if new is not None:
            covered_until = number + new.span[0] - 1
        if before - 1 <= len(cells):
            cells.insert(before - 1, new)
        rows.append(replace(row, cells=tuple(cells)))
    widths = page.widths[: before - 1] + (width,) + page.widths[before - 1 :]
    return replace(page, rows=tuple(rows), widths=widths)


def delete_columns(page: Page, first: int, count: int) -> Page:
    """The page without the columns `first`..; merged ranges that begin before them shrink."""
    rows = []
    for row in page.rows:
        cells = list(row.cells)
        for place, cell in enumerate(cells, 1):
            end = place + (cell.span[1] if cell else 0)
            overlap = max(0, min(end, first + count) - max(place, first))
            if cell and place < first and overlap:
                cells[place - 1] = replace(cell, span=(cell.span[0], cell.span[1] - overlap))
        rows.append(replace(row, cells=tuple(cells[: first - 1] + cells[first - 1 + count :])))
    widths = page.widths[: first - 1] + page.widths[first - 1 + count :]
    return replace(page, rows=tuple(rows), widths=widths)


def covered(page: Page) -> dict[tuple[int, int], Cell]:
    """The places inside merged ranges that are not their first cell, with that first cell."""
    found = {}
    for row, column, cell in page.cells():
        for down in range(cell.span[0]):
            for right in range(cell.span[1]):
                if down or right:
                    found[row + down, column + right] = cell
    return found
