"""Approximate numbers, bounds and ranges: 约50人, 三十余人, 不超过100元, 30-40人."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from analysis.etl.doubts import Doubt
from analysis.etl.numerals import NUMERAL_PATTERN, read_numeral
from analysis.etl.quantities import Field, Quantity, read_quantity

Hedge = Literal["exact", "about", "low", "below", "high"]
_NUMERAL_FIRST = re.compile(NUMERAL_PATTERN)
_RANGE_SIGNS = re.compile(r"--|——|[-~\u2010-\u2015\u2212\u223c\u301c至到]")
_YEARS = range(1900, 2101)
_KINDS: dict[str, Hedge] = {"about": "about", "low": "low", "below": "below", "high": "high"}


@dataclass(frozen=True, slots=True)
class Hedged:
    """A quantity and what the words around it make of it: exact, about, at least, less than, at most."""

    quantity: Quantity
    hedge: Hedge


def read_hedged(text: str, field: Field) -> Hedged | None:
    """The whole text as a quantity with or without hedging words; None when it has another shape.

    Raises Doubt as `read_quantity`, and when the words contradict each other (约50人以上).
    """
    exact = read_quantity(text, field)
    if exact:
        return Hedged(exact, "exact")
    core, kinds = _without_hedges(text, field)
    inside = _hedge_inside(core, field)
    if inside:
        quantity: Quantity | None = inside[0]
        kinds = kinds | {inside[1]}
    else:
        quantity = read_quantity(core, field, bare=True) if kinds else None
    if quantity is None:
        return None
    if len(kinds) != 1 or (quantity.value <= 0):
        raise Doubt("M37", "unclear")
    return Hedged(quantity, _KINDS[kinds.pop()])


def _without_hedges(text: str, field: Field) -> tuple[str, set[str]]:
    """The text without the hedging words at its start and end, and their kinds."""
    kinds: set[str] = set()
    changed = True
    while changed:
        changed = False
        lead = field.lexicon.start("number_lead", text)
        before = field.lexicon.start("hedge_before", text)
        after = field.lexicon.end("hedge_after", text)
        if lead and len(lead) >= len(before):
            text, changed = text[len(lead) :].removeprefix(":"), True
        elif before:
            text, changed = text[len(before) :], True
            kinds.add(field.lexicon.meaning("hedge_before", before) or "")
        elif after and len(after) < len(text):
            text, changed = text[: -len(after)], True
            kinds.add(field.lexicon.meaning("hedge_after", after) or "")
    return text, kinds


def _hedge_inside(text: str, field: Field) -> tuple[Quantity, str] | None:
    """A hedging word between number and unit: 50余人, 三十多万元."""
    numeral_text = _NUMERAL_FIRST.match(text)
    if not numeral_text:
        return None
    rest = text[numeral_text.end() :]
    word = field.lexicon.start("hedge_inside", rest)
    numeral = read_numeral(numeral_text.group(), bare=True)
    if not word or numeral is None:
        return None
    if numeral.spoken:
        raise Doubt("M41", "spoken")
    one = read_quantity("1" + rest[len(word) :], field)
    if one is None:
        return None
    return Quantity(numeral.value * one.value, one.marks), field.lexicon.meaning("hedge_inside", word) or ""


def find_range(text: str, field: Field) -> Doubt | None:
    """The question that a range is, with its bounds where they are sure; None when the text is no range.

    Raises Doubt as `read_quantity`.
    """
    text = text[len(field.lexicon.start("range_before", text)) :]
    text = text[: len(text) - len(field.lexicon.end("range_after", text))]
    core, _ = _without_hedges(text, field)
    for sign in _RANGE_SIGNS.finditer(core):
        first, last = core[: sign.start()], core[sign.end() :]
        bounds = _bounds(first, last, field) if first and last else None
        if bounds:
            low, high = bounds
            sure = low <= high and not _are_years(low, high)
            return Doubt("M38", "", low, high) if sure else Doubt("M38", "unclear")
    return None


def _bounds(first: str, last: str, field: Field) -> tuple[Fraction, Fraction] | None:
    high = read_quantity(last, field)
    if high is None:
        return None
    shared = _after_number(last)
    low = read_quantity(first + shared, field) if shared and not _after_number(first) else None
    low = low or read_quantity(first, field)
    return (low.value, high.value) if low else None


def _after_number(text: str) -> str:
    """Multiplier and unit of a quantity: 万元 of 2万元, 人 of 四十人."""
    numeral = _NUMERAL_FIRST.match(text)
    if not numeral:
        return ""
    written = numeral.group()
    big = written[-1] if written[-1] in "百千万亿" else ""
    return big + text[numeral.end() :]


def _are_years(low: Fraction, high: Fraction) -> bool:
    return low in _YEARS and high in _YEARS
