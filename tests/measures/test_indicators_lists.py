"""Indicators of institutions, problems, targets and exemplars (I22-I32, I34): worked by hand."""

import pytest

from tests.measures.hand_tables import headcounts, query
from tests.measures.indicators import STAFF, UNIT, exemplar, institution, problem, row_of, target, word

THREE = ("ideology_duty", "thinking_analysis", "matter_report")
IN_FORCE = {"established": "yes", "document": "澜科〔2021〕3号", "document_date": "2021-05-06"}
NIL = {"rule": "M16", "treatment": "NOTE", "state": "closed", "cell": None}


def all_three(**changed):
    return [
        one
        for item in THREE
        for one in institution(item, **{**IN_FORCE, "times_due": 4, "times_done": 4, **changed.get(item, {})})
    ]


def test_an_institution_is_in_force_with_document_and_date():
    without_date = institution("matter_report", established="yes", document="澜科〔2021〕5号")
    told = [*institution(THREE[0], **IN_FORCE), *institution(THREE[1], **IN_FORCE), *without_date]

    assert row_of("I22", *told)[["numerator", "denominator", "rate", "status"]].tolist() == [2, 3, 2 / 3, "ok"]


def test_an_institution_said_not_to_exist_does_not_count():
    assert row_of("I22", *all_three(matter_report={"established": "no"}))["numerator"] == 2


def test_a_queried_answer_leaves_the_institution_open():
    told = [one for one in all_three() if (one["item"], one["measure"]) != ("matter_report", "established")]
    row = row_of("I22", *told, word("F7", 0, "matter_report.established", None, "queried"))

    assert row["status"] == "queried"
    assert row["rate_low"] == 2 / 3
    assert row["rate_high"] == 1


def test_what_is_done_above_what_is_due_makes_up_for_nothing():
    """min(6, 4) + min(1, 4) + min(4, 4) = 9 of 12; the plain sum would be 11."""
    row = row_of("I23", *all_three(ideology_duty={"times_done": 6}, thinking_analysis={"times_done": 1}))

    assert row[["numerator", "denominator", "rate"]].tolist() == [9, 12, 0.75]


def test_nothing_due_is_undefined():
    assert row_of("I23", *all_three(**{item: {"times_due": 0} for item in THREE}))["status"] == "undefined"


def test_a_blank_number_of_times_due_is_queried():
    told = [one for one in all_three() if (one["item"], one["measure"]) != ("matter_report", "times_due")]

    assert row_of("I23", *told)["status"] == "queried"


def test_a_problem_is_complete_with_measure_target_date_and_person():
    told = [
        *problem(1, "done", "2025-05-01", "2025-04-12"),
        *problem(2, "in_progress", "2025-05-01", rect_measures=None),
        *problem(3, "in_progress", None),
        *problem(4, "in_progress", "2025-05-01", responsible_named="no"),
    ]

    assert row_of("I24", *told)[["numerator", "denominator", "rate"]].tolist() == [1, 4, 0.25]


def test_no_problem_listed_is_not_a_hundred_per_cent():
    row = row_of("I24", queries=[query(UNIT, "F6", None, **NIL)])

    assert row["status"] == "undefined"
    assert row[["numerator", "denominator", "rate"]].isna().all()


def test_a_queried_date_leaves_the_problem_open_between_its_two_answers():
    told = [*problem(1, "done", "2025-05-01", "2025-04-12"), *problem(2, "done", None, "2025-04-12")]
    row = row_of("I24", *told, word("F6", 2, "due_date", None, "queried"))

    assert row["status"] == "queried"
    assert row["denominator"] == 2
    assert row[["rate_low", "rate_high"]].tolist() == [0.5, 1.0]


CLOSED = [
    *problem(1, "closed", "2025-05-01", "2025-05-01"),
    *problem(2, "closed", "2025-05-01", "2025-05-02"),
    *problem(3, "done", "2025-05-01", "2025-04-12"),
    *problem(4, "not_started", "2025-12-31"),
    *problem(5, "in_progress", "2026-01-01"),
    *problem(6, "long_term", "2025-06-30"),
]


def test_in_time_is_closed_by_the_due_date_of_what_was_due_in_the_year():
    """Due: 1, 2, 3, 4 (5 next year, 6 long-term). Closed in time: 1 alone; 3 is done, but not closed."""
    assert row_of("I25", *CLOSED)[["numerator", "denominator", "rate"]].tolist() == [1, 4, 0.25]


def test_nothing_due_in_the_year_is_undefined():
    assert row_of("I25", *problem(1, "in_progress", "2026-03-31"))["status"] == "undefined"


def test_a_queried_state_may_count_in_both_sides_at_once():
    """One closed in time, one open, one queried with a date of completion in time: 1/3 to 2/3."""
    told = [*CLOSED[:7], *problem(2, "in_progress", "2025-05-01"), *problem(3, "", "2025-05-01", "2025-04-12")]
    told = [one for one in told if not (one["row"] == 3 and one["measure"] == "rect_status")]
    row = row_of("I25", *told, word("F6", 3, "rect_status", None, "queried"))

    assert row["status"] == "queried"
    assert row[["rate_low", "rate_high"]].tolist() == pytest.approx([1 / 3, 2 / 3], abs=1e-12)


def test_a_queried_due_date_may_leave_the_line_out_of_both_sides():
    """One closed in time, one closed with a due date nobody can read: 1/2 (due, late), 1/1 (not due) or 2/2."""
    told = [*problem(1, "closed", "2025-05-01", "2025-05-01"), *problem(2, "closed", None, "2025-04-12")]
    row = row_of("I25", *told, word("F6", 2, "due_date", None, "queried"))

    assert row["status"] == "queried"
    assert row[["rate_low", "rate_high"]].tolist() == [0.5, 1.0]


def test_a_due_month_ends_with_its_last_day():
    told = problem(1, "closed", "2025-05", "2025-05-31")

    assert row_of("I25", *told)[["numerator", "denominator"]].tolist() == [1, 1]


def test_completion_known_to_the_month_may_be_late():
    row = row_of(
        "I25", *problem(1, "closed", "2025-05-15", "2025-05"), *problem(2, "closed", "2025-05-15", "2025-05-15")
    )

    assert row["status"] == "bounded"
    assert row[["rate_low", "rate_high"]].tolist() == [0.5, 1.0]


def test_overdue_is_what_is_open_at_the_end_of_the_year_past_its_date():
    row = row_of("I26", *CLOSED, *problem(7, "in_progress", "2025-03-01"))

    assert row[["numerator", "status"]].tolist() == [2, "ok"]  # 4 and 7
    assert row[["denominator", "rate", "ci_low"]].isna().all()


def test_a_list_that_says_nil_has_no_overdue_problem():
    assert row_of("I26", queries=[query(UNIT, "F6", None, **NIL)])[["numerator", "status"]].tolist() == [0, "ok"]


def test_a_blank_date_that_is_asked_about_leaves_the_count_open():
    told = [*problem(1, "in_progress", "2025-03-01"), *problem(2, "in_progress", None)]
    asked = query(UNIT, "F6", "due_date", file=f"{UNIT}.xlsx", sheet="F6", cell="I6")
    row = row_of("I26", *told, queries=[asked])

    assert row[["status", "n_open_queries", "rate_low", "rate_high"]].tolist() == ["queried", 1, 1, 2]


TARGETS = [
    *target(1, "done", office="综合科"),
    *target(2, "in_progress", office="法规科"),
    *target(3, "adjusted", office="综合科", responsible_named="no"),
    *target(4, "done", "2026-02-28", office="人事科", target_class="key_project"),
    *target(5, "in_progress", office="人事科", target_class="key_project"),
    *target(6, "long_term", office="人事科"),
]


def test_offices_with_a_target_are_counted_once_each():
    row = row_of("I27", *STAFF, *TARGETS)

    assert row[["numerator", "denominator"]].tolist() == [3, 9]
    assert row[["ci_low", "ci_high"]].isna().all()


def test_more_offices_with_targets_than_offices_is_no_rate():
    row = row_of("I27", *headcounts(UNIT, hc_end=42, offices=2), *TARGETS)

    assert row[["status", "flags"]].tolist() == ["queried", "above_whole"]


def test_a_unit_without_targets_or_number_of_offices_has_no_rate():
    assert row_of("I27", *TARGETS)["status"] == "undefined"
    assert row_of("I27", *STAFF, *all_three())["status"] == "queried"  # F7 came, its second block is blank


def test_targets_with_a_named_person():
    assert row_of("I28", *TARGETS)[["numerator", "denominator"]].tolist() == [5, 6]


def test_a_queried_person_leaves_the_target_open():
    told = [*target(1, "done"), *target(2, "done", responsible_named=None)]
    row = row_of("I28", *told, word("F7", 2, "responsible_named", None, "queried"))

    assert row["status"] == "queried"
    assert row[["rate_low", "rate_high"]].tolist() == [0.5, 1.0]


def test_targets_due_in_the_year_that_are_done():
    """Due in 2025: 1, 2, 3, 5; done: 1. Target 4 is due next year, 6 is long-term."""
    assert row_of("I29", *TARGETS)[["numerator", "denominator", "rate"]].tolist() == [1, 4, 0.25]


def test_no_target_due_in_the_year_is_undefined():
    assert row_of("I29", *target(1, "in_progress", "2026-06-30"))["status"] == "undefined"


def test_key_projects_at_their_milestone():
    assert row_of("I30", *TARGETS)[["numerator", "denominator", "rate"]].tolist() == [1, 2, 0.5]


def test_a_unit_without_key_project_is_undefined():
    assert row_of("I30", *target(1, "done"))["status"] == "undefined"


def test_a_queried_class_of_target_may_be_a_key_project_or_not():
    told = [*target(1, "done", target_class="key_project"), *target(2, "in_progress", target_class=None)]
    row = row_of("I30", *told, word("F7", 2, "target_class", None, "queried"))

    assert row["status"] == "queried"
    assert row[["rate_low", "rate_high"]].tolist() == [0.5, 1.0]


PRAISED = [*exemplar(1, "2025-08-20", city=2, own=6), *exemplar(2, "2024-12-31", province=1), *exemplar(3, "2025")]


def test_exemplars_of_earlier_years_do_not_count():
    row = row_of("I31", *PRAISED)

    assert row[["numerator", "status"]].tolist() == [2, "ok"]
    assert row[["denominator", "rate"]].isna().all()


def test_each_line_is_one_exemplar_since_the_form_cannot_tell_which_honours_belong_together():
    names = [word("F8", row, "exemplar_name", "处室甲") for row in (1, 2)]
    same = [*exemplar(1, "2025-05-01"), *exemplar(2, "2025-09-01"), *names]
    assert row_of("I31", *same)["numerator"] == 2


def test_a_queried_date_of_award_leaves_the_count_open():
    told = [*exemplar(1, "2025-08-20"), *exemplar(2, "")]
    told = [one for one in told if (one["row"], one["measure"]) != (2, "award_date")]
    row = row_of("I31", *told, word("F8", 2, "award_date", None, "queried"))

    assert row[["status", "rate_low", "rate_high"]].tolist() == ["queried", 1, 2]


def test_items_in_own_media_stand_apart():
    assert row_of("I32", *PRAISED)["numerator"] == 3
    assert row_of("I32", *PRAISED, category="own")["numerator"] == 6


def test_a_blank_number_of_items_leaves_at_least_what_is_told():
    told = [one for one in exemplar(1, "2025-08-20", city=2) if one["item"] != "province"]
    row = row_of("I32", *told)

    assert row[["status", "rate_low"]].tolist() == ["bounded", 2]
    assert row[["numerator", "rate_high"]].isna().all()


def test_leadership_sessions_stand_against_those_due():
    row = row_of("I34", *institution("committee_session", times_due=2, times_done=3))

    assert row[["numerator", "denominator", "rate", "status"]].tolist() == [3, 2, 1.5, "ok"]
    assert row[["ci_low", "ci_high"]].isna().all()


def test_a_blank_number_of_leadership_sessions_is_queried():
    row = row_of("I34", *all_three(), queries=[query(UNIT, "F7", "committee_session.times_done")])

    assert row[["status", "n_open_queries"]].tolist() == ["queried", 1]


def test_a_form_that_did_not_come_has_no_count_of_zero():
    for indicator in ("I22", "I23", "I24", "I25", "I26", "I27", "I28", "I29", "I30", "I31", "I32", "I34"):
        row = row_of(indicator, *STAFF)

        assert row["status"] == "not_submitted", indicator
        assert row[["numerator"]].isna().all()
