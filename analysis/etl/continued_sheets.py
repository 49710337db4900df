"""Sheets that say that they go on with a table that begins on another sheet (表2续, 续表)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.etl.layout_words import LayoutWords
from analysis.etl.recognise import Recognised
from analysis.etl.text import normal_form
from analysis.records import Sheet

Words = Mapping[str, Mapping[str, str]]
_PATTERNS = "sheet_continued"


def names_continuation(name: str, words: Words) -> bool:
    """Whether the name of a sheet says that it is a continuation."""
    form = normal_form(name)
    return any(re.fullmatch(pattern, form) for pattern in words.get(_PATTERNS, {}))


def is_continuation(sheet: Sheet, seen: Recognised, words: Words) -> bool:
    """Whether a sheet says by its name, or above its first table, that it is a continuation."""
    first = min((block.first_row for block in seen.blocks), default=0)
    continued = LayoutWords(words).continued
    above = (cell.text for (row, _), cell in sheet.cells.items() if row < first)
    return names_continuation(sheet.name, words) or any(continued(normal_form(text)) for text in above)


def same_columns(first: Recognised, second: Recognised, name: str) -> bool:
    """Whether a block stands on both sheets as a list with the same columns in the same order."""
    columns = []
    for seen in (first, second):
        block = next((block for block in seen.blocks if block.template.name == name), None)
        if block is None or block.assignment is None or block.template.shape != "list":
            return False
        columns.append(list(block.assignment.columns.values()))
    return columns[0] == columns[1]
