"""Words that several tables of the assessment share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.labels import Words

DEPARTMENT = "department "  # the source of an item that departments tell
UNCLEAR = "unclear"


def points_range(row: Mapping[Hashable, Any], words: Words) -> str:
    """The total of a unit, or its bounds while an item is open."""
    if pd.isna(row["total"]):
        return words.say("card.range", low=f"{row['total_low']:.2f}", high=f"{row['total_high']:.2f}")
    return f"{row['total']:.2f}"


def applied_codes(cards: pd.DataFrame) -> pd.Series[str]:
    """The level that each unit applies for: `none` where it does not, `unclear` where it said nothing clear."""
    return cards["applied_level"].fillna("none").where(cards["applied_clear"].astype("bool"), UNCLEAR)


def line_text(points: float) -> str:
    """A line as it is agreed: without decimals that are nought."""
    return f"{points:g}"


def opinions(items: pd.DataFrame, words: Words) -> dict[str, str]:
    """What the departments said of each unit, by item; what they did not say yet is open."""
    said = items[items["source"].str.startswith(DEPARTMENT)]
    found: dict[str, list[str]] = {}
    for row in said.to_dict("records"):
        state = "open" if pd.isna(row["value"]) else "yes" if row["value"] >= 1 else "no"
        name = row["item_zh"] if words.lang == "zh" else row["item_en"]
        found.setdefault(str(row["unit_code"]), []).append(
            words.say("assessed.opinion", item=name, said=words.say(f"card.{state}"))
        )
    return {code: words.clauses(texts) for code, texts in found.items()}
