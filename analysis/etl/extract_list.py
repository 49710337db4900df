"""The lines of a list form -> raw fields, totals and the roles of all cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analysis.etl.blocks import Block
from analysis.etl.hidden_totals import hidden_totals
from analysis.etl.list_notices import (
    broken_serial,
    described_records,
    filled_down,
    out_of_order,
    twin_of_the_only_line,
    unknown_columns,
    unlabelled_total,
    unnamed_records,
)
from analysis.etl.raw_fields import NUMBER_TYPES, Extract, Factor, Place, RawField, Roles
from analysis.etl.structure import retired_fields
from analysis.etl.templates import SERIAL, Template
from analysis.records import Cell, Role, Sheet, Span, Table, address
from analysis.reference import Reference
from analysis.reference.types import FieldDef


def extract_list(sheet: Sheet, block: Block, factor: Factor, reference: Reference) -> Extract:
    """All lines of a list, numbered without totals; a line of blanks only is none."""
    assert block.table and block.assignment
    table, template = block.table, block.template
    by_column = {column: _list_field(template, letters) for column, letters in block.assignment.columns.items()}
    upright: dict[int, list[Span]] = {}
    record_rows = {row for rows in table.records for row in rows}
    for span in sheet.merges:
        if span.first_row in record_rows:  # a heading joined to the line below it is no value of that line
            upright.setdefault(span.first_column, []).append(span)
    fields: list[RawField] = []
    roles: Roles = {}
    first_cells: dict[int, str] = {}
    numbers = [column for column, entry in by_column.items() if entry.type in NUMBER_TYPES]
    unnamed = unnamed_records(sheet, table, by_column)
    described = described_records(sheet, table, by_column)
    added_up = hidden_totals(sheet, table.records, numbers, unnamed)
    totals_found = tuple(rows for rows in added_up if rows not in described)
    twin = twin_of_the_only_line(sheet, table, numbers)
    serial = next((column for column, entry in by_column.items() if entry.measure == SERIAL), None)
    sorted_lines = serial is not None and out_of_order(sheet, table, serial)
    for rows in table.records:
        if rows in totals_found:
            roles |= _row_roles(sheet, table, rows, "total")
            continue
        number = len(first_cells) + 1
        line = list(_line_fields(sheet, by_column, rows, number, upright, factor))
        if block.totals and first_cells and rows[0] > max(block.totals) > table.records[0][0]:
            line = [replace(raw, forced=("M26", "after")) if raw.cell else raw for raw in line]
        elif rows == twin:
            line = [replace(raw, forced=("M26", "twin")) if _is_number(raw) else raw for raw in line]
        elif sorted_lines:
            line = [replace(raw, forced=("M76", "merged")) if _is_shared(raw, rows, upright) else raw for raw in line]
        if any(raw.cell and not raw.filled for raw in line):
            fields += line
            here = [cell.address for column in sorted(table.headers) if (cell := sheet.cell(rows[0], column))]
            first_cells[number] = here[0] if here else address(rows[0], table.span.first_column)
        roles |= {raw.place: ("value", None) for raw in line if raw.cell and not raw.filled}
        more = list(_second_cells(sheet, by_column, rows, number, set(roles)))
        fields += more
        roles |= {raw.place: ("value", None) for raw in more}
        roles |= _other_cells(sheet, table, by_column, rows, set(roles))
    total_rows = sorted({*table.total_rows, *(rows[0] for rows in totals_found)})
    totals = tuple(_total_fields(sheet, by_column, total_rows, factor))
    lines = [rows for rows in table.records if rows not in totals_found]
    notices = (
        *unknown_columns(sheet, block, retired_fields(block, reference)),
        *(unlabelled_total(sheet, table, rows) for rows in totals_found),
        *filled_down(fields),
        *(broken_serial(sheet, lines, serial) if serial else ()),
    )
    return Extract(tuple(fields), roles, notices, totals, first_cells)


def _is_number(raw: RawField) -> bool:
    return raw.cell is not None and raw.field.type in NUMBER_TYPES


def _is_shared(raw: RawField, rows: tuple[int, ...], upright: Mapping[int, list[Span]]) -> bool:
    """Whether a merged cell gives the field to other lines too."""
    row, column = raw.place
    span = next((s for s in upright.get(column, ()) if s.first_row <= row <= s.last_row), None)
    return raw.cell is not None and span is not None and (span.first_row < rows[0] or span.last_row > rows[-1])


def _row_roles(sheet: Sheet, table: Table, rows: tuple[int, ...], role: Role) -> Roles:
    columns = range(table.span.first_column, table.span.last_column + 1)
    return {(row, column): (role, None) for row in rows for column in columns if (row, column) in sheet.cells}


def _second_cells(
    sheet: Sheet, by_column: Mapping[int, FieldDef], rows: tuple[int, ...], number: int, taken: set[Place]
) -> Iterator[RawField]:
    """Further cells of one field in a line over several rows: which of them counts has to be asked."""
    for column, entry in by_column.items():
        for row in rows:
            cell = sheet.cell(row, column)
            if cell and (row, column) not in taken and entry.measure != SERIAL:
                yield RawField(entry, number, (row, column), cell, forced=("M22", "several"))


def _other_cells(
    sheet: Sheet, table: Table, by_column: Mapping[int, FieldDef], rows: tuple[int, ...], taken: set[Place]
) -> Roles:
    """Cells of a line that are no value: serial numbers, and columns that no field takes."""
    places = ((row, column) for row in rows for column in range(table.span.first_column, table.span.last_column + 1))
    return {
        place: ("meta", None) if place[1] in by_column else ("ignored", "M20")
        for place in places
        if place in sheet.cells and place not in taken
    }


def _list_field(template: Template, letters: str) -> FieldDef:
    return next(entry for (_, column), entry in template.by_place.items() if column == letters)


def _number_across(sheet: Sheet, by_column: Mapping[int, FieldDef], row: int, column: int) -> Cell | None:
    """The number at the left that a merged range joins with this blank place of the same line (M23)."""
    span = sheet.merge_at(row, column)
    if span is None or span.first_column == column or span.first_row != row:
        return None
    entry = by_column.get(span.first_column)
    is_number = entry is not None and entry.type in NUMBER_TYPES
    return sheet.cell(row, span.first_column) if is_number else None


def _line_fields(
    sheet: Sheet,
    by_column: Mapping[int, FieldDef],
    rows: tuple[int, ...],
    number: int,
    upright: Mapping[int, list[Span]],
    factor: Factor,
) -> Iterator[RawField]:
    for column, entry in by_column.items():
        if entry.measure == SERIAL:
            continue
        times = factor(column)
        here = [cell for row in rows if (cell := sheet.cell(row, column))]
        span = next((s for s in upright.get(column, ()) if s.first_row <= rows[0] <= s.last_row), None)
        wide = next((s for s in sheet.merges if here and (here[0].row, here[0].column) in s), None)
        shared_cell = None if here else _number_across(sheet, by_column, rows[0], column)
        if wide and wide.last_column > wide.first_column and entry.type in NUMBER_TYPES:
            yield RawField(entry, number, (here[0].row, column), here[0], forced=("M23", ""), factor=times)
        elif shared_cell and entry.type in NUMBER_TYPES:
            place = (shared_cell.row, shared_cell.column)
            yield RawField(entry, number, place, shared_cell, ("M23", ""), True, times)
        elif span and (span.first_row < rows[0] or span.last_row > rows[-1]):
            anchor = sheet.cell(span.first_row, span.first_column)
            shared = ("M22", "number") if entry.type in NUMBER_TYPES and anchor else None
            filled = span.first_row < rows[0]
            place = (span.first_row, span.first_column) if anchor else (rows[0], column)
            yield RawField(entry, number, place, anchor, shared, filled, times)
        elif here:
            yield RawField(entry, number, (here[0].row, column), here[0], factor=times)
        else:
            yield RawField(entry, number, (rows[0], column), None, factor=times)


def _total_fields(
    sheet: Sheet, by_column: Mapping[int, FieldDef], total_rows: Sequence[int], factor: Factor
) -> Iterator[RawField]:
    """The fields of the total lines, as checks; `row` is the sheet row, since several totals may stand there."""
    for row in total_rows:
        for column, entry in by_column.items():
            if entry.measure != SERIAL and entry.type in NUMBER_TYPES:
                yield RawField(entry, row, (row, column), sheet.cell(row, column), factor=factor(column))
