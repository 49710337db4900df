"""One scorecard as an A4 page."""

from __future__ import annotations

from functools import cache
from math import isnan

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.present.chart_frame import ACCENT, DARK, FAINT, INK, LIGHT, LINE, MIDDLE, in_house_style, text_width, wrap
from analysis.present.page_text import PageText
from analysis.present.scorecard_data import PartBar, Scorecard

WIDTH, HEIGHT = 8.27, 11.69
MARGIN = 0.5
TITLE, HEAD, BODY, SMALL = 16.0, 8.5, 7.2, 6.8
COLUMNS = (0.0, 0.42, 2.15, 3.25, 4.6, 5.4, 6.07)  # left edges in inches from the margin; the last column ends at 7.27
NOTES_WIDTH = 2.95
BAR_NAMES, BAR_TEXTS = 1.5, 1.05
BAR, BAR_STEP = 0.15, 0.29
ROW, SMALLEST_ROW = 0.15, 0.12


@in_house_style
def draw_scorecard(card: Scorecard) -> Figure:
    """The page; raises ValueError when the items do not fit on it."""
    figure = Figure(figsize=(WIDTH, HEIGHT))
    FigureCanvasAgg(figure)
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, WIDTH)
    page.set_ylim(0, HEIGHT)
    page.axis("off")
    texts = PageText()
    top = _head(page, texts, card)
    table_top = min(_bars(page, texts, card, top), _notes(page, texts, card, top)) - 0.12
    foot = wrap(card.foot, SMALL, WIDTH - 2 * MARGIN)
    foot_top = MARGIN * 0.7 + len(foot) * SMALL * LINE / 72
    row = min(ROW, (table_top - foot_top - 0.1) / (len(card.lines) + 1))
    if row < SMALLEST_ROW:
        raise ValueError(f"{card.unit_code}: {len(card.lines)} items do not fit on one page")
    _table(page, texts, card, table_top, row)
    _block(texts, MARGIN, foot_top, foot, SMALL, MIDDLE)
    figure.add_artist(texts)
    return figure


def _block(texts: PageText, x: float, top: float, lines: list[str], size: float, colour: str = INK) -> float:
    """Lines below each other; gives where they end."""
    for line in lines:
        texts.add_top(x, top, line, size, colour)
        top -= size * LINE / 72
    return top


def _head(page: Axes, texts: PageText, card: Scorecard) -> float:
    y = _block(texts, MARGIN, HEIGHT - MARGIN, [card.title], _fitting(card.title, TITLE, WIDTH - 2 * MARGIN)) - 0.02
    for line in card.head:
        y = _block(texts, MARGIN, y, wrap(line, HEAD, WIDTH - 2 * MARGIN), HEAD, DARK)
    y -= 0.04
    page.plot([MARGIN, WIDTH - MARGIN], [y, y], color=MIDDLE, linewidth=0.8)
    return y - 0.08


def _bars(page: Axes, texts: PageText, card: Scorecard, top: float) -> float:
    """Sure points of each part in its full points, what is open in a lighter tone, the peers as a mark; remarks below."""
    whole = WIDTH - 2 * MARGIN - NOTES_WIDTH - 0.25
    left, width = MARGIN + BAR_NAMES, whole - BAR_NAMES - BAR_TEXTS
    y = top - 0.12
    for part in card.parts:
        lines = wrap(part.name, BODY, BAR_NAMES - 0.1)
        first = y + (len(lines) - 1) * BODY * LINE / 144
        for place, text in enumerate(lines):
            texts.add_middle(MARGIN, first - place * BODY * LINE / 72, text, BODY, DARK)
        _bar(page, part, left, width, y)
        texts.add_middle(left + width + 0.08, y, part.text, _fitting(part.text, BODY, BAR_TEXTS - 0.1), INK)
        y -= BAR_STEP
    y = _block(texts, MARGIN, y + 0.12, wrap(card.legend, SMALL, whole), SMALL, MIDDLE) - 0.05
    for remark in card.remarks:
        y = _block(texts, MARGIN, y, wrap(remark, BODY, whole), BODY)
    return y


def _bar(page: Axes, part: PartBar, left: float, width: float, y: float) -> None:
    scale = width / part.full
    page.barh(y, width, height=BAR, left=left, color=FAINT)
    page.barh(y, (part.high - part.low) * scale, height=BAR, left=left + part.low * scale, color=LIGHT)
    page.barh(y, part.low * scale, height=BAR, left=left, color=ACCENT if part.high < part.peers else DARK)
    if not isnan(part.peers):
        page.plot([left + part.peers * scale] * 2, [y - 0.11, y + 0.11], color=MIDDLE, linewidth=1.6)
    if part.line is not None:
        page.plot(
            [left + part.line * scale] * 2, [y - 0.11, y + 0.11], color=INK, linewidth=1.0, linestyle=(0, (1.5, 1))
        )


def _notes(page: Axes, texts: PageText, card: Scorecard, top: float) -> float:
    """Total and verdict, then flags, strong points, gaps and steps at the right."""
    x = WIDTH - MARGIN - NOTES_WIDTH
    y = _block(texts, x, top, wrap(card.total, 11.0, NOTES_WIDTH), 11.0, ACCENT)
    y = _block(texts, x, y, wrap(card.verdict, 9.0, NOTES_WIDTH), 9.0)
    for title, remarks in card.notes:
        y = _block(texts, x, y - 0.03, [title], BODY, MIDDLE)
        for text in remarks:
            page.plot([x + 0.03], [y - BODY / 144 - 0.012], marker="s", markersize=1.6, color=MIDDLE)
            y = _block(texts, x + 0.1, y, wrap(text, BODY, NOTES_WIDTH - 0.1), BODY)
    return y


def _table(page: Axes, texts: PageText, card: Scorecard, top: float, row: float) -> None:
    """One line per item, each `row` inches high."""
    y = top
    for column, title in zip(COLUMNS, card.columns, strict=True):
        texts.add_middle(MARGIN + column, y, title, BODY, MIDDLE)
    y -= row * 0.6
    page.plot([MARGIN, WIDTH - MARGIN], [y, y], color=MIDDLE, linewidth=0.8)
    for place, line in enumerate(card.lines):
        y -= row
        if place % 2:
            page.axhspan(y, y + row, MARGIN / WIDTH, 1 - MARGIN / WIDTH, color=FAINT, linewidth=0)
        cells = (line.code, line.name, line.points, line.value, line.threshold, line.peers, line.before)
        for column, following, text in zip(COLUMNS, (*COLUMNS[1:], WIDTH - 2 * MARGIN), cells, strict=True):
            size = _fitting(text, BODY, following - column - 0.05)
            texts.add_middle(MARGIN + column, y + row / 2, text, size, ACCENT if line.is_open else INK)


@cache
def _fitting(text: str, size: float, width: float) -> float:
    """The size at which the text stays within the width, at most `size`."""
    needed = text_width(text, size)
    return size if needed <= width else size * width / needed
