"""One form against another (G06, M65): notes with both cells; and what a confirmed number is still asked about."""

import dataclasses

import pytest

from analysis.etl.asking import Asker
from analysis.etl.gate_units import gate_units
from analysis.etl.gates import Doubt, apply_gates
from analysis.etl.last_year import LastYear
from tests.mess.gate_sheets import asked, f4_sheet, gated, message, staff
from tests.returns import clean, f3_sheet, list_sheet, reference

ELDER = {"category": "敬老爱老助老", "activity_name": "走访", "activity_date": "2025-10-29", "persons": 12,
         "person_times": 12, "hours": 24}  # fmt: skip
MORE = {**ELDER, "activity_name": "义诊", "persons": 9, "person_times": 10, "hours": 20}
OFFICE = {"hc_end": 42, "lei_feng_volunteer.registered": 40, "elder_care.persons": 15, "elder_care.person_times": 22,
          "elder_care.hours": 44, "distinct_any": 15}  # fmt: skip


def both(lines, office=None, **changed):
    return gated(staff(**changed), list_sheet("F2", lines), f3_sheet([{**OFFICE, **(office or {})}]))


@pytest.mark.parametrize("people", [12, 15, 21])
def test_people_between_the_largest_activity_and_the_sum_agree(people):
    """G06"""
    _, queries = both([ELDER, MORE], {"elder_care.persons": people, "distinct_any": people})

    assert "G06" not in {query.rule for query in queries}
    assert asked(queries) == set()


@pytest.mark.parametrize("people", [11, 22])
def test_people_outside_are_noted_with_both_cells_and_nothing_is_changed(people):
    """G06, M65, decision 3"""
    facts, queries = both([ELDER, MORE], {"elder_care.persons": people, "distinct_any": people})

    assert facts["F3", 1, "elder_care", "persons"].value == people
    assert facts["F2", 1, "", "persons"].value == 12
    assert ("G06", "D7") in asked(queries, "NOTE")
    assert "表2!G6“参加人数(人)·合计”=12" in message(queries, "G06", "D7")
    assert asked(queries) == set()


@pytest.mark.parametrize(
    "lines, office",
    [
        ([ELDER, {**MORE, "persons": "约9"}], {}),
        ([ELDER, {**MORE, "category": "爱心助学"}], {}),
        ([ELDER, {**MORE, "persons": None}], {}),
        ([ELDER], {"elder_care.persons": "20余"}),
        ([ELDER], {"elder_care.persons": None}),
    ],
)
def test_forms_are_not_compared_while_one_cannot_be_read(lines, office):
    """G06"""
    _, queries = both(lines, {"elder_care.persons": 40, "elder_care.person_times": 40, "distinct_any": 40, **office})

    assert "G06" not in {query.rule for query in queries}


def test_a_category_without_activities_in_one_form_is_noted():
    """G06"""
    _, queries = both([{**ELDER, "category": "扶残助残"}])

    assert {("G06", "D7"), ("G06", "W7")} <= asked(queries, "NOTE")


def test_without_the_list_of_activities_nothing_is_compared():
    """G06: F2 was not sent."""
    _, queries = gated(staff(), f3_sheet([OFFICE]))

    assert "G06" not in {query.rule for query in queries}


def test_offices_and_registered_volunteers_of_two_forms_that_differ_are_noted():
    """M65"""
    facts, queries = both([ELDER, MORE], offices=9, registered=38)

    assert {("M65", "D9"), ("M65", "B9")} <= asked(queries, "NOTE")
    assert facts["F1", 0, "", "offices"].value == 9
    assert asked(queries) == set()


def test_registered_volunteers_are_not_compared_while_an_office_left_them_blank():
    """M65"""
    second = {"hc_end": 2, "lei_feng_volunteer.registered": None}
    _, queries = gated(
        staff(offices=2), f3_sheet([{**OFFICE, "hc_end": 40, "lei_feng_volunteer.registered": 38}, second])
    )

    assert "M65" not in {query.rule for query in queries}


def test_more_branches_at_study_than_the_unit_has_are_noted():
    """M65"""
    facts, queries = gated(staff(), f4_sheet({"learning_organ.party_branches": 3}))

    assert ("M65", "C23") in asked(queries, "NOTE")
    assert facts["F4", 0, "learning_organ", "party_branches"].value == 3


@pytest.mark.parametrize(
    "registered, rules, noted", [(42, set(), set()), (44, set(), {"G02"}), (45, {("G01", "B9")}, set())]
)
def test_registered_volunteers_of_the_unit_are_its_people(registered, rules, noted):
    """G01, G02"""
    _, queries = gated(staff(registered=registered))

    assert asked(queries) == rules
    assert {rule for rule, _ in asked(queries, "NOTE")} - {"M72"} == noted


def test_an_office_without_a_name_still_counts_into_the_headcount():
    """M65: its name is asked about, its people are there."""
    lines = [{**OFFICE, "hc_end": 40}, {"hc_end": 2, "office_name": None}]
    _, queries = gated(staff(), f3_sheet(lines))

    assert "M65" not in {rule for rule, _ in asked(queries)}


def test_distinct_people_of_all_offices_together_stay_within_the_staff():
    """G04: each office within what leavers explain, all of them not."""
    line = {
        "hc_end": 14,
        "elder_care.persons": 15,
        "elder_care.person_times": 16,
        "elder_care.hours": 16,
        "distinct_any": 15,
    }
    facts, queries = gated(staff(offices=3), f3_sheet([line, {**line, "remark": "二"}, {**line, "remark": "三"}]))

    assert {("G04", cell) for cell in ("AR7", "AR8", "AR9")} <= asked(queries)
    assert facts["F3", 1, "", "distinct_any"].status == "queried"


def confirmed(measure, value, *sheets):
    """The queries after the gates where the unit has confirmed one value."""
    result = clean(*sheets)
    facts = tuple(
        dataclasses.replace(fact, value=value, status="confirmed")
        if fact.measure == measure and fact.form == "F2"
        else fact
        for fact in result.facts
    )
    return gate_units([dataclasses.replace(result, facts=facts)], reference(), LastYear())


@pytest.mark.parametrize("remark, hours", [(None, 900.0), ("含家属4人", 24.0)])
def test_what_is_only_unlikely_is_not_asked_about_again_when_confirmed(remark, hours):
    """G11 and M47 are soft."""
    measure = "hours" if hours == 900 else "persons"
    facts, queries = confirmed(measure, hours if hours == 900 else 12.0, staff(),
                               list_sheet("F2", [{**ELDER, "hours": hours, "remark": remark}]))  # fmt: skip

    assert asked(queries) == set()
    assert next(f for f in facts if (f.form, f.measure) == ("F2", measure)).status == "confirmed"


def test_what_is_impossible_is_asked_about_though_confirmed():
    """G03 is hard: 12 people at 5 attendances."""
    facts, queries = confirmed("person_times", 5.0, staff(), list_sheet("F2", [{**ELDER, "hours": 10}]))

    assert {("G03", "G6"), ("G03", "J6")} <= asked(queries)
    assert next(f for f in facts if (f.form, f.measure) == ("F2", "person_times")).status == "queried"


def test_the_first_of_two_doubts_about_a_fact_names_its_rule():
    result = clean(staff())
    fact = next(fact for fact in result.facts if fact.measure == "women")
    asker = Asker(reference(), fact.file, "", fact.unit_code)

    facts, queries = apply_gates([fact], [lambda unit: iter([Doubt(fact, "G07"), Doubt(fact, "G09")])], reference(),
                                 {fact.file: asker})  # fmt: skip

    assert (facts[0].status, facts[0].rule) == ("queried", "G07")
    assert [query.rule for query in queries] == ["G07", "G09"]
