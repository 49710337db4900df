"""M22, M33, M34, M53: what a line takes from the one above, and lines that stand twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from analysis.records import Fact, FileResult, Sheet, Span
from tests.returns import clean, f3_sheet, list_sheet, place

ACTIVITY = {"category": "敬老爱老助老", "activity_name": "重阳节慰问", "activity_date": "2025-10-29", "host_office": "办公室",
            "persons": 12, "persons_pm": 9, "person_times": 12, "hours": 30}  # fmt: skip
PROBLEM = {"problem": "办文周期偏长", "problem_source": "自查", "problem_audience": "企业", "rect_target": "压减到5个工作日",
           "rect_measures": "建立台账", "office": "办公室", "responsible_named": "周国栋", "due_date": "2025-10-20",
           "rect_status": "整改中"}  # fmt: skip
HOUSE = {"household_no": "LJ-G04-01", "household_location": "城镇", "hardship_type": "低保户", "family_size": 3,
         "paired_date": "2024-05-10", "visits": 4, "amount_yuan": 800, "out_of_hardship": "否"}  # fmt: skip
HERO = {"exemplar_name": "青年突击队", "carrier": "集体", "exemplar_level": "市级", "exemplar_kind": "学习型", "award_body": "市文明委",
        "award_date": "2025-07-01", "central.media_items": 0, "city.media_items": 2}  # fmt: skip


def asked(result: FileResult) -> list[tuple[str, str, str | None]]:
    return [(query.rule, query.treatment, query.cell) for query in result.queries if query.state == "open"]


def told(result: FileResult, rule: str) -> list[tuple[str, str | None]]:
    return [(query.treatment, query.cell) for query in result.queries if query.rule == rule]


def line_facts(result: FileResult, measure: str) -> list[Fact]:
    return sorted((one for one in result.facts if one.measure == measure), key=lambda one: one.row)


@pytest.mark.parametrize("mark", ["同上", "〃", "″", "同前", "与上同", " 同 上 "])
def test_a_ditto_in_texts_lists_and_dates_takes_what_the_line_above_says(mark):
    """M53"""
    same = {**ACTIVITY, "category": mark, "activity_date": mark, "host_office": mark, "activity_name": "走访"}
    result = clean(list_sheet("F2", [ACTIVITY, same, {**same, "activity_name": "义诊"}]))

    for measure, text in (("category", "elder_care"), ("activity_date", "2025-10-29"), ("host_office", "办公室")):
        facts = line_facts(result, measure)
        assert [one.text for one in facts] == [text, text, text]
        assert [(one.status, one.rule) for one in facts[1:]] == [("repaired", "M53")] * 2
        assert facts[1].raw == mark
    assert [one.cell for one in line_facts(result, "activity_date")] == ["D6", "D7", "D8"]
    assert asked(result) == []
    assert ("FIX", "B7") in told(result, "M53")


def test_a_ditto_in_the_first_line_is_asked_about():
    """M53"""
    result = clean(list_sheet("F2", [{**ACTIVITY, "category": "同上"}]))

    assert [(one.text, one.status) for one in line_facts(result, "category")] == [(None, "queried")]
    assert asked(result) == [("M53", "ASK", "B6")]


def test_a_ditto_below_something_that_is_itself_asked_about_is_asked_about():
    """M53"""
    same = {**ACTIVITY, "activity_date": "同上", "activity_name": "走访"}
    result = clean(list_sheet("F2", [{**ACTIVITY, "activity_date": "2025年2月30日"}, same]))

    assert [one.text for one in line_facts(result, "activity_date")] == [None, None]
    assert {cell for _, _, cell in asked(result)} == {"D6", "D7"}


def test_a_ditto_in_a_column_of_numbers_is_asked_about():
    """M53"""
    result = clean(list_sheet("F2", [ACTIVITY, {**ACTIVITY, "activity_name": "走访", "persons": "同上"}]))

    assert [one.value for one in line_facts(result, "persons")] == [12, None]
    assert asked(result) == [("M53", "ASK", "G7")]


@pytest.mark.parametrize("mark", ["同左", "同右"])
def test_a_mark_that_points_to_another_column_is_asked_about(mark):
    """M53"""
    result = clean(list_sheet("F2", [ACTIVITY, {**ACTIVITY, "activity_name": "走访", "host_office": mark}]))

    assert [one.text for one in line_facts(result, "host_office")] == ["办公室", None]


def test_a_person_named_by_ditto_is_named():
    """M53"""
    result = clean(list_sheet("F6", [PROBLEM, {**PROBLEM, "problem": "会议偏多", "responsible_named": "同上"}]))

    assert [one.text for one in line_facts(result, "responsible_named")] == ["yes", "yes"]


@pytest.mark.parametrize(
    "form, line", [("F2", ACTIVITY), ("F5", HOUSE), ("F6", PROBLEM), ("F8", HERO)], ids=["F2", "F5", "F6", "F8"]
)
def test_a_line_that_stands_twice_counts_once(form: str, line: Mapping[str, Any]):
    """M34: its values are rejected, the serial number does not matter."""
    result = clean(list_sheet(form, [line, dict(line)]))

    assert {one.status for one in result.facts if one.row == 2} == {"rejected"}
    assert {one.value for one in result.facts if one.row == 2} == {None}
    assert [(rule, how) for rule, how, _ in asked(result)] == [("M34", "DROP")]


def test_a_repeat_that_also_repeats_its_serial_number_is_still_dropped():
    """M34: the note on the numbering never takes the place of the question."""
    made = list_sheet("F2", [ACTIVITY, dict(ACTIVITY)])
    result = clean(replace(made, cells={**made.cells, (7, 1): replace(made.cells[6, 1], row=7)}))

    assert asked(result) == [("M34", "DROP", "A7")]


@pytest.mark.parametrize(
    "form, line, change",
    [
        pytest.param("F2", ACTIVITY, {"persons_pm": 8}, id="F2 one number"),
        pytest.param("F5", HOUSE, {"visits": 6, "amount_yuan": 900}, id="F5 one household"),
        pytest.param("F6", PROBLEM, {"office": "财务科"}, id="F6"),
        pytest.param("F8", HERO, {"city.media_items": 3}, id="F8"),
        pytest.param("F3", {"office_name": "办公室", "hc_end": 4}, {"hc_end": 9}, id="F3 one office"),
    ],
)
def test_a_line_almost_like_another_is_asked_about_and_stays(form, line, change):
    """M34"""
    lines: Sequence[Mapping[str, Any]] = [line, {**line, **change}]
    result = clean(f3_sheet(lines) if form == "F3" else list_sheet(form, lines))

    assert [(rule, how) for rule, how, _ in asked(result)] == [("M34", "ASK")]
    assert "rejected" not in {one.status for one in result.facts}


def test_two_lines_that_differ_only_in_a_name_we_mask_are_two():
    """M34, the other way round"""
    result = clean(list_sheet("F6", [PROBLEM, {**PROBLEM, "responsible_named": "王建国"}]))

    assert "rejected" not in {one.status for one in result.facts}


def test_the_same_activity_held_twice_by_two_offices_with_other_numbers_is_two():
    """M34, the other way round"""
    other = {**ACTIVITY, "host_office": "财务科", "persons": 7, "persons_pm": 5, "person_times": 7, "hours": 14}
    result = clean(list_sheet("F2", [ACTIVITY, other]))

    assert asked(result) == []


@pytest.mark.parametrize(
    "numbers, noted", [((1, 2, 3), False), ((1, 2, 2), True), ((1, 3, 4), True), ((2, 3, 4), False)]
)
def test_serial_numbers_with_gaps_or_repeats_are_noted_and_give_no_fact(numbers, noted):
    """M34"""
    lines = [
        {**ACTIVITY, "serial": number, "activity_name": f"活动{number}{index}"} for index, number in enumerate(numbers)
    ]
    made = list_sheet("F2", lines)
    cells = {at: replace(one, value=numbers[at[0] - 6], text=str(numbers[at[0] - 6])) if at[1] == 1 and at[0] > 5 else one
             for at, one in made.cells.items()}  # fmt: skip
    result = clean(replace(made, cells=cells))

    assert bool([cell for how, cell in told(result, "M34") if how == "NOTE"]) is noted
    assert asked(result) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.办文慢 2.会议多",
        "1、办文慢\n2、会议多\n3、调研少",
        "①办文慢②会议多",
        "(1)办文慢;(2)会议多",
        "一是办文慢;二是会议多",
    ],
)
def test_several_problems_in_one_cell_are_told_and_stay_one_text(text):
    """M33"""
    result = clean(list_sheet("F6", [{**PROBLEM, "problem": text}]))

    assert [one.text for one in line_facts(result, "problem")] == [text]
    assert told(result, "M33") == [("FIX", "B5")]
    assert asked(result) == []


@pytest.mark.parametrize(
    "text", ["办文周期偏长", "2.5天办不完", "落实第1.2条不到位", "1.办文周期偏长", "一次办结率不高、二次往返多"]
)
def test_one_problem_in_a_cell_is_not_told(text):
    """M33, the other way round; measures may be several (填报说明)."""
    result = clean(list_sheet("F6", [{**PROBLEM, "problem": text, "rect_measures": "1.建台账 2.周通报"}]))

    assert told(result, "M33") == []


def merged(made: Sheet, *ranges: str) -> Sheet:
    """The sheet with ranges merged: only the first cell of each keeps its content."""
    spans = [Span(*place(text.split(":")[0]), *place(text.split(":")[1])) for text in ranges]
    covered = {(r, c) for s in spans for r in range(s.first_row, s.last_row + 1)
               for c in range(s.first_column, s.last_column + 1)} - {(s.first_row, s.first_column) for s in spans}  # fmt: skip
    cells = {at: one for at, one in made.cells.items() if at not in covered}
    return replace(made, cells=cells, merges=(*made.merges, *spans))


def test_a_text_merged_over_several_lines_counts_for_each_and_is_told():
    """M22"""
    lines = [{**ACTIVITY, "activity_name": name} for name in ("慰问", "义诊", "理发")]
    result = clean(merged(list_sheet("F2", lines), "B6:B8", "D6:D7"))

    assert [(one.text, one.cell) for one in line_facts(result, "category")] == [("elder_care", "B6")] * 3
    assert told(result, "M22") == [("FIX", "B6"), ("FIX", "D6")]
    assert asked(result) == []


def test_a_number_merged_over_several_lines_is_never_copied():
    """M22"""
    lines = [{**ACTIVITY, "activity_name": name} for name in ("慰问", "义诊")]
    result = clean(merged(list_sheet("F2", lines), "G6:G7"))

    assert [one.value for one in line_facts(result, "persons")] == [None, None]
    assert asked(result) == [("M22", "ASK", "G6")]


def test_a_number_merged_across_two_columns_is_asked_about():
    """M23"""
    result = clean(merged(f3_sheet([{"elder_care.persons": 3, "hope_project.persons": 2}]), "F7:G7"))

    assert ("M23", "ASK", "F7") in asked(result)
    assert "hope_project" not in {
        one.item for one in result.facts if one.value is not None and one.measure == "persons"
    }


def test_a_text_merged_over_lines_that_were_sorted_is_asked_about():
    """M76: with the lines in another order nobody knows which of them the merged cell belonged to."""
    lines = [{**ACTIVITY, "activity_name": name} for name in ("慰问", "义诊", "理发")]
    made = merged(list_sheet("F2", lines), "B6:B7")
    cells = {**made.cells, (6, 1): replace(made.cells[8, 1], row=6), (8, 1): replace(made.cells[6, 1], row=8)}
    result = clean(replace(made, cells=cells))

    assert [one.text for one in line_facts(result, "category")] == [None, None, "elder_care"]
    assert asked(result) == [("M76", "ASK", "B6")]


def test_lines_sorted_without_merged_cells_are_read():
    """M76, the other way round"""
    made = list_sheet("F2", [{**ACTIVITY, "activity_name": name} for name in ("慰问", "义诊")])
    cells = {**made.cells, (6, 1): replace(made.cells[7, 1], row=6), (7, 1): replace(made.cells[6, 1], row=7)}
    result = clean(replace(made, cells=cells))

    assert asked(result) == []
    assert [one.text for one in line_facts(result, "activity_name")] == ["慰问", "义诊"]


OFFICE = {"office_name": "办公室", "hc_end": 9, "elder_care.persons": 3, "elder_care.person_times": 4, "elder_care.hours": 8,
          "hope_project.persons": 4, "hope_project.amount_yuan": 400, "distinct_any": 6}  # fmt: skip


@pytest.mark.parametrize("label", ["汇总情况", "全局", "机关"])
def test_the_second_of_two_lines_with_the_same_numbers_may_be_a_total_and_is_asked_about(label):
    """M26: one office and a total of unknown name."""
    result = clean(f3_sheet([OFFICE, {**OFFICE, "office_name": label}]))

    assert line_facts(result, "hc_end")[0].value == 9
    assert all(one.value is None for one in result.facts if one.row == 2)
    assert {how for _, how, _ in asked(result)} == {"ASK"}


def test_two_offices_with_other_numbers_are_two_offices():
    """M26, the other way round"""
    result = clean(f3_sheet([OFFICE, {**OFFICE, "office_name": "财务科", "hc_end": 8}]))

    assert [one.value for one in line_facts(result, "hc_end")] == [9, 8]
    assert asked(result) == []


def test_a_line_with_its_own_choices_and_date_is_no_total_though_it_adds_up():
    """M26, the other way round"""
    small = {"central.media_items": 1, "city.media_items": 1, "own.media_items": 1}
    zero = {"central.media_items": 0, "city.media_items": 0, "own.media_items": 0}
    lines = [
        {**HERO, **small},
        {**HERO, **zero, "exemplar_name": "文明科室"},
        {**HERO, **small, "exemplar_name": "服务窗口"},
    ]
    result = clean(list_sheet("F8", lines))

    assert [fact.text for fact in result.facts if fact.measure == "exemplar_name"] == [
        "青年突击队",
        "文明科室",
        "服务窗口",
    ]
    assert told(result, "M26") == []
