"""XML of spreadsheet files read as a stream, in bounded memory; documents with a DOCTYPE are refused.

The standard library's expat is used directly: spreadsheet XML has no document type, so refusing any closes the
door to entity bombs and outside entities alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from analysis.intake.limits import broken

_CHUNK = 1 << 16

MAIN = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "",
    "http://schemas.openxmlformats.org/package/2006/relationships": "",
}
"""Namespaces whose names are used without a prefix in workbooks of the Office kind (transitional and strict)."""


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


class Names(dict[str, str]):
    """From expat's `namespace name` to our short name: `name`, `prefix:name`, or `?name` of a strange namespace."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(" ")
        prefix = self._prefixes.get(namespace, "?") if namespace else ""
        short = f"?{local}" if prefix == "?" else f"{prefix}:{local}" if prefix else local
        self[name] = short
        return short


class Handler(Protocol):
    """Takes the events of one document. Names come as expat gives them: look them up in a `Names`."""

    def start(self, name: str, attributes: dict[str, str], /) -> None: ...

    def end(self, name: str, /) -> None: ...

    def text(self, data: str, /) -> None: ...


def _refuse_doctype(*_: object) -> None:
    raise broken("the file declares an XML document type, which spreadsheets never do: refused")


def read_xml(source: Readable, handler: Handler, what: str) -> None:
    """Send the events of a document to the handler.

    Raises:
        Unreadable: with rule M07 when the document is not well formed or declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = _CHUNK
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError) as fault:
        raise broken(f"{what} is not well-formed XML ({fault})") from fault


def linked_id(attributes: Mapping[str, str]) -> str:
    """Value of the attribute `r:id`, whatever its prefix or edition; empty when absent."""
    return next((value for name, value in attributes.items() if name.endswith("/relationships id")), "")


def is_true(text: str | None) -> bool:
    """A yes of XML attributes."""
    return text in {"1", "true", "on"}
