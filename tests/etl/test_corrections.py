"""A person's answer takes the place of a doubt: confirmed, with the raw text kept and the question answered."""

import pytest

from tests.answers import answer, answered, at
from tests.returns import cell, f1_sheet, f3_sheet, fact, list_sheet

PERSONS = "elder_care.persons"
PLACE = "D7"


def one(value, *answers, **line):
    """F3 with one office, the answered value in D7."""
    return answered(f3_sheet([{"hc_end": 60, PERSONS: value, **line}]), answers=answers)


def persons(result, row=None):
    return fact(result, "persons", "elder_care", row)


def said(found):
    return found.value, found.text, found.low, found.high, found.status


def test_a_value_that_was_asked_about_is_set_and_its_raw_text_stays():
    result = one("若干", answer(PLACE, "set", "37", "若干"))

    assert said(persons(result)) == (37.0, None, None, None, "confirmed")
    assert (persons(result).raw, persons(result).rule) == ("若干", "M37")
    assert [q for q in result.queries if q.state == "open" and q.cell == PLACE] == []
    assert result.faults == ()


def test_what_was_asked_without_the_answer_is_kept_beside_the_result():
    result = one("若干", answer(PLACE, "set", "37", "若干"))

    assert result.unanswered is not None
    assert [(q.rule, q.state) for q in at(result.unanswered, PLACE)] == [("M37", "open")]
    assert persons(result.unanswered).status == "queried"


@pytest.mark.parametrize(
    "wrote, told, value",
    [("约50人", "", 50), ("约50人", "50", 50), (58, "", 58), ("58人", "", 58), ("五十八", "58", 58)],
)
def test_what_stands_there_is_confirmed(wrote, told, value):
    result = one(wrote, answer(PLACE, "confirm", told, str(wrote)))

    assert said(persons(result)) == (value, None, None, None, "confirmed")
    assert result.faults == ()


def test_a_number_with_a_line_through_it_is_confirmed_as_it_stands():
    result = one(cell(PLACE, 42, struck=True), answer(PLACE, "confirm", "", "42"))

    assert said(persons(result)) == (42.0, None, None, None, "confirmed")
    assert at(result, PLACE, "open") == []


def test_a_bound_has_nothing_to_confirm_until_the_number_is_told():
    refused = one("50余人", answer(PLACE, "confirm", "", "50余人"))
    told = one("50余人", answer(PLACE, "confirm", "53", "50余人"))

    assert len(refused.faults) == 1
    assert "set" in refused.faults[0]
    assert said(persons(told)) == (53.0, None, None, None, "confirmed")


def test_a_confirmation_that_names_another_number_is_refused():
    result = one("约50人", answer(PLACE, "confirm", "60", "约50人"))

    assert "60" in result.faults[0]
    assert persons(result).status == "approximate"


def test_a_blank_cell_that_was_asked_about_becomes_a_fact_at_its_place():
    result = one(None, answer(PLACE, "set", "12"))
    found = persons(result)

    assert (found.value, found.status, found.raw, found.cell, found.rule) == (12.0, "confirmed", "", PLACE, "M52")
    assert at(result, PLACE, "open") == []


def test_what_does_not_apply_to_the_unit_is_not_a_zero():
    result = one(None, answer(PLACE, "not_applicable"))

    assert said(persons(result)) == (None, None, None, None, "not_applicable")
    assert at(result, PLACE, "open") == []
    assert result.faults == ()


@pytest.mark.parametrize("told", ["很多", "约40", "40余", "30-40", "12.5", "-3", "80%", "—"])
def test_an_answer_that_does_not_read_without_doubt_is_refused(told):
    result = one("若干", answer(PLACE, "set", told, "若干"))

    assert len(result.faults) == 1
    assert told in result.faults[0]
    assert "reference/2025/corrections.csv:2:" in result.faults[0]
    assert persons(result).status == "queried"


def test_a_cell_that_no_longer_holds_the_text_stops_the_run():
    (fault,) = one("若干", answer(PLACE, "set", "37", "数十人")).faults

    assert "若干" in fault
    assert "数十人" in fault
    assert "重报" in fault


@pytest.mark.parametrize(
    "line, word",
    [
        (answer(PLACE, "set", "3", "若干", sheet="表9"), "表9"),
        (answer("A1", "set", "3", "统计表"), "没有数据或问题(title)"),
        (answer("A4", "confirm", "", "序号"), "header"),
        (answer("AZ99", "set", "3"), "blank"),
        (answer(PLACE, "keep", "", "若干"), "没有被剔除的行"),
        (answer(PLACE, "set", "3", "若干", field="hope_project.persons"), "hope_project.persons"),
        (answer(PLACE, "set", "13800138000", "若干"), "个人信息"),
    ],
)
def test_an_answer_that_hits_nothing_of_ours_is_refused(line, word):
    result = one("若干", line)

    assert len([fault for fault in result.faults if word in fault]) == 1
    assert persons(result).status == "queried"


def test_text_is_compared_as_a_spreadsheet_would_save_it_again():
    result = one("若干\n人", answer(PLACE, "set", "37", "若干 人"), hc_end=60)
    number = one(58, answer(PLACE, "confirm", "", "58.0"))

    assert result.faults == ()
    assert number.faults == ()


def test_one_of_two_numbers_in_a_cell_is_named_by_its_field():
    lines = [
        {"category": "敬老爱老助老", "activity_name": "走访", "activity_date": "3月5日", "persons": "50(其中党员32)"}
    ]
    place = next(f.cell for f in answered(list_sheet("F2", lines), answers=()).facts if f.measure == "persons")
    sheet = list_sheet("F2", lines)
    unclear = answered(sheet, answers=(answer(place, "set", "31", "50(其中党员32)", sheet="表2"),))
    named = answered(sheet, answers=(answer(place, "set", "31", "50(其中党员32)", sheet="表2", field="persons_pm"),))

    assert "field" in unclear.faults[0]
    assert named.faults == ()
    assert fact(named, "persons_pm").value == 31
    assert (fact(named, "persons").value, fact(named, "persons").status) == (50.0, "repaired")


def test_dates_codes_and_yes_or_no_are_read_by_their_own_grammar():
    values = {"unit_kind": "参公", "submitted_last_year": "不清楚", "hc_end": 20}
    sheet = f1_sheet(values)
    asked = answered(sheet, answers=())
    kind, last = (next(f for f in asked.facts if f.measure == name) for name in ("unit_kind", "submitted_last_year"))
    result = answered(
        sheet,
        answers=(
            answer(kind.cell, "set", "事业单位", "参公", sheet=sheet.name),
            answer(last.cell, "set", "有", "不清楚", sheet=sheet.name, line=3),
        ),
    )

    assert result.faults == ()
    assert (fact(result, "unit_kind").text, fact(result, "submitted_last_year").text) == ("institution", "yes")


def test_a_misspelt_category_is_no_answer():
    lines = [{"category": "春蕾、希望", "activity_name": "捐款", "activity_date": "3月5日", "persons": 5}]
    sheet = list_sheet("F2", lines)
    place = fact(answered(sheet, answers=()), "category").cell
    wrong = answered(sheet, answers=(answer(place, "set", "爱心桥", "春蕾、希望", sheet="表2"),))
    right = answered(sheet, answers=(answer(place, "set", "春蕾计划", "春蕾、希望", sheet="表2"),))

    assert len(wrong.faults) == 1
    assert fact(right, "category").text == "spring_bud"


def test_totals_see_the_confirmed_value():
    lines = [{"hc_end": 30, PERSONS: "若干"}, {"hc_end": 30, PERSONS: 5}]
    sheet = f3_sheet(lines, total={PERSONS: 20, "hc_end": 60})
    fits = answered(sheet, answers=(answer("D7", "set", "15", "若干"),))
    differs = answered(sheet, answers=(answer("D7", "set", "11", "若干"),))

    assert at(fits, "D9", "open") == []
    assert [q.rule for q in at(differs, "D9", "open")] == ["M27"]


def test_a_wrong_total_is_put_right_or_left_as_the_unit_says():
    lines = [{"hc_end": 30, PERSONS: 7}, {"hc_end": 30, PERSONS: 5}]
    sheet = f3_sheet(lines, total={PERSONS: 40, "hc_end": 60})
    right = answered(sheet, answers=(answer("D9", "set", "12", "40"),))
    wrong = answered(sheet, answers=(answer("D9", "set", "13", "40"),))
    stays = answered(sheet, answers=(answer("D9", "confirm", "", "40"),))

    assert (at(right, "D9", "open"), right.faults) == ([], ())
    assert "M27" in wrong.faults[0]
    assert ([q.state for q in at(stays, "D9")], stays.faults) == (["answered"], ())


def test_a_number_merged_over_lines_is_told_line_by_line():
    sheet = f3_sheet([{"hc_end": 30, PERSONS: 24}, {"hc_end": 30, PERSONS: None}])
    merged = type(sheet)(sheet.name, sheet.cells, (*sheet.merges, _span("D7:D8")))
    listed = answered(merged, answers=(answer("D7", "set", "14;10", "24"),))
    short = answered(merged, answers=(answer("D7", "set", "24", "24"),))

    assert listed.faults == ()
    assert [persons(listed, row).value for row in (1, 2)] == [14.0, 10.0]
    assert "逐行" in short.faults[0]
    assert {f.status for f in short.facts if f.cell == "D7"} == {"queried"}


def _span(text):
    from analysis.records import Span
    from tests.returns import place

    first, last = text.split(":")
    return Span(*place(first), *place(last))
