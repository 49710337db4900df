"""Numbers in a field of dates: the serial day of a spreadsheet, 20250305, 3.5 for 5 March."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from fractions import Fraction

from analysis.etl.date_points import Context, Point, read_point
from analysis.etl.doubts import Doubt

_EPOCH = dt.date(1899, 12, 30)
_TWO_DECIMALS = re.compile(r"[0-9]{1,4}\.[0-9]{2}")


def read_stored_number(value: float, text: str, context: Context) -> Point:
    """A number: a serial day, 20250305, or 3.5 for 5 March; 3.1 may be 1 or 10 March and gives the month.

    A format without types, such as CSV, keeps the nought of 3.10 in the text of the cell.
    """
    typed = text if _TWO_DECIMALS.fullmatch(text) and float(text) == value else format(value, ".15g")
    whole, _, decimals = typed.partition(".")
    if "e" in whole + decimals or "n" in whole or value < 0:
        raise Doubt("M50", "unclear")
    serial = read_serial(int(whole), context)
    if serial:
        return serial
    if not decimals:
        point = read_point(whole, context)
        if point is None or (point.precision == "day" and len(whole) < 6):
            raise Doubt("M50", "unclear")
        return replace(point, ordinary=False)
    if len(decimals) > 2 or len(whole) not in (1, 2, 4):
        raise Doubt("M50", "unclear")
    readings = [_maybe(f"{whole}.{written}", context) for written in _as_typed(decimals)]
    possible = [point for point in readings if point]
    if not possible:
        raise Doubt("M51", "impossible")
    if len(possible) > 1:
        coarse = read_point(f"{whole}年" if len(whole) == 4 else f"{whole}月", context)
        assert coarse
        return replace(coarse, ordinary=False, case="ambiguous")
    return replace(possible[0], ordinary=False)


def _as_typed(decimals: str) -> list[str]:
    """What may have been typed: a number does not keep the nought at the end of 3.10."""
    return [decimals, decimals + "0"] if len(decimals) == 1 else [decimals]


def _maybe(text: str, context: Context) -> Point | None:
    try:
        return read_point(text, context)
    except Doubt:
        return None


def read_serial(number: int, context: Context) -> Point | None:
    """The day with this serial number of a spreadsheet; None outside the days of the list `limit` (M50)."""
    first, last = context.lexicon.limit("date_serial_first"), context.lexicon.limit("date_serial_last")
    if first is None or last is None or not first <= Fraction(number) <= last:
        return None
    day = _EPOCH + dt.timedelta(days=number)
    return Point(day, day, "day", year_said=True, case="serial")
