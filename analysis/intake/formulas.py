"""Formulas as text: children of a shared formula, and the OpenDocument way of writing references."""

from __future__ import annotations

import re

from analysis.intake.limits import MAX_COLUMN, MAX_ROW
from analysis.records import column_letters

_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.$!:])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![A-Za-z0-9_.(!])")
_RANGE_END = re.compile(r"(?<=:)(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![A-Za-z0-9_.(!])")
_NOT_SIMPLE = frozenset("\"'[]{}!#")
_OPEN_REFERENCE = re.compile(r"\[([^\[\]]*)\]")


def column_number(letters: str) -> int:
    """1-based number of column letters: A -> 1, AB -> 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def shift_formula(formula: str, rows: int, columns: int) -> str | None:
    """The formula as it reads that many rows below and columns to the right.

    None when the formula holds anything but plain references, numbers and functions, or would leave the sheet.
    """
    if _NOT_SIMPLE & set(formula):
        return None
    outside = False

    def moved(match: re.Match[str]) -> str:
        nonlocal outside
        fixed_column, letters, fixed_row, digits = match.groups()
        column = column_number(letters) + (0 if fixed_column else columns)
        row = int(digits) + (0 if fixed_row else rows)
        outside = outside or not (1 <= column <= MAX_COLUMN and 1 <= row <= MAX_ROW)
        return f"{fixed_column}{column_letters(column)}{fixed_row}{row}"

    shifted = _RANGE_END.sub(moved, _REFERENCE.sub(moved, formula))
    return None if outside else shifted


def plain_open_formula(formula: str) -> str:
    """An OpenDocument formula in the spelling of Excel: `of:=SUM([.A1:.A3])` -> `=SUM(A1:A3)`."""
    text = formula.partition("=")[2] if ":=" in formula[:12] else formula.removeprefix("=")

    def reference(match: re.Match[str]) -> str:
        inside = match[1]
        if inside.startswith("."):
            return inside.replace(".", "")
        sheet, _, cell = inside.rpartition(".") if ":" not in inside else inside.partition(":")[0].rpartition(".")
        rest = inside[len(sheet) + 1 + len(cell) :].replace(".", "")
        return f"{sheet.lstrip('$')}!{cell}{rest}" if sheet else inside

    return "=" + _OPEN_REFERENCE.sub(reference, text).replace(";", ",")
