"""Pairing in the city and in each peer group: I13 under both readings of the rule (Q1), and the months of I15."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.measures.groups import CITY, COLUMNS
from analysis.measures.pairing_judging import ANY, BOTH, Verdict, judge_months
from analysis.measures.pairings import COVERAGE, MONTHS, NOT_SENT, PairedUnit, coverage_of, titled_units
from analysis.reference import Reference

_COUNTS = ("n_units", "n_submitted", "n_queried", "n_bounded", "n_counted", "n_rates")
_NUMBERS = ("numerator", "denominator", "pooled_rate", "median_rate", "submitted_heads", "pooled_low", "pooled_high")


def pairing_groups(
    pairings: pd.DataFrame, units: pd.DataFrame, facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """One row per group (`peer_group`, empty for the whole city) and figure, with the columns of `group_rates`.

    `n_units` are the units with a title, `submitted_heads` is the share of their headcount.

    I13 stands twice, `category` saying by which reading: `both` (one household in town and one in the country) or
    `any` (one household); `pairing_rule` of the year says which is in force. `numerator` are the units that surely
    have it, `denominator` the `n_counted` of which it is known, `median_rate` null. I15 has the months as
    `median_rate` and no `pooled_rate`; `numerator` are households that left, `denominator` all that were watched. Where
    something is open, not exact or, for I13, not sent, `pooled_low` and `pooled_high` say between what the figure of
    all titled units lies. A group without titled unit is `undefined`, and so is I15 below `exit_months_min_exits` exits
    or with more than half not out.

    Raises:
        KeyError: the threshold is missing from the reference data.
    """
    titled = titled_units(pairings, units, facts, queries, reference)
    groups = [CITY, *(group.code for group in reference.peer_groups)]
    rows = [
        row
        for group in groups
        for row in _rows_of_group([unit for unit in titled if group in (CITY, unit.peer_group)], reference)
    ]
    table = pd.DataFrame([{"peer_group": groups[place // 3], **row} for place, row in enumerate(rows)])
    return table.astype({**dict.fromkeys(_NUMBERS, "float64"), **dict.fromkeys(_COUNTS, "int64")})[list(COLUMNS)]


def _rows_of_group(units: Sequence[PairedUnit], reference: Reference) -> Iterator[dict[str, object]]:
    for reading in (BOTH, ANY):
        verdicts = [coverage_of(unit, reading) for unit in units]
        known = [verdict for verdict in verdicts if verdict.numerator is not None]
        yield _row(
            COVERAGE, reading, units, [verdict.status for verdict in verdicts], len(known), _coverage(verdicts, known)
        )
    lines = [line for unit in units if unit.state == "sent" for line in unit.lines]
    months = judge_months(lines, reference.year, reference.thresholds["exit_months_min_exits"])
    states = ["queried" if unit.state == "asked" else unit.state for unit in units]
    yield _row(MONTHS, "", units, states, states.count("sent"), months)


def _coverage(verdicts: Sequence[Verdict], known: Sequence[Verdict]) -> Verdict:
    if not verdicts:
        return Verdict(None, None, "undefined")
    met = sum(verdict.numerator or 0.0 for verdict in known)
    unknown, n_units = len(verdicts) - len(known), len(verdicts)
    bounds = (met / n_units, (met + unknown) / n_units) if unknown else (None, None)
    if not known:
        sent = any(verdict.status != NOT_SENT for verdict in verdicts)
        return Verdict(None, None, "queried" if sent else NOT_SENT, low=bounds[0], high=bounds[1])
    status = "bounded" if unknown else "ok"
    return Verdict(met, float(len(known)), status, met / len(known), bounds[0], bounds[1])


def _row(
    indicator: str,
    category: str,
    units: Sequence[PairedUnit],
    statuses: Sequence[str],
    n_counted: int,
    verdict: Verdict,
) -> dict[str, object]:
    sent = [unit for unit in units if unit.state in ("sent", "asked")]
    heads = sum(unit.heads for unit in units)
    return {
        "indicator": indicator,
        "category": category,
        "n_units": len(units),
        "n_submitted": len(sent),
        "n_queried": statuses.count("queried"),
        "n_bounded": statuses.count("bounded"),
        "n_counted": n_counted,
        "numerator": verdict.numerator,
        "denominator": verdict.denominator,
        "pooled_rate": None if indicator == MONTHS else verdict.rate,
        "n_rates": 0 if indicator == MONTHS or verdict.rate is None else n_counted,
        "median_rate": verdict.rate if indicator == MONTHS else None,
        "submitted_heads": sum(unit.heads for unit in sent) / heads if heads else None,
        "pooled_low": verdict.low,
        "pooled_high": verdict.high,
        "status": verdict.status,
    }
