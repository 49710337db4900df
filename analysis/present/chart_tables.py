"""The finished table behind each chart, made from the tables of `data/clean/<year>/`.

Charts, their CSV, notebooks and findings all speak of these tables and of nothing else. Codes stand in them, not
words; shares are fractions; absent values are null. Rows stand in the order of peer groups or categories.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from analysis.measures.city import city_rates
from analysis.measures.disclosure import counted
from analysis.measures.intervals import wilson_interval
from analysis.measures.rates import category_behind
from analysis.measures.registry import least_denominator
from analysis.reference import Reference

ARRIVALS = ("on_time", "late", "no_date", "returned", "not_submitted")
OVERALL, VOLUNTEERS, BY_CATEGORY = "I02", "I06", "I01"
ALL_GROUPS = ""


def returns_by_unit(submissions: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per unit: `arrival` of its first usable return and how often a return was sent back.

    `arrival`: `on_time` by the end of the deadline's day, `late`, `no_date` when the time of receipt is not registered,
    `returned` when all that came was sent back, `not_submitted`.
    """
    files = submissions.assign(
        received_at=pd.to_datetime(submissions["file"].map(lambda file: received_at(file, reference)))
    )
    first = (
        files[files["state"].isin(["accepted", "superseded", "quarantined"])].groupby("unit_code")["received_at"].min()
    )
    sent_back = files[files["state"] == "returned"].groupby("unit_code").size()
    rows = units[["unit_code", "short_name", "peer_group"]].assign(
        received_at=first.reindex(units["unit_code"]).to_numpy(),
        times_sent_back=sent_back.reindex(units["unit_code"], fill_value=0).to_numpy(),
    )
    submitted = units["submitted"].fillna(False).astype(bool)
    arrivals = [
        arrival(moment, is_submitted, times, reference)
        for moment, is_submitted, times in zip(rows["received_at"], submitted, rows["times_sent_back"], strict=True)
    ]
    return in_group_order(rows.assign(arrival=arrivals), reference)


def received_at(file: str, reference: Reference) -> pd.Timestamp | None:
    """When a file, or the archive that it lay in, was received; None when not registered."""
    archive = file.partition("!")[0]
    names = (file, archive, PurePosixPath(archive).name)
    moment = next((reference.received[name] for name in names if name in reference.received), None)
    return None if moment is None else pd.Timestamp(moment)


def arrival(moment: pd.Timestamp | None, submitted: bool, times_sent_back: int, reference: Reference) -> str:
    """The code of `ARRIVALS` for one unit."""
    if not submitted:
        return "returned" if times_sent_back else "not_submitted"
    if moment is None or pd.isna(moment):
        return "no_date"
    return "on_time" if moment.date() <= reference.deadline else "late"


def submissions_table(submissions: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """C1: one row per peer group, then one (empty `peer_group`) for all units.

    `on_time_share` is the share of all units due; `units_sent_back` had at least one return sent back.
    """
    rows = returns_by_unit(submissions, units, reference)
    groups = [(code, rows[rows["peer_group"] == code]) for code in used_groups(rows, reference)]
    return pd.DataFrame([count_arrivals(code, part) for code, part in [*groups, (ALL_GROUPS, rows)]])


def count_arrivals(code: str, rows: pd.DataFrame) -> dict[str, object]:
    """One row of the table of C1."""
    counts = {name: int((rows["arrival"] == name).sum()) for name in ARRIVALS}
    due = len(rows)
    return {
        "peer_group": code,
        "units_due": due,
        "units_submitted": due - counts["returned"] - counts["not_submitted"],
        **counts,
        "on_time_share": counts["on_time"] / due if due else float("nan"),
        "units_sent_back": int((rows["times_sent_back"] > 0).sum()),
    }


def participation_table(
    rates: pd.DataFrame, comparison: pd.DataFrame, units: pd.DataFrame, reference: Reference,
    indicator: str = OVERALL, category: str = "",
) -> pd.DataFrame:  # fmt: skip
    """C2: one row per unit with its overall participation (or another figure), highest first inside its peer group.

    `mark`: `solid` dot, `hollow` dot (small), `none` where no rate may be shown. `peer_median` is that of the comparison.
    """
    rows = unit_rates(rates, units, indicator, category)
    shown = rows["rate"].notna()
    marks = [
        "none" if not here else "hollow" if is_small else "solid"
        for here, is_small in zip(shown, rows["status"] == "small", strict=True)
    ]
    medians = of_figure(comparison, indicator, category).set_index("unit_code")["peer_median"]
    peer_median = medians.reindex(rows["unit_code"]).to_numpy(dtype="float64")
    return in_group_order(rows.assign(mark=marks, peer_median=peer_median), reference, by="rate")


def categories_table(rates: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """C3: one row per programme: participants and denominators added up over the units that have both.

    `group` is `service` where units may be compared, else `giving` (blood too). `n_valid` units count, `n_large` of them
    with enough people for a rate of their own (`least_for_rate`); with few people in all of them (`small`) the rate is
    marked, with very few it is null.
    """
    city, own = city_rates(rates, reference), rates[(rates["indicator"] == BY_CATEGORY) & counted(rates)]
    rows = [
        {
            **pooled_category(city, category.code, reference),
            "n_large": int(
                own.loc[own["category"] == category.code, "denominator"]
                .ge(least_for_rate(category.code, reference))
                .sum()
            ),
        }
        for category in reference.categories
        if category.counts_in_breadth
    ]
    order = {"service": 0, "giving": 1}
    table = pd.DataFrame(rows)
    keys = table.assign(_group=table["group"].map(order), _rate=-table["rate"].fillna(-1.0))
    return table.loc[keys.sort_values(["_group", "_rate"], kind="stable").index].reset_index(drop=True)


def least_for_rate(category: str, reference: Reference) -> float:
    """So many people a unit needs for a rate of its own in a programme."""
    own = least_denominator(BY_CATEGORY, category, reference)
    return max(own, reference.thresholds["small_n_counts_only"])


def pooled_category(city: pd.DataFrame, code: str, reference: Reference) -> dict[str, object]:
    """One row of the table of C3."""
    category = reference.category(code)
    found = city[(city["indicator"] == BY_CATEGORY) & (city["category"] == code)].to_dict("records")
    row = found[0] if found else {"numerator": float("nan"), "denominator": float("nan"), "n_counted": 0}
    persons, people, n_valid = float(row["numerator"]), float(row["denominator"]), int(row["n_counted"])
    shown = people >= reference.thresholds["small_n_counts_only"]
    is_small = people < reference.thresholds["small_n_marked"]
    low, high = wilson_interval(persons, people) if shown and persons <= people else (float("nan"), float("nan"))
    return {
        "category": code,
        "group": "service" if category.ranked else "giving",
        "numerator": persons,
        "denominator": people,
        "rate": persons / people if shown else float("nan"),
        "ci_low": low,
        "ci_high": high,
        "status": "undefined" if n_valid == 0 else "small" if is_small else "ok",
        "denominator_code": category.denominator,
        "n_valid": n_valid,
    }


def volunteers_table(
    rates: pd.DataFrame, comparison: pd.DataFrame, units: pd.DataFrame, reference: Reference,
    indicator: str = VOLUNTEERS, category: str = "",
) -> pd.DataFrame:  # fmt: skip
    """C5: one row per unit with its rate of active volunteers (or another) and the limits of its peer group at its size.

    `mark`: `near` `higher` `lower` as compared; else `lead` (runs the programme), `small`, `other` (rate, but not
    compared) or `none` (no rate).
    """
    limits = of_figure(comparison, indicator, category).drop(columns=["indicator", "category", "peer_group"])
    rows = unit_rates(rates, units, indicator, category)
    rows = rows.merge(limits, on="unit_code", how="left", validate="one_to_one")
    behind = category_behind(indicator, category, reference)
    leads = units.set_index("unit_code")["lead_of"].map(lambda text: behind in str(text).split(";"))
    marks = [funnel_mark(row) for row in rows.assign(leads=rows["unit_code"].map(leads)).to_dict("records")]
    columns = ["unit_code", "short_name", "peer_group", "numerator", "denominator", "rate", "status", "mark"]
    kept = [
        *columns,
        "peer_pooled",
        *(name for name in limits if str(name).startswith("funnel_")),
        "phi",
        "tau2",
        "tau2_used",
        "freedom",
        "class",
    ]
    return in_group_order(rows.assign(mark=marks)[kept], reference, by="rate")


def funnel_mark(row: Mapping[Hashable, Any]) -> str:
    """How one unit is drawn in the funnel."""
    if pd.isna(row["rate"]):
        return "none"
    if row["class"] in ("higher", "near", "lower"):
        return str(row["class"])
    if row["leads"]:
        return "lead"
    return "small" if row["status"] == "small" else "other"


def of_figure(table: pd.DataFrame, indicator: str, category: str) -> pd.DataFrame:
    """The rows of one figure."""
    return table[(table["indicator"] == indicator) & (table["category"].fillna("") == category)]


def unit_rates(rates: pd.DataFrame, units: pd.DataFrame, indicator: str, category: str = "") -> pd.DataFrame:
    """One row per unit of the register with one figure; null where the unit has no row."""
    columns = ["unit_code", "numerator", "denominator", "rate", "ci_low", "ci_high", "status", "flags"]
    own = of_figure(rates, indicator, category)[columns]
    rows = units[["unit_code", "short_name", "peer_group"]].merge(
        own, on="unit_code", how="left", validate="one_to_one"
    )
    return rows.assign(status=rows["status"].fillna("not_submitted"))


def used_groups(rows: pd.DataFrame, reference: Reference) -> list[str]:
    """The peer groups that occur, in the order of the reference data."""
    found = set(rows["peer_group"])
    return [group.code for group in reference.peer_groups if group.code in found]


def in_group_order(rows: pd.DataFrame, reference: Reference, by: str = "") -> pd.DataFrame:
    """The rows by peer group; inside a group by the column `by` (highest first), ties and nulls in register order."""
    groups = {group.code: place for place, group in enumerate(reference.peer_groups)}
    register = {unit.code: place for place, unit in enumerate(reference.units)}
    keys = pd.DataFrame(
        {
            "group": rows["peer_group"].map(groups),
            "value": -rows[by].fillna(-1.0) if by else 0.0,
            "register": rows["unit_code"].map(register),
        }
    )
    return rows.loc[keys.sort_values(["group", "value", "register"], kind="stable").index].reset_index(drop=True)
