"""A line that adds up all others is a total, whatever its label says: it must never count as one more office."""

import pytest

from tests.returns import clean, f3_sheet

FIRST = {"hc_end": 20, "elder_care.persons": 6, "elder_care.person_times": 9, "elder_care.hours": 18, "distinct_any": 6}
SECOND = {
    "hc_end": 22,
    "elder_care.persons": 5,
    "elder_care.person_times": 5,
    "elder_care.hours": 10,
    "distinct_any": 5,
}
SUM = {
    "hc_end": 42,
    "elder_care.persons": 11,
    "elder_care.person_times": 14,
    "elder_care.hours": 28,
    "distinct_any": 11,
}


def people(result):
    return [f.value for f in result.facts if (f.item, f.measure) == ("elder_care", "persons")]


def roles(result, row):
    return {entry.role for entry in result.ledger if entry.cell in (f"C{row}", f"D{row}", f"E{row}")}


@pytest.mark.parametrize("label", ["汇总", "机关本级", None])
def test_a_line_that_equals_the_sum_of_the_others_is_a_total(label):
    result = clean(f3_sheet([FIRST, SECOND, {**SUM, "office_name": label, "serial": None}]))

    assert people(result) == [6, 5]
    assert roles(result, 9) == {"total"}


def test_the_unit_is_told_that_a_line_with_a_label_of_its_own_was_taken_for_a_total():
    result = clean(f3_sheet([FIRST, SECOND, {**SUM, "office_name": "汇总", "serial": None}]))

    assert [(q.cell, q.treatment, q.raw) for q in result.queries if q.rule == "M26"] == [("B9", "NOTE", "汇总")]


def test_a_line_of_sums_over_the_others_without_stored_results_is_a_total():
    columns = {
        "hc_end": "C",
        "elder_care.persons": "D",
        "elder_care.person_times": "E",
        "elder_care.hours": "F",
        "distinct_any": "AR",
    }
    sums = {name: f"=SUM({letters}7:{letters}8)" for name, letters in columns.items()}
    result = clean(f3_sheet([FIRST, SECOND, {**sums, "office_name": None, "serial": None}]))

    assert people(result) == [6, 5]
    assert roles(result, 9) == {"total"}


def test_a_total_with_one_slip_is_still_a_total_and_checked():
    result = clean(f3_sheet([FIRST, SECOND, {**SUM, "elder_care.hours": 40, "office_name": "汇总", "serial": None}]))

    assert people(result) == [6, 5]
    assert ("M27", "F9") in {(query.rule, query.cell) for query in result.queries}


def test_an_office_that_equals_another_is_an_office():
    result = clean(f3_sheet([FIRST, {**FIRST, "office_name": "二科"}]))

    assert people(result) == [6, 6]


def test_an_office_as_large_as_the_others_in_one_column_only_is_an_office():
    result = clean(f3_sheet([FIRST, SECOND, {**FIRST, "hc_end": 42, "office_name": "三科"}]))

    assert people(result) == [6, 5, 6]
