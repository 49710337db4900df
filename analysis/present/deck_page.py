"""The pages of the deck: where title, chart, points and foot stand on a screen (16:9) and on paper (A4 landscape)."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.present.fit import LEADING, Box, fitting_size, height_of

INCH_PER_MM = 1 / 25.4
FOOT_SIZE, POINT_SIZE, POINT_GAP = 9.0, 14.0, 4.0
COVER_SIZE, COVER_TOP = 1.4, 0.26  # how much larger the title of a cover is, and where it begins


@dataclass(frozen=True)
class Page:
    """A page in inches; sizes of text in points. `points_share` is the part of the width for the column at the right.

    `body_share` is the part of the height for what has points beside it, 0 for all that is left.
    """

    name: str
    width: float
    height: float
    margin: float
    title_size: float
    subtitle_size: float
    body_share: float
    points_share: float
    foot_height: float = 0.5
    gap: float = 0.1

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    @property
    def foot_top(self) -> float:
        return self.height - self.margin - self.foot_height


SCREEN = Page("", 40 / 3, 7.5, 0.45, 28, 14, 0, 0.22)
# domain: A4 landscape, margins 15 mm, title 26-28 pt in two lines at most, subtitle 14 pt, chart 62% of the height, right column 25%
PAPER = Page("_a4", 297 * INCH_PER_MM, 210 * INCH_PER_MM, 15 * INCH_PER_MM, 28, 14, 0.62, 0.25, 0.45, 0.06)


@dataclass(frozen=True)
class Layout:
    """Where the parts of one page stand, and the sizes of its two headings."""

    title: Box
    title_size: float
    subtitle: Box
    subtitle_size: float
    body: Box
    points: Box
    mark: Box
    foot: Box
    number: Box


def layout(page: Page, title: str, subtitle: str, with_points: bool, is_cover: bool = False) -> Layout:
    """Title in two lines at most, below it the subtitle; chart or table as high as what is left, or as the page has it.

    The title of a cover is larger and stands lower.
    """
    largest = page.title_size * (COVER_SIZE if is_cover else 1)
    start = page.height * COVER_TOP if is_cover else page.margin
    room = Box(page.margin, start, page.inner, 2 * largest * LEADING / 72 + 0.01)
    title_size = fitting_size([title], room, largest)
    heading = Box(room.left, room.top, room.width, height_of([title], title_size, room.width) + 0.02)
    below = Box(room.left, heading.bottom + 0.04, room.width, 2 * page.subtitle_size * LEADING / 72 - 0.05)
    subtitle_size = fitting_size([subtitle], below, page.subtitle_size)
    second = Box(below.left, below.top, below.width, height_of([subtitle], subtitle_size, below.width) + 0.02)
    top = second.bottom + page.gap * (4 if is_cover else 1)
    height = page.foot_top - page.gap - top
    if page.body_share and with_points:
        height = min(height, page.body_share * page.height)
    column = page.points_share * page.width if with_points else 0.0
    body = Box(page.margin, top, page.inner - column - (0.2 if column else 0.0), height)
    points = Box(page.width - page.margin - column, top, column, height)
    side = 1.75
    return Layout(
        title=heading,
        title_size=title_size,
        subtitle=second,
        subtitle_size=subtitle_size,
        body=body,
        points=points,
        mark=Box(page.margin, page.foot_top, side - 0.15, page.foot_height),
        foot=Box(page.margin + side, page.foot_top, page.inner - side - 0.7, page.foot_height),
        number=Box(page.width - page.margin - 0.6, page.foot_top, 0.6, page.foot_height),
    )
