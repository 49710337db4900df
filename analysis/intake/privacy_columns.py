"""Columns headed 姓名, 户主, 捐款人: all of their cells name persons, whatever they say."""

from __future__ import annotations

from analysis.intake.privacy_words import PersonalWords
from analysis.records import Cell, Sheet

_LONGEST_NAME = 15
Place = tuple[int, int]


def name_column_places(sheet: Sheet, words: PersonalWords) -> set[Place]:
    """Places below such a heading, down to the first long text or field with a colon, and a name right beside one."""
    headings = [
        cell
        for cell in sheet.cells.values()
        if isinstance(cell.value, str) and words.names.header(words.normal(cell.text))
    ]
    places: set[Place] = set()
    for heading in headings:
        beside = sheet.cell(heading.row, heading.column + 1)
        if beside and words.names.alone(words.normal(beside.text)):
            places.add((beside.row, beside.column))
        if any(row == heading.row and column != heading.column for row, column in sheet.cells):
            places |= _below(sheet, heading, words)
    return places


def _below(sheet: Sheet, heading: Cell, words: PersonalWords) -> set[Place]:
    never = words.lists.get("not_in_name_column", {})
    places: set[Place] = set()
    for place in sorted(place for place in sheet.cells if place[1] == heading.column and place[0] > heading.row):
        text = words.normal(sheet.cells[place].text)
        if ":" in text or len(text) > _LONGEST_NAME:
            break
        if text not in never and not words.names.header(text) and not text.isascii():
            places.add(place)
    return places
