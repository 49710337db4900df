"""The page of a figure: finding on top, measure below it, source at the foot; and the house colours.

Figures are made without pyplot: nothing is kept open, nothing global is changed. Sizes are in inches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias

import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.present.fonts import register_font

ACCENT = "#9c2f1f"
DARK = "#404040"
MIDDLE = "#8c8c8c"
LIGHT = "#d9d9d9"
FAINT = "#f0f0f0"
INK = "#262626"

STYLE = Path(__file__).with_name("house.mplstyle")
WIDTH = 11.0
MARGIN = 0.45
TITLE_SIZE, SUBTITLE_SIZE, FOOT_SIZE = 18, 11, 8.5
LINE = 1.45
NO_LINE_START = "、。》」』”%,.;:)]}\uff0c\uff1b\uff1a\uff09\uff05\uff01\uff1f—"

Look: TypeAlias = Mapping[str, Any]  # keyword arguments of a matplotlib artist

P = ParamSpec("P")


@dataclass(frozen=True)
class Texts:
    """What is written around a chart: `title` is the finding, `subtitle` says what, who and when, `foot` the source."""

    title: str
    subtitle: str
    foot: str


_BARE: ContextVar[list[Texts] | None] = ContextVar("bare", default=None)


@contextmanager
def bare_frame() -> Iterator[list[Texts]]:
    """Figures drawn inside the block carry no texts around them; the list gets those of each, for a page that sets them."""
    kept: list[Texts] = []
    token = _BARE.set(kept)
    try:
        yield kept
    finally:
        _BARE.reset(token)


@contextmanager
def house_style() -> Iterator[None]:
    """The look of the house for as long as the block lasts; raises FontFault when the font is absent."""
    register_font()
    with matplotlib.style.context(["default", STYLE]):
        yield


def in_house_style(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """A chart function that draws in the house style."""

    @wraps(draw)
    def styled(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with house_style():
            return draw(*args, **kwargs)

    return styled


def framed(texts: Texts, body_height: float) -> tuple[Figure, tuple[float, float]]:
    """A figure with its texts, and the (bottom, top) between which the chart of `body_height` inches belongs.

    The figure grows with the lines that the texts need, so that nothing runs over the edge or into the chart.
    """
    width = WIDTH - 2 * MARGIN
    kept = _BARE.get()
    if kept is not None:
        kept.append(texts)
        texts = Texts("", "", "")
    title = balanced(texts.title, TITLE_SIZE, width)
    subtitle = wrap(texts.subtitle, SUBTITLE_SIZE, width)
    foot = wrap(texts.foot, FOOT_SIZE, width)
    heights = [len(lines) * size * LINE / 72 for lines, size in block_sizes(title, subtitle, foot)]
    head, bottom = MARGIN * 0.8 + heights[0] + heights[1] + 0.12, heights[2] + MARGIN
    height = head + body_height + bottom
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    write(figure, "title", title, height - MARGIN * 0.8, TITLE_SIZE, INK)
    write(figure, "subtitle", subtitle, height - MARGIN * 0.8 - heights[0], SUBTITLE_SIZE, "#595959")
    write(figure, "foot", foot, heights[2] + MARGIN * 0.5, FOOT_SIZE, "#6e6e6e")
    return figure, (bottom / height, 1 - head / height)


def inch_axes(figure: Figure, span: tuple[float, float]) -> tuple[Axes, float]:
    """Axes without frame over the whole width of the chart, measured in inches, and their height."""
    height = (span[1] - span[0]) * figure.get_figheight()
    axes = figure.add_axes((0, span[0], 1, span[1] - span[0]))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    axes.axis("off")
    return axes, height


def write(figure: Figure, name: str, lines: list[str], top: float, size: float, colour: str) -> None:
    """Puts a block of text at the left margin, its upper edge `top` inches above the bottom of the figure."""
    height = figure.get_figheight()
    figure.text(
        MARGIN / WIDTH,
        top / height,
        "\n".join(lines),
        fontsize=size,
        color=colour,
        ha="left",
        va="top",
        linespacing=LINE,
        gid=name,
    )


def block_sizes(*blocks: list[str]) -> list[tuple[list[str], float]]:
    """The three blocks of text with their sizes in points."""
    return list(zip(blocks, (TITLE_SIZE, SUBTITLE_SIZE, FOOT_SIZE), strict=True))


@cache
def text_width(text: str, size: float) -> float:
    """Width of one line in inches."""
    font = FontProperties(family=register_font(), size=size)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72


def balanced(text: str, size: float, width: float) -> list[str]:
    """The text in as few lines as `wrap` needs, about equally long, so that no single character stands alone."""
    lines = wrap(text, size, width)
    for share in (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55):
        narrower = wrap(text, size, width * share)
        if len(lines) == 1 or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def wrap(text: str, size: float, width: float) -> list[str]:
    """The text in lines of at most `width` inches: broken between Chinese characters or at spaces."""
    return [line for part in text.split("\n") for line in wrap_line(part, size, width)]


def wrap_line(text: str, size: float, width: float) -> list[str]:
    """One paragraph in lines."""
    lines, line = [], ""
    for piece in pieces(text):
        if line and text_width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def pieces(text: str) -> list[str]:
    """The parts between which a line may break; punctuation stays with what stands before it."""
    parts: list[str] = []
    for character in text:
        joined = parts and (glued(parts[-1][-1], character))
        if joined:
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def glued(before: str, after: str) -> bool:
    """Whether no line may break between two characters."""
    if after in NO_LINE_START or before in "《「『“([{<>÷\uff08":
        return True
    return before != " " and before.isascii() and after.isascii()
