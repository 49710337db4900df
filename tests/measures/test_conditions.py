"""Whether a line meets a filter: yes, no, or why it is not known."""

import pytest

from analysis.measures.conditions import meets
from analysis.measures.lines import Line, Value
from analysis.reference.definitions import parse_conditions

TYPES = {
    "due_date": "date",
    "done_date": "date",
    "rect_status": "list",
    "named": "yes_no",
    "note": "text",
    "visits": "count",
}


def text(words, status="reported"):
    return Value(status, None, None, None, words)


def number(value, status="reported", low=None, high=None):
    return Value(status, value, low, high, "")


def answer(filters, asked=(), **values):
    return meets(Line(1, values, frozenset(asked)), parse_conditions(filters), TYPES, 2025)


@pytest.mark.parametrize(
    "date, expected",
    [("2025-12-31", "yes"), ("2026-01-01", "no"), ("2025-12", "yes"), ("2025-12-30/2026-01-02", "bounded")],
)
def test_a_date_against_the_end_of_the_year(date, expected):
    assert answer("due_date <= year_end", due_date=text(date)) == expected


def test_a_date_against_the_start_of_the_year():
    assert answer("due_date >= year_start", due_date=text("2024-12-31")) == "no"
    assert answer("due_date >= year_start", due_date=text("2025")) == "yes"


def test_a_date_against_another_that_is_blank_does_not_hold():
    assert answer("done_date <= due_date", done_date=text("2025-03-01")) == "no"
    assert answer("done_date <= due_date", asked=["due_date"], done_date=text("2025-03-01")) == "queried"


def test_what_is_blank_is_no_code_and_not_another_either():
    assert answer("rect_status = closed") == "no"
    assert answer("rect_status != long_term") == "yes"
    assert answer("rect_status = closed", asked=["rect_status"]) == "queried"


def test_what_is_blank_is_not_filled_even_while_it_is_asked_about():
    assert answer("note filled", asked=["note"]) == "no"
    assert answer("note filled", note=text("", "not_applicable")) == "no"
    assert answer("note filled", note=text("", "queried")) == "queried"


def test_a_yes_or_no_field_is_filled_by_yes():
    assert answer("named filled", named=text("yes")) == "yes"
    assert answer("named filled", named=text("no")) == "no"


@pytest.mark.parametrize(
    "value, expected",
    [
        (number(1.0), "yes"),
        (number(0.0), "no"),
        (number(None, "bounded", low=1.0), "yes"),
        (number(None, "bounded", high=3.0), "bounded"),
        (number(None, "queried"), "queried"),
    ],
)
def test_a_number_within_bounds_may_or_may_not_reach_a_limit(value, expected):
    assert answer("visits >= 1", visits=value) == expected


def test_one_sure_no_outweighs_what_is_open():
    assert answer("rect_status = closed and note filled", note=text("", "queried"), rect_status=text("done")) == "no"


def test_an_open_question_outweighs_a_date_that_is_rough():
    line = {"due_date": text("2025-12-30/2026-01-02"), "note": text("", "queried")}

    assert answer("due_date <= year_end and note filled", **line) == "queried"
