"""Which role each cell of a sheet plays, as far as its tables can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from analysis.etl.layout_words import LayoutWords, Words
from analysis.etl.text import normal_form
from analysis.records import Cell, Role, Sheet, Table

Place = tuple[int, int]


def cell_roles(sheet: Sheet, tables: Sequence[Table], words: Words) -> dict[Place, Role]:
    """The role of every non-empty cell of a sheet: by the row of its table, outside of tables by what it says.

    Where no table was found with confidence, nothing is `value`: such cells are `ignored` unless they are notes,
    signature lines or fields of the head. Serial numbers are told by whoever knows the columns, not here.
    """
    lexicon = LayoutWords(words)
    told = [table for table in tables if table.header_rows]
    first = min((table.span.first_row for table in told), default=0)
    by_row: dict[int, list[tuple[Table, Role]]] = defaultdict(list)
    for table in told:
        for row, role in _row_roles(table).items():
            by_row[row].append((table, role))
    roles: dict[Place, Role] = {}
    for place, cell in sheet.cells.items():
        inside = [role for table, role in by_row.get(cell.row, ()) if _is_beside(cell, table)]
        roles[place] = _refined(cell, inside[-1], lexicon) if inside else _outside(cell, lexicon, cell.row < first)
    return roles


def _is_beside(cell: Cell, table: Table) -> bool:
    return table.span.first_column <= cell.column <= table.span.last_column


def _row_roles(table: Table) -> dict[int, Role]:
    """The role of each row of a table that has one."""
    roles: dict[int, Role] = {row: "value" for record in table.records for row in record}
    # headings between the lines name what follows, as a header does
    roles |= {row: "header" if row >= table.span.first_row else "title" for row in table.title_rows}
    roles |= dict.fromkeys(table.note_rows, "note")
    roles |= dict.fromkeys(table.example_rows, "example")
    roles |= dict.fromkeys(table.total_rows, "total")
    roles |= dict.fromkeys((*table.header_rows, *table.repeated_header_rows), "header")
    return roles


def _refined(cell: Cell, role: Role, lexicon: LayoutWords) -> Role:
    """A title that is a field of the head, a note that is a signature."""
    if role == "title" and lexicon.meta(normal_form(cell.text)):
        return "meta"
    return "footer" if role == "note" and lexicon.footer(normal_form(cell.text)) else role


def _outside(cell: Cell, lexicon: LayoutWords, above: bool) -> Role:
    text = normal_form(cell.text)
    if lexicon.footer(text):
        return "footer"
    if lexicon.note(text):
        return "note"
    if lexicon.meta(text):
        return "meta"
    return "title" if above else "ignored"
