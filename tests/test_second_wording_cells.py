"""Nothing that a second hand would write is silently read wrong, and no personal string of it stays."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.records import Sheet
from tests.returns import clean, f1_sheet, list_sheet, place, reference
from tests.second_wording import Group
from tests.second_wording_returns import (
    HEADCOUNT,
    LINES,
    fault,
    gated,
    is_asked,
    read,
    return_with,
    with_cell,
    wordings,
)
from tests.second_wording_sheets import (
    COUNTED_IN,
    EXAMPLE_NAMES,
    EXAMPLES,
    HEADINGS,
    NOT_COUNTED,
    OTHER_HEADINGS,
    PERSONAL,
    TOTALS,
    UNITS,
)

GATED = [("persons", text, True) for text in COUNTED_IN] + [("persons", text, False) for text in NOT_COUNTED]


@pytest.mark.parametrize("group, wording, right", list(wordings()))
def test_a_wording_is_read_right_or_asked(group: Group, wording: Any, right: Any) -> None:
    result, address = read(group.form, group.field, wording)
    wrong = fault(result, group, address, right)
    assert not wrong, f"{group.form} {group.field} {wording!r}: {wrong}"


@pytest.mark.parametrize("unit, code", list(UNITS.items()))
def test_the_unit_in_the_head_is_the_right_one_or_none(unit: str, code: str | None) -> None:
    result = clean(list_sheet("F2", [LINES["F2"]], unit=unit, code=""))
    said = result.submission
    assert said.state == "returned" or said.unit_code in (None, code), f"{unit}: {said.unit_code}"


def _three_lines() -> Sheet:
    return return_with("F2", "activity_name", "清洁家园乙")[0]


@pytest.mark.parametrize("label", TOTALS)
@pytest.mark.parametrize("column", ["A", "B"])
def test_a_line_that_adds_up_gives_no_values(label: str, column: str) -> None:
    made = _three_lines()
    for address, value in {"A9": None, "G9": 60, "H9": 30, "J9": 90, "K9": 180, f"{column}9": label}.items():
        made = with_cell(made, address, value)
    result = clean(made)
    read_as = [fact for fact in result.facts if fact.cell == "G9" and fact.value is not None and fact.row]
    assert not read_as or is_asked(result, "G9"), f"{label}: {read_as}"


@pytest.mark.parametrize(
    "address, mark", [("A6", mark) for mark in EXAMPLES] + [("C6", name) for name in EXAMPLE_NAMES]
)
def test_an_example_gives_no_values(address: str, mark: str) -> None:
    result = clean(with_cell(_three_lines(), address, mark))
    read_as = [fact for fact in result.facts if fact.cell == "G6" and fact.value is not None]
    assert not read_as or any(q.state == "open" and (q.cell or "").endswith("6") for q in result.queries), mark


@pytest.mark.parametrize("field, remark, counted", GATED)
def test_a_remark_that_counts_others_in_opens_the_number(field: str, remark: str, counted: bool) -> None:
    made, address = return_with("F2", field, 26, {"remark": remark, "person_times": 52, "hours": 100})
    facts, queries = gated(f1_sheet(HEADCOUNT), made)
    asked = any(q.cell == address and q.state == "open" for q in queries)
    values = [fact.value for fact in facts if (fact.form, fact.cell, fact.measure) == ("F2", address, field)]
    assert asked or (not counted and values == [26]), f"{remark}: {values}"


def _heading(field: str, text: str) -> tuple[Sheet, str, str]:
    entry = next(e for e in reference().form_fields("F2") if e.measure == field and e.block == "list")
    letters = entry.address.rstrip("0123456789")
    heading = f"{letters}{5 if entry.header_group_zh else 4}"
    values = {"amount_yuan": 1200, "goods_yuan": 600, "blood_ml": 2000, "remark": "已存档"}
    made, address = return_with("F2", field, {**LINES["F2"], "activity_name": "植绿", **values}[field])
    return with_cell(made, heading, text), address, heading


@pytest.mark.parametrize("field, text", [(field, text) for field, texts in HEADINGS.items() for text in texts])
def test_a_renamed_heading_keeps_its_field_or_is_asked(field: str, text: str) -> None:
    made, address, heading = _heading(field, text)
    result = clean(made)
    open_at = {q.cell for q in result.queries if q.state == "open"}
    measures = [fact.measure for fact in result.facts if fact.cell == address]
    asked = result.submission.state == "returned" or open_at & {address, heading, None} or _column(heading) & open_at
    assert asked or measures == [field], f"{text}: {measures}"


@pytest.mark.parametrize("field, text", [(field, text) for field, texts in OTHER_HEADINGS.items() for text in texts])
def test_what_stands_under_another_heading_is_asked(field: str, text: str) -> None:
    made, address, heading = _heading(field, text)
    result = clean(made)
    open_at = {q.cell for q in result.queries if q.state == "open"}
    values = [(fact.measure, fact.value) for fact in result.facts if fact.cell == address and fact.value is not None]
    asked = result.submission.state == "returned" or open_at & {address, heading, None} or _column(heading) & open_at
    assert asked or not values, f"{text}: {values}"


def _column(heading: str) -> set[str]:
    letters = heading.rstrip("0123456789")
    return {f"{letters}{row}" for row in range(4, 9)}


@pytest.mark.parametrize("form, field, written, planted", PERSONAL)
def test_no_personal_string_stays(form: str, field: str, written: str, planted: tuple[str, ...]) -> None:
    made, address = return_with(form, field, written)
    facts, queries = gated(made)
    assert place(address) in made.cells
    texts = [text for fact in facts for text in (fact.raw, fact.text or "")]
    texts += [text for q in queries for text in (q.raw, q.read_as, q.message_zh, q.message_en)]
    left = [string for string in planted if any(string in text for text in texts)]
    assert not left, f"{form} {field} {written}: {left}"
