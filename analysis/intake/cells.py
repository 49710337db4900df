"""From a stored value to a `Cell`: its kind, its text as a person would copy it, dates from serial numbers."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from analysis.intake.formats import FormatKind
from analysis.records import Cell, CellKind, CellValue

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_EXACT_DIGITS = 15
_PLAIN_BELOW = 1e21
_LAST_SERIAL = 2_958_466  # 1 January 10000
_FALSE_LEAP_DAY = 60  # Excel counts a 29 February 1900
_EPOCH_1900, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)


def parse_number(text: str) -> int | float | None:
    """Number written in plain ASCII digits, as spreadsheet files store it; None when the text is no such number."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    if text.lstrip("+-").isdigit() and len(text) <= _EXACT_DIGITS:
        return int(text)
    number = float(text)
    return number if abs(number) != float("inf") else None


def number_text(value: int | float) -> str:
    """Shortest digits that give the number back, 15 at most: 42.0 -> `42`, 0.1 -> `0.1`; no exponent below 1e21."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < _PLAIN_BELOW:
        return str(int(Decimal(repr(value))))  # not the digits of the binary number
    return repr(float(f"{value:.{_EXACT_DIGITS}g}"))


def value_text(value: CellValue) -> str:
    """The value as a person would copy it: ISO dates, `TRUE`, hours:minutes:seconds of a duration."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value if isinstance(value, str) else value.isoformat()


def value_kind(value: CellValue) -> CellKind:
    """Kind of a value that is neither an error nor a formula without result."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, dt.date):
        return "date"
    return "time" if isinstance(value, dt.time | dt.timedelta) else "text"


def date_of_serial(serial: float, kind: FormatKind, *, since_1904: bool = False) -> CellValue:
    """Date, time or duration that a number means under a format of that kind.

    A date without a time of day comes as `date`. None when the number is no such date (negative, zero, the
    29 February 1900 that never was, beyond the year 9999): the caller then keeps the number.
    """
    if kind == "number" or not 0 <= serial < _LAST_SERIAL:
        return None
    milliseconds = round(serial * 86_400_000)
    if kind == "duration":
        return dt.timedelta(milliseconds=milliseconds)
    if kind == "time" and serial < 1:
        return (dt.datetime.min + dt.timedelta(milliseconds=milliseconds % 86_400_000)).time()
    if not since_1904:
        if serial < 1 or int(serial) == _FALSE_LEAP_DAY:
            return None
        milliseconds += 86_400_000 if serial < _FALSE_LEAP_DAY else 0
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH_1900) + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return plain_date(moment)


def plain_date(moment: dt.datetime) -> dt.date | dt.datetime:
    """The date alone when the time of day is midnight."""
    return moment.date() if moment.time() == dt.time() else moment


def make_cell(
    row: int, column: int, value: CellValue, *, number_format: str | None = None, formula: str | None = None
) -> Cell | None:
    """Cell with kind and text made from its value; None when nothing but white space would be seen."""
    text = value_text(value)
    if not text.strip():
        return None
    return Cell(row, column, value, text, value_kind(value), formula, number_format=number_format)


def error_cell(row: int, column: int, text: str, formula: str | None = None) -> Cell:
    """Cell that shows an error such as `#REF!`."""
    return Cell(row, column, text, text, "error", formula)


def formula_cell(row: int, column: int, formula: str | None, number_format: str | None = None) -> Cell:
    """Cell with a formula but without a stored result; the text is the formula, `=` when it is not known."""
    return Cell(row, column, None, formula or "=", "formula", formula, number_format=number_format)
