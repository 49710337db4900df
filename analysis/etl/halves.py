"""Half hours and half days: 半小时, 半天, 两个半小时, 1天半 -> a number and its unit."""

from __future__ import annotations

from fractions import Fraction

from analysis.etl.lexicon import Lexicon
from analysis.etl.numerals import read_numeral

_HALF = Fraction(1, 2)


def read_half(text: str, field_type: str, lexicon: Lexicon) -> tuple[Fraction, str] | None:
    """The number of units that a tidy text with a half in it says; None when it says none, or for another field.

    The half stands before the unit (半小时, 三个半小时) or at the end (1小时半, 两天半).
    """
    if field_type != "hours" or not lexicon.inside("half", text):
        return None
    unit = lexicon.end("half_unit", text)
    if unit:
        return _before_unit(text[: -len(unit)], unit, lexicon)
    half = lexicon.end("half", text)
    unit = lexicon.end("half_unit", text[: -len(half)]) if half else ""
    number = _whole(text[: -len(half) - len(unit)], lexicon) if unit else None
    return (number + _HALF, unit) if number is not None else None


def _before_unit(text: str, unit: str, lexicon: Lexicon) -> tuple[Fraction, str] | None:
    text = text[: len(text) - len(lexicon.end("half_between", text))]
    half = lexicon.end("half", text)
    if not half:
        return None
    text = text[: -len(half)]
    if not text:
        return _HALF, unit
    if lexicon.end("half_between", text) and lexicon.has("day_part", half + unit):
        return None  # two half days or two and a half: 2个半天 says either
    number = _whole(text, lexicon)
    return (number + _HALF, unit) if number is not None else None


def _whole(text: str, lexicon: Lexicon) -> Fraction | None:
    """A whole number, with or without 个 behind it."""
    numeral = read_numeral(text[: len(text) - len(lexicon.end("half_between", text))])
    is_whole = numeral and numeral.value.denominator == 1 and numeral.value > 0 and not numeral.spoken
    return numeral.value if numeral and is_whole else None
