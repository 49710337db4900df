"""What the search for personal data must know of our forms: words of illness, and where a phone may stand."""

from __future__ import annotations

from collections.abc import Callable

from analysis.etl.layout_words import LayoutWords
from analysis.etl.templates import stem
from analysis.etl.text import normal_form
from analysis.records import Cell, Sheet
from analysis.reference import Reference


def privacy_setting(reference: Reference) -> tuple[tuple[str, ...], Callable[[Sheet, Cell], bool]]:
    """Words of illness, and whether a cell is a place for phones: beside the liaison's label or in a signature line."""
    words = tuple(sorted(reference.words.get("health", {})))
    labels = {stem(entry.header_zh) for entry in reference.fields if entry.measure == "liaison_named"}
    footer = LayoutWords(reference.words).footer

    def may_hold_phone(sheet: Sheet, cell: Cell) -> bool:
        if footer(normal_form(cell.text)):
            return True
        left = [other for (row, column), other in sheet.cells.items() if row == cell.row and column < cell.column]
        label = max(left, key=lambda other: other.column, default=None)
        return label is not None and stem(label.text) in labels

    return words, may_hold_phone
