"""Indicators of participation, giving and study (I04, I05, I10, I11, I12, I17-I21, I33): worked by hand."""

import pytest

from analysis.measures.rates import unit_rows
from tests.measures.hand_tables import fact, headcounts, line, query
from tests.measures.indicators import STAFF, UNIT, row_of, sources_of, study

SERVICE = line(
    UNIT,
    1,
    elder_care__person_times=15,
    elder_care__hours=30,
    warmth_project__person_times=9,
    disability_aid__person_times=0,
    disability_aid__hours=0,
    lei_feng_volunteer__person_times=118,
    lei_feng_volunteer__hours=236,
    blood_donation__persons=5,
    blood_donation__person_times=6,
    one_day_donation__persons=42,
)


def test_intensity_adds_attendances_of_service_and_leaves_blood_out():
    row = row_of("I04", *STAFF, *SERVICE)

    assert row["numerator"] == 15 + 9 + 0 + 118
    assert row["rate"] == pytest.approx(142 / 42, abs=1e-12)
    assert row[["ci_low", "ci_high"]].isna().all()
    assert row["status"] == "ok"


def test_one_queried_count_of_attendances_leaves_the_intensity_queried():
    told = [one for one in SERVICE if one["item"] != "elder_care" or one["measure"] != "person_times"]
    row = row_of("I04", *STAFF, *told, fact(UNIT, "F3", 1, "elder_care.person_times", None, "queried"))

    assert row["status"] == "queried"
    assert row[["numerator", "rate"]].isna().all()
    assert row["denominator"] == 42


def test_hours_per_head_of_the_worked_example():
    """Domain model 4.5: (236 + 30) / 42 = 6.3 hours."""
    row = row_of("I05", *STAFF, *SERVICE)

    assert row["rate"] == pytest.approx((236 + 30) / 42, abs=1e-12)
    assert round(row["rate"], 1) == 6.3


def test_hours_need_every_one_of_the_three_categories():
    told = [one for one in SERVICE if (one["item"], one["measure"]) != ("lei_feng_volunteer", "hours")]
    row = row_of("I05", *STAFF, *told, queries=[query(UNIT, "F3", "lei_feng_volunteer.hours")])

    assert row[["status", "n_open_queries"]].tolist() == ["queried", 1]


def test_blood_donors_are_a_share_of_those_between_18_and_55():
    row = row_of("I10", *STAFF, *SERVICE)

    assert row[["numerator", "denominator", "status"]].tolist() == [5, 38, "ok"]
    assert row["rate"] == pytest.approx(5 / 38, abs=1e-12)
    assert row["ci_low"] < row["rate"] < row["ci_high"]


def test_blood_in_a_small_unit_is_for_pooled_figures_only():
    row = row_of("I10", *headcounts(UNIT, hc_end=30, age_18_55=29), *SERVICE)

    assert row[["numerator", "denominator", "status"]].tolist() == [5, 29, "undefined"]
    assert row[["rate", "ci_low"]].isna().all()


def test_one_day_giving_is_a_share_of_the_staff():
    assert row_of("I11", *STAFF, *SERVICE)[["numerator", "denominator", "rate"]].tolist() == [42, 42, 1.0]


def test_one_day_giving_without_headcount_is_undefined():
    row = row_of("I11", *SERVICE)

    assert row[["numerator", "status"]].tolist() == [42, "undefined"]


MONEY = line(
    UNIT, 1, hope_project__amount_yuan=4200, one_day_donation__amount_yuan=8400,
    **{f"{one}__amount_yuan": 0 for one in ("warmth_project", "spring_bud", "happiness_project", "spring_breeze",
                                           "golden_autumn_aid", "other_moral_practice")},
)  # fmt: skip


def test_money_is_summed_over_all_categories_and_stands_in_no_row_of_a_unit():
    sources = sources_of(*STAFF, *MONEY)
    groups, units = unit_rows(sources, groups_only=True), unit_rows(sources, groups_only=False)
    own = groups[groups["unit_code"] == UNIT].iloc[0]

    assert own[["indicator", "numerator"]].tolist() == ["I12", 12600]
    assert "I12" not in set(units["indicator"])


def test_a_blank_amount_is_not_zero_yuan():
    told = [one for one in MONEY if one["item"] != "spring_bud"]
    groups = unit_rows(sources_of(*STAFF, *told), groups_only=True)

    assert groups.loc[groups["unit_code"] == UNIT, ["status"]].iloc[0, 0] == "queried"
    assert groups.loc[groups["unit_code"] == UNIT, "numerator"].isna().all()


SUBJECTS = ("political_theory", "modern_economy", "science_tech", "law", "finance", "foreign_language", "other")
NONE = {"sessions": 0, "class_hours": 0, "expected_person_times": 0, "person_times": 0, "persons": 0}


def studies(total=None, **told):
    """F4 with these lines and nothing in the others."""
    lines = [study(item, **{**NONE, **told.get(item, {})}) for item in SUBJECTS]
    return [one for some in lines for one in some] + (study("all_subjects", persons=total) if total is not None else [])


POLITICS = {"sessions": 4, "class_hours": 8, "expected_person_times": 168, "person_times": 160, "persons": 40}
LAW = {"sessions": 2, "class_hours": 2, "expected_person_times": 20, "person_times": 12, "persons": 6}
BOTH = {"political_theory": POLITICS, "law": LAW}


def test_study_counts_the_distinct_people_of_the_total_line():
    row = row_of("I17", *STAFF, *studies(41, **BOTH))

    assert row[["numerator", "denominator", "status"]].tolist() == [41, 42, "ok"]


def test_lists_without_a_distinct_total_give_an_interval():
    """40 studied politics and 6 law: at least 40 people, at most 46, and never more than worked there (44)."""
    row = row_of("I17", *STAFF, *studies(**BOTH), queries=[query(UNIT, "F4", "all_subjects.persons")])

    assert row[["status", "n_open_queries"]].tolist() == ["bounded", 1]
    assert row[["rate_low", "rate_high"]].tolist() == pytest.approx([40 / 42, 44 / 42], abs=1e-12)
    assert row[["numerator", "rate", "ci_low"]].isna().all()


def test_one_list_alone_is_the_distinct_count():
    row = row_of("I17", *STAFF, *studies(law=LAW))

    assert row[["numerator", "status"]].tolist() == [6, "ok"]


def test_a_queried_distinct_total_stays_queried_and_keeps_the_bounds_of_the_lists():
    told = studies(political_theory=POLITICS, law={**LAW, "persons": 1})
    row = row_of("I17", *STAFF, *told, fact(UNIT, "F4", 0, "all_subjects.persons", None, "queried"))

    assert row["status"] == "queried"
    assert row[["rate_low", "rate_high"]].tolist() == pytest.approx([40 / 42, 41 / 42], abs=1e-12)


def test_theme_study_of_everybody_is_of_every_party_member():
    everybody = {**POLITICS, "persons": 42}
    row = row_of("I17", *STAFF, *studies(42, political_theory=everybody), category="political_theory")

    assert row[["numerator", "denominator", "rate", "status"]].tolist() == [34, 34, 1.0, "ok"]


def test_theme_study_of_some_is_of_at_least_those_whom_the_others_cannot_be():
    """40 of 42 studied and 8 are no members: 32 to 34 of the 34 members did."""
    row = row_of("I17", *STAFF, *studies(41, **BOTH), category="political_theory")

    assert row["status"] == "bounded"
    assert row[["rate_low", "rate_high"]].tolist() == pytest.approx([32 / 34, 1.0], abs=1e-12)


def test_attendance_is_of_attendances_and_has_no_limits():
    row = row_of("I18", *STAFF, *studies(41, **BOTH))

    assert row[["numerator", "denominator"]].tolist() == [160 + 12, 168 + 20]
    assert row["rate"] == pytest.approx(172 / 188, abs=1e-12)
    assert row[["ci_low", "ci_high"]].isna().all()


def test_attendance_without_any_expected_is_undefined():
    assert row_of("I18", *STAFF, *studies(0))["status"] == "undefined"


def test_attendance_of_the_total_line_where_only_that_was_filled():
    row = row_of("I18", *STAFF, *study("all_subjects", expected_person_times=50, person_times=45, persons=40))

    assert row[["numerator", "denominator", "rate"]].tolist() == [45, 50, 0.9]


def test_more_present_than_expected_is_no_rate():
    row = row_of("I18", *STAFF, *studies(41, law={**LAW, "person_times": 21}))

    assert row[["status", "flags"]].tolist() == ["queried", "above_whole"]
    assert row[["numerator", "rate"]].isna().all()


def test_subjects_count_with_a_session_of_the_six_and_the_open_one_is_left_out():
    row = row_of("I19", *STAFF, *studies(41, **BOTH, other=LAW))

    assert row[["numerator", "denominator", "rate", "status"]].tolist() == [2, 6, 2 / 6, "ok"]


def test_a_queried_number_of_sessions_leaves_the_subject_open():
    told = [one for one in studies(41, **BOTH) if (one["item"], one["measure"]) != ("finance", "sessions")]
    row = row_of("I19", *STAFF, *told, fact(UNIT, "F4", 0, "finance.sessions", None, "queried"))

    assert row["status"] == "queried"
    assert row[["rate_low", "rate_high"]].tolist() == pytest.approx([2 / 6, 3 / 6], abs=1e-12)


def test_study_hours_weigh_the_hours_of_a_session_with_who_came():
    """Politics 8 hours in 4 sessions = 2 each x 160 attendances, law 1 hour x 12: 332 hours over 42 people."""
    row = row_of("I20", *STAFF, *studies(41, **BOTH))

    assert row["numerator"] == 332
    assert row["rate"] == pytest.approx(332 / 42, abs=1e-12)


def test_study_hours_without_the_attendances_of_a_subject_are_queried():
    told = [one for one in studies(41, **BOTH) if (one["item"], one["measure"]) != ("law", "person_times")]

    assert row_of("I20", *STAFF, *told)["status"] == "queried"


def test_visitors_of_education_bases_are_a_share_of_the_staff():
    row = row_of("I21", *STAFF, *study("education_base", sessions=1, person_times=30, bases=1, persons=29))

    assert row[["numerator", "denominator", "status"]].tolist() == [29, 42, "ok"]
    assert row["ci_low"] < row["rate"] < row["ci_high"]


def test_a_blank_number_of_visitors_is_queried():
    row = row_of("I21", *STAFF, *studies(41, **BOTH), queries=[query(UNIT, "F4", "education_base.persons")])

    assert row[["status", "n_open_queries"]].tolist() == ["queried", 1]


def test_a_team_below_ten_shows_counts_only():
    team = headcounts(UNIT, hc_end=42, team_full_time=1, team_part_time=3)
    row = row_of("I33", *team, *study("team_training", persons=3))

    assert row[["numerator", "denominator", "status"]].tolist() == [3, 4, "small"]
    assert row[["rate", "ci_low"]].isna().all()


def test_a_team_of_twelve_has_a_marked_rate():
    team = headcounts(UNIT, hc_end=42, team_full_time=2, team_part_time=10)
    row = row_of("I33", *team, *study("team_training", persons=9))

    assert row[["rate", "status"]].tolist() == [0.75, "small"]


def test_nobody_in_the_team_is_undefined():
    team = headcounts(UNIT, hc_end=42, team_full_time=0, team_part_time=0)

    assert row_of("I33", *team, *study("team_training", persons=0))["status"] == "undefined"


def test_more_trained_than_in_the_team_is_no_change_of_staff():
    team = headcounts(UNIT, hc_start=40, joined=4, hc_end=42, team_full_time=6, team_part_time=6)
    row = row_of("I33", *team, *study("team_training", persons=13))

    assert row["status"] == "queried"
    assert row[["numerator", "rate"]].isna().all()
