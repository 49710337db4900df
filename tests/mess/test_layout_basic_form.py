"""M19, M20: the basic form (F1) with its labels and values moved, renamed, or in another order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from analysis.records import FileResult, Sheet
from tests.returns import clean, f1_sheet, fact, sheet

FULL: Mapping[str, Any] = {
    "unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 40, "hc_start": 36, "joined": 3, "left": 1,
    "hc_end": 38, "women": 15, "age_18_55": 33, "league": 4, "pm_onpost": 29, "pm_retired": 7, "union_members": 37,
    "law_qualified": 2, "registered": 30, "offices": 8, "party_branches": 3, "title_level": "市级", "team_full_time": 1,
    "team_part_time": 2, "submitted_last_year": "是", "title_applied": "省级", "remark": "平稳",
}  # fmt: skip


def moved(place: Callable[[int, int], tuple[int, int]]) -> Sheet:
    """The filled form with every cell below the head at another place."""
    made = f1_sheet(FULL)
    cells = {}
    for (row, column), cell in made.cells.items():
        target = place(row, column) if row > 3 else (row, column)
        cells[target] = replace(cell, row=target[0], column=target[1])
    return replace(made, cells=cells)


def numbers(result: FileResult) -> dict[str, float | None]:
    return {one.measure: one.value for one in result.facts if one.value is not None}


def expected() -> dict[str, float]:
    return {measure: float(value) for measure, value in FULL.items() if isinstance(value, int)}


def test_a_blank_column_between_labels_and_values_changes_nothing():
    """M19"""
    result = clean(moved(lambda row, column: (row, column + 1 if column > 1 else 1)))

    assert numbers(result) == expected()
    assert [query for query in result.queries if query.state == "open"] == []


def test_labels_in_one_column_and_values_in_the_next_are_read():
    """M19: the three pairs of a row below each other."""
    result = clean(moved(lambda row, column: (4 + (row - 4) * 3 + (column - 1) // 2, 1 + (column - 1) % 2)))

    assert numbers(result) == expected()


def test_labels_side_by_side_with_values_below_are_read():
    """M19"""
    result = clean(moved(lambda row, column: (4 + (column - 1) % 2, 1 + (row - 4) * 3 + (column - 1) // 2)))

    assert numbers(result) == expected()


def order(*columns: int) -> Callable[[int, int], tuple[int, int]]:
    """The columns in another order: the new place of each of A to F."""
    return lambda row, column: (row, columns[column - 1])


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param((2, 1, 4, 3, 6, 5), id="values left of labels"),
        pytest.param((1, 3, 2, 4, 5, 6), id="value of A behind label C"),
        pytest.param((3, 1, 2, 4, 5, 6), id="labels of A moved to C"),
        pytest.param((1, 2, 3, 5, 4, 6), id="value of C behind label E"),
        pytest.param((1, 2, 4, 5, 3, 6), id="labels of E moved to C"),
        pytest.param((1, 6, 2, 3, 4, 5), id="values of A at the end"),
    ],
)
def test_values_out_of_the_order_of_their_labels_are_asked_about_and_never_read_with_a_shift(columns):
    """M20"""
    result = clean(moved(order(*columns)))

    wrong = {measure: value for measure, value in numbers(result).items() if value != expected()[measure]}
    asked = {query.cell for query in result.queries if query.state == "open"}
    assert wrong == {}
    assert asked


def test_values_above_their_labels_are_not_read():
    """M20"""
    result = clean(moved(lambda row, column: (5 - (column - 1) % 2, 1 + (row - 4) * 3 + (column - 1) // 2)))

    assert numbers(result) == {}


@pytest.mark.parametrize(
    "printed, written",
    [
        ("其中:女", "女"),
        ("其中:女", "女职工"),
        ("其中:18—55周岁", "18-55周岁"),
        ("其中:18—55周岁", "18~55岁"),
        ("其中:共青团员", "共青团员数"),
        ("其中:中共党员(在职)", "在职党员人数"),
        ("编制数", "核定编制"),
        ("年末在职在岗人数", "年末在职在岗(人)"),
        ("党支部", "党支部数"),
        ("工会会员", "工会会员 人数:"),
    ],
)
def test_a_label_in_other_words_is_known(printed, written):
    """M20"""
    made = f1_sheet(FULL)
    cells = {place: replace(cell, value=written, text=written) if cell.text == printed else cell
             for place, cell in made.cells.items()}  # fmt: skip
    result = clean(replace(made, cells=cells))

    assert numbers(result) == expected()


def test_a_label_that_means_nothing_to_us_is_asked_about_and_its_number_not_used():
    """M20"""
    made = f1_sheet(FULL)
    cells = {place: replace(cell, value="其他同志", text="其他同志") if cell.text == "其中:女" else cell
             for place, cell in made.cells.items()}  # fmt: skip
    result = clean(replace(made, cells=cells))

    assert "women" not in numbers(result)
    assert [(query.rule, query.treatment) for query in result.queries if query.state == "open"] == [("M20", "ASK")]


def test_a_blank_value_in_a_form_in_order_asks_for_that_value_only():
    """M20, the other way round: nothing else becomes doubtful."""
    result = clean(f1_sheet({**FULL, "title_applied": None, "women": None, "unit_rank": None}))

    assert [(query.rule, query.cell) for query in result.queries if query.state == "open"] == [
        ("M52", "F6"),
    ]
    assert fact(result, "hc_end").value == 38


def test_an_untouched_form_raises_nothing():
    result = clean(f1_sheet(FULL), sheet("说明", {}))

    assert [query for query in result.queries if query.state == "open"] == []
