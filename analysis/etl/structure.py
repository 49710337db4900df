"""What the columns of a block allow: reading it, asking about a part, or sending the form back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.etl.asking import field_code
from analysis.etl.blocks import Block
from analysis.etl.extract import Notice
from analysis.etl.templates import SERIAL, Template
from analysis.etl.text import normal_form
from analysis.records import Sheet
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_BRACKETED = re.compile(r"\(([^()]*)\)")
_TITLE_ROWS = 6


def refuse_block(sheet: Sheet, block: Block) -> Notice | None:
    """Why a list or grid cannot be read without the danger of a shift; None when it can."""
    assignment = block.assignment
    if assignment is None:
        return None
    groups = _whole_groups_missing(block.template, assignment.missing)
    lost = [
        entry.header_zh
        for letters in assignment.missing
        if (entry := _field(block.template, letters)) and entry.required and entry.header_group_zh not in groups
    ]
    if block.template.shape == "grid":
        lost = [block.template.columns[letters][1] for letters in assignment.missing if _needed(block, letters)]
    if lost:
        return Notice("M20", "lost", "BACK", None, detail="、".join(dict.fromkeys(lost)))
    if groups and (assignment.doubtful or not assignment.in_order):
        return Notice("M20", "lost", "BACK", None, detail="、".join(groups))
    return None


def structure_notices(sheet: Sheet, block: Block) -> list[Notice]:
    """Questions and notes about the columns: groups that are missing, put back or doubtful."""
    assignment = block.assignment
    if assignment is None or block.table is None:
        return []
    notices = []
    for group in _whole_groups_missing(block.template, assignment.missing):
        entry = next(field for field in block.template.fields if field.header_group_zh == group)
        notices.append(Notice("M20", "group", "ASK", None, field=field_code(entry), detail=group))
    if assignment.filled:
        notices.append(Notice("M21", "", "FIX", None))
    for column in assignment.doubtful:
        row = block.table.header_rows[-1] if block.table.header_rows else block.table.span.first_row
        texts = "/".join(block.table.headers.get(column, ()))
        notices.append(Notice("M20", "doubtful", "ASK", (row, column), raw=texts))
    return notices


def _whole_groups_missing(template: Template, missing: tuple[str, ...]) -> list[str]:
    """Groups of a wide form of which no column is there."""
    groups: dict[str, list[str]] = {}
    for letters, (group, _) in template.columns.items():
        if group:
            groups.setdefault(group, []).append(letters)
    whole = [group for group, letters in groups.items() if all(letter in missing for letter in letters)]
    wide = len(groups) > len(template.columns) / 5
    return whole if wide else []


def _field(template: Template, letters: str) -> FieldDef | None:
    if template.shape != "list":
        return None
    entry = next((field for (_, column), field in template.by_place.items() if column == letters), None)
    return None if entry is None or entry.measure == SERIAL else entry


def _needed(block: Block, letters: str) -> bool:
    places = block.template.by_place.items()
    return any(entry.required for (_, column), entry in places if column == letters)


def column_factors(block: Block, reference: Reference) -> dict[int, float]:
    """Sheet column -> what its plain numbers are multiplied with, where the header names another unit (M74).

    NaN where the header names a unit of another quantity, so that nothing is read from it without asking.
    """
    if block.table is None or block.assignment is None or block.template.shape != "list":
        return {}
    factors = {}
    for column, letters in block.assignment.columns.items():
        entry = _field(block.template, letters)
        if entry and entry.measure_unit:
            texts = [block.table.column_units.get(column, "")]
            texts += [
                bracket
                for text in block.table.headers.get(column, ())
                for bracket in _BRACKETED.findall(normal_form(text))
            ]
            factor = _factor(texts, entry.measure_unit, reference)
            if factor is not None:
                factors[column] = factor
    return factors


def _factor(texts: list[str], measure_unit: str, reference: Reference) -> float | None:
    units: Mapping[str, float] = {
        normal_form(unit.written): unit.factor for unit in reference.measure_units if unit.measure_unit == measure_unit
    }
    others = {normal_form(unit.written) for unit in reference.measure_units} - set(units)
    said = [form for text in texts if (form := normal_form(text))]
    found = {units[form] for form in said if form in units}
    if found:
        return found.pop() if len(found) == 1 else float("nan")
    return float("nan") if any(form in others for form in said) else None


def claimed_form(sheet: Sheet, reference: Reference) -> str | None:
    """The form that the head of a sheet says it is, by its form number (`澜直文明3表`)."""
    pattern = re.compile(re.escape(normal_form(reference.form_no_prefix)) + r"(\d)表")
    for (row, _), cell in sorted(sheet.cells.items()):
        if row > _TITLE_ROWS:
            break
        match = pattern.search(normal_form(cell.text))
        if match:
            return f"F{match.group(1)}"
    return None
