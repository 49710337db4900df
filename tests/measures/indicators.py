"""A unit's returns typed by hand and the rows of its indicators, for the tests of each indicator."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.measures.participation import participation, unit_table
from analysis.measures.rates import unit_rows
from analysis.measures.unit_sources import YearSources, read_sources
from tests.measures.hand_tables import fact, facts_table, headcounts, queries_table, sample_reference, submissions_table

UNIT = "LJ-G04"
STAFF = headcounts(
    UNIT, hc_start=41, joined=3, left=2, hc_end=42, pm_onpost=34, age_18_55=38, law_qualified=0, offices=9
)


def sources_of(
    *facts: dict[str, Any], queries: Any = (), year: int = 2025, units: tuple[str, ...] = (UNIT,)
) -> YearSources:
    """What the indicators of these facts are computed from, with these units as the whole register."""
    told, asked = facts_table(*facts), queries_table(*queries)
    reference = replace(sample_reference(year), units=tuple(sample_reference(year).unit(code) for code in units))
    sent = [{"unit_code": code, "state": "accepted", "forms": "F1"} for code in told["unit_code"].unique()]
    register = unit_table(told, reference, submissions_table(*sent))
    return read_sources(register, participation(told, reference, asked), told, asked, reference)


def row_of(indicator: str, *facts: dict[str, Any], queries: Any = (), category: str = "") -> pd.Series:
    """The row of the unit for one indicator."""
    table = unit_rows(sources_of(*facts, queries=queries), groups_only=False)
    return table[
        (table["unit_code"] == UNIT) & (table["indicator"] == indicator) & (table["category"] == category)
    ].iloc[0]


def word(form: str, row: int, field: str, text: str | None, status: str = "reported", **more: Any) -> dict[str, Any]:
    """One fact that is a code, a date or words; its cell lies on the row of the sheet below the head."""
    more = {"cell": f"{chr(66 + row % 20)}{row + 4}", **more}
    return fact(UNIT, form, row, field, None, status, text=text, **more)


def problem(
    row: int, status: str, due: str | None, done: str | None = None, **more: str | None
) -> list[dict[str, Any]]:
    """A line of F6; complete unless a field is given as None."""
    fields = {
        "problem": "办文偏慢", "rect_target": "压减到3日", "rect_measures": "建立台账", "responsible_named": "yes",
        "rect_status": status, "due_date": due, "done_date": done, **more,
    }  # fmt: skip
    return [word("F6", row, name, text) for name, text in fields.items() if text is not None]


def target(row: int, status: str, due: str | None = "2025-06-30", **more: str | None) -> list[dict[str, Any]]:
    """A line of F7乙."""
    fields = {
        "target": "创建文明处室", "target_class": "civilisation", "office": "综合科", "responsible_named": "yes",
        "due_date": due, "target_status": status, **more,
    }  # fmt: skip
    return [word("F7", row, name, text) for name, text in fields.items() if text is not None]


def institution(item: str, **fields: str | float) -> list[dict[str, Any]]:
    """A line of F7甲."""
    return [
        word("F7", 0, f"{item}.{name}", value)
        if isinstance(value, str)
        else fact(UNIT, "F7", 0, f"{item}.{name}", value)
        for name, value in fields.items()
    ]


def study(item: str, **numbers: float) -> list[dict[str, Any]]:
    """A line of F4."""
    return [fact(UNIT, "F4", 0, f"{item}.{name}", value) for name, value in numbers.items()]


def exemplar(row: int, award: str, **items: float) -> list[dict[str, Any]]:
    """A line of F8; `city=2` are two items in city media."""
    media = {"central": 0.0, "province": 0.0, "city": 0.0, "industry": 0.0, "own": 0.0, **items}
    numbers = [fact(UNIT, "F8", row, f"{level}.media_items", count) for level, count in media.items()]
    return [word("F8", row, "exemplar_name", "志愿队"), word("F8", row, "award_date", award), *numbers]
