"""C6 as it may leave the office: the change of every unit and whole without what either year withholds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.disclosure import PANEL
from analysis.measures.disclosure_tables import Figure, by_key, hide
from analysis.measures.intervals import newcombe_difference
from analysis.present.change_tables import SIDES, change_table, moved
from analysis.present.chart_tables import OVERALL, in_group_order
from analysis.reference import Reference

WITHHELD = "hidden"
DIFFERENCES = ("difference", "difference_low", "difference_high")
NOW = Figure(OVERALL, "", derived=("rate", *DIFFERENCES))
THEN = Figure(
    OVERALL,
    "",
    numerators=("numerator_before",),
    denominators=("denominator_before",),
    derived=("rate_before", *DIFFERENCES),
    suffix="_before",
)


def public_change(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """C6, see `change_table`; `mark` is `hidden` for a whole that would tell hidden numbers.

    A unit whose number is hidden in one of the years has a class only when all that is told of it is of that class; else
    its mark is `hidden` too.
    """
    full = change_table(tables, reference)
    is_whole = full["unit_code"] == ""
    parts = [_wholes(full[is_whole], tables), _units(full[~is_whole], tables, reference)]
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def _wholes(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    gone = {
        key[1]
        for name in ("hidden", "hidden_before")
        for key in by_key(tables[name])
        if key[0] == PANEL and key[2:] == (OVERALL, "")
    }
    hidden = rows["peer_group"].isin(gone)
    result = rows.assign(
        mark=rows["mark"].mask(hidden, WITHHELD),
        hidden=pd.Series("complementary", index=rows.index, dtype="str").where(hidden),
        **{"class": rows["class"].where(~hidden)},
    )
    result[list(SIDES)] = result[list(SIDES)].astype("float64").where(~hidden)
    return result


def _units(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    table = hide(hide(rows, tables["hidden"], NOW), tables["hidden_before"], THEN)
    gone = table["hidden"].notna() | table["hidden_before"].notna()
    ends = _ends(table, reference.thresholds["confidence_outer"])
    classes = [moved(end, reference) for end in ends]
    told = (ends[0]["difference"].notna()) & (classes[0] == classes[1]) & (table["status"] == "compared")
    changed = table["class"].where(~gone, classes[0].where(told))
    marks = pd.Series("same", index=table.index, dtype="str").mask(changed.isin(["up", "down"]), "clear")
    marks = marks.where(told, WITHHELD).where(table["status"] == "compared", "none")
    middle = (ends[0]["difference"] + ends[1]["difference"]) / 2
    table = table.assign(mark=table["mark"].where(~gone, marks), _place=table["difference"].where(~gone, middle))
    table["class"] = changed
    return in_group_order(table, reference, by="_place").drop(columns="_place")


def _ends(table: pd.DataFrame, confidence: float) -> list[pd.DataFrame]:
    """The least and the greatest change that is told of each unit, with its outer limits; null where nothing is."""
    found = []
    for now, then in (("low", "high"), ("high", "low")):
        x, x_before = (
            table[f"numerator{suffix}"].astype("float64").fillna(table[f"people_{end}{suffix}"])
            for suffix, end in (("", now), ("_before", then))
        )
        n, n_before = (table[name].astype("float64") for name in ("denominator", "denominator_before"))
        fits = (x <= n) & (x_before <= n_before)
        counts = [number.where(fits).to_numpy() for number in (x, n, x_before, n_before)]
        low, high = newcombe_difference(counts[0], counts[1], counts[2], counts[3], confidence)
        found.append(
            pd.DataFrame(
                {
                    "difference": (x / n - x_before / n_before).where(fits),
                    "difference_low": low,
                    "difference_high": high,
                },
                index=table.index,
            )
        )
    return found
