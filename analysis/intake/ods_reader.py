"""An OpenDocument spreadsheet -> sheets, read from its XML.

calamine reads the format too, but loses merged ranges, errors, comments, hidden rows and percent formats.
"""

from __future__ import annotations

from analysis.intake.limits import Unreadable, broken
from analysis.intake.ods_content import PREFIXES, read_content
from analysis.intake.ods_values import OpenStyles
from analysis.intake.package import Package
from analysis.intake.xml_stream import Names, read_xml
from analysis.records import Sheet

_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTION = "?encryption-data"
_PROTECTED = "the file is protected by a password"


class _Manifest:
    def __init__(self) -> None:
        self.encrypted = False
        self._names = Names(PREFIXES)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.encrypted = self.encrypted or self._names[name] == _ENCRYPTION

    def end(self, name: str) -> None:
        """The manifest has no content of interest."""

    def text(self, data: str) -> None:
        """The manifest has no text."""


class _NamedStyles:
    """Passes the events of `styles.xml` on under their short names."""

    def __init__(self, styles: OpenStyles) -> None:
        self._styles = styles
        self._names = Names(PREFIXES)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._styles.start(self._names[name], {self._names[key]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._styles.end(self._names[name])

    def text(self, data: str) -> None:
        """Styles have no text."""


def read_ods(data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Sheets in order, and the rules to be told about the file.

    These are `M06` (it holds copies of sheets of other files) and `M32` (drawings, which are not read).

    Raises:
        Unreadable: when the file is damaged, protected or beyond a limit.
    """
    package = Package(data)
    if "encrypted-package" in package:
        raise Unreadable("M05", _PROTECTED)
    if _MANIFEST in package:
        manifest = _Manifest()
        read_xml(package.open(_MANIFEST), manifest, "the list of parts")
        if manifest.encrypted:
            raise Unreadable("M05", _PROTECTED)
    styles = OpenStyles()
    if "styles.xml" in package:
        read_xml(package.open("styles.xml"), _NamedStyles(styles), "the part of styles")
    content = read_content(package.open("content.xml"), styles)
    if not content.sheets:
        raise broken("the file holds no sheet")
    notes = {"M06": content.copies_other_files, "M32": content.has_drawings}
    return tuple(content.sheets), tuple(rule for rule, holds in notes.items() if holds)
