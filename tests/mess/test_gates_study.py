"""Gates of the form of study (F4): attendance against what was due, people against the staff, the line 合计."""

import pytest

from tests.mess.gate_sheets import asked, f4_sheet, gated, message, staff

SUBJECTS = ("political_theory", "modern_economy", "science_tech", "law", "finance", "foreign_language", "other")


def filled(**changes):
    """Two subjects studied by 42 and 30 people, 42 in all, with totals that add up."""
    values = {"political_theory.sessions": 9, "political_theory.class_hours": 27,
              "political_theory.expected_person_times": 378, "political_theory.person_times": 350,
              "political_theory.persons": 42,
              "law.sessions": 2, "law.class_hours": 4, "law.expected_person_times": 60, "law.person_times": 55,
              "law.persons": 30,
              "all_subjects.sessions": 11, "all_subjects.class_hours": 31, "all_subjects.expected_person_times": 438,
              "all_subjects.person_times": 405, "all_subjects.persons": 42,
              "education_base.sessions": 1, "education_base.person_times": 35, "education_base.bases": 1,
              "education_base.persons": 35, "team_training.sessions": 1, "team_training.expected_person_times": 3,
              "team_training.person_times": 3, "team_training.persons": 3, "test.tested": 3, "test.passed": 3,
              "study_plan.persons": 40, "research.submitted": 2, "research.adopted": 1}  # fmt: skip
    return values | {name.replace("__", "."): value for name, value in changes.items()}


def study(**changes):
    return gated(staff(), f4_sheet(filled(**changes)))


def test_a_form_of_study_without_contradiction_is_not_asked_about():
    facts, queries = study()

    assert asked(queries) == set()
    assert facts["F4", 0, "all_subjects", "persons"].value == 42
    assert facts["F4", 0, "education_base", "bases"].value == 1


def test_more_attendances_than_were_due_leave_both_open():
    """F <= E: either cell may be the slip."""
    facts, queries = study(law__person_times=65, all_subjects__person_times=415)

    assert (
        facts["F4", 0, "law", "person_times"].status
        == facts["F4", 0, "law", "expected_person_times"].status
        == "queried"
    )
    assert asked(queries) == {("G03", "E8"), ("G03", "F8")}
    assert "应到人次”=60" in message(queries, "G03", "F8")


@pytest.mark.parametrize("due", ["约60", "60-70", "—", None])
def test_attendance_is_not_compared_with_what_was_due_when_that_is_not_exact(due):
    facts, queries = study(law__expected_person_times=due, law__person_times=90, all_subjects__person_times=440)

    assert facts["F4", 0, "law", "person_times"].value == 90
    assert "G03" not in {rule for rule, _ in asked(queries)}


def test_fewer_attendances_than_people_leave_both_open_also_in_the_special_block():
    """G03"""
    facts, queries = study(education_base__person_times=30)

    assert facts["F4", 0, "education_base", "persons"].value is None
    assert asked(queries) == {("G03", "D17"), ("G03", "G17")}


def test_more_people_than_worked_here_in_the_year_are_withheld_in_every_block():
    """G01, M46"""
    facts, queries = study(study_plan__persons=60, team_training__persons=50, team_training__person_times=50,
                           team_training__expected_person_times=50)  # fmt: skip

    assert facts["F4", 0, "study_plan", "persons"].status == "queried"
    assert asked(queries) == {("M46", "C22"), ("M46", "G19")}


def test_people_added_up_over_the_subjects_are_withheld_even_within_the_staff():
    """M46: 参学人数 of 合计 is 22 + 20 = 42."""
    facts, queries = study(political_theory__persons=22, law__persons=20)

    assert facts["F4", 0, "all_subjects", "persons"].status == "queried"
    assert asked(queries) == {("M46", "G12")}


def test_people_added_up_over_the_subjects_above_the_staff_are_asked_about_once():
    """M46"""
    facts, queries = study(all_subjects__persons=72)

    assert facts["F4", 0, "all_subjects", "persons"].value is None
    assert asked(queries) == {("M46", "G12")}


def test_a_sum_that_is_not_known_is_no_sum():
    """M46: 22 + 20 = 42, and a third subject is open."""
    _, queries = study(political_theory__persons=22, law__persons=20, finance__persons="10-20")

    assert {rule for rule, _ in asked(queries)} == {"M38"}


@pytest.mark.parametrize("trained, rules", [(5, set()), (6, {("G01", "G19")})])
def test_no_more_are_trained_than_the_team_has_with_those_who_left(trained, rules):
    """G01: one full-time, two part-time, two left."""
    _, queries = study(team_training__persons=trained, team_training__person_times=6,
                       team_training__expected_person_times=6)  # fmt: skip

    assert asked(queries) == rules


def test_people_of_the_only_subject_are_the_people_of_all():
    """M46: one subject studied, so that the sum is no sum."""
    _, queries = study(law__persons=0, law__person_times=0, law__expected_person_times=0,
                       all_subjects__expected_person_times=378, all_subjects__person_times=350)  # fmt: skip

    assert asked(queries) == set()


@pytest.mark.parametrize("people, shown", [(41, "≥42"), (43, None), (44, None)])
def test_people_over_all_subjects_lie_between_the_largest_subject_and_the_sum(people, shown):
    """G04; 44 is all who worked here in the year."""
    facts, queries = study(all_subjects__persons=people)

    assert {rule for rule, _ in asked(queries)} == ({"G04"} if shown else set())
    assert facts["F4", 0, "all_subjects", "persons"].value == (people if shown is None else None)
    assert shown is None or shown in message(queries, "G04", "G12")


def test_people_over_all_subjects_are_not_more_than_the_sum():
    """G04: 25 and 10 studied, and 40 in all."""
    _, queries = study(political_theory__persons=25, law__persons=10, all_subjects__persons=40)

    assert asked(queries) == {("G04", "G12")}
    assert "≤35" in message(queries, "G04", "G12")


def test_the_sum_bounds_nothing_while_a_subject_is_open():
    """G04: one subject approximate, and 40 people over all."""
    _, queries = study(political_theory__persons="约38", law__persons=30, all_subjects__persons=40)

    assert asked(queries) == set()


@pytest.mark.parametrize("passed, adopted, cells", [(4, 1, {("G07", "D20")}), (3, 3, {("G07", "D26")})])
def test_no_more_pass_than_are_tested_and_no_more_is_adopted_than_submitted(passed, adopted, cells):
    """G07"""
    _, queries = study(test__passed=passed, research__adopted=adopted)

    assert asked(queries) == cells


def test_totals_of_sessions_hours_and_attendances_are_checked_and_people_are_not():
    """G05, M27: rows 5 to 11 add up to row 12 for C, D, E, F; G is no sum."""
    facts, queries = study(all_subjects__sessions=15, all_subjects__class_hours=27, all_subjects__person_times=405)

    assert asked(queries) == {("M27", "C12")}
    assert ("M27", "D12") in asked(queries, "FIX")
    assert facts["F4", 0, "law", "sessions"].value == 2


@pytest.mark.parametrize("written", ["约9", "多次", None])
def test_a_total_is_not_checked_while_a_subject_is_open(written):
    """G05"""
    _, queries = study(political_theory__sessions=written, all_subjects__sessions=40)

    assert "M27" not in {rule for rule, _ in asked(queries, "ASK", "FIX")}


def test_a_subject_that_does_not_apply_counts_as_nothing_in_the_total():
    """G05"""
    _, queries = study(foreign_language__sessions="—")

    assert asked(queries) == set()
