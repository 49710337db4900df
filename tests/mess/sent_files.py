"""Files as units send them, made of sheets filled by hand, and what becomes of them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

import openpyxl
import xlwt

from analysis.etl.clean_path import PathTask, clean_path
from analysis.intake.inventory import FoundFile
from analysis.records import FileResult, Sheet
from tests.returns import f1_sheet, f3_sheet, reference

STAFF = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 45, "hc_start": 41, "joined": 3,
         "left": 2, "hc_end": 42}  # fmt: skip
LINE = {"hc_end": 42, "elder_care.persons": 12, "elder_care.person_times": 15, "elder_care.hours": 30,
        "distinct_any": 12}  # fmt: skip


def whole() -> tuple[Sheet, Sheet]:
    """The basic form and the wide form of 市科技局."""
    return f1_sheet(STAFF), f3_sheet([LINE])


def xlsx(*sheets: Sheet) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        made.sheet_state = "hidden" if sheet.hidden else "visible"
        for cell in sheet.cells.values():
            made.cell(cell.row, cell.column, cell.formula or cell.value)
        for span in sheet.merges:
            made.merge_cells(str(span))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(*sheets: Sheet) -> bytes:
    book = xlwt.Workbook()
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        starts = {(span.first_row, span.first_column): span for span in sheet.merges}
        for place, cell in sheet.cells.items():
            span = starts.get(place)
            if span:
                edges = span.first_row - 1, span.last_row - 1, span.first_column - 1, span.last_column - 1
                made.write_merge(*edges, cell.value)
            else:
                made.write(cell.row - 1, cell.column - 1, cell.value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def grid(sheet: Sheet) -> list[list[str]]:
    """The texts of a sheet row by row."""
    rows, columns = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
    return [[sheet.text(row, column) for column in range(1, columns + 1)] for row in range(1, rows + 1)]


def csv_file(sheet: Sheet, encoding: str = "gb18030") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows(grid(sheet))
    return target.getvalue().encode(encoding)


def html(sheet: Sheet) -> bytes:
    rows = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in grid(sheet))
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>".encode()


def packed(files: Mapping[str, bytes], encoding: str = "") -> bytes:
    """A zip archive; with `encoding` its names are written in it and without a mark, as old programs did."""
    names = {chr(ord("a") + place) * len(name.encode(encoding)) if encoding else name: name
             for place, name in enumerate(files)}  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for label, name in names.items():
            archive.writestr(label, files[name])
    content = target.getvalue()
    for label, name in names.items() if encoding else ():
        content = content.replace(label.encode(), name.encode(encoding))
    return content


def receive(tmp_path: Path, name: str, data: bytes, year: int = 2025) -> tuple[FileResult, ...]:
    """What the file gives when it lies under this name in the folder of the year."""
    place = tmp_path / "received"
    place.write_bytes(data)
    return clean_path(PathTask(FoundFile(name, place), reference(year)))


def one(tmp_path: Path, name: str, data: bytes, year: int = 2025) -> FileResult:
    """The same for a file that is no archive."""
    (result,) = receive(tmp_path, name, data, year)
    return result


def state(result: FileResult) -> tuple[str, str | None]:
    return result.submission.state, result.submission.rule


def told(result: FileResult, *treatments: str) -> set[tuple[str, str]]:
    """Rule and treatment of the queries, of these treatments or of all."""
    return {(q.rule, q.treatment) for q in result.queries if not treatments or q.treatment in treatments}


def asked(result: FileResult) -> set[str]:
    """Rules of the questions that a unit must answer about the file, its sender and its sheets."""
    return {q.rule for q in result.queries if q.treatment in ("ASK", "BACK", "DROP", "QUAR") and q.rule != "M52"}
