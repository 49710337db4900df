"""Messes of totals in lists, and numbers that stand for two fields: what is wrong with sums in F2, F3 and F4."""

from __future__ import annotations

from dataclasses import replace

from tests.builder.grid import Ask, Cell, Claim, Page, change, put
from tests.builder.mess_columns import list_columns
from tests.builder.mess_forms import at_measure, free_lines
from tests.builder.mess_gates import Mess, typed_totals, written_number
from tests.builder.mess_lines import data_rows
from tests.builder.scene import NoPlace, Scene


def party_members_inside(scene: Scene, page: Page) -> Page:
    """M39: the party members written with the people, and their own cell left blank: both are facts of one cell."""
    page = typed_totals(page)
    row = scene.one_of(free_lines(page, "persons_pm", 1))
    people, members = at_measure(page, row, "persons") or 0, at_measure(page, row, "persons_pm") or 0
    cell, part = page.at(row, people), page.at(row, members)
    way = scene.rng.choice(("{n}(其中党员{k})", "{n}人,其中党员{k}人", "{n}（其中党员{k}人）", "{n}人(党员{k}人)"))
    text = way.format(n=int(written_number(cell)), k=int(written_number(part)))
    page = put(page, row, people, replace(cell, value=text, claims=(*cell.claims, *part.claims), touched=True))
    return put(page, row, members, Cell(touched=True))


def wrong_total(slip: bool, measures: tuple[str, ...]) -> Mess:
    """M27: a total that misses a line (repaired), or is wrong by something else (asked about)."""

    def mess(scene: Scene, page: Page) -> Page:
        page = typed_totals(page)
        total = scene.one_of(page.rows_of("total"))
        found = []
        for column, (_, _, measure) in list_columns(page).items():
            cells = [page.at(row, column) for row in data_rows(page) if row < total]
            said = [cell for cell in cells if cell.claims]
            if measure in measures and said and not any(c.touched or c.claims[0].value is None for c in said):
                found.append((column, [written_number(cell) for cell in said]))
        column, numbers = scene.one_of([pair for pair in found if sum(n > 0 for n in pair[1]) > 1])
        right = sum(numbers)
        step = max(numbers) if slip else next(n for n in range(7, 999) if n not in numbers)
        wrong = right - step if slip else right + step
        asks = () if slip else (Ask("M27"),)
        return change(page, total, column, value=int(wrong) if wrong == int(wrong) else wrong, asks=asks, touched=True)

    return mess


def total_only(scene: Scene, page: Page) -> Page:
    """M27: only the 合计 is filled: its cells are the facts, in row 0 (decision 10)."""
    page, known = typed_totals(page), list_columns(page)
    total = scene.one_of(page.rows_of("total"))
    if any(cell.touched for _, _, cell in page.cells()):
        raise NoPlace
    cells = []
    for column, cell in enumerate(page.rows[total - 1].cells, 1):
        if cell and column in known and isinstance(cell.value, (int, float)):
            form, item, measure = known[column]
            cell = replace(cell, claims=(Claim(form, 0, item, measure, float(cell.value)),), touched=True)
        cells.append(cell)
    rows = [row for row in page.rows if row.kind != "data"]
    place = next(number for number, row in enumerate(rows) if row.kind == "total")
    rows[place] = replace(rows[place], cells=tuple(cells))
    return replace(page, rows=tuple(rows))


LISTED = ("persons", "person_times", "amount_yuan", "sessions", "class_hours", "expected_person_times")
TOTALS: dict[str, Mess] = {
    "party_inside": party_members_inside,
    "wrong_total": wrong_total(slip=False, measures=LISTED),
    "slip_of_total": wrong_total(slip=True, measures=LISTED),
    "total_only": total_only,
}
