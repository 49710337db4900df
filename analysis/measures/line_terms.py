"""A side of a definition that counts or adds up the lines of a list, for one unit, with the lines that are not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import NamedTuple

from analysis.measures.conditions import BOUNDED, NO, QUERIED, YES, meets
from analysis.measures.figures import Figure
from analysis.measures.lines import FormLines, Key, Line
from analysis.measures.registry import Plan, plan_side
from analysis.reference import Reference
from analysis.reference.definitions import ONE_FIGURE, Side

FigureOf = Callable[[str, str, str], Figure]


class Term(NamedTuple):
    """One side. For a count of lines `sure` are the lines that count, `unsure` those that may; else both are null."""

    figure: Figure
    sure: frozenset[Key] | None = None
    unsure: frozenset[Key] | None = None


@dataclass(frozen=True)
class Sources:
    """Where the sides find their figures and lines. `figure(source, item, measure)` is of the unit at hand.

    `most_people` is how many worked in the unit during the year: no distinct count can be above it. `plans` keeps
    what was found out about a side for the units that follow.
    """

    unit_code: str
    figure: FigureOf
    lines: Mapping[str, FormLines]
    most_people: float | None
    reference: Reference
    plans: MutableMapping[tuple[Side, str], Plan]

    def plan(self, side: Side, category: str) -> Plan:
        """Lines, columns and filters of a side."""
        found = self.plans.get((side, category))
        if found is None:
            found = self.plans[side, category] = plan_side(side, category, self.reference)
        return found


def count_lines(side: Side, category: str, sources: Sources) -> Term:
    """How many lines meet the filters."""
    state, answers = _lines_met(side, category, sources)
    if answers is None:
        return Term(Figure(None, None, None, state, 0))
    sure = frozenset(line.key for line, answer in answers if answer == YES)
    unsure = frozenset(line.key for line, answer in answers if answer in (QUERIED, BOUNDED))
    return Term(_counted(len(sure), len(unsure), (answer for _, answer in answers)), sure, unsure)


def count_distinct(side: Side, category: str, sources: Sources) -> Figure:
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
    plan = sources.plan(side, category)
    lines = [line for line in form.of(sources.unit_code) if not printed or line.key in plan.items]
    return state, [(line, meets(line, plan.conditions, plan.types, sources.reference.year)) for line in lines]


def sum_of_lines(side: Side, category: str, sources: Sources) -> Figure:
    """The sum of columns over the lines of a list; a blank that nobody is asked about leaves only a lower bound."""
    state, answers = _lines_met(side, category, sources)
    if answers is None:
        return Figure(None, None, None, state, 0)
    low, high, statuses = 0.0, 0.0, set()
    for line, answer in answers:
        for column in side.columns if answer != NO else ():
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
