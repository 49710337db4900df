"""Words that several tables of the assessment share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.labels import Words

POINTS_OF_A_TERM = ("total", "total_low", "total_high", "peer_median", "peer_points")


def rounded_points(table: pd.DataFrame) -> pd.DataFrame:
    """Where the rows hold totals of points: these and the median of peers to two decimals, since more would say too much.

    Every digit of a sum of items is a fingerprint of the counts behind them, hidden ones too.
    """
    if "total" not in table.columns:
        return table
    return table.assign(**{name: table[name].round(2) for name in POINTS_OF_A_TERM if name in table.columns})


def points_range(row: Mapping[Hashable, Any], words: Words) -> str:
    """The total of a unit, or its bounds while an item is open."""
    if pd.isna(row["total"]):
        return words.say("card.range", low=f"{row['total_low']:.2f}", high=f"{row['total_high']:.2f}")
    return f"{row['total']:.2f}"
