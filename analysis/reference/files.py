"""One file of reference data as a person saved it -> its lines, checked against the columns we expect.

Files come as we wrote them (UTF-8 with BOM) or as Chinese Excel saved them again (GB18030, dates as 2025/1/1 or as
serial numbers, empty columns and lines at the end). Whatever cannot be read for certain is a fault, never a guess.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from pathlib import Path

from analysis.reference.cells import PARSERS
from analysis.reference.rows import Column, DataTable, Fault, ReferenceFault, Row, Settings, TableSpec, fault_at

__all__ = [
    "Column",
    "DataTable",
    "Fault",
    "ReferenceFault",
    "Row",
    "Settings",
    "TableSpec",
    "fault_at",
    "read_table",
    "read_toml",
]

NOTE_COLUMN = re.compile(r"(note|notes|remark|comment|备注|说明)(_.*|\d*)?", re.IGNORECASE)
LOST = re.compile(r"[?\ufffd]")  # what a code page writes for a character it does not have
ENGLISH = re.compile(r"(^|_)en$")
ENTRY = re.compile(r"\s*(?:\[(?P<section>\w+)\]|(?P<name>\w+)\s*=)")


def decode(content: bytes) -> str | None:
    """Text of UTF-8 (with or without BOM) or GB18030; None when it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_table(folder: Path, spec: TableSpec) -> DataTable:
    """The lines of `folder / spec.path`, with every fault of the file, its columns, cells and keys."""
    path = folder / spec.path
    if not path.is_file():
        missing = Fault(
            spec.path, 0, "文件不存在", "有此文件", "补上该文件(可由版本库恢复)", "file is missing; restore it"
        )
        return DataTable(spec.path, (), () if spec.optional else (missing,), spec.optional)
    content = path.read_bytes()
    text = decode(content)
    if text is None or "\0" in text:
        what = "既不是 UTF-8 也不是 GB18030 编码的 CSV"
        return unreadable(
            spec.path, 0, what, "CSV 文件", "另存为“CSV UTF-8(逗号分隔)”", "not a CSV in UTF-8 or GB18030"
        )
    lossy = not is_utf8(content)
    lost = LOST if lossy and not spec.patterns else None
    records, refusal = numbered_records(text)
    if refusal:
        line, english = refusal
        return unreadable(spec.path, line, "引号不成对或内容过长", "成对的引号", "检查该行的引号", english)
    if not records:
        return unreadable(
            spec.path, 1, "文件是空的", "第1行为列名", "补上列名", "the file is empty; line 1 names the columns"
        )
    names = tuple(name.strip() for name in records[0][1])
    while names and not names[-1]:
        names = names[:-1]
    column_faults = check_columns(spec, names)
    if any(column.name not in names for column in spec.columns):
        return DataTable(spec.path, (), column_faults, False)
    rows, faults = [], list(column_faults)
    for line, cells in records[1:]:
        row_faults = check_cells(spec, names, line, cells, lost)
        padded = (*(cell.strip() for cell in cells), *("" for _ in names))
        rows.append(Row(line, dict(zip(names, padded, strict=False)), not row_faults))
        faults.extend(row_faults)
    return DataTable(spec.path, tuple(rows), (*faults, *check_keys(spec, tuple(rows))), True, lossy)


def unreadable(path: str, line: int, found: str, expected: str, remedy: str, english: str) -> DataTable:
    """A table of which nothing could be read, with the reason."""
    return DataTable(path, (), (Fault(path, line, found, expected, remedy, english),), False)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def numbered_records(text: str) -> tuple[list[tuple[int, list[str]]], tuple[int, str] | None]:
    """The records with the physical line each begins on, without blank ones; or the line that is no CSV, and why.

    Strict about quotes: a quote that is never closed would swallow the lines after it without a word.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, start = [], 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                records.append((start, record))
            start = reader.line_num + 1
    except csv.Error as error:
        return [], (start, f"not a CSV: {error}; check the quotes from here on")
    return records, None


def check_columns(spec: TableSpec, names: tuple[str, ...]) -> tuple[Fault, ...]:
    """Missing, repeated and unknown columns."""
    wanted = tuple(column.name for column in spec.columns)
    listed = "、".join(wanted)
    missing = [
        Fault(spec.path, 1, f"缺少列“{name}”", listed, "补上该列", f"column {name!r} is missing")
        for name in wanted
        if name not in names
    ]
    repeated = [
        Fault(spec.path, 1, f"列“{name}”出现多次", "每列一次", "删去多余的列", f"column {name!r} stands twice")
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    unknown = [
        Fault(spec.path, 1, f"不认识的列“{name}”", listed, "更正列名,或改名为 note", f"unknown column {name!r}")
        for name in names
        if not (spec.open and name) and name not in (*wanted, *spec.extra) and not NOTE_COLUMN.fullmatch(name)
    ]
    return (*missing, *repeated, *unknown)


def check_cells(
    spec: TableSpec, names: tuple[str, ...], line: int, cells: list[str], lost: re.Pattern[str] | None
) -> tuple[Fault, ...]:
    """What is wrong with the cells of one line."""
    if any(cell.strip() for cell in cells[len(names) :]):
        beyond = "、".join(cell for cell in cells[len(names) :] if cell.strip())
        english = f"more cells than columns: {beyond!r}; quote a text that holds a comma"
        return (Fault(spec.path, line, f"多出的内容“{beyond}”", f"{len(names)} 列", "给含逗号的内容加引号", english),)
    texts = dict(zip(names, (*(cell.strip() for cell in cells), *("" for _ in names)), strict=False))
    faults = [check_cell(spec.path, line, column, texts[column.name], lost) for column in spec.columns]
    return tuple(fault for fault in faults if fault is not None)


def check_cell(path: str, line: int, column: Column, text: str, lost: re.Pattern[str] | None) -> Fault | None:
    """What is wrong with one cell, if anything. `lost` finds what a code page lost, if it may have."""
    found = f"列“{column.name}”写的是“{text}”"
    if not text:
        if not column.required:
            return None
        return Fault(path, line, f"列“{column.name}”是空的", "有内容", "补填", f"column {column.name!r} is empty")
    if lost and not ENGLISH.search(column.name) and lost.search(text):
        english = f"{column.name!r} is {text!r}: characters were lost when the file was saved; save it as CSV UTF-8"
        return Fault(path, line, found, "没有“?”的文字", "从旧版本恢复,并另存为“CSV UTF-8”", english)
    if column.choices and text not in column.choices:
        allowed = "、".join(column.choices)
        return Fault(
            path, line, found, allowed, "更正", f"{column.name!r} is {text!r}; allowed: {', '.join(column.choices)}"
        )
    try:
        PARSERS[column.type](text)
    except ValueError as refusal:
        expected, _, english = str(refusal).partition("|")
        return Fault(path, line, found, expected, "更正", f"{column.name!r} is {text!r}; expected {english}")
    return None


def check_keys(spec: TableSpec, rows: tuple[Row, ...]) -> tuple[Fault, ...]:
    """Lines whose key stands on an earlier line too."""
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for row in rows if spec.key else ():
        key = tuple(row.text(column) for column in spec.key)
        earlier = first.setdefault(key, row.line)
        if earlier != row.line:
            shown = ",".join(part for part in key if part)
            english = f"{shown!r} stands on line {earlier} too; keep one of them"
            faults.append(
                Fault(spec.path, row.line, f"“{shown}”与第{earlier}行重复", "每个只写一行", "删去一行", english)
            )
    return tuple(faults)


def read_toml(folder: Path, path: str) -> Settings:
    """The entries of a TOML file; none, with a fault, when it is missing or cannot be read."""
    if not (folder / path).is_file():
        return Settings(
            path, {}, {}, (Fault(path, 0, "文件不存在", "有此文件", "补上该文件", "file is missing; restore it"),)
        )
    text = (decode((folder / path).read_bytes()) or "\0").replace("\r\n", "\n")
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where.group(1)) if where else 0
        return Settings(
            path, {}, {}, (Fault(path, line, "不是有效的 TOML", "键 = 值", "更正该行", f"not valid TOML: {error}"),)
        )
    return Settings(path, entries, entry_lines(text), ())


def entry_lines(text: str) -> dict[str, int]:
    """The line of each entry of a TOML text by name, entries of a section as `section.name`."""
    lines, prefix = {}, ""
    for number, line in enumerate(text.split("\n"), start=1):
        entry = ENTRY.match(line)
        if entry and entry["section"]:
            prefix = f"{entry['section']}."
        elif entry:
            lines[prefix + entry["name"]] = number
    return lines
