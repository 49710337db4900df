"""The messes by name, and how they are put into a return one after another without touching each other.

A mess is named `F3.M36` (form and kind), with `:4` behind it for the number of cells (`:all` for every one) and
`@lei_feng_volunteer.persons` for those of one item (and measure) only.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.builder.cell_mess import CellMess
from tests.builder.cell_mess import befall as befall_cells
from tests.builder.frame import Manner
from tests.builder.grid import Cell, Page, put
from tests.builder.heads import heads
from tests.builder.mess_columns import COLUMNS
from tests.builder.mess_forms import FORM_GATES
from tests.builder.mess_gates import GATES, typed_totals
from tests.builder.mess_layout import LAYOUTS
from tests.builder.mess_lines import LINES
from tests.builder.mess_private import PRIVATE
from tests.builder.mess_totals import TOTALS
from tests.builder.mess_values import VALUES, ValueMess, rewritten
from tests.builder.register import dice, fields
from tests.builder.scene import NoPlace, Scene
from tests.builder.written_dates import DATE_MESSES
from tests.builder.written_marks import MARK_MESSES
from tests.builder.written_numbers import NUMBER_MESSES
from tests.builder.written_words import WORD_MESSES

KINDS = {
    "person_times": "times",
    "case_times": "times",
    "hours": "hours",
    "amount_yuan": "money",
    "blood_ml": "ml",
    "helped_households": "households",
    "offices": "things",
    "party_branches": "things",
    "jobs_offered": "things",
}
CELLS: dict[str, CellMess] = {**NUMBER_MESSES, **DATE_MESSES, **WORD_MESSES, **MARK_MESSES}
SHEETS: dict[str, Callable[[Scene, Page], Page]] = {
    **GATES, **LAYOUTS, **LINES, **COLUMNS, **FORM_GATES, **PRIVATE, **TOTALS,
}  # fmt: skip
# cells that carry the whole return are not made open by a chance mess
KEY = ("hc_start", "hc_end", "joined", "left", "distinct_any", "registered", "authorised_posts")


def kind_of(cell: Cell) -> str | None:
    """Which kind of number a cell holds, None when it holds none."""
    if not cell.claims or cell.claims[0].value is None or not isinstance(cell.value, (int, float)):
        return None
    return KINDS.get(cell.claims[0].measure, "persons")


def required(form: str) -> set[str]:
    """Measures of the form that may not be left blank."""
    return {field.measure for field in fields(form) if field.required}


def targets(page: Page, mess: ValueMess, of: str, rng: Random) -> list[tuple[int, int]]:
    """Cells that the mess may befall, in random order, noughts last: none of an office and category with a mess."""
    taken = {(cell.claims[0].row, cell.claims[0].item) for _, _, cell in page.cells() if cell.touched and cell.claims}
    free = page.find(
        lambda row, column, cell: (
            not cell.touched
            and not cell.formula
            and kind_of(cell) in mess.kinds
            and of
            in ("", cell.claims[0].item, cell.claims[0].measure, f"{cell.claims[0].item}.{cell.claims[0].measure}")
            and ((cell.claims[0].row, cell.claims[0].item) not in taken or cell.claims[0].form == "F1")
        )
    )
    rng.shuffle(free)
    return sorted(free, key=lambda place: page.at(*place).value == 0)


def befall(page: Page, mess: ValueMess, count: int, of: str, rng: Random) -> Page:
    """The page with the mess in up to `count` cells (of an item or measure, when `of` names one)."""
    done: set[tuple[int, str]] = set()
    for row, column in targets(page, mess, of, rng):
        cell = page.at(row, column)
        claim, number = cell.claims[0], cell.claims[0].value
        assert number is not None
        if count <= 0 or ((claim.row, claim.item) in done and claim.form != "F1" and count < 900):
            continue
        written = mess.write(rng, kind_of(cell) or "", number)
        if written is None or (written.outcome != "keep" and claim.measure in KEY and not of):
            continue
        if written.outcome == "blank" and claim.measure not in required(page.form):
            continue
        page, count = put(page, row, column, rewritten(cell, mess, written)), count - 1
        done.add((claim.row, claim.item))
    return page


def put_in(name: str, manner: Manner, page: Page, seed: str) -> Page:
    """The page with one mess; totals are typed once a cell of the sheet is written as text."""
    name, _, of = name.partition("@")
    kind, _, wanted = name.partition(":")
    rng = dice("mess", seed, manner.unit.code, manner.year, page.form, kind, of)
    if kind in VALUES:
        count = 999 if wanted == "all" else int(wanted or 1)
        return befall(typed_totals(page), VALUES[kind], count, of, rng)
    if kind in CELLS:
        return befall_cells(page, CELLS[kind], int(wanted or 1), of, rng, manner.year)
    return SHEETS[kind](Scene(manner, heads(manner.unit.code, manner.year), rng, wanted), page)


def applied(messes: tuple[str, ...], manner: Manner, pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The return with all its messes, in the order given; a mess that finds no place is an error."""
    for name in messes:
        form, kind = name.split(".", 1)
        before = pages
        pages = tuple(put_in(kind, manner, page, "") if page.form == form else page for page in pages)
        if pages == before:
            raise NoPlace(f"{manner.unit.code} {manner.year}: {name} finds no place")
    return pages
