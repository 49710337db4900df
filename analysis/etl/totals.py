"""Total lines against the lines they add up: a check, never a source of values (M27, G05)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from analysis.etl.asking import Asker, field_code, field_words
from analysis.etl.extract import RawField
from analysis.etl.lexicon import Lexicon
from analysis.etl.values import read_number
from analysis.records import Cell, Fact, Query, Sheet, Treatment, address, split_address
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_DROPPED = "rejected"
_GRID = 0
_EXACT = ("reported", "repaired", "confirmed", "not_applicable")


def check_totals(
    totals: Iterable[RawField], facts: Sequence[Fact], sheet: Sheet, reference: Reference, asker: Asker
) -> list[Query]:
    """One query per total that is not the sum of its lines.

    A difference that equals one line's value is a slip of the total (FIX), any other is asked; neither changes a
    line (decision 11). A total of which a line is not exact or was left blank is not checked.
    Dropped lines do not count; a total may hold the repeat of a line or not.
    """
    lexicon = Lexicon.from_words(reference.words, reference.measure_units)
    by_field: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        by_field.setdefault((fact.item, fact.measure), []).append(fact)
    rows = sorted({raw.row for raw in totals})
    all_rows = {fact.row for fact in facts if fact.status != _DROPPED}
    queries = []
    for raw in totals:
        there = _added_up(raw, by_field, reference)
        lines = [line for line in there if line.status != _DROPPED]
        total = _total(raw, lexicon)
        if total is None or not lines or any(line.status not in _EXACT for line in lines):
            continue
        if raw.field.required and {line.row for line in lines} != all_rows:
            continue
        if raw.row == _GRID and len(lines) < len(_items(raw.field, reference)):
            continue
        before = max((row for row in rows if row < raw.row), default=0)
        section = [line for line in lines if before < split_address(line.cell)[0] < raw.row]
        sums = [_sum(lines), _sum(lines) + _copies(there), *([_sum(section)] if section else [])]
        if any(math.isclose(total, found, rel_tol=0, abs_tol=1e-6) for found in sums):
            continue
        shown = [line for line in lines if split_address(line.cell)[0] not in sheet.hidden_rows]
        if len(shown) < len(lines) and math.isclose(total, _sum(shown), rel_tol=0, abs_tol=1e-6):
            queries.append(_ask(raw, "M30", "total", "ASK", f"{total - _sum(lines):+g}", asker, sheet, _sum(lines)))
            continue
        queries.append(_question(raw, total, lines, section if len(rows) > 1 and section else lines, asker, sheet))
    return queries


def _added_up(raw: RawField, by_field: Mapping[tuple[str, str], list[Fact]], reference: Reference) -> list[Fact]:
    """The facts that a total adds up: the lines of its column, or in a grid the items of its block."""
    if raw.row != _GRID:
        return by_field.get((raw.field.item, raw.field.measure), [])
    return [fact for item in _items(raw.field, reference) for fact in by_field.get((item, raw.field.measure), [])]


def _items(total: FieldDef, reference: Reference) -> list[str]:
    """The items of a grid that a total of its block adds up."""
    fields = reference.form_fields(total.form)
    same = [entry for entry in fields if (entry.block, entry.measure) == (total.block, total.measure)]
    return [entry.item for entry in same if entry.item != total.item]


def _total(raw: RawField, lexicon: Lexicon) -> float | None:
    cell: Cell | None = raw.cell
    if cell is None or cell.value is None:
        return None
    reading = read_number(cell, raw.field.type, raw.field.measure_unit, lexicon, raw.factor)
    return reading.value if reading.status in ("reported", "repaired") else None


def _question(
    raw: RawField, total: float, lines: Sequence[Fact], section: Sequence[Fact], asker: Asker, sheet: Sheet
) -> Query:
    found = _sum(section)
    difference = abs(total - found)
    slip = any(line.value and math.isclose(line.value, difference, abs_tol=1e-6) for line in lines)
    how: Treatment = "FIX" if slip else "ASK"
    return _ask(raw, "M27", "slip" if slip else "", how, f"{total - found:+g}", asker, sheet, found)


def _ask(
    raw: RawField, rule: str, case: str, treatment: Treatment, detail: str, asker: Asker, sheet: Sheet, found: float
) -> Query:
    return asker.ask(
        rule,
        case,
        treatment=treatment,
        form=raw.field.form,
        sheet=sheet.name,
        cell=address(*raw.place),
        field=field_code(raw.field),
        field_zh=field_words(raw.field),
        raw=raw.cell.text if raw.cell else "",
        read_as=f"{found:g}",
        detail=detail,
    )


def _copies(lines: Sequence[Fact]) -> float:
    """What the dropped repeats of a column say, each read as the line that it repeats."""
    read = {line.raw: line.value or 0.0 for line in lines if line.status != _DROPPED}
    return math.fsum(read.get(line.raw, 0.0) for line in lines if line.status == _DROPPED)


def _sum(lines: Sequence[Fact]) -> float:
    return math.fsum(line.value or 0.0 for line in lines)
