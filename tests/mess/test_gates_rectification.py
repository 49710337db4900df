"""Gates of the list of problems (F6), of the institutions (F7) and of the line 合计 that counts problems by state."""

import dataclasses

import pytest

from tests.mess.gate_sheets import asked, gated, message, staff
from tests.returns import cell, list_sheet

PROBLEM = {"problem": "窗口排队时间长", "problem_source": "群众", "problem_audience": "企业", "rect_target": "等候不超过10分钟",
           "rect_measures": "增设窗口", "office": "办公室", "responsible_named": "张海涛", "due_date": "2025-06-30"}  # fmt: skip
CLOSED = {**PROBLEM, "done_date": "2025-06-20", "rect_status": "已销号"}
DONE = {**PROBLEM, "problem": "材料重复", "done_date": "2025-07-20", "rect_status": "已完成"}
DOING = {**PROBLEM, "problem": "解读不及时", "rect_status": "整改中"}
WAITING = {**PROBLEM, "problem": "会议偏多", "due_date": "2026-03-31", "rect_status": "未启动"}


def problems(*lines, total=None):
    sheet = list_sheet("F6", list(lines))
    row = 5 + len(lines)
    cells = {place.replace("@", str(row)): text for place, text in (total or {}).items()}
    extra = {(c.row, c.column): c for c in (cell(at, value) for at, value in cells.items())}
    return gated(staff(), dataclasses.replace(sheet, cells={**sheet.cells, **extra}))


def test_problems_put_right_early_late_or_not_yet_are_natural():
    """G17: late is no contradiction, and a due date may lie in the next year."""
    facts, queries = problems(CLOSED, DONE, DOING, WAITING)

    assert asked(queries) == set()
    assert facts["F6", 2, "", "done_date"].text == "2025-07-20"


def test_done_without_a_date_of_completion_is_asked_about_and_kept():
    """G17"""
    facts, queries = problems({**DONE, "done_date": None}, {**CLOSED, "done_date": "—"})

    assert facts["F6", 1, "", "rect_status"].text == "done"
    assert asked(queries) == {("G17", "K5"), ("G17", "K6")}


def test_a_date_of_completion_of_what_is_not_done_leaves_both_open():
    """G17"""
    facts, queries = problems({**DOING, "done_date": "2025-05-01"})

    assert facts["F6", 1, "", "rect_status"].status == facts["F6", 1, "", "done_date"].status == "queried"
    assert asked(queries) == {("G17", "J5"), ("G17", "K5")}
    assert "“整改状态”=整改中" in message(queries, "G17", "J5")


def test_a_state_in_prose_is_not_held_against_the_date():
    """G17, M64: 基本完成 is our reading of in progress."""
    facts, queries = problems({**DOING, "rect_status": "基本完成", "done_date": "2025-05-01"})

    assert asked(queries) == set()
    assert facts["F6", 1, "", "done_date"].text == "2025-05-01"


def test_another_word_for_a_state_that_is_open_is_not_held_against_the_date():
    """G17, M61"""
    _, queries = problems({**DOING, "rect_status": "正在整改", "done_date": "2025-05-01"})

    assert "G17" not in {rule for rule, _ in asked(queries)}


def test_a_completion_of_an_earlier_year_is_natural_and_of_a_later_is_not():
    """G17"""
    facts, queries = problems({**CLOSED, "done_date": "2024-12-20"}, {**DONE, "done_date": "2027-01-05"})

    assert facts["F6", 1, "", "done_date"].text == "2024-12-20"
    assert asked(queries) == {("G17", "J6")}


TOTAL = {"A@": "合计", "B@": "问题数:4", "C@": "已销号:1", "D@": "整改中:1", "E@": "未启动:1", "F@": "逾期:1"}


def test_counts_of_the_total_line_that_the_lines_bear_out_are_not_asked_about():
    """G05: one problem is open after its due date, one is due next year."""
    _, queries = problems(CLOSED, DONE, DOING, WAITING, total=TOTAL)

    assert asked(queries, "ASK", "FIX") == set()


@pytest.mark.parametrize(
    "wrong, place, treatment",
    [
        ({"B@": "问题数:7"}, "B9", "ASK"),
        ({"C@": "已销号：4个"}, "C9", "ASK"),
        ({"D@": "整改中为3"}, "D9", "ASK"),
        ({"E@": "未启动:3"}, "E9", "ASK"),
        ({"F@": "逾期4"}, "F9", "ASK"),
        ({"B@": "问题数:5"}, "B9", "FIX"),
    ],
)
def test_a_count_that_the_lines_do_not_bear_out_is_asked_about_and_one_too_many_is_a_slip(wrong, place, treatment):
    """G05, M27"""
    _, queries = problems(CLOSED, DONE, DOING, WAITING, total={**TOTAL, **wrong})

    assert asked(queries, "ASK", "FIX") == {("M27", place)}
    assert asked(queries, treatment) == {("M27", place)}


def test_label_and_number_may_stand_in_two_cells_or_all_in_one():
    """G05"""
    _, apart = problems(CLOSED, DOING, total={"A@": "合计", "B@": "问题数", "C@": 9, "D@": "已销号", "E@": "1"})
    _, together = problems(CLOSED, DOING, total={"A@": "合计", "B@": "问题数2 已销号1 整改中4 未启动0 逾期1"})

    assert asked(apart) == {("M27", "C7")}
    assert asked(together) == {("M27", "B7")}


def test_states_that_cannot_be_read_are_not_counted_against_the_total():
    """G05: only the number of problems is certain then."""
    _, queries = problems({**CLOSED, "rect_status": "见附件"}, DOING,
                          total={"A@": "合计", "B@": "问题数:2", "C@": "已销号:9", "D@": "整改中:9"})  # fmt: skip

    assert {cell for rule, cell in asked(queries) if rule == "M27"} == set()


def test_late_completion_may_be_counted_as_overdue_or_not():
    """G05"""
    for overdue in ("逾期:1", "逾期:2"):
        _, queries = problems(DONE, DOING, total={"A@": "合计", "F@": overdue})

        assert asked(queries, "ASK", "FIX") == set()
