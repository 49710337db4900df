"""Messes of the sheet: rows and columns moved, put in, taken out; headers broken; lines that are no lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.builder.grid import (
    BLANK,
    Ask,
    Cell,
    Page,
    Row,
    change,
    change_all,
    delete_columns,
    insert_column,
    insert_rows,
    put,
)
from tests.builder.mess_gates import typed_totals, written_number
from tests.builder.register import words
from tests.builder.scene import Scene

Mess = Callable[[Scene, Page], Page]


def moved_down(scene: Scene, page: Page) -> Page:
    """M19: blank rows above everything."""
    return insert_rows(page, 1, tuple(Row("blank", ()) for _ in range(scene.rng.randint(1, 3))))


def other_title(scene: Scene, page: Page) -> Page:
    """M19: the title written anew."""
    title = page.at(1, 1)
    return put(
        page,
        1,
        1,
        replace(title, value=f"{scene.manner.year}年度{title.value}".replace("汇总表", "统计表"), touched=True),
    )


def no_title(scene: Scene, page: Page) -> Page:
    """M19: the title row gone."""
    return replace(page, rows=tuple(row for row in page.rows if row.kind != "title"))


def swapped_head(scene: Scene, page: Page) -> Page:
    """M19: the row of the year above that of the unit."""
    first, second = page.rows_of("head")
    rows = list(page.rows)
    rows[first - 1], rows[second - 1] = rows[second - 1], rows[first - 1]
    return replace(page, rows=tuple(rows))


def own_column(scene: Scene, page: Page) -> Page:
    """M20: a column of the unit's own, 联系人, before the first category."""
    header_rows = page.rows_of("header")

    def made(number: int, row: Row) -> Cell | None:
        if number == header_rows[0]:
            return Cell("联系人", "header", (len(header_rows), 1))
        if row.kind == "data":
            return Cell(scene.rng.choice(words()["contact_posts"]))
        return Cell(look="total") if row.kind == "total" else None

    return insert_column(page, 4, made)


def lost_group(scene: Scene, page: Page) -> Page:
    """M20: a group of columns that the unit had no use for, deleted; asked about once for the sheet."""
    top, free = page.rows_of("header")[0], []
    for place, cell in enumerate(page.rows[top - 1].cells, 1):
        if cell and cell.span[1] > 1:
            inside = [page.at(row, c) for row in page.rows_of("data") for c in range(place, place + cell.span[1])]
            if all(not one.touched and one.claims and one.claims[0].value == 0 for one in inside):
                free.append((place, cell.span[1]))
    first, count = scene.one_of(free)
    return replace(delete_columns(page, first, count), asks=(*page.asks, Ask("M20")))


def unmerged_groups(scene: Scene, page: Page) -> Page:
    """M21: the groups of the header not merged any more; repeated over their columns when wanted."""
    top = page.rows_of("header")[0]
    for place, cell in enumerate(page.rows[top - 1].cells, 1):
        if cell and cell.span[1] > 1:
            page = change(page, top, place, span=(1, 1))
            for column in range(place + 1, place + cell.span[1]):
                filled = cell.value if scene.wanted == "repeated" else None
                page = put(page, top, column, Cell(filled, "header"))
    return page


def broken_headers(scene: Scene, page: Page) -> Page:
    """M24: line breaks, spaces and full-width brackets in the headers."""
    rows = set(page.rows_of("header"))

    def written(row: int, column: int, cell: Cell) -> Cell:
        text = cell.value
        if row not in rows or not isinstance(text, str) or len(text) < 2 or scene.rng.random() < 0.4:
            return cell
        at = scene.rng.randint(1, len(text) - 1)
        broken = text[:at] + scene.rng.choice(("\n", " ", "　")) + text[at:]
        return replace(cell, value=broken.replace("(", "（").replace(")", "）"), touched=True)

    return change_all(page, written)


def spaced_labels(scene: Scene, page: Page) -> Page:
    """M24: spaces and line breaks in the labels of F1."""

    def written(row: int, column: int, cell: Cell) -> Cell:
        if cell.look != "label" or not isinstance(cell.value, str) or scene.rng.random() < 0.4:
            return cell
        at = scene.rng.randint(1, len(cell.value) - 1)
        return replace(cell, value=cell.value[:at] + scene.rng.choice(("\n", " ", "　")) + cell.value[at:])

    return change_all(page, written)


def sum_row(page: Page, rows: list[int], label: str) -> Row:
    """A sub-total of the rows, as typed numbers."""
    cells: list[Cell | None] = [Cell(label, "total", (1, 2)), None]
    for column in range(3, len(page.rows[rows[0] - 1].cells) + 1):
        held = [page.at(row, column) for row in rows]
        numbers = [written_number(cell) for cell in held if cell.claims and cell.claims[0].text is None]
        amount = sum(numbers)
        cells.append(Cell(int(amount) if amount == int(amount) else amount, "total") if numbers else Cell(look="total"))
    return Row("subtotal", tuple(cells))


def subtotals(scene: Scene, page: Page) -> Page:
    """M26: 小计 after the first half of the offices and after the rest."""
    page = typed_totals(page)
    data = page.rows_of("data")
    half = len(data) // 2
    later = sum_row(page, data[half:], "小计")
    page = insert_rows(page, data[half], (sum_row(page, data[:half], "小计"),))
    return insert_rows(page, page.rows_of("total")[0], (later,))


def repeated_header(scene: Scene, page: Page) -> Page:
    """M28: the header again in the middle, as on a second page."""
    page = typed_totals(page)
    data = page.rows_of("data")
    header = tuple(replace(page.rows[number - 1], kind="repeat") for number in page.rows_of("header"))
    return insert_rows(page, data[len(data) // 2], header)


def doubled_line(scene: Scene, page: Page) -> Page:
    """M34: an office twice; the second is dropped, its values are rejected."""
    page = typed_totals(page)
    number = scene.one_of(page.rows_of("data")[1:])

    def rejected(cell: Cell | None) -> Cell | None:
        nothing = {"value": None, "text": None, "low": None, "high": None, "queried": False}
        claims = tuple(replace(claim, **nothing) for claim in (cell.claims if cell else ()))
        return cell and replace(cell, claims=claims, asks=(), touched=True)

    row = page.rows[number - 1]
    first, *others = (rejected(cell) for cell in row.cells)
    asked = replace(first or BLANK, asks=(Ask("M34", "DROP"),))
    page = insert_rows(page, number + 1, (replace(row, cells=(asked, *others)),))

    def counted(row: int, column: int, cell: Cell) -> Cell:
        shift = int(row > number)
        return replace(cell, claims=tuple(replace(claim, row=claim.row + shift) for claim in cell.claims))

    return change_all(page, counted)


def ten_thousands(scene: Scene, page: Page) -> Page:
    """M74: the money of one category in 万元, as its header says."""
    _, middle, low = page.rows_of("header")
    found = page.find(lambda row, column, cell: row == middle and cell.value == "金额")
    used = []
    for place in found:
        cells = [page.at(row, place[1]) for row in page.rows_of("data")]
        if not any(cell.touched for cell in cells) and any(cell.value for cell in cells):
            used.append(place)
    _, column = scene.one_of(used)
    page = change(change(page, middle, column, value="金额(万元)"), low, column, value="万元")
    for row in (*page.rows_of("data"), *page.rows_of("subtotal"), *page.rows_of("total")):
        cell = page.at(row, column)
        assert isinstance(cell.value, (int, float))
        page = change(page, row, column, value=cell.value / 10000 if cell.value else 0, touched=True)
    return page


def no_name(scene: Scene, page: Page) -> Page:
    """M52: the name of the unit left blank in F1."""
    row, column = page.find(lambda r, c, cell: bool(cell.claims) and cell.claims[0].measure == "unit_name")[0]
    return put(
        page, row, column, replace(page.at(row, column), value=None, claims=(), asks=(Ask("M52"),), touched=True)
    )


def other_sheet_name(scene: Scene, page: Page) -> Page:
    """M14: the sheet named by the program or by the unit."""
    return replace(page, name=scene.wanted or f"Sheet{page.form[1]}")


LAYOUTS: dict[str, Mess] = {
    "M19": moved_down,
    "M19title": other_title,
    "M19none": no_title,
    "M19swap": swapped_head,
    "M20": own_column,
    "M20lost": lost_group,
    "M21": unmerged_groups,
    "M24": broken_headers,
    "M24label": spaced_labels,
    "M26": subtotals,
    "M28": repeated_header,
    "M34": doubled_line,
    "M74": ten_thousands,
    "M52name": no_name,
    "M14": other_sheet_name,
}
