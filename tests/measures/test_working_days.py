"""Working days, against the published arrangements and almanacs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from analysis.measures.working_days import (
    after_working_days,
    clear_bright,
    is_working_day,
    last_working_day,
    next_working_day,
)
from analysis.reference import ReferenceFault
from analysis.reference.holidays import Holidays, load_holidays
from tests.reference_folder import DATA, copy_reference

DAY = dt.date
LISTED = load_holidays(DATA)
BY_LAW = replace(LISTED, arranged={}, years=frozenset())


@pytest.mark.parametrize(
    "day, open_",
    [
        (DAY(2024, 2, 9), True),  # the eve was a working day in 2024
        (DAY(2024, 2, 18), True),  # a Sunday worked in exchange
        (DAY(2025, 1, 28), False),
        (DAY(2025, 2, 5), True),
        (DAY(2025, 10, 8), False),
        (DAY(2026, 2, 28), True),  # a Saturday worked in exchange
        (DAY(2026, 3, 31), True),
        (DAY(2024, 3, 31), False),  # a Sunday
    ],
)
def test_a_listed_year_follows_the_published_arrangement(day, open_):
    assert is_working_day(day, LISTED) is open_


@pytest.mark.parametrize(
    "year, day",
    [(2023, DAY(2023, 4, 5)), (2024, DAY(2024, 4, 4)), (2025, DAY(2025, 4, 4)), (2026, DAY(2026, 4, 5)),
     (2027, DAY(2027, 4, 5)), (2028, DAY(2028, 4, 4))],
)  # fmt: skip
def test_qingming_is_the_day_of_the_almanac(year, day):
    assert clear_bright(year) == day


def test_qingming_outside_the_century_is_refused():
    with pytest.raises(ValueError, match="2000 to 2099"):
        clear_bright(2104)


@pytest.mark.parametrize(
    "day, open_",
    [
        (DAY(2027, 1, 1), False),
        (DAY(2027, 2, 5), False),  # the eve of 6 February 2027, free by the law since 2025
        (DAY(2027, 2, 8), False),  # the third day of the first month
        (DAY(2027, 2, 9), False),  # made up for the first day of the year, a Saturday
        (DAY(2027, 2, 10), False),  # and for the second, a Sunday
        (DAY(2027, 2, 11), True),
        (DAY(2027, 6, 9), False),  # the fifth of the fifth month
        (DAY(2027, 9, 15), False),  # the fifteenth of the eighth month
        (DAY(2027, 5, 3), False),  # 1 and 2 May are a weekend
        (DAY(2027, 5, 4), False),
        (DAY(2027, 5, 5), True),
        (DAY(2022, 1, 3), False),  # 1 January 2022 was a Saturday
        (DAY(2020, 10, 2), False),
        (DAY(2020, 10, 5), False),  # Mid-Autumn fell on 1 October and the third of it on a Saturday
        (DAY(2020, 10, 6), False),
        (DAY(2020, 10, 7), True),
        (DAY(2024, 2, 9), True),  # the law before 2025 left the eve
        (DAY(2024, 2, 12), False),
        (DAY(2024, 2, 14), False),  # the first two of the three days were a weekend
        (DAY(2024, 2, 15), True),
    ],
)
def test_a_year_that_is_not_listed_follows_the_law_in_force(day, open_):
    assert is_working_day(day, BY_LAW) is open_


def test_31_march_2024_was_a_sunday_so_a_step_due_by_it_is_on_friday_and_one_due_from_it_on_monday():
    assert last_working_day(DAY(2024, 3, 31), LISTED) == DAY(2024, 3, 29)
    assert next_working_day(DAY(2024, 3, 31), LISTED) == DAY(2024, 4, 1)


def test_five_working_days_of_public_notice_step_over_the_holiday_and_the_weekend():
    # 2 April 2026 is a Thursday; Qingming is free from Saturday 4 to Monday 6 April
    assert after_working_days(DAY(2026, 4, 2), 5, LISTED) == DAY(2026, 4, 10)


def test_a_term_of_no_days_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        after_working_days(DAY(2026, 4, 2), 0, LISTED)


@pytest.mark.parametrize(
    "name, line, english",
    [
        ("holidays.csv", "2027-02-10,2027-02-05,holiday,春节,x", "2027-02-10 to 2027-02-05"),
        ("holidays.csv", "2026-01-02,2026-01-05,holiday,元旦,x", "2026-01-02 stands in line"),
        ("holidays.csv", "2027-02-10,2027-02-10,workday,调休,x", "no weekend day"),
        ("holiday_rules.csv", "植树节,solar,13,1,1,yes,,,x", "month 13"),
        ("holiday_rules.csv", "植树节,stellar,3,12,1,yes,,,x", "stellar"),
    ],
)
def test_nonsense_in_the_files_is_refused_by_file_and_line(tmp_path, name, line, english):
    data = copy_reference(tmp_path)
    with (data / "reference" / name).open("a", encoding="utf-8") as sink:
        sink.write(line + "\n")
    with pytest.raises(ReferenceFault) as refused:
        load_holidays(data)
    last = len((data / "reference" / name).read_text(encoding="utf-8").splitlines())
    assert any(fault.line == last and english in fault.english for fault in refused.value.faults)


def test_days_listed_one_by_one_are_all_free():
    assert isinstance(LISTED, Holidays)
    assert all(not is_working_day(DAY(2026, 2, day), LISTED) for day in range(15, 24))


def days_of(year):
    return [DAY(year, 1, 1) + dt.timedelta(days=count) for count in range((DAY(year + 1, 1, 1) - DAY(year, 1, 1)).days)]


@pytest.mark.parametrize(
    "year, count",
    [(2020, 251), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)  # fmt: skip
def test_a_forecast_has_as_many_working_days_as_the_year_then_had(year, count):
    """The sums of the published calendars: days taken in exchange change places, never the number."""
    assert sum(is_working_day(day, BY_LAW) for day in days_of(year)) == count


@pytest.mark.parametrize("year", range(2025, 2060))
def test_every_day_of_the_law_is_a_weekday_off_in_any_year(year):
    """13 days since 2025, none lost to a weekend or to another holiday."""
    weekdays = [day for day in days_of(year) if day.weekday() < 5]
    off = [day for day in weekdays if not is_working_day(day, BY_LAW)]

    assert len(off) == 13


@pytest.mark.parametrize(
    "year, free, worked",
    [
        (2023, "01-26 01-27 05-02 05-03 06-23 10-05 10-06", "01-28 01-29 04-23 05-06 06-25 10-07 10-08"),
        (2024, "02-15 02-16 04-05 05-02 05-03 09-16 10-04 10-07", "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
        (2025, "02-03 02-04 05-05 10-07 10-08", "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-02 02-20 02-23 05-05 10-06 10-07", "01-04 02-14 02-28 05-09 09-20 10-10"),
    ],
)
def test_a_forecast_differs_from_what_was_published_in_the_days_taken_in_exchange_alone(year, free, worked):
    """Days that the arrangement freed, and weekend days worked for them, read from the published notices."""
    differ = [day for day in days_of(year) if is_working_day(day, BY_LAW) != is_working_day(day, LISTED)]

    assert [day.strftime("%m-%d") for day in differ if is_working_day(day, BY_LAW)] == free.split()
    assert [day.strftime("%m-%d") for day in differ if is_working_day(day, LISTED)] == worked.split()
