"""How the cells of an xlsx file look, as far as it changes what they say: number format and strike-through."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.intake.formats import GENERAL, FormatKind, builtin_format, format_kind
from analysis.intake.xml_stream import MAIN, Names, Readable, is_true, read_xml

_SECTIONS = {"numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs", "cellStyles", "fills", "borders", "extLst"}


@dataclass(frozen=True, slots=True)
class Look:
    """One cell style."""

    number_format: str = GENERAL
    kind: FormatKind = "number"
    struck: bool = False


PLAIN_LOOK = Look()


class _Styles:
    def __init__(self) -> None:
        self._names = Names(MAIN)
        self._section = ""
        self._codes: dict[int, str] = {}
        self._struck_fonts: list[bool] = []
        self._cells: list[tuple[int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._names[name]
        if tag in _SECTIONS:
            self._section = tag
        elif self._section == "numFmts" and tag == "numFmt":
            self._codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)
        elif self._section == "fonts" and tag == "font":
            self._struck_fonts.append(False)
        elif self._section == "fonts" and tag == "strike" and self._struck_fonts:
            self._struck_fonts[-1] = is_true(attributes.get("val", "1"))
        elif self._section == "cellXfs" and tag == "xf":
            self._cells.append((_whole(attributes.get("numFmtId")), _whole(attributes.get("fontId"))))

    def end(self, name: str) -> None:
        if self._names[name] == self._section:
            self._section = ""

    def text(self, data: str) -> None:
        """Styles have no text."""

    def look(self, format_number: int, font: int) -> Look:
        code = self._codes.get(format_number) or builtin_format(format_number)
        struck = 0 <= font < len(self._struck_fonts) and self._struck_fonts[font]
        return Look(code, format_kind(code), struck)

    def looks(self) -> list[Look]:
        made = {pair: self.look(*pair) for pair in set(self._cells)}
        return [made[pair] for pair in self._cells]


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
