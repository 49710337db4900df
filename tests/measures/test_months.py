"""I08 and I09: in how many months a unit serves, and how much of it in March; every figure counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.etl.typed_tables import day_span
from analysis.measures.months import continuity_rates, months
from tests.measures.hand_tables import queries_table, query, sample_reference

FIRST, SECOND = (unit.code for unit in sample_reference().units[:2])
COLUMNS = ["unit_code", "category", "activity_date", "person_times", "queried_fields", "inexact_fields"]
NOTHING = queries_table()


def activities(*lines):
    """One line per (date, person-times), service of the first unit; more may be given by name."""
    rows = []
    for date, times, *more in lines:
        row = {"unit_code": FIRST, "category": "lei_feng_volunteer", "activity_date": date, "person_times": times}
        row.update(more[0] if more else {})
        span = day_span(row["activity_date"]) if row["activity_date"] else (pd.NaT, pd.NaT)
        rows.append({**dict.fromkeys(COLUMNS), **row, "activity_date_from": span[0], "activity_date_to": span[1]})
    table = pd.DataFrame(rows, columns=[*COLUMNS, "activity_date_from", "activity_date_to"])
    return table.astype({"person_times": "float64"})


def units(*senders):
    codes = [unit.code for unit in sample_reference().units]
    return pd.DataFrame({"unit_code": codes, "forms": ["F1;F2" if code in senders else "F1" for code in codes]})


def rates(*lines, queries=NOTHING, senders=(FIRST,)):
    """The two rows of the first unit by indicator."""
    table = continuity_rates(activities(*lines), units(*senders), queries, sample_reference())
    return table[table["unit_code"] == FIRST].set_index("indicator")


def bounds(row):
    return row["status"], row["rate_low"], row["rate_high"]


def open_field():
    return {"queried_fields": "activity_date", "activity_date": None}


def test_the_worked_example_has_five_months_and_62_of_133_person_times_in_march():
    table = rates(
        ("2025-01-15", 20), ("2025-03-05", 40), ("2025-03-12", 22), ("2025-05", 15), ("2025-10-29", 26), ("2025-12-05", 10)
    )  # fmt: skip

    assert table.loc["I08", ["numerator", "denominator", "status"]].tolist() == [5, 12, "ok"]
    assert table.loc["I09", ["numerator", "denominator", "status"]].tolist() == [62, 133, "ok"]
    assert round(table.loc["I09", "rate"], 3) == 0.466


def test_two_activities_in_a_month_make_one_month():
    assert rates(("2025-03-05", 5), ("2025-03-31", 5)).loc["I08", "numerator"] == 1


def test_a_line_across_two_months_is_in_both_and_in_neither_side_of_the_march_share():
    lines = (("2025-03-31/2025-04-03", 100), ("2025-03-05", 6), ("2025-06-01", 14))
    table = rates(*lines)
    by_month = months(activities(*lines), units(FIRST), sample_reference()).query("unit_code == @FIRST")

    assert table.loc["I08", "numerator"] == 3
    assert table.loc["I09", ["numerator", "denominator"]].tolist() == [6, 20]
    assert by_month["n_activities"].tolist() == [0, 0, 2, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert by_month["person_times"].tolist() == [0, 0, 6, 0, 0, 14, 0, 0, 0, 0, 0, 0]


def test_a_line_that_began_last_year_counts_in_its_months_of_this_year():
    assert rates(("2024-12-28/2025-01-03", 5)).loc["I08", "numerator"] == 1


def test_a_month_without_a_day_is_dated():
    assert rates(("2025-03", 12)).loc["I09", ["numerator", "denominator"]].tolist() == [12, 12]


@pytest.mark.parametrize("all_year", ["2025", "2025-01-01/2025-12-31"])
def test_a_line_of_the_whole_year_is_not_dated(all_year):
    """4 of 5 lines dated are just enough, 3 of 4 are not."""
    dated = [("2025-02-01", 5), ("2025-03-01", 5), ("2025-04-01", 5), ("2025-05-01", 5)]

    enough = rates(*dated, (all_year, 500))
    assert (enough.loc["I08", "status"], enough.loc["I08", "numerator"]) == ("ok", 4)
    assert enough.loc["I09", "denominator"] == 20
    assert rates(*dated[:3], (all_year, 500)).loc["I08", "status"] == "undefined"


@pytest.mark.parametrize("category", ["hope_project", "blood_donation", "one_day_donation", "other_moral_practice"])
def test_what_is_not_service_by_its_nature_does_not_count(category):
    table = rates(("2025-03-05", 50, {"category": category}), ("2025-05-05", 10))

    assert table.loc["I08", "numerator"] == 1
    assert table.loc["I09", ["numerator", "denominator"]].tolist() == [0, 10]


@pytest.mark.parametrize(
    "category", ["elder_care", "warmth_project", "disability_aid", "legal_aid", "lei_feng_volunteer"]
)
def test_service_counts_also_where_there_is_giving_in_it(category):
    assert rates(("2025-03-05", 50, {"category": category})).loc["I09", "numerator"] == 50


def test_nine_person_times_have_no_march_share_and_ten_have_one():
    few = rates(("2025-03-05", 9)).loc["I09"]

    assert (few["status"], few["numerator"], few["denominator"]) == ("undefined", 9, 9)
    assert pd.isna(few["rate"])
    assert rates(("2025-03-05", 10)).loc["I09", "rate"] == 1


def test_a_queried_date_may_be_any_month():
    """20 person-times of unknown date beside 30 of March and 50 of others: 30/100 to 50/100."""
    table = rates(("2025-03-05", 30), ("2025-04-05", 50), (None, 20, open_field()))

    assert bounds(table.loc["I08"]) == ("queried", 2 / 12, 1)
    assert bounds(table.loc["I09"]) == ("queried", 0.3, 0.5)
    assert table[["rate", "numerator"]].isna().all(axis=None)


def test_a_queried_number_outside_march_may_make_the_share_as_small_as_you_like():
    table = rates(("2025-03-05", 30), ("2025-04-05", 20), ("2025-05-05", None, {"queried_fields": "person_times"}))

    assert table.loc["I08", "status"] == "ok"
    assert bounds(table.loc["I09"]) == ("queried", 0, 0.6)


def test_a_queried_number_of_march_may_make_the_share_nearly_everything():
    table = rates(("2025-03-05", None, {"queried_fields": "person_times"}), ("2025-03-06", 5), ("2025-04-05", 20))

    assert bounds(table.loc["I09"]) == ("queried", 0.2, 1)


def test_a_queried_category_may_be_service_or_not():
    table = rates(("2025-03-05", 10, {"category": None, "queried_fields": "category"}), ("2025-04-05", 30))

    assert bounds(table.loc["I08"]) == ("queried", 1 / 12, 2 / 12)
    assert bounds(table.loc["I09"]) == ("queried", 0, 0.25)


def test_a_queried_date_of_giving_does_not_touch_service():
    table = rates(("2025-04-05", 30), (None, 20, {**open_field(), "category": "hope_project"}))

    assert table["status"].tolist() == ["ok", "ok"]


def test_a_number_known_within_bounds_only_makes_bounds():
    table = rates(("2025-03-05", None, {"inexact_fields": "person_times"}), ("2025-04-05", 20))

    assert bounds(table.loc["I09"]) == ("bounded", 0, 1)


def test_about_so_many_is_approximate():
    assert rates(("2025-03-05", 20, {"inexact_fields": "person_times"})).loc["I09", "status"] == "approximate"


def test_a_blank_number_is_queried_only_where_it_is_asked_about():
    asked = queries_table(query(FIRST, "F2", "person_times"))

    assert rates(("2025-03-05", None), ("2025-04-05", 20)).loc["I09", "status"] == "undefined"
    table = rates(("2025-03-05", None), ("2025-04-05", 20), queries=asked)
    assert table.loc["I09", ["status", "n_open_queries"]].tolist() == ["queried", 1]
    assert table.loc["I08", ["status", "n_open_queries"]].tolist() == ["ok", 0]


def test_blank_dates_count_as_undated():
    assert rates(("2025-03-05", 20), (None, 20)).loc["I08", "status"] == "undefined"
    assert rates(("2025-03-05", 20), (None, 20)).loc["I09", ["numerator", "denominator"]].tolist() == [20, 20]


def test_a_unit_that_sent_no_list_has_not_submitted_and_none_of_its_months_is_zero():
    table = rates(senders=())
    by_month = months(activities(), units(), sample_reference())

    assert table["status"].tolist() == ["not_submitted", "not_submitted"]
    assert by_month[["n_activities", "person_times"]].isna().all(axis=None)
    assert len(by_month) == 12 * len(sample_reference().units)


def test_a_unit_that_says_it_has_nothing_to_report_served_in_no_month():
    nil = queries_table(query(FIRST, "F2", None, rule="M16", treatment="NOTE", state="closed"))
    table = rates(queries=nil)

    assert table.loc["I08", ["numerator", "rate", "status"]].tolist() == [0, 0, "ok"]
    assert table.loc["I09", "status"] == "undefined"


def test_an_empty_list_that_is_asked_about_is_not_taken_for_nothing():
    table = rates(queries=queries_table(query(FIRST, "F2", None, rule="M16")))

    assert bounds(table.loc["I08"]) == ("queried", 0, 1)
    assert table["n_open_queries"].tolist() == [1, 1]


@given(
    st.lists(
        st.tuples(
            st.integers(1, 12),
            st.integers(0, 40),
            st.sampled_from(["known", "date", "person_times"]),
            st.integers(1, 12),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_a_unit_answers_lies_between_the_bounds(lines):
    """Each line: month, person-times, what is queried about it, and the month that the unit will answer."""
    base = ("2025-03-01", 30), ("2025-07-01", 30)
    asked, answered = [], []
    for month, times, queried, told in lines:
        dated = f"2025-{told if queried == 'date' else month:02}"
        answered.append((dated, times))
        names = {"queried_fields": {"date": "activity_date"}.get(queried, queried)} if queried != "known" else {}
        shown = {"date": (None, times), "person_times": (dated, None)}.get(queried, (dated, times))
        asked.append((*shown, names))
    before, after = rates(*base, *asked), rates(*base, *answered)
    for name in ("I08", "I09"):
        low, high = before.loc[name, ["rate_low", "rate_high"]].fillna(before.loc[name, "rate"])
        assert low - 1e-12 <= after.loc[name, "rate"] <= high + 1e-12
