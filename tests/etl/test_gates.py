"""Rules across the cells and forms of a unit: what breaks one is withheld or noted, never changed."""

from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from tests.returns import clean, f1_sheet, f3_sheet, reference

STAFF = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 45, "hc_start": 41, "joined": 3,
         "left": 2, "hc_end": 42, "women": 15, "age_18_55": 38, "league": 2, "pm_onpost": 34, "union_members": 42,
         "law_qualified": 0, "registered": 40, "offices": 9, "party_branches": 2, "title_level": "市级"}  # fmt: skip


def gated(line, staff=None, **more):
    """Facts by (item, measure) and the queries of a return with one office line, after the gates."""
    base = {
        "hc_end": 42,
        "elder_care.persons": 12,
        "elder_care.person_times": 15,
        "elder_care.hours": 30,
        "distinct_any": 12,
    }
    result = clean(f1_sheet({**STAFF, **(staff or {})}), f3_sheet([{**base, **line}], **more))
    facts, queries = gate_units([result], reference(), more.get("last_year", LastYear()))
    return {(fact.form, fact.item, fact.measure): fact for fact in facts}, queries


def rules(queries, treatment):
    return {(query.rule, query.cell) for query in queries if query.treatment == treatment and query.rule != "M52"}


def test_a_return_without_contradiction_passes_every_gate():
    facts, queries = gated({})

    assert rules(queries, "ASK") == set()
    assert facts["F3", "elder_care", "persons"].value == 12


def test_more_people_than_staff_is_withheld_and_asked():
    facts, queries = gated({"elder_care.persons": 230, "elder_care.person_times": 230, "elder_care.hours": 230})

    assert facts["F3", "elder_care", "persons"].status == "queried"
    assert facts["F3", "elder_care", "persons"].value is None
    assert ("M46", "D7") in rules(queries, "ASK")


def test_a_surplus_that_leavers_explain_is_kept_and_noted():
    facts, queries = gated({"hope_project.persons": 44, "hope_project.amount_yuan": 4400, "distinct_any": 44})

    assert facts["F3", "hope_project", "persons"].value == 44
    assert ("G02", "G7") in rules(queries, "NOTE")


def test_fewer_attendances_than_people_withholds_both():
    facts, queries = gated({"elder_care.person_times": 10})

    assert facts["F3", "elder_care", "persons"].status == "queried"
    assert facts["F3", "elder_care", "person_times"].status == "queried"
    assert {("G03", "D7"), ("G03", "E7")} <= rules(queries, "ASK")


def test_distinct_people_that_are_the_sum_of_categories_are_withheld():
    line = {"hope_project.persons": 40, "hope_project.amount_yuan": 400, "distinct_any": 52}
    facts, queries = gated(line)

    assert facts["F3", "", "distinct_any"].status == "queried"
    assert ("M46", "AR7") in rules(queries, "ASK")


def test_distinct_people_below_the_largest_category_are_withheld():
    facts, queries = gated({"distinct_any": 11})

    assert facts["F3", "", "distinct_any"].status == "queried"
    assert ("G04", "AR7") in rules(queries, "ASK")


def test_blood_outside_200_to_400_ml_a_donation_is_withheld():
    line = {"blood_donation.persons": 5, "blood_donation.person_times": 5, "blood_donation.blood_ml": 16}
    facts, queries = gated(line)

    assert facts["F3", "blood_donation", "blood_ml"].status == "queried"
    assert facts["F3", "blood_donation", "persons"].value == 5
    assert ("G10", "AL7") in rules(queries, "ASK")


def test_hours_per_attendance_outside_half_to_ten_are_withheld():
    facts, queries = gated({"elder_care.hours": 2})

    assert facts["F3", "elder_care", "hours"].status == "queried"
    assert ("G11", "F7") in rules(queries, "ASK")


def test_money_of_more_than_5000_yuan_a_donor_is_withheld():
    facts, queries = gated({"hope_project.persons": 2, "hope_project.amount_yuan": 20000})

    assert facts["F3", "hope_project", "amount_yuan"].status == "queried"
    assert ("G12", "H7") in rules(queries, "ASK")


def test_party_members_above_the_staff_are_withheld():
    facts, queries = gated({}, {"pm_onpost": 75})

    assert facts["F1", "", "pm_onpost"].status == "queried"
    assert ("M49", "F7") in rules(queries, "ASK")


def test_any_other_part_above_the_staff_is_withheld():
    facts, queries = gated({}, {"age_18_55": 60})

    assert facts["F1", "", "age_18_55"].status == "queried"
    assert ("G07", "B7") in rules(queries, "ASK")


def test_movement_of_staff_that_does_not_add_up_is_only_noted():
    facts, queries = gated({"hc_end": 43}, {"hc_end": 43})

    assert facts["F1", "", "hc_end"].value == 43
    assert ("G08", "D6") in rules(queries, "NOTE")


def test_a_headcount_that_equals_the_posts_and_not_the_movement_is_withheld():
    facts, queries = gated({"hc_end": 45}, {"hc_end": 45})

    assert facts["F1", "", "hc_end"].status == "queried"
    assert ("M48", "D6") in rules(queries, "ASK")


def test_offices_that_do_not_add_up_to_the_staff_are_asked_about_in_both_forms():
    facts, queries = gated({"hc_end": 40})

    assert facts["F1", "", "hc_end"].value == 42
    assert {("M65", "D6"), ("M65", "C7")} <= rules(queries, "ASK")


def test_a_title_that_the_register_does_not_know_is_withheld():
    facts, queries = gated({}, {"title_level": "省级"})

    assert facts["F1", "", "title_level"].status == "queried"
    assert ("G18", "B10") in rules(queries, "ASK")


def test_a_headcount_far_from_last_year_is_asked_about_and_kept():
    result = clean(f1_sheet(STAFF), f3_sheet([{"hc_end": 42}]))

    facts, queries = gate_units([result], reference(), LastYear(headcounts={"LJ-G04": 60.0}))

    assert next(fact for fact in facts if (fact.form, fact.measure) == ("F1", "hc_end")).value == 42
    assert ("G09", "D6") in rules(queries, "ASK")


def test_jobs_under_the_giving_meaning_of_the_spring_breeze_are_withheld():
    facts, queries = gated({"spring_breeze.jobs_offered": 30})

    assert facts["F3", "spring_breeze", "jobs_offered"].status == "queried"
    assert ("M58", "V7") in rules(queries, "ASK")
