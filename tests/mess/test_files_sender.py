"""Whose return it is, and of which year (M11, M12, M57; decision 20)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.mess.sent_files import LINE, STAFF, asked, state
from tests.returns import cell, clean, f1_sheet, f3_sheet, fact, head, list_sheet, sheet

NOBODY = {"unit": "", "code": ""}


def sender(result):
    return result.submission.unit_code, result.submission.unit_from


def headed(**cells):
    """The wide form of nobody with these cells in its head, such as A2."""
    plain = f3_sheet([LINE], **NOBODY)
    added = {(c.row, c.column): c for c in (cell(at, text) for at, text in cells.items())}
    return replace(plain, cells={**plain.cells, **added})


@pytest.mark.parametrize(
    "cells",
    [
        {"A2": "填报单位(盖章):澜江市科学技术局"},
        {"A2": "填报单位(盖章):", "B2": "市科技局"},
        {"A2": "填报单位(公章)", "B2": "市科技局"},
        {"A2": "填 报 单 位:  市科技局"},
        {"A2": "填報單位:市科技局"},
        {"A2": "报送单位:市科技局(盖章)"},
        {"A2": "单位名称:科技局", "C3": "单位代码:________"},
        {"A2": "填报单位:市科技局      单位代码:      计量单位:人"},
        {"A50": "填报单位(盖章):市科技局"},
        {"A2": "单位:市科技局", "F3": "单位:人、元"},
    ],
)
def test_the_unit_is_read_from_the_cell_of_its_label_or_the_next_one(cells):
    """M12: other words for the label, other places, several labels in one cell."""
    result = clean(headed(**cells), file="附件2.xlsx")

    assert (sender(result), asked(result)) == (("LJ-G04", "name"), set())


def test_the_code_is_read_beside_the_name_in_one_cell():
    """M12"""
    result = clean(headed(A2="填报单位:市科技局   单位代码:LJ-G04"))

    assert (sender(result), asked(result)) == (("LJ-G04", "code"), set())


@pytest.mark.parametrize("text", ["LJG04", "lj-g04", "ＬＪ－Ｇ０４", "LJ—G04", "LJ G04"])
def test_a_code_with_other_strokes_is_the_code(text):
    """M12 code"""
    result = clean(f3_sheet([LINE], unit="", code=text))

    assert (sender(result), asked(result)) == (("LJ-G04", "code"), set())


@pytest.mark.parametrize("code, questions", [("LJ-G99", {"M12"}), ("LJ-G4", {"M12"}), ("无", set()), ("——", set()),
                                             ("11370000MB2857", set())])  # fmt: skip
def test_a_code_of_no_unit_beside_a_sure_name_is_asked_about(code, questions):
    """M12: one identifier in doubt. What does not look like one of our codes is none."""
    result = clean(f3_sheet([LINE], code=code))

    assert (sender(result), asked(result)) == (("LJ-G04", "name"), questions)


@pytest.mark.parametrize(
    "sheets",
    [
        [f3_sheet([LINE], unit="澜江市财政局", code="LJ-G04")],
        [f1_sheet({**STAFF, "unit_name": "澜江市财政局"}, unit="")],
        [f1_sheet(STAFF), f3_sheet([LINE], unit="市财政局", code="")],
        [f1_sheet(STAFF, unit=""), f3_sheet([LINE], unit="", code="LJ-G09")],
    ],
)
def test_two_identifiers_that_disagree_send_the_return_back(sheets):
    """M12: code, name in the head and name in the form, on one sheet or on two."""
    result = clean(*sheets)

    assert (state(result), result.facts) == (("returned", "M12"), ())
    assert "市财政局" in result.submission.detail


@pytest.mark.parametrize("name", ["国库支付中心", "市局", "我单位", "市教育体育局"])
def test_a_name_in_doubt_beside_a_sure_code_is_one_question(name):
    """M57"""
    result = clean(f3_sheet([LINE], unit=name, code="LJ-G09"))

    assert sender(result) == ("LJ-G09", "code")
    assert [(q.rule, q.treatment, q.cell, q.raw) for q in result.queries if q.rule == "M57"] == [
        ("M57", "ASK", "A2", name)
    ]


@pytest.mark.parametrize(
    "file, expected",
    [
        ("市科技局精神文明报表(最终版).xlsx", "LJ-G04"),
        ("LJ-G04_2025.xlsx", "LJ-G04"),
        ("附件2-妇联.xlsx", "LJ-T03"),
        ("报市直机关工委-市科技局.xlsx", "LJ-G04"),
        ("科技局报送/表3.xlsx", "LJ-G04"),
        ("全部.zip!市科技局/表3.xlsx", "LJ-G04"),
        ("市科技局.zip!表3.xlsx", "LJ-G04"),
    ],
)
def test_a_unit_that_stands_only_in_the_name_of_the_file_is_found_there(file, expected):
    """M12: the last thing that is tried, and said so."""
    result = clean(f3_sheet([LINE], **NOBODY), file=file)

    assert (sender(result), asked(result)) == ((expected, "file"), set())


def test_the_name_of_a_sheet_counts_before_the_name_of_the_file():
    """M12"""
    result = clean(replace(f3_sheet([LINE], **NOBODY), name="市科技局"), file="表3.xlsx")

    assert sender(result) == ("LJ-G04", "sheet")


@pytest.mark.parametrize("file", ["附件2(1).xlsx", "新建 Microsoft Excel 工作表.xlsx", "报市直机关工委.xlsx",
                                  "澜江市市直机关精神文明建设统计报表(2025年度).xlsx",
                                  "市科技局和市财政局.xlsx", "LJ-G04_市财政局.xlsx"])  # fmt: skip
def test_a_return_that_names_no_one_unit_is_sent_back(file):
    """M12, decision 20"""
    assert state(clean(f3_sheet([LINE], **NOBODY), file=file)) == ("returned", "M12")


@pytest.mark.parametrize("file", ["市财政局.xlsx", "LJ-G09_市财政局_2025.xlsx", "市财政局/表3.xlsx"])
def test_a_file_named_for_another_unit_than_it_says_is_read_and_asked_about(file):
    """M12: the contents agree with each other, so they count; whose they are is asked."""
    result = clean(f1_sheet(STAFF), f3_sheet([LINE]), file=file)

    assert (state(result), sender(result)) == (("accepted", None), ("LJ-G04", "code"))
    assert asked(result) == {"M12"}
    assert fact(result, "persons", "elder_care").value == 12


@pytest.mark.parametrize("file", ["报市直机关工委(市科技局).xlsx", "报市直机关工委.xlsx", "附件2.xlsx",
                                  "市直机关工委收件/附件2.xlsx", "市科技局/表3.xlsx", "市科协科技局.xlsx"])  # fmt: skip
def test_a_file_name_that_does_not_speak_against_the_sender_raises_nothing(file):
    """M12, not there"""
    assert asked(clean(f3_sheet([LINE]), file=file)) == set()


@pytest.mark.parametrize("text", ["2024年度(1月1日—12月31日)", "2024年度", "二〇二四年度", "报表年度:2024年",
                                  "2024年(1月1日至12月31日)", "2024年1-12月", "2024年"])  # fmt: skip
def test_a_return_of_another_year_is_sent_back(text):
    """M11, whole file"""
    result = clean(headed(A2="填报单位:市科技局", A3=text))

    assert (state(result), result.submission.detail) == (("returned", "M11"), "2024")


@pytest.mark.parametrize("text", ["2025年度", "填报日期:2026年1月9日", "制表时间:2026年1月1日", "2026年1月9日",
                                  "批准文号:澜统字〔2024〕8号", "有效期至:2026年12月", "", "2024年度项目延续至2025年度"])  # fmt: skip
def test_another_year_in_the_head_that_is_no_report_year_sends_nothing_back(text):
    """M11, not there"""
    result = clean(headed(A2="填报单位:市科技局", A3=text), file="市科技局2024.xlsx")

    assert state(result) == ("accepted", None)


def test_one_sheet_of_another_year_is_sent_back_alone():
    """M11, one form"""
    result = clean(f1_sheet(STAFF), f3_sheet([LINE], year=2024))

    assert (state(result), result.submission.forms) == (("accepted", None), "F1")
    assert [(q.rule, q.treatment, q.form, q.sheet) for q in result.queries if q.treatment == "BACK"] == [
        ("M11", "BACK", "F3", "表3参与情况")
    ]
    assert {row.rule for row in result.ledger if row.sheet == "表3参与情况"} == {"M11"}


def test_last_years_sheet_beside_this_years_is_only_noted():
    """M11: nothing has to be sent again."""
    old = replace(f3_sheet([{**LINE, "elder_care.persons": 7}], year=2024), name="上年")

    result = clean(f3_sheet([LINE]), old)

    assert (asked(result), fact(result, "persons", "elder_care").value) == (set(), 12)


@pytest.mark.parametrize(
    "cells", [{"F3": "单位:人、小时"}, {"A50": "单位名称", "B50": "人数"}, {"A50": "附:国库支付中心"}]
)
def test_what_only_looks_like_the_label_of_a_unit_is_no_name(cells):
    """M57, not there"""
    result = clean(headed(A2="填报单位:市科技局", **cells))

    assert (sender(result), asked(result)) == (("LJ-G04", "name"), set())


def test_a_form_that_cannot_be_read_is_sent_back_once():
    """One thing to do is one question, also when the file holds nothing else."""
    broken = sheet("表2", {**head(form_no=2), "A5": "活动", "B5": "人", "A6": "植树", "B6": 3})

    result = clean(broken)

    assert [(q.rule, q.sheet) for q in result.queries if q.treatment == "BACK"] == [("M10", "表2")]


def test_a_list_of_a_unit_is_read_when_only_its_code_is_there():
    """M12"""
    made = list_sheet("F6", [{"problem": "办事慢", "source": "自查"}], unit="")

    assert sender(clean(made)) == ("LJ-G04", "code")


def test_a_workbook_without_our_forms_says_so():
    """M10: whose it is does not matter then."""
    result = clean(sheet("Sheet1", {**head(), "A5": "甲"}), file="市科技局.xlsx")

    assert state(result)[0] == "returned"
