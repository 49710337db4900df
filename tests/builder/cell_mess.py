"""Messes inside one cell: which cells they fit, what the unit writes there, and what must come of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.builder.grid import Ask, Cell, Claim, Page, Value, put
from tests.builder.mess_gates import typed_totals
from tests.builder.register import Field, field_named

# cells that carry the whole return are not made open by a chance mess
KEY = ("hc_start", "hc_end", "joined", "left", "distinct_any", "registered", "authorised_posts", "unit_name")
# cells whose absence another rule asks about
TIED = ("exit_date", "exit_proof", "done_date", "out_of_hardship", "paired_date", "category", "household_no", "remark")


@dataclass(frozen=True)
class Written:
    """What stands in the cell and what must come of it.

    `outcome`: keep (the same fact, or `text` or `number` when given), ask (open, with a question), bound (only limits
    are known), none (does not apply), blank (nothing stands there, with a question), gone (nothing, no question).
    """

    value: Value
    outcome: str = "keep"
    low: float | None = None
    high: float | None = None
    text: str | None = None
    number: float | None = None
    formula: str | None = None
    comment: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Place:
    """What a writer knows: the dice, the field, the fact that stands there, and the report year."""

    rng: Random
    field: Field
    claim: Claim
    year: int
    value: Value

    @property
    def number(self) -> float:
        assert self.claim.value is not None
        return self.claim.value

    @property
    def day(self) -> dt.date | None:
        """The plain day that stands there."""
        return self.value if isinstance(self.value, dt.date) else None


Writer = Callable[[Place], Written | None]


@dataclass(frozen=True)
class CellMess:
    """A way to write something: its rule, the fields it befits, and the writer (None when it finds no way).

    `exact` is False when the number stays but is only about right.
    """

    rule: str
    fits: Callable[[Field], bool]
    write: Writer
    treatment: str = "ASK"
    exact: bool = True


def rewritten(cell: Cell, mess: CellMess, written: Written) -> Cell:
    """The cell as the unit writes it, with the facts and questions that then must come of it."""
    claim = cell.claims[0]
    new = replace(
        cell,
        value=written.value,
        formula=written.formula,
        comment=written.comment,
        mark=written.mark,
        look="body" if cell.look == "date" and not isinstance(written.value, dt.date) else cell.look,
        touched=True,
        summed=False,
    )
    if isinstance(written.value, dt.date):
        new = replace(new, look="date")
    if written.outcome in ("blank", "gone"):
        return replace(new, claims=(), asks=(Ask(mess.rule),) if written.outcome == "blank" else ())
    if written.outcome == "keep":
        kept = replace(claim, text=written.text or claim.text)
        return replace(new, claims=(kept if written.number is None else replace(kept, value=written.number),))
    asked = written.outcome == "ask"
    told = replace(claim, value=None, text=None, low=written.low, high=written.high, queried=asked)
    return replace(new, claims=(told,), asks=(Ask(mess.rule, mess.treatment),) if asked else ())


def free_cells(page: Page, mess: CellMess, of: str, rng: Random) -> list[tuple[int, int, Field]]:
    """Cells that the mess fits, in random order, noughts last."""
    found = []
    for row, column, cell in page.cells():
        if cell.touched or cell.formula or len(cell.claims) != 1 or page.rows[row - 1].kind == "total":
            continue
        claim = cell.claims[0]
        field = field_named(claim.form, claim.item, claim.measure)
        if of in ("", claim.item, claim.measure, f"{claim.item}.{claim.measure}") and mess.fits(field):
            found.append((row, column, field))
    rng.shuffle(found)
    return sorted(found, key=lambda place: page.at(*place[:2]).value == 0)


def befall(page: Page, mess: CellMess, count: int, of: str, rng: Random, year: int) -> Page:
    """The page with the mess in up to `count` cells (of an item or measure, when `of` names one)."""
    page = typed_totals(page)
    for row, column, field in free_cells(page, mess, of, rng):
        if count <= 0:
            break
        cell = page.at(row, column)
        written = mess.write(Place(rng, field, cell.claims[0], year, cell.value))
        loose = written is not None and (written.outcome != "keep" or not mess.exact)
        if written is None or (loose and field.measure in KEY and not of):
            continue
        if written.outcome == "blank" and (not field.required or field.measure in TIED):
            continue
        if written.outcome == "gone" and (field.required or field.measure in TIED):
            continue
        page, count = put(page, row, column, rewritten(cell, mess, written)), count - 1
    return page
