"""A sheet while it is being read: cells are added one by one, limits are watched, at the end it becomes a `Sheet`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import product

from analysis.intake.limits import (
    MAX_ALL_TEXT,
    MAX_CELLS,
    MAX_COLUMN,
    MAX_MERGES,
    MAX_ROW,
    MAX_TEXT,
    MAX_WORKBOOK_CELLS,
    broken,
    check_limit,
)
from analysis.records import Cell, Sheet, Span, address


@dataclass
class Tally:
    """What a whole workbook has used up of its limits so far."""

    cells: int = 0
    characters: int = 0


@dataclass
class SheetDraft:
    """Collects one sheet. Rows and columns are 1-based; sizes are checked with every cell."""

    name: str
    tally: Tally
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        """Keep a cell.

        Raises:
            Unreadable: when a limit is passed or the place is taken.
        """
        place = (cell.row, cell.column)
        if place in self.cells:
            raise broken(f"cell {address(*place)} of sheet {self.name!r} stands twice in the file")
        if not (0 < cell.row <= MAX_ROW and 0 < cell.column <= MAX_COLUMN):
            raise broken(f"a cell lies outside the sheet (row {cell.row}, column {cell.column})")
        self.tally.cells += 1
        self.tally.characters += len(cell.text)
        check_limit(len(cell.text), MAX_TEXT, "characters in one cell")
        check_limit(self.tally.characters, MAX_ALL_TEXT, "characters in all cells together")
        check_limit(self.tally.cells, MAX_WORKBOOK_CELLS, "filled cells in the workbook")
        self.cells[place] = cell
        check_limit(len(self.cells), MAX_CELLS, "filled cells in one sheet")

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Keep a merged range; one that is a single cell is none."""
        if (first_row, first_column) == (last_row, last_column):
            return
        self.merges.append(Span(first_row, first_column, last_row, last_column))
        check_limit(len(self.merges), MAX_MERGES, "merged ranges in one sheet")

    def finish(self, comments: dict[tuple[int, int], str] | None = None) -> Sheet:
        """The sheet, with comments and hidden flags on its cells; hidden lines beyond the last cell are left out.

        A cell is hidden when its row or column is, or when a merged range lies over it.
        """
        last_row = max((row for row, _ in self.cells), default=0)
        last_column = max((column for _, column in self.cells), default=0)
        rows = frozenset(row for row in self.hidden_rows if row <= last_row)
        columns = frozenset(column for column in self.hidden_columns if column <= last_column)
        merges = tuple(sorted(set(self.merges), key=lambda span: (span.first_row, span.first_column, str(span))))
        covered = covered_places(self.cells, merges)
        notes = comments or {}
        cells = {}
        for place in sorted(self.cells):
            cell = self.cells[place]
            hidden = cell.row in rows or cell.column in columns or place in covered
            note = notes.get(place, cell.comment)
            if hidden or note:
                cell = replace(cell, hidden=hidden, comment=note)
            cells[place] = cell
        return Sheet(self.name, cells, merges, self.hidden, rows, columns)


def covered_places(filled: Collection[tuple[int, int]], merges: Iterable[Span]) -> set[tuple[int, int]]:
    """Filled places that lie under a merged range: its value is that of its first place, the others are not seen."""
    covered: set[tuple[int, int]] = set()
    for span in merges:
        first = (span.first_row, span.first_column)
        area = (span.last_row - span.first_row + 1) * (span.last_column - span.first_column + 1)
        if area < len(filled):
            rows, columns = range(first[0], span.last_row + 1), range(first[1], span.last_column + 1)
            covered.update(place for place in product(rows, columns) if place in filled and place != first)
        else:
            covered.update(place for place in filled if place in span and place != first)
    return covered
