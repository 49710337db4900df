"""Words that several tables of the assessment share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.labels import Words
from analysis.present.points import points_text

DEPARTMENT = "department "  # the source of an item that departments tell
UNCLEAR = "unclear"


def remark_texts(row: Mapping[Hashable, Any], words: Words) -> list[str]:
    """What is to be known of a unit beside its proposal: only pre-checked, only recommended, organises the assessment."""
    codes = row["remarks"].split(";") if isinstance(row["remarks"], str) else []
    return [words.label(code, "remark") for code in codes if code]


def points_range(row: Mapping[Hashable, Any], words: Words) -> str:
    """The total of a unit, or its bounds while an item is open; one number where no answer can change it."""
    if is_unsettled(row):
        return words.say("card.range", low=points_text(row["total_low"]), high=points_text(row["total_high"]))
    return points_text(row["total_high" if pd.isna(row["total"]) else "total"])


def is_unsettled(row: Mapping[Hashable, Any]) -> bool:
    """Whether answers to open questions can still change the total, by the two decimals that are shown."""
    return bool(pd.isna(row["total"])) and points_text(row["total_low"]) != points_text(row["total_high"])


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
