"""The answers of the units (`corrections.csv`): what can be wrong in a line, and the lines as records, by file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from analysis.reference.rows import Fault, Row, fault_at
from analysis.reference.sources import Sources
from analysis.reference.types import Correction

CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
QUERY_ID = re.compile(r"[0-9a-f]{16}")
ABOUT_CELLS = ("set", "not_applicable")


def build_corrections(rows: Iterable[Row]) -> Mapping[str, tuple[Correction, ...]]:
    """The lines by file, in their order."""
    found: dict[str, list[Correction]] = {}
    for row in rows:
        entry = build_correction(row)
        found.setdefault(entry.file, []).append(entry)
    return {file: tuple(entries) for file, entries in found.items()}


def build_correction(row: Row) -> Correction:
    """One line of `corrections.csv`; folders of `file` with slashes, `cell` in capitals."""
    return Correction(
        line=row.line,
        file=row.text("file").replace("\\", "/"),
        sheet=row.text("sheet"),
        cell=row.text("cell").upper(),
        expected=row.text("expected_text"),
        action=row.text("action"),
        new_value=row.text("new_value"),
        field=row.extra("field"),
        query_id=row.extra("query_id"),
        reason=row.text("reason"),
        told_on=row.day("told_on"),
        by_whom=row.text("by_whom"),
    )


def check_corrections(sources: Sources) -> Iterator[Fault]:
    """Lines that say nothing, too much or the same twice."""
    table = sources.tables["corrections"]
    fields = {
        ".".join(part for part in (row.text("item"), row.text("measure")) if part)
        for row in sources.tables["forms"].rows
    }
    seen: dict[tuple[str, ...], list[Correction]] = {}
    for row in table.sound:
        entry = build_correction(row)
        for found, expected, remedy, english in line_faults(entry, sources.year):
            yield fault_at(table.path, row, found, expected, remedy, english)
        if entry.field and sources.readable("forms") and entry.field not in fields:
            yield fault_at(
                table.path, row, f"字段“{entry.field}”不存在", "forms.csv 中的 item.measure 或 measure", "更正",
                f"no field {entry.field!r} in forms.csv",
            )  # fmt: skip
        place = (entry.file, entry.sheet, entry.cell, "" if entry.cell else entry.query_id)
        earlier = next((other for other in seen.get(place, ()) if _same(other, entry)), None)
        if earlier:
            yield fault_at(
                table.path, row, f"与第{earlier.line}行说的是同一处", "每个单元格(字段)只写一行", "删去一行,或在 field 列写明字段",
                f"the same place as line {earlier.line}; keep one line per cell and field",
            )  # fmt: skip
        seen.setdefault(place, []).append(entry)


def _same(one: Correction, other: Correction) -> bool:
    """Whether two lines about one cell speak of the same field: a line without field speaks of all."""
    return not one.field or not other.field or one.field == other.field


Complaint = tuple[str, str, str, str]


def line_faults(entry: Correction, year: int) -> tuple[Complaint, ...]:
    """What is wrong with one line alone: what was found, what was expected, what to do, and the same in English."""
    return (*_place_faults(entry), *_value_faults(entry, year))


def _place_faults(entry: Correction) -> Iterator[Complaint]:
    if entry.cell and not CELL.fullmatch(entry.cell):
        yield f"单元格“{entry.cell}”", "如 B12 的地址", "更正", f"{entry.cell!r} is no cell address such as B12"
    if entry.query_id and not QUERY_ID.fullmatch(entry.query_id):
        yield (f"问题编号“{entry.query_id}”", "queries 表中 16 位的 query_id", "更正或留空",
               f"{entry.query_id!r} is no query_id (16 hexadecimal digits)")  # fmt: skip
    if entry.cell:
        return
    if not entry.query_id:
        yield ("没有写单元格,也没有写 query_id", "单元格;或针对整个文件、工作表的问题编号", "补填",
               "neither a cell nor the query_id of a question about a file or sheet")  # fmt: skip
    if entry.action in ABOUT_CELLS:
        yield (f"动作 {entry.action} 没有单元格", "单元格地址", "补填 cell",
               f"action {entry.action} needs a cell")  # fmt: skip
    if entry.expected:
        yield "没有单元格却写了 expected_text", "空白", "删去或补填 cell", "expected_text without a cell"


def _value_faults(entry: Correction, year: int) -> Iterator[Complaint]:
    if entry.action == "set" and not entry.new_value:
        yield (
            "动作 set 没有 new_value",
            "单位所报的值",
            "补填;不适用请用 not_applicable",
            "action set needs a new_value",
        )
    if entry.action in ("not_applicable", "keep", "reject") and entry.new_value:
        yield (f"动作 {entry.action} 写了 new_value“{entry.new_value}”", "空白", "删去 new_value,或改用 set",
               f"action {entry.action} takes no new_value")  # fmt: skip
    if entry.told_on < dt.date(year, 1, 1):
        yield (f"答复日期 {entry.told_on}", f"{year} 年及以后", "更正 told_on",
               f"told on {entry.told_on}, before the report year")  # fmt: skip
