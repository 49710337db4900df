"""One side of a definition for one unit: the figures and lines that it reads -> one figure with what is not sure."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isfinite

from analysis.measures.figures import Figure
from analysis.measures.line_terms import Sources, Term, count_distinct, count_lines, sum_of_lines
from analysis.reference.definitions import ONE_FIGURE, Side

NOTHING = Figure(None, None, None, "not_applicable", 0)
MISSING = Figure(None, None, None, "missing", 0)


def evaluate(side: Side, category: str, sources: Sources) -> Term:
    """One side of a definition for one unit; operations of their own (`SPECIAL`) are not for this function."""
    if side.operation == "constant":
        return Term(Figure(sources.reference.thresholds[side.columns[0]], None, None, "reported", 0))
    if side.operation == "count":
        return count_lines(side, category, sources)
    if side.operation == "count_distinct":
        return Term(count_distinct(side, category, sources))
    if side.source not in ONE_FIGURE:
        return Term(sum_of_lines(side, category, sources))
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
    if counted.value is None and counted.status != "bounded":
        return counted
    if group.value is None or staff.value is None:
        behind = staff if group.value is not None else group
        return behind if behind.status == "queried" else MISSING
    fewest = _least(counted)
    people = staff.value if fewest <= staff.value else most
    if people is None or fewest > people:  # more than there were, as far as is known
        return Figure(None, None, None, "queried", 0)
    others = max(people - group.value, 0.0)
    low, high = max(fewest - others, 0.0), min(_most(counted), group.value)
    low = min(low, high)
    if counted.status != "reported" or low != high:
        return Figure(None, low, high, "bounded", 0)
    return Figure(low, None, None, counted.status, 0)


def _of_printed_lines(side: Side, category: str, sources: Sources) -> Figure:
    """Sums and unions over lines that the form prints."""
    plan = sources.plan(side, category)

    def figures(column: str) -> list[Figure]:
        return [sources.figure(side.source, item, column) for item in plan.items_with(column)]

    if side.operation == "sum_of_min":
        pairs = zip(*(figures(column) for column in plan.columns), strict=True)
        return add_figures([_smaller(left, right) for left, right in pairs])
    if side.operation == "sum_of_product":
        return _products([figures(column) for column in (*plan.columns, side.divided_by) if column])
    found = [figure for column in plan.columns for figure in figures(column)]
    total = sources.figure(side.source, side.total, plan.columns[0]) if side.total else MISSING
    if side.operation == "union":
        return _union(found, total, sources.most_people)
    blank = all(figure.status == "missing" for figure in found)
    return total if blank and total.status != "missing" else add_figures(found)


def _smaller(left: Figure, right: Figure) -> Figure:
    """The smaller of two counts. Nothing due, or nothing done, is 0 on both sides."""
    if NOTHING.status in (left.status, right.status):
        return NOTHING
    unknown = next((one for one in (left, right) if one.value is None and one.status != "bounded"), None)
    if unknown is not None:
        return unknown
    low, high = (min(end(left), end(right)) for end in (_least, _most))
    if low != high:
        return Figure(None, low, high if isfinite(high) else None, "bounded", 0)
    status = "approximate" if "approximate" in (left.status, right.status) else "reported"
    return Figure(low, None, None, status, 0)


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
    if low != high:
        return Figure(None, low, high, "bounded", 0)
    rough = any(figure.status == "approximate" for figure in known)
    return Figure(low, None, None, "approximate" if rough else "reported", 0)


def _most(figure: Figure) -> float:
    if figure.value is not None:
        return figure.value
    return inf if figure.high is None else figure.high


def _least(figure: Figure) -> float:
    return figure.value if figure.value is not None else figure.low or 0.0
