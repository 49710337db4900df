"""The finished tables behind C6 (overall participation, year on year) and C7 (service by month).

As in `chart_tables`: codes and fractions, absent is null, and charts, findings and pages speak of these tables only.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.intervals import newcombe_difference
from analysis.measures.month_lines import MARCH, MONTHS
from analysis.measures.months import MARCH_SHARE
from analysis.present.chart_tables import ALL_GROUPS, OVERALL, in_group_order
from analysis.reference import Reference

EVEN = 1 / MONTHS
SIDES = ("rate_before", "rate", "difference", "difference_low", "difference_high")
COUNTS = ("numerator_before", "denominator_before", "numerator", "denominator")
CHANGE_COLUMNS = ("peer_group", "unit_code", "short_name", "n_units", *COUNTS, *SIDES, "status", "class", "mark")
MONTH_COLUMNS = (
    *("month", "person_times", "share", "units_counted", "units_with_service"),
    *("units_judged", "units_above_even", "units_below_march", "units_above_march"),
)


def change_table(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """C6: rows of the city and of each peer group (empty `unit_code`), then one per unit, by group and difference.

    Groups are the units present in both years, pooled; `n_units` says how many. `mark` is `total` for the city,
    `reversed` for the city when its groups moved the other way (Simpson), `group`, `clear` for a unit that moved by more than chance, `same` for one compared that did not, `none` for one not
    compared. `class` is up, down or no_clear_change: by the limits of the panel for groups, for units by the outer ones
    (99.8%), since of so many units some always leave the inner ones. A move below `about_same_points` is none.
    """
    if "change" not in tables or "group_change" not in tables:
        return pd.DataFrame(columns=list(CHANGE_COLUMNS))
    groups = _groups(_overall(tables["group_change"]), reference)
    units = _units(_overall(tables["change"]), tables["units"], reference)
    parts = [part for part in (groups, units) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(CHANGE_COLUMNS))


def _overall(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["indicator"] == OVERALL) & (table["category"].fillna("") == "")]


def _groups(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """City first, then the groups in their order."""
    known = rows[rows["status"].eq("compared") & rows["panel_rate"].notna() & rows["panel_rate_before"].notna()]
    is_city = known["peer_group"].fillna("") == ALL_GROUPS
    is_reversed = bool(known.loc[is_city, "reversal"].astype("boolean").fillna(False).any())
    difference = known["panel_rate"] - known["panel_rate_before"]
    order = {ALL_GROUPS: -1, **{group.code: place for place, group in enumerate(reference.peer_groups)}}
    table = known.assign(
        peer_group=known["peer_group"].fillna(""),
        unit_code="",
        short_name="",
        n_units=known["n_panel"],
        rate_before=known["panel_rate_before"],
        rate=known["panel_rate"],
        difference=difference,
        difference_low=known["panel_low"],
        difference_high=known["panel_high"],
        status="compared",
        mark=[("reversed" if is_reversed else "total") if city else "group" for city in is_city],
        **dict.fromkeys(COUNTS, float("nan")),
    )
    table["class"] = moved(table, reference)
    return table.sort_values("peer_group", key=lambda codes: codes.map(order), kind="stable")[list(CHANGE_COLUMNS)]


def _units(rows: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The units by group, the largest rise first."""
    named = rows.drop(columns=["peer_group"], errors="ignore").merge(
        units[["unit_code", "short_name", "peer_group"]], on="unit_code", validate="one_to_one"
    )
    compared = named["status"] == "compared"
    table = named.assign(n_units=1)
    x, n, x_before, n_before = (
        named[name].astype("float64").where(compared)
        for name in ("numerator", "denominator", "numerator_before", "denominator_before")
    )
    outer = newcombe_difference(x, n, x_before, n_before, reference.thresholds["confidence_outer"])
    limits = {"difference_low": outer[0], "difference_high": outer[1]}
    table["class"] = moved(named.assign(**limits), reference).where(compared)
    clear = table["class"].isin(["up", "down"])
    table["mark"] = pd.Series("same", index=table.index).mask(clear, "clear").where(compared, "none")
    return in_group_order(table, reference, by="difference")[list(CHANGE_COLUMNS)]


def moved(table: pd.DataFrame, reference: Reference) -> pd.Series[str]:
    """up, down or no_clear_change: by more than chance, and by as much as is worth a word."""
    enough = table["difference"].abs() >= reference.thresholds["about_same_points"]
    up = enough & (table["difference_low"] > 0)
    down = enough & (table["difference_high"] < 0)
    return pd.Series("no_clear_change", index=table.index).mask(up, "up").mask(down, "down")


def months_table(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """C7: one row per month, all units whose person-times are known for the whole year together.

    `share` is of the person-times of the year. Of the `units_judged`, which have a March share, `units_above_even`
    did more than a twelfth in the month, `units_below_march` less and `units_above_march` more than in their March.
    """
    rates = tables["rates"]
    own = rates[(rates["indicator"] == MARCH_SHARE) & (rates["status"] != "queried")]
    counted = own.loc[own[["numerator", "denominator"]].notna().all(axis="columns"), "unit_code"]
    judged = set(own.loc[own["rate"].notna(), "unit_code"])
    times = tables["months"].pivot_table(
        index="unit_code", columns="month", values="person_times", aggfunc="first", dropna=False
    )
    times = times.reindex(index=counted, columns=range(1, MONTHS + 1)).astype("float64")
    whole = float(times.to_numpy().sum())
    some = times[times.index.isin(judged)]
    shares = some.div(some.sum(axis="columns"), axis="index")
    march = some[MARCH]
    rows = {
        "month": times.columns,
        "person_times": times.sum(),
        "share": times.sum() / whole if whole else float("nan"),
        "units_counted": len(times),
        "units_with_service": (times > 0).sum(),
        "units_judged": len(some),
        "units_above_even": (shares > EVEN).sum(),
        "units_below_march": some.lt(march, axis="index").sum(),
        "units_above_march": some.gt(march, axis="index").sum(),
    }
    return pd.DataFrame(rows)[list(MONTH_COLUMNS)].reset_index(drop=True)
