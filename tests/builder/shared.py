"""G19: two units claim one household; both are asked (decision 6)."""

from __future__ import annotations

from dataclasses import replace

from tests.builder.grid import Ask, Page, put
from tests.builder.parcels import Letter
from tests.builder.register import dice

PAIRS = 2
SINGLE = (
    "xlsx",
    "xls",
    "et",
    "ods",
    "pdf",
    "docx",
    "photo",
    "lock",
    "zip",
    "zip_gbk",
    "a1",
    "other_sheet",
    "hidden_draft",
)
Dealt = tuple[str, Letter, list[str]]


def number_place(page: Page) -> tuple[int, int] | None:
    """Where the first plain number of a household stands."""
    found = page.find(
        lambda row, column, cell: (
            not cell.touched
            and len(cell.claims) == 1
            and cell.claims[0].measure == "household_no"
            and bool(cell.claims[0].text)
        )
    )
    return found[0] if found else None


def with_number(letter: Letter, number: str) -> Letter:
    """The return with the number of a household that another unit has too."""
    pages = []
    for page in letter.pages:
        place = number_place(page) if page.form == "F5" else None
        if place:
            cell = page.at(*place)
            claim = replace(cell.claims[0], text=None, queried=True)
            new = replace(cell, value=number, claims=(claim,), asks=(Ask("G19"),), touched=True, mess="F5.shared")
            page = put(page, *place, new)
        pages.append(page)
    return replace(letter, pages=tuple(pages))


def shared_households(dealt: list[Dealt], seed: str) -> list[Dealt]:
    """The returns with a few numbers of households that stand in two of them."""
    free = [
        place for place, (story, letter, done) in enumerate(dealt)
        if story in SINGLE and "F5.M34" not in done and any(page.form == "F5" and number_place(page) for page in letter.pages)
    ]  # fmt: skip
    chosen = dice("shared", seed).sample(free, min(2 * PAIRS, len(free) // 2 * 2))
    out = list(dealt)
    for one, other in zip(chosen[::2], chosen[1::2], strict=True):
        page = next(page for page in dealt[one][1].pages if page.form == "F5")
        number = str(page.at(*(number_place(page) or (1, 1))).value)
        for place in (one, other):
            story, letter, done = out[place]
            out[place] = (story, with_number(letter, number), [*done, "F5.shared"])
    return out
