"""One scorecard as an A4 page."""

from __future__ import annotations

from functools import cache

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.present.chart_frame import ACCENT, DARK, FAINT, INK, LIGHT, LINE, MIDDLE, in_house_style, text_width, wrap
from analysis.present.scorecard_data import ItemLine, PartBar, Scorecard

WIDTH, HEIGHT = 8.27, 11.69
MARGIN = 0.5
TITLE, HEAD, BODY, SMALL = 16.0, 8.5, 7.0, 6.5
COLUMNS = (0.0, 0.42, 2.55, 3.55, 5.05, 5.95, 6.65)  # left edges in inches from the margin
NOTES_WIDTH = 2.55
ROW, SMALLEST_ROW = 0.146, 0.12


@in_house_style
def draw_scorecard(card: Scorecard) -> Figure:
    """The page; raises ValueError when the items do not fit on it."""
    figure = Figure(figsize=(WIDTH, HEIGHT))
    FigureCanvasAgg(figure)
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, WIDTH)
    page.set_ylim(0, HEIGHT)
    page.axis("off")
    top = _head(page, card)
    bars_bottom = _bars(page, card.parts, card.legend, top)
    notes_bottom = _notes(page, card, top)
    foot = wrap(card.foot, SMALL, WIDTH - 2 * MARGIN)
    table_top = min(bars_bottom, notes_bottom) - 0.12
    row = min(ROW, (table_top - MARGIN - len(foot) * SMALL * LINE / 72) / (len(card.lines) + 1))
    if row < SMALLEST_ROW:
        raise ValueError(f"{card.unit_code}: {len(card.lines)} items do not fit on one page")
    _table(page, card.columns, card.lines, table_top, row)
    _text(page, MARGIN, MARGIN * 0.7, "\n".join(foot), SMALL, MIDDLE, va="bottom")
    return figure


def _text(page: Axes, x: float, y: float, text: str, size: float, colour: str = INK, va: str = "top") -> None:
    page.text(x, y, text, fontsize=size, color=colour, linespacing=LINE, ha="left", va=va)


def _head(page: Axes, card: Scorecard) -> float:
    y = HEIGHT - MARGIN
    _text(page, MARGIN, y, card.title, TITLE)
    y -= TITLE * LINE / 72 + 0.04
    for line in card.head:
        lines = wrap(line, HEAD, WIDTH - 2 * MARGIN)
        _text(page, MARGIN, y, "\n".join(lines), HEAD, DARK)
        y -= len(lines) * HEAD * LINE / 72
    y -= 0.06
    page.plot([MARGIN, WIDTH - MARGIN], [y, y], color=MIDDLE, linewidth=0.8)
    return y - 0.1


def _bars(page: Axes, parts: tuple[PartBar, ...], legend: str, top: float) -> float:
    """Points of each part as a bar of its full points, the bounds as a thin line, the peers as a mark."""
    left, width = MARGIN + 1.9, WIDTH - 2 * MARGIN - NOTES_WIDTH - 2.9
    y = top - 0.12
    for part in parts:
        for place, text in enumerate(wrap(part.name, BODY, 1.8)):
            _text(page, MARGIN, y - place * BODY * LINE / 72, text, BODY, DARK, va="center")
        scale = width / part.full
        page.barh(y, width, height=0.15, left=left, color=FAINT)
        page.barh(y, part.points * scale, height=0.15, left=left, color=ACCENT if part.points < part.peers else DARK)
        page.plot([left + part.low * scale, left + part.high * scale], [y, y], color=LIGHT, linewidth=1.6)
        page.plot([left + part.peers * scale] * 2, [y - 0.11, y + 0.11], color=MIDDLE, linewidth=1.4)
        _text(page, left + width + 0.08, y, f"{part.points:.1f} / {part.full:g}", BODY, va="center")
        y -= 0.34
    for line in wrap(legend, SMALL, WIDTH - 2 * MARGIN - NOTES_WIDTH - 0.3):
        _text(page, MARGIN, y + 0.1, line, SMALL, MIDDLE)
        y -= SMALL * LINE / 72
    return y


def _notes(page: Axes, card: Scorecard, top: float) -> float:
    """Total and verdict, then flags, strong points, gaps and steps at the right."""
    x = WIDTH - MARGIN - NOTES_WIDTH
    y = top
    for text, size in ((card.total, 11.0), (card.verdict, 9.0)):
        lines = wrap(text, size, NOTES_WIDTH)
        _text(page, x, y, "\n".join(lines), size, ACCENT if size > HEAD + 1 else INK)
        y -= len(lines) * size * LINE / 72
    for title, texts in card.notes:
        _text(page, x, y - 0.03, title, BODY, MIDDLE)
        y -= BODY * LINE / 72 + 0.03
        for text in texts:
            lines = wrap(text, BODY, NOTES_WIDTH - 0.12)
            _text(page, x + 0.12, y, "\n".join(lines), BODY)
            page.plot([x + 0.03], [y - BODY / 144 - 0.015], marker="s", markersize=1.6, color=MIDDLE)
            y -= len(lines) * BODY * LINE / 72
    return y


def _table(page: Axes, titles: tuple[str, ...], lines: tuple[ItemLine, ...], top: float, row: float) -> None:
    """One line per item, each `row` inches high."""
    y = top
    for column, title in zip(COLUMNS, titles, strict=True):
        _text(page, MARGIN + column, y, title, BODY, MIDDLE, va="center")
    y -= row * 0.55
    page.plot([MARGIN, WIDTH - MARGIN], [y, y], color=MIDDLE, linewidth=0.8)
    for place, line in enumerate(lines):
        y -= row
        middle = y + row / 2
        if place % 2:
            page.axhspan(y, y + row, MARGIN / WIDTH, 1 - MARGIN / WIDTH, color=FAINT, linewidth=0)
        texts = (line.code, line.name, line.points, line.value, line.threshold, line.peers, line.before)
        for column, following, text in zip(COLUMNS, (*COLUMNS[1:], WIDTH - 2 * MARGIN), texts, strict=True):
            size = _fitting(text, following - column - 0.05)
            _text(page, MARGIN + column, middle, text, size, ACCENT if line.is_open else INK, va="center")


@cache
def _fitting(text: str, width: float) -> float:
    """The size at which the text stays in its column."""
    needed = text_width(text, BODY)
    return BODY if needed <= width else BODY * width / needed
