"""The days of the assessment, against days looked up by hand in the published arrangements and in almanacs."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from analysis.measures.proposal import calendar_of
from analysis.measures.working_days import is_working_day
from analysis.reference.assessment_steps import load_steps
from analysis.reference.holidays import load_holidays
from tests.reference_folder import DATA

HOLIDAYS = load_holidays(DATA)
STEPS = load_steps(DATA)
BY_HAND = {
    2023: {
        "notice": ("2023-12-05", "2023-12-05"),
        "deadline": ("2024-01-15", "2024-01-15"),
        "first_queries": ("2024-01-16", "2024-01-31"),
        "second_queries": ("2024-02-20", "2024-02-20"),
        "freeze": ("2024-02-28", "2024-02-28"),
        "confirmation": ("2024-02-29", "2024-03-04"),  # Thursday, Friday, Monday
        "scores": ("2024-03-01", "2024-03-11"),  # the 10th is a Sunday
        "visits": ("2024-03-11", "2024-03-20"),
        "departments": ("2024-03-18", "2024-03-25"),  # the 16th is a Saturday
        "meeting": ("2024-03-29", "2024-03-29"),  # 31 March is a Sunday: the Friday before
        "public_notice": ("2024-04-01", "2024-04-08"),  # free from Thursday 4 to Saturday 6, Sunday 7 is worked
        "recheck": ("2024-04-09", "2024-04-22"),
        "naming": ("2024-04-23", "2024-04-23"),
    },
    2025: {
        "notice": ("2025-12-05", "2025-12-05"),
        "deadline": ("2026-01-15", "2026-01-15"),
        "first_queries": ("2026-01-16", "2026-02-02"),  # 31 January is a Saturday
        "second_queries": ("2026-02-24", "2026-02-24"),  # the Spring Festival lasts until Monday 23 February
        "freeze": ("2026-02-28", "2026-02-28"),  # a Saturday that is worked
        "confirmation": ("2026-03-02", "2026-03-04"),
        "scores": ("2026-03-02", "2026-03-10"),
        "visits": ("2026-03-11", "2026-03-20"),
        "departments": ("2026-03-16", "2026-03-25"),
        "meeting": ("2026-03-31", "2026-03-31"),
        "public_notice": ("2026-04-01", "2026-04-08"),  # Qingming is free from Saturday 4 to Monday 6
        "recheck": ("2026-04-09", "2026-04-22"),
        "naming": ("2026-04-23", "2026-04-23"),
    },
    2027: {
        "notice": ("2027-12-06", "2027-12-06"),  # the 5th is a Sunday
        "deadline": ("2028-01-17", "2028-01-17"),  # the 15th is a Saturday
        "first_queries": ("2028-01-17", "2028-01-31"),
        "second_queries": ("2028-02-21", "2028-02-21"),
        "freeze": ("2028-02-28", "2028-02-28"),
        "confirmation": ("2028-02-29", "2028-03-02"),
        "scores": ("2028-03-01", "2028-03-10"),
        "visits": ("2028-03-13", "2028-03-20"),
        "departments": ("2028-03-16", "2028-03-27"),
        "meeting": ("2028-03-31", "2028-03-31"),
        "public_notice": ("2028-04-03", "2028-04-10"),  # Qingming is Tuesday 4 April
        "recheck": ("2028-04-11", "2028-04-24"),
        "naming": ("2028-04-25", "2028-04-25"),
    },
}


@pytest.mark.parametrize("year", BY_HAND)
def test_every_step_of_the_assessment_falls_on_the_days_counted_by_hand(year):
    found = {step.code: (step.first.isoformat(), step.last.isoformat()) for step in calendar_of(year, STEPS, HOLIDAYS)}

    assert found == BY_HAND[year]


@pytest.mark.parametrize(
    "year, forecast", [(2023, set()), (2025, set()), (2026, {step.code for step in STEPS} - {"notice"})]
)
def test_days_of_a_year_without_published_arrangement_are_marked_as_a_forecast(year, forecast):
    steps = calendar_of(year, STEPS, HOLIDAYS)

    assert {step.code for step in steps if step.is_forecast} == forecast


@pytest.mark.parametrize("year", range(2019, 2060))
def test_the_meeting_is_never_after_the_end_of_march_and_no_step_ends_before_the_one_before(year):
    steps = calendar_of(year, STEPS, HOLIDAYS)
    days = {step.code: step for step in steps}

    assert days["meeting"].last <= dt.date(year + 1, 3, 31)
    assert days["naming"].last <= dt.date(year + 1, 4, 30)
    assert all(one.last <= other.last for one, other in pairwise(steps))
    assert all(is_working_day(day, HOLIDAYS) for step in steps for day in (step.first, step.last))
