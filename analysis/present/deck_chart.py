"""A chart of the deck as a picture that fills its place: rows and panels grow, and letters have their own size on the page."""

from __future__ import annotations

import io
from typing import Any, TypeAlias

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.present.chart_frame import house_style
from analysis.present.deck_fit import Places, is_spoiled, places_of, texts_of
from analysis.present.fit import Box

Sizes: TypeAlias = list[tuple[Text, float]]  # each with the points it is drawn with
DPI, WHITE = 160, 255
PADDING = 0.05  # inches around what is drawn
MOST = 2.6  # how much taller a chart may become: a few rows shall not be torn apart
LEAST = 0.6  # and how much lower
LARGEST, STEP = 1.5, 0.05  # how much larger letters may be drawn, and by how much less when they do not fit


def fill_place(figure: Figure, shape: float, width: float = 0.0) -> bytes:
    """The figure as PNG for a place `width` inches wide and `shape` high for each inch of it; it stays as it was.

    It grows taller where the place has room, or lower where a tall one would be narrow in it; its letters grow until
    they have their own size on the page (without `width` they stay). Neither goes so far that texts run into each other.
    """
    height, sizes = float(figure.get_figheight()), [(text, float(text.get_fontsize())) for text in texts_of(figure)]
    with house_style():
        before = places_of(figure)
        _set_height(figure, height, shape, before)
        if width:
            _set_letters(figure, sizes, Box(0, 0, width, width * shape), before)
        sink = io.BytesIO()
        figure.savefig(sink, format="png", dpi=DPI, metadata={"Software": None}, bbox_inches=_drawn(figure))
        figure.set_figheight(height)
        _scale(sizes, 1.0)
    return sink.getvalue()


def _set_height(figure: Figure, height: float, shape: float, before: Places) -> None:
    """As tall as the place asks for, between `LEAST` and `MOST` times the height, or as low as the texts allow."""
    drawn = _drawn(figure)
    wanted = min(MOST, max(LEAST, shape * drawn.width / drawn.height))
    figure.set_figheight(height * wanted)
    while wanted < 1 and is_spoiled(before, places_of(figure)):
        wanted = min(1.0, wanted + STEP)
        figure.set_figheight(height * wanted)


def _set_letters(figure: Figure, sizes: Sizes, place: Box, before: Places) -> None:
    """Letters as large on the page as they were drawn for, or as near to it as there is room."""
    drawn = _drawn(figure)
    factor = min(LARGEST, max(drawn.width / place.width, drawn.height / place.height))
    while factor > 1:
        _scale(sizes, factor)
        if not is_spoiled(before, places_of(figure)):
            return
        factor -= STEP
    _scale(sizes, 1.0)


def _scale(sizes: Sizes, factor: float) -> None:
    for text, size in sizes:
        text.set_fontsize(size * factor)


def _drawn(figure: Figure) -> Bbox:
    """What of a figure is not white, in inches with a little around; the whole of one without anything."""
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    marked = np.any(np.asarray(canvas.buffer_rgba())[:, :, :3] < WHITE, axis=2)
    across, down = np.flatnonzero(np.any(marked, axis=0)), np.flatnonzero(np.any(marked, axis=1))
    if not across.size:
        return Bbox.from_bounds(0, 0, float(figure.get_figwidth()), float(figure.get_figheight()))
    height = float(figure.get_figheight())
    left, right = float(across[0]) / figure.dpi, float(across[-1]) / figure.dpi
    top, bottom = float(down[0]) / figure.dpi, float(down[-1]) / figure.dpi
    return Bbox.from_extents(left - PADDING, height - bottom - PADDING, right + PADDING, height - top + PADDING)
