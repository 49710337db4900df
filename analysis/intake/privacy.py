"""Personal data in the cells of a workbook: found and masked before anything is stored (M62, domain 7.2).

Only kinds and places are told, never what stood there. What is masked is replaced in the workbook itself, so that no
later step, table, message or log can show it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from analysis.records import Cell, Sheet, Workbook

Kind = Literal["id_number", "mobile", "card", "health"]
MASK = "■"

_ID18 = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])")
_ID15 = re.compile(r"(?<!\d)[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_GAPS = re.compile(r"(?<=\d)[\s\-]+(?=\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FIFTEEN_DIGITS = 1e14
_LONG = (15, 16, 17, 18, 19)


@dataclass(frozen=True, slots=True)
class Hit:
    """Something personal in a cell, or in its comment."""

    sheet: str
    row: int
    column: int
    kind: Kind


def personal_kinds(text: str, health_words: tuple[str, ...] = ()) -> tuple[Kind, ...]:
    """What personal data a text holds.

    Numbers of identity cards count with a right check digit, bank cards by Luhn; spaces and hyphens between digits
    hide nothing. `health_words` are words of illness.
    """
    plain = unicodedata.normalize("NFKC", text)
    found: list[Kind] = []
    for form in dict.fromkeys((plain, _GAPS.sub("", plain))):
        if any(_check_digit(number) for number in _ID18.findall(form)) or _ID15.search(form):
            found.append("id_number")
        elif any(_luhn(number) for number in _CARD.findall(form)):
            found.append("card")
        if _MOBILE.search(form):
            found.append("mobile")
    if any(word in plain for word in health_words):
        found.append("health")
    return tuple(dict.fromkeys(found))


def mask_workbook(
    workbook: Workbook, health_words: tuple[str, ...], may_hold_phone: Callable[[Sheet, Cell], bool]
) -> tuple[Workbook, tuple[Hit, ...]]:
    """The workbook with personal cells and comments masked, and what was found where.

    A mobile alone in a place for phones (`may_hold_phone`: the liaison field, the signature line) is left to the
    reader of that field, which stores no text of it.
    """
    hits: list[Hit] = []
    sheets = []
    for sheet in workbook.sheets:
        cells: dict[tuple[int, int], Cell] = {}
        for place, cell in sheet.cells.items():
            kinds = set(personal_kinds(cell.text, health_words)) | _destroyed_number(cell)
            said = set(personal_kinds(cell.comment or "", health_words))
            if kinds == {"mobile"} and may_hold_phone(sheet, cell):
                kinds = set()
            hits += [Hit(sheet.name, *place, kind) for kind in sorted(kinds | said)]
            masked = replace(cell, comment=MASK) if said else cell
            cells[place] = replace(masked, value=MASK, text=MASK, kind="text", formula=None) if kinds else masked
        sheets.append(replace(sheet, cells=_frozen(cells)))
    return replace(workbook, sheets=tuple(sheets)), tuple(hits)


def _frozen(cells: dict[tuple[int, int], Cell]) -> Mapping[tuple[int, int], Cell]:
    return cells


def _destroyed_number(cell: Cell) -> set[Kind]:
    """A card number that a spreadsheet took for a number, and of which it lost the last digits (M73)."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float) or cell.value < _FIFTEEN_DIGITS:
        return set()
    return {"id_number"} if math.isfinite(cell.value) and len(str(int(cell.value))) in _LONG else set()


def _check_digit(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0
