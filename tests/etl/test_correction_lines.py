"""A person's answer about a whole line, sheet or file: what counts after all, and what does not."""

from dataclasses import replace

from analysis.etl.answered import settle
from analysis.etl.asking import query_id
from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.etl.versions import choose_versions
from analysis.records import Workbook
from tests.answers import answer, answered, at, with_corrections
from tests.returns import f1_sheet, f3_sheet, fact, list_sheet, reference

PERSONS = "elder_care.persons"
LINE = {"hc_end": 30, PERSONS: 4, "office_name": "综合科"}


def statuses(result, row):
    return {f.status for f in result.facts if f.row == row}


def test_a_repeated_line_that_stands_for_another_activity_counts_after_all():
    """M34: the unit says that two activities were alike."""
    deed = {"category": "无偿献血", "activity_name": "献血", "activity_date": "3月5日", "persons": 5, "person_times": 5}
    result = answered(list_sheet("F2", [deed, deed]), answers=(answer("A7", "keep", "", "2", sheet="表2"),))

    assert result.faults == ()
    assert {(f.row, f.value, f.status) for f in result.facts if f.measure == "persons"} == {
        (1, 5.0, "reported"),
        (2, 5.0, "reported"),
    }
    assert at(result, "A7") == []
    assert [(q.rule, q.treatment) for q in at(result.unanswered, "A7")] == [("M34", "DROP")]


def test_a_line_of_another_year_counts_after_all():
    """M51: the unit says that the date belongs to this year's activity."""
    deed = {
        "category": "无偿献血",
        "activity_name": "献血",
        "activity_date": "2024年12月30日",
        "persons": 5,
        "person_times": 5,
    }
    result = answered(list_sheet("F2", [deed]), answers=(answer("A6", "keep", "", "1", sheet="表2"),))

    assert result.faults == ()
    assert "rejected" not in statuses(result, 1)


def test_a_date_set_right_keeps_its_line():
    """M51: with the right date nothing is dropped any more."""
    deed = {
        "category": "无偿献血",
        "activity_name": "献血",
        "activity_date": "2024年12月30日",
        "persons": 5,
        "person_times": 5,
    }
    result = answered(
        list_sheet("F2", [deed]), answers=(answer("D6", "set", "2025-12-30", "2024年12月30日", sheet="表2"),)
    )

    assert result.faults == ()
    assert (fact(result, "activity_date").text, fact(result, "persons").status) == ("2025-12-30", "reported")


def test_that_a_dropped_line_was_rightly_dropped_can_be_said():
    deed = {"category": "无偿献血", "activity_name": "献血", "activity_date": "3月5日", "persons": 5, "person_times": 5}
    result = answered(list_sheet("F2", [deed, deed]), answers=(answer("A7", "confirm", "", "2", sheet="表2"),))

    assert [(q.treatment, q.state) for q in at(result, "A7")] == [("DROP", "answered")]
    assert statuses(result, 2) == {"rejected"}


def test_a_line_is_taken_out_by_its_first_cell_with_one_answered_question():
    """M34: of two lines of one office the unit says which is void."""
    lines = [LINE, LINE | {PERSONS: 9}]
    sheet = f3_sheet(lines, total={PERSONS: 4})
    result = answered(sheet, answers=(answer("A8", "reject", "", "2"),))

    assert result.faults == ()
    assert (statuses(result, 1), statuses(result, 2)) == ({"reported"}, {"rejected"})
    assert [(q.rule, q.treatment, q.state) for q in at(result, "A8")] == [("M34", "DROP", "answered")]
    assert [q for q in result.queries if q.state == "open"] == []


def test_a_line_is_taken_out_by_any_cell_of_its_own():
    result = answered(f3_sheet([LINE, LINE | {PERSONS: 9}]), answers=(answer("B8", "reject", "", "综合科"),))

    assert statuses(result, 2) == {"rejected"}
    assert sum(q.treatment == "DROP" for q in result.queries) == 1


def test_near_duplicates_are_confirmed_as_two_offices():
    result = answered(f3_sheet([LINE, LINE | {PERSONS: 9}]), answers=(answer("B8", "confirm", "", "综合科"),))

    assert [(q.rule, q.state) for q in at(result, "B8")] == [("M34", "answered")]
    assert fact(result, "office_name", row=2).status == "confirmed"
    assert statuses(result, 2) >= {"reported"}


def test_a_field_outside_of_lists_cannot_be_taken_out():
    sheet = f1_sheet({"hc_end": 20})
    place = fact(answered(sheet, answers=()), "hc_end").cell
    result = answered(sheet, answers=(answer(place, "reject", "", "20", sheet=sheet.name),))

    assert "not_applicable" in result.faults[0]


def test_of_two_sheets_of_one_form_the_one_that_counts_is_named():
    """M14: neither counts until somebody says which."""
    first, second = f3_sheet([LINE]), f3_sheet([LINE | {PERSONS: 9}])
    second = replace(second, name="表3(2)")
    asked = answered(first, second, answers=())
    twice = [q for q in asked.queries if q.rule == "M14" and q.treatment == "ASK"]
    keep = next(q for q in twice if q.sheet == "表3(2)")
    result = answered(first, second, answers=(answer("", "keep", sheet="表3(2)", query_id=keep.query_id),))

    assert asked.facts == ()
    assert fact(result, "persons", "elder_care").value == 9
    assert [q.state for q in result.queries if q.rule == "M14"] == ["answered"]
    assert {row.rule for row in result.ledger if row.sheet == "表3参与情况" and row.role == "ignored"} >= {"M14"}


def test_of_two_versions_without_a_time_the_one_that_counts_is_named():
    """M13: a person says which file the unit means."""
    results = []
    names = ("甲.xlsx", "乙.xlsx")
    wanted = answer("", "keep", file="乙.xlsx", sheet="")
    for number, name in enumerate(names):
        task = FileTask(name, name.encode(), reference())
        results.append(clean_workbook(task, Workbook("xlsx", (f3_sheet([LINE | {PERSONS: 4 + number}]),))))
    sha = results[1].submission.sha256
    said = with_corrections(replace(wanted, query_id=query_id(sha, "", None, "M13")))
    unsure, chosen = choose_versions(results, reference()), choose_versions(results, said)

    assert [r.submission.state for r in unsure] == ["superseded", "superseded"]
    states = {r.submission.file: r.submission.state for r in chosen}
    assert states == {"甲.xlsx": "superseded", "乙.xlsx": "accepted"}


def test_an_empty_form_is_confirmed_to_be_a_nil_return():
    """M16: the question about the form names no cell."""
    sheet = f1_sheet({})
    asked = next(q for q in answered(sheet, answers=()).queries if q.rule == "M16")
    result = answered(sheet, answers=(answer("", "confirm", sheet=sheet.name, query_id=asked.query_id),))

    assert [q.state for q in result.queries if q.rule == "M16"] == ["answered"]


def test_personal_data_is_acknowledged_only_by_name_and_a_return_to_be_sent_again_never():
    sheet = f3_sheet([LINE | {"remark": "联系人身份证420106199001011231"}])
    found = answered(sheet, answers=())
    hit = next((q for q in found.queries if q.treatment == "QUAR"), None)
    assert hit is not None
    back = replace(hit, treatment="BACK")
    plain = answer(hit.cell, "confirm", "", "■")
    named = replace(plain, query_id=hit.query_id)
    facts = [f for f in found.facts if f.cell != hit.cell]

    assert settle([hit], facts, [plain])[0].state == "open"
    assert settle([hit], facts, [named])[0].state == "answered"
    assert settle([back], facts, [named])[0].state == "open"


def test_a_value_behind_a_mask_is_told_while_the_return_has_still_to_come_clean():
    sheet = f3_sheet([LINE | {PERSONS: "420106199001011231"}])
    result = answered(sheet, answers=(answer("D7", "set", "3", "■"),))

    assert result.faults == ()
    assert (fact(result, "persons", "elder_care").value, fact(result, "persons", "elder_care").raw) == (3.0, "■")
    assert [(q.treatment, q.state) for q in at(result, "D7")] == [("QUAR", "open")]
