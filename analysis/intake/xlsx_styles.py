"""How the cells of an xlsx file look, as far as it changes what they say: number format, strike-through and colour."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.intake.formats import GENERAL, FormatKind, builtin_format, format_kind
from analysis.intake.xml_stream import MAIN, Names, Readable, is_true, read_xml

_SECTIONS = {"numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs", "cellStyles", "fills", "borders", "extLst"}


@dataclass(frozen=True, slots=True)
class Look:
    """One cell style; `marked` when its letters are not black or its ground is not white."""

    number_format: str = GENERAL
    kind: FormatKind = "number"
    struck: bool = False
    marked: bool = False


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class _Plain:
    """A colour that marks nothing: as RGB and by its numbers in the palette."""

    rgb: str
    indexed: tuple[str, ...]


_BLACK = _Plain("000000", ("0", "8", "64"))
_WHITE = _Plain("FFFFFF", ("1", "9", "64", "65"))
_PLAIN_THEMES = ("0", "1")


class _Styles:
    def __init__(self) -> None:
        self._names = Names(MAIN)
        self._section = ""
        self._codes: dict[int, str] = {}
        self._struck_fonts: list[bool] = []
        self._marked_fonts: list[bool] = []
        self._marked_fills: list[bool] = []
        self._solid = False
        self._cells: list[tuple[int, int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._names[name]
        if tag in _SECTIONS:
            self._section = tag
        elif self._section == "numFmts" and tag == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)
        elif self._section == "fonts" and tag == "font":
            self._struck_fonts.append(False)
            self._marked_fonts.append(False)
        elif self._section == "fonts" and tag == "strike" and self._struck_fonts:
            self._struck_fonts[-1] = is_true(attributes.get("val", "1"))
        elif self._section == "fonts" and tag == "color" and self._marked_fonts:
            self._marked_fonts[-1] = _is_coloured(attributes, _BLACK)
        elif self._section == "fills":
            self._start_fill(tag, attributes)
        elif self._section == "cellXfs" and tag == "xf":
            ids = (attributes.get(name) for name in ("numFmtId", "fontId", "fillId"))
            number_format, font, fill = (_whole(text) for text in ids)
            self._cells.append((number_format, font, fill))

    def _start_fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._marked_fills.append(False)
        elif tag == "patternFill":
            self._solid = attributes.get("patternType") == "solid"
        elif tag == "fgColor" and self._solid and self._marked_fills:
            self._marked_fills[-1] = _is_coloured(attributes, _WHITE)

    def end(self, name: str) -> None:
        if self._names[name] == self._section:
            self._section = ""

    def text(self, data: str) -> None:
        """Styles have no text."""

    def look(self, format_number: int, font: int, fill: int) -> Look:
        code = self._codes.get(format_number) or builtin_format(format_number)
        struck = _at(self._struck_fonts, font)
        return Look(code, format_kind(code), struck, _at(self._marked_fonts, font) or _at(self._marked_fills, fill))

    def looks(self) -> list[Look]:
        made = {style: self.look(*style) for style in set(self._cells)}
        return [made[style] for style in self._cells]


def _at(flags: list[bool], index: int) -> bool:
    return 0 <= index < len(flags) and flags[index]


def _is_coloured(attributes: dict[str, str], plain: _Plain) -> bool:
    """Whether a colour is another than the plain one; theme colours other than text and ground count."""
    if "rgb" in attributes:
        return attributes["rgb"].upper()[-6:] != plain.rgb
    if "theme" in attributes:
        return attributes["theme"] not in _PLAIN_THEMES
    return "indexed" in attributes and attributes["indexed"] not in plain.indexed


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def read_styles(source: Readable) -> list[Look]:
    """Cell styles in the order of their numbers.

    Raises:
        Unreadable: when the part is damaged.
    """
    handler = _Styles()
    read_xml(source, handler, "the part of styles")
    return handler.looks()
