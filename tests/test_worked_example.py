"""The worked example of the method: one return of 市科技局, from cell to rate, every line of it."""

import pandas as pd
import pytest

from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from analysis.etl.tables import file_tables
from analysis.measures.participation import participation, unit_table
from analysis.measures.rates import rates
from tests.returns import clean, f1_sheet, f3_sheet, reference

STAFF = {"unit_name": "澜江市科学技术局", "unit_kind": "政府部门", "authorised_posts": 45, "hc_start": 41, "joined": 3,
         "left": 2, "hc_end": 42, "women": 15, "age_18_55": 38, "league": 2, "pm_onpost": 34, "union_members": 42,
         "law_qualified": 0, "registered": 42, "offices": 9, "party_branches": 2, "title_level": "市级",
         "team_full_time": 1, "team_part_time": 2}  # fmt: skip
TOTAL = {
    "hc_end": "42人",
    "elder_care.persons": "12", "elder_care.person_times": "15", "elder_care.hours": "30小时",
    "hope_project.persons": "全体", "hope_project.amount_yuan": "4200", "hope_project.helped_persons": 3,
    "spring_bud.persons": "—", "spring_bud.amount_yuan": "—", "spring_bud.helped_persons": "—",
    "legal_aid.persons": "0", "legal_aid.case_times": 0, "legal_aid.hours": 0,
    "lei_feng_volunteer.registered": "42", "lei_feng_volunteer.persons": "３９",
    "lei_feng_volunteer.person_times": "118", "lei_feng_volunteer.hours": "236",
    "blood_donation.persons": "5", "blood_donation.person_times": "5", "blood_donation.blood_ml": "1600ml",
    "one_day_donation.persons": "42", "one_day_donation.amount_yuan": "0.84万元",
    "distinct_any": "140",
}  # fmt: skip


@pytest.fixture(scope="module")
def year():
    """The tables of a year in which this unit alone reported, with only the total line of F3 filled."""
    result = clean(f1_sheet(STAFF), f3_sheet([], TOTAL))
    facts, queries = gate_units([result], reference(), LastYear())
    tables = file_tables([result], facts, queries)
    tables["units"] = unit_table(tables["facts"], reference(), tables["submissions"])
    tables["participation"] = participation(tables["facts"], reference(), tables["queries"])
    tables["rates"] = rates(tables["units"], tables["participation"], tables["facts"], tables["queries"], reference())
    return tables


def f3(year, item, measure):
    facts = year["facts"]
    found = facts[(facts["form"] == "F3") & (facts["item"] == item) & (facts["measure"] == measure)]
    assert len(found) == 1
    return found.iloc[0]


def rate(year, indicator, category=""):
    table = year["rates"]
    own = table[(table["unit_code"] == "LJ-G04") & (table["indicator"] == indicator)]
    return own[own["category"].fillna("") == category].iloc[0]


@pytest.mark.parametrize(
    "item, measure, value, rule, status",
    [
        ("", "hc_end", 42, "M36", "repaired"),
        ("elder_care", "hours", 30, "M36", "repaired"),
        ("lei_feng_volunteer", "persons", 39, "M40", "repaired"),
        ("blood_donation", "blood_ml", 1600, "M45", "repaired"),
        ("one_day_donation", "amount_yuan", 8400, "M43", "repaired"),
    ],
)
def test_what_is_written_with_units_or_wide_digits_is_read_by_its_rule(year, item, measure, value, rule, status):
    fact = f3(year, item, measure)

    assert (fact["value"], fact["rule"], fact["status"]) == (value, rule, status)


@pytest.mark.parametrize(
    "item, measure, value",
    [
        ("elder_care", "persons", 12),
        ("elder_care", "person_times", 15),
        ("hope_project", "amount_yuan", 4200),
        ("lei_feng_volunteer", "registered", 42),
        ("lei_feng_volunteer", "person_times", 118),
        ("lei_feng_volunteer", "hours", 236),
        ("blood_donation", "persons", 5),
        ("blood_donation", "person_times", 5),
        ("one_day_donation", "persons", 42),
    ],
)
def test_every_other_number_of_the_line_is_read(year, item, measure, value):
    assert f3(year, item, measure)["value"] == value


def test_all_staff_is_asked_about_and_not_taken_for_the_headcount(year):
    fact = f3(year, "hope_project", "persons")
    query = year["queries"].query("cell == @fact.cell and rule == 'M37'").iloc[0]

    assert (fact["status"], fact["rule"], pd.isna(fact["value"])) == ("queried", "M37", True)
    assert query["treatment"] == "ASK"


def test_a_dash_is_not_applicable_and_a_blank_is_a_question(year):
    facts, queries = year["facts"], year["queries"]

    assert (f3(year, "spring_bud", "persons")["status"], f3(year, "spring_bud", "persons")["rule"]) == (
        "not_applicable",
        "M52",
    )
    assert facts[facts["item"] == "happiness_project"].empty
    blank = queries[queries["field"] == "happiness_project.persons"]
    assert blank[["rule", "treatment", "state"]].to_numpy().tolist() == [["M52", "ASK", "open"]]
    assert rate(year, "I01", "happiness_project")["status"] == "queried"
    assert rate(year, "I01", "spring_bud")["status"] == "not_applicable"


def test_legal_aid_without_qualified_staff_is_undefined(year):
    assert rate(year, "I01", "legal_aid")["status"] == "undefined"


def test_the_sum_over_categories_is_no_distinct_count(year):
    fact = f3(year, "", "distinct_any")

    assert (fact["status"], fact["rule"], pd.isna(fact["value"])) == ("queried", "M46", True)
    assert rate(year, "I02")["status"] == "queried"


def test_the_rate_of_active_volunteers_with_its_limits(year):
    active = rate(year, "I06")

    assert (active["numerator"], active["denominator"]) == (39, 42)
    assert round(active["rate"], 3) == 0.929
    assert (round(active["ci_low"], 3), round(active["ci_high"], 3)) == (0.81, 0.975)


def test_staff_of_the_year_and_the_denominators(year):
    units = year["units"].set_index("unit_code").loc["LJ-G04"]

    assert (units["hc_ever"], units["pm_onpost"], units["age_18_55"], units["law_qualified"]) == (44, 34, 38, 0)


def test_the_answer_of_the_unit_makes_the_overall_rate():
    """市科技局 answers 42 for the distinct people: 100 %."""
    result = clean(f1_sheet(STAFF), f3_sheet([], {**TOTAL, "distinct_any": 42}))
    facts, queries = gate_units([result], reference(), LastYear())
    tables = file_tables([result], facts, queries)
    units = unit_table(tables["facts"], reference(), tables["submissions"])
    part = participation(tables["facts"], reference(), tables["queries"])
    table = rates(units, part, tables["facts"], tables["queries"], reference())

    own = table[(table["unit_code"] == "LJ-G04") & (table["indicator"] == "I02")].iloc[0]
    assert (own["numerator"], own["denominator"], own["rate"], own["status"]) == (42, 42, 1.0, "ok")
