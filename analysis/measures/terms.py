"""One side of a definition for one unit: the figures and lines that it reads -> one figure with what is not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.measures.conditions import BOUNDED, QUERIED, YES, meets
from analysis.measures.figures import Figure
from analysis.measures.lines import FormLines, Key, Line
from analysis.measures.registry import column_fields, side_items, source_fields
from analysis.reference import Reference
from analysis.reference.definitions import ONE_FIGURE, ROLES, ROW_DENOMINATOR, Side

FigureOf = Callable[[str, str, str], Figure]
NOTHING = Figure(None, None, None, "not_applicable", 0)
MISSING = Figure(None, None, None, "missing", 0)


class Term(NamedTuple):
    """One side. For a count of lines `sure` are the lines that count, `unsure` those that may; else both are null."""

    figure: Figure
    sure: frozenset[Key] | None = None
    unsure: frozenset[Key] | None = None


@dataclass(frozen=True)
class Sources:
    """Where the sides find their figures and lines. `figure(source, item, measure)` is of the unit at hand.

    `most_people` is how many worked in the unit during the year: no distinct count can be above it.
    """

    unit_code: str
    figure: FigureOf
    lines: Mapping[str, FormLines]
    most_people: float | None
    reference: Reference


def evaluate(side: Side, category: str, sources: Sources) -> Term:
    """One side of a definition for one unit; operations of their own (`SPECIAL`) are not for this function."""
    if side.operation == "constant":
        return Term(Figure(sources.reference.thresholds[side.columns[0]], None, None, "reported", 0))
    if side.operation == "count":
        return _count(side, category, sources)
    if side.operation == "count_distinct":
        return Term(_count_distinct(side, category, sources))
    if side.source not in ONE_FIGURE:
        return Term(_sum_of_lines(side, category, sources))
    return Term(_of_printed_lines(side, category, sources))


def add_figures(figures: Sequence[Figure]) -> Figure:
    """The sum of figures of one form; known only when each is. What does not apply adds nothing."""
    if len(figures) == 1:
        return figures[0]
    statuses = {figure.status for figure in figures}
    for status in ("not_submitted", "missing", "not_applicable"):
        if statuses == {status}:
            return Figure(None, None, None, status, 0)
    if statuses & {"queried", "missing", "not_submitted"}:
        return Figure(None, None, None, "queried", 0)
    counted = [figure for figure in figures if figure.status != "not_applicable"]
    if "bounded" in statuses:
        low = sum(_least(figure) for figure in counted)
        highs = [figure.high if figure.value is None else figure.value for figure in counted]
        return Figure(None, low, None if None in highs else sum(filter(None, highs)), "bounded", 0)
    value = sum(figure.value for figure in counted if figure.value is not None)
    return Figure(value, None, None, "approximate" if "approximate" in statuses else "reported", 0)


def among(counted: Figure, group: Figure, staff: Figure, most: float | None) -> Figure:
    """How many of a group of the staff are among those counted: all that the group is too small to leave out.

    Whoever is counted and not in the group is one of the others, so at least counted - others are of the group. With
    more counted than staff at the end of the year the others are those of the whole year.
    """
    if counted.value is None or group.value is None or staff.value is None:
        if counted.value is not None and group.value is not None:
            return staff if staff.status == "queried" else MISSING
        return counted
    people = staff.value if counted.value <= staff.value else most
    others = max((people if people is not None else staff.value) - group.value, 0.0)
    low, high = max(counted.value - others, 0.0), min(counted.value, group.value)
    low = min(low, high)
    if counted.status == "approximate" or low != high:
        return Figure(None, low, high, "bounded", 0)
    return Figure(low, None, None, counted.status, 0)


def _of_printed_lines(side: Side, category: str, sources: Sources) -> Figure:
    """Sums and unions over lines that the form prints."""
    items = side_items(side, category, sources.reference) if ROLES[side.source] else ("",)
    there = {(field.item, field.measure) for field in source_fields(side.source, sources.reference)}
    columns = [_denominator(column, category, sources.reference) for column in side.columns]

    def figures(column: str) -> list[Figure]:
        return [sources.figure(side.source, item, column) for item in items if (item, column) in there]

    if side.operation == "sum_of_min":
        pairs = zip(*(figures(column) for column in columns), strict=True)
        return add_figures([_smaller(left, right) for left, right in pairs])
    if side.operation == "sum_of_product":
        return _products([figures(column) for column in (*columns, side.divided_by) if column])
    found = [figure for column in columns for figure in figures(column)]
    total = sources.figure(side.source, side.total, columns[0]) if side.total else MISSING
    if side.operation == "union":
        return _union(found, total, sources.most_people)
    blank = all(figure.status == "missing" for figure in found)
    return total if blank and total.status != "missing" else add_figures(found)


def _denominator(column: str, category: str, reference: Reference) -> str:
    return reference.category(category).denominator if column == ROW_DENOMINATOR else column


def _smaller(left: Figure, right: Figure) -> Figure:
    """The smaller of two counts. Nothing due, or nothing done, is 0 on both sides."""
    if NOTHING.status in (left.status, right.status):
        return NOTHING
    if left.value is None or right.value is None:
        return left if left.value is None else right
    return left if left.value <= right.value else right


def _products(columns: Sequence[Sequence[Figure]]) -> Figure:
    """The sum over lines of first x second / third."""
    return add_figures([_product(line) for line in zip(*columns, strict=True)])


def _product(line: Sequence[Figure]) -> Figure:
    unknown = next((figure for figure in line if figure.value is None and figure.status != "not_applicable"), None)
    if unknown is not None:
        return Figure(None, None, None, "queried" if unknown.status == "bounded" else unknown.status, 0)
    if any(figure.value is None for figure in line):
        return NOTHING
    first, second, *rest = (figure.value or 0.0 for figure in line)
    product = first * second
    if rest and product:
        if rest[0] == 0:
            return Figure(None, None, None, "queried", 0)
        product /= rest[0]
    status = "approximate" if any(figure.status == "approximate" for figure in line) else "reported"
    return Figure(product, None, None, status, 0)


def _union(lists: Sequence[Figure], total: Figure, most: float | None) -> Figure:
    """Distinct people over several lists: the distinct total, else between the longest list and all lists together.

    With a queried total the same bounds are kept, but the figure stays queried.
    """
    if total.value is not None or total.status in ("not_submitted", "not_applicable", "bounded"):
        return total
    known = [figure for figure in lists if figure.value is not None or figure.status == "bounded"]
    if not known:
        return total
    low = max(_least(figure) for figure in known)
    full = [figure.value if figure.value is not None else figure.high for figure in known]
    complete = all(figure.status in ("reported", "approximate", "bounded", "not_applicable") for figure in lists)
    high = sum(filter(None, full)) if complete and None not in full else None
    limits = [limit for limit in (high, most) if limit is not None]
    high = max(min(limits), low) if limits else None
    if total.status == "queried":
        return Figure(None, low, high, "queried", 0)
    return Figure(low, None, None, "reported", 0) if low == high else Figure(None, low, high, "bounded", 0)


def _count(side: Side, category: str, sources: Sources) -> Term:
    """How many lines meet the filters."""
    state, answers = _lines_met(side, category, sources)
    if answers is None:
        return Term(Figure(None, None, None, state, 0))
    sure = frozenset(line.key for line, answer in answers if answer == YES)
    unsure = frozenset(line.key for line, answer in answers if answer in (QUERIED, BOUNDED))
    return Term(_counted(len(sure), len(unsure), (answer for _, answer in answers)), sure, unsure)


def _count_distinct(side: Side, category: str, sources: Sources) -> Figure:
    """How many different words stand in a column of the lines that meet the filters."""
    state, answers = _lines_met(side, category, sources)
    if answers is None:
        return Figure(None, None, None, state, 0)
    column = side.columns[0]
    words = {line.values[column].text.strip() for line, answer in answers if answer == YES and column in line.values}
    unsure = sum(answer in (QUERIED, BOUNDED) for _, answer in answers)
    return _counted(len(words), unsure, (answer for _, answer in answers))


def _counted(sure: int, unsure: int, answers: Iterable[str]) -> Figure:
    if not unsure:
        return Figure(float(sure), None, None, "reported", 0)
    status = "queried" if QUERIED in answers else "bounded"
    return Figure(None, float(sure), float(sure + unsure), status, 0)


def _lines_met(side: Side, category: str, sources: Sources) -> tuple[str, list[tuple[Line, str]] | None]:
    """The lines with the answer of the filters, or why there are none. A list that says nil has no line: 0."""
    form = sources.lines[side.source]
    state = form.state(sources.unit_code)
    printed = side.source in ONE_FIGURE
    if state in ("not_submitted", "missing") or (state == "nil" and printed):
        return ("not_applicable" if state == "nil" else state), None
    types = column_types(side.source, sources.reference)
    conditions = [one for one in side.conditions if one.column not in (ROLES.get(side.source, ""), "nature")]
    items = side_items(side, category, sources.reference) if printed else ()
    lines = [line for line in form.of(sources.unit_code) if not printed or line.key in items]
    return state, [(line, meets(line, conditions, types, sources.reference.year)) for line in lines]


def _sum_of_lines(side: Side, category: str, sources: Sources) -> Figure:
    """The sum of columns over the lines of a list; a blank that nobody is asked about leaves only a lower bound."""
    state, answers = _lines_met(side, category, sources)
    if answers is None:
        return Figure(None, None, None, state, 0)
    low, high, statuses = 0.0, 0.0, set()
    for line, answer in answers:
        for column in side.columns if answer != "no" else ():
            least, most, status = _cell(line, column)
            low, high = low + (least if answer == YES else 0.0), high + most
            statuses.add(status if answer == YES else answer)
    if QUERIED in statuses:
        return Figure(None, None, None, "queried", 0)
    if BOUNDED in statuses:
        return Figure(None, low, None if high == float("inf") else high, "bounded", 0)
    return Figure(low, None, None, "approximate" if "approximate" in statuses else "reported", 0)


def _cell(line: Line, column: str) -> tuple[float, float, str]:
    """Least, most and status of one number."""
    value = line.values.get(column)
    if value is None:
        return 0.0, float("inf"), QUERIED if column in line.asked else BOUNDED
    if value.status == "not_applicable":
        return 0.0, 0.0, "reported"
    if value.number is not None:
        return value.number, value.number, value.status if value.status == "approximate" else "reported"
    if value.status == "bounded":
        return value.low or 0.0, float("inf") if value.high is None else value.high, BOUNDED
    return 0.0, float("inf"), QUERIED


def column_types(source: str, reference: Reference) -> dict[str, str]:
    """Column -> type of field."""
    if source not in ONE_FIGURE:
        return {name: field.type for name, field in column_fields(source, reference).items()}
    return {field.measure: field.type for field in source_fields(source, reference)}


def _least(figure: Figure) -> float:
    return figure.value if figure.value is not None else figure.low or 0.0
