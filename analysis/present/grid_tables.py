"""The finished tables of the heat maps: medians by peer group and programme (C4), study subjects by peer group (S1).

Codes stand in them, not words; an empty `peer_group` stands for all units. They hold what may leave the office.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.disclosure import peers_compared
from analysis.measures.disclosure_tables import rate_limits
from analysis.measures.medians import told_median
from analysis.present.chart_tables import ALL_GROUPS, BY_CATEGORY, used_groups
from analysis.reference import Reference

Tables: TypeAlias = Mapping[str, pd.DataFrame]
SUBJECTS = "I19"
ERROR = 0.05  # chance of calling any group different where none is


def medians_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """C4: one row per service and peer group (and all units): the median rate of its units; highest for all units first.

    Of giving and blood only sums are told, so they have no row. `n_rates` units are compared and have a rate (`in_median`).
    `median_status`: `ok`, `few` (fewer of them than a comparison needs), `small` (units are compared, but each has too few
    people for a rate), `none` (no unit is compared). Where the median hangs on hidden numbers it is null, and `median_low`
    and `median_high` are its limits. `class` is `higher` or `lower` where the units of the group differ from those of the
    other groups by more than chance (`clearly_different`), null elsewhere.
    """
    rates = tables["rates"]
    own = rates[(rates["indicator"] == BY_CATEGORY) & peers_compared(rates, reference)].reset_index(drop=True)
    own = own.assign(**rate_limits(own, tables["hidden"]))
    own = own.merge(tables["units"][["unit_code", "peer_group"]], on="unit_code", validate="many_to_one")
    services = [category.code for category in reference.categories if category.counts_in_breadth and category.ranked]
    groups = [*used_groups(tables["units"], reference), ALL_GROUPS]
    rows = []
    for service in services:
        units = own[own["category"] == service]
        classes = clearly_different(units[units["rate"].notna()], len(services))
        for group in groups:
            part = units if group == ALL_GROUPS else units[units["peer_group"] == group]
            told = _median_told(part, reference.thresholds["compare_min_peers"])
            rows.append({"category": service, "peer_group": group, **told, "class": classes.get(group)})
    return _highest_first(pd.DataFrame(rows).astype({"class": "str"}))


def _median_told(part: pd.DataFrame, least: float) -> dict[str, object]:
    """What is told of the median of some units that are compared."""
    n = int(part["rate"].notna().sum())
    low, high = told_median(part[["low", "high"]], least)
    status = "ok" if n >= least else "few" if n else "small" if len(part) else "none"
    ends = (np.nan, np.nan) if low == high else (low, high)
    median = low if low == high else np.nan
    return {"n_rates": n, "median_rate": median, "median_low": ends[0], "median_high": ends[1], "median_status": status}


def clearly_different(units: pd.DataFrame, n_services: int) -> dict[str, str]:
    """Peer group -> `higher` or `lower` where its units rank above or below those of the other groups by more than chance.

    The test of Mann and Whitney (Ann Math Stat 18:50, 1947), each group against all others, with an error of 5% for all
    groups and `n_services` together (Bonferroni). A hidden number stands in the middle of what is told of it.
    """
    from scipy.stats import mannwhitneyu

    where = (units["low"] + units["high"]) / 2
    groups = [group for group, rows in units.groupby("peer_group") if len(rows) > 1 and len(units) - len(rows) > 1]
    found = {}
    for group in groups:
        inside = units["peer_group"] == group
        ours, others = where[inside].to_numpy(), where[~inside].to_numpy()
        if mannwhitneyu(ours, others).pvalue < ERROR / (n_services * len(groups)):
            found[str(group)] = "higher" if np.median(ours) > np.median(others) else "lower"
    return found


def _highest_first(table: pd.DataFrame) -> pd.DataFrame:
    """By the median of all units, ties in the order of the programmes."""
    city = table[table["peer_group"] == ALL_GROUPS].set_index("category")
    middle = city["median_rate"].fillna((city["median_low"] + city["median_high"]) / 2).fillna(-1.0)
    order = (-table["category"].map(middle)).sort_values(kind="stable").index
    return table.loc[order].reset_index(drop=True)


def subjects_of_study(reference: Reference) -> tuple[str, ...]:
    """The study subjects that the definition of I19 counts, in its order."""
    return items_counted(SUBJECTS, reference)


def items_counted(indicator: str, reference: Reference) -> tuple[str, ...]:
    """The items among which the numerator of an indicator counts."""
    side = reference.definitions[indicator][0].numerator
    return next(one.values for one in side.conditions if one.column == "item")  # noqa: PD011 - a field of ours


def subjects_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """S1: one row per study subject and peer group (and all units): how many units held at least one session on it.

    `n_units` are the units whose number of sessions is known, `n_open` those about which a question is open; `share` is
    null when none is known. Subjects that most units held come first. Programmes of the office are no count of people.
    """
    training = tables["training"]
    sent = tables["rates"].loc[
        (tables["rates"]["indicator"] == SUBJECTS) & ~tables["rates"]["status"].eq("not_submitted"), "unit_code"
    ]
    own = training[training["unit_code"].isin(set(sent))].merge(
        tables["units"][["unit_code", "peer_group"]], on="unit_code", validate="many_to_one"
    )
    rows = list(_subject_rows(own, tables, reference))
    table = pd.DataFrame(rows)
    city = table[table["peer_group"] == ALL_GROUPS].set_index("subject")["share"].fillna(-1.0)
    order = (-table["subject"].map(city)).sort_values(kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _subject_rows(own: pd.DataFrame, tables: Tables, reference: Reference) -> Iterator[dict[str, object]]:
    for subject in subjects_of_study(reference):
        lines = own[own["item"] == subject]
        asked = lines["queried_fields"].astype("str").fillna("").str.split(";").map(lambda names: "sessions" in names)
        for group in [*used_groups(tables["units"], reference), ALL_GROUPS]:
            inside = pd.Series(True, index=lines.index) if group == ALL_GROUPS else lines["peer_group"] == group
            known = lines[inside & ~asked]
            held, n = int((known["sessions"] >= 1).sum()), len(known)
            yield {
                "subject": subject,
                "peer_group": group,
                "n_units": n,
                "n_with": held,
                "share": held / n if n else math.nan,
                "n_open": int((inside & asked).sum()),
            }
