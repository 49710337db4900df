"""The report year that a return names above its tables, and what becomes of one of another year (M11)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.etl.recognise import Recognised
from analysis.etl.text import normal_form
from analysis.records import Sheet, Workbook
from analysis.reference import Reference

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PATTERNS = "report_year"


def report_years(sheet: Sheet, patterns: Mapping[str, str], first_row: int) -> set[int]:
    """Years that the rows above `first_row` name as the report year (`2025年度`, `二〇二五年度`).

    `patterns` are regular expressions on normal forms whose first group is the year in four digits or numerals.
    """
    found = set()
    for (row, _), cell in sheet.cells.items():
        if row < max(first_row, 2) and isinstance(cell.value, str):
            form = normal_form(cell.text)
            years = (match.group(1) for pattern in patterns for match in re.finditer(pattern, form))
            found |= {int(year.translate(_DIGITS)) for year in years}
    return found


def years_by_sheet(workbook: Workbook, seen: Mapping[str, Recognised], reference: Reference) -> dict[str, set[int]]:
    """Sheet -> the years that stand above its first block; sheets without a year are left out."""
    patterns = reference.words.get(_PATTERNS, {})
    found: dict[str, set[int]] = {}
    for sheet in workbook.sheets:
        blocks = seen[sheet.name].blocks
        years = report_years(sheet, patterns, blocks[0].first_row) if blocks else set()
        if years:
            found[sheet.name] = years
    return found


def other_years(years: Mapping[str, set[int]], year: int) -> tuple[set[str], str]:
    """Sheets of another report year than the one asked for, and the years in words when all sheets are of others."""
    wrong = {name for name, said in years.items() if year not in said}
    whole = bool(wrong) and wrong == set(years)
    return wrong, "、".join(map(str, sorted(set().union(*years.values())))) if whole else ""
