"""One stored cell of an xlsx sheet -> `Cell`: by its type letter, its style, its formula and its stored result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.intake.cells import (
    date_of_serial,
    error_cell,
    formula_cell,
    make_cell,
    parse_number,
    plain_date,
)
from analysis.intake.formats import telling_format
from analysis.intake.limits import broken
from analysis.intake.xlsx_strings import RichText, decode_text
from analysis.intake.xlsx_styles import PLAIN_LOOK, Look
from analysis.intake.xml_stream import is_true
from analysis.records import Cell, CellValue, address


@dataclass(frozen=True, slots=True)
class Stored:
    """A cell as the sheet's XML has it. `raw` is None without a `<v>`; `inline` is the text of an `<is>`."""

    row: int
    column: int
    type: str
    style: int
    raw: str | None
    inline: RichText | None = None
    has_formula: bool = False
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets refer to."""

    strings: Sequence[RichText] = ()
    looks: Sequence[Look] = ()
    since_1904: bool = False

    def look(self, style: int) -> Look:
        return self.looks[style] if 0 <= style < len(self.looks) else PLAIN_LOOK

    def string(self, raw: str, place: str) -> RichText:
        """A shared text.

        Raises:
            Unreadable: when the cell names a text that is not in the file.
        """
        if not raw.strip().isdigit() or int(raw) >= len(self.strings):
            raise broken(f"cell {place} refers to a text that is not in the file")
        return self.strings[int(raw)]


def cell_of(stored: Stored, book: Book) -> Cell | None:
    """The cell, or None when nothing would be seen in it.

    Raises:
        Unreadable: when it refers to a shared text that is not there.
    """
    look = book.look(stored.style)
    empty = stored.raw is None or (stored.raw == "" and stored.type != "str")
    if stored.has_formula and empty and stored.inline is None:
        cell: Cell | None = formula_cell(stored.row, stored.column, stored.formula, telling_format(look.number_format))
    elif stored.type == "e":
        text = (stored.raw or "").strip()
        cell = error_cell(stored.row, stored.column, text, stored.formula) if text else None
    else:
        cell = _value_cell(stored, book, look)
    if cell and (look.struck or look.marked):
        return replace(cell, struck=cell.struck or look.struck, marked=look.marked)
    return cell


def _value_cell(stored: Stored, book: Book, look: Look) -> Cell | None:
    raw = stored.raw or ""
    rich = stored.inline
    if stored.type == "s" and raw.strip():
        rich = book.string(raw, address(stored.row, stored.column))
    if rich is not None or stored.type in {"s", "str", "inlineStr"}:
        rich = rich or RichText(decode_text(raw))
        cell = make_cell(stored.row, stored.column, rich.text, formula=stored.formula)
        return replace(cell, struck=True) if cell and rich.struck else cell
    value = _plain_value(stored.type, raw, look, book.since_1904)
    code = telling_format(look.number_format) if not isinstance(value, str | bool) else None
    return make_cell(stored.row, stored.column, value, number_format=code, formula=stored.formula)


def _plain_value(type_letter: str, raw: str, look: Look, since_1904: bool) -> CellValue:
    if type_letter == "b" and raw.strip():
        return is_true(raw.strip().lower())
    if type_letter == "d":
        return _iso_value(raw)
    number = parse_number(raw)
    if number is None:
        return decode_text(raw)
    dated = date_of_serial(number, look.kind, since_1904=since_1904)
    return number if dated is None else dated


def _iso_value(raw: str) -> CellValue:
    """Date or time of the strict edition; text when it is none."""
    try:
        if "-" not in raw:
            return dt.time.fromisoformat(raw.strip()).replace(tzinfo=None)
        return plain_date(dt.datetime.fromisoformat(raw.strip()).replace(tzinfo=None))
    except ValueError:
        return raw
