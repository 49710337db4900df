"""A recognised block -> its raw fields with their addresses, before anybody asks what they mean.

Every cell that stands where a value should be is taken, whatever it says; judging it comes later. What the place of
a cell already forbids (a number merged over several lines, say) travels with it as `forced`.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.etl.blocks import Block
from analysis.etl.extract_list import extract_list
from analysis.etl.label_values import Pair, with_text
from analysis.etl.list_notices import examples
from analysis.etl.raw_fields import NUMBER_TYPES, Extract, Factor, Notice, Place, RawField, Roles
from analysis.etl.templates import Template
from analysis.etl.text import normal_form
from analysis.records import Cell, Sheet

__all__ = ["NUMBER_TYPES", "Extract", "Factor", "Notice", "Place", "RawField", "Roles", "extract_block"]


def extract_block(sheet: Sheet, block: Block, factor: Factor) -> Extract:
    """All raw fields of a block; `factor` gives what a plain number of a sheet column is multiplied with."""
    if block.template.shape == "label_value":
        return _label_values(sheet, block)
    found = _grid(sheet, block) if block.template.shape == "grid" else extract_list(sheet, block, factor)
    assert block.table
    return replace(found, notices=(*found.notices, *examples(sheet, block.table.example_rows, block.table)))


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
    total_rows = block.totals | {row for row in block.labels if row in block.table.total_rows}
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
