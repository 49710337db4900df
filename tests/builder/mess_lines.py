"""Messes of whole lines in the lists: examples, sub-totals, notes, repeats, dittos, merged cells, lines of other years."""

from __future__ import annotations

from dataclasses import replace

from tests.builder.grid import BLANK, Ask, Cell, Claim, Page, Row, change_all, insert_rows, put
from tests.builder.mess_gates import Mess, typed_totals, written_number
from tests.builder.register import wording
from tests.builder.scene import NoPlace, Scene

REPEATABLE = ("place", "host_office", "office", "help_measures", "award_body", "category")
NOTHING = {"value": None, "text": None, "low": None, "high": None, "queried": False}


def width(page: Page) -> int:
    return len(page.rows[data_rows(page)[0] - 1].cells)


def data_rows(page: Page, at_least: int = 1) -> list[int]:
    """The data rows of the first block; NoPlace when there are too few."""
    rows = page.rows_of("data")
    if len(rows) < at_least:
        raise NoPlace
    return rows


def column_of_measure(page: Page, measure: str) -> int:
    """The column of a measure in a list; NoPlace when no line has it."""
    found = page.find(lambda row, column, cell: any(claim.measure == measure for claim in cell.claims))
    if not found:
        raise NoPlace
    return found[0][1]


def untouched(page: Page, row: int) -> bool:
    return not any(cell and cell.touched for cell in page.rows[row - 1].cells)


def example_line(scene: Scene, page: Page) -> Page:
    """M18: the example of the issued form left in above the lines: dropped, no facts."""
    page = typed_totals(page)
    first, like = data_rows(page)[0], page.rows[data_rows(page)[0] - 1]
    cells: list[Cell | None] = [
        replace(cell, claims=(), asks=(), touched=True) if cell else None for cell in like.cells
    ]
    cells[0] = Cell("例", asks=(Ask("M18", "DROP"),))
    cells[1] = Cell(scene.rng.choice(wording("sheet", "examples")))
    return insert_rows(page, first, (Row("example", tuple(cells)),))


def note_line(scene: Scene, page: Page) -> Page:
    """M29: a remark over the whole width, below the lines or above the total."""
    page, wide = typed_totals(page), width(page)
    row = Row("note", (Cell(scene.rng.choice(wording("sheet", "notes")), "notes", (1, wide)), *([None] * (wide - 1))))
    return insert_rows(page, data_rows(page)[-1] + 1, (row,))


def quarter_totals(scene: Scene, page: Page) -> Page:
    """M26: a sub-total in the middle and one at the end of an activity list."""
    page, data = typed_totals(page), data_rows(page, 4)
    cut = data[len(data) // 2]
    for rows, before in (
        ([row for row in data if row >= cut], data[-1] + 1),
        ([row for row in data if row < cut], cut),
    ):
        cells: list[Cell | None] = [Cell(scene.rng.choice(wording("sheet", "quarters")), "total")]
        for column in range(2, width(page) + 1):
            held = [cell for row in rows if (cell := page.at(row, column)).claims]
            numbers = [written_number(cell) for cell in held if cell.claims[0].text is None]
            told = any(cell.claims[0].value is not None for cell in held)
            cells.append(Cell(round(sum(numbers), 2) if told else None, "total"))
        page = insert_rows(page, before, (Row("subtotal", tuple(cells)),))
    return page


def ditto(scene: Scene, page: Page) -> Page:
    """M53: 同上 for a text that the line above has too."""
    page, found = page, []
    for row in data_rows(page, 2)[1:]:
        for column, cell in enumerate(page.rows[row - 1].cells, 1):
            above = page.at(row - 1, column)
            plain = cell and cell.claims and above.claims and not cell.touched and not above.touched
            if plain and cell and cell.claims[0].measure in REPEATABLE:
                found.append((row, column))
    for row, column in sorted(scene.rng.sample(found, min(2, len(found))) or [scene.one_of(found)]):
        above, cell = page.at(row - 1, column), page.at(row, column)
        if above.value in wording("numbers", "ditto"):
            continue
        claim = replace(cell.claims[0], text=above.claims[0].text)
        page = put(
            page,
            row,
            column,
            replace(cell, value=scene.rng.choice(("同上", "〃", "″", "同前")), claims=(claim,), touched=True),
        )
    return page


def merged(measures: tuple[str, ...], number: bool) -> Mess:
    """M22: one cell over two or three lines: fill-down of a text; of a number nobody knows whose it is."""

    def mess(scene: Scene, page: Page) -> Page:
        page = typed_totals(page)
        column = column_of_measure(page, scene.one_of([m for m in measures if has(page, m)]))
        rows = [row for row in data_rows(page, 2) if page.at(row, column).claims and not page.at(row, column).touched]
        starts = [row for row in rows if row + 1 in rows]
        first = scene.one_of(starts)
        last = first + 2 if first + 2 in rows and scene.rng.random() < 0.4 else first + 1
        top = page.at(first, column)
        claims: tuple[Claim, ...] = tuple(
            replace(top.claims[0], row=page.at(row, column).claims[0].row) for row in range(first, last + 1)
        )
        asks: tuple[Ask, ...] = ()
        if number:
            claims = tuple(replace(claim, value=None, queried=True) for claim in claims)
            asks = (Ask("M22"),)
        new = replace(top, span=(last - first + 1, 1), claims=claims, asks=asks, touched=True, summed=False)
        page = put(page, first, column, new)
        for row in range(first + 1, last + 1):
            page = put(page, row, column, None)
        return page

    return mess


def has(page: Page, measure: str) -> bool:
    return bool(page.find(lambda row, column, cell: any(claim.measure == measure for claim in cell.claims)))


def across_groups(scene: Scene, page: Page) -> Page:
    """M23: one number over the last column of a category and the first of the next: both open."""
    page, found = typed_totals(page), []
    for row, column, cell in page.cells():
        beside = page.at(row, column + 1)
        if page.rows[row - 1].kind == "data" and cell.claims and beside.claims and not (cell.touched or beside.touched):
            one, other = cell.claims[0], beside.claims[0]
            if one.item and other.item and one.item != other.item and cell.value:
                found.append((row, column))
    row, column = scene.one_of(found)
    cell, beside = page.at(row, column), page.at(row, column + 1)
    claims = tuple(replace(claim, **{**NOTHING, "queried": True}) for claim in (*cell.claims, *beside.claims))
    page = put(page, row, column, replace(cell, span=(1, 2), claims=claims, asks=(Ask("M23"),), touched=True))
    return put(page, row, column + 1, None)


def dropped(rule: str, page: Page, number: int) -> Page:
    """The page with a line dropped: its values rejected, one question at its first cell."""
    cells = [
        cell and replace(cell, claims=tuple(replace(c, **NOTHING) for c in cell.claims), asks=(), touched=True)
        for cell in page.rows[number - 1].cells
    ]
    cells[0] = replace(cells[0] or BLANK, asks=(Ask(rule, "DROP"),))
    rows = list(page.rows)
    rows[number - 1] = replace(rows[number - 1], cells=tuple(cells))
    return replace(page, rows=tuple(rows))


def other_year(scene: Scene, page: Page) -> Page:
    """M51: an activity (or award) of last year: the line is dropped; the total goes without it."""
    page = typed_totals(page)
    measure = "activity_date" if page.form == "F2" else "award_date"
    column = column_of_measure(page, measure)
    row = scene.one_of([row for row in data_rows(page, 2) if untouched(page, row)])
    y = scene.manner.year - 1
    word = scene.rng.choice((f"{y}年12月5日", f"{y}.11.20", f"{y}-12-28", f"{y}年10月", f"{y}/9/3"))
    page = put(page, row, column, replace(page.at(row, column), value=word, look="body"))
    return without_in_total(dropped("M51", page, row), page, row)


def without_in_total(page: Page, before: Page, row: int) -> Page:
    """The page with the typed totals lessened by a line that no longer counts."""
    for total in page.rows_of("total"):
        for column, cell in enumerate(page.rows[total - 1].cells, 1):
            here = before.at(row, column)
            if cell and isinstance(cell.value, (int, float)) and isinstance(here.value, (int, float)):
                page = put(page, total, column, replace(cell, value=round(cell.value - here.value, 2)))
    return page


def village(scene: Scene, page: Page) -> Page:
    """M60a: a village or school in place of a household: the line is dropped."""
    column = column_of_measure(page, "household_no")
    row = scene.one_of([row for row in data_rows(page, 2) if untouched(page, row)])
    page = put(page, row, column, replace(page.at(row, column), value=scene.rng.choice(wording("sheet", "villages"))))
    return dropped("M60a", page, row)


def same_office(scene: Scene, page: Page) -> Page:
    """M34: an office named twice with different numbers: asked about, both lines stay."""
    column = column_of_measure(page, "office_name")
    rows = [row for row in data_rows(page, 3) if not page.at(row, column).touched]
    if len(rows) < 2:
        raise NoPlace
    first, second = sorted(scene.rng.sample(rows, 2))
    name = page.at(first, column)
    claim = replace(page.at(second, column).claims[0], text=name.claims[0].text)
    new = replace(page.at(second, column), value=name.value, claims=(claim,), asks=(Ask("M34"),), touched=True)
    return put(put(page, first, column, replace(name, touched=True)), second, column, new)


def serials(scene: Scene, page: Page) -> Page:
    """M34: serial numbers with gaps and repeats: nothing follows."""

    def renumbered(row: int, column: int, cell: Cell) -> Cell:
        if column == 1 and page.rows[row - 1].kind == "data" and isinstance(cell.value, int):
            return replace(cell, value=max(1, cell.value + scene.rng.choice((-1, 0, 0, 1, 3))))
        return cell

    return change_all(page, renumbered)


LINES: dict[str, Mess] = {
    "example": example_line,
    "note": note_line,
    "quarters": quarter_totals,
    "ditto": ditto,
    "merged": merged(("category", "host_office", "office", "place"), False),
    "merged_number": merged(("persons", "person_times", "hours", "visits", "amount_yuan"), True),
    "across": across_groups,
    "other_year": other_year,
    "village": village,
    "same_office": same_office,
    "serials": serials,
}
