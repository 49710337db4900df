"""What each item of a unit could still bring by counting, and the values of a year as they would be with such steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import ceil

from analysis.measures.fewest_steps import ENOUGH, Reach, Step, least_count
from analysis.measures.item_values import YearValues
from analysis.measures.scoring import KNOWN, Measured, earned, points
from analysis.reference.scheme_types import FieldRef, SchemeItem, Source


def reach_of(item: SchemeItem, full: float, measured: Measured, weight: float) -> Reach | None:
    """What further steps would bring; null where the item is open, cannot be counted or is full already.

    `most` is the least count that brings all that the item can bring: people needed are rounded down and points are
    capped, so that the last ones may bring nothing.
    """
    if not item.step_zh or full == 0 or measured.status != KNOWN or measured.value is None:
        return None
    enough = _most_steps(item, measured)
    now = points(item, full, earned(item, measured))[0] or 0.0

    def gain(count: int) -> float:
        later = points(item, full, earned(item, after_steps(measured, item, count)))[0]
        return weight * ((later or 0.0) - now)

    if enough == 0 or gain(enough) <= ENOUGH:
        return None
    return Reach(item.code, least_count(gain, enough, gain(enough)), gain)


def after_steps(measured: Measured, item: SchemeItem, count: int) -> Measured:
    """The value with so many more counted."""
    if count == 0:
        return measured
    if item.rule == "yes":
        return Measured(1.0)
    if measured.numerator is not None and measured.denominator:
        numerator = measured.numerator + count
        return replace(measured, value=numerator / measured.denominator, numerator=numerator)
    return replace(measured, value=(measured.value or 0.0) + count)


def _most_steps(item: SchemeItem, measured: Measured) -> int:
    """How many steps surely reach the full mark, and no more than there are people or things to count."""
    if item.rule == "yes":
        return 0 if (measured.value or 0) >= 1 else 1
    if not item.is_linear or item.low is None or item.high is None or item.high < item.low:
        return 0
    if measured.numerator is not None and measured.denominator:
        needed = ceil(item.high * measured.denominator - measured.numerator - ENOUGH)
        if item.high <= 1:
            needed = min(needed, int(measured.denominator - measured.numerator))
        return max(needed, 0)
    return max(ceil(item.high - (measured.value or 0.0) - ENOUGH), 0)


def taken(values: YearValues, unit: str, steps: Iterable[Step], items: Mapping[str, SchemeItem]) -> YearValues:
    """The values of a year as they would have been with the steps: what scoring again is done on."""
    rates, fields = dict(values.rates), dict(values.fields)
    for step in steps:
        source = items[step.item].source
        if source.kind in ("rate", "numerator"):
            key = (unit, source.name, source.category)
            rates[key] = {**rates[key], "numerator": float(rates[key]["numerator"]) + step.count}
        else:
            _add_to_field(fields, unit, source, step.count)
    return replace(values, rates=rates, fields=fields)


def _add_to_field(
    fields: dict[tuple[str, FieldRef], tuple[Mapping[object, object], ...]], unit: str, source: Source, count: int
) -> None:
    if source.kind == "yescount":
        nos = [ref for ref in source.fields if not _says_yes(fields.get((unit, ref), ()))]
        for ref in nos[:count]:
            fields[unit, ref] = (_yes_line(),)
        return
    ref = source.fields[0]
    if source.kind == "yes":
        fields[unit, ref] = (_yes_line(),)
    else:
        (line,) = fields[unit, ref]
        fields[unit, ref] = ({**line, "value": float(str(line["value"])) + count},)


def _says_yes(lines: tuple[Mapping[object, object], ...]) -> bool:
    return len(lines) == 1 and lines[0]["text"] == "yes"


def _yes_line() -> Mapping[object, object]:
    return {"value": None, "low": None, "high": None, "text": "yes", "status": "reported"}
