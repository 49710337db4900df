"""What stands in a table instead of a number that must not leave the office."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.measures.disclosure_primary import NEARLY_ALL, SMALL
from analysis.present.labels import Words

HIDDEN, LOW, HIGH = "hidden", "people_low", "people_high"
WITHHELD = "withheld"


def say_hidden(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The table with one column of text in place of each three that `hide` added; without it where nothing is hidden."""
    for column in [str(name) for name in table.columns if str(name).startswith(HIDDEN)]:
        suffix = column.removeprefix(HIDDEN)
        texts = [hidden_text(row, suffix, words) for row in table.to_dict("records")]
        added = {f"{WITHHELD}{suffix}": pd.Series(texts, index=table.index, dtype="str")} if any(texts) else {}
        table = table.drop(columns=[column, f"{LOW}{suffix}", f"{HIGH}{suffix}"], errors="ignore").assign(**added)
    return table


def hidden_text(row: Mapping[Hashable, Any], suffix: str, words: Words) -> str:
    """`<5`, `>95%` where that is true, else how many did not take part, the limits, or why nothing is said; else empty."""
    reason, low, high = (row[f"{name}{suffix}"] for name in (HIDDEN, LOW, HIGH))
    if pd.isna(reason):
        return ""
    few = words.reference.thresholds["suppress_people_below"]
    if reason == SMALL and high == few - 1:
        return words.say("hidden.small", n=words.count(few))
    if reason == NEARLY_ALL:
        share = words.reference.thresholds["suppress_nearly_all_share"]
        size = row.get(f"denominator{suffix}")
        if size and low / size > share:
            return words.say("hidden.above", share=f"{share:.0%}")
        return words.say("hidden.nearly_all", n=words.count(few))
    if pd.notna(low):
        return words.say("hidden.range", low=words.count(low), high=words.count(high))
    return words.say("hidden.range_none" if reason == SMALL else f"hidden.{reason}", n=words.count(few))
