"""The table of C6 as it may leave the office: without what `hidden` withholds this year, or would have last year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.measures.disclosure_primary import Count, Rules, numerator_cell
from analysis.measures.disclosure_tables import Figure, hide
from analysis.present.change_tables import COUNTS, change_table
from analysis.present.chart_tables import OVERALL, in_group_order
from analysis.reference import Reference

NOW = ("rate", "difference", "difference_low", "difference_high")
BOTH = ("rate_before", *NOW)
DIGITS = 3  # of fractions: a tenth of a percentage point, so that no count can be worked out from a rate of a group


def public_change(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """C6, see `change_table`; counts of last year are left out, and rates stand to a tenth of a point.

    A unit whose number of either year must be hidden has neither rate nor difference; its `class` and `mark` stay.
    Units stand in the order of their groups and of the differences that are shown.
    """
    full = change_table(tables, reference)
    if full.empty:
        return full
    few = _few_before(full, reference)
    table = hide(full, tables["hidden"], Figure(OVERALL, "", derived=BOTH, bounds=()))
    gone = few | table["hidden"].notna()
    for name in BOTH:
        table[name] = table[name].astype("float64").where(~gone).round(DIGITS)
    table = table.assign(**dict.fromkeys(COUNTS[:2], np.nan))
    table.loc[gone, list(COUNTS[2:])] = np.nan
    table = table.drop(columns=["hidden", "people_low", "people_high"])
    wholes, units = table[table["unit_code"] == ""], table[table["unit_code"] != ""]
    return pd.concat([wholes, in_group_order(units, reference, by="difference")], ignore_index=True)


def _few_before(table: pd.DataFrame, reference: Reference) -> pd.Series[bool]:
    """Whether the number of last year is one that must not be told by itself."""
    rules, protection = Rules.of(reference.thresholds), reference.protection(OVERALL, "")
    counts = zip(*(table[name].astype("float64") for name in COUNTS[:2]), strict=True)
    reasons = [numerator_cell(Count(("unit", ""), value, size), protection, rules).reason for value, size in counts]
    known = table[list(COUNTS[:2])].notna().all(axis="columns")
    return known & (pd.Series(reasons, index=table.index) != "")
