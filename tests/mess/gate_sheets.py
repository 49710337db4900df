"""Sheets of the forms that the gates compare, filled by hand, and what the gates make of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from analysis.records import Fact, Query, Sheet
from tests.returns import clean, f1_sheet, head, reference, sheet

STAFF = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 45, "hc_start": 41, "joined": 3,
         "left": 2, "hc_end": 42, "women": 15, "age_18_55": 38, "league": 2, "pm_onpost": 34, "union_members": 42,
         "law_qualified": 0, "registered": 40, "offices": 1, "party_branches": 2, "title_level": "市级",
         "team_full_time": 1, "team_part_time": 2}  # fmt: skip
F4_HEADERS = ("序号", "学习专题", "集中学习次数", "学时", "应到人次", "实到人次", "参学人数(去重)", "主要形式", "备注")
F4_HEADINGS = {"A13": "二、专项", "A21": "三、学习型机关"}


def staff(**changes: Any) -> Sheet:
    """F1 of a unit of 42 at the year's end, 44 over the year."""
    return f1_sheet({**STAFF, **changes})


def f4_sheet(values: Mapping[str, Any]) -> Sheet:
    """The form of study: `item.measure` -> what is written; other cells are 0 where a number is required."""
    cells: dict[str, Any] = {**head(form_no=4), **F4_HEADINGS}
    cells |= {f"{letter}4": text for letter, text in zip("ABCDEFGHI", F4_HEADERS, strict=True)}
    for entry in reference().form_fields("F4"):
        if entry.block in ("head", "foot"):
            continue
        row = entry.address.lstrip("ABCDEFGHI")
        cells[f"B{row}"] = entry.header_group_zh or entry.header_zh.split("(报送)")[0].split("(采纳)")[0]
        if entry.item == "research":
            cells[f"B{row}"] = "调研成果(报送/采纳)"
        plain = {"yes_no": "是", "text": None}.get(entry.type, 0) if entry.required else None
        cells[entry.address] = values.get(f"{entry.item}.{entry.measure}", plain)
    return sheet("表4学习培训", cells)


def gated(*sheets: Sheet, last_year: LastYear | None = None) -> tuple[dict[tuple[Any, ...], Fact], list[Query]]:
    """Facts by (form, row, item, measure), and the queries, of one return after the gates."""
    facts, queries = gate_units([clean(*sheets)], reference(), last_year or LastYear())
    return {(fact.form, fact.row, fact.item, fact.measure): fact for fact in facts}, queries


def asked(queries: list[Query], *treatments: str) -> set[tuple[str, str | None]]:
    """Rule and cell of the queries of the treatments (ASK and DROP when none is named), without blanks."""
    wanted = treatments or ("ASK", "DROP", "BACK", "QUAR")
    return {(query.rule, query.cell) for query in queries if query.treatment in wanted and query.rule != "M52"}


def message(queries: list[Query], rule: str, cell: str | None) -> str:
    """What the clerk reads about the cell."""
    return next(query.message_zh for query in queries if (query.rule, query.cell) == (rule, cell))
