"""Whether letters of a chart may grow or come closer: no text may run into another, into a mark, or out of what holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

Boxes: TypeAlias = npt.NDArray[np.float64]
NEAR = 0.06  # inches that stay free beside a text
SHORT = 0.5  # inches; a longer line is one of an axis, which texts may cross


@dataclass(frozen=True)
class Places:
    """Where the texts of a figure stand, its rectangles and its marks, in inches: left, bottom, right, top."""

    texts: Boxes
    held: Boxes
    marks: Boxes
    width: float
    height: float


def texts_of(figure: Figure) -> list[Text]:
    """The texts that can be seen, always in the same order."""
    found: list[Any] = figure.findobj(Text)
    return [text for text in found if text.get_visible() and text.get_text().strip()]


def places_of(figure: Figure) -> Places:
    """The places as the figure is now."""
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    backgrounds = {axes.patch for axes in figure.axes} | {figure.patch}
    patches: list[Any] = [patch for patch in figure.findobj(Rectangle) if patch not in backgrounds]
    boxes = [
        [np.asarray(artist.get_window_extent(renderer).extents) / figure.dpi for artist in artists]
        for artists in (texts_of(figure), patches, figure.findobj(Line2D))
    ]
    texts, held, lines = (np.array(found, dtype="float64").reshape(-1, 4) for found in boxes)
    height = figure.get_figheight()
    is_short = (lines[:, 2] - lines[:, 0] < SHORT) & ((lines[:, 3] - lines[:, 1]) / height < SHORT / 5)
    return Places(texts, held, lines[is_short], figure.get_figwidth(), height)


def is_spoiled(before: Places, now: Places) -> bool:
    """Whether a text touches another, leaves its rectangle or the figure, that did not do so before."""
    kinds = ("texts", "held", "marks")
    if any(len(getattr(before, kind)) != len(getattr(now, kind)) for kind in kinds):
        return True
    touched = np.hstack([_touching(now, kind) & ~_touching(before, kind) for kind in kinds])
    left = _holding(before) & ~_holding(now)
    outside = _outside(now) & ~_outside(before)
    return bool(touched.any() or left.any() or outside.any())


def _touching(places: Places, kind: str) -> npt.NDArray[np.bool_]:
    """Of each text and each thing of a kind whether they are nearer than `NEAR`."""
    one, other = places.texts[:, None], getattr(places, kind)[None]
    apart = (one[..., 2] + NEAR < other[..., 0]) | (other[..., 2] + NEAR < one[..., 0])
    apart |= (one[..., 3] < other[..., 1]) | (other[..., 3] < one[..., 1])
    touch = np.asarray(~apart)
    if kind == "texts":
        np.fill_diagonal(touch, val=False)
    return touch


def _holding(places: Places) -> npt.NDArray[np.bool_]:
    """Of each text and rectangle whether the text stands inside."""
    text, held = places.texts[:, None], places.held[None]
    inside = (text[..., 0] >= held[..., 0]) & (text[..., 2] <= held[..., 2])
    inside &= (text[..., 1] >= held[..., 1]) & (text[..., 3] <= held[..., 3])
    return np.asarray(inside)


def _outside(places: Places) -> npt.NDArray[np.bool_]:
    """Of each text whether it leaves the figure at a side."""
    texts = places.texts
    beyond = (texts[:, 0] < 0) | (texts[:, 2] > places.width)
    return np.asarray(beyond | (texts[:, 1] < 0) | (texts[:, 3] > places.height))
