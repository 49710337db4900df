"""Blocks of our forms on a sheet, and how the parts of one block that stand under repeated headers are joined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.etl.label_values import Pair
from analysis.etl.matching import Assignment
from analysis.etl.templates import SERIAL, Template
from analysis.etl.text import normal_form
from analysis.records import Sheet, Span, Table

_FEWEST_HEADERS = 3
_MOST_HEADERS = 0.75
Labels = Callable[[Table, Template], Mapping[int, int]]
Assign = Callable[[Table, Template], Assignment]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a form found on a sheet.

    A list or a grid has `table` and `assignment`, a grid also `labels` (sheet row -> template row);
    `totals` are the sheet rows of a grid whose label is that of a total, or the rows that close a list (合计, not
    小计). Label-value pairs have `pairs`.
    """

    template: Template
    score: float
    table: Table | None = None
    assignment: Assignment | None = None
    labels: Mapping[int, int] = field(default_factory=dict)
    totals: frozenset[int] = frozenset()
    pairs: tuple[Pair, ...] = ()

    @property
    def form(self) -> str:
        return self.template.form

    @property
    def first_row(self) -> int:
        if self.table:
            return self.table.span.first_row
        return min(pair.label.row for pair in self.pairs)


def without_headers(sheet: Sheet, block: Block, templates: Sequence[Template]) -> Block:
    """The block without lines that are nothing but names of columns, its own or those of another form (M28)."""
    if block.table is None:
        return block
    names = {normal_form(name) for template in templates for pair in template.columns.values() for name in pair if name}
    columns = range(block.table.span.first_column, block.table.span.last_column + 1)

    def names_columns(rows: tuple[int, ...]) -> bool:
        texts = [normal_form(text) for row in rows for column in columns if (text := sheet.text(row, column))]
        known = sum(text in names for text in texts)
        return known >= _FEWEST_HEADERS and known >= _MOST_HEADERS * len(texts)

    said_again = [rows for rows in block.table.records if names_columns(rows)]
    if not said_again:
        return block
    table = replace(
        block.table,
        records=tuple(rows for rows in block.table.records if rows not in said_again),
        repeated_header_rows=(*block.table.repeated_header_rows, *(row for rows in said_again for row in rows)),
    )
    return replace(block, table=table)


def continued(sheet: Sheet, blocks: Sequence[Block]) -> list[Block]:
    """Blocks in order, a list that goes on under its repeated header joined to the part before.

    A title between the two, a total line that closes the first, other columns, or a foot with numbers that begin
    again make it a second table.
    """
    kept: list[Block] = []
    for block in blocks:
        before = next((part for part in reversed(kept) if part.template is block.template), None)
        if before and before.table and block.table and _goes_on(sheet, before, block):
            joined = _joined(before.table, block.table)
            kept[kept.index(before)] = replace(before, table=joined)
        else:
            kept.append(block)
    return kept


def _goes_on(sheet: Sheet, before: Block, block: Block) -> bool:
    assert before.table and block.table and before.assignment and block.assignment
    last = before.table.records[-1][-1] if before.table.records else 0
    closed = any(row > last for row in before.table.total_rows)
    same = before.assignment.columns == block.assignment.columns
    below = before.table.span.last_row < block.table.span.first_row
    apart = any(last < row < block.table.span.first_row for row in before.table.note_rows)
    if closed or not same or not below or block.table.title_rows:
        return False
    return not (apart and _begins_again(sheet, before, block))


def _begins_again(sheet: Sheet, before: Block, block: Block) -> bool:
    """Whether the serial numbers of a part start where those of the part before started."""
    assert before.table and block.table and block.assignment
    fields = {letters: entry.measure for (_, letters), entry in block.template.by_place.items()}
    column = next((c for c, letters in block.assignment.columns.items() if fields.get(letters) == SERIAL), None)
    if column is None or not before.table.records or not block.table.records:
        return False
    first = sheet.text(before.table.records[0][0], column)
    return bool(first) and first == sheet.text(block.table.records[0][0], column)


def with_lower_parts(
    blocks: Sequence[Block], others: Sequence[Table], assign: Assign, labels_of: Labels
) -> tuple[list[Block], list[Table]]:
    """Grids joined with tables below that have the same columns and go on with their rows; the other tables."""
    kept, left = list(blocks), []
    for table in others:
        index = next((i for i, block in enumerate(kept) if _lower_part(block, table, assign, labels_of)), None)
        if index is None:
            left.append(table)
            continue
        whole = kept[index]
        assert whole.table
        joined = _joined(whole.table, table)
        kept[index] = replace(whole, table=joined, labels=labels_of(joined, whole.template))
    return kept, left


def _lower_part(block: Block, table: Table, assign: Assign, labels_of: Labels) -> bool:
    if block.template.shape != "grid" or block.table is None or block.assignment is None or not table.header_rows:
        return False
    labels = labels_of(table, block.template)
    new = bool(labels) and not set(labels.values()) & set(block.labels.values())
    below = block.table.span.last_row < table.span.first_row
    return new and below and assign(table, block.template).columns == block.assignment.columns


def _joined(first: Table, second: Table) -> Table:
    span = Span(
        first.span.first_row,
        min(first.span.first_column, second.span.first_column),
        second.span.last_row,
        max(first.span.last_column, second.span.last_column),
    )
    return replace(
        first,
        span=span,
        records=(*first.records, *second.records),
        total_rows=(*first.total_rows, *second.total_rows),
        note_rows=(*first.note_rows, *second.note_rows),
        repeated_header_rows=(*first.repeated_header_rows, *second.header_rows, *second.repeated_header_rows),
        example_rows=(*first.example_rows, *second.example_rows),
    )
