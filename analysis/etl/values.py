"""What one cell of a return says, as a number: value, bounds or a question, never a guess.

The other readers (yes or no, codes, persons, texts) stand in modules of their own and are offered here too.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Container
from dataclasses import replace
from fractions import Fraction

from analysis.etl.blanks import MISSING, NOT_APPLICABLE, ask, cell_text, empty_meaning, read_error
from analysis.etl.choices import read_list, read_text, read_yes_no
from analysis.etl.compounds import Compound, read_compound
from analysis.etl.doubts import Doubt
from analysis.etl.hedges import find_range, read_hedged
from analysis.etl.lexicon import Lexicon
from analysis.etl.own_words import without_own_words
from analysis.etl.percents import find_percent, read_share
from analysis.etl.persons import read_person
from analysis.etl.quantities import Field
from analysis.etl.reasons import explain
from analysis.etl.settling import FACTOR_RULES, impossible, settle, show
from analysis.etl.tidy import tidy, without_quotes
from analysis.records import Cell, Reading

__all__ = ["read_list", "read_number", "read_person", "read_text", "read_yes_no"]

_LONGEST = 200
_EXPONENT = re.compile(r"[+-]?[0-9.]+e[+-]?[0-9]+")
_SEEN_DIGITS = ".15g"  # what a spreadsheet shows of a number
_FORMAT_WORDS = re.compile(r'"([^"]*)"')
_TEXT_MARKS = "'\u2018\u2019`"  # an apostrophe in front makes a text of a number
_FULL_STOPS = ("。", ";", "!")
_NOT_NUMBERS = (dt.date, dt.time, dt.timedelta)


def read_number(
    cell: Cell,
    field_type: str,
    measure_unit: str,
    lexicon: Lexicon,
    factor: float = 1.0,
    own_words: Container[str] = (),
) -> Reading:
    """The number that the cell gives for a field of this type, in the unit of the field.

    `field_type` is `count` (whole numbers), `number`, `hours`, `amount`, `ml` or `rate` (a share from 0 to 1);
    `factor` is what the header of the column says (万元: 10000) for numbers without a unit of their own;
    `own_words` are the words of its heading, which may be said again beside the number (捐款1200元). Whatever is not
    understood to the last character is `queried` with value null. Never raises for anything a cell can hold.
    """
    field = Field(field_type, measure_unit, lexicon, Fraction(factor).limit_denominator(1_000_000))
    reading = read_error(cell) or _read(cell, field, own_words)
    if cell.struck and reading.status not in ("missing", "not_applicable"):
        return ask("M31", "struck", read_as=reading.read_as)
    return reading


def _read(cell: Cell, field: Field, own_words: Container[str]) -> Reading:
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
    reading = _read_tidy(text, cell_text(cell), field)
    if reading.status == "queried" and (core := without_own_words(text, own_words)):
        again = _read_tidy(core, core, field)
        return reading if again.status == "queried" else replace(again, rule=again.rule if again.case else "M36")
    return reading


def _read_tidy(text: str, raw: str, field: Field) -> Reading:
    try:
        return _read_text(text, raw, field)
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
        return ask(FACTOR_RULES.get(field.type, "M36"), "format_unit")
    wrong = impossible(exact * field.factor, field)
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
    text = text[:-1] if text.endswith(_FULL_STOPS) else text
    text = without_quotes(text)
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
    return settle(compound, text, raw, field)


def _read_plain_share(compound: Compound) -> Reading:
    """A typed number without any word in a field of shares: as a stored one. Raises Doubt for anything else."""
    quantity = compound.main.quantity
    if compound.main.hedge != "exact" or compound.summed or compound.parts or quantity.marks - {"point_zero"}:
        raise Doubt("M42", "unclear")
    reading = read_share(quantity.value, False)
    return replace(reading, status="repaired", rule="M35", treatment="FIX") if reading.status == "reported" else reading


def _asked(doubt: Doubt) -> Reading:
    if doubt.low is None or doubt.high is None:
        return ask(doubt.rule, doubt.case)
    return ask(
        doubt.rule, doubt.case, low=float(doubt.low), high=float(doubt.high),
        read_as=f"{show(doubt.low)}–{show(doubt.high)}",
    )  # fmt: skip
