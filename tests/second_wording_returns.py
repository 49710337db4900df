"""Returns with one wording of a second hand in one cell, and what is silently wrong about how they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from analysis.records import Cell, Fact, FileResult, Query, Sheet
from analysis.records import address as address_of
from tests.returns import cell, clean, f1_sheet, f3_sheet, list_sheet, place, reference
from tests.second_wording import NOTHING, PEOPLE, Group
from tests.second_wording_amounts import AMOUNTS
from tests.second_wording_lists import LISTS

LINES: dict[str, dict[str, Any]] = {
    "F2": {"category": "学雷锋志愿者服务行动", "activity_name": "清洁家园", "activity_date": "2025-04-10", "place": "社区广场", "host_office": "第一科",
           "persons": 20, "persons_pm": 10, "person_times": 30, "hours": 60},
    "F3": {"hc_end": 10},
    "F5": {"household_no": "LJ-G04-01", "household_location": "城镇", "hardship_type": "低保户", "family_size": 3, "paired_date": "2023-05-06",
           "office": "第一科", "responsible_post": "科长", "visits": 4, "amount_yuan": 500, "out_of_hardship": "否"},
    "F6": {"problem": "办事等候时间长", "problem_source": "自查", "problem_audience": "群众", "rect_target": "缩短时间", "rect_measures": "增设窗口",
           "office": "第一科", "responsible_named": "张三", "due_date": "2025-06-30", "done_date": "2025-06-20", "rect_status": "已完成"},
    "F8": {"exemplar_name": "第一党支部", "carrier": "集体", "exemplar_level": "市级", "exemplar_kind": "学习型", "award_body": "市直机关工委",
           "award_date": "2025-07-01"},
}  # fmt: skip
HEADCOUNT = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 44, "hc_start": 42, "joined": 0, "left": 0, "hc_end": 42,
             "women": 14, "age_18_55": 38, "league": 2, "pm_onpost": 34, "union_members": 41, "law_qualified": 2, "registered": 30,
             "offices": 9, "party_branches": 1, "team_full_time": 1, "team_part_time": 2, "title_level": "市级", "submitted_last_year": "是"}  # fmt: skip
OTHERS = {"F2": "activity_name", "F5": "household_no", "F6": "problem", "F8": "exemplar_name", "F3": "office_name"}


def wordings() -> Iterator[tuple[Group, Any, Any]]:
    """Group, wording and the outcome wanted (None: it must be asked)."""
    for group in (*PEOPLE, *AMOUNTS, *LISTS):
        for wording, right in group.said.items():
            yield group, wording, right
        for wording in group.asked:
            yield group, wording, None


def return_with(
    form: str, field: str, wording: Any, more: Mapping[str, Any] | None = None, below: Sequence[Any] = ()
) -> tuple[Sheet, str]:
    """A return whose second line of three (or whose field, on F1) has the wording, and the address of its cell."""
    entry = next(e for e in reference().form_fields(form) if field == (f"{e.item}.{e.measure}" if e.item else e.measure)
                 and e.block in ("main", "list", "offices"))  # fmt: skip
    if form == "F1":
        return f1_sheet({**HEADCOUNT, field: wording}), entry.address
    base = LINES[form]
    lines = [{**base, OTHERS[form]: f"{base.get(OTHERS[form], '科')}{n}"} for n in range(1, 4 + 2 * len(below))]
    for number, said in enumerate((wording, *below)):
        parts = {"persons_pm": None} if field in ("persons", "persons_pm") else {}
        lines[1 + 2 * number] |= {**parts, **(more or {}), field: said}
    made = f3_sheet(lines) if form == "F3" else list_sheet(form, lines)
    row, _ = place(entry.address)
    return made, f"{entry.address.rstrip('0123456789')}{row + 1}"


@cache
def _packed(form: str, field: str) -> dict[tuple[type, Any], tuple[FileResult, str]]:
    """Where each wording of a field stands: twenty to a return, each below a plain line; F1 holds one at a time."""
    said = list({(type(w), w): w for group, w, _ in wordings() if (group.form, group.field) == (form, field)}.values())
    found: dict[tuple[type, Any], tuple[FileResult, str]] = {}
    for first in range(0, len(said), step := 1 if form == "F1" else 20):
        made, address = return_with(form, field, said[first], below=said[first + 1 : first + step])
        result, (row, column) = clean(made), place(address)
        for number, wording in enumerate(said[first : first + step]):
            found[type(wording), wording] = (result, address_of(row + 2 * number, column))
    return found


def read(form: str, field: str, wording: Any) -> tuple[FileResult, str]:
    return _packed(form, field)[type(wording), wording]


def gated(*sheets: Sheet) -> tuple[list[Fact], list[Query]]:
    return gate_units([clean(*sheets)], reference(), LastYear())


def is_asked(result: FileResult, address: str) -> bool:
    return result.submission.state == "returned" or any(q.cell == address and q.state == "open" for q in result.queries)


def fault(result: FileResult, group: Group, address: str, right: Any) -> str:
    """What was silently read wrong at the cell; empty when it is right or asked."""
    if is_asked(result, address):
        return ""
    wanted = right if isinstance(right, dict) else {group.field: right}
    found = {_name(fact): fact for fact in result.facts if fact.cell == address}
    wrong = [f"{name} = {_said(found.get(name))}, right {value if value is not None else 'to ask'}"
             for name, value in wanted.items() if not _is_right(found.get(name), value)]  # fmt: skip
    return "; ".join(wrong)


def _name(fact: Fact) -> str:
    return f"{fact.item}.{fact.measure}" if fact.item else fact.measure


def _said(fact: Fact | None) -> str:
    return "no fact" if fact is None else f"{(fact.value, fact.low, fact.high, fact.text)} {fact.status} {fact.rule}"


def _is_right(fact: Fact | None, right: Any) -> bool:
    if right is None:
        return False
    if isinstance(right, list):
        return any(_is_right(fact, each) for each in right)
    if right == NOTHING:
        return fact is None or (fact.value, fact.low, fact.high, fact.text) == (None, None, None, None)
    if fact is None:
        return False
    if isinstance(right, str):
        return fact.text == right
    if isinstance(right, tuple):
        return fact.value is None and (fact.low, fact.high) == right
    return fact.value is not None and abs(fact.value - right) < 1e-9


def with_cell(made: Sheet, address: str, value: Any) -> Sheet:
    """The sheet with another value at the address; None takes the cell away."""
    changed: dict[tuple[int, int], Cell] = dict(made.cells)
    changed.pop(place(address), None)
    if value is not None:
        changed[place(address)] = cell(address, value)
    return replace(made, cells=changed)
