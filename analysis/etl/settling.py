"""An understood text -> the reading of its cell: value or bounds, and the rule under which it is told."""

from __future__ import annotations

from fractions import Fraction

from analysis.etl.blanks import ask
from analysis.etl.compounds import Compound
from analysis.etl.quantities import Field
from analysis.etl.tidy import has_wide_characters
from analysis.records import Reading

_UNIT_RULES = {"amount": "M43", "ml": "M45"}
FACTOR_RULES = {"amount": "M43", "ml": "M45", "hours": "M44", "number": "M44"}
_LARGEST = 10**15  # above this a spreadsheet itself loses digits


def settle(compound: Compound, text: str, raw: str, field: Field) -> Reading:
    """The reading of an understood text, once its number is possible for the field."""
    quantity, hedge = compound.main.quantity, compound.main.hedge
    value = quantity.value
    wrong = impossible(value, field)
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
        return FACTOR_RULES.get(field.type, "M36"), ""
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


def impossible(value: Fraction, field: Field) -> Reading | None:
    """The question about a number that the field cannot have: negative, no whole number, far too large."""
    if value < 0:
        return ask("M54", "negative", read_as=show(value))
    if field.type == "count" and value.denominator != 1:
        return ask("M42", "below_one") if value < 1 else ask("M54", "fraction", read_as=show(value))
    return ask("M54", "too_large") if value > (field.lexicon.limit(field.type) or _LARGEST) else None


def show(value: Fraction) -> str:
    """The number as people write it: 42, 12.5, 1.666667."""
    return str(value.numerator) if value.denominator == 1 else format(float(value), ".10g")
