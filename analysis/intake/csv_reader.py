"""A table in a plain text file (comma, semicolon or tab between the fields) -> one sheet without a name."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

from analysis.intake.cells import make_cell, parse_number
from analysis.intake.draft import SheetDraft, Tally
from analysis.intake.limits import broken
from analysis.intake.plain_text import decode_bytes
from analysis.records import Cell, Sheet

_DELIMITERS = (",", "\t", ";")
_SAMPLE_LINES = 50
_TEXT_TRICK = re.compile(r'="(.*)"', re.DOTALL)
_TYPED_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?", re.ASCII)
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def typed_cell(row: int, column: int, text: str) -> Cell | None:
    """Cell of a format without types: what a spreadsheet would take for a plain number on opening is one.

    The text stays as written, so that `42.0` is told as `42.0`.
    """
    if _TYPED_NUMBER.fullmatch(text.strip()):
        cell = make_cell(row, column, parse_number(text))
        return replace(cell, text=text.strip()) if cell else None
    return make_cell(row, column, text)


def find_delimiter(text: str) -> str:
    """The delimiter that gives the most fields in the first lines, comma when none occurs."""
    lines = text.splitlines()[:_SAMPLE_LINES]

    def fields(delimiter: str) -> int:
        try:
            return sum(len(row) - 1 for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=fields)


def read_csv(data: bytes) -> tuple[Sheet, ...]:
    """The one sheet; a record over several lines is one row.

    Raises:
        Unreadable: when the bytes are no text, a quote is never closed, or a limit is passed.
    """
    text = decode_bytes(data)
    if text is None:
        raise broken("the text is in no known encoding")
    named = _NAMED_DELIMITER.match(text)
    delimiter = named[1] if named else find_delimiter(text)
    draft = SheetDraft("", Tally())
    try:
        source = io.StringIO(text[named.end() :] if named else text, newline="")
        for row, values in enumerate(csv.reader(source, delimiter=delimiter), 1):
            for column, value in enumerate(values, 1):
                trick = _TEXT_TRICK.fullmatch(value)
                cell = make_cell(row, column, trick[1]) if trick else typed_cell(row, column, value)
                if cell is not None:
                    draft.add(cell)
    except csv.Error as fault:
        raise broken(f"the table in the text file is damaged ({fault})") from fault
    return (draft.finish(),)
