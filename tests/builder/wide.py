"""F1 (label and value) and F3 (one line per office, one group of columns per category)."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import groupby

from tests.builder.deeds import Line, Year
from tests.builder.frame import Manner, column_of, page, row_of, told
from tests.builder.grid import BLANK, Cell, Page, Row, Value
from tests.builder.heads import Heads
from tests.builder.register import Field, dice, fields, person, words

MEASURE_WORDS = {
    "persons": "人",
    "person_times": "人次",
    "hours": "小时",
    "amount_yuan": "元",
    "helped_persons": "人",
    "helped_households": "户",
    "jobs_offered": "个",
    "case_times": "件次",
    "registered": "人",
    "blood_ml": "毫升",
}
HEAD_NAMES = {
    "authorised_posts": "posts",
    "hc_start": "start",
    "joined": "joined",
    "left": "left",
    "hc_end": "end",
    "women": "women",
    "age_18_55": "young",
    "league": "league",
    "pm_onpost": "members",
    "pm_retired": "retired",
    "union_members": "union",
    "law_qualified": "law",
    "offices": "offices",
    "party_branches": "branches",
    "team_full_time": "full_time",
    "team_part_time": "part_time",
}


def f1_values(manner: Manner, heads: Heads, year: Year) -> dict[str, Value]:
    """What the unit says of itself, by measure."""
    unit, lasting, rng = manner.unit, dice("F1", manner.unit.code), dice("F1", manner.unit.code, manner.year)
    titled = unit.level != "无"
    liaison = f"{person(lasting)} 8{lasting.randint(100000, 299999)}"
    levels = ("省级", "市级", "市直机关级")
    applied = levels[max(0, levels.index(unit.level) - 1)] if titled else "市直机关级"
    counts = asdict(heads)
    return {
        **{measure: counts[name] for measure, name in HEAD_NAMES.items()},
        "unit_name": unit.name,
        "unit_kind": unit.kind,
        "unit_rank": lasting.choice(words()["ranks"]),
        "registered": year.registered,
        "title_level": unit.level,
        "title_term": unit.term or None,
        "title_document": f"澜文明委〔2024〕{lasting.randint(3, 40)}号" if titled else None,
        "leader_named": person(lasting),
        "liaison_named": liaison,
        "submitted_last_year": "是" if manner.reported_before else "否",
        "title_applied": applied if rng.random() < 0.4 else "否",
        "remark": rng.choice(words()["remarks"]),
    }


def f1(manner: Manner, heads: Heads, year: Year) -> Page:
    """The sheet of labels and values."""
    values = f1_values(manner, heads, year)
    rows: dict[int, list[Cell | None]] = {}
    for field in fields("F1"):
        row = rows.setdefault(row_of(field.address), [BLANK] * 6)
        column = column_of(field.address)
        row[column - 2] = Cell(field.header, "label")
        row[column - 1] = told(field, values[field.measure])
    last = max(rows)
    rows[last][1:] = [replace(rows[last][1] or BLANK, span=(1, 5)), None, None, None, None]
    body = [Row("data", tuple(rows[number]), 28 if number == last else None) for number in sorted(rows)]
    return page(manner, 1, 6, body, (19, 23, 21, 23, 23, 23))


def f3_fields() -> list[Field]:
    """The columns of F3 from left to right, from 处(科)室 on."""
    return sorted(fields("F3"), key=lambda field: column_of(field.address))


def f3_header() -> list[Row]:
    """Groups, measures, units of measure."""
    tall = Cell(look="header", span=(3, 1))
    top: list[Cell | None] = [replace(tall, value="序号")]
    middle: list[Cell | None] = [None]
    low: list[Cell | None] = [None]
    for group, members in groupby(f3_fields(), key=lambda field: field.group):
        for place, field in enumerate(found := list(members)):
            if not group:
                top, middle, low = [*top, replace(tall, value=field.header)], [*middle, None], [*low, None]
                continue
            top.append(Cell(group, "header", (1, len(found))) if place == 0 else None)
            middle.append(Cell(field.header, "header"))
            low.append(Cell(MEASURE_WORDS[field.measure], "header"))
    return [Row("header", tuple(top)), Row("header", tuple(middle), 28), Row("header", tuple(low))]


def f3_value(field: Field, of: Line) -> Value:
    """What an office says in a column."""
    plain: dict[str, Value] = {
        "office_name": of.office,
        "hc_end": of.staff,
        "distinct_any": of.distinct,
        "remark": None,
    }
    if field.measure in plain:
        return plain[field.measure]
    if field.measure == "registered":
        return of.registered
    number = of.counts.get((field.item, field.measure), 0)
    return int(number) if number == int(number) else number


def f3(manner: Manner, year: Year) -> Page:
    """The wide sheet with its total."""
    columns = f3_fields()
    body = f3_header()
    for number, office in enumerate(year.lines, 1):
        cells = [told(field, f3_value(field, office), number) for field in columns]
        body.append(Row("data", (Cell(number), *cells)))
    body.append(total_row(body, 2, 45))
    return page(manner, 3, 45, body, (6, 15, *([8] * 42), 11))


def total_row(rows: list[Row], merged: int, width: int, until: int | None = None) -> Row:
    """The 合计 of the data rows: sums of the numbers of each column after the merged label."""
    lines = [row.cells for row in rows if row.kind == "data"]
    cells: list[Cell | None] = [Cell("合计", "total", (1, merged)), *([None] * (merged - 1))]
    for column in range(merged, width):
        claims = [cell.claims[0].value for line in lines if (cell := line[column]) is not None and cell.claims]
        numbers = [value for value in claims if value is not None]
        if (until is not None and column >= until) or len(numbers) < len(claims) or (not claims and until is None):
            cells.append(Cell(look="total"))
            continue
        amount = sum(numbers)
        cells.append(Cell(int(amount) if amount == int(amount) else amount, "total", summed=True))
    return Row("total", tuple(cells))
