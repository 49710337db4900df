"""Tables of an HTML page (often saved under the name of a workbook) -> one sheet without a name.

The tables stand below each other with a blank row between them, and each piece of text outside of tables stands in
a row of its own, since titles and names of units are often written there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from analysis.intake.cells import make_cell, parse_number
from analysis.intake.csv_reader import typed_cell
from analysis.intake.draft import SheetDraft, Tally
from analysis.intake.limits import MAX_COLUMN, MAX_ROW, broken
from analysis.intake.plain_text import decode_bytes
from analysis.records import Cell, Sheet, Span

_SILENT = {"script", "style", "head", "title"}
_STRUCK = {"s", "del", "strike"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "center"}
_WHITE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"line-through", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)


@dataclass
class _Place:
    """A cell that is being read."""

    row: int
    column: int
    number: str = ""
    pieces: list[str] = field(default_factory=list)
    struck: bool = False


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.draft = SheetDraft("", Tally())
        self._row = self._column = 0
        self._depth = self._silent = self._struck = 0
        self._cell: _Place | None = None
        self._outside: list[str] = []
        self._blocked: set[int] = set()
        self._rows_left: dict[int, int] = {}
        self._merges: list[Span] = []
        self._in_row = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._silent += tag in _SILENT
        self._struck += tag in _STRUCK
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._end_outside()
                self._rows_left, self._in_row = {}, False
        elif tag in {"tr", "td", "th"}:
            self._start_in_table(tag, given)
        elif tag == "br":
            self._write("\n")
        elif tag in _BLOCKS and self._depth == 0:
            self._end_outside()
        if self._cell is not None and _LINE_THROUGH.search(given.get("style", "")):
            self._cell.struck = True

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        self._struck -= tag in _STRUCK and self._struck > 0
        if tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0:
                self._end_table()
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag in _BLOCKS and self._depth == 0:
            self._end_outside()

    def handle_data(self, data: str) -> None:
        self._write(_WHITE.sub(" ", data))

    def close(self) -> None:
        super().close()
        if self._depth:
            self._end_table()
        self._end_outside()

    def _write(self, text: str) -> None:
        if self._silent:
            return
        if self._cell is not None:
            self._cell.pieces.append(text)
            self._cell.struck = self._cell.struck or (self._struck > 0 and bool(text.strip()))
        elif self._depth == 0:
            self._outside.append(text)

    def _end_outside(self) -> None:
        text, self._outside = _tidy("".join(self._outside)), []
        if text:
            self._row += 1
            self._keep(typed_cell(self._row, 1, text))

    def _start_in_table(self, tag: str, given: dict[str, str]) -> None:
        if self._depth > 1:
            self._write("\n" if tag == "tr" else " ")
        elif self._depth == 1 and tag == "tr":
            self._start_row(given)
        elif self._depth == 1:
            if not self._in_row:
                self._start_row({})
            self._start_cell(given)

    def _start_row(self, given: dict[str, str]) -> None:
        self._end_cell()
        self._row, self._column, self._in_row = self._row + 1, 0, True
        self._blocked = set(self._rows_left)
        self._rows_left = {column: rows - 1 for column, rows in self._rows_left.items() if rows > 1}
        if _HIDDEN.search(given.get("style", "")):
            self.draft.hidden_rows.add(self._row)

    def _start_cell(self, given: dict[str, str]) -> None:
        self._end_cell()
        rows, columns = _span(given.get("rowspan"), MAX_ROW), _span(given.get("colspan"), MAX_COLUMN)
        self._column += 1
        while self._column in self._blocked:
            self._column += 1
        first, self._column = self._column, self._column + columns - 1
        if self._column > MAX_COLUMN:
            raise broken("a merged range reaches beyond the sheet")
        if rows * columns > 1:
            self._merges.append(Span(self._row, first, self._row + rows - 1, self._column))
        if rows > 1:
            self._rows_left |= dict.fromkeys(range(first, self._column + 1), rows - 1)
        self._cell = _Place(self._row, first, given.get("x:num", ""))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        place, self._cell = self._cell, None
        text = _tidy("".join(place.pieces))
        number = None if "%" in text else parse_number(place.number)
        cell = (
            typed_cell(place.row, place.column, text) if number is None else make_cell(place.row, place.column, number)
        )
        self._keep(replace(cell, struck=True) if cell and place.struck else cell)

    def _end_table(self) -> None:
        """A blank row follows; a merged range ends with its table."""
        self._end_cell()
        for span in self._merges:
            self.draft.merge(span.first_row, span.first_column, min(span.last_row, self._row), span.last_column)
        self._merges = []
        self._row += 1
        self._depth = 0

    def _keep(self, cell: Cell | None) -> None:
        if cell is not None:
            self.draft.add(cell)


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isdigit() and len(text) < 9 else 1


def _tidy(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip()


def read_html(data: bytes) -> tuple[Sheet, ...]:
    """The one sheet of a page.

    Raises:
        Unreadable: when the page is in no known encoding, or a limit is passed.
    """
    parser = _Tables()
    parser.feed(_decode(data))
    parser.close()
    return (parser.draft.finish(),)


def _decode(data: bytes) -> str:
    text = decode_bytes(data)
    named = _CHARSET.search(data[:4096])
    if text is None and named:
        try:
            text = data.decode(named[1].decode("ascii"), "strict")
        except (LookupError, UnicodeDecodeError):
            text = None
    if text is None:
        raise broken("the page is in no known encoding")
    return text
