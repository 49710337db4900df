"""A recognised block -> its raw fields with their addresses, before anybody asks what they mean.

Every cell that stands where a value should be is taken, whatever it says; judging it comes later. What the place of
a cell already forbids (a number merged over several lines, say) travels with it as `forced`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.etl.blocks import Block
from analysis.etl.extract_list import extract_list
from analysis.etl.label_values import Pair, with_text
from analysis.etl.list_notices import examples, filled_down
from analysis.etl.raw_fields import NUMBER_TYPES, Extract, Factor, Notice, Place, RawField, Roles
from analysis.etl.structure import unit_factor
from analysis.etl.templates import Template
from analysis.etl.text import normal_form
from analysis.records import Cell, Role, Sheet
from analysis.reference import Reference
from analysis.reference.types import FieldDef

__all__ = ["NUMBER_TYPES", "Extract", "Factor", "Notice", "Place", "RawField", "Roles", "extract_block"]

_STRAY: tuple[Role, str | None] = ("ignored", "M20")


def extract_block(sheet: Sheet, block: Block, factor: Factor, reference: Reference) -> Extract:
    """All raw fields of a block; `factor` gives what a plain number of a sheet column is multiplied with."""
    if block.template.shape == "label_value":
        return _label_values(sheet, block, reference)
    grid = block.template.shape == "grid"
    found = _grid(sheet, block, factor, reference) if grid else extract_list(sheet, block, factor, reference)
    assert block.table
    return replace(found, notices=(*found.notices, *examples(sheet, block.table.example_rows, block.table)))


def _label_values(sheet: Sheet, block: Block, reference: Reference) -> Extract:
    fields: list[RawField] = []
    roles: Roles = {}
    labels = {(pair.label.row, pair.label.column) for pair in block.pairs}
    for pair in block.pairs:
        roles[pair.label.row, pair.label.column] = ("header", None)
        raw = _pair_field(sheet, pair, labels, unit_factor([pair.label.text], pair.field, reference) or 1.0)
        fields.append(raw)
        if raw.cell:
            roles[raw.place] = ("value", None)
    found = {pair.field.measure for pair in block.pairs}
    missing = [entry for entry in block.template.fields if entry.required and entry.measure not in found]
    return Extract(tuple(fields), roles, _missing_notice([(entry.header_zh, [entry]) for entry in missing], reference))


def _pair_field(sheet: Sheet, pair: Pair, labels: set[Place], factor: float) -> RawField:
    if pair.inside:
        return RawField(pair.field, 0, (pair.row, pair.column), with_text(pair), factor=factor)
    place = (pair.row, pair.column)
    cell = None if place in labels else sheet.cell(*place)
    forced = ("M20", "torn") if pair.doubtful and cell else None
    return RawField(pair.field, 0, place, cell, forced, factor=factor)


def _missing_notice(missing: Sequence[tuple[str, Sequence[FieldDef]]], reference: Reference) -> tuple[Notice, ...]:
    """The question about labels that are not there; those the form has only since this year are not asked (M10)."""
    if not missing:
        return ()
    said = "、".join(label for label, _ in missing)
    new = {form: reference.new_fields(form) for _, entries in missing for form in {entry.form for entry in entries}}
    if all((entry.block, entry.item, entry.measure) in new[entry.form] for _, entries in missing for entry in entries):
        return (Notice("M10", "older", "FIX", None, detail=said),)
    return (Notice("M20", "missing", "ASK", None, detail=said),)


def _grid(sheet: Sheet, block: Block, factor: Factor, reference: Reference) -> Extract:
    assert block.table and block.assignment
    template, columns = block.template, block.assignment.columns
    fields: list[RawField] = []
    totals: list[RawField] = []
    roles: Roles = {}
    serials = {column for column, letters in columns.items() if not template.columns[letters][1]}
    total_rows = block.totals | {row for row in block.labels if row in block.table.total_rows}
    for row, template_row in block.labels.items():
        for column in range(block.table.span.first_column, block.table.span.last_column + 1):
            cell = sheet.cell(row, column)
            letters = columns.get(column, "")
            entry = template.by_place.get((template_row, letters))
            if entry is None:
                if cell:
                    label = column in serials or normal_form(cell.text) in template.rows or column < min(columns)
                    roles[row, column] = ("header", None) if label else _STRAY
                continue
            usual = entry.header_zh == template.columns[letters][1]
            raw = _in_merges(
                sheet, block, RawField(entry, 0, (row, column), cell, factor=factor(column) if usual else 1.0)
            )
            check_only = row in total_rows and not entry.required
            (totals if check_only else fields).append(raw)
            if cell:
                roles[row, column] = ("total" if check_only else "value", None)
    strays = {column: (row, column) for (row, column), role in sorted(roles.items(), reverse=True) if role == _STRAY}
    notices = [_stray(sheet.cells[place]) for place in sorted(strays.values())]
    wanted = {place: label for label, place in template.rows.items() if _row_required(template, place)}
    missing = [
        (label, [entry for (row, _), entry in template.by_place.items() if row == place and entry.required])
        for place, label in wanted.items()
        if place not in block.labels.values()
    ]
    told = (*notices, *filled_down(fields), *_missing_notice(missing, reference))
    return Extract(tuple(fields), roles, told, tuple(totals))


def _in_merges(sheet: Sheet, block: Block, raw: RawField) -> RawField:
    """The field of a grid with what a merged range over several of its rows or columns means for it (M22, M23)."""
    assert block.assignment
    span = sheet.merge_at(*raw.place)
    anchor = sheet.cell(span.first_row, span.first_column) if span else None
    if span is None or anchor is None:
        return raw
    is_number = raw.field.type in NUMBER_TYPES
    columns = [column for column in block.assignment.columns if span.first_column <= column <= span.last_column]
    if len(columns) > 1:
        return replace(raw, forced=("M23", "")) if is_number and raw.cell else raw
    if len([row for row in block.labels if span.first_row <= row <= span.last_row]) < 2:
        return raw
    place = (span.first_row, span.first_column)
    forced = ("M22", "number") if is_number else None
    return replace(raw, place=place, cell=anchor, forced=forced, filled=raw.cell is None)


def _row_required(template: Template, template_row: int) -> bool:
    return any(entry.required for (row, _), entry in template.by_place.items() if row == template_row)


def _stray(cell: Cell) -> Notice:
    return Notice("M20", "stray", "NOTE", (cell.row, cell.column), raw=cell.text)
