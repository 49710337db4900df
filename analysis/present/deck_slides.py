"""What stands on one page of the deck, before it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChartPicture:
    """A chart without texts around it; `alt` says in words what it shows.

    `draw` gives it as PNG for a place of this height over width, and this width in inches.
    """

    draw: Callable[[float, float], bytes]
    alt: str


@dataclass(frozen=True)
class GridTable:
    """A table in words: headings, rows of the same length, and how wide the columns are beside each other.

    `numbers` are the places of the columns that are set to the right.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: frozenset[int] = frozenset()
    alt: str = ""


@dataclass(frozen=True)
class Point:
    """One of the points beside a chart: its heading and its sentences. `is_gap` tells that it waits for a judgement."""

    heading: str
    sentences: Sequence[str]
    is_gap: bool = False


@dataclass(frozen=True)
class Slide:
    """One page: `title` is the finding, `subtitle` says what, who and when; the body is a chart, a table or sentences."""

    title: str
    subtitle: str
    notes: str
    foot: Sequence[str]
    mark: str
    picture: ChartPicture | None = None
    table: GridTable | None = None
    sentences: Sequence[str] = ()
    points: Sequence[Point] = field(default_factory=tuple)
    is_cover: bool = False
