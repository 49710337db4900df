"""What the columns of a block allow: reading it, asking about a part, or sending the form back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from analysis.etl.asking import field_code
from analysis.etl.blocks import Block
from analysis.etl.raw_fields import Notice
from analysis.etl.recognise import Recognised
from analysis.etl.templates import SERIAL, Template
from analysis.etl.text import normal_form
from analysis.records import Sheet
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_BRACKETED = re.compile(r"\(([^()]*)\)")
_TITLE_ROWS = 6
_MOST_NAMED = 5


def refuse_block(block: Block, reference: Reference) -> Notice | None:
    """Why a list or grid cannot be read without the danger of a shift; None when it can.

    Columns that the form has only since this year may be missing when all of last year's are there (M10).
    """
    assignment = block.assignment
    if assignment is None:
        return None
    groups = _whole_groups_missing(block.template, assignment.missing)
    lost = [name for name, letters in _lost(block, assignment.missing) if name[0] not in groups]
    if lost and not _is_older(block, reference):
        return Notice("M20", "lost", "BACK", None, detail="、".join(dict.fromkeys(header for _, header in lost)))
    if groups and (assignment.doubtful or not assignment.in_order):
        return Notice("M20", "lost", "BACK", None, detail="、".join(groups))
    return None


def _lost(block: Block, missing: Iterable[str]) -> list[tuple[tuple[str, str], str]]:
    """Group, header and letters of the missing columns that a form needs."""
    template = block.template
    return [(template.columns[letters], letters) for letters in missing if _needed(block, letters)]


def _is_older(block: Block, reference: Reference) -> bool:
    """Whether all that is missing is new this year and all that was there last year only is still there."""
    assert block.table and block.assignment
    new = reference.new_fields(block.form)
    entries = [
        entry
        for (_, letters), entry in block.template.by_place.items()
        if letters in block.assignment.missing and entry.required
    ]
    if not entries or not all((entry.block, entry.item, entry.measure) in new for entry in entries):
        return False
    texts = {_last(block.table.headers.get(column, ())) for column in block.assignment.unknown}
    return all(normal_form(entry.header_zh) in texts for entry in retired_fields(block, reference))


def retired_fields(block: Block, reference: Reference) -> list[FieldDef]:
    """Fields that the block had last year and has no more."""
    now = {(entry.block, entry.item, entry.measure) for entry in block.template.fields}
    return [
        entry
        for entry in reference.older_fields
        if entry.form == block.form
        and entry.block in block.template.blocks
        and (entry.block, entry.item, entry.measure) not in now
    ]


def _last(texts: Sequence[str]) -> str:
    return normal_form(texts[-1]) if texts else ""


def structure_notices(block: Block, reference: Reference) -> list[Notice]:
    """Questions and notes about the columns: missing, put back, moved or doubtful."""
    assignment = block.assignment
    if assignment is None or block.table is None:
        return []
    notices = []
    older = _is_older(block, reference)
    if older:
        names = dict.fromkeys("·".join(filter(None, name)) for name, _ in _lost(block, assignment.missing))
        notices.append(Notice("M10", "older", "FIX", None, detail="、".join(names)))
    for group in () if older else _whole_groups_missing(block.template, assignment.missing):
        entry = next(field for field in block.template.fields if field.header_group_zh == group)
        notices.append(Notice("M20", "group", "ASK", None, field=field_code(entry), detail=group))
    if assignment.filled:
        notices.append(Notice("M21", "", "FIX", None))
    if not assignment.in_order:
        notices.append(Notice("M20", "", "FIX", None, detail=_moved(block)))
    for column in assignment.doubtful:
        row = block.table.header_rows[-1] if block.table.header_rows else block.table.span.first_row
        texts = "/".join(block.table.headers.get(column, ()))
        notices.append(Notice("M20", "doubtful", "ASK", (row, column), raw=texts))
    return notices


def _moved(block: Block) -> str:
    """The headings of the columns that stand before one that the form has earlier, for people."""
    assert block.assignment
    order = list(block.template.columns)
    places = [(column, order.index(letters)) for column, letters in sorted(block.assignment.columns.items())]
    moved = [
        block.template.columns[order[place]][1]
        for number, (_, place) in enumerate(places)
        if any(other < place for _, other in places[number + 1 :])
        and sum(other < place for _, other in places[number + 1 :])
        >= sum(other > place for _, other in places[:number])
    ]
    return "、".join(dict.fromkeys(moved[:_MOST_NAMED]))


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


def missing_blocks(seen: Iterable[Recognised], templates: Iterable[Template]) -> dict[str, str]:
    """Form -> the heads of its blocks that no sheet of a return has, where another block of the form is there (M20)."""
    found = {block.template.name for one in seen for block in (*one.blocks, *one.again)}
    forms = {name.partition(".")[0] for name in found}
    lost: dict[str, list[str]] = {}
    for template in templates:
        if template.form in forms and template.name not in found:
            names = [header for _, header in template.columns.values() if header] or list(template.rows)
            lost.setdefault(template.form, []).append("、".join(names[:_MOST_NAMED]))
    return {form: ";".join(heads) for form, heads in lost.items()}


def column_factors(block: Block, reference: Reference) -> dict[int, float]:
    """Sheet column -> what its plain numbers are multiplied with, where the header names another unit (M74).

    NaN where the header names a unit of another quantity, so that nothing is read from it without asking.
    """
    if block.table is None or block.assignment is None:
        return {}
    factors = {}
    for column, letters in block.assignment.columns.items():
        entry = _usual_field(block.template, letters)
        texts = [block.table.column_units.get(column, ""), *block.table.headers.get(column, ())]
        factor = unit_factor(texts, entry, reference) if entry else None
        if factor is not None:
            factors[column] = factor
    return factors


def _usual_field(template: Template, letters: str) -> FieldDef | None:
    """The field of a column: of a list its own, of a grid one whose heading is that of the column."""
    if template.shape == "list":
        return _field(template, letters)
    header = template.columns[letters][1]
    entries = (entry for (_, column), entry in template.by_place.items() if column == letters)
    return next((entry for entry in entries if header and entry.header_zh == header), None)


def unit_factor(texts: Iterable[str], entry: FieldDef, reference: Reference) -> float | None:
    """The factor of the unit that a heading names: in brackets, in a row of its own, or as the whole heading.

    A heading that is the printed one says nothing new, though it may be a unit itself (毫升, 人次).
    """
    if not entry.measure_unit:
        return None
    said = []
    for text in texts:
        form = normal_form(text)
        said += _BRACKETED.findall(form)
        if form != normal_form(entry.header_zh):
            said.append(form)
    return _factor(said, entry.measure_unit, reference)


def _factor(texts: list[str], measure_unit: str, reference: Reference) -> float | None:
    units: Mapping[str, float] = {
        normal_form(unit.written): unit.factor for unit in reference.measure_units if unit.measure_unit == measure_unit
    }
    others = {normal_form(unit.written) for unit in reference.measure_units} - set(units)
    said = [form for text in texts if (form := normal_form(text))]
    found = {units[form] for form in said if form in units}
    if any(form in others for form in said):
        return float("nan")
    if not found:
        return None
    return found.pop() if len(found) == 1 else float("nan")


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
