"""Messes of totals in lists, and numbers that stand for two fields: what is wrong with sums in F2, F3 and F4."""

from __future__ import annotations

from dataclasses import replace

from tests.builder.deeds import year_of
from tests.builder.grid import BLANK, Ask, Cell, Claim, Page, change, insert_rows, put
from tests.builder.heads import heads
from tests.builder.mess_columns import list_columns
from tests.builder.mess_forms import at_measure, free_lines, number_at, put_number, recounted
from tests.builder.mess_gates import Mess, opened, typed_totals, written_number
from tests.builder.mess_lines import data_rows, untouched
from tests.builder.mess_private import column_of_field
from tests.builder.register import planned, unit
from tests.builder.scene import NoPlace, Scene
from tests.builder.wide import f3


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
            counted = bool(page.at(total, column).claims)
            if (
                measure in measures
                and said
                and not counted
                and not any(c.touched or c.claims[0].value is None for c in said)
            ):
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


def other_title_level(scene: Scene, page: Page) -> Page:
    """G18: a title of another level than the register knows; open, and the register counts."""
    row, column = next((r, c) for r, c, cell in page.cells() if any(k.measure == "title_level" for k in cell.claims))
    cell = page.at(row, column)
    words = [word for word in ("省级", "市级", "市直机关级", "无") if word != cell.value]
    return put(page, row, column, opened(cell, scene.rng.choice(words), "G18"))


def more_staff_in_offices(scene: Scene, page: Page) -> Page:
    """M65: the staff of the offices add up to more than the staff of F1; the first line is asked about, values stay."""
    page, rows = typed_totals(page), data_rows(page)
    row = scene.one_of([row for row in rows if untouched(page, row)])
    page = put_number(page, row, "hc_end", number_at(page, row, "hc_end") + scene.rng.randint(1, 4))
    column = at_measure(page, rows[0], "hc_end") or 0
    first = page.at(rows[0], column)
    page = put(page, rows[0], column, replace(first, asks=(Ask("M65"),), touched=True))
    return replace(page, beyond=(("F1", "hc_end", Ask("M65")),))


def copied(scene: Scene, page: Page) -> Page:
    """M66: the numbers of last year's form under this year's head; asked about once for the sheet."""
    code, year = scene.manner.unit.code, scene.manner.year
    if code in planned(year - 1) or not unit(code, year - 1) or heads(code, year - 1).end != scene.heads.end:
        raise NoPlace
    return replace(f3(scene.manner, year_of(code, year - 1)), asks=(Ask("M66"),))


def others_in_remark(scene: Scene, page: Page) -> Page:
    """M47: a remark says that others are among the people of the line: their number is open."""
    page = typed_totals(page)
    row = scene.one_of(free_lines(page, "persons", 5))
    column = column_of_field(page, page.form, "remark")
    k = scene.rng.randint(1, 3)
    ways = ("含离退休老同志{k}人", "其中:家属{k}人", "其中劳务派遣人员{k}名", "含下属单位{k}人", "包括退休干部{k}人")
    text = scene.rng.choice(ways).format(k=k)
    people = at_measure(page, row, "persons") or 0
    cell = page.at(row, people)
    page = put(page, row, people, opened(cell, cell.value, "M47"))
    claim = Claim(page.form, cell.claims[0].row, "", "remark", text=text)
    return put(page, row, column, Cell(text, claims=(claim,), touched=True))


def near_line(scene: Scene, page: Page) -> Page:
    """M34: a line again with one number changed: asked about at the name of the second, both stay."""
    page = typed_totals(page)
    row = scene.one_of(free_lines(page, "person_times", 2))
    line, name = page.rows[row - 1], at_measure(page, row, "activity_name") or 0
    cells = [cell and replace(cell, touched=True) for cell in line.cells]
    named = cells[name - 1]
    cells[name - 1] = named and replace(named, asks=(Ask("M34"),))
    for total in page.rows_of("total"):
        for column, cell in enumerate(page.rows[total - 1].cells, 1):
            here = page.at(row, column)
            if cell and isinstance(cell.value, (int, float)) and isinstance(here.value, (int, float)):
                page = change(page, total, column, value=round(cell.value + here.value, 2), summed=False)
    page = recounted(insert_rows(page, row + 1, (replace(line, cells=tuple(cells)),)), row)
    page = put(page, row, name, replace(line.cells[name - 1] or BLANK, touched=True))
    return put_number(page, row + 1, "person_times", number_at(page, row, "person_times") + 1)


LISTED = ("persons", "person_times", "amount_yuan", "sessions", "class_hours", "expected_person_times")
TOTALS: dict[str, Mess] = {
    "party_inside": party_members_inside,
    "wrong_total": wrong_total(slip=False, measures=LISTED),
    "slip_of_total": wrong_total(slip=True, measures=LISTED),
    "total_only": total_only,
    "title_other": other_title_level,
    "copied": copied,
    "more_staff": more_staff_in_offices,
    "others_remark": others_in_remark,
    "near_line": near_line,
}
