"""What is to be said about the lines of a list: columns of the unit's own, totals without a label, merged texts, numbering."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from analysis.etl.asking import field_code, field_words
from analysis.etl.blocks import Block
from analysis.etl.raw_fields import NUMBER_TYPES, Notice, RawField
from analysis.etl.templates import SERIAL
from analysis.etl.text import normal_form
from analysis.records import Sheet, Table, column_letters
from analysis.reference.types import FieldDef

Record = tuple[int, ...]
_MOSTLY = 0.5
_A_PAIR = 2
_FEWEST_EQUAL = 6


def unknown_columns(sheet: Sheet, block: Block, retired: Iterable[FieldDef]) -> Iterator[Notice]:
    """One note per column that no field takes and that holds something in the data lines (M20).

    `retired` are the fields that the form had until last year (M10).
    """
    before = {normal_form(entry.header_zh) for entry in retired}
    assert block.table and block.assignment
    for column in block.assignment.unknown:
        texts = [sheet.text(row, column) for rows in block.table.records for row in rows]
        if any(texts):
            header = "/".join(block.table.headers.get(column, ()))
            place = (block.table.header_rows[-1], column) if block.table.header_rows else None
            was = normal_form(header.rpartition("/")[2]) in before
            if not was and _may_be_a_lost_field(column, block):
                yield Notice("M20", "doubtful", "ASK", place, raw=header)
                continue
            rule, case = ("M10", "retired") if was else ("M20", "inserted")
            yield Notice(rule, case, "NOTE", place, raw=header, detail=column_letters(column))


def _may_be_a_lost_field(column: int, block: Block) -> bool:
    """Whether a column stands where a field of the form is missing: it may be that field under another name."""
    assert block.assignment
    letters = list(block.template.columns)
    index = {at: letters.index(letter) for at, letter in block.assignment.columns.items()}
    before = max((index[at] for at in index if at < column), default=-1)
    after = min((index[at] for at in index if at > column), default=len(letters))
    lost = (letters.index(letter) for letter in block.assignment.missing if block.template.columns[letter][1])
    return any(before < place < after for place in lost)


def unlabelled_total(sheet: Sheet, table: Table, rows: Record) -> Notice:
    """A line that adds up others is told, since nobody called it a total (M26)."""
    here = [cell for column in sorted(table.headers) if (cell := sheet.cell(rows[0], column))]
    return Notice("M26", "unlabelled", "NOTE", (here[0].row, here[0].column), raw=here[0].text)


def filled_down(fields: Iterable[RawField]) -> Iterator[Notice]:
    """One note per text that a merged cell gives to several lines (M22)."""
    told = set()
    for raw in fields:
        if raw.filled and raw.cell and not raw.forced and raw.place not in told:
            told.add(raw.place)
            text = "" if raw.field.measure.endswith("_named") else raw.cell.text
            yield Notice("M22", "", "FIX", raw.place, field_code(raw.field), text, field_zh=field_words(raw.field))


def marked_cells(fields: Iterable[RawField]) -> Iterator[Notice]:
    """A note at the first value that is coloured where most are not: colours are not read (M31)."""
    filled = [raw for raw in fields if raw.cell and not raw.filled]
    marked = [raw for raw in filled if raw.cell and raw.cell.marked]
    if marked and len(marked) < _MOSTLY * len(filled):
        first = marked[0]
        yield Notice("M31", "", "NOTE", first.place, field_code(first.field), field_zh=field_words(first.field))


def broken_serial(sheet: Sheet, records: Sequence[Record], column: int) -> Iterator[Notice]:
    """A note for the sheet on the first serial number that does not follow the one before (M34)."""
    cells = [cell for rows in records if (cell := sheet.cell(rows[0], column))]
    numbers = [(cell, int(cell.text)) for cell in cells if cell.text.isascii() and cell.text.isdigit()]
    for (_, before), (cell, after) in pairwise(numbers):
        if after != before + 1:
            yield Notice("M34", "serial", "NOTE", None, raw=cell.text, detail=cell.address)
            return


def out_of_order(sheet: Sheet, table: Table, column: int) -> bool:
    """Whether the lines are numbered from one on without a gap, but stand in another order (M76)."""
    texts = [sheet.text(rows[0], column) for rows in table.records]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
    return numbers != sorted(numbers) and sorted(numbers) == list(range(1, len(texts) + 1))


def twin_of_the_only_line(sheet: Sheet, table: Table, columns: Collection[int]) -> Record | None:
    """The second of only two lines when all its numbers are those of the first: it may be a total (M26)."""
    if len(table.records) != _A_PAIR:
        return None
    first, second = ([sheet.text(rows[0], column) for column in columns] for rows in table.records)
    filled = sum(text not in ("", "0") for text in second)
    return table.records[1] if first == second and filled >= _FEWEST_EQUAL else None


def unnamed_records(sheet: Sheet, table: Table, by_column: Mapping[int, FieldDef]) -> set[Record]:
    """Records that lack what the other lines have: the serial number, or a text or date that each line must have."""
    columns = [
        column
        for column, entry in by_column.items()
        if entry.measure == SERIAL or (entry.required and entry.type not in NUMBER_TYPES)
    ]
    lacking: set[Record] = set()
    for column in columns:
        blank = [rows for rows in table.records if not any(_said(sheet, row, column) for row in rows)]
        if len(blank) < _MOSTLY * len(table.records):
            lacking.update(blank)
    return lacking


def described_records(sheet: Sheet, table: Table, by_column: Mapping[int, FieldDef]) -> set[Record]:
    """Records with their own answers in two fields of choices or dates at least: no total says these of its lines."""
    columns = [column for column, entry in by_column.items() if entry.type in ("list", "date")]
    return {
        rows
        for rows in table.records
        if sum(any((row, column) in sheet.cells for row in rows) for column in columns) >= _A_PAIR
    }


def _said(sheet: Sheet, row: int, column: int) -> bool:
    return (row, column) in sheet.cells or _covered(sheet, row, column)


def _covered(sheet: Sheet, row: int, column: int) -> bool:
    span = sheet.merge_at(row, column)
    return span is not None and (span.first_row, span.first_column) in sheet.cells


def examples(sheet: Sheet, rows: Collection[int], table: Table) -> Iterator[Notice]:
    """One question per example line that the form prints and the unit left in (M18)."""
    for row in sorted(rows):
        columns = range(table.span.first_column, table.span.last_column + 1)
        here = next((cell for column in columns if (cell := sheet.cell(row, column))), None)
        if here:
            yield Notice("M18", "", "DROP", (here.row, here.column), raw=here.text)
