"""What one cell of a return says, as a number: value, bounds or a question, never a guess.

The other readers (yes or no, codes, persons, texts) stand in modules of their own and are offered here too.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from fractions import Fraction

from analysis.etl.blanks import MISSING, NOT_APPLICABLE, ask, cell_text, empty_meaning, read_error
from analysis.etl.choices import read_list, read_text, read_yes_no
from analysis.etl.compounds import Compound, read_compound
from analysis.etl.doubts import Doubt
from analysis.etl.hedges import find_range, read_hedged
from analysis.etl.lexicon import Lexicon
from analysis.etl.percents import find_percent, read_share
from analysis.etl.persons import read_person
from analysis.etl.quantities import Field
from analysis.etl.reasons import explain
from analysis.etl.tidy import has_wide_characters, tidy
from analysis.records import Cell, Reading

__all__ = ["read_list", "read_number", "read_person", "read_text", "read_yes_no"]

_LONGEST = 200
_EXPONENT = re.compile(r"[+-]?[0-9.]+e[+-]?[0-9]+")
_SEEN_DIGITS = ".15g"  # what a spreadsheet shows of a number
_FORMAT_WORDS = re.compile(r'"([^"]*)"')
_UNIT_RULES = {"amount": "M43", "ml": "M45"}
_FACTOR_RULES = {"amount": "M43", "ml": "M45", "hours": "M44", "number": "M44"}
_TEXT_MARKS = "'\u2018\u2019`"  # an apostrophe in front makes a text of a number
_FULL_STOP = "。"
_LARGEST = 10**15  # above this a spreadsheet itself loses digits
_NOT_NUMBERS = (dt.date, dt.time, dt.timedelta)


def read_number(cell: Cell, field_type: str, measure_unit: str, lexicon: Lexicon, factor: float = 1.0) -> Reading:
    """The number that the cell gives for a field of this type, in the unit of the field.

    `field_type` is `count` (whole numbers), `number`, `hours`, `amount`, `ml` or `rate` (a share from 0 to 1);
    `factor` is what the header of the column says (万元: 10000) for numbers without a unit of their own. Whatever is
    not understood to the last character is `queried` with value null. Never raises for anything a cell can hold.
    """
    field = Field(field_type, measure_unit, lexicon, Fraction(factor).limit_denominator(1_000_000))
    reading = read_error(cell) or _read(cell, field)
    if cell.struck and reading.status not in ("missing", "not_applicable"):
        return ask("M31", "struck", read_as=reading.read_as)
    return reading


def _read(cell: Cell, field: Field) -> Reading:
    value = cell.value
    if isinstance(value, bool):
        return ask("M60", "in_number")
    if isinstance(value, _NOT_NUMBERS):
        return ask("M73", "date_in_number")
    if isinstance(value, int | float):
        return _read_stored(value, cell.number_format or "", field)
    text = tidy(cell_text(cell))
    if not text:
        return MISSING
    try:
        return _read_text(text, cell_text(cell), field)
    except Doubt as doubt:
        return _asked(doubt)


def _read_stored(value: float, number_format: str, field: Field) -> Reading:
    """A number that the file stores as a number."""
    if not math.isfinite(value):
        return ask("M54", "too_large")
    exact = Fraction(value) if isinstance(value, int) else Fraction(format(value, _SEEN_DIGITS))
    if field.type == "rate":
        return read_share(exact, "%" in number_format)
    if "%" in number_format:
        return ask("M42", "percent")
    words = tidy("".join(_FORMAT_WORDS.findall(number_format)))
    if words and field.lexicon.factor(field.measure_unit, words) != 1 and field.lexicon.other_measure("", words):
        return ask(_FACTOR_RULES.get(field.type, "M36"), "format_unit")
    wrong = _impossible(exact * field.factor, field)
    if wrong:
        return wrong
    if field.factor != 1:
        number = float(exact * field.factor)
        return Reading(value=number, status="repaired", rule="M74", treatment="FIX", read_as=show(exact * field.factor))
    return Reading(value=float(exact) if field.type == "count" else float(value))


def _read_text(text: str, raw: str, field: Field) -> Reading:
    known = _read_word(text, field.lexicon)
    if known:
        return known
    if len(text) > _LONGEST:
        return ask("M54", "not_a_number")
    text = text[1:] if text[0] in _TEXT_MARKS else text
    text = text[:-1] if text.endswith(_FULL_STOP) else text
    percent = find_percent(text, field.lexicon)
    if percent:
        wanted = percent.value if field.type == "rate" else None
        return ask("M42", "percent") if wanted is None else read_share(wanted, True)
    if _EXPONENT.fullmatch(text):
        return ask("M54", "exponent")
    return _read_grammar(text, raw, field)


def _read_word(text: str, lexicon: Lexicon) -> Reading | None:
    """A text that is one word with a meaning of its own in a field of numbers."""
    empty = empty_meaning(text, lexicon)
    if empty == "not_applicable":
        return NOT_APPLICABLE
    if empty == "zero":
        return Reading(value=0.0, status="repaired", rule="M52", case="zero", treatment="FIX", read_as="0")
    if empty:
        return ask("M52", "ask")
    if lexicon.has("ditto", text):
        return ask("M53", "number")
    if lexicon.has("number_never", text):
        return ask("M41", "unclear")
    is_answer = lexicon.has("yes_no_plain", text) or lexicon.has("yes_no", text)
    return ask("M60", "in_number") if is_answer and not text.isdecimal() else None


def _read_grammar(text: str, raw: str, field: Field) -> Reading:
    hedged = read_hedged(text, field)
    compound = Compound(hedged) if hedged else read_compound(text, field)
    if compound is None:
        raise find_range(text, field) or explain(text, field)
    if field.type == "rate":
        return _read_plain_share(compound)
    return _settle(compound, text, raw, field)


def _read_plain_share(compound: Compound) -> Reading:
    """A typed number without any word in a field of shares: as a stored one. Raises Doubt for anything else."""
    quantity = compound.main.quantity
    if compound.main.hedge != "exact" or compound.summed or compound.parts or quantity.marks - {"point_zero"}:
        raise Doubt("M42", "unclear")
    reading = read_share(quantity.value, False)
    return replace(reading, status="repaired", rule="M35", treatment="FIX") if reading.status == "reported" else reading


def _settle(compound: Compound, text: str, raw: str, field: Field) -> Reading:
    """The reading of an understood text, once its number is possible for the field."""
    quantity, hedge = compound.main.quantity, compound.main.hedge
    value = quantity.value
    wrong = _impossible(value, field)
    if wrong:
        return wrong
    number = float(value)
    if hedge == "about":
        return Reading(
            value=number, status="approximate", rule="M37", case="about", treatment="NOTE",
            read_as=show(value), parts=compound.parts,
        )  # fmt: skip
    if hedge == "low":
        return Reading(
            low=number, status="bounded", rule="M37", case="low", treatment="NOTE",
            read_as=f"≥{show(value)}", parts=compound.parts,
        )  # fmt: skip
    if hedge in ("below", "high"):
        high = value - 1 if hedge == "below" and _counts_ones(value, field) else value
        sign = "<" if hedge == "below" else "≤"
        return Reading(
            high=float(high), status="bounded", rule="M37", case="high", treatment="NOTE",
            read_as=f"{sign}{show(value)}", parts=compound.parts,
        )  # fmt: skip
    rule, case = _repair_rule(compound, raw, field)
    return Reading(
        value=number,
        status="repaired",
        rule=rule,
        case=case,
        treatment="FIX",
        read_as=show(value),
        parts=compound.parts,
    )


def _counts_ones(value: Fraction, field: Field) -> bool:
    """Whether "less than n" means at most n - 1 here: in whole people, yuan or ml, not in hours."""
    return field.type in ("count", "amount", "ml") and value.denominator == 1


def _repair_rule(compound: Compound, raw: str, field: Field) -> tuple[str, str]:
    """The rule under which an understood text is repaired: the one that says most about it."""
    marks = compound.main.quantity.marks
    if compound.parts:
        return "M39", "with_part"
    if compound.summed:
        return "M39", "sum"
    if "factor" in marks:
        return _FACTOR_RULES.get(field.type, "M36"), ""
    if "unit" in marks or "lead" in marks:
        return _UNIT_RULES.get(field.type, "M36"), ""
    if "header" in marks:
        return "M74", ""
    if "chinese" in marks:
        return ("M43" if field.type == "amount" else "M41"), ""
    if "point_zero" in marks and field.type == "count":
        return "M54", "whole"
    if has_wide_characters(raw):
        return "M40", ""
    return ("M43" if "thousands" in marks and field.type == "amount" else "M35"), ""


def _impossible(value: Fraction, field: Field) -> Reading | None:
    """The question about a number that the field cannot have: negative, no whole number, far too large."""
    if value < 0:
        return ask("M54", "negative", read_as=show(value))
    if field.type == "count" and value.denominator != 1:
        return ask("M42", "below_one") if value < 1 else ask("M54", "fraction", read_as=show(value))
    return ask("M54", "too_large") if value > (field.lexicon.limit(field.type) or _LARGEST) else None


def _asked(doubt: Doubt) -> Reading:
    if doubt.low is None or doubt.high is None:
        return ask(doubt.rule, doubt.case)
    return ask(
        doubt.rule, doubt.case, low=float(doubt.low), high=float(doubt.high),
        read_as=f"{show(doubt.low)}–{show(doubt.high)}",
    )  # fmt: skip


def show(value: Fraction) -> str:
    """The number as people write it: 42, 12.5, 1.666667."""
    return str(value.numerator) if value.denominator == 1 else format(float(value), ".10g")
