"""Several sheets of one form, nil returns and hidden sheets (M14, M16, M17; decision 16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.mess.sent_files import LINE, STAFF, asked, one, state, xlsx
from tests.returns import clean, f1_sheet, f3_sheet, fact, head, list_sheet, sheet

WALK = {"category": "学雷锋志愿者服务行动", "activity_name": "清洁家园", "activity_date": "2025-03-05", "place": "社区",
        "host_office": "办公室", "persons": 20, "person_times": 20, "hours": 40}  # fmt: skip
VISIT = {**WALK, "category": "敬老爱老助老", "activity_name": "走访敬老院", "activity_date": "2025-10-29", "persons": 9,
         "person_times": 9, "hours": 18}  # fmt: skip


def named(made, name, **cells):
    """The sheet under another name, with further texts in its head."""
    plain = sheet("x", cells)
    return replace(made, name=name, cells={**made.cells, **plain.cells})


def questions(result, rule):
    return [(q.form, q.sheet, q.treatment) for q in result.queries if q.rule == rule]


@pytest.mark.parametrize("name, persons", [("草稿", 11), ("表3参与情况 (2)", 12), ("办公室", 5)])
def test_of_a_form_that_is_filled_in_on_two_sheets_none_counts_and_the_unit_is_asked(name, persons):
    """M14: a draft, a copy, a sheet for each office."""
    other = named(f3_sheet([{**LINE, "elder_care.persons": persons}]), name)

    result = clean(f1_sheet(STAFF), f3_sheet([LINE]), other)

    assert (result.submission.forms, {entry.form for entry in result.facts}) == ("F1", {"F1"})
    assert questions(result, "M14") == [("F3", "表3参与情况", "ASK"), ("F3", name, "ASK")]
    assert {row.rule for row in result.ledger if row.sheet == name and row.cell == "D7"} == {"M14"}


def test_a_template_left_blank_beside_the_filled_form_asks_nothing():
    """M14: told, not asked."""
    blank = named(f3_sheet([]), "表3参与情况 (2)")

    result = clean(f3_sheet([LINE]), blank)

    assert fact(result, "persons", "elder_care").value == 12
    assert asked(result) == set()
    assert questions(result, "M14") == [("F3", "表3参与情况 (2)", "NOTE")]


def test_of_several_blank_copies_one_is_asked_about():
    """M14, M16"""
    result = clean(f1_sheet(STAFF), f3_sheet([]), named(f3_sheet([]), "表3 (2)"))

    assert questions(result, "M16") == [("F3", "表3参与情况", "ASK")]


@pytest.mark.parametrize("name, title", [("表2续", ""), ("表2(续1)", ""), ("续表2", ""), ("Sheet2", "续表"),
                                         ("Sheet2", "道德实践活动统计表(续)"), ("表2-续表", "")])  # fmt: skip
def test_a_continuation_that_says_so_is_joined(name, title):
    """M14: the lines are counted on, and a total at the end may be that of both sheets."""
    more = named(list_sheet("F2", [VISIT]), name, **({"A1": title} if title else {}), B7="合计", G7=29)

    result = clean(list_sheet("F2", [WALK]), more)

    assert [(f.row, f.sheet, f.value) for f in result.facts if f.measure == "persons"] == [(1, "表2", 20), (2, name, 9)]
    assert questions(result, "M14") == [("F2", name, "FIX")]
    assert not {"M14", "M27"} & asked(result)


def test_a_wrong_total_below_a_continuation_is_still_asked_about():
    """M14, M27"""
    more = named(list_sheet("F2", [VISIT]), "表2续", B7="合计", G7=35)

    assert "M27" in asked(clean(list_sheet("F2", [WALK]), more))


def test_a_second_list_that_does_not_say_that_it_continues_is_asked_about():
    """M14"""
    result = clean(list_sheet("F2", [WALK]), named(list_sheet("F2", [VISIT]), "持续开展"))

    assert (asked(result), result.facts) == ({"M14"}, ())


def test_a_continuation_without_the_names_of_its_columns_is_asked_about():
    """M14 unread: nothing is lost in silence."""
    more = sheet("表2续", {"A1": 2, "B1": "敬老爱老助老", "C1": "走访", "G1": 9})

    result = clean(list_sheet("F2", [WALK]), more)

    assert questions(result, "M14") == [(None, "表2续", "ASK")]


def test_a_sheet_that_is_none_of_the_forms_is_noted():
    """M14"""
    result = clean(f3_sheet([LINE]), sheet("联系人", {"A1": "科室", "A2": "办公室"}))

    assert questions(result, "M14") == [(None, "联系人", "NOTE")]


@pytest.mark.parametrize("words", ["零报告", "本表零报告", "无此项工作", "零申报", "我局本年度未开展此项活动"])
def test_a_blank_form_with_the_words_of_a_nil_return_is_accepted(words):
    """M16 nil, decision 16"""
    nil = named(list_sheet("F5", []), "表5", B6=words)

    result = clean(f1_sheet(STAFF), nil)

    assert (state(result), result.submission.forms) == (("accepted", None), "F1;F5")
    assert questions(result, "M16") == [("F5", "表5", "NOTE")]
    assert asked(result) == set()
    assert {row.role for row in result.ledger if row.sheet == "表5" and row.cell == "B6"} == {"note"}


@pytest.mark.parametrize("line", [{"household_no": "无"}, {"household_no": "无", "visits": 0, "amount_yuan": "—"}])
def test_a_list_whose_one_line_says_none_is_a_nil_return(line):
    """M16: 无 in the first cell."""
    result = clean(f1_sheet(STAFF), list_sheet("F5", [line]))

    assert (questions(result, "M16"), asked(result)) == ([("F5", "表5", "NOTE")], set())


def test_a_blank_form_without_the_words_is_asked_about_once_per_form():
    """M16: the printed instruction to write 零报告 is no nil return."""
    notes = "填报说明:1.如无此项工作,请在表中写明“零报告”。"
    blank = [named(list_sheet(form, []), f"表{form[1]}", A30=notes) for form in ("F5", "F6")]

    result = clean(f1_sheet(STAFF), *blank)

    assert state(result) == ("accepted", None)
    assert questions(result, "M16") == [("F5", "表5", "ASK"), ("F6", "表6", "ASK")]


def test_words_for_all_other_forms_make_all_blank_forms_nil():
    """M16, whole return"""
    result = clean(f1_sheet({**STAFF, "remark": "其余各表零报告"}), list_sheet("F5", []), list_sheet("F6", []))

    assert [treatment for _, _, treatment in questions(result, "M16")] == ["NOTE", "NOTE"]


def test_a_return_that_is_a_nil_report_and_nothing_else_is_accepted(tmp_path):
    """M16, whole return without any of the forms"""
    letter = sheet("Sheet1", {"A1": "市科技局2025年度精神文明建设统计:零报告"})

    result = one(tmp_path, "市科技局零报告.xlsx", xlsx(letter))

    assert (state(result), result.submission.unit_code) == (("accepted", None), "LJ-G04")
    assert [q.treatment for q in result.queries if q.rule == "M16"] == ["NOTE"]


def test_zeros_are_figures_and_no_nil_return():
    """M16, not there"""
    result = clean(f3_sheet([{"hc_end": 42, "distinct_any": 0}]))

    assert questions(result, "M16") == []
    assert fact(result, "persons", "elder_care").value == 0


def test_a_hidden_sheet_is_never_read_and_told(tmp_path):
    """M17: no fact, no question, not even the sender; each of its cells is in the ledger."""
    old = replace(
        f3_sheet([{**LINE, "elder_care.persons": 7}], unit="市财政局", code="LJ-G09"), name="上年", hidden=True
    )

    result = one(tmp_path, "市科技局.xlsx", xlsx(f1_sheet(STAFF), f3_sheet([LINE]), old))

    assert fact(result, "persons", "elder_care").value == 12
    assert (asked(result), questions(result, "M17")) == (set(), [(None, "上年", "NOTE")])
    hidden = [row for row in result.ledger if row.sheet == "上年"]
    assert ({row.cell for row in hidden}, {(row.role, row.rule) for row in hidden}) == (
        {entry.address for entry in old.cells.values()}, {("ignored", "M17")},
    )  # fmt: skip


def test_forms_on_hidden_sheets_alone_send_the_return_back():
    """M17: a return is not read from what its sender does not see."""
    result = clean(
        replace(f3_sheet([LINE]), hidden=True), sheet("Sheet2", {"A1": "见附件", **head()}), file="市科技局.xlsx"
    )

    assert (state(result)[0], result.facts) == ("returned", ())
