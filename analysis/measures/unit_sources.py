"""What the indicators of a year are computed from, read once: figures, lines and open questions by unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.measures.figures import NOT_SUBMITTED, Figure, form_figures, look_up
from analysis.measures.line_terms import Sources
from analysis.measures.lines import FormLines, form_lines
from analysis.measures.questions import Questions, open_questions
from analysis.measures.registry import Plan, condition_columns
from analysis.reference import Reference
from analysis.reference.definitions import ONE_FIGURE, SOURCES, Side

PEOPLE = "persons"
LINE_OPERATIONS = ("count", "count_distinct")
Figures = Mapping[tuple[str, str, str], Figure]


@dataclass(frozen=True)
class YearSources:
    """The figures by source, who took part by unit and category, the lines by source, and the open questions."""

    figures: Mapping[str, Figures]
    people: Mapping[str, Mapping[str, Figure]]
    lines: Mapping[str, FormLines]
    questions: Questions
    hc_ever: Mapping[str, float | None]
    reference: Reference
    plans: dict[tuple[Side, str], Plan] = field(default_factory=dict)

    def figure(self, unit_code: str, source: str, item: str, measure: str) -> Figure:
        """One figure of a unit; people by category are those of `participation`."""
        if source == "participation" and measure == PEOPLE:
            return self.people.get(unit_code, {}).get(item, NOT_SUBMITTED)
        return self.figures[source].get((unit_code, item, measure), NOT_SUBMITTED)

    def of_unit(self, unit_code: str) -> Sources:
        """The same for one unit."""

        def figure(source: str, item: str, measure: str) -> Figure:
            return self.figure(unit_code, source, item, measure)

        ever = self.hc_ever.get(unit_code)
        most = ever if ever is not None else self.figure(unit_code, "units", "", "hc_end").value
        return Sources(unit_code, figure, self.lines, most, self.reference, self.plans)


def read_sources(
    units: pd.DataFrame,
    participation: pd.DataFrame,
    facts: pd.DataFrame,
    queries: pd.DataFrame,
    reference: Reference,
) -> YearSources:
    """Everything that the definitions of the reference data ask for, and nothing else."""
    sides = [side for side in all_sides(reference) if side.source in SOURCES and not side.is_special]
    wanted = dict.fromkeys(["units", "participation", *(side.source for side in sides if _needs_figures(side))])
    figures = {source: look_up(form_figures(facts, queries, reference, SOURCES[source][0])) for source in wanted}
    asks = open_questions(queries)
    columns: dict[str, set[str]] = {}
    for side in sides:
        if not _needs_figures(side):
            columns.setdefault(side.source, set()).update([*side.columns, *condition_columns(side)])
    lines = {source: form_lines(source, names, facts, queries, asks, reference) for source, names in columns.items()}
    ever = {
        code: None if np.isnan(count) else float(count)
        for code, count in zip(units["unit_code"], units["hc_ever"], strict=True)
    }
    people = _people(participation, figures["participation"])
    return YearSources(figures, people, lines, asks, ever, reference)


def all_sides(reference: Reference) -> list[Side]:
    """Every side of every definition of a computed indicator."""
    return [
        side
        for code, definitions in reference.definitions.items()
        if reference.indicators[code].computed
        for definition in definitions
        for side in (definition.numerator, definition.denominator)
        if side is not None
    ]


def _needs_figures(side: Side) -> bool:
    return side.source in ONE_FIGURE and side.operation not in LINE_OPERATIONS


def _people(participation: pd.DataFrame, returned: Figures) -> dict[str, dict[str, Figure]]:
    """Who took part, by unit and category."""
    found: dict[str, dict[str, Figure]] = {}
    columns = ["unit_code", "category", PEOPLE, "persons_low", "persons_high", "status"]
    for code, category, *numbers, status in participation[columns].itertuples(index=False, name=None):
        value, low, high = (None if np.isnan(number) else float(number) for number in numbers)
        n_open = returned.get((code, category, PEOPLE), NOT_SUBMITTED).n_open
        found.setdefault(code, {})[category] = Figure(value, low, high, status, n_open)
    return found
