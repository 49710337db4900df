"""How totals of points are shown: with two decimals, cut off and never rounded up."""

from __future__ import annotations

import math

import pandas as pd

SHOWN = 100  # two decimals
LAST_DIGIT = 1e-6  # of the number shown: a sum of many items may lack it
UNTOLD = "—"
POINTS_OF_A_TERM = ("total", "total_low", "total_high", "peer_median", "peer_points")


def shown_points(points: float) -> float:
    """The total as it is shown, so that none looks as if it had reached a line that it did not; NaN stays."""
    return points if math.isnan(points) else math.floor(points * SHOWN + LAST_DIGIT) / SHOWN


def points_text(points: float) -> str:
    """A total in words: `79.99` for 79.996."""
    return f"{shown_points(points):.2f}"


def peers_text(points: float) -> str:
    """The median total of peers, a dash where they are too few to tell one."""
    return UNTOLD if math.isnan(points) else f"{points:.1f}"


def gap_text(gap: float) -> str:
    """The points that are missing to a line, rounded up: what is missing is never shown as nothing."""
    return f"{math.ceil(gap * SHOWN - LAST_DIGIT) / SHOWN:.2f}"


def cut_points(table: pd.DataFrame) -> pd.DataFrame:
    """Where the rows hold totals of points: these and the median of peers as they are shown, since more would say too much.

    Every digit of a sum of items is a fingerprint of the counts behind them, hidden ones too.
    """
    if "total" not in table.columns:
        return table
    own = [name for name in POINTS_OF_A_TERM if name in table.columns]
    return table.assign(**{name: table[name].astype("float64").map(shown_points) for name in own})
