"""Messes of the columns and of the sheet in any list form: own, moved, renamed, lost columns, hidden things, tables beside."""

from __future__ import annotations

from dataclasses import replace

from tests.builder.grid import (
    Ask,
    Cell,
    Page,
    Row,
    Value,
    change,
    delete_columns,
    insert_column,
    insert_rows,
    put,
)
from tests.builder.mess_gates import Mess, typed_totals
from tests.builder.mess_lines import data_rows, width
from tests.builder.register import field_named, wording
from tests.builder.scene import NoPlace, Scene

RENAMED = {
    "开展时间": ("活动时间", "活动开展时间"), "地点": ("活动地点",), "主办处(科)室": ("主办科室", "主办处室"), "活动名称": ("活动主题",),
    "服务时长(小时)": ("服务时长",), "备注": ("备注说明", "说明"), "责任处室": ("责任科室",), "计划完成时限": ("整改时限", "完成时限"),
    "实际完成时间": ("完成时间", "整改完成时间"), "帮扶责任处室": ("帮扶科室",), "帮扶对象编号": ("对象编号",), "处(科)室": ("科室", "处室名称"),
    "在岗人数": ("在职在岗人数",), "去重参与人数": ("去重人数",), "整改状态": ("目前状态", "状态"), "典型名称": ("先进典型名称",),
    "佐证材料": ("证明材料",), "走访次数": ("全年走访次数",), "文号": ("文件文号",), "主要措施": ("帮扶措施",),
}  # fmt: skip


def list_columns(page: Page) -> dict[int, tuple[str, str, str]]:
    """Column -> form, item and measure of what the data lines hold there."""
    found = {}
    for row in page.rows_of("data"):
        for column, cell in enumerate(page.rows[row - 1].cells, 1):
            if cell and cell.claims:
                claim = cell.claims[0]
                found[column] = (claim.form, claim.item, claim.measure)
    return found


def lone_columns(page: Page) -> list[int]:
    """Columns whose header is one cell over all header rows."""
    top, *more = page.rows_of("header")
    tall = 1 + len(more)
    cells = page.rows[top - 1].cells
    return [place for place, cell in enumerate(cells, 1) if cell and cell.span == (tall, 1) and place > 1]


def own_column(scene: Scene, page: Page) -> Page:
    """M20: a column of the unit's own somewhere among the columns of the form."""
    headers = page.rows_of("header")
    name, posts = scene.rng.choice(wording("sheet", "own_columns")), ("内勤", "文书", "已核", "无", "见台账")

    def made(number: int, row: Row) -> Cell | None:
        if number == headers[0]:
            return Cell(name, "header", (len(headers), 1))
        return Cell(scene.rng.choice(posts)) if row.kind == "data" else Cell() if row.kind == "total" else None

    return insert_column(page, scene.one_of(lone_columns(page)), made)


def moved_column(scene: Scene, page: Page) -> Page:
    """M20: a column cut out and put in elsewhere, header and all."""
    free = [c for c in lone_columns(page) if not any(s.span[0] > 1 for s in column_cells(page, c)[2:])]
    source = scene.one_of(free)
    moved = {number: row.cells[source - 1] for number, row in enumerate(page.rows, 1) if len(row.cells) >= source}
    page = delete_columns(page, source, 1)
    target = scene.one_of([c for c in lone_columns(page) if c != source])
    inside = page.rows_of("header") + page.rows_of("data") + page.rows_of("total") + page.rows_of("subtotal")
    return insert_column(page, target, lambda number, row: moved.get(number) if number in inside else None)


def column_cells(page: Page, column: int) -> list[Cell]:
    return [cell for row in page.rows if len(row.cells) >= column and (cell := row.cells[column - 1])]


def renamed(scene: Scene, page: Page) -> Page:
    """M20: one or two headings in other words of the same meaning."""
    headers = page.rows_of("header")
    found = page.find(lambda row, column, cell: row in headers and cell.value in RENAMED)
    for row, column in scene.rng.sample(found, min(2, len(found))) or [scene.one_of(found)]:
        old = str(page.at(row, column).value)
        page = change(page, row, column, value=scene.rng.choice(RENAMED[old]))
    return page


def lost_column(needed: bool) -> Mess:
    """M20: a column of the form deleted: one that need not be there, or one without which the form goes back."""

    def mess(scene: Scene, page: Page) -> Page:
        known = list_columns(page)
        free = [
            column
            for column in lone_columns(page)
            if column in known
            and field_named(*known[column]).required == needed
            and known[column][2] != "remark"
            and not any(cell.touched for cell in column_cells(page, column))
        ]
        page = delete_columns(page, scene.one_of(free), 1)
        return sent_back(page, "M20") if needed else page

    return mess


def sent_back(page: Page, rule: str) -> Page:
    """The page as one that is sent back: nothing is read from it."""
    rows = tuple(
        replace(row, cells=tuple(cell and replace(cell, claims=(), asks=(), touched=True) for cell in row.cells))
        for row in page.rows
    )
    return replace(page, rows=rows, asks=(Ask(rule, "BACK"),))


def lost_inside_group(scene: Scene, page: Page) -> Page:
    """M20: one column of a category deleted from F3: the form goes back (decision 9)."""
    top = page.rows_of("header")[0]
    groups = [(p, cell.span[1]) for p, cell in enumerate(page.rows[top - 1].cells, 1) if cell and cell.span[1] > 2]
    first, count = scene.one_of(groups)
    return sent_back(delete_columns(page, first + scene.rng.randint(1, count - 1), 1), "M20")


def other_measure(measure: str, heading: str, unit: str, by: float) -> Mess:
    """M74: the heading of a column names another unit of measure, and the numbers are in it."""

    def mess(scene: Scene, page: Page) -> Page:
        page = typed_totals(page)
        columns = [column for column, (_, _, name) in list_columns(page).items() if name == measure]
        headers = page.rows_of("header")
        for column in columns:
            cells = [(row, page.at(row, column)) for row in data_rows(page)]
            if any(cell.touched for _, cell in cells):
                continue
            place = next((row for row in reversed(headers) if page.at(row, column).value), None)
            if place is None:
                continue
            page = change(page, place, column, value=f"{heading}({unit})")
            for row in (*data_rows(page), *page.rows_of("subtotal"), *page.rows_of("total")):
                cell = page.at(row, column)
                if isinstance(cell.value, (int, float)):
                    page = put(
                        page, row, column, replace(cell, value=round(cell.value * by, 6), touched=True, summed=False)
                    )
            return page
        raise NoPlace

    return mess


def hidden_line(scene: Scene, page: Page) -> Page:
    """M30: a line hidden; read as usual, the total holds it."""
    row = scene.one_of(data_rows(page, 2))
    rows = list(page.rows)
    rows[row - 1] = replace(rows[row - 1], hidden=True)
    return replace(page, rows=tuple(rows))


def hidden_column(scene: Scene, page: Page) -> Page:
    """M30: a column hidden; read as usual."""
    return replace(page, hidden_columns=(scene.one_of(list(list_columns(page))),))


def table_below(scene: Scene, page: Page) -> Page:
    """M25: a table of the unit's own below the signatures."""
    title, names = scene.rng.choice(wording("sheet", "extra_titles")), wording("sheet", "extra_names")
    header = scene.rng.choice(wording("sheet", "extra_headers"))
    rows = [Row("blank", ()), Row("blank", ()), Row("other", (Cell(title),))]
    rows.append(Row("other", tuple(Cell(text, "header") for text in header)))
    for name in scene.rng.sample(names, 3):
        values: tuple[Value, ...] = (name, scene.rng.randint(3, 60), scene.rng.choice(("已报", "内勤", "同口径")))
        rows.append(Row("other", tuple(Cell(value) for value in values)))
    return insert_rows(page, len(page.rows) + 1, tuple(rows))


def emptied(scene: Scene, page: Page) -> Page:
    """M16: nothing filled in and nothing said; asked about once for the sheet."""
    keep = [row for row in page.rows if row.kind not in ("data", "total", "subtotal", "nil")]
    first = next(number for number, row in enumerate(page.rows) if row.kind in ("data", "nil"))
    keep.insert(first, Row("blank", tuple(Cell() for _ in range(width(page)))))
    return replace(page, rows=tuple(keep), asks=(Ask("M16"),))


def nil(scene: Scene, page: Page) -> Page:
    """M16: 零报告 in place of the lines: accepted."""
    empty = emptied(scene, page)
    row = next(number for number, one in enumerate(empty.rows, 1) if one.kind == "blank")
    words = ("零报告", "无此项工作,零报告", "零报告(本年度无)")
    return replace(put(empty, row, 2, Cell(scene.rng.choice(words))), asks=())


def blocks_beside(scene: Scene, page: Page) -> Page:
    """M25: block 乙 of F7 beside block 甲."""
    first, second = page.rows_of("block")
    end = next(
        number
        for number, row in enumerate(page.rows, 1)
        if number > second and row.kind != "data" and row.kind != "header"
    )
    wide, rows = 10, list(page.rows)
    for offset, row in enumerate(page.rows[second - 1 : end - 1]):
        at = first - 1 + offset
        left = rows[at].cells if at < second - 1 else ()
        kind = rows[at].kind if at < second - 1 else row.kind
        rows[at] = replace(row, kind=kind, cells=(*left, *([None] * (wide - len(left))), *row.cells))
    longest = max(second - 1, first - 1 + end - second)
    return replace(
        page, rows=tuple(rows[:longest] + list(page.rows[end - 1 :])), widths=(*page.widths, 4, *page.widths)
    )


COLUMNS: dict[str, Mess] = {
    "own_column": own_column,
    "moved_column": moved_column,
    "renamed": renamed,
    "lost_optional": lost_column(needed=False),
    "lost_needed": lost_column(needed=True),
    "lost_inside": lost_inside_group,
    "wan": other_measure("amount_yuan", "金额", "万元", 0.0001),
    "wan_gift": other_measure("amount_yuan", "捐款", "万元", 0.0001),
    "wan_help": other_measure("amount_yuan", "慰问金", "万元", 0.0001),
    "minutes": other_measure("hours", "服务时长", "分钟", 60),
    "hidden_line": hidden_line,
    "hidden_column": hidden_column,
    "table_below": table_below,
    "emptied": emptied,
    "nil": nil,
    "beside": blocks_beside,
}
