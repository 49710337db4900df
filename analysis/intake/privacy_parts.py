"""Texts of a workbook file that stand in no cell: its properties, and the headers and footers of its printed pages."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator

from analysis.intake.limits import Unreadable
from analysis.intake.ole import SIGNATURE, OleFile
from analysis.intake.package import Package

_ZIP = b"PK\x03\x04"
_MOST_BYTES = 16 * 2**20
_PROPERTIES = re.compile(r"docprops/[^/]+\.xml|meta\.xml")
_SHEETS = re.compile(r"xl/(?:work|chart)sheets/[^/]+\.xml")
_TEXT = re.compile(r">([^<>]+)<")
_PAGE = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)[^>]*>([^<]+)<")
_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|[A-Z])')
_STREAMS = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")


def property_texts(data: bytes) -> tuple[str, ...]:
    """Values of the properties of a file (title, author, keywords, own ones); empty where there are none."""
    if data.startswith(SIGNATURE):
        return tuple(_ole_texts(data))
    parts = (part for name, part in _parts(data, _PROPERTIES) if name)
    return tuple(html.unescape(text) for part in parts for text in _TEXT.findall(part.decode("utf-8", "replace")))


def page_texts(data: bytes) -> tuple[str, ...]:
    """Headers and footers of printed pages of an xlsx file, without their codes."""
    found = (text for _, part in _parts(data, _SHEETS) for text in _PAGE.findall(part))
    return tuple(_CODES.sub(" ", html.unescape(text.decode("utf-8", "replace"))).strip() for text in found)


def _parts(data: bytes, wanted: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each part that can be read; a damaged file has been told of by its reader."""
    if not data.startswith(_ZIP):
        return
    try:
        package = Package(data)
        for name in package.names:
            if wanted.fullmatch(name):
                yield name, package.open(name).read(_MOST_BYTES)
    except Unreadable:
        return


def _ole_texts(data: bytes) -> Iterator[str]:
    """Readable runs of the property streams, in both encodings that old files use."""
    try:
        container = OleFile(data)
        streams = [container.stream(name) for name in _STREAMS]
    except (Unreadable, IndexError, struct.error):
        return
    for stream in filter(None, streams):
        for encoding in ("gb18030", "utf-16-le"):
            yield from re.split(r"[\x00-\x1f\ufffd]+", stream.decode(encoding, "replace"))
