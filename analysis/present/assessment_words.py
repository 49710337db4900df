"""Words that several tables of the assessment share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.labels import Words


def remark_texts(row: Mapping[Hashable, Any], words: Words) -> list[str]:
    """What is to be known of a unit beside its proposal: only pre-checked, only recommended, organises the assessment."""
    codes = row["remarks"].split(";") if isinstance(row["remarks"], str) else []
    return [words.label(code, "remark") for code in codes if code]


def points_range(row: Mapping[Hashable, Any], words: Words) -> str:
    """The total of a unit, or its bounds while an item is open."""
    if pd.isna(row["total"]):
        return words.say("card.range", low=f"{row['total_low']:.2f}", high=f"{row['total_high']:.2f}")
    return f"{row['total']:.2f}"
