"""The median of units: whose rates it is made of, and when it may be told. One rule for every place that shows one.

Domain 4.4: units are compared inside their peer group, without those apart. The unit that a median stands beside is one
of its group and counts in it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.disclosure import peers_compared
from analysis.measures.disclosure_tables import median_range, rate_limits
from analysis.reference import Reference

UNJUDGED = "none"  # the direction of an indicator of which neither more nor less is better


def in_median(rates: pd.DataFrame, reference: Reference) -> pd.Series[bool]:
    """The rows of `rates` of which a median is made: those compared (`peers_compared`) whose rate may be shown."""
    return peers_compared(rates, reference) & rates["rate"].notna()


def has_median(indicator: str, category: str, reference: Reference) -> bool:
    """Whether units are set beside each other in the figure: of giving and blood only the sum of the city is told."""
    if any(one.code == category and not one.ranked for one in reference.categories):
        return False
    return reference.indicators[indicator].direction != UNJUDGED


def told_median(limits: pd.DataFrame, least: float) -> tuple[float, float]:
    """The least and greatest median that the limits of some rates allow; null for fewer rates than `least`."""
    known = limits.dropna()
    return median_range(known) if len(known) >= least else (np.nan, np.nan)


def public_median(
    rows: pd.DataFrame, hidden: pd.DataFrame, figure: tuple[str, str], reference: Reference
) -> tuple[float, float]:
    """The limits of the median of some rows of `rates` of one figure, as it may leave the office; equal where it is known.

    Null where the figure has no median or fewer than `compare_min_peers` of the rows count in it.
    """
    if not has_median(*figure, reference):
        return np.nan, np.nan
    own = rows[in_median(rows, reference)]
    return told_median(rate_limits(own, hidden), reference.thresholds["compare_min_peers"])


def peer_medians(rates: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.Series[float]:
    """For each row of `rates` the median of its peer group from the true numbers, as in `comparison`: for the office alone.

    Null where the figure has no median or fewer than `compare_min_peers` units of the group count in it.
    """
    category = rates["category"].fillna("").astype("str")
    table = rates.assign(
        category=category,
        peer_group=rates["unit_code"].map(units.set_index("unit_code")["peer_group"]),
    )
    table = table.assign(counted=table["rate"].where(in_median(table, reference)))
    groups = table.groupby(["indicator", "category", "peer_group"], sort=False)["counted"]
    enough = groups.transform("count") >= reference.thresholds["compare_min_peers"]
    figures = table[["indicator", "category"]].itertuples(index=False, name=None)
    told = np.array([has_median(str(one), str(other), reference) for one, other in figures], dtype="bool")
    return groups.transform("median").where(enough & told)
