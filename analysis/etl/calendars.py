"""Days that are not written as a date: lunar days and named days -> the day of our calendar."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from analysis.etl.doubts import Doubt
from analysis.etl.lexicon import Lexicon
from analysis.etl.numerals import read_numeral

_LUNAR = re.compile(r"(闰?)(.{1,2})月(初?)([0-9一二三四五六七八九十廿]{1,3})日?")
_MONTHS = range(1, 13)


def read_lunar(text: str, year: int, lexicon: Lexicon, *, year_said: bool) -> dt.date | None:
    """The day of `农历九月初九`, 正月十五 or 腊月廿三 that lies in the year; None when the text is no lunar day.

    Raises Doubt when no such day lies in the year, or two do, or a year was written and may be the lunar one.
    """
    core, marked = _without_mark(text, lexicon)
    match = _LUNAR.fullmatch(core)
    if not match:
        return None
    leap, month_text, first_ten, day_text = match.groups()
    named_month = lexicon.meaning("lunar_month", month_text)
    if not (marked or named_month or first_ten):
        return None
    month = int(named_month) if named_month else _small(month_text)
    day = _small(day_text)
    if month is None or month not in _MONTHS or day is None:
        raise Doubt("M51", "impossible")
    days = {
        lunar_year: solar
        for lunar_year in (year - 1, year)
        if (solar := solar_of_lunar(lunar_year, month, day, leap=bool(leap)))
    }
    inside = [solar for solar in days.values() if solar.year == year]
    if len(inside) != 1 or (year_said and days.get(year) != inside[0]):
        raise Doubt("M50", "unclear")
    return inside[0]


def _without_mark(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    """The text without 农历 before or behind it, and whether it was there."""
    start = lexicon.start("lunar_mark", text)
    if start:
        return text[len(start) :], True
    end = lexicon.end("lunar_mark", text.removesuffix(")"))
    if end and text.endswith(f"({end})"):
        return text[: -len(end) - 2], True
    return text, False


def _small(text: str) -> int | None:
    numeral = read_numeral(text)
    return int(numeral.value) if numeral and numeral.value.denominator == 1 else None


def solar_of_lunar(year: int, month: int, day: int, *, leap: bool = False) -> dt.date | None:
    """The day of our calendar; None when the lunar year has no such day."""
    from lunardate import LunarDate  # needed by few files

    try:
        return dt.date.fromordinal(LunarDate(year, month, day, leap).to_solar_date().toordinal())
    except ValueError:
        return None


def named_day(meaning: str, year: int) -> dt.date:
    """The day that a line of the list `named_day` means in the year.

    `day:3-5` is 5 March, `lunar:9-9` the lunar day that lies in the year, `nth:5-2-7` the second Sunday of May.
    Raises Doubt when a lunar day does not lie in the year once.
    """
    kind, _, numbers = meaning.partition(":")
    first, second, *more = (int(number) for number in numbers.split("-"))
    if kind == "lunar":
        days = (solar_of_lunar(lunar_year, first, second) for lunar_year in (year - 1, year))
        inside = [day for day in days if day and day.year == year]
        if len(inside) != 1:
            raise Doubt("M50", "unclear")
        return inside[0]
    if kind == "nth":
        offset = (more[0] - dt.date(year, first, 1).isoweekday()) % 7
        return dt.date(year, first, 1 + offset + 7 * (second - 1))
    return dt.date(year, first, second)


def end_of_month(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])
