"""The tables that people fill in for a term, as workbooks (and CSV) ready to be filled: one per table.

The units stand in the order of protocol with the items asked; headings and what is filled in already are locked, the other
cells take only what can be: points up to the full mark, days of the term, words of the lists. The same scheme and
register give the same bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analysis.etl.table_files import protect
from analysis.present.labels import Words
from analysis.present.office_file import nameless
from analysis.reference import Reference
from analysis.reference.input_tables import GIVEN, Asked, InputColumn, asked_lines, days_allowed, load_input_columns
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import VetoCase, load_cases

FREE_LINES = 20  # empty ones below the units, in tables of cases
FACE, SIZE = "宋体", 11
LINE = Side(style="thin", color="FF9A9A9A")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD, LOCKED = PatternFill("solid", fgColor="FFDDE6EE"), PatternFill("solid", fgColor="FFF2F2F2")
WIDTHS: Mapping[str, float] = {
    "unit": 12, "unit_name": 18, "code": 12, "item": 58, "full": 10, "points": 10, "whole": 12, "day": 14,
    "choice": 10, "case": 44, "body": 18, "text": 26,
}  # fmt: skip


def save_templates(data_dir: Path, scheme: Scheme, reference: Reference, folder: Path) -> list[Path]:
    """Writes `NAME.xlsx` and `NAME.csv` of every table that the scheme asks for; gives their paths.

    Raises:
        ReferenceFault: `input_columns.csv`, `veto_cases.csv` or the order of protocol are at fault.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cases, words = load_cases(data_dir), Words(reference)
    written = []
    for table, columns in load_input_columns(data_dir).items():
        lines = asked_lines(table, data_dir, scheme, reference)
        if not lines:
            continue
        for suffix, content in (
            ("xlsx", template_workbook(table, columns, lines, scheme, cases, words)),
            ("csv", template_csv(columns, lines, words)),
        ):
            path = folder / f"{table}.{suffix}"
            path.write_bytes(content)
            written.append(path)
    return written


def template_csv(columns: Sequence[InputColumn], lines: Sequence[Asked], words: Words) -> bytes:
    """The same table as CSV in UTF-8 with BOM; text that Excel would take for a formula stands behind an apostrophe."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow([column.zh for column in columns])
    for line in lines:
        writer.writerow([_csv_text(given(column, line, words)) for column in columns])
    return sink.getvalue().encode("utf-8-sig")


def _csv_text(value: str | float | None) -> str:
    return "" if value is None else protect(value) if isinstance(value, str) else f"{value:g}"


def given(column: InputColumn, line: Asked, words: Words) -> str | float | None:
    """What stands in a cell before anybody fills it in; null for what people fill in."""
    values: Mapping[str, Callable[[], str | float]] = {
        "unit": lambda: line.unit_code,
        "unit_name": lambda: line.unit_name,
        "code": lambda: line.code,
        "item": lambda: words.say("input.replaces", item=line.zh) if line.replaces else line.zh,
        "full": lambda: line.full,
    }
    return values[column.kind]() if column.kind in values else None


def template_workbook(
    table: str,
    columns: Sequence[InputColumn],
    lines: Sequence[Asked],
    scheme: Scheme,
    cases: Sequence[VetoCase],
    words: Words,
) -> bytes:
    """The workbook: the sheet to fill in, what each column means, and the lists to choose from."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.say(f"input.{table}")
    free = 0 if any(column.kind == "code" for column in columns) else FREE_LINES
    last = 1 + len(lines) + free
    _fill_sheet(sheet, columns, lines, last, words)
    _explain(book.create_sheet(words.say("input.sheet_meaning")), columns, words)
    places: dict[str, str] = {}
    if any(words_of(column, cases) for column in columns):
        places = _lists(book.create_sheet(words.say("input.sheet_lists")), columns, cases)
    days = days_allowed(tuple(columns), scheme, tuple(cases))
    for number, column in enumerate(columns, start=1):
        rule = _rule(column, get_column_letter(number), columns, places, scheme.term.panel_step, days)
        if rule is not None:
            rule.showErrorMessage, rule.allow_blank = True, True
            rule.errorTitle, rule.error = column.zh, column.meaning_zh
            rule.promptTitle, rule.prompt = column.zh, column.meaning_zh
            rule.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{last}")
            sheet.add_data_validation(rule)
    sink = io.BytesIO()
    book.save(sink)
    return nameless(sink.getvalue())


def _fill_sheet(
    sheet: Worksheet, columns: Sequence[InputColumn], lines: Sequence[Asked], last: int, words: Words
) -> None:
    for number, column in enumerate(columns, start=1):
        head = _cell(sheet, 1, number)
        _write(head, f"{column.zh}\n{column.en}", bold=True, fill=HEAD, centred=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS[column.kind]
    sheet.row_dimensions[1].height = 34
    for row in range(2, last + 1):
        line = lines[row - 2] if row - 2 < len(lines) else None
        for number, column in enumerate(columns, start=1):
            value = given(column, line, words) if line else None
            locked = line is not None and column.kind in GIVEN
            cell = _cell(sheet, row, number)
            _write(cell, value, fill=LOCKED if locked else None, locked=locked)
            if column.kind == "day":
                cell.number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "C2"
    sheet.protection.sheet = True
    for name in ("formatColumns", "formatRows", "formatCells", "sort", "autoFilter"):
        setattr(sheet.protection, name, False)  # False: allowed
    _set_page(sheet)


def _set_page(sheet: Worksheet) -> None:
    """A4 landscape, as wide as the paper, headings on every page."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    found = sheet.cell(row, column)
    assert isinstance(found, Cell)  # nothing is merged
    return found


def _write(
    cell: Cell,
    value: str | float | None,
    *,
    bold: bool = False,
    fill: PatternFill | None = None,
    locked: bool = True,
    centred: bool = False,
) -> None:
    """Text stays text: what begins with `=` never becomes a formula."""
    if isinstance(value, str):
        cell.value, cell.data_type = protect(value), "s"
    elif value is not None:
        cell.value = value
    cell.font, cell.border = Font(name=FACE, size=SIZE, bold=bold), BOX
    cell.alignment = Alignment(horizontal="center" if centred else None, vertical="center", wrap_text=True)
    cell.protection = Protection(locked=locked)
    if fill is not None:
        cell.fill = fill


def _explain(sheet: Worksheet, columns: Sequence[InputColumn], words: Words) -> None:
    heads = [words.say("input.column"), words.say("input.meaning"), "Column", "Meaning"]
    rows = [(column.zh, column.meaning_zh, column.en, column.meaning_en) for column in columns]
    for row, texts in enumerate([heads, *rows], start=1):
        for number, text in enumerate(texts, start=1):
            _write(_cell(sheet, row, number), text, bold=row == 1, fill=HEAD if row == 1 else None)
    for letter, width in zip("ABCD", (16, 66, 20, 92), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True
    _set_page(sheet)


def _lists(sheet: Worksheet, columns: Sequence[InputColumn], cases: Sequence[VetoCase]) -> dict[str, str]:
    """Writes the words to choose from, one column each; gives the range of each by the name of its column."""
    places: dict[str, str] = {}
    for column in columns:
        offered = words_of(column, cases)
        if not offered:
            continue
        number = len(places) + 1
        letter = get_column_letter(number)
        _write(_cell(sheet, 1, number), column.zh, bold=True, fill=HEAD)
        for row, word in enumerate(offered, start=2):
            _write(_cell(sheet, row, number), word)
        sheet.column_dimensions[letter].width = WIDTHS[column.kind]
        places[column.name] = f"'{sheet.title}'!${letter}$2:${letter}${len(offered) + 1}"
    sheet.protection.sheet = True
    _set_page(sheet)
    return places


def words_of(column: InputColumn, cases: Sequence[VetoCase]) -> tuple[str, ...]:
    """The words that a column offers; none where it takes numbers, days or free text."""
    if column.kind == "case":
        return tuple(f"{case.code} {case.zh}" for case in cases)
    if column.kind == "body":
        return tuple(dict.fromkeys(body for case in cases for body in case.confirmed_by))
    return tuple(column.choices.values())


def _rule(
    column: InputColumn,
    letter: str,
    columns: Sequence[InputColumn],
    places: Mapping[str, str],
    step: float,
    days: tuple[dt.date, dt.date],
) -> DataValidation | None:
    """What the cells of a column take. Formulas are made of addresses and numbers of the scheme alone."""
    if column.name in places:
        return DataValidation(type="list", formula1=places[column.name])
    if column.kind == "points":
        full = get_column_letter([other.kind for other in columns].index("full") + 1)
        cell = f"{letter}2"
        stepped = f"ABS({cell}/{step}-ROUND({cell}/{step},0))<0.000001"
        return DataValidation(type="custom", formula1=f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={full}2,{stepped})")
    if column.kind == "whole":
        return DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
    if column.kind == "day":
        ends = [f"DATE({day.year},{day.month},{day.day})" for day in days]
        return DataValidation(type="date", operator="between", formula1=ends[0], formula2=ends[1])
    return None
