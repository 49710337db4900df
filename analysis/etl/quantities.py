"""A number with its unit -> an exact quantity in the unit of the field: 50人, 0.84万元, 2小时30分, ¥1,200.00."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.etl.doubts import Doubt
from analysis.etl.halves import read_half
from analysis.etl.lexicon import Lexicon
from analysis.etl.numerals import CHINESE, NUMERAL_PATTERN, Numeral, read_numeral

_THREE_DECIMALS = re.compile(r"[0-9]+\.(?:[0-9]{3}|[0-9]{3,}0)")  # 1.200 may be 1,200; 1.1000 item 1 of a list
_MINUTES = re.compile(r"[0-9]+\.[1-4]0")  # 1.30 may be 1:30
_TOKEN = re.compile(rf"({NUMERAL_PATTERN})([^0-9.{CHINESE}]*)")
_MISMATCH = {"amount": "M43", "hours": "M44", "number": "M44", "ml": "M45"}
_MISMATCH_BETWEEN = {("person", "person_time"): ("M46", "person_times")}


@dataclass(frozen=True, slots=True)
class Field:
    """What a number is read for: type and unit of measure of its field, and the factor that the header sets."""

    type: str
    measure_unit: str
    lexicon: Lexicon
    factor: Fraction = Fraction(1)

    def mismatch(self, written: str) -> Doubt:
        """The doubt about a number written with the unit of another quantity."""
        other = self.lexicon.other_measure(self.measure_unit, written)
        rule, case = _MISMATCH_BETWEEN.get(
            (self.measure_unit, other), (_MISMATCH.get(self.type, "M36"), "unit_mismatch")
        )
        return Doubt(rule, case)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit of its field.

    `marks` say how it was written: `unit` (with the unit of the field), `factor` (with another that was converted),
    `header` (times the factor of the header), `chinese`, `thousands`, `point_zero`, `lead` (with a word such as 共).
    """

    value: Fraction
    marks: frozenset[str] = frozenset()

    def marked(self, *marks: str) -> Quantity:
        return replace(self, marks=self.marks | set(marks))


def read_quantity(text: str, field: Field, *, bare: bool = False) -> Quantity | None:
    """The quantity that the whole text is, or None when it has another shape.

    Raises Doubt for a unit of another quantity and for numerals in short form.
    """
    lexicon = field.lexicon
    lead = lexicon.start("number_lead", text)
    if lead and lead != text:
        rest = read_quantity(text[len(lead) :].removeprefix(":"), field, bare=bare)
        return rest.marked("lead") if rest else None
    half = read_half(text, field.type, lexicon)
    if half and (size := lexicon.factor(field.measure_unit, half[1])):
        return Quantity(half[0] * size, frozenset({"factor"}))
    before = lexicon.start("unit_before_number", text)
    if before:
        return _with_unit_before(text[len(before) :], lexicon.meaning("unit_before_number", before) or "", field)
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(number + unit for number, unit in tokens) != text:
        return None
    numerals = [read_numeral(number, bare=bare) for number, _ in tokens]
    known = [numeral for numeral in numerals if numeral is not None]
    if len(known) < len(numerals):
        return None
    units = [unit for _, unit in tokens]
    if lexicon.has("unit_asked", units[0]):
        raise field.mismatch(units[0])
    if len(known) == 1:
        quantity = _single(tokens[0][0], known[0], units[0], field)
    else:
        quantity = _sequence([number for number, _ in tokens], known, units, field)
    if quantity and any(numeral.spoken for numeral in known):
        raise Doubt("M41", "spoken")
    return quantity


def _single(written: str, numeral: Numeral, unit: str, field: Field) -> Quantity | None:
    marks = _marks_of(written, numeral)
    if not unit:
        return _without_unit(written, numeral, marks, field)
    factor = field.lexicon.factor(field.measure_unit, unit)
    if factor is None:
        if field.lexicon.other_measure(field.measure_unit, unit):
            raise field.mismatch(unit)
        return None
    if factor == 1:
        _refuse_doubtful_point(written, field)
    return Quantity(numeral.value * factor, marks | {"unit" if factor == 1 else "factor"})


def _without_unit(written: str, numeral: Numeral, marks: frozenset[str], field: Field) -> Quantity:
    """A plain number takes the factor of the header; one that already says 万 does so only when that is sure."""
    if field.factor == 1:
        _refuse_doubtful_point(written, field)
        return Quantity(numeral.value, marks)
    big = [sign for sign in "百千万亿佰仟" if sign in written]
    if big:
        if written.endswith("万") and field.factor == 10_000 and big == ["万"]:
            return Quantity(numeral.value, marks | {"factor"})
        raise Doubt("M74", "unclear")
    return Quantity(numeral.value * field.factor, marks | {"header"})


def _refuse_doubtful_point(written: str, field: Field) -> None:
    """Raises Doubt when the point of a typed number may be a comma, the mark of an item or a colon."""
    if _THREE_DECIMALS.fullmatch(written) or (field.type == "hours" and _MINUTES.fullmatch(written)):
        raise Doubt("M54", "not_a_number")


def _with_unit_before(rest: str, measure_unit: str, field: Field) -> Quantity | None:
    """¥1,200 or 人民币1200元."""
    if measure_unit != field.measure_unit:
        raise field.mismatch("")
    if field.factor != 1:
        raise Doubt("M74", "unclear")
    quantity = read_quantity(rest, field) if _TOKEN.match(rest) else None
    return quantity.marked("unit") if quantity else None


def _sequence(written: list[str], numerals: list[Numeral], units: list[str], field: Field) -> Quantity | None:
    """2小时30分, 12元5角, 2h30: units of the field from large to small, each less than one of the unit before it."""
    if not units[-1] and field.lexicon.factor(field.measure_unit, units[-2]) == 1:
        units = [*units[:-1], _smaller_unit(written[-1], field)]
    factors = [field.lexicon.factor(field.measure_unit, unit) if unit else None for unit in units]
    total, previous = Fraction(0), None
    for numeral, factor in zip(numerals, factors, strict=True):
        if factor is None:
            return None
        amount = numeral.value * factor
        if previous is not None and (factor >= previous or amount >= previous):
            return None
        if factor is not factors[-1] and numeral.value.denominator != 1:
            return None
        total, previous = total + amount, factor
    return Quantity(total, frozenset({"factor"}))


def _smaller_unit(written: str, field: Field) -> str:
    """The unit that goes without saying in 2h30, where two digits follow."""
    two_digits = len(written) == 2 and written.isascii() and written.isdecimal()
    return field.lexicon.meaning("unit_unsaid", field.measure_unit) or "" if two_digits else ""


def _marks_of(written: str, numeral: Numeral) -> frozenset[str]:
    marks = {
        "chinese": numeral.style != "arabic",
        "thousands": "," in written,
        "point_zero": numeral.style == "arabic" and "." in written and numeral.value.denominator == 1,
    }
    return frozenset(mark for mark, holds in marks.items() if holds)
