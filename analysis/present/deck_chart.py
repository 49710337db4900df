"""A chart of the deck as a picture that fills its place: rows and panels grow, letters keep their size."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from analysis.present.chart_frame import house_style

DPI, WHITE = 160, 255
PADDING = 0.05  # inches around what is drawn
MOST = 2.2  # how much taller a chart may become: a few rows shall not be torn apart


def fill_place(figure: Figure, shape: float) -> bytes:
    """The figure as PNG, drawn taller where its place, `shape` high for each inch of width, has room; it stays as it was."""
    height = figure.get_figheight()
    with house_style():
        drawn = _drawn(figure)
        figure.set_figheight(height * min(MOST, max(1.0, shape * drawn.width / drawn.height)))
        sink = io.BytesIO()
        figure.savefig(sink, format="png", dpi=DPI, metadata={"Software": None}, bbox_inches=_drawn(figure))
        figure.set_figheight(height)
    return sink.getvalue()


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
