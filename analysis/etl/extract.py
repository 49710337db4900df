"""A recognised block -> its raw fields with their addresses, before anybody asks what they mean.

Every cell that stands where a value should be is taken, whatever it says; judging it comes later. What the place of
a cell already forbids (a number merged over several lines, say) travels with it as `forced`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.etl.hidden_totals import hidden_totals
from analysis.etl.label_values import Pair, with_text
from analysis.etl.recognise import Block
from analysis.etl.templates import SERIAL, Template
from analysis.etl.text import normal_form
from analysis.records import Cell, Role, Sheet, Span, Table, Treatment, address, column_letters
from analysis.reference.types import FieldDef

NUMBER_TYPES = frozenset({"count", "number", "hours", "amount", "ml"})
Place = tuple[int, int]
Roles = dict[Place, tuple[Role, str | None]]
Factor = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the layout that a person must know. `place` is None when it concerns the sheet."""

    rule: str
    case: str
    treatment: Treatment
    place: Place | None
    field: str = ""
    raw: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RawField:
    """One field of one line with the cell that holds it; `cell` is None when the place is blank."""

    field: FieldDef
    row: int
    place: Place
    cell: Cell | None
    forced: tuple[str, str] | None = None
    filled: bool = False
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Extract:
    """What a block gives: its raw fields, the roles of its cells and what is to be said about its layout."""

    fields: tuple[RawField, ...]
    roles: Roles
    notices: tuple[Notice, ...]
    totals: tuple[RawField, ...] = ()
    first_cells: Mapping[int, str] = field(default_factory=dict)


def extract_block(sheet: Sheet, block: Block, factor: Factor) -> Extract:
    """All raw fields of a block; `factor` gives what a plain number of a sheet column is multiplied with."""
    if block.template.shape == "label_value":
        return _label_values(sheet, block)
    if block.template.shape == "grid":
        return _grid(sheet, block)
    return _list(sheet, block, factor)


def _label_values(sheet: Sheet, block: Block) -> Extract:
    fields: list[RawField] = []
    roles: Roles = {}
    labels = {(pair.label.row, pair.label.column) for pair in block.pairs}
    for pair in block.pairs:
        roles[pair.label.row, pair.label.column] = ("header", None)
        raw = _pair_field(sheet, pair, labels)
        fields.append(raw)
        if raw.cell:
            roles[raw.place] = ("value", None)
    found = {pair.field.measure for pair in block.pairs}
    missing = [entry.header_zh for entry in block.template.fields if entry.required and entry.measure not in found]
    return Extract(tuple(fields), roles, _missing_notice(missing))


def _pair_field(sheet: Sheet, pair: Pair, labels: set[Place]) -> RawField:
    if pair.inside:
        return RawField(pair.field, 0, (pair.row, pair.column), with_text(pair))
    place = (pair.row, pair.column)
    cell = None if place in labels else sheet.cell(*place)
    return RawField(pair.field, 0, place, cell, forced=("M20", "torn") if pair.doubtful and cell else None)


def _missing_notice(labels: list[str]) -> tuple[Notice, ...]:
    if not labels:
        return ()
    return (Notice("M20", "missing", "ASK", None, detail="、".join(labels)),)


def _grid(sheet: Sheet, block: Block) -> Extract:
    assert block.table and block.assignment
    template, columns = block.template, block.assignment.columns
    fields: list[RawField] = []
    totals: list[RawField] = []
    roles: Roles = {}
    notices: list[Notice] = []
    serials = {column for column, letters in columns.items() if not template.columns[letters][1]}
    total_rows = {row for row, place in block.labels.items() if row in block.table.total_rows}
    for row, template_row in block.labels.items():
        for column in range(block.table.span.first_column, block.table.span.last_column + 1):
            cell = sheet.cell(row, column)
            letters = columns.get(column, "")
            entry = template.by_place.get((template_row, letters))
            if entry is None:
                if cell:
                    label = column in serials or normal_form(cell.text) in template.rows or column < min(columns)
                    roles[row, column] = ("header", None) if label else ("ignored", "M20")
                continue
            raw = RawField(entry, 0, (row, column), cell)
            check_only = row in total_rows and not entry.required
            (totals if check_only else fields).append(raw)
            if cell:
                roles[row, column] = ("total" if check_only else "value", None)
    notices += [_stray(sheet.cells[place]) for place, role in roles.items() if role == ("ignored", "M20")]
    wanted = {place: label for label, place in template.rows.items() if _row_required(template, place)}
    missing = [label for place, label in wanted.items() if place not in block.labels.values()]
    return Extract(tuple(fields), roles, (*notices, *_missing_notice(missing)), tuple(totals))


def _row_required(template: Template, template_row: int) -> bool:
    return any(entry.required for (row, _), entry in template.by_place.items() if row == template_row)


def _stray(cell: Cell) -> Notice:
    return Notice("M20", "stray", "NOTE", (cell.row, cell.column), raw=cell.text)


def _list(sheet: Sheet, block: Block, factor: Factor) -> Extract:
    assert block.table and block.assignment
    table, template = block.table, block.template
    by_column = {column: _list_field(template, letters) for column, letters in block.assignment.columns.items()}
    upright: dict[int, list[Span]] = {}
    for span in sheet.merges:
        upright.setdefault(span.first_column, []).append(span)
    fields: list[RawField] = []
    roles: Roles = {}
    first_cells: dict[int, str] = {}
    totals_found = hidden_totals(sheet, table.records, [c for c, e in by_column.items() if e.type in NUMBER_TYPES])
    for rows in table.records:
        if rows in totals_found:
            roles |= _row_roles(sheet, table, rows, "total")
            continue
        number = len(first_cells) + 1
        line = list(_line_fields(sheet, by_column, rows, number, upright, factor))
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
    notices = (*_unknown_columns(sheet, block), *(_unlabelled(sheet, table, rows) for rows in totals_found))
    return Extract(tuple(fields), roles, notices, totals, first_cells)


def _row_roles(sheet: Sheet, table: Table, rows: tuple[int, ...], role: Role) -> Roles:
    columns = range(table.span.first_column, table.span.last_column + 1)
    return {(row, column): (role, None) for row in rows for column in columns if (row, column) in sheet.cells}


def _unlabelled(sheet: Sheet, table: Table, rows: tuple[int, ...]) -> Notice:
    """A line that adds up all others is told, since nobody called it a total."""
    here = [cell for column in sorted(table.headers) if (cell := sheet.cell(rows[0], column))]
    return Notice("M26", "unlabelled", "NOTE", (here[0].row, here[0].column), raw=here[0].text)


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
        if wide and wide.last_column > wide.first_column and entry.type in NUMBER_TYPES:
            yield RawField(entry, number, (here[0].row, column), here[0], forced=("M23", ""), factor=times)
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


def _unknown_columns(sheet: Sheet, block: Block) -> Iterator[Notice]:
    """One note per column that no field takes and that holds something in the data lines."""
    assert block.table and block.assignment
    for column in block.assignment.unknown:
        texts = [sheet.text(row, column) for rows in block.table.records for row in rows]
        if any(texts):
            header = "/".join(block.table.headers.get(column, ()))
            place = (block.table.header_rows[-1], column) if block.table.header_rows else None
            yield Notice("M20", "inserted", "NOTE", place, raw=header, detail=column_letters(column))


def _total_fields(
    sheet: Sheet, by_column: Mapping[int, FieldDef], total_rows: Sequence[int], factor: Factor
) -> Iterator[RawField]:
    """The fields of the total lines, as checks; `row` is the sheet row, since several totals may stand there."""
    for row in total_rows:
        for column, entry in by_column.items():
            if entry.measure != SERIAL and entry.type in NUMBER_TYPES:
                yield RawField(entry, row, (row, column), sheet.cell(row, column), factor=factor(column))
