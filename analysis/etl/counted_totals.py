"""The line 合计 of a list of problems (F6): counts by state, written as label and number, against the lines (M27, G05).

A check, never a source of values. A count that is one off is a slip of the total (FIX), as a total that misses one
line (decision 11); any other difference is asked. What cannot be read is not compared.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from analysis.etl.asking import Asker, field_code, field_words
from analysis.etl.blocks import Block
from analysis.etl.gates_dates import first_day, last_day
from analysis.etl.text import normal_form
from analysis.records import Cell, Fact, Query, Sheet, Treatment
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_BLOCK = "total"
_EXACT = ("reported", "repaired", "confirmed")
_AFTER = r"(?:数|个数)?[:=为共计有]*(\d+)(?![\d.%])"
_NUMBER = re.compile(r"(\d+)(?:个|项|条|件)?")
_STATES: Mapping[str, tuple[str, ...]] = {
    "problems_closed": ("closed",),
    "problems_in_progress": ("in_progress",),
    "problems_not_started": ("not_started",),
}
_ALLOWED_TOO: Mapping[str, tuple[str, ...]] = {"problems_in_progress": ("long_term",)}
_OPEN = ("in_progress", "not_started")
Bounds = tuple[int, int]


def check_counted_totals(
    block: Block, facts: Sequence[Fact], sheet: Sheet, reference: Reference, asker: Asker
) -> list[Query]:
    """One query per count of the total line that the lines do not bear out."""
    fields = [entry for entry in reference.form_fields(block.form) if entry.block == _BLOCK]
    if not fields or block.table is None:
        return []
    lines = _lines(facts)
    expected = _expected(lines, dt.date(reference.year, 12, 31))
    queries = []
    for row in block.table.total_rows:
        for entry, cell, number in _written(sheet, row, fields):
            bounds = expected.get(entry.measure)
            if bounds and not bounds[0] <= number <= bounds[1]:
                queries.append(_question(entry, cell, number, bounds, sheet, asker))
    return queries


def _lines(facts: Sequence[Fact]) -> list[dict[str, Fact]]:
    lines: dict[int, dict[str, Fact]] = {}
    for fact in facts:
        if fact.status != "rejected" and fact.row > 0:
            lines.setdefault(fact.row, {})[fact.measure] = fact
    return list(lines.values())


def _expected(lines: Sequence[Mapping[str, Fact]], year_end: dt.date) -> dict[str, Bounds]:
    """Count -> the least and the most it can be; without the state of a line only the number of problems is known."""
    found: dict[str, Bounds] = {"problems": (len(lines), len(lines))}
    states = [_text(line.get("rect_status")) for line in lines]
    if None in states:
        return found
    for measure, wanted in _STATES.items():
        surely = sum(state in wanted for state in states)
        found[measure] = (surely, surely + sum(state in _ALLOWED_TOO.get(measure, ()) for state in states))
    due = [_overdue(line, state, year_end) for line, state in zip(lines, states, strict=True)]
    found["problems_overdue"] = (sum(known is True for known in due), sum(known is not False for known in due))
    return found


def _overdue(line: Mapping[str, Fact], state: str | None, year_end: dt.date) -> bool | None:
    """Whether the problem was open after its due date; null when that can be counted either way."""
    due, done = _text(line.get("due_date")), _text(line.get("done_date"))
    if state in _OPEN:
        return None if due is None or first_day(due) <= year_end < last_day(due) else last_day(due) <= year_end
    if due and done and state != "long_term":
        return None if last_day(done) > first_day(due) else False
    return None


def _text(fact: Fact | None) -> str | None:
    return fact.text if fact and fact.status in _EXACT else None


def _written(sheet: Sheet, row: int, fields: Sequence[FieldDef]) -> Iterator[tuple[FieldDef, Cell, int]]:
    """The counts of a total line: label and number in one cell, or the number in the next cell."""
    cells = [sheet.cells[place] for place in sorted(sheet.cells) if place[0] == row]
    for place, cell in enumerate(cells):
        text = normal_form(cell.text)
        for entry in fields:
            label = normal_form(entry.header_zh)
            said = re.search(re.escape(label) + _AFTER, text)
            if said:
                yield entry, cell, int(said.group(1))
            elif text.rstrip(":") == label and place + 1 < len(cells):
                alone = _NUMBER.fullmatch(normal_form(cells[place + 1].text))
                if alone:
                    yield entry, cells[place + 1], int(alone.group(1))


def _question(entry: FieldDef, cell: Cell, number: int, bounds: Bounds, sheet: Sheet, asker: Asker) -> Query:
    nearest = bounds[0] if number < bounds[0] else bounds[1]
    slip = abs(number - nearest) == 1
    how: Treatment = "FIX" if slip else "ASK"
    return asker.ask(
        "M27", "slip" if slip else "", treatment=how, form=entry.form, sheet=sheet.name, cell=cell.address,
        field=field_code(entry), field_zh=field_words(entry), raw=cell.text, read_as=f"{nearest}",
        detail=f"{number - nearest:+d}",
    )  # fmt: skip
