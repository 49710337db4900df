"""Which role each cell of a sheet plays, as far as its tables can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.etl.layout_words import LayoutWords, Words
from analysis.etl.text import normal_form
from analysis.records import Cell, Role, Sheet, Table

Place = tuple[int, int]


def cell_roles(sheet: Sheet, tables: Sequence[Table], words: Words) -> dict[Place, Role]:
    """The role of every non-empty cell of a sheet: by the row of its table, outside of tables by what it says.

    Where no table was found with confidence, nothing is `value`: such cells are `ignored` unless they are notes,
    signature lines or fields of the head.
    """
    lexicon = LayoutWords(words)
    roles: dict[Place, Role] = {place: _outside(cell, lexicon) for place, cell in sheet.cells.items()}
    told = [table for table in tables if table.header_rows]
    first = min((table.span.first_row for table in told), default=0)
    for place, cell in sheet.cells.items():
        if place[0] < first and roles[place] == "ignored":
            roles[place] = "title"
        for table in told:
            role = _in_table(cell, table, lexicon)
            if role is not None:
                roles[place] = role
    return roles


def _outside(cell: Cell, lexicon: LayoutWords) -> Role:
    text = normal_form(cell.text)
    if lexicon.footer(text):
        return "footer"
    if lexicon.note(text):
        return "note"
    return "meta" if lexicon.meta(text) else "ignored"


def _in_table(cell: Cell, table: Table, lexicon: LayoutWords) -> Role | None:
    """The role that the row of a table gives to a cell; None when the cell is none of its."""
    span = table.span
    if not span.first_column <= cell.column <= span.last_column:
        return None
    if cell.row in table.note_rows:
        return "footer" if lexicon.footer(normal_form(cell.text)) else "note"
    if cell.row in table.title_rows:
        return "header" if cell.row >= span.first_row else _head(cell, lexicon)
    if not span.first_row <= cell.row <= span.last_row:
        return None
    by_row: Iterable[tuple[Sequence[int], Role]] = (
        (table.header_rows, "header"),
        (table.repeated_header_rows, "header"),
        (table.total_rows, "total"),
        (table.example_rows, "example"),
        ([row for record in table.records for row in record], "value"),
    )
    return next((role for rows, role in by_row if cell.row in rows), None)


def _head(cell: Cell, lexicon: LayoutWords) -> Role:
    return "meta" if lexicon.meta(normal_form(cell.text)) else "title"
