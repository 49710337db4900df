"""The XML of one xlsx sheet, read as a stream: cells, formulas, merged ranges, hidden rows and columns.

The extent that the sheet declares (`dimension`) is never relied on: some programs write nonsense there, which is told.
"""

from __future__ import annotations

import re

from analysis.intake.draft import SheetDraft
from analysis.intake.formulas import column_number, shift_formula
from analysis.intake.limits import MAX_COLUMN, MAX_ROW, broken
from analysis.intake.xlsx_strings import TextCollector
from analysis.intake.xlsx_values import Book, Stored, cell_of
from analysis.intake.xml_stream import MAIN, Names, Readable, is_true, read_xml

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def parse_place(text: str) -> tuple[int, int]:
    """Row and column of an address.

    Raises:
        Unreadable: when it is none, or outside the sheet.
    """
    match = _PLACE.fullmatch(text)
    row, column = (int(match[2]), column_number(match[1])) if match else (0, 0)
    if not (1 <= row <= MAX_ROW and 1 <= column <= MAX_COLUMN):
        raise broken(f"{text[:40]!r} is no address of a cell")
    return row, column


def parse_range(text: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of `A1:B2` or `A1`."""
    first, _, last = text.partition(":")
    (top, left), (bottom, right) = parse_place(first), parse_place(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


class SheetHandler:
    """Fills a draft with what the events of a sheet tell."""

    def __init__(self, draft: SheetDraft, book: Book) -> None:
        self._draft, self._book = draft, book
        self._names = Names(MAIN)
        self._row = self._column = 0
        self._given: str | None = None
        self._in_cell = self._take = False
        self._attributes: dict[str, str] = {}
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._formula_attributes: dict[str, str] = {}
        self._inline: TextCollector | None = None
        self._masters: dict[str, tuple[int, int, str]] = {}
        self._target: list[str] = []
        self._declared = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._names[name]
        if self._in_cell:
            self._start_inside(tag, name, attributes)
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "col":
            self._hide_columns(attributes)
        elif tag == "dimension":
            self._declared = attributes.get("ref", "")
        elif tag == "mergeCell":
            self._draft.merge(*parse_range(attributes.get("ref", "")))

    def end(self, name: str) -> None:
        if not self._in_cell:
            return
        tag = self._names[name]
        if tag == "c":
            self._in_cell = False
            self._end_cell()
        elif tag in {"v", "f"}:
            self._take = False
        elif self._inline is not None:
            self._inline.end(name)

    def extent_lies(self) -> bool:
        """Whether cells lie outside the extent that the sheet declares (M15)."""
        parts = [_PLACE.fullmatch(part) for part in self._declared.split(":")]
        ends = [(int(match[2]), column_number(match[1])) for match in parts if match]
        if not ends or len(ends) != len(parts):
            return False
        rows, columns = zip(*ends, strict=True)
        return any(
            not (min(rows) <= row <= max(rows) and min(columns) <= column <= max(columns))
            for row, column in self._draft.cells
        )

    def text(self, data: str) -> None:
        if self._take:
            self._target.append(data)
        elif self._in_cell and self._inline is not None:
            self._inline.text(data)

    def _start_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r", "")
        self._row = int(given) if given.isdigit() and len(given) < 9 else self._row + 1
        self._column, self._given = 0, None
        if is_true(attributes.get("hidden")) or attributes.get("ht") == "0":
            self._draft.hidden_rows.add(self._row)

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if not (is_true(attributes.get("hidden")) or attributes.get("width") == "0"):
            return
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdigit() and last.isdigit() and len(last) < 9:
            self._draft.hidden_columns.update(range(int(first), min(int(last), MAX_COLUMN) + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if not place:
            self._find_place()
            self._column += 1
        self._given = place
        self._in_cell = True
        self._attributes = attributes
        self._value = self._formula = self._inline = None

    def _find_place(self) -> None:
        """Work out the place that the last cell gave; blank cells, of which there may be millions, never need it."""
        if self._given:
            self._row, self._column = parse_place(self._given)
            self._given = None

    def _start_inside(self, tag: str, name: str, attributes: dict[str, str]) -> None:
        if tag == "v":
            self._target = self._value = []
            self._take = True
        elif tag == "f":
            self._target = self._formula = []
            self._formula_attributes = attributes
            self._take = True
        elif tag == "is":
            self._inline = TextCollector(self._names)
        elif self._inline is not None:
            self._inline.start(name, attributes)

    def _end_cell(self) -> None:
        if self._value is None and self._formula is None and self._inline is None:
            return
        self._find_place()
        style = self._attributes.get("s", "0")
        stored = Stored(
            self._row,
            self._column,
            self._attributes.get("t", "n"),
            int(style) if style.isdigit() and len(style) < 9 else 0,
            None if self._value is None else "".join(self._value),
            None if self._inline is None else self._inline.result(),
            self._formula is not None,
            self._formula_text(),
        )
        cell = cell_of(stored, self._book)
        if cell is not None:
            self._draft.add(cell)

    def _formula_text(self) -> str | None:
        """Text of the formula; that of a shared one is worked out only where the result is missing."""
        if self._formula is None:
            return None
        text = "".join(self._formula).strip()
        shared = self._formula_attributes.get("si", "") if self._formula_attributes.get("t") == "shared" else ""
        if text:
            if shared:
                self._masters[shared] = (self._row, self._column, text)
            return f"={text.removeprefix('=')}"
        if shared not in self._masters or self._value:
            return None
        row, column, master = self._masters[shared]
        moved = shift_formula(master, self._row - row, self._column - column)
        return None if moved is None else f"={moved}"


def read_sheet(source: Readable, draft: SheetDraft, book: Book) -> bool:
    """Fill the draft from the XML of a sheet; whether the sheet's own statement of its extent is wrong.

    Raises:
        Unreadable: when the part is damaged or a limit is passed.
    """
    handler = SheetHandler(draft, book)
    read_xml(source, handler, f"sheet {draft.name!r}")
    return handler.extent_lies()
