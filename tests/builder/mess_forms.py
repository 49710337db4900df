"""Messes of F2, F4, F5, F6 and F7 that only a comparison shows; what is doubtful is open and asked about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.builder.grid import BLANK, Ask, Cell, Claim, Page, change, insert_rows, put
from tests.builder.mess_gates import Mess, opened, retyped, typed_totals, written_number
from tests.builder.mess_lines import column_of_measure, data_rows, untouched
from tests.builder.scene import NoPlace, Scene


def at_measure(page: Page, row: int, measure: str) -> int | None:
    """The column of a measure in a line, None when the line says nothing there."""
    for column, cell in enumerate(page.rows[row - 1].cells, 1):
        if cell and any(claim.measure == measure for claim in cell.claims):
            return column
    return None


def number_at(page: Page, row: int, measure: str) -> float:
    column = at_measure(page, row, measure)
    return written_number(page.at(row, column)) if column else 0


def put_number(page: Page, row: int, measure: str, number: float, *rules: str, open_it: bool = False) -> Page:
    """The page with another number in a line, its total kept as the sum of the lines above it."""
    column = at_measure(page, row, measure)
    if column is None:
        return page
    cell = page.at(row, column)
    whole = int(number) if number == int(number) else number
    change_by = whole - written_number(cell)
    page = put(page, row, column, opened(cell, whole, *rules) if open_it else retyped(cell, whole))
    for total in page.rows_of("total"):
        old = page.at(total, column)
        if total > row and not old.claims and isinstance(old.value, (int, float)):
            page = change(page, total, column, value=round(old.value + change_by, 2), summed=False)
    return page


def free_lines(page: Page, measure: str, lowest: float, without: tuple[str, ...] = ()) -> list[int]:
    """Untouched lines in which the measure is at least so much and the others say nothing."""
    return [
        row for row in data_rows(page)
        if untouched(page, row) and number_at(page, row, measure) >= lowest
        and not any(number_at(page, row, other) for other in without)
    ]  # fmt: skip


def times_for_people(scene: Scene, page: Page) -> Page:
    """M46: attendances in the column of persons, more than the unit ever had."""
    page = typed_totals(page)
    row = scene.one_of(free_lines(page, "persons", 1, ("amount_yuan", "goods_yuan", "blood_ml")))
    many = scene.heads.ever + scene.rng.randint(5, 60)
    page = put_number(page, row, "persons", many, "M46", open_it=True)
    page = put_number(page, row, "person_times", many)
    return put_number(page, row, "hours", many * 2)


def fewer_times(scene: Scene, page: Page) -> Page:
    """G03: fewer attendances than persons, both open."""
    page = typed_totals(page)
    row = scene.one_of(free_lines(page, "persons", 3, ("blood_ml",)))
    people = number_at(page, row, "persons")
    page = put_number(page, row, "person_times", people - 1, "G03", open_it=True)
    return put_number(page, row, "persons", people, "G03", open_it=True)


def too_much(measure: str, base: str, times: int, rule: str) -> Mess:
    """A value that is `times` what one unit of `base` allows."""

    def mess(scene: Scene, page: Page) -> Page:
        page = typed_totals(page)
        row = scene.one_of([row for row in free_lines(page, measure, 1) if number_at(page, row, base)])
        return put_number(page, row, measure, number_at(page, row, base) * times, rule, open_it=True)

    return mess


def in_two_categories(scene: Scene, page: Page) -> Page:
    """M70: one activity in two lines of different categories: what can count only once is open in both."""
    page = typed_totals(page)
    amounts = ("hours", "amount_yuan", "goods_yuan", "blood_ml")
    rows = [row for row in free_lines(page, "persons", 1) if any(number_at(page, row, m) for m in amounts)]
    row, column = scene.one_of(rows), column_of_measure(page, "category")
    for measure in amounts:
        place = at_measure(page, row, measure)
        if place and number_at(page, row, measure):
            page = put(page, row, place, opened(page.at(row, place), page.at(row, place).value, "M70"))
    line = page.rows[row - 1]
    twin = [replace(cell, touched=True) if cell else None for cell in line.cells]
    old = twin[column - 1] or BLANK
    code, name = scene.one_of([
        pair for pair in (("disability_aid", "扶残助残"), ("lei_feng_volunteer", "学雷锋志愿者服务行动"), ("elder_care", "敬老爱老助老"))
        if pair[0] != old.claims[0].text
    ])  # fmt: skip
    twin[column - 1] = replace(old, value=name, claims=(replace(old.claims[0], text=code),))
    totals = {total: page.rows[total - 1].cells for total in page.rows_of("total")}
    for total, cells in totals.items():
        for place, cell in enumerate(cells, 1):
            here = page.at(row, place)
            if cell and isinstance(cell.value, (int, float)) and isinstance(here.value, (int, float)):
                page = change(page, total, place, value=round(cell.value + here.value, 2), summed=False)
    page = insert_rows(page, row + 1, (replace(line, cells=tuple(twin)),))
    return recounted(page, row)


def recounted(page: Page, after: int) -> Page:
    """The page with the lines below a place counted one further."""
    rows = []
    for number, row in enumerate(page.rows, 1):
        if number > after:
            cells = tuple(
                cell and replace(cell, claims=tuple(replace(c, row=c.row + 1) for c in cell.claims))
                for cell in row.cells
            )
            row = replace(row, cells=cells)
        rows.append(row)
    return replace(page, rows=tuple(rows))


def more_came_than_due(scene: Scene, page: Page) -> Page:
    """G03: more came to study than were due, both open."""
    page = typed_totals(page)
    row = scene.one_of(
        [row for row in free_lines(page, "sessions", 1) if at_measure(page, row, "expected_person_times")]
    )
    due = number_at(page, row, "expected_person_times")
    page = put_number(page, row, "person_times", due + scene.rng.randint(2, 9), "G03", open_it=True)
    return put_number(page, row, "expected_person_times", due, "G03", open_it=True)


def studied_by_more(scene: Scene, page: Page) -> Page:
    """M46: more people studied a subject than ever worked in the unit."""
    page, many = typed_totals(page), scene.heads.ever + scene.rng.randint(2, 9)
    rows = [row for row in free_lines(page, "sessions", 2) if number_at(page, row, "person_times") >= many]
    return put_number(page, scene.one_of(rows), "persons", many, "M46", open_it=True)


def sum_of_subjects(scene: Scene, page: Page) -> Page:
    """M46: distinct people of all subjects reckoned as a sum."""
    page = typed_totals(page)
    (total,) = page.rows_of("total")
    column = column_of_measure(page, "persons")
    cells = [page.at(row, column) for row in data_rows(page) if row < total]
    if any(cell.touched or not cell.claims for cell in cells) or sum(written_number(cell) > 0 for cell in cells) < 2:
        raise NoPlace
    return put(page, total, column, opened(page.at(total, column), int(sum(map(written_number, cells))), "M46"))


def part_over_whole(item: str, part: str, whole: str) -> Mess:
    """G07: more passed than sat, more adopted than submitted; the part is open."""

    def mess(scene: Scene, page: Page) -> Page:
        found = page.find(lambda r, c, cell: any((k.item, k.measure) == (item, part) for k in cell.claims))
        row, column = scene.one_of([place for place in found if untouched(page, place[0])])
        number = int(number_at(page, row, whole)) + scene.rng.randint(1, 4)
        return put(page, row, column, opened(page.at(row, column), number, "G07"))

    return mess


def exit_without_proof(scene: Scene, page: Page) -> Page:
    """G20: out of hardship without date and proof."""
    rows = [row for row in data_rows(page) if untouched(page, row) and said(page, row, "out_of_hardship") == "no"]
    row = scene.one_of(rows)
    column = at_measure(page, row, "out_of_hardship") or 0
    return put(page, row, column, opened(page.at(row, column), scene.rng.choice(("是", "已解困", "√")), "G20"))


def exit_before_pairing(scene: Scene, page: Page) -> Page:
    """G20, M51: out of hardship before the pairing; both are open."""
    rows = [row for row in data_rows(page) if untouched(page, row) and said(page, row, "out_of_hardship") == "yes"]
    row = scene.one_of(rows)
    exit_column, out = at_measure(page, row, "exit_date"), at_measure(page, row, "out_of_hardship")
    paired = page.at(row, at_measure(page, row, "paired_date") or 0).value
    if exit_column is None or out is None or not isinstance(paired, dt.date):
        raise NoPlace
    page = put(page, row, out, opened(page.at(row, out), "是", "G20"))
    early = paired - dt.timedelta(days=scene.rng.randint(40, 400))
    return put(page, row, exit_column, opened(page.at(row, exit_column), early, "G20"))


def said(page: Page, row: int, measure: str) -> str | None:
    column = at_measure(page, row, measure)
    return page.at(row, column).claims[0].text if column else None


def done_without_date(scene: Scene, page: Page) -> Page:
    """G17: done, and no date of completion: asked for, the state stays."""
    rows = [row for row in data_rows(page) if untouched(page, row) and said(page, row, "done_date")]
    row = scene.one_of(rows)
    page = put(page, row, at_measure(page, row, "done_date") or 0, Cell(touched=True))
    column = at_measure(page, row, "rect_status") or 0
    return put(page, row, column, replace(page.at(row, column), asks=(Ask("G17"),), touched=True))


def dated_but_open(scene: Scene, page: Page) -> Page:
    """G17: not done, and a date of completion: both open."""
    rows = [
        row
        for row in data_rows(page)
        if untouched(page, row) and said(page, row, "rect_status") in ("in_progress", "not_started")
    ]
    row, column = scene.one_of(rows), column_of_measure(page, "done_date")
    status = at_measure(page, row, "rect_status") or 0
    line = page.at(row, status).claims[0].row
    claim = Claim("F6", line, "", "done_date", queried=True)
    day = dt.date(scene.manner.year, scene.rng.randint(6, 12), scene.rng.randint(1, 28))
    page = put(page, row, column, Cell(day, "date", claims=(claim,), asks=(Ask("G17"),), touched=True))
    return put(page, row, status, opened(page.at(row, status), page.at(row, status).value, "G17"))


FORM_GATES: dict[str, Mess] = {
    "times_for_people": times_for_people,
    "fewer_times": fewer_times,
    "too_long": too_much("hours", "person_times", 15, "G11"),
    "too_rich": too_much("amount_yuan", "persons", 8000, "G12"),
    "too_much_blood": too_much("blood_ml", "person_times", 600, "G10"),
    "two_categories": in_two_categories,
    "more_came": more_came_than_due,
    "studied_by_more": studied_by_more,
    "sum_of_subjects": sum_of_subjects,
    "passed_over": part_over_whole("test", "passed", "tested"),
    "research_over": part_over_whole("research", "adopted", "submitted"),
    "proposals_over": part_over_whole("proposals", "adopted", "submitted"),
    "information_over": part_over_whole("information", "adopted", "submitted"),
    "exit_without_proof": exit_without_proof,
    "exit_before_pairing": exit_before_pairing,
    "done_without_date": done_without_date,
    "dated_but_open": dated_but_open,
}
