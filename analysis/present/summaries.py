"""Small tables that pages show beside the charts. Codes stand in them; `tables_html` gives the words."""

from __future__ import annotations

import pandas as pd

from analysis.measures.city import city_rates
from analysis.measures.screening import spot_checks
from analysis.reference import Reference

MARKS = ("near", "higher", "lower")


def files_by_state(submissions: pd.DataFrame) -> pd.DataFrame:
    """One row per state of a received file: how many files and of how many units, most first."""
    groups = submissions.groupby("state", sort=True)
    counts = groups.agg(files=("file", "size"), units=("unit_code", "nunique")).reset_index()
    return counts.sort_values(["files", "state"], ascending=[False, True]).reset_index(drop=True)


def files_set_aside(submissions: pd.DataFrame) -> pd.DataFrame:
    """One row per received file that is not simply accepted, with the rule that decided it."""
    aside = submissions[submissions["state"] != "accepted"]
    columns = ["file", "unit_code", "state", "rule", "detail"]
    return aside[columns].sort_values(["state", "file"]).reset_index(drop=True)


def queries_by_rule(queries: pd.DataFrame) -> pd.DataFrame:
    """One row per rule and treatment: how many questions of how many units, and how many are open; most first."""
    groups = queries.assign(is_open=queries["state"] == "open").groupby(["rule", "treatment"], sort=True)
    counts = groups.agg(count=("query_id", "size"), units=("unit_code", "nunique"), open=("is_open", "sum"))
    table = counts.reset_index().astype({"open": "Int64"})
    return table.sort_values(["count", "rule"], ascending=[False, True]).reset_index(drop=True)


def facts_by_status(facts: pd.DataFrame) -> pd.DataFrame:
    """One row per status of a value: how many values and which share of all, most first."""
    counts = facts.groupby("status", sort=True).size().rename("count").reset_index()
    table = counts.assign(share=counts["count"] / counts["count"].sum())
    return table.sort_values(["count", "status"], ascending=[False, True]).reset_index(drop=True)


def city_figures(rates: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per indicator without category: what share of people, and the typical unit."""
    people = [code for code, indicator in reference.indicators.items() if indicator.share_of_people]
    city = city_rates(rates, reference)
    rows = city[city["indicator"].isin(people) & (city["category"] == "")]
    columns = ["indicator", "numerator", "denominator", "pooled_rate", "n_counted", "median_rate", "n_rates"]
    return rows[columns].reset_index(drop=True)


def groups_compared(volunteers: pd.DataFrame) -> pd.DataFrame:
    """One row per peer group: how many units are near, above and below, and how many are not compared."""
    flags = {name: volunteers["mark"] == name for name in MARKS}
    compared = volunteers["mark"].isin(MARKS)
    groups = volunteers.assign(**flags, not_compared=~compared).groupby("peer_group", sort=False)
    counts = groups[[*MARKS, "not_compared"]].sum().astype("int64")
    table = counts.assign(peer_pooled=groups["peer_pooled"].first(), phi=groups["phi"].first()).reset_index()
    return table[["peer_group", "peer_pooled", "phi", *MARKS, "not_compared"]]


def units_outside(volunteers: pd.DataFrame) -> pd.DataFrame:
    """One row per unit clearly above or below its peers, with its limits."""
    outside = volunteers[volunteers["mark"].isin(["higher", "lower"])]
    columns = ["short_name", "peer_group", "mark", "numerator", "denominator", "rate"]
    ends = ["peer_pooled", "funnel_998_low", "funnel_998_high"]
    return outside[[*columns, *ends, *_told(volunteers)]].reset_index(drop=True)


def units_not_compared(volunteers: pd.DataFrame) -> pd.DataFrame:
    """One row per unit that is not compared, with the reason."""
    rest = volunteers[~volunteers["mark"].isin(MARKS)]
    columns = ["short_name", "peer_group", "numerator", "denominator", "rate", "status", "mark"]
    return rest[[*columns, *_told(volunteers)]].reset_index(drop=True)


def _told(table: pd.DataFrame) -> list[str]:
    """The columns that say what is hidden in a row."""
    return [name for name in ("hidden", "people_low", "people_high") if name in table]


def spot_check_list(screening: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per sign of the units proposed for a spot check: most kinds of sign first, then register order.

    What the figures are is left to `screening`, which stays in the office.
    """
    chosen = spot_checks(screening, reference)[["unit_code", "short_name", "n_kinds"]]
    signs = chosen.merge(screening, on="unit_code", how="left")
    columns = ["short_name", "n_kinds", "sign", "form", "sheet", "cell"]
    return signs[columns].reset_index(drop=True)
