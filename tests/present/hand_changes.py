"""Rows of `group_change` typed by hand."""

from __future__ import annotations

import pandas as pd

PARTS = ("part_activity", "part_headcount", "part_units", "part_definition", "part_correction")


def city(
    indicator, rate_before, rate, parts, panel=(0.5, 0.5), within=0.0, reversal=False, signs_differ=False, moved="up"
):
    """One row of `group_change` of the city."""
    return {
        **{"peer_group": "", "indicator": indicator, "category": ""},
        **{"rate_before": rate_before, "rate_before_now": rate_before, "rate": rate},
        **{"difference": rate - rate_before, **dict(zip(PARTS, parts, strict=True))},
        **{"panel_rate_before": panel[0], "panel_rate": panel[1], "within_change": within},
        **{"reversal": reversal, "signs_differ": signs_differ, "class": moved},
    }


def with_city(tables, row):
    """The made-up changes, of which the comparable units alone are left, and one row of the city by hand."""
    groups = tables["group_change"].assign(rate=None, rate_before=None, rate_before_now=None, difference=None)
    return pd.concat([groups, pd.DataFrame([row])], ignore_index=True)
