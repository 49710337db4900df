"""Small returns made in a test: sheets of the issued forms, filled by hand, without a spreadsheet program."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.records import Cell, Fact, FileResult, Sheet, Span, Workbook
from analysis.reference import Reference, load_reference

ROOT = Path(__file__).resolve().parent.parent
UNITS_ROW = {"person": "人", "person_time": "人次", "hour": "小时", "yuan": "元", "household": "户", "post": "个",
             "case_time": "件次", "ml": "毫升"}  # fmt: skip


@cache
def reference(year: int = 2025) -> Reference:
    """The reference data of the sample city."""
    return load_reference(ROOT / "data", year)


def place(address: str) -> tuple[int, int]:
    """`B12` -> (12, 2)."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def cell(address: str, value: Any, **more: Any) -> Cell:
    """A cell as the reader would give it."""
    row, column = place(address)
    if isinstance(value, bool):
        kind, text = "bool", str(value).upper()
    elif isinstance(value, int | float):
        kind, text = "number", f"{value:.15g}"
    elif isinstance(value, dt.date):
        kind, text = "date", value.isoformat()[:10]
    elif isinstance(value, str) and value.startswith("="):
        return Cell(row, column, None, value, "formula", formula=value, **more)
    else:
        kind, text = "text", str(value)
    return Cell(row, column, value, text, kind, **more)


def sheet(name: str, cells: Mapping[str, Any], merges: Sequence[str] = (), **more: Any) -> Sheet:
    """A sheet from addresses and values; blanks (None) are left out."""
    made = [value if isinstance(value, Cell) else cell(at, value) for at, value in cells.items() if value is not None]
    spans = []
    for merge in merges:
        first, last = merge.split(":")
        spans.append(Span(*place(first), *place(last)))
    return Sheet(name, {(entry.row, entry.column): entry for entry in made}, tuple(spans), **more)


def head(unit: str = "澜江市科学技术局", code: str = "LJ-G04", form_no: int = 3, year: int = 2025) -> dict[str, Any]:
    """The rows above the header, with their merges left out."""
    return {
        "A1": "统计表",
        "A2": f"填报单位(盖章):{unit}",
        "D2": f"表号:澜直文明{form_no}表",
        "A3": f"{year}年度(1月1日—12月31日)",
        "C3": f"单位代码:{code}",
    }


def f1_sheet(values: Mapping[str, Any], **heads: Any) -> Sheet:
    """The basic form with the given values by measure; other values are blank."""
    cells = head(form_no=1, **heads)
    for entry in reference().form_fields("F1"):
        if entry.block != "main":
            continue
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", entry.address).groups()
        cells[f"{chr(ord(letters) - 1)}{row}"] = entry.header_zh
        cells[entry.address] = values.get(entry.measure)
    return sheet("表1基本情况", cells)


def f3_sheet(lines: Sequence[Mapping[str, Any]], total: Mapping[str, Any] | None = None, **heads: Any) -> Sheet:
    """The wide form: one mapping per office (`elder_care.persons`, `hc_end`, `office_name` ...) and the total line.

    What a line does not name is 0 where the form requires a number.
    """
    cells, merges = head(form_no=3, **heads), []
    fields = [entry for entry in reference().form_fields("F3") if entry.block == "offices"]
    groups: dict[str, list[str]] = {}
    for entry in fields:
        letters = entry.address.rstrip("0123456789")
        if entry.header_group_zh:
            groups.setdefault(entry.header_group_zh, []).append(letters)
            cells[f"{letters}5"] = entry.header_zh
            cells[f"{letters}6"] = UNITS_ROW[entry.measure_unit]
        else:
            cells[f"{letters}4"] = entry.header_zh
            merges.append(f"{letters}4:{letters}6")
    for group, letters in groups.items():
        cells[f"{letters[0]}4"] = group
        merges.append(f"{letters[0]}4:{letters[-1]}4")
    for number, line in enumerate(lines, start=1):
        _fill(cells, fields, 6 + number, {"serial": number, "office_name": f"第{number}科", **line})
    if total is not None:
        row = 7 + len(lines)
        cells[f"A{row}"] = "合计"
        for entry in fields:
            value = total.get(_name(entry))
            if value is not None:
                cells[f"{entry.address.rstrip('0123456789')}{row}"] = value
    return sheet("表3参与情况", cells, merges)


def _fill(cells: dict[str, Any], fields: Sequence[Any], row: int, line: Mapping[str, Any]) -> None:
    for entry in fields:
        value = line.get(_name(entry), 0 if entry.required and entry.type != "text" else None)
        cells[f"{entry.address.rstrip('0123456789')}{row}"] = value


def _name(entry: Any) -> str:
    return f"{entry.item}.{entry.measure}" if entry.item else entry.measure


def clean(*sheets: Sheet, file: str = "报表.xlsx", year: int = 2025) -> FileResult:
    """What the cleaning of one workbook with these sheets gives, before the gates."""
    task = FileTask(file, file.encode(), reference(year))
    return clean_workbook(task, Workbook("xlsx", tuple(sheets)))


def fact(result: FileResult, measure: str, item: str = "", row: int | None = None) -> Fact:
    """The one fact of a field."""
    found = [f for f in result.facts if (f.item, f.measure) == (item, measure) and row in (None, f.row)]
    assert len(found) == 1, f"{len(found)} facts for {item}.{measure}"
    return found[0]


def list_sheet(form: str, lines: Sequence[Mapping[str, Any]], **heads: Any) -> Sheet:
    """A list form (F2, F5, F6, F8) with one header tier above the other where it has groups."""
    cells, merges = head(form_no=int(form[1]), **heads), []
    fields = [entry for entry in reference().form_fields(form) if entry.block == "list"]
    first = int(fields[0].address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    groups: dict[str, list[str]] = {}
    for entry in fields:
        letters = entry.address.rstrip("0123456789")
        if entry.header_group_zh:
            groups.setdefault(entry.header_group_zh, []).append(letters)
            cells[f"{letters}{first - 1}"] = entry.header_zh
        else:
            cells[f"{letters}4"] = entry.header_zh
            if first > 5:
                merges.append(f"{letters}4:{letters}{first - 1}")
    for group, letters in groups.items():
        cells[f"{letters[0]}4"] = group
        merges.append(f"{letters[0]}4:{letters[-1]}4")
    for number, line in enumerate(lines, start=1):
        for entry in fields:
            value = number if entry.measure == "serial" else line.get(_name(entry))
            cells[f"{entry.address.rstrip('0123456789')}{first - 1 + number}"] = value
    return sheet(f"表{form[1]}", cells, merges)
