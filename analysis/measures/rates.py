"""Participation as rates: every unit of the register, indicator and category -> `rates`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd

from analysis.measures.figures import NOT_SUBMITTED, Figure, form_figures, look_up
from analysis.measures.intervals import wilson_interval
from analysis.measures.judging import Outcome, SmallNumbers, has_nobody, judge_breadth, judge_share
from analysis.measures.participation import HEADCOUNTS, PARTICIPATION
from analysis.reference import Category, Reference

PEOPLE = "persons"
REGISTERED = "registered"
BLOOD = "blood"
PROFESSIONAL = "professional"
OUT_OF_BAND = "out_of_band"
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
Figures = Mapping[tuple[str, str, str], Figure]


@dataclass(frozen=True, slots=True)
class Definition:
    """How an indicator is computed.

    `scope` is where its people stand on F3: in each category (`categories`), over all of them (`unit`), in the
    category that asks for registered volunteers (`volunteers`); `breadth` counts the categories that have any, and
    `quality` is of the return itself (its rows come from `quality_rates`).
    `denominator` is a field of F1; each category has its own.
    """

    scope: str
    measure: str
    denominator: str = ""


DEFINITIONS: Mapping[str, Definition] = {
    "I01": Definition("categories", PEOPLE),
    "I02": Definition("unit", "distinct_any", "hc_end"),
    "I03": Definition("breadth", PEOPLE),
    "I06": Definition("volunteers", PEOPLE, "hc_end"),
    "I07": Definition("volunteers", REGISTERED, "hc_end"),
    "I36": Definition("quality", ""),
}


@dataclass(frozen=True)
class _Unit:
    """The figures that the rates of one unit are made of."""

    code: str
    hc_ever: float | None
    people: Mapping[str, Figure]
    returned: Figures
    headcounts: Figures

    def of_form(self, item: str, measure: str) -> Figure:
        if measure == PEOPLE:
            return self.people.get(item, NOT_SUBMITTED)
        return self.returned.get((self.code, item, measure), NOT_SUBMITTED)

    def headcount(self, measure: str) -> Figure:
        return self.headcounts.get((self.code, "", measure), NOT_SUBMITTED)


def rates(
    units: pd.DataFrame,
    participation: pd.DataFrame,
    facts: pd.DataFrame,
    queries: pd.DataFrame,
    reference: Reference,
) -> pd.DataFrame:
    """One row per unit of the register, indicator and category, in register order.

    `rate` is a fraction with Wilson limits of the confidence in `thresholds.csv`; `category` is empty for indicators
    without one. Numerator and denominator are null when queried or not known, the rate also when it must not be
    shown (`status` says why). `rate_low` and `rate_high` are filled for `bounded`. `n_open_queries` counts the open
    questions about the fields of numerator and denominator, `flags` are joined by semicolons, null without any.

    Raises:
        KeyError: the reference data call an indicator computed that has no definition here, or lack a threshold.
    """
    returned = look_up(form_figures(facts, queries, reference, PARTICIPATION))
    headcounts = look_up(form_figures(facts, queries, reference, HEADCOUNTS))
    people = _people(participation, returned)
    rows: list[dict[str, object]] = []
    for code, ever in zip(units["unit_code"], units["hc_ever"], strict=True):
        unit = _Unit(code, None if np.isnan(ever) else float(ever), people.get(code, {}), returned, headcounts)
        rows += [{"unit_code": code, **row} for row in _rows_of_unit(unit, reference)]
    return _with_limits(pd.DataFrame(rows), reference.thresholds["confidence"])


def category_behind(indicator: str, category: str, reference: Reference) -> str:
    """The category whose people an indicator counts; empty for one over all categories."""
    volunteers = indicator in DEFINITIONS and DEFINITIONS[indicator].scope == "volunteers"
    return _volunteers(reference) if volunteers else category


def _people(participation: pd.DataFrame, returned: Figures) -> dict[str, dict[str, Figure]]:
    """Who took part, by unit and category."""
    found: dict[str, dict[str, Figure]] = {}
    columns = ["unit_code", "category", PEOPLE, "persons_low", "persons_high", "status"]
    for code, category, *numbers, status in participation[columns].itertuples(index=False, name=None):
        value, low, high = (None if np.isnan(number) else float(number) for number in numbers)
        n_open = returned.get((code, category, PEOPLE), NOT_SUBMITTED).n_open
        found.setdefault(code, {})[category] = Figure(value, low, high, status, n_open)
    return found


def _rows_of_unit(unit: _Unit, reference: Reference) -> Iterator[dict[str, object]]:
    for code in (indicator.code for indicator in reference.indicators.values() if indicator.computed):
        if code not in DEFINITIONS:
            raise KeyError(
                f"reference/indicators.csv: {code} is computed=yes, but analysis/measures/rates.py has no definition"
            )
        for category, outcome, n_open in _outcomes(unit, DEFINITIONS[code], reference):
            flags = ";".join(outcome.flags) or None
            row = {"indicator": code, "category": category, **asdict(outcome), "n_open_queries": n_open}
            yield {**row, "flags": flags}


def _outcomes(unit: _Unit, definition: Definition, reference: Reference) -> Iterator[tuple[str, Outcome, int]]:
    """Category, outcome and open questions of one indicator of one unit."""
    if definition.scope == "quality":
        return
    if definition.scope == "breadth":
        yield _breadth(unit, reference)
        return
    for shown, item, denominator, least in _places(definition, reference):
        numerator, base = unit.of_form(item, definition.measure), unit.headcount(denominator)
        small = SmallNumbers(reference.thresholds["small_n_counts_only"], reference.thresholds["small_n_marked"])
        outcome = judge_share(numerator, base, unit.hc_ever, least, small)
        yield shown, _marked_by_band(outcome, shown, reference), numerator.n_open + base.n_open


def _marked_by_band(outcome: Outcome, category: str, reference: Reference) -> Outcome:
    """G13: a rate of a category that is outside its plausible band is flagged, and kept."""
    if not category or outcome.rate is None or not reference.category(category).outside_band(outcome.rate):
        return outcome
    return replace(outcome, flags=(*outcome.flags, OUT_OF_BAND))


def _places(definition: Definition, reference: Reference) -> Iterator[tuple[str, str, str, float]]:
    """Category to show, item on F3, denominator and its least size."""
    if definition.scope == "categories":
        for category in _counted(reference):
            least = reference.thresholds["blood_min_denominator"] if BLOOD in category.nature else 0.0
            yield category.code, category.code, category.denominator, least
    else:
        item = _volunteers(reference) if definition.scope == "volunteers" else ""
        yield "", item, definition.denominator, 0.0


def _breadth(unit: _Unit, reference: Reference) -> tuple[str, Outcome, int]:
    """A category for qualified people does not count in a unit that has none of them."""
    bases = {category.code: unit.headcount(category.denominator) for category in _counted(reference)}
    special = {category.code for category in _counted(reference) if PROFESSIONAL in category.nature}
    out = {code for code in special if has_nobody(bases[code])}
    figures = [unit.of_form(code, PEOPLE) for code in bases if code not in out]
    unknown = [bases[code] for code in special if bases[code].status in ("queried", "not_submitted")]
    base = unknown[0] if unknown else Figure(float(len(figures)), None, None, "reported", 0)
    n_open = sum(unit.of_form(code, PEOPLE).n_open for code in bases) + sum(bases[code].n_open for code in special)
    return "", judge_breadth(figures, base), n_open


def _counted(reference: Reference) -> tuple[Category, ...]:
    return tuple(category for category in reference.categories if category.counts_in_breadth)


def _volunteers(reference: Reference) -> str:
    """The category whose columns ask for registered volunteers."""
    return next(field.item for field in reference.form_fields(PARTICIPATION) if field.measure == REGISTERED)


def _with_limits(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    numbers = ["numerator", "denominator", "rate", "rate_low", "rate_high"]
    table = rows.astype(dict.fromkeys(numbers, "float64")).astype({"n_open_queries": "int64", "flags": "str"})
    shown = table["limits"].astype(bool)
    low, high = wilson_interval(table["numerator"].where(shown), table["denominator"].where(shown), confidence)
    table = table.assign(ci_low=low, ci_high=high)
    return table[list(COLUMNS)]
