"""The `content.xml` of an OpenDocument spreadsheet, read as a stream into sheets.

Repeated rows and columns are counted, not laid out; tables inside tables, tracked changes and copies of other
files' sheets are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from analysis.intake.draft import SheetDraft, Tally
from analysis.intake.limits import MAX_COLUMN, MAX_ROW, MAX_SHEETS, check_limit
from analysis.intake.ods_values import OpenCell, OpenStyles, cell_of
from analysis.intake.xml_stream import Names, Readable, read_xml
from analysis.records import Sheet

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {f"{_URN}{name}:1.0": name for name in ("office", "table", "text", "style", "drawing")} | {
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_SKIPPED = {"table:tracked-changes", "table:dde-links", "office:forms", "table:content-validations", "text:ruby-text"}
_HIDDEN = {"collapse", "filter"}
_WHITE = re.compile(r"[ \t\r\n]+")


@dataclass
class _OpenText:
    """Text of a cell or comment: paragraphs become lines."""

    paragraphs: list[list[str]] = field(default_factory=list)

    def result(self) -> str:
        return "\n".join("".join(pieces) for pieces in self.paragraphs)


class OdsHandler:
    """Fills one draft per sheet from the events of the content."""

    def __init__(self, styles: OpenStyles) -> None:
        self.sheets: list[Sheet] = []
        self.copies_other_files = self.has_drawings = False
        self._styles = styles
        self._names = Names(PREFIXES)
        self._tally = Tally()
        self._draft: SheetDraft | None = None
        self._skip = self._depth = 0
        self._row = self._rows = self._column = 0
        self._cell: OpenCell | None = None
        self._texts: list[_OpenText] = []
        self._paragraph: list[str] | None = None
        self._comment = ""
        self._is_copy = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._names[name]
        drawn = tag.startswith("drawing:") or tag == "table:shapes"
        self.has_drawings = self.has_drawings or drawn
        if self._skip or drawn or tag in _SKIPPED or (self._cell is not None and tag == "table:table"):
            self._skip += 1
            return
        given = {self._names[key]: value for key, value in attributes.items()}
        if tag == "table:table":
            self._start_table(given)
        elif self._draft is None:
            self._styles.start(tag, given)
        elif self._cell is not None:
            self._start_inside(tag, given)
        elif tag in _CELLS:
            self._cell = OpenCell.from_attributes(given, covered=tag == "table:covered-table-cell")
            self._texts, self._comment = [_OpenText()], ""
        else:
            self._start_line(tag, given)

    def end(self, name: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        tag = self._names[name]
        if self._draft is None:
            self._styles.end(tag)
        elif tag in _CELLS:
            self._end_cell()
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag == "table:table":
            self._end_table()
        elif tag in {"text:p", "text:h"}:
            self._paragraph = None
        elif tag == "office:annotation" and len(self._texts) > 1:
            self._comment = self._texts.pop().result().strip()

    def text(self, data: str) -> None:
        if self._paragraph is not None and not self._skip:
            self._paragraph.append(_WHITE.sub(" ", data))

    def _start_table(self, given: dict[str, str]) -> None:
        style = given.get("table:style-name", "")
        self._draft = SheetDraft(given.get("table:name", ""), self._tally, style in self._styles.hidden_tables)
        self._row, self._column, self._is_copy = 1, 1, False

    def _end_table(self) -> None:
        if self._draft is not None and not self._is_copy:
            self.sheets.append(self._draft.finish())
            check_limit(len(self.sheets), MAX_SHEETS, "sheets")
        self.copies_other_files = self.copies_other_files or self._is_copy
        self._draft = None

    def _start_line(self, tag: str, given: dict[str, str]) -> None:
        assert self._draft is not None
        if tag == "table:table-row":
            self._rows, self._column = _times(given, "rows", MAX_ROW), 1
            if given.get("table:visibility") in _HIDDEN:
                self._draft.hidden_rows.update(range(self._row, min(self._row + self._rows, MAX_ROW + 1)))
        elif tag == "table:table-column":
            count = _times(given, "columns", MAX_COLUMN)
            if given.get("table:visibility") in _HIDDEN:
                last = min(self._column + count, MAX_COLUMN + 1)
                self._draft.hidden_columns.update(range(self._column, last))
            self._column += count
        elif tag == "table:table-source":
            self._is_copy = True

    def _start_inside(self, tag: str, given: dict[str, str]) -> None:
        if tag == "office:annotation":
            self._texts.append(_OpenText())
        elif tag in {"text:p", "text:h"}:
            self._paragraph = []
            self._texts[-1].paragraphs.append(self._paragraph)
        elif self._paragraph is None or self._cell is None:
            return
        elif tag == "text:s":
            count = given.get("text:c", "1")
            self._paragraph.append(" " * (min(int(count), 1000) if count.isdigit() else 1))
        elif tag == "text:tab":
            self._paragraph.append("\t")
        elif tag == "text:line-break":
            self._paragraph.append("\n")
        elif tag == "text:span" and given.get("text:style-name", "") in self._styles.struck and len(self._texts) == 1:
            self._cell = replace(self._cell, struck=True)

    def _end_cell(self) -> None:
        assert self._cell is not None and self._draft is not None
        stored, self._cell = self._cell, None
        first = self._column
        self._column += stored.repeated
        if stored.covered and not stored.has_content:
            return
        if stored.spans and not stored.covered:
            self._draft.merge(self._row, first, self._row + stored.spans[0] - 1, first + stored.spans[1] - 1)
        cell = cell_of(stored, self._texts[0].result(), self._styles)
        if cell is None:
            return
        cell = replace(cell, comment=self._comment or None)
        for row in range(self._row, self._row + self._rows):
            for column in range(first, first + stored.repeated):
                self._draft.add(replace(cell, row=row, column=column))


def _times(given: dict[str, str], what: str, most: int) -> int:
    text = given.get(f"table:number-{what}-repeated", "1")
    return max(1, min(int(text), most)) if text.isdigit() and len(text) < 9 else 1


def read_content(source: Readable, styles: OpenStyles) -> OdsHandler:
    """All sheets of the content, and whether it holds copies of other files' sheets.

    Raises:
        Unreadable: when the part is damaged or a limit is passed.
    """
    handler = OdsHandler(styles)
    read_xml(source, handler, "the content")
    return handler
