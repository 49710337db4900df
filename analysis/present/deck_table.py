"""A table of words as a native PowerPoint table, on as many pages as its rows need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches, Pt

from analysis.present.chart_frame import DARK, FAINT, INK, LIGHT
from analysis.present.deck_slides import GridTable
from analysis.present.fit import LEADING, Box, lines_of
from analysis.present.office_files import added

if TYPE_CHECKING:
    from analysis.present.deck_draw import Deck

SIZE = 11.0
SIDE, PADDING = 0.06, 0.035  # inches left free inside a cell
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the style of PowerPoint without lines and colours


def table_pages(grid: GridTable, body: Box) -> Iterator[GridTable]:
    """The rows in parts, each with the headings, that stay inside `body`; one page when there are no rows."""
    widths = column_widths(grid, body.width)
    head = row_height(grid.headings, widths)
    part: list[Sequence[str]] = []
    used = head
    for row in grid.rows:
        height = row_height(row, widths)
        if part and used + height > body.height:
            yield replace(grid, rows=part)
            part, used = [], head
        part.append(row)
        used += height
    yield replace(grid, rows=part)


def column_widths(grid: GridTable, width: float) -> list[float]:
    """Inches of each column."""
    return [width * share / sum(grid.widths) for share in grid.widths]


def row_height(cells: Sequence[str], widths: Sequence[float]) -> float:
    """Inches that the longest cell of a row needs."""
    lines = max(lines_of(text, SIZE, width - 2 * SIDE) for text, width in zip(cells, widths, strict=True))
    return lines * SIZE * LEADING / 72 + 2 * PADDING


def draw_table(shapes: Any, grid: GridTable, body: Box, deck: Deck) -> None:
    """The table at the top of its place; rows as high as their text."""
    rows = [grid.headings, *grid.rows]
    widths = column_widths(grid, body.width)
    heights = [row_height(row, widths) for row in rows]
    place = (Inches(body.left), Inches(body.top), Inches(body.width), Inches(sum(heights)))
    frame = shapes.add_table(len(rows), len(widths), *place)
    frame.name = "table"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", grid.alt)
    table = frame.table
    frame._element.xpath(".//a:tableStyleId")[0].text = NO_STYLE
    table.horz_banding = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[number].height = Emu(Inches(height))
        for place_of, text in enumerate(row):
            _fill(table.cell(number, place_of), text, number == 0, place_of in grid.numbers, deck)


def _fill(cell: Any, text: str, is_heading: bool, is_number: bool, deck: Deck) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(PADDING)
    paragraph = cell.text_frame.paragraphs[0]
    run = paragraph.add_run()
    run.text = text
    paragraph.line_spacing = Pt(SIZE * LEADING)
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    run.font.size, run.font.bold = Pt(SIZE), is_heading
    deck.colour(run, DARK if is_heading else INK)
    deck.name_fonts(run)
    looks = cell._tc.get_or_add_tcPr()
    line = added(looks, "a:lnB", w="9525")
    added(added(line, "a:solidFill"), "a:srgbClr", val=LIGHT.lstrip("#"))
    if is_heading:
        added(added(looks, "a:solidFill"), "a:srgbClr", val=FAINT.lstrip("#"))
