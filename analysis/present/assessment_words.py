"""Words that several tables of the assessment share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.labels import Words


def points_range(row: Mapping[Hashable, Any], words: Words) -> str:
    """The total of a unit, or its bounds while an item is open."""
    if pd.isna(row["total"]):
        return words.say("card.range", low=f"{row['total_low']:.2f}", high=f"{row['total_high']:.2f}")
    return f"{row['total']:.2f}"
