"""Every figure of every unit with its whole numbers, for the pages that stay in the office."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.medians import peer_medians
from analysis.present.unit_profile import BEFORE
from analysis.reference import Reference

KEYS = ["unit_code", "indicator", "category"]


def unit_figures(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """One row per unit, indicator and category: its row of `rates`, and what it is compared with.

    `peer_median` is that of the comparison, for all indicators with rates (`peer_medians`). `class` is that of the comparison; `rate_before` and `difference` are those of
    `change`.
    """
    table = _joined(tables["rates"], tables["comparison"], ["class"])
    table = _joined(table, tables["change"], [name for name in BEFORE if name in tables["change"]])
    return table.assign(peer_median=peer_medians(table, tables["units"], reference)).reset_index(drop=True)


def _joined(table: pd.DataFrame, other: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    keys = other[KEYS].fillna("").astype("str")
    added = keys.assign(**{name: other[name] for name in columns})
    return table.assign(category=table["category"].fillna("").astype("str")).merge(added, on=KEYS, how="left")
