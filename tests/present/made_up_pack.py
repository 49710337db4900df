"""Tables for deck and circular: those of the charts with quality, parts of the change and, when asked for, an assessment."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.present.made_up import made_up_tables, sample_reference

PARTS = ("part_activity", "part_headcount", "part_units", "part_definition", "part_correction")
LISTS = ("name", "keep", "keep", "rectify", "withdraw_or_refuse", "pending")


def pack_tables(n_units: int, assessed: bool = False, year_before: bool = True) -> dict[str, pd.DataFrame]:
    """What the pack of a year with so many units is made of."""
    tables = dict(made_up_tables(n_units))
    units = tables["units"]
    counts = dict.fromkeys(("n_cells", "n_open", "n_returned", "n_contradictions", "days_late"), 0)
    tables["quality"] = units[["unit_code"]].assign(**{**counts, "n_cells": 100, "quality_index": 0.0})
    groups = tables["group_change"]
    difference = groups["panel_rate"] - groups["panel_rate_before"]
    groups = groups.assign(difference=difference, rate=groups["panel_rate"], rate_before=groups["panel_rate_before"])
    groups = groups.assign(signs_differ=False, within_change=np.nan, **dict.fromkeys(PARTS, 0.0))
    tables["group_change"] = groups if year_before else groups.iloc[:0]
    if not year_before:
        tables["change"] = tables["change"].iloc[:0]
    if assessed:
        tables.update(assessment(n_units))
    return tables


def assessment(n_units: int) -> dict[str, pd.DataFrame]:
    """Every unit proposed for something in turn; each third one waits for an answer."""
    codes = [unit.code for unit in sample_reference(n_units).units]
    lists = [LISTS[place * len(LISTS) // len(codes)] for place in range(len(codes))]
    is_open = np.arange(len(codes)) % 3 == 2
    cards = pd.DataFrame(
        {
            "unit_code": codes,
            "applied_level": "city",
            "title_level": "organ",
            "total": np.where(is_open, np.nan, 81.5),
            "total_low": 80.0,
            "total_high": 83.0,
            "veto": pd.Series([None] * len(codes), dtype="str"),
            "reasons": pd.Series([None] * len(codes), dtype="str"),
            "borderline": False,
            "line": 80.0,
        }
    )
    decisions = pd.DataFrame({"list": lists, "unit_code": codes})
    order = decisions.groupby("list").cumcount() + 1
    steps = pd.DataFrame({"unit_code": [], "item": [], "next_class": [], "gap": [], "count": []})
    return {"scorecards": cards, "decisions": decisions.assign(order=order), "next_steps": steps}
