"""Cells and styles of an OpenDocument spreadsheet: stored attributes -> `Cell`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from analysis.intake.cells import error_cell, formula_cell, make_cell, parse_number, plain_date
from analysis.intake.formulas import plain_open_formula
from analysis.intake.limits import MAX_COLUMN, MAX_ROW
from analysis.records import Cell, CellValue

_DURATION = re.compile(r"(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?", re.ASCII)
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|Err:\d{3}", re.ASCII)
_NUMBERS = {"float", "percentage", "currency"}
_PERCENT = "0%"
_STRUCK_KEYS = ("style:text-line-through-style", "style:text-line-through-type")


@dataclass
class OpenStyles:
    """Automatic and named styles, as far as they matter. Fed with the events before the first table."""

    hidden_tables: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)
    _name: str = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        """One style element; attributes have prefixed names."""
        if tag == "style:style":
            self._name = given.get("style:name", "")
            if given.get("style:parent-style-name") in self.struck:
                self.struck.add(self._name)
        elif tag == "style:table-properties" and given.get("table:display") == "false":
            self.hidden_tables.add(self._name)
        elif tag == "style:text-properties":
            lines = [given[key] for key in _STRUCK_KEYS if key in given]
            if any(line != "none" for line in lines):
                self.struck.add(self._name)
            elif lines:
                self.struck.discard(self._name)

    def end(self, tag: str) -> None:
        """The end of an element outside of tables."""
        if tag == "style:style":
            self._name = ""


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell as the file has it. `spans` are rows and columns of a merged range, None for a single cell."""

    type: str
    value: str
    style: str
    formula: str | None
    repeated: int
    spans: tuple[int, int] | None
    covered: bool
    is_error: bool
    struck: bool = False

    @property
    def has_content(self) -> bool:
        return bool(self.type or self.formula)

    @classmethod
    def from_attributes(cls, given: dict[str, str], *, covered: bool) -> OpenCell:
        """Read the attributes, which have prefixed names."""
        values = ("value", "date-value", "time-value", "boolean-value", "string-value")
        rows = _count(given.get("table:number-rows-spanned"), MAX_ROW)
        columns = _count(given.get("table:number-columns-spanned"), MAX_COLUMN)
        return cls(
            type=given.get("office:value-type", ""),
            value=next((given[f"office:{key}"] for key in values if f"office:{key}" in given), ""),
            style=given.get("table:style-name", ""),
            formula=given.get("table:formula"),
            repeated=_count(given.get("table:number-columns-repeated"), MAX_COLUMN),
            spans=(rows, columns) if rows * columns > 1 else None,
            covered=covered,
            is_error=given.get("calcext:value-type") == "error",
        )


def _count(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdigit() and len(text) < 9 else 1


def cell_of(stored: OpenCell, text: str, styles: OpenStyles) -> Cell | None:
    """The cell at row 1, column 1 (the caller places it), or None when nothing would be seen in it."""
    formula = plain_open_formula(stored.formula) if stored.formula else None
    error = stored.is_error or (formula is not None and _ERROR.fullmatch(text.strip()) is not None)
    if error and text.strip():
        cell: Cell | None = error_cell(1, 1, text.strip(), formula)
    elif formula and not stored.type and not text.strip():
        cell = formula_cell(1, 1, formula)
    else:
        code = _PERCENT if stored.type == "percentage" else None
        cell = make_cell(1, 1, _value(stored, text), number_format=code, formula=formula)
    struck = stored.struck or stored.style in styles.struck
    return replace(cell, struck=True) if cell and struck else cell


def _value(stored: OpenCell, text: str) -> CellValue:
    if stored.type == "boolean":
        return stored.value == "true"
    if stored.type in _NUMBERS:
        number = parse_number(stored.value)
        return text if number is None else number
    if stored.type == "date":
        return _date(stored.value, text)
    if stored.type == "time":
        return _duration(stored.value, text)
    return text or stored.value


def _date(value: str, text: str) -> CellValue:
    try:
        return plain_date(dt.datetime.fromisoformat(value[:26]).replace(tzinfo=None))
    except ValueError:
        return text or value


def _duration(value: str, text: str) -> CellValue:
    """A time of day below 24 hours, else a duration."""
    match = _DURATION.fullmatch(value)
    if not match or len(value) > 40:
        return text or value
    sign, hours, minutes, seconds, fraction = match.groups()
    span = dt.timedelta(
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        milliseconds=int((fraction or "0")[:3].ljust(3, "0")),
    )
    if sign or span >= dt.timedelta(days=1):
        return -span if sign else span
    return (dt.datetime.min + span).time()
