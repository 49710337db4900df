"""A whole clean return: the eight sheets of a unit."""

from __future__ import annotations

from tests.builder.deeds import year_of
from tests.builder.fixed import f4, f7
from tests.builder.frame import Manner
from tests.builder.grid import Cell, Page, Row
from tests.builder.heads import heads
from tests.builder.lists import f2, f5, f6, f8
from tests.builder.register import words
from tests.builder.wide import f1, f3


def clean_return(manner: Manner) -> tuple[Page, ...]:
    """The eight sheets as a careful unit fills them in."""
    counts, year = heads(manner.unit.code, manner.year), year_of(manner.unit.code, manner.year)
    return (
        f1(manner, counts, year),
        f2(manner, year),
        f3(manner, year),
        f4(manner, counts),
        f5(manner, year),
        f6(manner, year),
        f7(manner, counts, year),
        f8(manner, year),
    )


def guide_page() -> Page:
    """The sheet 填报说明 of the issued workbook, which some units leave in: titles and notes, no values."""
    rows = [Row("title", (Cell("填报说明", "title"),))]
    for title, note in zip(words()["titles"], words()["notes"], strict=True):
        rows += [Row("notes", (Cell(title, "notes"),)), Row("notes", (Cell(note, "notes"),))]
    return Page("", "填报说明", tuple(rows), (90,))
