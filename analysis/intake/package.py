"""A zip container of document parts: parts found by name or by relationship, unpacked within limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from analysis.intake.limits import (
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    RATIO_FROM_BYTES,
    Unreadable,
    broken,
    check_limit,
)
from analysis.intake.xml_stream import MAIN, Names, read_xml

ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another. `kind` is the last piece of its type, such as `worksheet`."""

    kind: str
    target: str
    outside: bool


class Part:
    """Bytes of one part, counted while they are unpacked."""

    def __init__(self, package: Package, source: IO[bytes], name: str) -> None:
        self._package = package
        self._source = source
        self._name = name

    def read(self, size: int = -1, /) -> bytes:
        """Next bytes.

        Raises:
            Unreadable: when the part is damaged or the container unpacks to too much.
        """
        try:
            data = self._source.read(size if size >= 0 else MAX_UNPACKED_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as fault:
            raise broken(f"part {self._name} of the file is damaged ({fault})") from fault
        self._package.count(len(data))
        return data


class Package:
    """The parts of a zip container.

    Raises:
        Unreadable: when the bytes are no sound zip, or are encrypted.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError) as fault:
            raise broken(f"the zip container is damaged or cut off ({fault})") from fault
        entries = self._zip.infolist()
        check_limit(len(entries), MAX_ENTRIES, "parts in the zip container")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        self._unpacked = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts, lower case, with forward slashes."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def has_links_or_macros(self) -> bool:
        """Whether a workbook of the Office kind refers to other files or holds programs."""
        return any(
            "/externallinks/externallink" in name or "/macrosheets/" in name or name.endswith("vbaproject.bin")
            for name in self._entries
        )

    def count(self, size: int) -> None:
        """Add to what was unpacked; refuse the file when it is too much."""
        self._unpacked += size
        check_limit(self._unpacked, MAX_UNPACKED_BYTES, "bytes when unpacked")

    def open(self, name: str) -> Part:
        """Open a part for reading.

        Raises:
            Unreadable: when it is missing, encrypted or declared too large.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            raise broken(f"part {name} is missing in the file")
        if entry.flag_bits & ENCRYPTED_FLAG:
            raise Unreadable("M05", "the file is protected by a password")
        check_limit(entry.file_size, MAX_UNPACKED_BYTES, "bytes when unpacked")
        if entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise broken(f"part {name} is packed more than {MAX_RATIO} times: refused")
        try:
            return Part(self, self._zip.open(entry), name)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as fault:
            raise broken(f"part {name} of the file cannot be opened ({fault})") from fault

    def relations(self, part: str) -> dict[str, Relation]:
        """Relations of a part (`""` for the container itself) by id; empty when it has none."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if place not in self:
            return {}
        handler = _Relations(folder)
        read_xml(self.open(place), handler, place)
        return handler.found

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Parts that a part links to with that kind and that are there."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.outside and relation.target in self:
                yield relation.target


class _Relations:
    def __init__(self, folder: str) -> None:
        self.found: dict[str, Relation] = {}
        self._folder = folder
        self._names = Names(MAIN)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._names[name] != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "").replace("\\", "/")
        outside = attributes.get("TargetMode", "") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/" + self._folder, target)).lstrip("/")
        self.found[attributes.get("Id", "")] = Relation(kind, target, outside)

    def end(self, name: str) -> None:
        """Relations have no content."""

    def text(self, data: str) -> None:
        """Relations have no text."""
