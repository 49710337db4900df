"""A look at the records of an xlsb workbook, for what calamine does not tell: errors and hidden lines."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.intake.biff import error_text
from analysis.intake.limits import MAX_COLUMN
from analysis.intake.package import Package
from analysis.records import Span

_ROW, _ERROR, _FORMULA_ERROR, _COLUMNS, _SHEET, _MERGE = 0, 3, 11, 60, 156, 176
_WORKBOOK = "xl/workbook.bin"


@dataclass
class BinarySheetLook:
    """Places are 1-based (row, column)."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def _number(data: bytes, offset: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes with 7 bits each, and the offset behind it."""
    value = 0
    for position in range(most):
        if offset >= len(data):
            return value, offset
        byte = data[offset]
        offset += 1
        value |= (byte & 0x7F) << (7 * position)
        if not byte & 0x80:
            break
    return value, offset


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    offset = 0
    while offset < len(data):
        first = data[offset]
        offset += 1
        number = first
        if first & 0x80 and offset < len(data):
            number = (first & 0x7F) | (data[offset] & 0x7F) << 7
            offset += 1
        size, offset = _number(data, offset, 4)
        yield number, data[offset : offset + size]
        offset += size


def _wide_text(data: bytes, offset: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", data, offset)[0] if offset + 4 <= len(data) else 0
    end = offset + 4 + 2 * min(length, len(data))
    return data[offset + 4 : end].decode("utf-16-le", "replace"), end


def look_at_binary_sheets(package: Package) -> dict[str, BinarySheetLook]:
    """What is seen on each sheet, by its name.

    Raises:
        Unreadable: when a part is damaged or unpacks to too much.
    """
    part = next(package.related("", "officeDocument"), _WORKBOOK)
    relations = package.relations(part)
    looks = {}
    for number, content in _records(package.open(part).read()):
        if number != _SHEET or len(content) < 12:
            continue
        link, offset = _wide_text(content, 8)
        name, _ = _wide_text(content, offset)
        relation = relations.get(link)
        if relation and relation.kind == "worksheet" and relation.target in package:
            looks[name] = _look_at(package.open(relation.target).read())
    return looks


def _look_at(data: bytes) -> BinarySheetLook:
    look, row = BinarySheetLook(), 0
    for number, content in _records(data):
        if number == _ROW and len(content) >= 12:
            row = struct.unpack_from("<I", content)[0] + 1
            if content[11] & 0x10:
                look.hidden_rows.add(row)
        elif number in {_ERROR, _FORMULA_ERROR} and len(content) >= 9:
            column = struct.unpack_from("<I", content)[0] + 1
            look.errors[row, column] = error_text(content[8])
        elif number == _COLUMNS and len(content) >= 18:
            first, last = struct.unpack_from("<II", content)
            if content[16] & 1:
                look.hidden_columns.update(range(first + 1, min(last, MAX_COLUMN) + 2))
        elif number == _MERGE and len(content) >= 16:
            first_row, last_row, first_column, last_column = struct.unpack_from("<IIII", content)
            look.merges.append(Span(first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    return look
