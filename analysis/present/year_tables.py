"""Small tables of the pages on change, continuity and comparison, as they may leave the office.

Codes stand in them; `tables_html` gives the words. Pooled rates of two years stand to a tenth of a percentage point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.city import city_rates
from analysis.measures.disclosure_tables import Figure, hide
from analysis.measures.medians import in_median, public_median
from analysis.measures.months import CONTINUITY, MARCH_SHARE
from analysis.present.chart_tables import BY_CATEGORY, OVERALL, VOLUNTEERS, in_group_order, used_groups
from analysis.present.public_change import public_change
from analysis.present.public_tables import compared_publicly
from analysis.reference import Reference

Tables: TypeAlias = Mapping[str, pd.DataFrame]
DIGITS = 3
PARTS = ("part_activity", "part_headcount", "part_units", "part_definition", "part_correction")
STATUSES = ("ok", "small", "approximate", "bounded", "undefined", "queried", "not_applicable", "not_submitted")
CHANGE_STATUSES = ("compared", "small", "group_only", "queried", "not_comparable", "not_submitted")
PLACED = ("rate", "shrunk", "rank_low", "rank_high", "p_value", "q_value")


def rates_by_status(tables: Tables, _: Reference) -> pd.DataFrame:
    """One row per indicator and category: how many units have which status."""
    rates = tables["rates"]
    counts = {name: rates["status"].eq(name).astype("int64") for name in STATUSES}
    return rates.assign(**counts).groupby(["indicator", "category"], sort=False)[list(STATUSES)].sum().reset_index()


def category_figures(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per programme: pooled rate and, where units may be compared, their median or what is known of it."""
    rates = tables["rates"]
    city = city_rates(rates[rates["indicator"] == BY_CATEGORY], reference)
    columns = ["category", "numerator", "denominator", "pooled_rate", "n_counted", "median_rate", "n_rates"]
    table = hide(city[columns], tables["hidden"], Figure(BY_CATEGORY, None))
    ends = [_median_range(tables, str(code), reference) for code in table["category"]]
    low, high = (pd.Series([pair[side] for pair in ends], index=table.index, dtype="float64") for side in (0, 1))
    same = low == high
    shown = {"median_rate": low.where(same), "median_low": low.mask(same), "median_high": high.mask(same)}
    return table.assign(**shown).drop(columns=["hidden", "people_low", "people_high"])


def _median_range(tables: Tables, category: str, reference: Reference) -> tuple[float, float]:
    """The least and greatest median of unit rates that what is shown allows; see `public_median`."""
    rates = tables["rates"]
    rows = rates[(rates["indicator"] == BY_CATEGORY) & (rates["category"] == category)]
    return public_median(rows, tables["hidden"], (BY_CATEGORY, category), reference)


def second_denominators(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per programme and further denominator: participants of all units by the people of that kind.

    No share, since not all participants are of that kind; a figure of the city only, without counts.
    """
    second = tables["second_rates"]
    known = second[second[["numerator", "denominator"]].notna().all(axis="columns") & (second["status"] != "queried")]
    keys = ["indicator", "category", "denominator_key"]
    sums = known.groupby(keys, sort=False)[["numerator", "denominator"]].sum().reset_index()
    counts = known.groupby(keys, sort=False).size().to_numpy()
    table = hide(sums, tables["hidden"], Figure(derived=(), bounds=()))
    ratio = (table["numerator"] / table["denominator"]).round(2)
    return pd.DataFrame(
        {
            "indicator": table["indicator"],
            "category": table["category"],
            "denominator_code": table["denominator_key"],
            "per_person": ratio,
            "n_counted": counts,
        }
    )


def change_parts(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per indicator and category of the city: both years, the difference and the five parts that make it."""
    return _city_change(tables, reference, ("rate_before", "rate", "difference", *PARTS))


def before_corrected(tables: Tables, reference: Reference) -> float:
    """Last year's overall participation of the city as its data stand now, as a fraction; null where it may not be told.

    It differs from `rate_before` of `change_parts` where units corrected their data after that was published.
    """
    city = _city_change(tables, reference, ("rate_before_now",))
    overall = city[(city["indicator"] == OVERALL) & (city["category"] == "")]
    return float(overall["rate_before_now"].iloc[0]) if len(overall) else np.nan


def _city_change(tables: Tables, reference: Reference, columns: Sequence[str]) -> pd.DataFrame:
    """The shares of people of the city that can be compared with last year, without what either year withholds."""
    people = [code for code, indicator in reference.indicators.items() if indicator.share_of_people]
    groups = tables["group_change"]
    city = groups[(groups["peer_group"] == "") & groups["indicator"].isin(people) & groups["difference"].notna()]
    shown = hide(city, tables["hidden"], Figure(derived=tuple(columns), bounds=()))
    shown = hide(shown, tables["hidden_before"], Figure(derived=tuple(columns), bounds=(), suffix="_before"))
    return _rounded(shown[["indicator", "category", *columns]], columns)


def change_by_group(tables: Tables, reference: Reference) -> pd.DataFrame:
    """Overall participation of the units present in both years, the city first, then its peer groups."""
    table = public_change(tables, reference)
    columns = [
        "peer_group",
        "n_units",
        "rate_before",
        "rate",
        "difference",
        "difference_low",
        "difference_high",
        "class",
    ]
    return table.loc[table["unit_code"] == "", columns].reset_index(drop=True)


def change_reversed(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per figure of the city that moved against its peer groups.

    `scale`: against every group, or against them on balance; the latter only where city or groups moved by as much as
    is worth a word. `class` tells whether the figure of the city itself moved by more than chance.
    """
    groups = tables["group_change"]
    marks = groups[["reversal", "signs_differ"]].astype("boolean").fillna(False)
    found = groups[(groups["peer_group"] == "") & marks.any(axis="columns")]
    panel = found.assign(
        panel_change=found["panel_rate"] - found["panel_rate_before"],
        scale=marks.loc[found.index, "reversal"].map({True: "all_groups", False: "on_balance"}).astype("str"),
    )
    worth = (
        panel[["panel_change", "within_change"]].abs().max(axis="columns") >= reference.thresholds["about_same_points"]
    )
    panel = panel[worth | (panel["scale"] == "all_groups")]
    columns = ("panel_change", "within_change")
    for name, suffix in (("hidden", ""), ("hidden_before", "_before")):
        panel = hide(panel, tables[name], Figure(derived=columns, bounds=(), suffix=suffix))
    return _rounded(panel[["indicator", "category", *columns, "scale", "class"]], columns)


def change_by_status(tables: Tables, _: Reference) -> pd.DataFrame:
    """One row per indicator: how many units may be compared with the year before, and why others are not."""
    change = tables["change"]
    own = change[change["category"].fillna("") == ""]
    counts = {name: own["status"].eq(name).astype("int64") for name in CHANGE_STATUSES}
    return own.assign(**counts).groupby("indicator", sort=False)[list(CHANGE_STATUSES)].sum().reset_index()


def units_placed(tables: Tables, reference: Reference) -> pd.DataFrame:
    """I06 of every classed unit: the rate, the one drawn to its group, rank limits and false discovery rate."""
    compared = compared_publicly(tables, VOLUNTEERS, reference)
    own = compared[compared["class"] != "not_ranked"]
    rates = tables["rates"]
    counts = rates.loc[rates["indicator"] == VOLUNTEERS, ["unit_code", "numerator", "denominator", "rate"]]
    names = tables["units"][["unit_code", "short_name"]]
    table = own.drop(columns=["rate"], errors="ignore").merge(counts, on="unit_code").merge(names, on="unit_code")
    columns = ["unit_code", "short_name", "peer_group", "numerator", "denominator", *PLACED, "class"]
    hidden = hide(table[columns], tables["hidden"], Figure(VOLUNTEERS, "", derived=PLACED))
    shown = hidden[hidden["hidden"].isna()].drop(columns=["hidden", "people_low", "people_high"])
    ordered = in_group_order(shown, reference, by="shrunk") if len(shown) else shown
    return ordered.drop(columns=["unit_code"])


def reasons_not_ranked(tables: Tables, _: Reference) -> pd.DataFrame:
    """Why units are not classed on I06: how many for each reason."""
    compared = tables["comparison"]
    reasons = compared.loc[compared["indicator"] == VOLUNTEERS, "not_ranked_because"].dropna()
    return reasons.value_counts().rename_axis("not_ranked_because").rename("units").reset_index()


def march_by_group(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per peer group and one for all: months with service, and the March share of person-times and of units.

    Medians are of the units that are compared (`in_median`), null for fewer than `compare_min_peers`.
    """
    rates = tables["rates"].merge(tables["units"][["unit_code", "peer_group"]], on="unit_code")
    own = {code: rates[rates["indicator"] == code] for code in (CONTINUITY, MARCH_SHARE)}
    groups = [*used_groups(tables["units"], reference), ""]
    return pd.DataFrame([_march_row(group, own, reference) for group in groups])


def _march_row(group: str, own: Mapping[str, pd.DataFrame], reference: Reference) -> dict[str, object]:
    months, march = (rows[rows["peer_group"] == group] if group else rows for rows in own.values())
    medians = []
    for rows, column in ((months, "numerator"), (march, "rate")):
        values = rows.loc[in_median(rows, reference), column]
        enough = len(values) >= reference.thresholds["compare_min_peers"]
        medians.append(float(values.median()) if enough else np.nan)
    counted = march[march[["numerator", "denominator"]].notna().all(axis="columns") & (march["status"] != "queried")]
    whole = float(counted["denominator"].sum())
    return {
        "peer_group": group,
        "n_counted": len(counted),
        "median_months": medians[0],
        "pooled_march": float(counted["numerator"].sum()) / whole if whole else np.nan,
        "median_march": medians[1],
    }


def units_by_months(tables: Tables, _: Reference) -> pd.DataFrame:
    """One row per number of months with service: how many units have so many."""
    rates = tables["rates"]
    months = rates.loc[(rates["indicator"] == CONTINUITY) & rates["numerator"].notna(), "numerator"]
    counts = months.astype("int64").value_counts().sort_index()
    return counts.rename_axis("n_months").rename("units").reset_index()


def _rounded(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    return table.assign(**{name: table[name].astype("float64").round(DIGITS) for name in columns}).reset_index(
        drop=True
    )


YEAR_TABLES: Mapping[str, Callable[[Tables, Reference], pd.DataFrame]] = MappingProxyType(
    {
        "rates_by_status": rates_by_status,
        "category_figures": category_figures,
        "second_denominators": second_denominators,
        "change_parts": change_parts,
        "change_by_group": change_by_group,
        "change_reversed": change_reversed,
        "change_by_status": change_by_status,
        "units_placed": units_placed,
        "reasons_not_ranked": reasons_not_ranked,
        "march_by_group": march_by_group,
        "units_by_months": units_by_months,
    }
)
