"""Whatever the number of tiers, lines and totals: the rows of a table of numbers are told apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.etl.layout import find_tables
from analysis.records import Cell, Sheet, Span
from tests.etl.layout_grids import cell_of, layout_words, record_rows

GROUPS = ["希望工程", "送温暖", "春蕾计划", "无偿献血", "法律援助"]
MEASURES = ["人数", "人次", "时长", "金额", "户数"]
UNITS = {"人数": "人", "人次": "人次", "时长": "小时", "金额": "元", "户数": "户"}
OFFICES = ["办公室", "人事处", "财务处", "法规处", "信息科", "督查科", "老干部处", "机关党委", "宣传科", "培训科"]


@dataclass
class Drawing:
    """A sheet while it is drawn, and what should be found on it."""

    row: int
    column: int
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)

    def write(self, row: int, offset: int, text: str) -> None:
        if text:
            self.cells[row, self.column + offset] = cell_of(row, self.column + offset, text)

    def line(self, texts: list[str]) -> int:
        for offset, text in enumerate(texts):
            self.write(self.row, offset, text)
        self.row += 1
        return self.row - 1


@dataclass(frozen=True)
class Plan:
    """What is drawn. `measures` are the measures of each group; one tier takes the first group only."""

    row: int
    column: int
    title: bool
    serial: bool
    measures: list[list[str]]
    merged: bool
    units: bool
    numbered: bool
    values: list[list[int]]
    total: str
    blank_after: int
    note: bool


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    measures = draw(
        st.lists(st.lists(st.sampled_from(MEASURES), min_size=2, max_size=3, unique=True), min_size=1, max_size=4)
    )
    width = sum(map(len, measures))
    line = st.lists(st.integers(10, 9999), min_size=width, max_size=width)
    return Plan(
        row=draw(st.integers(1, 6)),
        column=draw(st.integers(1, 4)),
        title=draw(st.booleans()),
        serial=draw(st.booleans()),
        measures=measures,
        merged=draw(st.booleans()),
        units=draw(st.booleans()),
        numbered=draw(st.booleans()),
        values=draw(st.lists(line, min_size=2, max_size=len(OFFICES))),
        total=draw(st.sampled_from(["", "above", "below", "unlabelled"])),
        blank_after=draw(st.integers(-1, 5)),
        note=draw(st.booleans()),
    )


def drawn(plan: Plan) -> Drawing:
    drawing = Drawing(plan.row, plan.column)
    if plan.title:
        drawing.line(["某市各处室参加活动情况"])
        drawing.line(["填报单位:某局", "", "", "2025年度"])
    stubs = ["序号", "处室"] if plan.serial else ["处室"]
    _draw_header(drawing, plan, stubs)
    sums = [str(sum(column)) for column in zip(*plan.values, strict=True)]
    blanks = [""] * (len(stubs) - 1)
    if plan.total == "above":
        drawing.totals.append(drawing.line(["合计", *blanks, *sums]))
    for index, values in enumerate(plan.values):
        label = [str(index + 1), OFFICES[index]] if plan.serial else [OFFICES[index]]
        drawing.records.append(drawing.line([*label, *map(str, values)]))
        drawing.row += index == plan.blank_after
    if plan.total in ("below", "unlabelled"):
        drawing.totals.append(drawing.line(["合计" if plan.total == "below" else "", *blanks, *sums]))
    if plan.note:
        drawing.line(["注:本表不含下属单位。"])
        drawing.line(["单位负责人:", "填表人:"])
    return drawing


def _draw_header(drawing: Drawing, plan: Plan, stubs: list[str]) -> None:
    grouped = len(plan.measures) > 1
    flat = [measure for group in plan.measures for measure in group]
    if grouped:
        tops = [[GROUPS[index], *[""] * (len(group) - 1)] for index, group in enumerate(plan.measures)]
        top = drawing.line([*stubs, *(text for group in tops for text in group)])
        drawing.header.append(top)
        if plan.merged:
            _merge_header(drawing, plan, top, len(stubs))
    drawing.header.append(drawing.line([*([""] * len(stubs) if grouped else stubs), *flat]))
    if plan.units:
        drawing.header.append(drawing.line([*[""] * len(stubs), *(UNITS[measure] for measure in flat)]))
    if plan.numbered:
        letters = ["甲", "乙"][: len(stubs)]
        drawing.header.append(drawing.line([*letters, *(str(index + 1) for index in range(len(flat)))]))


def _merge_header(drawing: Drawing, plan: Plan, top: int, stubs: int) -> None:
    first = drawing.column
    drawing.merges += [Span(top, first + offset, top + 1, first + offset) for offset in range(stubs)]
    at = first + stubs
    for group in plan.measures:
        drawing.merges.append(Span(top, at, top, at + len(group) - 1))
        at += len(group)


@settings(max_examples=200, deadline=None)
@given(plans())
def test_rows_of_a_table_of_numbers_are_told_apart(plan: Plan):
    drawing = drawn(plan)

    tables = find_tables(Sheet("s", drawing.cells, tuple(drawing.merges)), layout_words())

    assert len(tables) == 1
    assert list(tables[0].header_rows) == drawing.header
    assert record_rows(tables[0]) == drawing.records
    assert list(tables[0].total_rows) == drawing.totals
