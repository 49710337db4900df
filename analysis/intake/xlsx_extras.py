"""What lies beside the cells of an xlsx sheet: comments (old and threaded), pictures and text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.intake.limits import MAX_COMMENTS, check_limit
from analysis.intake.package import Package
from analysis.intake.xlsx_sheet import parse_range
from analysis.intake.xlsx_strings import TextCollector
from analysis.intake.xml_stream import MAIN, Names, read_xml

_COMMENTS = MAIN | {"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": ""}
_DRAWINGS = {
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": "xdr",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
}


@dataclass
class _Comments:
    """Both kinds of comment parts: `<comment ref><text><r><t>` and `<threadedComment ref><text>`."""

    found: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    names: Names = field(default_factory=lambda: Names(_COMMENTS))
    _place: tuple[int, int] | None = None
    _runs: TextCollector | None = None
    _threaded: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.names[name]
        if tag in {"comment", "threadedComment"}:
            self._place = parse_range(attributes.get("ref", ""))[:2]
            self._runs = TextCollector(self.names) if tag == "comment" else None
            self._threaded = None
        elif tag == "text" and self._place and self._runs is None:
            self._threaded = []
        elif self._runs is not None:
            self._runs.start(name, attributes)

    def end(self, name: str) -> None:
        tag = self.names[name]
        if tag in {"comment", "threadedComment"} and self._place:
            text = self._runs.result().text if self._runs else "".join(self._threaded or [])
            if text.strip():
                self.found.setdefault(self._place, []).append(text.strip())
            check_limit(len(self.found), MAX_COMMENTS, "comments in one sheet")
            self._place, self._runs, self._threaded = None, None, None
        elif self._runs is not None:
            self._runs.end(name)

    def text(self, data: str) -> None:
        if self._threaded is not None:
            self._threaded.append(data)
        elif self._runs is not None:
            self._runs.text(data)


@dataclass
class _Drawing:
    """Tells whether a drawing holds a picture or a text."""

    says_something: bool = False
    names: Names = field(default_factory=lambda: Names(_DRAWINGS))
    _in_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.names[name]
        self.says_something = self.says_something or tag == "xdr:pic"
        self._in_text = tag == "a:t"

    def end(self, name: str) -> None:
        self._in_text = False

    def text(self, data: str) -> None:
        self.says_something = self.says_something or (self._in_text and not data.isspace())


def read_comments(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """Comments of a sheet by (row, column); where a thread exists its texts replace the old comment.

    Raises:
        Unreadable: when a part is damaged or holds too many.
    """
    joined: dict[tuple[int, int], str] = {}
    for kind in ("comments", "threadedComment"):
        for part in package.related(sheet_part, kind):
            handler = _Comments()
            read_xml(package.open(part), handler, "the part of comments")
            joined |= {place: "\n".join(texts) for place, texts in handler.found.items()}
    return joined


def has_pictures_or_boxes(package: Package, sheet_part: str) -> bool:
    """Whether pictures or text boxes lie on the sheet: what they say is not read."""
    for part in package.related(sheet_part, "drawing"):
        handler = _Drawing()
        read_xml(package.open(part), handler, "a drawing")
        if handler.says_something:
            return True
    return False
