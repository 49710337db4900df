"""The typed tables: one row per line of a form, one column per field; what is queried is null and named."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from analysis.etl.dictionary import conform, load_dictionary
from analysis.etl.typed_tables import TYPED_TABLES, day_span, table_columns, typed_tables
from analysis.records import Fact
from tests.returns import reference

DICTIONARY = load_dictionary(Path(__file__).parents[2] / "data" / "reference" / "tables.csv")


def fact(form, row, item, measure, value=None, text=None, status="reported", unit="LJ-G09", low=None, high=None):
    return Fact(
        2025,
        unit,
        form,
        row,
        item,
        measure,
        value,
        low,
        high,
        text,
        status,
        None,
        "raw",
        "a.xlsx",
        f"表{form[1]}",
        "B7",
    )


def table(name, *facts):
    made = typed_tables(facts, reference())[name]
    return conform(name, made, DICTIONARY)


def test_every_typed_table_has_exactly_the_columns_of_the_dictionary():
    for name, spec in TYPED_TABLES.items():
        assert [column.name for column in DICTIONARY[name]] == table_columns(spec, reference())


def test_a_line_of_a_list_is_one_row_with_numbers_codes_and_dates():
    row = table(
        "activities",
        fact("F2", 1, "", "category", text="elder_care"),
        fact("F2", 1, "", "activity_date", text="2025-03-05/2025-03-08"),
        fact("F2", 1, "", "persons", value=12.0),
        fact("F2", 1, "", "hours", value=30.5),
    ).iloc[0]

    assert (row["unit_code"], row["row"], row["category"]) == ("LJ-G09", 1, "elder_care")
    assert (row["persons"], row["hours"]) == (12.0, 30.5)
    assert row["activity_date"] == "2025-03-05/2025-03-08"
    assert (row["activity_date_from"], row["activity_date_to"]) == (pd.Timestamp(2025, 3, 5), pd.Timestamp(2025, 3, 8))


def test_a_queried_field_is_null_and_named_and_a_bounded_one_is_null_and_named_apart():
    row = table(
        "activities",
        fact("F2", 1, "", "persons", status="queried"),
        fact("F2", 1, "", "person_times", low=50.0, status="bounded"),
        fact("F2", 1, "", "hours", value=20.0, status="approximate"),
    ).iloc[0]

    assert pd.isna(row["persons"])
    assert pd.isna(row["person_times"])
    assert row["hours"] == 20.0
    assert (row["queried_fields"], row["inexact_fields"]) == ("persons", "person_times;hours")


def test_dropped_lines_and_total_lines_are_no_rows():
    made = table(
        "activities",
        fact("F2", 0, "", "persons", value=99.0),
        fact("F2", 1, "", "persons", status="rejected"),
        fact("F2", 2, "", "persons", value=5.0),
    )

    assert list(made["row"]) == [2]


def test_yes_and_no_are_booleans_and_a_blank_is_null():
    made = table(
        "pairings",
        fact("F5", 1, "", "household_no", text="LJ-G09-01"),
        fact("F5", 1, "", "out_of_hardship", text="no"),
        fact("F5", 2, "", "out_of_hardship", text="yes"),
        fact("F5", 3, "", "visits", value=2.0),
    )

    assert [None if pd.isna(value) else bool(value) for value in made["out_of_hardship"]] == [False, True, None]
    assert list(made["visits"].isna()) == [True, True, False]


def test_forms_with_named_lines_have_one_row_per_item_in_the_order_of_the_form():
    made = table(
        "training",
        fact("F4", 0, "test", "passed", value=8.0),
        fact("F4", 0, "law", "sessions", value=3.0),
        fact("F4", 0, "law", "persons", value=40.0),
    )

    assert list(made["item"]) == ["law", "test"]
    assert made.iloc[0]["sessions"] == 3.0
    assert made.iloc[0]["persons"] == 40.0
    assert made.iloc[1]["passed"] == 8.0


def test_the_two_blocks_of_form_seven_give_two_tables():
    facts = [
        fact("F7", 0, "thinking_analysis", "times_due", value=4.0),
        fact("F7", 1, "", "target", text="创建文明处室"),
        fact("F7", 1, "", "responsible_named", text="yes"),
    ]

    assert list(table("institutions", *facts)["item"]) == ["thinking_analysis"]
    targets = table("targets", *facts)
    assert list(targets["target"]) == ["创建文明处室"]
    assert bool(targets.iloc[0]["responsible_named"])


def test_a_measure_that_stands_twice_in_a_line_takes_the_name_of_its_item():
    row = table(
        "exemplars",
        fact("F8", 1, "province", "media_items", value=2.0),
        fact("F8", 1, "own", "media_items", value=6.0),
        fact("F8", 1, "onsite_meeting", "sessions", value=1.0),
    ).iloc[0]

    assert (row["province_media_items"], row["own_media_items"], row["sessions"]) == (2.0, 6.0, 1.0)


def test_units_stand_in_the_order_of_the_register():
    codes = [unit.code for unit in reference().units[:3]]
    facts = [fact("F5", 1, "", "visits", value=1.0, unit=code) for code in reversed(codes)]

    assert list(table("pairings", *facts)["unit_code"]) == codes


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2025-03-05", (2025, 3, 5), (2025, 3, 5)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025", (2025, 1, 1), (2025, 12, 31)),
        ("2025-03/2025-06", (2025, 3, 1), (2025, 6, 30)),
        ("2024-12-30/2025-01", (2024, 12, 30), (2025, 1, 31)),
    ],
)
def test_an_iso_date_covers_all_its_days(text, first, last):
    assert day_span(text) == (dt.datetime(*first), dt.datetime(*last))
