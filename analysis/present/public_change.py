"""The table of C6 as it may leave the office: without what `hidden` withholds this year, or would have last year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.measures.disclosure import UNIT
from analysis.measures.disclosure_primary import Count, Rules, numerator_cell
from analysis.measures.disclosure_tables import Figure, hide
from analysis.present.change_tables import COUNTS, change_table
from analysis.present.chart_tables import OVERALL, in_group_order
from analysis.reference import Reference

NOW = ("rate", "difference", "difference_low", "difference_high")
BOTH = ("rate_before", *NOW)
PANEL = ("compared", "small")  # status of the units of both years
DIGITS = 3  # of fractions: a tenth of a percentage point, so that no count can be worked out from a rate of a group


def public_change(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """C6, see `change_table`; counts of last year are left out, and rates stand to a tenth of a point.

    A unit whose number of either year must be hidden has neither rate nor difference; its `class` and `mark` stay.
    Units stand in the order of their groups and of the differences that are shown.
    """
    full = change_table(tables, reference)
    if full.empty:
        return full
    few = hidden_before(full.assign(indicator=OVERALL, category=""), reference)
    units = hide(full, tables["hidden"], Figure(OVERALL, "", derived=BOTH, bounds=()))
    wholes = hide(full.drop(columns=["unit_code"]), tables["hidden"], Figure(OVERALL, "", derived=BOTH, bounds=()))
    is_unit = full["unit_code"] != ""
    told = full["peer_group"].isin(groups_told(tables, reference))
    gone = units["hidden"].notna().where(is_unit, wholes["hidden"].notna() | told) | few
    table = full.assign(**{name: full[name].astype("float64").mask(gone).round(DIGITS) for name in BOTH})
    table = table.assign(**{name: np.nan if name in COUNTS[:2] else table[name].mask(gone) for name in COUNTS})
    ordered = in_group_order(table[is_unit], reference, by="difference") if is_unit.any() else table[is_unit]
    return pd.concat([table[~is_unit], ordered], ignore_index=True)


def groups_told(tables: Mapping[str, pd.DataFrame], reference: Reference) -> set[str]:
    """The peer groups (empty: the city) whose panel would tell a hidden number: the total less the panel.

    The units that count this year but stand in no panel are told by the difference of the two. It must not be one
    hidden unit, nor several whose sum would be hidden itself; unless the panel is so large that a tenth of a point is
    as many people as the rules hide, and the difference tells nothing closer.
    """
    change, rates = (table[(table["indicator"] == OVERALL)] for table in (tables["change"], tables["rates"]))
    panel = set(change.loc[change["status"].isin(PANEL), "unit_code"])
    counted = rates[rates[["numerator", "denominator"]].notna().all(axis="columns") & (rates["status"] != "queried")]
    hidden = tables["hidden"]
    gone = set(hidden.loc[(hidden["indicator"] == OVERALL) & (hidden["level"] == UNIT), "unit_code"])
    outside = counted[~counted["unit_code"].isin(panel) & counted["unit_code"].isin(gone)]
    groups = outside["unit_code"].map(tables["units"].set_index("unit_code")["peer_group"])
    parts = [("", outside), *((str(code), rows) for code, rows in outside.groupby(groups))]
    found = {code for code, rows in parts if len(rows) and _tells(rows, reference)}
    people = float(rates.loc[rates["unit_code"].isin(panel), "denominator"].sum())
    blurred = people * 10**-DIGITS >= reference.thresholds["suppress_people_below"]
    return found - {""} if blurred else found


def _tells(rows: pd.DataFrame, reference: Reference) -> bool:
    x, n = (float(rows[name].sum()) for name in ("numerator", "denominator"))
    rules = Rules.of(reference.thresholds)
    return len(rows) == 1 or bool(
        numerator_cell(Count((UNIT, ""), x, n), reference.protection(OVERALL, ""), rules).reason
    )


def hidden_before(table: pd.DataFrame, reference: Reference) -> pd.Series[bool]:
    """Whether the number of last year is one that must not be told by itself; needs indicator, category and counts."""
    rules = Rules.of(reference.thresholds)
    names = zip(table["indicator"], table["category"], strict=True)
    protections = [reference.protection(str(indicator), str(category)) for indicator, category in names]
    counts = zip(*(table[name].astype("float64") for name in COUNTS[:2]), strict=True)
    reasons = [
        numerator_cell(Count((UNIT, ""), value, size), protection, rules).reason
        for protection, (value, size) in zip(protections, counts, strict=True)
    ]
    known = table[list(COUNTS[:2])].notna().all(axis="columns")
    return known & (pd.Series(reasons, index=table.index, dtype="str") != "")
