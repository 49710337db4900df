"""A look at the records of an old .xls stream, for what the libraries do not tell.

They do not say which cells hold a formula, nor whether its result was ever worked out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.records import address

_BOF = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_EOF, _FILEPASS, _BOUNDSHEET, _FORMULA, _BOOLERR = 0x000A, 0x002F, 0x0085, 0x0006, 0x0205
_CODEPAGE, _UNICODE_BOF = 0x0042, 0x0809
_SUPBOOK, _OWN_BOOKS = 0x01AE, {b"\x01\x04", b"\x01\x3a"}  # the workbook itself, and functions added to Excel
_WORKSHEET = 0
_SUM = 4
_NO_RESULT = 3
_AREA = frozenset({0x25, 0x45, 0x65})
_FUNCTION = frozenset({0x22, 0x42, 0x62})
_TEXT_CONSTANT = 0x17
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
_MAX_RECORDS = 4_000_000


@dataclass
class SheetLook:
    """Places (1-based row, column) of one worksheet: errors, and formulas that have no result."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unworked: dict[tuple[int, int], str | None] = field(default_factory=dict)


def _records(stream: bytes, offset: int = 0) -> Iterator[tuple[int, int, int]]:
    """Number, start of the content and length of each record."""
    for _ in range(_MAX_RECORDS):
        if offset + 4 > len(stream):
            return
        number, length = struct.unpack_from("<HH", stream, offset)
        if offset + 4 + length > len(stream):
            return
        yield number, offset + 4, length
        offset += 4 + length


def is_encrypted(stream: bytes) -> bool:
    """Whether the stream is protected by a password (the record stands before the first end mark)."""
    for number, _, _ in _records(stream):
        if number in {_FILEPASS, _EOF}:
            return number == _FILEPASS
    return False


def old_code_page(stream: bytes) -> int | None:
    """Code page of the texts when the edition is older than Unicode ones: 0 when the file does not say, else None."""
    first = next(_records(stream), None)
    if first is None or (first[0] == _UNICODE_BOF and stream[first[1] : first[1] + 2] >= b"\x00\x06"):
        return None
    for number, start, length in _records(stream):
        if number == _CODEPAGE and length >= 2:
            return int.from_bytes(stream[start : start + 2], "little")
        if number == _EOF:
            break
    return 0


def links_elsewhere(stream: bytes) -> bool:
    """Whether formulas of the workbook refer to other files."""
    for number, start, length in _records(stream):
        if number == _SUPBOOK and length >= 4 and stream[start + 2 : start + 4] not in _OWN_BOOKS:
            return True
        if number == _EOF:
            break
    return False


def error_text(code: int) -> str:
    """Text of an error code of the BIFF formats."""
    return _ERRORS.get(code, f"#ERROR {code}")


def look_at_sheets(stream: bytes) -> list[SheetLook]:
    """Looks of the worksheets in the order of the workbook; empty for editions before Excel 5."""
    starts = []
    for number, start, length in _records(stream):
        if number == _EOF:
            break
        if number == _BOUNDSHEET and length >= 6 and stream[start + 5] == _WORKSHEET:
            starts.append(struct.unpack_from("<I", stream, start)[0])
    return [_look_at(stream, start) for start in starts]


def _look_at(stream: bytes, offset: int) -> SheetLook:
    look, depth = SheetLook(), 0
    for number, start, length in _records(stream, offset):
        if number in _BOF:
            depth += 1
        elif number == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and number == _BOOLERR and length >= 8 and stream[start + 7]:
            look.errors[_place(stream, start)] = error_text(stream[start + 6])
        elif depth == 1 and number == _FORMULA and length >= 22:
            _look_at_formula(stream, start, length, look)
    return look


def _place(stream: bytes, start: int) -> tuple[int, int]:
    row, column = struct.unpack_from("<HH", stream, start)
    return row + 1, column + 1


def _look_at_formula(stream: bytes, start: int, length: int, look: SheetLook) -> None:
    kind, code, marker = stream[start + 6], stream[start + 8], stream[start + 12 : start + 14]
    if marker != b"\xff\xff":
        return
    if kind == 2:
        look.errors[_place(stream, start)] = error_text(code)
    elif kind == _NO_RESULT:
        tokens = stream[start + 22 : start + length]
        formula = plain_sum(tokens)
        # An empty text is a real result of formulas that hold a text constant, such as IF(B5="","",B5)
        if formula or _TEXT_CONSTANT not in tokens:
            look.unworked[_place(stream, start)] = formula


def plain_sum(tokens: bytes) -> str | None:
    """The formula text when the tokens are a SUM over one range, else None."""
    if len(tokens) < 13 or tokens[0] not in _AREA:
        return None
    first_row, last_row, first_column, last_column = struct.unpack_from("<HHHH", tokens, 1)
    rest = tokens[9:]
    by_attribute = rest[0] == 0x19 and rest[1] & 0x10
    by_function = rest[0] in _FUNCTION and rest[1] == 1 and struct.unpack_from("<H", rest, 2)[0] == _SUM
    if not (by_attribute or by_function) or len(rest) > 4:
        return None
    first = address(first_row + 1, (first_column & 0xFF) + 1)
    return f"=SUM({first}:{address(last_row + 1, (last_column & 0xFF) + 1)})"
