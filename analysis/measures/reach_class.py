"""For one unit: how far the next class is, and the fewest steps that reach it, checked by scoring again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.measures.assessment import ItemPoints, over_term, score_unit, weights_of
from analysis.measures.item_values import YearValues
from analysis.measures.next_steps import Reach, Step, fewest_steps, reach_of, taken
from analysis.measures.scorecards import Candidate, ladder, reached
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs

TRIES = 4
STEP_COLUMNS = ("unit_code", "next_class", "line", "gap", "item", "count", "why_not")


@dataclass(frozen=True, slots=True)
class Advice:
    """What would change the class of a unit.

    `next_class` and `line` are the class above and the points it takes, null at the top. `steps` are those of the last
    year that reach it, null when none do; `why_not` then says so: `open_items` (first answer the questions), `top`,
    `no_application`, `application_open` (not clear whether it applies), `veto`, `entry` (a condition is not met) or `out_of_reach`.
    """

    next_class: str | None
    line: float | None
    gap: float | None
    steps: tuple[Step, ...] | None
    why_not: str = ""


def advise(candidate: Candidate, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs) -> Advice:
    """The fewest steps to the next class of the level, as if done in the last year.

    There are none where a veto, or a condition of entry, decides whatever the points.
    """
    if any(veto.unit_code == candidate.unit.code for veto in inputs.vetoes):
        return Advice(None, None, None, None, "veto")
    rungs = ladder(candidate, scheme)
    if not rungs:
        return Advice(None, None, None, None, "no_application" if candidate.is_clear else "application_open")
    if candidate.unmet and not candidate.titled:
        return Advice(None, None, None, None, "entry")
    total = total_of(candidate, years, scheme, inputs)
    if total is None:
        return Advice(None, None, None, None, "open_items")
    rung = min((rung for rung in rungs if not reached(total, rung.lowest)), key=lambda rung: rung.lowest, default=None)
    if rung is None:
        return Advice(None, None, None, None, "top")
    gap = rung.lowest - total
    steps = _checked(candidate, years, scheme, inputs, rung.lowest, gap)
    return Advice(rung.result, rung.lowest, gap, steps, "" if steps else "out_of_reach")


def total_of(candidate: Candidate, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs) -> float | None:
    """The total of a unit; null while an item is open."""
    scored = score_unit(candidate.unit, years, scheme, inputs)
    sums = [over_term(by_year, weights_of(by_year, scheme)).points for by_year in scored.values()]
    known = [number for number in sums if number is not None]
    return sum(known) if len(known) == len(sums) else None


def _checked(
    candidate: Candidate,
    years: Mapping[int, YearValues],
    scheme: Scheme,
    inputs: TermInputs,
    line: float,
    gap: float,
) -> tuple[Step, ...] | None:
    """The steps, taken in the tables and scored again; where they fall short, a little more is asked for."""
    reaches = reaches_of(candidate, years, scheme, inputs)
    items = {item.code: item for item in scheme.items}
    last = max(year for year in scheme.term.years if year in years and candidate.unit.code in years[year].units)
    for _ in range(TRIES):
        steps = fewest_steps(reaches, gap)
        if not steps:
            return None
        later = {**years, last: taken(years[last], candidate.unit.code, steps, items)}
        total = total_of(candidate, later, scheme, inputs)
        if total is not None and reached(total, line):
            return steps
        gap += line - (total or 0.0)
    return None


def reaches_of(
    candidate: Candidate, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> list[Reach]:
    """What each item can still bring in the last year, with what other items take over from it."""
    scored = score_unit(candidate.unit, years, scheme, inputs)
    found = []
    for item in scheme.items_for(candidate.titled):
        by_year = scored[item.code]
        last = max(by_year)
        weight = weights_of(by_year, scheme)[last] * (1 + _carried(item.code, scored, scheme, candidate.titled, last))
        reach = reach_of(item, by_year[last].full, by_year[last].measured, weight)
        if reach:
            found.append(reach)
    return found


def _carried(
    code: str, scored: Mapping[str, Mapping[int, ItemPoints]], scheme: Scheme, titled: bool, year: int
) -> float:
    """How many points more a point of this item brings in items that take the share of its group."""
    more = 0.0
    for item in scheme.items_for(titled):
        if item.source.kind == "group" and code.startswith(item.source.name):
            full = sum(part[year].full for own, part in scored.items() if own.startswith(item.source.name))
            more += item.full / full
    return more


def advice_table(advice: Mapping[str, Advice]) -> pd.DataFrame:
    """One row per unit and step, in the order of the units and of the scheme; one without step where there is none.

    `gap` are the points that are missing to `line`, where `next_class` begins; `why_not` says why there is no step.
    """
    rows = [
        (
            code,
            found.next_class,
            found.line,
            found.gap,
            step.item if step else "",
            step.count if step else 0,
            found.why_not,
        )
        for code, found in advice.items()
        for step in (found.steps or (None,))
    ]
    return pd.DataFrame(rows, columns=list(STEP_COLUMNS))
