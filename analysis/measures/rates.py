"""The indicators of every unit of the register, from their definitions -> `rates`."""

from __future__ import annotations

from dataclasses import asdict, replace

import pandas as pd

from analysis.measures.figures import Figure
from analysis.measures.intervals import wilson_interval
from analysis.measures.judging import (
    Outcome,
    SmallNumbers,
    has_nobody,
    judge_breadth,
    judge_count,
    judge_quotient,
    judge_share,
    quotient_bounds,
)
from analysis.measures.line_terms import Sources, Term
from analysis.measures.questions import count_open
from analysis.measures.registry import (
    PROFESSIONAL,
    counted_categories,
    fields_behind,
    least_denominator,
    row_categories,
)
from analysis.measures.registry import category_behind as category_behind
from analysis.measures.terms import among, evaluate
from analysis.measures.unit_sources import PEOPLE, YearSources, read_sources
from analysis.reference import Reference
from analysis.reference.definitions import AMONG, HEADCOUNT, Definition

OUT_OF_BAND = "out_of_band"
PROPORTION = "%"
BREADTH = "breadth"
COLUMNS = (
    "unit_code",
    "indicator",
    "category",
    "numerator",
    "denominator",
    "rate",
    "ci_low",
    "ci_high",
    "status",
    "n_open_queries",
    "flags",
    "rate_low",
    "rate_high",
)


def rates(
    units: pd.DataFrame,
    participation: pd.DataFrame,
    facts: pd.DataFrame,
    queries: pd.DataFrame,
    reference: Reference,
) -> pd.DataFrame:
    """One row per unit of the register, indicator and category, in register order.

    `rate` is a fraction with Wilson limits of the confidence in `thresholds.csv` where the indicator is a share of
    people, and null for a count; `category` is empty for indicators without one. Numerator and denominator are null
    when queried or not known, the rate also when it must not be shown (`status` says why). `rate_low` and `rate_high`
    are filled for `bounded`, and for `queried` where every answer would leave the rate between them; for a count they
    are its bounds. `n_open_queries` counts the open questions about the fields behind the row, `flags` are joined by
    semicolons, null without any. Indicators with a function of their own are not among the rows, nor are those of
    which only groups are shown (`group_only_rows`).

    Raises:
        KeyError: the reference data lack a threshold or name a category that there is not.
    """
    return unit_rows(read_sources(units, participation, facts, queries, reference), groups_only=False)


def unit_rows(sources: YearSources, groups_only: bool) -> pd.DataFrame:
    """The rows of `rates`; with `groups_only` those of the indicators that no unit's row may show (money)."""
    reference = sources.reference
    definitions = [
        definition
        for code, indicator in reference.indicators.items()
        if indicator.computed
        for definition in reference.definitions[code]
        if definition.groups_only == groups_only
        and (not definition.is_special or definition.numerator.operation == BREADTH)
    ]
    fields = {
        (definition.indicator, category): [
            field for side in fields_behind(definition.indicator, category, reference) for field in side
        ]
        for definition in definitions
        for category in row_categories(definition, reference)
    }
    rows: list[dict[str, object]] = []
    for unit in reference.units:
        own = sources.of_unit(unit.code)
        for definition in definitions:
            for category in row_categories(definition, reference):
                outcome = _outcome(own, definition, category, sources.hc_ever.get(unit.code))
                n_open = count_open(sources.questions, unit.code, fields[definition.indicator, category])
                place = {"unit_code": unit.code, "indicator": definition.indicator, "category": category}
                flags = ";".join(outcome.flags) or None
                rows.append({**place, **asdict(outcome), "n_open_queries": n_open, "flags": flags})
    return _with_limits(pd.DataFrame(rows), reference.thresholds["confidence"])


def _outcome(sources: Sources, definition: Definition, category: str, hc_ever: float | None) -> Outcome:
    """What may be said of one unit by one definition."""
    reference = sources.reference
    if definition.numerator.operation == BREADTH:
        return _breadth(sources)
    numerator = evaluate(definition.numerator, category, sources)
    if definition.denominator is None:
        return judge_count(numerator.figure)
    denominator = evaluate(definition.denominator, category, sources)
    if definition.numerator.operation == AMONG:
        staff = sources.figure("units", "", HEADCOUNT)
        numerator = Term(among(numerator.figure, denominator.figure, staff, sources.most_people))
    indicator = reference.indicators[definition.indicator]
    if indicator.share_of_people:
        one_group = len(definition.denominator.columns) == 1  # a team of two kinds is not the staff of the year
        outcome = _share(
            numerator.figure, denominator.figure, definition, category, hc_ever if one_group else None, reference
        )
    else:
        outcome = _quotient(numerator, denominator, indicator.unit == PROPORTION)
    return _marked_by_band(outcome, category, reference)


def _share(
    numerator: Figure,
    denominator: Figure,
    definition: Definition,
    category: str,
    hc_ever: float | None,
    reference: Reference,
) -> Outcome:
    """A share of people, by the rules for small numbers."""
    small = SmallNumbers(reference.thresholds["small_n_counts_only"], reference.thresholds["small_n_marked"])
    least = least_denominator(definition.indicator, category, reference)
    outcome = judge_share(numerator, denominator, hc_ever, least, small)
    people = denominator.value
    if outcome.status == "queried" and numerator.low is not None and people is not None and people >= small.counts_only:
        return _with_bounds(outcome, *quotient_bounds(numerator, denominator, proportion=False))
    return outcome


def _quotient(numerator: Term, denominator: Term, proportion: bool) -> Outcome:
    """A quotient of things; what is not sure of either side gives the bounds of a queried or bounded one."""
    outcome = judge_quotient(numerator.figure, denominator.figure, proportion)
    if outcome.status not in ("queried", "bounded") or outcome.flags:
        return outcome
    return _with_bounds(
        outcome,
        *(_joint_bounds(numerator, denominator) or quotient_bounds(numerator.figure, denominator.figure, proportion)),
    )


def _with_bounds(outcome: Outcome, low: float | None, high: float | None) -> Outcome:
    """Bounds of what is bounded; of a queried rate only when both are known."""
    if outcome.status == "queried" and (low is None or high is None):
        return outcome
    return replace(outcome, rate_low=low, rate_high=high)


def _joint_bounds(numerator: Term, denominator: Term) -> tuple[float, float] | None:
    """Bounds where both sides count lines of one list: a line that may count above counts below as well."""
    if numerator.sure is None or numerator.unsure is None or denominator.sure is None or denominator.unsure is None:
        return None
    most_below = denominator.sure | denominator.unsure | numerator.sure
    above = numerator.sure | numerator.unsure
    fewest_below = denominator.sure | above
    if not numerator.sure and not denominator.sure:  # perhaps no line counts at all
        return 0.0, 1.0 if above else 0.0
    return len(numerator.sure) / len(most_below), len(above) / len(fewest_below)


def _marked_by_band(outcome: Outcome, category: str, reference: Reference) -> Outcome:
    """G13: a rate of a category that is outside its plausible band is flagged, and kept."""
    own = next((one for one in reference.categories if one.code == category), None)
    if own is None or outcome.rate is None or not own.outside_band(outcome.rate):
        return outcome
    return replace(outcome, flags=(*outcome.flags, OUT_OF_BAND))


def _breadth(sources: Sources) -> Outcome:
    """A category for qualified people does not count in a unit that has none of them."""
    counted = counted_categories(sources.reference)
    bases = {category.code: sources.figure("units", "", category.denominator) for category in counted}
    special = {category.code for category in counted if PROFESSIONAL in category.nature}
    out = {code for code in special if has_nobody(bases[code])}
    figures = [sources.figure("participation", code, PEOPLE) for code in bases if code not in out]
    unknown = [bases[code] for code in special if bases[code].status in ("queried", "not_submitted")]
    asked = any(bases[code].status == "missing" and bases[code].n_open for code in special)
    unknown = unknown or ([Figure(None, None, None, "queried", 0)] if asked else [])
    base = unknown[0] if unknown else Figure(float(len(figures)), None, None, "reported", 0)
    return judge_breadth(figures, base)


def _with_limits(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    if rows.empty:
        rows = pd.DataFrame(columns=[*COLUMNS, "limits"])
    numbers = ["numerator", "denominator", "rate", "rate_low", "rate_high"]
    table = rows.astype(dict.fromkeys(numbers, "float64")).astype({"n_open_queries": "int64", "flags": "str"})
    shown = table["limits"].astype(bool)
    low, high = wilson_interval(table["numerator"].where(shown), table["denominator"].where(shown), confidence)
    table = table.assign(ci_low=low, ci_high=high)
    return table[list(COLUMNS)]
