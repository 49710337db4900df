"""Formulas that a file stored without their value: only a plain SUM over cells we have is computed."""

from __future__ import annotations

import re
from fractions import Fraction

from analysis.records import Cell, Sheet

_SUM = re.compile(r"^=\s*SUM\(([^()]*)\)$", re.IGNORECASE)
_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$", re.IGNORECASE)
_OTHER_FILE = re.compile(r"\[[^\[\]]+\][^\[\]!+\-*/(),=<>&^ ]*!|file:/|'#\$", re.IGNORECASE)
_MOST_CELLS = 10_000


def refers_elsewhere(formula: str) -> bool:
    """Whether a formula takes its value from another file: `=[1]Sheet1!B3`, `='[a.xlsx]表1'!B3`."""
    return _OTHER_FILE.search(formula) is not None


def plain_sum(cell: Cell, sheet: Sheet) -> float | None:
    """Value of `=SUM(A1:A9,B2)` from the cells of the same sheet; null for any other formula.

    Null too when one of the cells holds no number (Excel would leave it out silently), when all of them are blank,
    or when the sum would include the cell itself.
    """
    match = _SUM.match((cell.formula or "").strip())
    if not match:
        return None
    addends: list[Fraction] = []
    for part in match.group(1).split(","):
        values = _values(part.strip(), cell, sheet)
        if values is None:
            return None
        addends += values
    return float(sum(addends, Fraction(0))) if addends else None


def sums_rows(cell: Cell, rows: set[int]) -> bool:
    """Whether a formula is one SUM down a column that takes in all these rows and not its own.

    Any column will do: a program that deletes columns may leave the formulas pointing beside their own.
    """
    match = _SUM.match((cell.formula or "").strip())
    span = _RANGE.match(match.group(1).strip()) if match else None
    if span is None or span.group(4) is None:
        return False
    one = _column(span.group(1)) == _column(span.group(3))
    first, last = int(span.group(2)), int(span.group(4))
    return one and not first <= cell.row <= last and all(first <= row <= last for row in rows)


def _values(text: str, cell: Cell, sheet: Sheet) -> list[Fraction] | None:
    match = _RANGE.match(text)
    if not match:
        return None
    first_column, last_column = _column(match.group(1)), _column(match.group(3) or match.group(1))
    first_row, last_row = int(match.group(2)), int(match.group(4) or match.group(2))
    if (last_row - first_row + 1) * (last_column - first_column + 1) > _MOST_CELLS:
        return None
    found = []
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            other = sheet.cell(row, column)
            if other is None:
                continue
            if (row, column) == (cell.row, cell.column) or isinstance(other.value, bool):
                return None
            if not isinstance(other.value, int | float):
                return None
            found.append(Fraction(str(other.value)))
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
