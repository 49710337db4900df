"""Several numbers in one cell that together are one: 50(其中党员32), 32+18=50."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from analysis.etl.doubts import Doubt
from analysis.etl.hedges import Hedged, read_hedged
from analysis.etl.numerals import NUMERAL_PATTERN
from analysis.etl.quantities import Field, Quantity, read_quantity
from analysis.records import Part

_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)")
_SEPARATORS = re.compile(r"[,、;]")
_NUMERAL = re.compile(NUMERAL_PATTERN)
_JOINTS = ",、;:"


@dataclass(frozen=True, slots=True)
class Compound:
    """The number that counts, the parts that were said with it, and whether it is a sum of addends."""

    main: Hedged
    parts: tuple[Part, ...] = ()
    summed: bool = False


def read_compound(text: str, field: Field) -> Compound | None:
    """The whole text as a compound; None when it has another shape. Raises Doubt when a part is not understood."""
    return _with_parts(text, field) or _sum(text, field)


def _with_parts(text: str, field: Field) -> Compound | None:
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        main_text, inner = bracketed.groups()
        said_apart = (
            _about(main_text, inner, field) or _explained(main_text, inner, field) or _twice(main_text, inner, field)
        )
        if said_apart:
            return said_apart
        plain = read_quantity(main_text + inner, field) if field.lexicon.factor(field.measure_unit, inner) else None
        if plain:
            return Compound(Hedged(plain, "exact"))
    else:
        marker = _first_marker(text, field)
        if not marker:
            return None
        place = text.index(marker)
        main_text, inner = text[:place].rstrip(_JOINTS), text[place:]
    main = read_hedged(main_text, field)
    if main is None:
        return None
    if field.lexicon.inside("other_people", inner):
        raise Doubt("M47", "")
    if field.type != "count":
        raise Doubt("M39", "unclear")
    parts = tuple(_part(piece, field) for piece in _SEPARATORS.split(inner))
    if any(part.value > main.quantity.value for part in parts):
        raise Doubt("M39", "part_above_whole")
    halves = {field.lexicon.meaning("part_half", part.word): part.value for part in parts} | {None: 0.0}
    if len(halves) > 2 and sum(halves.values()) != main.quantity.value:
        raise Doubt("M39", "wrong_sum")
    return Compound(main, parts)


def _about(main_text: str, inner: str, field: Field) -> Compound | None:
    """50人(约): a number that the brackets call approximate."""
    if not field.lexicon.has("hedge_bracket", inner):
        return None
    main = read_quantity(main_text, field)
    return Compound(Hedged(main, "about")) if main and main.value > 0 else None


def _explained(main_text: str, inner: str, field: Field) -> Compound | None:
    """50(32+18): a number and how it was added up. Raises Doubt when the addends give another number."""
    return _sum(f"{inner}={main_text}", field) if "+" in inner and "=" not in inner else None


def _twice(main_text: str, inner: str, field: Field) -> Compound | None:
    """1200元(壹仟贰佰元整): the same number in two notations; None when they differ or do not say the same."""
    numeral = _NUMERAL.match(inner)
    if not numeral or (numeral.group().isascii() and main_text.isascii()):
        return None
    first, second = read_quantity(main_text, field), read_quantity(inner, field)
    return Compound(Hedged(first, "exact")) if first and second and first.value == second.value else None


def _first_marker(text: str, field: Field) -> str:
    """The word that opens the parts of a text without brackets: 50人,其中党员32人."""
    found = [word for word in field.lexicon.words.get("part_marker", ()) if text.find(word) > 0]
    return min(found, key=lambda word: (text.index(word), -len(word)), default="")


def _part(text: str, field: Field) -> Part:
    """A part such as 其中党员32人 or 含32名党员. Raises Doubt unless every word of it is known."""
    text = text[len(field.lexicon.start("part_marker", text)) :].lstrip(":")
    number = _NUMERAL.search(text)
    if not number:
        raise Doubt("M39", "unclear")
    before, after = text[: number.start()], text[number.start() :]
    if before:
        before = before.rstrip(":")
        joint = field.lexicon.end("part_joint", before)
        word, quantity_text = before[: len(before) - len(joint)], after
    else:
        rest = text[number.end() :]
        unit = _unit_at_start(rest, field)
        word, quantity_text = rest[len(unit) :], number.group() + unit
    quantity = read_quantity(quantity_text, field)
    if not _is_known(word, field) or quantity is None or quantity.value.denominator != 1 or quantity.value < 0:
        raise Doubt("M39", "unclear")
    return Part(word, float(quantity.value))


def _unit_at_start(text: str, field: Field) -> str:
    """The longest unit of the field with which the text starts, so that known words are left after it."""
    units = sorted(field.lexicon.units.get(field.measure_unit, ()), key=len, reverse=True)
    return next((unit for unit in units if text.startswith(unit) and _is_known(text[len(unit) :], field)), "")


def _is_known(word: str, field: Field) -> bool:
    """Whether the word is one of `part_word` or several of them in a row (女 + 党员)."""
    if not word:
        return False
    rest = word
    while rest:
        known = field.lexicon.start("part_word", rest)
        if not known:
            return False
        rest = rest[len(known) :]
    return True


def _sum(text: str, field: Field) -> Compound | None:
    left, equals, right = text.removeprefix("=").partition("=")
    if "+" in right and "+" not in left:
        left, right = right, left
    pieces = left.split("+")
    if len(pieces) < 2 or not all(pieces):
        return None
    addends = [read_quantity(piece, field) for piece in pieces]
    known = [addend for addend in addends if addend is not None]
    if len(known) < len(addends):
        return None
    total = sum((addend.value for addend in known), Fraction(0))
    if equals:
        stated = read_quantity(right, field)
        if stated is None or stated.value != total:
            raise Doubt("M39", "wrong_sum")
    return Compound(Hedged(Quantity(total), "exact"), summed=True)
