"""The size at which a text stays inside its box, measured with the glyphs of the house font.

Lines are set with a fixed distance (`LEADING` times the size), so that a program with another font needs no more height;
`SPARE` of the width is left free, since Latin letters of other fonts are wider. Chinese ones are one em in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.present.chart_frame import wrap

LEADING = 1.3
SPARE = 0.05
LEAST = 5.0  # points; below, nobody can read it
POINTS_PER_INCH = 72
# office programs leave a little room between a Chinese character and a Latin one
MEETING = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Box:
    """A place on a page, in inches from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def right(self) -> float:
        return self.left + self.width


def lines_of(text: str, size: float, width: float) -> int:
    """How many lines a text takes at a size in points, in a box `width` inches wide."""
    return len(wrap(MEETING.sub(" ", text), size, width * (1 - SPARE)))


def height_of(texts: Sequence[str], size: float, width: float, gap: float = 0.0) -> float:
    """Height in inches of paragraphs below each other, with `gap` points between them."""
    lines = sum(lines_of(text, size, width) for text in texts)
    return (lines * size * LEADING + gap * (len(texts) - 1)) / POINTS_PER_INCH


def fitting_size(texts: Sequence[str], box: Box, largest: float, gap: float = 0.0) -> float:
    """The largest size in half points, `largest` at most, at which the paragraphs stay inside the box.

    Raises ValueError when not even `LEAST` is small enough: the text is then too long for any page, and nothing is cut off
    in silence.
    """
    size = largest
    while size >= LEAST:
        if height_of(texts, size, box.width, gap) <= box.height:
            return size
        size -= 0.5
    raise ValueError(f"{sum(map(len, texts))} characters do not fit into {box.width:.1f} x {box.height:.1f} inches")
