"""People of a category by the second denominators of `categories.csv`: women, party, league and union members."""

from __future__ import annotations

import pandas as pd

from analysis.measures.denominators import denominator
from analysis.measures.figures import Figure
from analysis.measures.intervals import wilson_interval
from analysis.measures.judging import Outcome, SmallNumbers, judge_quotient, judge_share
from analysis.measures.registry import least_denominator
from analysis.measures.unit_sources import PEOPLE, YearSources
from analysis.reference import Category
from analysis.reference.definitions import HEADCOUNT

INDICATOR = "I01"
COLUMNS = (
    "unit_code",
    "indicator",
    "category",
    "denominator_key",
    "numerator",
    "denominator",
    "rate",
    "ci_low",
    "ci_high",
    "status",
)


def second_rates(sources: YearSources) -> pd.DataFrame:
    """One row per unit of the register, category and second denominator of the category.

    `rate` is participants / people of the denominator. By the whole staff it is a share, with Wilson limits. By a part of the staff (women, members) it is none: who
    took part may belong to the others, so it may be above 1 and has no limits. The small-number rules
    hold for both: null below 10, `small` below 30, blood undefined below its least denominator.
    """
    reference = sources.reference
    rows = []
    for unit in reference.units:
        for category in reference.categories:
            for key in category.second_denominators:
                outcome = _outcome(sources, unit.code, category, key)
                place = {"unit_code": unit.code, "indicator": INDICATOR, "category": category.code}
                counts = {"numerator": outcome.numerator, "denominator": outcome.denominator, "rate": outcome.rate}
                rows.append(
                    {**place, "denominator_key": key, **counts, "limits": outcome.limits, "status": outcome.status}
                )
    table = pd.DataFrame(rows, columns=[*COLUMNS, "limits"])
    table = table.astype(dict.fromkeys(["numerator", "denominator", "rate"], "float64"))
    shown = table["limits"].astype(bool)
    x, n = table["numerator"].where(shown), table["denominator"].where(shown)
    low, high = wilson_interval(x, n, reference.thresholds["confidence"])
    return table.assign(ci_low=low, ci_high=high)[list(COLUMNS)]


def _outcome(sources: YearSources, unit_code: str, category: Category, key: str) -> Outcome:
    thresholds = sources.reference.thresholds
    small = SmallNumbers(thresholds["small_n_counts_only"], thresholds["small_n_marked"])
    least = least_denominator(INDICATOR, category.code, sources.reference)
    people = sources.figure(unit_code, "participation", category.code, PEOPLE)
    base = denominator(sources, unit_code, key)
    own = denominator(sources, unit_code, category.denominator).value
    if least and (own is None or own < least):
        return Outcome(people.value, base.value, "undefined")
    if key == HEADCOUNT:
        return judge_share(people, base, sources.hc_ever.get(unit_code), least, small)
    return _per_head_of_part(people, base, least, small)


def _per_head_of_part(people: Figure, base: Figure, least: float, small: SmallNumbers) -> Outcome:
    """Participants by a part of the staff: the same rules for small numbers, no limits."""
    found = judge_quotient(people, base, proportion=False)
    size = found.denominator
    if found.status not in ("ok", "approximate") or size is None:
        return found
    if size < least:
        return Outcome(found.numerator, size, "undefined")
    if size < small.counts_only:
        return Outcome(found.numerator, size, "small")
    return Outcome(found.numerator, size, "small" if size < small.marked else found.status, rate=found.rate)
