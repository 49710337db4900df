"""`inspect` names printed totals that are not the sums of their lines, in any workbook."""

from __future__ import annotations

from typing import Any

from analysis.etl.inspection import inspect_workbook
from analysis.records import Workbook
from tests.returns import reference, sheet


def wrong(rows: list[list[Any]]) -> list[tuple[str, float, float]]:
    """Cell, printed number and sum of the wrong totals of a table of these rows."""
    cells = {
        f"{'ABCDEFG'[column]}{row}": value
        for row, line in enumerate(rows, start=1)
        for column, value in enumerate(line)
    }
    answer = inspect_workbook(Workbook("xlsx", (sheet("表", cells),)), "x.xlsx", reference().words)
    return [
        (entry["cell"], entry["printed"], entry["sum"])
        for table in answer["sheets"][0]["tables"]
        for entry in table["wrong_totals"]
    ]


HEADER = ["项目", "一月", "二月", "三月"]
LOANS = [
    ["一、存款", 30, 33, 36],
    ["(一)境内", 20, 22, 24],
    ["(二)境外", 10, 11, 12],
    ["二、贷款", 15, 16, 17],
    ["(一)境内", 9, 9, 10],
    ["(二)境外", 6, 7, 7],
]


def test_a_wrong_subtotal_of_an_outline_is_named():
    rows = [HEADER, *[list(row) for row in LOANS]]
    rows[4][2] = 9

    assert wrong(rows) == [("C5", 9, 16)]


def test_an_outline_whose_subtotals_fit_raises_nothing():
    assert wrong([HEADER, *LOANS]) == []


def test_a_wrong_number_in_a_line_called_a_total_is_named():
    rows = [
        ["单位", "人数", "户数", "金额"],
        ["甲", 3, 5, 100],
        ["乙", 4, 6, 200],
        ["丙", 5, 7, 300],
        ["合计", 12, 18, 700],
    ]

    assert wrong(rows) == [("D5", 700, 600)]


def test_a_total_of_a_section_is_compared_with_its_section():
    rows = [["单位", "人数", "户数", "金额"], ["甲", 3, 5, 100], ["乙", 4, 6, 200], ["小计", 7, 11, 300], ["丙", 5, 7, 300],
            ["丁", 1, 2, 50], ["小计", 6, 9, 350], ["合计", 13, 20, 650]]  # fmt: skip

    assert wrong(rows) == []


def test_shares_and_means_in_a_total_line_are_no_sums():
    rows = [
        ["单位", "人数", "户数", "参与率"],
        ["甲", 3, 5, 60],
        ["乙", 4, 6, 80],
        ["丙", 5, 7, 90],
        ["合计", 12, 18, 95],
    ]

    assert wrong(rows) == []


def test_a_line_that_only_looks_like_a_total_is_left_alone():
    rows = [
        ["单位", "人数", "户数", "金额"],
        ["甲", 3, 5, 100],
        ["乙", 4, 6, 200],
        ["丙", 5, 7, 300],
        ["合计", 40, 50, 900],
    ]

    assert wrong(rows) == []
