"""The signature line: date of reporting and signatures, never a name (M71, M72)."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from tests.mess.sent_files import LINE, STAFF
from tests.returns import cell, clean, f1_sheet, f3_sheet

MERGED = "单位负责人:赵明远    审核人:钱立群    填表人:孙晓芳    联系电话:82123456    填报日期:{}"


def signed(*texts, made=None):
    """A form with these texts in the cells of its last row, one in every second column."""
    plain = made or f3_sheet([LINE])
    row = max(row for row, _ in plain.cells) + 2
    added = {
        (row, 2 * n + 1): replace(cell("A1", text), row=row, column=2 * n + 1) for n, text in enumerate(texts) if text
    }
    return replace(plain, cells={**plain.cells, **added})


def noted(result, rule):
    return [q.message_zh for q in result.queries if (q.rule, q.treatment) == (rule, "NOTE")]


@pytest.mark.parametrize("day", ["2025年12月10日", "2025.12.10", "2025-12-10", "二〇二五年十二月十日", "2025/12/30"])
def test_a_date_before_the_end_of_the_year_is_noted(day):
    """M71: headcounts may not be those of 31 December."""
    (words,) = noted(clean(signed(MERGED.format(day))), "M71")

    assert "2025-12-" in words


@pytest.mark.parametrize(
    "day", ["2025年12月31日", "2026年1月9日", "年   月   日", "", "1月9日", "12月", "2026.1.9", "见封面"]
)
def test_a_date_after_the_year_or_none_at_all_is_not_noted(day):
    """M71, not there: 1月9日 says no year."""
    assert noted(clean(signed(MERGED.format(day))), "M71") == []


def test_the_line_may_stand_in_cells_of_its_own_with_the_values_beside():
    """M71, M72: label and value in one cell or in two, other words for the labels."""
    line = ("分管领导:赵明远", "审核:", "钱立群", "制表人", "孙晓芳", "报出日期:", "2025年12月8日")

    result = clean(signed(*line))

    assert (len(noted(result, "M71")), noted(result, "M72")) == (1, [])


def test_a_full_line_is_not_noted():
    """M72, not there"""
    assert noted(clean(signed(MERGED.format("2026年1月9日"))), "M72") == []


@pytest.mark.parametrize(
    "line, missing",
    [
        ("单位负责人:    审核人:钱立群    填表人:孙晓芳", "单位负责人"),
        ("单位负责人:赵明远    审核人:____    填表人:孙晓芳", "审核人"),
        ("单位负责人:赵明远 审核人:钱立群 填表人:(签字)", "填表人"),
        ("单位负责人:赵明远 填表人:孙晓芳", "审核人"),
        ("单位负责人:赵明远    审核人:孙晓芳    填表人:孙 晓 芳", "填表人=审核人"),
    ],
)
def test_a_signature_that_is_not_there_or_twice_the_same_is_noted(line, missing):
    """M72"""
    (words,) = noted(clean(signed(line)), "M72")

    assert f"{missing} [表3参与情况]" in words


def test_sheets_with_the_same_lack_are_one_note():
    """M72"""
    line = "单位负责人:赵明远    审核人:    填表人:孙晓芳"

    (words,) = noted(clean(signed(line, made=f1_sheet(STAFF)), signed(line)), "M72")

    assert "审核人 [表1基本情况、表3参与情况]" in words


@pytest.mark.parametrize("line", [(MERGED.format("2025年12月1日"),), ("填表人", "孙晓芳", "审核人:", "孙晓芳"),
                                  ("单位负责人:赵明远", "填表人:", "孙晓芳", "联系电话:13912345678")])  # fmt: skip
def test_no_name_of_the_line_gets_anywhere(line):
    """M72: neither raw nor detail nor message of anything holds it."""
    result = clean(signed(*line))

    said = "\n".join(str(value) for entry in (*result.queries, *result.facts, result.submission)
                     for value in asdict(entry).values())  # fmt: skip
    assert not any(name in said for name in ("赵明远", "钱立群", "孙晓芳", "82123456", "13912345678"))
    roles = {row.role for row in result.ledger if int(row.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > 8}
    assert roles == {"footer"}
