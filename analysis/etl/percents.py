"""Shares: 85%, 百分之八十五, 八成 -> a fraction. In a field of counts they are only recognised, to be asked about."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from analysis.etl.blanks import ask
from analysis.etl.lexicon import Lexicon
from analysis.etl.numerals import read_numeral
from analysis.records import Reading


@dataclass(frozen=True, slots=True)
class Percent:
    """A text that speaks of a share; `value` is null when it is not nothing but one share."""

    value: Fraction | None


def find_percent(text: str, lexicon: Lexicon) -> Percent | None:
    """What a tidy text says of a share; None when it speaks of none.

    `percent_sign` has the signs after the number, `percent_before` those before it, with the size of one.
    """
    core = text[len(lexicon.start("number_lead", text)) :]
    before, after = lexicon.start("percent_before", core), lexicon.end("percent_after", core)
    if before:
        return Percent(_share(core[len(before) :], lexicon.meaning("percent_before", before)))
    if after:
        value = _share(core[: -len(after)], lexicon.meaning("percent_after", after))
        if value is not None:
            return Percent(value)
    return Percent(None) if lexicon.inside("percent_sign", text) else None


def _share(text: str, size: str | None) -> Fraction | None:
    numeral = read_numeral(text)
    return numeral.value * Fraction(size) if numeral and size and not numeral.spoken else None


def read_share(value: Fraction, is_percent: bool) -> Reading:
    """A rate as a fraction from 0 to 1. A plain 1 may be 1 % or all, and is asked about; above 1 it is per cent."""
    if value < 0 or value > (1 if is_percent else 100):
        return ask("M42", "impossible")
    if is_percent:
        return Reading(value=float(value), status="repaired", rule="M42", treatment="FIX", read_as=_per_cent(value))
    if value == 1:
        return ask("M42", "ambiguous")
    if value > 1:
        share = value / 100
        return Reading(value=float(share), status="repaired", rule="M42", treatment="FIX", read_as=_per_cent(share))
    return Reading(value=float(value))


def _per_cent(share: Fraction) -> str:
    return f"{float(share * 100):.10g}%"
