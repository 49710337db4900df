"""For one unit: how far the next class is, and the fewest steps that surely reach it, checked by scoring again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.measures.assessment import ItemPoints, over_term, score_unit, weights_of
from analysis.measures.fewest_steps import Reach, Step, fewest_steps
from analysis.measures.item_values import YearValues
from analysis.measures.next_steps import reach_of, taken
from analysis.measures.scorecards import Candidate, Rung, is_suspended, ladder, reached
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs

TRIES = 4
STEP_COLUMNS = ("unit_code", "next_class", "line", "gap", "item", "count", "why_not")


@dataclass(frozen=True, slots=True)
class Advice:
    """What would change the class of a unit.

    `next_class` and `line` are the class above the one that is sure and the points it takes, null at the top; `gap` is
    what is missing to them. While items are open, sure means whatever they turn out to be: with their least points.
    `steps` are those of the last year that reach the class, null when none do. `why_not` then says so: `top`,
    `no_application`, `application_open` (not clear whether it applies), `veto`, `suspended` (the title rests,
    the points decide rectify or withdraw), `entry` (a condition is not met) or `out_of_reach`. `open_items`: the questions come first; the steps, where there are any, hold whatever is answered.
    """

    next_class: str | None
    line: float | None
    gap: float | None
    steps: tuple[Step, ...] | None
    why_not: str = ""


def advise(candidate: Candidate, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs) -> Advice:
    """The fewest steps to the next class of the level, as if done in the last year; open items count their least.

    There are none where a veto, or a condition of entry, decides whatever the points, nor while a title only rests:
    points then decide no more than whether it is to rectify or is withdrawn. A condition that is not met also stands
    before the higher level that a holder applies for.
    """
    cases = [veto.case for veto in inputs.vetoes if veto.unit_code == candidate.unit.code]
    if cases:
        rests = candidate.titled and is_suspended(cases, {case.code: case.effect for case in inputs.cases})
        return Advice(None, None, None, None, "suspended" if rests else "veto")
    rungs = ladder(candidate, scheme)
    if not rungs:
        return Advice(None, None, None, None, "no_application" if candidate.is_clear else "application_open")
    if candidate.unmet and not candidate.titled:
        return Advice(None, None, None, None, "entry")
    total, is_open = sure_total(candidate, years, scheme, inputs)
    rung = min((rung for rung in rungs if not reached(total, rung.lowest)), key=lambda rung: rung.lowest, default=None)
    if rung is None:
        return Advice(None, None, None, None, "entry" if _is_kept_back(candidate, rungs, scheme) else "top")
    gap = rung.lowest - total
    steps = _checked(candidate, years, scheme, inputs, rung.lowest, gap)
    return Advice(rung.result, rung.lowest, gap, steps, "open_items" if is_open else "" if steps else "out_of_reach")


def _is_kept_back(candidate: Candidate, rungs: tuple[Rung, ...], scheme: Scheme) -> bool:
    """Whether a class of the higher level applied for would stand on top, were all conditions met."""
    return len(ladder(replace(candidate, unmet=()), scheme)) > len(rungs)


def sure_total(
    candidate: Candidate, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> tuple[float, bool]:
    """The total that a unit has whatever its open items turn out to be, and whether any is open."""
    scored = score_unit(candidate.unit, years, scheme, inputs)
    parts = [over_term(by_year, weights_of(by_year, scheme)) for by_year in scored.values()]
    total = sum(part.low if part.points is None else part.points for part in parts)
    return total, any(part.points is None for part in parts)


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
        total, _ = sure_total(candidate, later, scheme, inputs)
        if reached(total, line):
            return steps
        gap += line - total
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

    The columns as in `Advice`.
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
