"""Dates as facts hold them (`2025`, `2025-03`, `2025-03-05`, two with a slash) compared without more than they say."""

from __future__ import annotations

import calendar
import datetime as dt

_MONTHS = 12


def first_day(text: str) -> dt.date:
    """The earliest day that the date can mean."""
    year, month, day = _parts(text.split("/")[0])
    return dt.date(year, month or 1, day or 1)


def last_day(text: str) -> dt.date:
    """The latest day that the date can mean."""
    year, month, day = _parts(text.split("/")[-1])
    month = month or _MONTHS
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def surely_before(one: str, other: str) -> bool:
    """Whether every day that the one can mean lies before every day of the other."""
    return last_day(one) < first_day(other)


def _parts(text: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in text.split("-")]
    year, month, day = (*numbers, 0, 0)[:3]
    return year, month, day
