"""The OLE2 container of old Office files: which streams it has and their bytes. Bounded; loops are noticed.

xlrd has a reader of its own, which refuses slightly odd files; calamine's never ends on a looping one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.intake.limits import broken

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MAX_STREAMS = 4096


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream of the container."""

    name: str
    kind: int
    start: int
    size: int


class OleFile:
    """Streams of an OLE2 container.

    Raises:
        Unreadable: when the container is damaged or its chains of sectors loop.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise broken("the old Office container is cut off")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not (7 <= shift <= 16 and 4 <= mini_shift <= shift):
            raise broken("the old Office container has a damaged head")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini_fat = struct.unpack_from("<IIII", data, 48)
        self._fat = self._read_fat()
        raw = self._chain_bytes(directory)
        self.entries = tuple(_entries(raw))
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._mini_fat = _numbers(self._chain_bytes(mini_fat)) if mini_fat < _LAST_SECTOR else ()
        self._mini = self._chain_bytes(root.start) if root and root.start < _LAST_SECTOR else b""

    def stream(self, *names: str) -> bytes | None:
        """Bytes of the first stream found by one of the names (in order of the names), None when there is none."""
        for name in names:
            for entry in self.entries:
                if entry.kind == _STREAM and entry.name.lower() == name.lower():
                    return self._stream_bytes(entry)
        return None

    def has(self, *names: str) -> bool:
        """Whether a stream or folder has one of the names."""
        wanted = {name.lower() for name in names}
        return any(entry.name.lower() in wanted for entry in self.entries)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _read_fat(self) -> tuple[int, ...]:
        wanted = list(struct.unpack_from("<109I", self._data, 76))
        extra, seen = struct.unpack_from("<I", self._data, 68)[0], set[int]()
        while extra < _LAST_SECTOR:
            if extra in seen:
                raise broken("the old Office container loops")
            seen.add(extra)
            numbers = _numbers(self._sector(extra))
            if not numbers:
                break
            wanted += numbers[:-1]
            extra = numbers[-1]
        fat: list[int] = []
        for sector in dict.fromkeys(number for number in wanted if number < _LAST_SECTOR):
            fat += _numbers(self._sector(sector))
        return tuple(fat)

    def _chain_bytes(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(start, self._fat))

    def _stream_bytes(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._chain_bytes(entry.start)[: entry.size]
        size = self._mini_size
        pieces = (self._mini[number * size : (number + 1) * size] for number in _chain(entry.start, self._mini_fat))
        return b"".join(pieces)[: entry.size]


def _numbers(data: bytes) -> tuple[int, ...]:
    count = len(data) // 4
    return struct.unpack_from(f"<{count}I", data)


def _chain(start: int, table: tuple[int, ...]) -> Iterator[int]:
    seen: set[int] = set()
    while start < _LAST_SECTOR:
        if start in seen:
            raise broken("the old Office container loops")
        seen.add(start)
        yield start
        start = table[start] if start < len(table) else _LAST_SECTOR


def _entries(raw: bytes) -> Iterator[Entry]:
    for offset in range(0, min(len(raw), _MAX_STREAMS * _ENTRY) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", raw, offset + 64)
        if kind == 0 or not 2 <= length <= 64:
            continue
        name = raw[offset : offset + length - 2].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", raw, offset + 116)
        yield Entry(name, kind, start, size)
