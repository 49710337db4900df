"""Working days of the offices, in any year: which day is one, which is the next, and when so many have passed."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from analysis.etl.calendars import solar_of_lunar
from analysis.reference.holidays import HolidayRule, Holidays

ONE_DAY = dt.timedelta(days=1)
WEEKEND = 5  # Saturday, counted from Monday as 0
# Qingming in the 21st century: the formula of the Purple Mountain Observatory, day = [0.2422 Y + 4.81] - [Y / 4]
TERM_DRIFT, TERM_START, CENTURY = 0.2422, 4.81, 2000


def is_working_day(day: dt.date, holidays: Holidays) -> bool:
    """Whether the offices are open.

    By the published arrangement where the year is listed; else by the holidays of the law, the days that make up for
    those on a weekend, and the weekends, which is a forecast: days taken in exchange, and weekends worked for them, are
    published only late in the year before.

    Raises:
        ValueError: the year is not listed and lies outside 2000-2099, for which the law's days are not computed.
    """
    if day in holidays.arranged:
        return not holidays.arranged[day]
    if day.weekday() >= WEEKEND:
        return False
    return day.year in holidays.years or day not in _days_of_law(day.year, holidays.rules)


def next_working_day(day: dt.date, holidays: Holidays) -> dt.date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day, holidays):
        day += ONE_DAY
    return day


def last_working_day(day: dt.date, holidays: Holidays) -> dt.date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_working_day(day, holidays):
        day -= ONE_DAY
    return day


def after_working_days(day: dt.date, count: int, holidays: Holidays) -> dt.date:
    """The last day of a term of `count` working days that begins on the day after `day`.

    Raises:
        ValueError: count < 1.
    """
    if count < 1:
        raise ValueError(f"count must be 1 or more, found {count}")
    for _ in range(count):
        day = next_working_day(day + ONE_DAY, holidays)
    return day


@lru_cache(maxsize=64)
def _days_of_law(year: int, rules: tuple[HolidayRule, ...]) -> frozenset[dt.date]:
    """The days of the law, and for each that is lost to a weekend or to another holiday the next working day."""
    days = sorted(
        (_first_day(rule, year) + dt.timedelta(days=count), rule.made_up)
        for rule in rules
        if rule.holds(year)
        for count in range(rule.days)
    )
    free = {day for day, _ in days}
    lost = [
        day
        for place, (day, made_up) in enumerate(days)
        if made_up and (day.weekday() >= WEEKEND or day in (earlier for earlier, _ in days[:place]))
    ]
    for day in lost:
        while day.weekday() >= WEEKEND or day in free:
            day += ONE_DAY
        free.add(day)
    return frozenset(free)


def _first_day(rule: HolidayRule, year: int) -> dt.date:
    if rule.kind == "solar":
        return dt.date(year, rule.month, rule.day)
    if rule.kind == "clear_bright":
        return clear_bright(year)
    found = solar_of_lunar(year, rule.month, rule.day)
    if found is None:
        raise ValueError(f"{rule.name}: no lunar day {rule.month}-{rule.day} in {year}")
    return found - ONE_DAY if rule.kind == "lunar_eve" else found


def clear_bright(year: int) -> dt.date:
    """Qingming (清明) of a year from 2000 to 2099."""
    if not CENTURY <= year < CENTURY + 100:
        raise ValueError(f"Qingming is computed for {CENTURY} to {CENTURY + 99} only, found {year}")
    place = year - CENTURY
    return dt.date(year, 4, int(place * TERM_DRIFT + TERM_START) - place // 4)
