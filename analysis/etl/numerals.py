"""Numerals, Arabic, Chinese or mixed -> an exact number; nothing that is not well formed is a number.

The characters of numerals are the alphabet of this grammar, as 0-9 are of another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_DIGITS = {
    c: i
    for i, row in enumerate(("〇零", "一壹", "二贰弍", "三叁弎", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in row
}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TWO = "两"
_POINT = "点"
_BIG = (("亿", 10**8), ("万", 10**4))
_MULTIPLIERS = {"百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "亿": 10**8}
_ARABIC = re.compile(r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+")
_LEADING_ZERO = re.compile(r"0[0-9]{2,}")
_LONGEST = 40

CHINESE = "".join([*_DIGITS, *_TENS, *_UNITS, _TWO, *(sign for sign, _ in _BIG)])
NUMERAL_CHARACTERS = frozenset(CHINESE)
NUMERAL_PATTERN = (
    rf"(?:[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|\.[0-9]+|[{CHINESE}]|(?<=[{CHINESE}]){_POINT}(?=[{CHINESE}]))+"
)
"""What may be a numeral: to be cut out of a text and handed to `read_numeral`, which decides."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A well-formed numeral.

    `spoken` marks short forms (两千三) that must be asked about; `style` is `arabic`, `chinese` or `mixed`.
    """

    value: Fraction
    style: str
    spoken: bool = False


class _Spoken(ValueError):
    """A short form: the value is what it usually means."""

    def __init__(self, value: int) -> None:
        super().__init__(value)
        self.value = value


def write_numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals, as in 第二十届. Raises ValueError for any other."""
    if not 0 < number < 100:
        raise ValueError(f"not from 1 to 99: {number}")
    signs = {value: sign for sign, value in reversed(_DIGITS.items())}
    ten = next(iter(_UNITS))
    tens, rest = divmod(number, 10)
    head = "" if tens == 0 else ten if tens == 1 else signs[tens] + ten
    return head + (signs[rest] if rest else "")


def read_numeral(text: str, *, bare: bool = False) -> Numeral | None:
    """The number that the whole text is, or None. `bare` allows 百, 千, 万 without a digit (百余, 近千)."""
    if not text or len(text) > _LONGEST:
        return None
    if _ARABIC.fullmatch(text):
        return None if _LEADING_ZERO.match(text) else Numeral(Fraction(text.replace(",", "")), "arabic")
    coefficient, sign = text[:-1], text[-1]
    if sign in _MULTIPLIERS and _ARABIC.fullmatch(coefficient) and not _LEADING_ZERO.match(coefficient):
        return Numeral(Fraction(coefficient.replace(",", "")) * _MULTIPLIERS[sign], "mixed")
    style = "mixed" if any(c.isascii() for c in text) else "chinese"
    if style == "mixed" and not all(c.isascii() or c in _MULTIPLIERS for c in text):
        return None
    if bare and text in _MULTIPLIERS:
        return Numeral(Fraction(_MULTIPLIERS[text]), style)
    try:
        return Numeral(_fraction(text), style)
    except _Spoken as spoken:
        return Numeral(Fraction(spoken.value), style, spoken=True)
    except ValueError:
        return None


def read_digits(text: str) -> int | None:
    """Digits said one by one, as in years: 二〇二五 -> 2025; None when there is anything else."""
    if not text or len(text) > _LONGEST or not all(c in _DIGITS or c in "0123456789" for c in text):
        return None
    return int("".join(str(_DIGITS.get(c, c)) for c in text))


def _fraction(text: str) -> Fraction:
    whole, point, decimals = text.partition(_POINT)
    if not point:
        return Fraction(_whole(text))
    multiplier = 1
    if decimals[-1:] in ("万", "亿"):
        multiplier, decimals = _MULTIPLIERS[decimals[-1]], decimals[:-1]
    tail = read_digits(decimals)
    if tail is None or not whole or any(c.isascii() for c in text):
        raise ValueError(text)
    return (_whole(whole) + Fraction(tail, 10 ** len(decimals))) * multiplier


def _whole(text: str) -> int:
    """Value of a whole numeral. Raises ValueError when it is malformed, _Spoken for a short form."""
    if text in ("零", "〇"):
        return 0
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return _said_one_by_one(text)
    return _with_big_units(text, _BIG)


def _said_one_by_one(text: str) -> int:
    """一〇五 is 105; but 三五 may be 35 or three to five: refused."""
    if _DIGITS[text[0]] == 0 or all(_DIGITS[c] for c in text):
        raise ValueError(text)
    return int("".join(str(_DIGITS[c]) for c in text))


def _with_big_units(text: str, units: tuple[tuple[str, int], ...]) -> int:
    if not units:
        return _section(text)
    (sign, size), smaller = units[0], units[1:]
    head, found, tail = text.partition(sign)
    if not found:
        return _with_big_units(text, smaller)
    if not head or sign in tail:
        raise ValueError(text)
    top = _with_big_units(head, smaller)
    if top == 0:
        raise ValueError(text)
    return top * size + _after(tail, size, smaller, top * size)


def _after(tail: str, size: int, smaller: tuple[tuple[str, int], ...], top: int) -> int:
    """What follows 万 or 亿: 零 only when a place is skipped; a lone digit is a short form (三万五)."""
    if not tail:
        return 0
    if tail.isascii():
        if len(tail) != len(str(size)) - 1 or not tail.isdecimal():
            digit = tail.isdecimal() and len(tail) == 1
            raise _Spoken(top + int(tail) * size // 10) if digit and tail != "0" else ValueError(tail)
        return int(tail)
    zero = tail[0] in "零〇"
    rest = tail[1:] if zero else tail
    if not zero and len(rest) == 1 and (rest in _DIGITS or rest == _TWO):
        raise _Spoken(top + _digit(rest) * size // 10)
    try:
        value = _with_big_units(rest, smaller)
    except _Spoken as spoken:
        raise _Spoken(top + spoken.value) from None
    if value >= size or value == 0 or (zero and value >= size // 10):
        raise ValueError(tail)
    return value


def _digit(character: str) -> int:
    if character == _TWO:
        return 2
    if character in "123456789":
        return int(character)
    return _DIGITS[character]


def _is_digit(character: str) -> bool:
    return character == _TWO or character in "123456789" or _DIGITS.get(character, 0) > 0


def _section(text: str) -> int:
    """Value below 10 000 in thousands, hundreds, tens and ones. Raises as `_whole` does."""
    if text.isascii() and text.isdecimal() and text[0] != "0":
        return int(text)
    total, last, zero = 0, 10_000, False
    place = 0
    while place < len(text):
        here, following = text[place], text[place + 1 : place + 2]
        if here in "零〇":
            if zero or not total or place + 1 == len(text):
                raise ValueError(text)
            zero, place = True, place + 1
            continue
        value, unit, width = _place_value(here, following, last)
        if unit >= last or (zero and unit * 10 == last) or (unit == 1 and place + width < len(text)):
            raise ValueError(text)
        if unit == 1 and total and last > 10 and not zero:
            raise _Spoken(total + value * last // 10)
        total, last, zero, place = total + value * unit, unit, False, place + width
    if not text:
        raise ValueError(text)
    return total


def _place_value(here: str, following: str, last: int) -> tuple[int, int, int]:
    """Digit, unit and number of characters of the next place of a section."""
    if here in _TENS:
        return _TENS[here] // 10, 10, 1
    if _UNITS.get(here) == 10 and last in (100, 1000, 10_000):
        return 1, 10, 1
    if not _is_digit(here):
        raise ValueError(here)
    unit = _UNITS.get(following, 1)
    if here == _TWO and (unit == 10 or (unit == 1 and last != 10_000)):
        raise ValueError(here)
    return _digit(here), unit, 2 if unit > 1 else 1
