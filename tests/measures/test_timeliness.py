"""I35: which forms came in time. The deadline of the 2025 returns is 15 January 2026."""

import datetime as dt
from dataclasses import replace

from analysis.measures.timeliness import forms_due, on_time_rates
from tests.measures.hand_tables import sample_reference, submissions_table

TITLED, UNTITLED = "LJ-G04", "LJ-P06"
EVERY = "F1;F2;F3;F4;F5;F6;F7;F8"


def row_of(unit, *files):
    """`files`: name, forms, state and time of receipt, null when nobody noted it."""
    times = {name: dt.datetime.fromisoformat(time) for name, _, _, time in files if time}
    reference = replace(sample_reference(), received=times)
    sent = [{"file": name, "unit_code": unit, "forms": forms, "state": state} for name, forms, state, _ in files]
    table = on_time_rates(submissions_table(*sent), reference)
    return table[table["unit_code"] == unit].iloc[0]


def test_f5_is_due_from_titled_units_only():
    reference = sample_reference()

    assert len(forms_due(reference.unit(TITLED), reference)) == 8
    assert forms_due(reference.unit(UNTITLED), reference) == {"F1", "F2", "F3", "F4", "F6", "F7", "F8"}


def test_the_day_of_the_deadline_is_in_time_to_its_last_minute():
    row = row_of(TITLED, ("a.xlsx", EVERY, "accepted", "2026-01-15T23:59:00"))

    assert row[["numerator", "denominator", "rate", "status"]].tolist() == [8, 8, 1.0, "ok"]


def test_forms_that_came_apart_count_each_for_itself():
    row = row_of(
        TITLED,
        ("a.xlsx", "F1;F2;F3", "accepted", "2026-01-10T09:00:00"),
        ("b.xlsx", "F4;F6", "quarantined", "2026-01-16T00:01:00"),
    )

    assert row[["numerator", "denominator", "rate"]].tolist() == [3, 8, 0.375]


def test_a_form_that_is_not_due_counts_neither_way():
    row = row_of(UNTITLED, ("a.xlsx", EVERY, "accepted", "2026-01-10T09:00:00"))

    assert row[["numerator", "denominator"]].tolist() == [7, 7]


def test_a_form_whose_time_nobody_noted_may_have_been_in_time():
    row = row_of(
        TITLED, ("a.xlsx", "F1;F2;F3;F4", "accepted", "2026-01-10T09:00:00"), ("b.xlsx", "F5;F6", "accepted", None)
    )

    assert row[["status", "rate_low", "rate_high"]].tolist() == ["bounded", 0.5, 0.75]


def test_a_correction_after_the_deadline_does_not_make_the_first_version_late():
    row = row_of(
        TITLED,
        ("a.xlsx", "", "superseded", "2026-01-10T09:00:00"),
        ("b.xlsx", EVERY, "accepted", "2026-01-20T09:00:00"),
    )

    assert row[["status", "rate_low", "rate_high"]].tolist() == ["bounded", 0.0, 1.0]


def test_a_unit_that_sent_nothing_counts_in_the_city_and_shows_no_rate():
    row = row_of(TITLED)

    assert row[["numerator", "denominator", "status"]].tolist() == [0, 8, "not_submitted"]
    assert row[["rate"]].isna().all()


def test_a_file_that_was_sent_back_delivers_nothing():
    assert row_of(TITLED, ("a.xlsx", "", "returned", "2026-01-10T09:00:00"))["status"] == "not_submitted"


def test_a_file_in_an_archive_came_when_the_archive_came():
    times = {"a.zip": dt.datetime(2026, 1, 15, 8, 0)}
    sent = {"file": "a.zip!in/a.xlsx", "unit_code": TITLED, "forms": EVERY, "state": "accepted"}
    table = on_time_rates(submissions_table(sent), replace(sample_reference(), received=times))

    assert table.set_index("unit_code").loc[TITLED, "rate"] == 1
