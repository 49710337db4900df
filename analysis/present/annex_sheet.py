"""One sheet of the annex: a title, remarks and one or more tables, ready for the screen and for A4 paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analysis.etl.table_files import protect
from analysis.present.annex_formats import TEXT, Column, Value, columns_of, small_rows
from analysis.present.labels import Words
from analysis.present.tables_html import NOTHING

FONT = "Noto Sans CJK SC"  # as in the deck; a program without it takes the Chinese font that it has
SIZE = 10
NARROW, WIDE, LESS_WIDE, PAGE = 7.0, 44.0, 34.0, 96.0
MANY = 7  # more columns than these: none of them wide
SHEET_OF_PAPER = 136.0  # columns of a Latin letter that A4 across holds in letters of 10 points
LEAST_SIZE = 6.5  # points on paper; a wider sheet goes over two pages beside each other
NUMBER = 11.0
LINE = 15.0  # points of a line of 10-point text
INK, GREY, PALE, RULE = "FF1A1A1A", "FF6E6E6E", "FFF0F0F0", "FFBFBFBF"
THIN = Side(style="thin", color=RULE)


@dataclass(frozen=True)
class Block:
    """One table of a sheet under a heading of its own (empty where the sheet has one table only)."""

    heading: str
    table: pd.DataFrame


@dataclass(frozen=True)
class Page:
    """One sheet: `remarks` stand between the title and the first table."""

    name: str
    title: str
    remarks: tuple[str, ...]
    blocks: tuple[Block, ...]


def add_page(book: Workbook, page: Page, words: Words) -> Worksheet:
    """Writes the sheet at the end of the book.

    A sheet of one table has its headings frozen, repeated on every page of paper, and filters; one of several tables
    has none of these. Technical columns stand at the right and are not printed.
    """
    sheet: Worksheet = book.create_sheet(page.name)
    parts = [(block, columns_of(block.table, words)) for block in page.blocks]
    widths = _widths([columns for _, columns in parts])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    printed = _printed([columns for _, columns in parts])
    across = pages_across(sum(widths[:printed]))
    row = _head(sheet, page, max(sum(widths[:printed]) / across, PAGE))
    for block, columns in parts:
        first = _heading(sheet, row, block.heading) if block.heading else row
        last = _table(sheet, first, columns, small_rows(block.table), widths)
        if len(parts) == 1:
            _hold(sheet, first, last, columns, words)
        row = last + 2
    for_paper(sheet, words, across)
    if printed < len(widths):
        sheet.print_area = f"A1:{get_column_letter(printed)}{row - 2}"
    return sheet


def set_letters(book: Workbook) -> None:
    """The letters of the sheets as those of the book: widths of columns are counted in them."""
    book._named_styles["Normal"].font = Font(name=FONT, size=SIZE)  # type: ignore[attr-defined]


def pages_across(width: float) -> int:
    """Over how many pages beside each other a table of this width goes so that it can be read."""
    return 1 if SIZE * SHEET_OF_PAPER / max(width, 1.0) >= LEAST_SIZE else 2


def put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """One cell of our own: text is text whatever it starts with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = protect(value)
        cell.data_type = "s"
    else:
        cell.value = value
    cell.font = Font(name=FONT, size=SIZE, color=INK)
    return cell


def put_line(sheet: Worksheet, row: int, text: str, width: float, *, size: float = 10, muted: bool = False) -> None:
    """One line of text over the columns to its right; a long one gets the height that it needs at `width`."""
    cell = put(sheet, row, 1, text)
    cell.font = Font(name=FONT, size=size, bold=size > 10, color=GREY if muted else INK)
    columns, taken = 1, sheet.column_dimensions["A"].width
    while taken < width and columns < 40:
        columns += 1
        taken += sheet.column_dimensions[get_column_letter(columns)].width
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    lines = lines_needed(text, taken * 10 / size)
    sheet.row_dimensions[row].height = lines * LINE * size / 10


def for_paper(sheet: Worksheet, words: Words, across: int = 1) -> None:
    """A4 across, as wide as the paper (of `across` pages beside each other), with mark and page number at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side, inches in {"left": 0.5, "right": 0.5, "top": 0.5, "bottom": 0.75, "footer": 0.3}.items():
        setattr(sheet.page_margins, side, inches)
    texts = (words.say("foot.internal"), words.say("annex.foot", year=words.reference.year), "&P / &N")
    foot = sheet.oddFooter
    assert foot is not None
    for part, text in zip((foot.left, foot.center, foot.right), texts, strict=True):
        assert part is not None
        part.text = text
    sheet.sheet_view.showGridLines = False


def text_width(text: str) -> int:
    """How many columns of a Latin letter the text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def lines_needed(text: str, width: float) -> int:
    """How many lines the text takes at this width."""
    return sum(max(1, -(-text_width(line) // max(int(width) - 2, 1))) for line in text.split("\n"))


def _head(sheet: Worksheet, page: Page, width: float) -> int:
    """Title and remarks; gives the first row below them."""
    put_line(sheet, 1, page.title, width, size=14)
    for row, remark in enumerate(page.remarks, start=2):
        put_line(sheet, row, remark, width, muted=True)
    return len(page.remarks) + 3


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    put(sheet, row, 1, text).font = Font(name=FONT, size=11, bold=True, color=INK)
    sheet.row_dimensions[row].height = 18
    return row + 1


def _table(
    sheet: Worksheet, first: int, columns: Sequence[Column], small: Sequence[bool], widths: Sequence[float]
) -> int:
    """Headings and rows; gives the last row."""
    for place, column in enumerate(columns, start=1):
        cell = put(sheet, first, place, column.heading)
        cell.font = Font(name=FONT, size=SIZE, bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=PALE)
        cell.border = Border(top=THIN, bottom=THIN)
        cell.alignment = _alignment(column, place, "center")
    sheet.row_dimensions[first].height = LINE * max(
        (lines_needed(column.heading, width - 2) for column, width in zip(columns, widths, strict=False)), default=1
    )
    for place, column in enumerate(columns, start=1):
        for row, value in enumerate(column.cells, start=first + 1):
            _value(put(sheet, row, place, value), column, small[row - first - 1])
    for row in range(first + 1, first + 1 + len(small)):
        texts = [str(column.cells[row - first - 1]) for column in columns if not column.is_number]
        spans = [width for column, width in zip(columns, widths, strict=False) if not column.is_number]
        lines = [lines_needed(text, span) for text, span in zip(texts, spans, strict=True)]
        sheet.row_dimensions[row].height = LINE * max(lines, default=1)
    return first + len(small)


def _value(cell: Cell, column: Column, is_small: bool) -> None:
    cell.number_format = TEXT if isinstance(cell.value, str) else column.number_format
    cell.border = Border(bottom=THIN)
    cell.alignment = _alignment(column, cell.column, "top")
    muted = is_small or cell.value == NOTHING
    cell.font = Font(name=FONT, size=SIZE, italic=is_small, color=GREY if muted else INK)


def _alignment(column: Column, place: int, vertical: str) -> Alignment:
    """Numbers stand at the right, texts at the left a little off the number before them."""
    if column.is_number:
        return Alignment(wrap_text=True, vertical=vertical, horizontal="right")
    return Alignment(wrap_text=True, vertical=vertical, horizontal="left", indent=int(place > 1))


def _hold(sheet: Worksheet, first: int, last: int, columns: Sequence[Column], words: Words) -> None:
    """Headings that stay, on the screen and on paper, and filters."""
    kept = min(len(columns) - 1, _names(columns, words))
    sheet.freeze_panes = sheet.cell(first + 1, kept + 1).coordinate
    sheet.print_title_rows = f"{first}:{first}"
    if kept:
        sheet.print_title_cols = f"A:{get_column_letter(kept)}"
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(max(len(columns), 1))}{max(last, first)}"


def _printed(tables: Sequence[Sequence[Column]]) -> int:
    """How many columns of the sheet are printed."""
    return max((sum(not column.is_technical for column in columns) for columns in tables), default=1)


def _names(columns: Sequence[Column], words: Words) -> int:
    """How many columns name the row: up to the name of the unit, else the first."""
    name = words.label("short_name", "column")
    return next((place for place, column in enumerate(columns, start=1) if column.heading == name), 1)


def _widths(tables: Sequence[Sequence[Column]]) -> list[float]:
    """One width per place, enough for every table of the sheet; long texts go over several lines."""
    count = max((len(columns) for columns in tables), default=1)
    most = LESS_WIDE if count > MANY else WIDE
    return [
        min(most, max((_width(columns[place]) for columns in tables if place < len(columns)), default=NARROW))
        for place in range(count)
    ]


def _width(column: Column) -> float:
    """Room for the longest value, and for the heading over two or three lines."""
    own = NUMBER if column.is_number else max((text_width(str(value)) for value in column.cells), default=0) + 3
    longest = max((text_width(word) for word in column.heading.split() if word.isascii()), default=0)
    return max(NARROW, own, min(text_width(column.heading) + 3, NUMBER), longest + 3 if longest else 0)
