"""What would change a class: the fewest concrete steps of a unit that reach the next line, found by scoring again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import ceil

from analysis.measures.item_values import YearValues
from analysis.measures.scoring import KNOWN, Measured, earned, points
from analysis.reference.scheme_types import FieldRef, SchemeItem, Source

ENOUGH = 1e-9
MOST_ITEMS = 5


@dataclass(frozen=True, slots=True)
class Step:
    """So many more of what an item counts (`count` is 1 for a yes)."""

    item: str
    count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """What an item can still bring in a year: points gained by the number of steps, at most `most` of them."""

    item: str
    most: int
    gain: Callable[[int], float]


def reach_of(item: SchemeItem, full: float, measured: Measured, weight: float) -> Reach | None:
    """What further steps would bring; null where the item is open, cannot be counted or is full already."""
    if not item.step_zh or full == 0 or measured.status != KNOWN or measured.value is None:
        return None
    most = _most_steps(item, measured)
    now = points(item, full, earned(item, measured))[0] or 0.0

    def gain(count: int) -> float:
        later = points(item, full, earned(item, after_steps(measured, item, count)))[0]
        return weight * ((later or 0.0) - now)

    return Reach(item.code, most, gain) if most > 0 and gain(most) > ENOUGH else None


def after_steps(measured: Measured, item: SchemeItem, count: int) -> Measured:
    """The value with so many more counted."""
    if item.rule == "yes":
        return Measured(1.0)
    if measured.numerator is not None and measured.denominator:
        numerator = measured.numerator + count
        return replace(measured, value=numerator / measured.denominator, numerator=numerator)
    return replace(measured, value=(measured.value or 0.0) + count)


def _most_steps(item: SchemeItem, measured: Measured) -> int:
    """How many steps reach the full mark, and no more than there are people or things to count."""
    if item.rule == "yes":
        return 0 if (measured.value or 0) >= 1 else 1
    if item.rule != "linear" or item.low is None or item.high is None or item.high < item.low:
        return 0
    if measured.numerator is not None and measured.denominator:
        needed = ceil(item.high * measured.denominator - measured.numerator - ENOUGH)
        if item.high <= 1:
            needed = min(needed, int(measured.denominator - measured.numerator))
        return max(needed, 0)
    return max(ceil(item.high - (measured.value or 0.0) - ENOUGH), 0)


def fewest_steps(reaches: Sequence[Reach], gap: float) -> tuple[Step, ...] | None:
    """The steps on the fewest items that bring at least `gap` points, and among those the fewest steps in all.

    Null when even all of the best items together do not. Ties go to the earlier items of the scheme.
    """
    if gap <= ENOUGH:
        return ()
    best = sorted((reach.gain(reach.most) for reach in reaches), reverse=True)
    size = next((n for n in range(1, min(len(best), MOST_ITEMS) + 1) if sum(best[:n]) >= gap - ENOUGH), None)
    if size is None:
        return None
    found = (steps for chosen in combinations(reaches, size) for steps in _cheapest(chosen, gap))
    return min(found, key=lambda steps: sum(step.count for step in steps), default=None)


def _cheapest(chosen: Sequence[Reach], gap: float) -> Iterable[tuple[Step, ...]]:
    """Each way to take all but one item in full and of that one only what is still needed."""
    for place, partial in enumerate(chosen):
        others = [*chosen[:place], *chosen[place + 1 :]]
        rest = gap - sum(other.gain(other.most) for other in others)
        if partial.gain(partial.most) < rest - ENOUGH:
            continue
        count = _least_count(partial, rest)
        steps = {other.item: other.most for other in others} | {partial.item: count}
        yield tuple(Step(reach.item, steps[reach.item]) for reach in chosen if steps[reach.item] > 0)


def _least_count(reach: Reach, gap: float) -> int:
    """The least number of steps that bring the gap; gains never fall with more steps."""
    low, high = 0, reach.most
    while low < high:
        middle = (low + high) // 2
        if reach.gain(middle) >= gap - ENOUGH:
            high = middle
        else:
            low = middle + 1
    return low


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
