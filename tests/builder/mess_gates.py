"""Messes that only a comparison shows: more people than there are, sums that are not, hours that cannot be.

The totals of the sheet follow what the unit typed in the lines, unless the total itself is the mess.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.builder.grid import Ask, Cell, Page, change, change_all, put
from tests.builder.scene import NoPlace, Scene

Mess = Callable[[Scene, Page], Page]


def typed_totals(page: Page) -> Page:
    """The page with totals typed as numbers instead of =SUM."""
    return change_all(page, lambda row, column, cell: replace(cell, summed=False))


def place_of(page: Page, measure: str) -> tuple[int, int]:
    """Where the field of F1 stands."""
    return page.find(lambda row, column, cell: any(claim.measure == measure for claim in cell.claims))[0]


def opened(cell: Cell, value: object, *rules: str) -> Cell:
    """The cell with another value, its fact open and a question for each rule."""
    claim = replace(cell.claims[0], value=None, text=None, queried=True)
    return replace(cell, value=value, claims=(claim,), asks=tuple(map(Ask, rules)), touched=True)  # type: ignore[arg-type]


def retyped(cell: Cell, number: float, *rules: str) -> Cell:
    """The cell with another number that stands as a fact, with a question for each rule."""
    asks = tuple(map(Ask, rules))
    return replace(cell, value=number, claims=(replace(cell.claims[0], value=number),), asks=asks, touched=True)


def written_number(cell: Cell) -> float:
    return (
        float(cell.value) if isinstance(cell.value, (int, float)) else (cell.claims[0].value or 0 if cell.claims else 0)
    )


def retotal(page: Page, column: int) -> Page:
    """The page with the typed total of the column made the sum of what is written in it."""
    (total,) = page.rows_of("total")
    amount = sum(written_number(page.at(row, column)) for row in page.rows_of("data"))
    return change(page, total, column, value=int(amount) if amount == int(amount) else amount, summed=False)


def lines(page: Page, measure: str, lowest: float) -> list[tuple[int, int, str]]:
    """Cells of F3 with the measure, at least so much, in an office and category without mess; with the category."""
    taken = {(c.claims[0].row, c.claims[0].item) for _, _, c in page.cells() if c.touched and c.claims}
    found = []
    for row, column, cell in page.cells():
        claim = cell.claims[0] if cell.claims else None
        if claim is None or cell.touched or (claim.row, claim.item) in taken:
            continue
        if claim.measure == measure and claim.item and (claim.value or 0) >= lowest:
            found.append((row, column, claim.item))
    return found


def beside(page: Page, row: int, item: str, measure: str) -> int | None:
    """The column of another measure of the same category."""
    wanted = page.find(
        lambda r, c, cell: (
            r == row and bool(cell.claims) and (cell.claims[0].item, cell.claims[0].measure) == (item, measure)
        )
    )
    return wanted[0][1] if wanted else None


def times_for_persons(scene: Scene, page: Page) -> Page:
    """M46: attendances of the year in the column of persons, more than the unit ever had."""
    row, column, item = scene.one_of([p for p in lines(page, "persons", 2) if beside(page, p[0], p[2], "amount_yuan")])
    many = scene.heads.ever + scene.rng.randint(11, 60)
    money = beside(page, row, item, "amount_yuan")
    assert money is not None
    page = put(typed_totals(page), row, column, opened(page.at(row, column), many, "M46"))
    page = put(page, row, money, retyped(page.at(row, money), many * 60))
    times = beside(page, row, item, "person_times")
    if times:
        page = retotal(put(page, row, times, retyped(page.at(row, times), many)), times)
    return retotal(retotal(page, column), money)


def sum_for_distinct(scene: Scene, page: Page) -> Page:
    """M46: distinct persons reckoned as the sum over the categories, in every line more than its staff."""
    page = typed_totals(page)
    column = place_of(page, "distinct_any")[1]
    for row in page.rows_of("data"):
        persons = [
            c.claims[0].value or 0
            for c in page.rows[row - 1].cells
            if c and c.claims and c.claims[0].measure == "persons"
        ]
        staff = page.at(row, 3).claims[0].value or 0
        if sum(persons) <= staff:
            raise NoPlace(f"{scene.manner.unit.code}: line {row} takes part too little for this mess")
        page = put(page, row, column, opened(page.at(row, column), int(sum(persons)), "M46"))
    return retotal(page, column)


def too_few_distinct(scene: Scene, page: Page) -> Page:
    """G04: fewer distinct persons in an office than took part in one category."""
    column = place_of(page, "distinct_any")[1]
    row = scene.one_of([row for row, _, _ in lines(page, "persons", 3)])
    most = max(
        c.claims[0].value or 0 for c in page.rows[row - 1].cells if c and c.claims and c.claims[0].measure == "persons"
    )
    page = put(typed_totals(page), row, column, opened(page.at(row, column), int(most) - 1, "G04"))
    return retotal(page, column)


def too_few_times(scene: Scene, page: Page) -> Page:
    """G03: fewer attendances than persons; both are open."""
    found = []
    for row, column, item in lines(page, "persons", 3):
        times, hours = beside(page, row, item, "person_times"), beside(page, row, item, "hours")
        if times and (
            hours is None or written_number(page.at(row, hours)) <= 9 * written_number(page.at(row, column)) - 9
        ):
            found.append((row, column, times))
    row, column, times = scene.one_of(found)
    few = int(written_number(page.at(row, column))) - 1
    page = put(typed_totals(page), row, column, opened(page.at(row, column), few + 1, "G03"))
    return retotal(put(page, row, times, opened(page.at(row, times), few, "G03")), times)


def too_much(measure: str, base: str, times: float, rule: str, lowest: float = 1) -> Mess:
    """A value that is `times` what one unit of `base` allows: asked about, and open until answered."""

    def mess(scene: Scene, page: Page) -> Page:
        found = [(*p[:2], other) for p in lines(page, measure, lowest) if (other := beside(page, p[0], p[2], base))]
        row, column, other = scene.one_of(found)
        number = int(written_number(page.at(row, other)) * times)
        cell = page.at(row, column)
        page = put(typed_totals(page), row, column, opened(cell, number, rule))
        return retotal(page, column)

    return mess


def head_over(measure: str, rule: str) -> Mess:
    """A part of the staff in F1 that is more than the staff."""

    def mess(scene: Scene, page: Page) -> Page:
        row, column = place_of(page, measure)
        return put(page, row, column, opened(page.at(row, column), scene.heads.end + scene.rng.randint(3, 17), rule))

    return mess


def unbalanced(scene: Scene, page: Page) -> Page:
    """G08: start and moves do not give the end; a flag, no question."""
    row, column = place_of(page, "joined")
    return put(page, row, column, retyped(page.at(row, column), scene.heads.joined + 2))


def jump(scene: Scene, page: Page) -> Page:
    """G09: staff changed by more than a fifth; the numbers are in the design of the sample."""
    row, column = place_of(page, "hc_end")
    assert abs(scene.heads.end - scene.heads.start) > max(5, scene.heads.start / 5)
    return put(page, row, column, retyped(page.at(row, column), scene.heads.end, "G09"))


def posts_for_staff(scene: Scene, page: Page) -> Page:
    """M48: the number of posts stands as staff, and the moves of the year do not lead there.

    The staff is open, so that the offices of F3 are not compared with it.
    """
    posts = int(written_number(page.at(*place_of(page, "authorised_posts"))))
    parts = max(scene.heads.union, scene.heads.members, scene.heads.young, scene.heads.women)
    if posts == scene.heads.start + scene.heads.joined - scene.heads.left or posts < parts:
        raise NoPlace
    row, column = place_of(page, "hc_end")
    return put(page, row, column, opened(page.at(row, column), posts, "M48"))


def other_kind(scene: Scene, page: Page) -> Page:
    """M61: a kind of unit that is not on the list."""
    row, column = place_of(page, "unit_kind")
    return put(page, row, column, opened(page.at(row, column), scene.wanted or "参公", "M61"))


def reckoned(stored: bool) -> Mess:
    """M56: the staff at the end as a formula, with its result or without (then it is open)."""

    def mess(scene: Scene, page: Page) -> Page:
        row, column = place_of(page, "hc_end")
        cell = page.at(row, column)
        new = replace(cell, touched=True) if stored else opened(cell, None, "M56")
        return put(page, row, column, replace(new, formula="=@[-1,0]+@[-1,2]-@[0,-2]"))

    return mess


def all_known(page: Page, column: int) -> bool:
    """Whether every line of the column says a plain number, so that its total can be checked."""
    cells = [page.at(row, column) for row in page.rows_of("data")]
    return all(cell.claims and cell.claims[0].value is not None and not cell.touched for cell in cells)


def wrong_total(slip: bool) -> Mess:
    """M27: a total that is not the sum: a line forgotten (repaired), or simply wrong (asked)."""

    def mess(scene: Scene, page: Page) -> Page:
        page = typed_totals(page)
        (total,) = page.rows_of("total")
        columns = [column for row, column, _ in lines(page, "person_times", 2)]
        column = scene.one_of([column for column in columns if all_known(page, column)])
        numbers = [written_number(page.at(row, column)) for row in page.rows_of("data")]
        amount = sum(numbers)
        step = max(numbers) if slip else next(n for n in range(7, 99) if n not in numbers)
        asks = () if slip else (Ask("M27"),)
        return change(page, total, column, value=int(amount - step if slip else amount + step), asks=asks, touched=True)

    return mess


GATES: dict[str, Mess] = {
    "M46": times_for_persons,
    "M46sum": sum_for_distinct,
    "G04": too_few_distinct,
    "G03": too_few_times,
    "G10": too_much("blood_ml", "person_times", 600, "G10"),
    "G11": too_much("hours", "person_times", 15, "G11"),
    "G12": too_much("amount_yuan", "persons", 8000, "G12"),
    "M49": head_over("pm_onpost", "M49"),
    "G07": head_over("women", "G07"),
    "G07young": head_over("age_18_55", "G07"),
    "G08": unbalanced,
    "G09": jump,
    "M48": posts_for_staff,
    "M61": other_kind,
    "M56": reckoned(stored=False),
    "M56stored": reckoned(stored=True),
    "M27": wrong_total(slip=False),
    "M27slip": wrong_total(slip=True),
}
