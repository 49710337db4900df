"""Texts of an xlsx file: shared strings, inline strings, rich text, and the `_x000D_` way of writing characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.intake.limits import MAX_ALL_TEXT, MAX_STRINGS, check_limit
from analysis.intake.xml_stream import MAIN, Names, Readable, is_true, read_xml

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE = frozenset("\t\n\r")


def _decoded(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _WHITE or character >= " " else match[0]


def decode_text(text: str) -> str:
    """Text with `_xHHHH_` replaced by its character; control characters stay written out."""
    if "_x" not in text:
        return text
    text = _CODED.sub(_decoded, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@dataclass(frozen=True, slots=True)
class RichText:
    """A text of a cell; `struck` when any visible run of it is struck through."""

    text: str
    struck: bool = False


@dataclass
class TextCollector:
    """Puts together the runs of one text. Reading aids above the line (phonetic runs) are left out."""

    names: Names
    pieces: list[str] = field(default_factory=list)
    struck: bool = False
    _phonetic: bool = False
    _open: bool = False
    _run_struck: bool = False
    _run_has_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.names[name]
        if tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._open = not self._phonetic
        elif tag == "r":
            self._run_struck = self._run_has_text = False
        elif tag == "strike":
            self._run_struck = is_true(attributes.get("val", "1"))

    def end(self, name: str) -> None:
        tag = self.names[name]
        if tag == "t":
            self._open = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "r":
            self.struck = self.struck or (self._run_struck and self._run_has_text)

    def text(self, data: str) -> None:
        if self._open:
            self.pieces.append(data)
            self._run_has_text = self._run_has_text or not data.isspace()

    def result(self) -> RichText:
        """The text so far."""
        return RichText(decode_text("".join(self.pieces)), self.struck)


class _SharedStrings:
    def __init__(self) -> None:
        self.found: list[RichText] = []
        self._names = Names(MAIN)
        self._item = TextCollector(self._names)
        self._characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._names[name] == "si":
            self._item = TextCollector(self._names)
        else:
            self._item.start(name, attributes)

    def end(self, name: str) -> None:
        if self._names[name] != "si":
            self._item.end(name)
            return
        item = self._item.result()
        self._characters += len(item.text)
        check_limit(self._characters, MAX_ALL_TEXT, "characters of text")
        self.found.append(item)
        check_limit(len(self.found), MAX_STRINGS, "texts")

    def text(self, data: str) -> None:
        self._item.text(data)


def read_shared_strings(source: Readable) -> list[RichText]:
    """All shared texts of a workbook in order.

    Raises:
        Unreadable: when the part is damaged or too large.
    """
    handler = _SharedStrings()
    read_xml(source, handler, "the part of shared texts")
    return handler.found
