"""Many short texts on one page, set by a single artist.

A matplotlib text measures, clips and composes itself; of a page with hundreds of one-line texts that is most of the work.
Here each line is handed to the renderer as it is, its baseline set from the size of the font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties

from analysis.present.fonts import register_font

INCH = 72.0
ABOVE = 10  # of whatever else is on the page
BELOW_TOP, BELOW_MIDDLE = 0.88, 0.36  # from the top, or the middle, of a line to its baseline, in sizes of the font


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its left end and its baseline in inches from the lower left corner of the page."""

    x: float
    y: float
    text: str
    size: float
    colour: str


class PageText(Artist):  # type: ignore[misc, unused-ignore]
    """All lines of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.set_zorder(ABOVE)

    def add_top(self, x: float, top: float, text: str, size: float, colour: str) -> None:
        """A line whose upper edge is at `top`."""
        self.lines.append(Line(x, top - BELOW_TOP * size / INCH, text, size, colour))

    def add_middle(self, x: float, middle: float, text: str, size: float, colour: str) -> None:
        """A line whose characters are centred on `middle`."""
        self.lines.append(Line(x, middle - BELOW_MIDDLE * size / INCH, text, size, colour))

    def draw(self, renderer: Any) -> None:
        """Called by matplotlib."""
        figure = self.get_figure(root=True)
        if figure is None:
            return
        scale, height = figure.dpi, figure.bbox.height
        gc, family = renderer.new_gc(), register_font()
        fonts = {size: FontProperties(family=family, size=size) for size in {line.size for line in self.lines}}
        for line in self.lines:
            if line.text:
                gc.set_foreground(to_rgba(line.colour), isRGBA=True)
                y = line.y * scale
                renderer.draw_text(
                    gc, line.x * scale, height - y if renderer.flipy() else y, line.text, fonts[line.size], 0.0
                )
        gc.restore()
