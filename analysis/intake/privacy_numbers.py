"""Numbers that belong to one person: identity cards, mobile phones, bank cards, in whatever way they are written.

A number counts by its own rules of form (region, date, check digit, Luhn), so that amounts, dates, serial and document
numbers of a return are not taken for one. Blanks, hyphens, full-width digits, invisible characters and Chinese
punctuation between the digits hide nothing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from analysis.records import Cell

NumberKind = Literal["id_number", "mobile", "card", "long_number", "long_phone"]


class Place(NamedTuple):
    """Where a number of one kind stands in a text."""

    kind: NumberKind
    start: int
    end: int


_FEWEST_DIGITS = 11
_ANY_GAP = r"(?:[^\w]|_){0,4}"
_GAP = r"[ \t\-‐-―−_.]{1,3}"
_DATE = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID18 = re.compile(rf"(?<!\d)(?=((?:\d{_ANY_GAP}){{17}}[\dXx])(?:[1-7][1-4](?:[Bb]\d)?)?(?![\dXx]))")
_ID18_FORM = re.compile(rf"[1-9]\d{{5}}{_DATE}\d{{3}}[\dXx]")
_ID15 = re.compile(rf"(?<![\d.])(\d{{6}})(?:{_GAP})?(\d{{6}})(?:{_GAP})?(\d{{3}})(?![\dXx])(?!\.\d)")
_SHORT_DATE = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_AREA = rf"(?:\(?(?:\+|00)?86\)?(?:{_GAP})?)?"
_PHONE_GAP = r"[ \t\-‐-―−_.()]{1,3}"
_PHONE_GROUPS = (
    (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (3, 5, 3), (4, 7), (4, 4, 3), (4, 3, 4), (5, 6), (5, 3, 3), (1,) * 11
)  # fmt: skip
_MOBILE = re.compile(rf"(?<!\d)(?<!0\.){_AREA}1[3-9]\d{{9}}(?!\d)(?!\.\d*[1-9])")
_SPACED_MOBILE = re.compile(
    rf"(?<![\d.]){_AREA}\(?(?=1(?:{_GAP})?[3-9])(?:"
    + "|".join(_PHONE_GAP.join(rf"\d{{{size}}}" for size in sizes) for sizes in _PHONE_GROUPS)
    + r")(?!\d)(?!\.\d)"
)
_CARD = re.compile(
    rf"(?<![\d.])(?:\d{{16,19}}|\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:(?:{_GAP})?\d{{1,3}})?|\d{{6}}{_GAP}\d{{10,13}}"
    rf"|\d(?:{_GAP}\d){{15,18}})(?!\d)"
)
_MOMENT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d")
_YEAR_OR_ROUND = re.compile(r"(?:19|20)\d{2}|\d+00")
_LONG_TEXT = re.compile(r"(?<![\d.])[1-9]\.\d+e\+?1[4-8](?!\d)", re.IGNORECASE)
_PHONE_TEXT = re.compile(r"(?<![\d.])1\.[3-9]\d*e\+?10(?!\d)", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_FIFTEEN_DIGITS, _NINETEEN_DIGITS = 1e14, 1e19
_FIRST_PHONE, _AFTER_PHONES = 13_000_000_000, 20_000_000_000
_ROUNDED = 1_000_000


def plain_digits(text: str) -> str:
    """The text in one width, without invisible characters: what the searches below read."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    visible = (c for c in folded if unicodedata.category(c) not in ("Cf", "Mn"))
    return "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in visible)


@lru_cache(maxsize=65536)
def number_kinds(text: str) -> tuple[NumberKind, ...]:
    """Kinds of personal numbers that a text holds, each once."""
    return tuple(dict.fromkeys(place.kind for place in number_places(plain_digits(text))))


def number_places(plain: str) -> list[Place]:
    """Each personal number in a text that `plain_digits` gave, none overlapping another."""
    found = [Place("long_number", *hit.span()) for hit in _LONG_TEXT.finditer(plain)]
    found += [Place("long_phone", *hit.span()) for hit in _PHONE_TEXT.finditer(plain)]
    if sum(c.isdigit() for c in plain) < _FEWEST_DIGITS:
        return found
    found += [*_id_numbers(plain), *_cards(plain)]
    found += [Place("mobile", *hit.span()) for pattern in (_MOBILE, _SPACED_MOBILE) for hit in pattern.finditer(plain)]
    kept: list[Place] = []
    for place in found:
        if not any(place.start < other.end and other.start < place.end for other in kept):
            kept.append(place)
    return kept


def destroyed_number(cell: Cell) -> NumberKind | None:
    """What a number cell was before a spreadsheet took it for a number and rounded it (M62, M73), else None."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if _FIFTEEN_DIGITS <= value < _NINETEEN_DIGITS:
        return "long_number"
    if _FIRST_PHONE <= value < _AFTER_PHONES and value == int(value):
        return "long_phone" if value % _ROUNDED == 0 else "mobile"
    return None


def _id_numbers(plain: str) -> list[Place]:
    found = []
    for hit in _ID18.finditer(plain):
        number = "".join(c for c in hit.group(1) if c.isdigit() or c in "Xx")
        known = _REGION.fullmatch(number[:2]) or len(hit.group(1)) == len(number)
        if known and _ID18_FORM.fullmatch(number) and _check_digit(number):
            found.append(Place("id_number", *hit.span(1)))
    for hit in _ID15.finditer(plain):
        if _REGION.fullmatch(hit.group(1)[:2]) and _SHORT_DATE.fullmatch(hit.group(2)):
            found.append(Place("id_number", *hit.span()))
    return found


def _cards(plain: str) -> list[Place]:
    found = []
    for hit in _CARD.finditer(plain):
        groups = re.findall(r"\d+", hit.group())
        number = "".join(groups)
        listed = len(groups) > 1 and all(_YEAR_OR_ROUND.fullmatch(group) for group in groups)
        if _luhn(number) and not listed and not _MOMENT.match(number) and len(set(number)) > 1:
            found.append(Place("card", *hit.span()))
    return found


def _check_digit(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == number[17].upper()


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0
