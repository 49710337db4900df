"""Whether a line meets the filters of a definition: yes, no, or not known, and then why not."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterable, Mapping

from analysis.etl.typed_tables import day_span
from analysis.measures.lines import Line, Value
from analysis.reference.definitions import Condition

YES, NO, QUERIED, BOUNDED = "yes", "no", "queried", "bounded"
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
_YES_OR_NO = (NO, YES)
Types = Mapping[str, str]


def meets(line: Line, conditions: Iterable[Condition], types: Types, year: int) -> str:
    """`no` when any condition fails, else `queried` or `bounded` when any cannot be decided, else `yes`.

    `types` are the types of the columns by name. A blank that nobody was asked about meets no condition but `!=`; one with an open question is
    `queried`, but never `filled`: what is not there is not there until the unit fills it in.
    """
    found = [_meets(line, condition, types, year) for condition in conditions]
    return next((answer for answer in (NO, QUERIED, BOUNDED) if answer in found), YES)


def _meets(line: Line, condition: Condition, types: Types, year: int) -> str:
    value = line.values.get(condition.column)
    kind = types[condition.column]
    if value is not None and value.status == "queried":
        return QUERIED
    if condition.op == "filled":
        return _filled(value, kind)
    if value is None or value.status == "not_applicable":
        if value is None and condition.column in line.asked:
            return QUERIED
        return YES if condition.op == "!=" else NO
    if kind == "date":
        return _compare_days(line, value, condition, year)
    if kind in ("list", "yes_no", "text"):
        return YES if (value.text in condition.values) != (condition.op == "!=") else NO
    return _compare_numbers(value, condition)


def _filled(value: Value | None, kind: str) -> str:
    if value is None or value.status == "not_applicable":
        return NO
    if kind == "yes_no":
        return YES if value.text == "yes" else NO
    return YES if value.text.strip() or value.number is not None or value.status == "bounded" else NO


def _compare_days(line: Line, value: Value, condition: Condition, year: int) -> str:
    """A date known to the month only may lie on either side; one on the right stands for its last day."""
    if not value.text:
        return NO
    first, last = day_span(value.text)
    name = condition.values[0]
    if name == "year_start":
        limit = dt.datetime(year, 1, 1)
    elif name == "year_end":
        limit = dt.datetime(year, 12, 31)
    else:
        other = line.values.get(name)
        if other is None or other.status == "queried" or not other.text:
            asked = name in line.asked or (other is not None and other.status == "queried")
            return QUERIED if asked else NO
        limit = day_span(other.text)[1]
    compare = _COMPARE[condition.op]
    ends = {compare(day.toordinal(), limit.toordinal()) for day in (first, last)}
    return (YES if ends.pop() else NO) if len(ends) == 1 else BOUNDED


def _compare_numbers(value: Value, condition: Condition) -> str:
    wanted = [float(number) for number in condition.values]
    if condition.op == "in":
        return YES if value.number in wanted else NO
    compare = _COMPARE[condition.op]
    if value.number is not None:
        return YES if compare(value.number, wanted[0]) else NO
    low, high = value.low or 0.0, float("inf") if value.high is None else value.high
    if condition.op in ("=", "!="):
        return BOUNDED if low <= wanted[0] <= high else _YES_OR_NO[condition.op == "!="]
    ends = {compare(low, wanted[0]), compare(high, wanted[0])}
    return (YES if ends.pop() else NO) if len(ends) == 1 else BOUNDED
