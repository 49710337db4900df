"""`civility score YEAR --take FILE`: a filled table of the term -> its CSV in `reference/terms/<n>/`, or every cell that is wrong.

The workbook is hostile input: it is read in a child with limits of time and memory, and only texts and numbers come back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis.etl.filled_inputs import KEYS, Expected, Filled, find_heads, read_filled, words_with_codes
from analysis.folders import Folders
from analysis.intake.reader import read_workbook
from analysis.intake.sandbox import run_limited
from analysis.present.input_templates import save_templates, words_of
from analysis.records import Sheet, Workbook
from analysis.reference import Reference, ReferenceFault, load_reference
from analysis.reference.input_tables import SHOWN, InputColumn, asked_lines, days_allowed, load_input_columns
from analysis.reference.rows import Fault
from analysis.reference.scheme import TERMS, load_scheme, terms_with_scheme
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import VetoCase, load_cases, load_inputs

Tables = Mapping[str, tuple[InputColumn, ...]]
MOST_NAMED = 5  # lines that a message names


def make_templates(folders: Folders, year: int, target: Path) -> list[str]:
    """Writes the tables to be filled in for the term that ends with the year; gives their names."""
    reference = load_reference(folders.data, year)
    scheme = scheme_of(folders.data, year, reference)
    written = save_templates(folders.data, scheme, reference, target)
    return [f"== {target} ==", "  ".join(path.name for path in written)]


def take_table(folders: Folders, year: int, path: Path, *, fewer: bool = False) -> list[str]:
    """Takes a filled table into the term that ends with the year; says how many lines it has and how many it had.

    `fewer`: a person says that it is meant to have fewer lines than the stored one.

    Raises:
        ReferenceFault: by file, sheet and cell, all at once, or fewer lines than are stored; then nothing is written.
    """
    reference = load_reference(folders.data, year)
    scheme = scheme_of(folders.data, year, reference)
    tables = load_input_columns(folders.data)
    sheet, table = _sheet_of(path, tables)
    expected = expected_of(table, tables[table], folders.data, scheme, reference)
    filled: Filled = read_filled(path.name, sheet, expected)
    if filled.faults:
        raise ReferenceFault(filled.faults)
    target = folders.data / TERMS / str(scheme.term.number) / f"{table}.csv"
    before = _stored(target)
    if len(filled.lines) < len(before) and not fewer:
        raise ReferenceFault((_fewer(path.name, target.name, filled.lines, before, _keys_of(tables[table])),))
    _replace(target, _csv(tables[table], filled), lambda: load_inputs(folders.data, scheme, reference))
    return [
        f"{path.name} -> {target.relative_to(folders.data).as_posix()}",
        f"{len(filled.lines)} 行(原 {len(before)} 行)  {len(filled.lines)} lines (before: {len(before)})",
    ]


def scheme_of(data_dir: Path, year: int, reference: Reference) -> Scheme:
    """The scheme of the term that ends with the year. Raises ReferenceFault when there is none, or it is at fault."""
    for term in terms_with_scheme(data_dir):
        scheme = load_scheme(data_dir, term, reference)
        if scheme.term.years[-1] == year:
            return scheme
    what = f"{year} 年度不是任何一届的末年"
    raise ReferenceFault(
        (Fault(TERMS, 0, what, "某一届的末年", "更正年度", f"{year} ends no term: there is nothing to fill in"),)
    )


def expected_of(
    table: str, columns: tuple[InputColumn, ...], data_dir: Path, scheme: Scheme, reference: Reference
) -> Expected:
    """What the table may hold in this term."""
    cases = load_cases(data_dir)
    return Expected(
        table,
        columns,
        asked_lines(table, data_dir, scheme, reference),
        {column.name: words for column in columns if (words := _words(column, cases))},
        *days_allowed(columns, scheme, cases),
        scheme.term.panel_step,
    )


def _words(column: InputColumn, cases: Sequence[VetoCase]) -> dict[str, str]:
    offered = words_of(column, cases)
    if column.kind == "case":
        return words_with_codes(column, [(case.code, word) for case, word in zip(cases, offered, strict=True)])
    if column.kind == "choice":
        return words_with_codes(column, list(column.choices.items()))
    return {word: word for word in offered}


def read_path(path: Path) -> Workbook:
    """The workbook of a path, in a child."""
    return read_workbook(path.read_bytes(), path.name)


def _sheet_of(path: Path, tables: Tables) -> tuple[Sheet, str]:
    """The one sheet that has the headings of a table, and which table that is."""
    (outcome,) = run_limited(read_path, [path.resolve()])
    workbook = outcome.result
    if workbook is None or workbook.problem:
        detail = workbook.detail if workbook else outcome.detail
        raise ReferenceFault(
            (
                Fault(
                    path.name,
                    0,
                    "无法读取",
                    "按模板填好的工作簿或 CSV",
                    "另存为 xlsx 后重试",
                    f"cannot be read: {detail}",
                ),
            )
        )
    found = [
        (sheet, table) for sheet in workbook.sheets for table, columns in tables.items() if find_heads(sheet, columns)
    ]
    if len(found) != 1:
        what, english = ("找不到模板的列名", "no sheet has the headings of a template")
        if found:
            what, english = "多张工作表都有模板的列名", "several sheets have the headings of a template"
        raise ReferenceFault(
            (Fault(path.name, 0, what, "civility score 年度 --templates 给出的列名", "恢复模板的列名", english),)
        )
    return found[0]


def _csv(columns: Sequence[InputColumn], filled: Filled) -> bytes:
    names = [column.name for column in columns if column.kind not in SHOWN]
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(filled.lines)
    return sink.getvalue().encode("utf-8-sig")


def _stored(path: Path) -> list[Mapping[str, str]]:
    """The lines that stand in the table now; none where nobody filled it in yet."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as source:
        return [dict(row) for row in csv.DictReader(source)]


def _keys_of(columns: Sequence[InputColumn]) -> list[str]:
    """The columns that tell one line of the CSV from another."""
    by_code = any(column.kind == "code" for column in columns)
    kinds = ("unit", "code") if by_code else ("unit", *KEYS)
    return [column.name for column in columns if column.kind in kinds]


def _fewer(
    file: str, target: str, lines: Sequence[Mapping[str, str]], before: Sequence[Mapping[str, str]], keys: Sequence[str]
) -> Fault:
    """Fewer lines than are stored, with the first of those that would go."""
    kept = {tuple(line[name] for name in keys) for line in lines}
    gone = [key for row in before if (key := tuple(row.get(name) or "" for name in keys)) not in kept]
    named = "; ".join(" ".join(key) for key in gone[:MOST_NAMED]) + ("; ..." if len(gone) > MOST_NAMED else "")
    return Fault(
        file, 0, f"{len(lines)} 行,{target} 现有 {len(before)} 行,将删去:{named}", f"至少 {len(before)} 行",
        "补全;确要减少的加 --fewer", f"{len(lines)} lines, {len(before)} stand in {target}: {named}",
    )  # fmt: skip


def _replace(target: Path, content: bytes, check: Callable[[], object]) -> None:
    """Writes the file as a whole; puts the one before back when `check` raises."""
    before = target.read_bytes() if target.is_file() else None
    _write(target, content)
    try:
        check()
    except ReferenceFault:
        if before is None:
            target.unlink()
        else:
            _write(target, before)
        raise


def _write(target: Path, content: bytes) -> None:
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_bytes(content)
    fresh.replace(target)
