"""Tables for deck and circular: those of the charts with quality, parts of the change and, when asked for, an assessment."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.present.made_up import made_up_tables, sample_reference

LISTS = ("name", "keep", "keep", "rectify", "withdraw_or_refuse", "pending")


def pack_tables(n_units: int, assessed: bool = False, year_before: bool = True) -> dict[str, pd.DataFrame]:
    """What the pack of a year with so many units is made of."""
    tables = dict(made_up_tables(n_units))
    units = tables["units"]
    counts = dict.fromkeys(("n_cells", "n_open", "n_returned", "n_contradictions", "days_late"), 0)
    tables["quality"] = units[["unit_code"]].assign(**{**counts, "n_cells": 100, "quality_index": 0.0})
    groups = tables["group_change"]
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
    proposed = pd.Series(
        [{"pending": None, "withdraw_or_refuse": "withdraw"}.get(name, name) for name in lists], dtype="str"
    )
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
            "remarks": "prechecked",
            **{"p_pass": 0.5, "p_pass_error": 0.01, "draws": 2000, "converged": True, "exemplar": False},
            **{"p_class": 0.7, "applied_clear": True},
            **{"class_low": "rectify", "class_high": "keep"},
            "class_proposed": proposed,
            "line": 80.0,
        }
    )
    decisions = pd.DataFrame({"list": lists, "unit_code": codes, "class_proposed": proposed})
    open_yet = dict.fromkeys(("decided", "departs", "decided_reason", "members_left", "decided_on", "minutes_document"))
    decisions = decisions.assign(**open_yet)
    order = decisions.groupby("list").cumcount() + 1
    steps = pd.DataFrame({"unit_code": [], "item": [], "next_class": [], "gap": [], "count": [], "why_not": []})
    item = {"item": "A1a", "item_zh": "学习", "item_en": "Study", "source": "I19", "value": 1.0}
    items = pd.DataFrame({"unit_code": codes, **item, "points": 8.0, "full": 10.0, "status": "scored"})
    return {"assessment": items, "scorecards": cards, "decisions": decisions.assign(order=order), "next_steps": steps}
