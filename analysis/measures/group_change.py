"""The change of the city and of each peer group: rates of two years -> `group_change`, with its parts."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from analysis.measures.arrays import Floats
from analysis.measures.breaks import DEFINITION, FORM
from analysis.measures.change import KEYS, YearTables
from analysis.measures.decomposition import Side, compare_within, split_change
from analysis.measures.intervals import newcombe_difference
from analysis.measures.panel import Counts, Figure, figures, pooled, total
from analysis.reference import Reference

PARTS = ("activity", "headcount", "units", "definition", "correction")
PANEL = ("panel_numerator_before", "panel_denominator_before", "panel_numerator", "panel_denominator")
RATES = ("rate_before", "rate_before_now", "rate", "panel_rate_before", "panel_rate", "panel_low", "panel_high")
NUMBERS = (*PANEL, *RATES, "difference", *(f"part_{name}" for name in PARTS), "within_change")
MARKS = ("reversal", "signs_differ")
COLUMNS = ("peer_group", *KEYS, "n_before", "n_after", "n_panel", *NUMBERS, *MARKS, "status", "class")


def no_group_change() -> pd.DataFrame:
    """The table without a row, for a year that has no year before it."""
    return pd.DataFrame(columns=list(COLUMNS))


def group_change(before: YearTables, after: YearTables) -> pd.DataFrame:
    """One row per group (empty = the whole city) and per indicator and category that has a denominator.

    Rates and differences are fractions. `rate_before` is last year's pooled rate as published (`published.csv` of
    that year), else as it stands now, which is `rate_before_now`; `difference` = `rate` - `rate_before`, and the five
    `part_` columns add up to it. `panel_rate` and `panel_rate_before` are those of the `n_panel` units whose counts
    are known in both years under the same definition (of `n_before` and `n_after`), with Newcombe's limits of their
    difference, a guide only: the people are mostly the same. `within_change` is the change inside the peer groups at
    equal sizes; `reversal` says that every group moved against the city, `signs_differ` that `within_change` did; all
    three stand in rows of the city only. `class`: up, down or no_clear_change by these limits, null unless compared.
    `status`: `compared`; `small`: below 30 people; `no_before`: no figure of one of the years; `no_panel`: no unit in
    both; `form`, `definition`: a break that nothing bridges. Then difference and parts are null rather than made up.
    Of shares of fewer than ten people there are only the counts (`panel_numerator` and so on).
    """
    rows = [_row(figure, before.reference, after.reference) for figure in figures(before, after)]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(NUMBERS, "float64"))
    return table.astype(dict.fromkeys(MARKS, "boolean"))


def _row(figure: Figure, before: Reference, after: Reference) -> dict[str, object]:
    """One row of the table."""
    was, now = total(figure.before), total(figure.after)
    published = before.published.get((figure.indicator, figure.category, figure.group))
    shown = pooled(was) if published is None else published
    status = _status(figure, after)
    panel = [] if status in (FORM, DEFINITION) else figure.panel
    sides = (total([pair.before for pair in panel]), total([pair.after for pair in panel]))
    few = _least_shown(figure, after)
    row: dict[str, object] = {
        **{"peer_group": figure.group, "indicator": figure.indicator, "category": figure.category},
        **{"n_before": len(figure.before), "n_after": len(figure.after), "n_panel": len(panel)},
        "rate_before": shown if published is not None or was.denominator >= few else np.nan,
        "rate_before_now": pooled(was) if was.denominator >= few else np.nan,
        "rate": pooled(now) if now.denominator >= few else np.nan,
        **{"status": status, "class": None},
    }
    if not panel or status == "no_before":
        return row
    row |= dict(zip(PANEL, (*sides[0], *sides[1]), strict=True))
    return row | _compared(figure, shown, all(one.denominator >= few for one in (was, now, *sides)), status, after)


def _compared(figure: Figure, shown: float, enough: bool, status: str, reference: Reference) -> dict[str, object]:
    """Rates of the panel, difference, parts and limits, and for the city the Simpson check."""
    was, now = pooled(total(figure.before)), pooled(total(figure.after))
    sides = (
        Side(shown, was, pooled(total(figure.common or [])), *_arrays([pair.before for pair in figure.panel])),
        Side(now, now, now, *_arrays([pair.after for pair in figure.panel])),
    )
    found: dict[str, object] = {}
    if enough:
        parts = {f"part_{name}": part for name, part in asdict(split_change(*sides)).items()}
        found = {"panel_rate_before": sides[0].pooled, "panel_rate": sides[1].pooled, "difference": now - shown}
        found |= parts | _limits(sides, figure, status, reference)
    return found if figure.group else found | _within(sides, figure)


def _status(figure: Figure, reference: Reference) -> str:
    if not total(figure.before).denominator or not total(figure.after).denominator:
        return "no_before"
    if FORM in figure.breaks:
        return FORM
    if figure.common is None:
        return DEFINITION
    if not figure.panel:
        return "no_panel"
    sides = ([pair.before for pair in figure.panel], [pair.after for pair in figure.panel])
    people = min(total(counts).denominator for counts in sides)
    shares = reference.indicators[figure.indicator].share_of_people
    return "small" if shares and people < reference.thresholds["small_n_marked"] else "compared"


def _least_shown(figure: Figure, reference: Reference) -> float:
    """How many people a share needs to be shown; 0 for what is no share of people."""
    shares = reference.indicators[figure.indicator].share_of_people
    return reference.thresholds["small_n_counts_only"] if shares else 0.0


def _arrays(counts: list[Counts]) -> tuple[Floats, Floats]:
    return np.array([one.numerator for one in counts]), np.array([one.denominator for one in counts])


def _limits(sides: tuple[Side, Side], figure: Figure, status: str, reference: Reference) -> dict[str, object]:
    """Newcombe limits of the panel's difference and the class that follows; none where the rate is no proportion."""
    totals = [(float(side.successes.sum()), float(side.n.sum())) for side in reversed(sides)]
    shares = reference.indicators[figure.indicator].share_of_people
    if not shares or any(x > n for x, n in totals):
        return {}
    (x1, n1), (x2, n2) = totals
    low, high = (float(limit) for limit in newcombe_difference(x1, n1, x2, n2, reference.thresholds["confidence"]))
    name = "up" if low > 0 else "down" if high < 0 else "no_clear_change"
    return {"panel_low": low, "panel_high": high, "class": name if status == "compared" else None}


def _within(sides: tuple[Side, Side], figure: Figure) -> dict[str, object]:
    """The Simpson check of the city; units that changed their group are groups of their own."""
    names = [f"{pair.group_before}>{pair.group_after}" for pair in figure.panel]
    within = compare_within(*sides, names)
    return {"within_change": within.change, "reversal": within.reversal, "signs_differ": within.signs_differ}
