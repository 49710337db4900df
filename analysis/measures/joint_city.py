"""Activities of the whole city: each event once, the people, hours and money of each unit its own -> totals."""

from __future__ import annotations

import pandas as pd

from analysis.measures.joint import JOINT, PROPOSED
from analysis.reference import Reference

SUMS = ("person_times", "hours", "amount_yuan")
_REQUIRED = ("person_times",)  # a blank there is asked about; the others may be left blank


def city_activities(activities: pd.DataFrame, joint: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per category in the order of the reference data, last the lines whose category is not known (empty).

    `n_lines` are lines of F2, `n_events` activities of the city: the lines of a joint event count once, proposed pairs
    twice (`n_proposed` pairs, each of which would take one away). `person_times`, `hours` and `amount_yuan` (yuan) are
    the sums of what is known over all lines, since every unit reports its own staff, and null where nobody reports any;
    `<sum>_unknown` counts the lines
    whose value is queried, known within bounds only or missing though asked for, so a sum with any is at least so
    much. `<sum>_rough` counts approximate ones. `amount_twice` are yuan that another unit of the same event reports
    alike: they are in `amount_yuan`, and a person has to say whether they are the same money.
    """
    events = event_numbers(activities, joint)
    category = activities["category"].fillna("").astype("str")
    parts = pd.DataFrame({"category": category, "event": events, "n_lines": 1})
    for name in SUMS:
        parts[name] = activities[name].astype("float64")
        parts[f"{name}_unknown"] = _unknown(activities, name)
        parts[f"{name}_rough"] = _named(activities, "inexact_fields", name) & activities[name].notna()
    groups = parts.groupby("category")
    counted = [name for name in parts.columns if name.endswith(("_unknown", "_rough"))]
    table = groups[["n_lines", *counted]].sum().join(groups[list(SUMS)].sum(min_count=1))
    table.insert(1, "n_events", groups["event"].nunique())
    table.insert(2, "n_proposed", _pairs(joint))
    table["amount_twice"] = _money_twice(joint).reindex(table.index).fillna(0.0)
    order = [*(one.code for one in reference.categories), *([""] if (category == "").any() else [])]
    whole = ["n_lines", "n_events", "n_proposed", *counted]
    full = table.reindex(order)
    full = full.fillna(dict.fromkeys([*whole, "amount_twice"], 0)).astype(dict.fromkeys(whole, "int64"))
    return full.rename_axis("category").reset_index()


def city_months(activities: pd.DataFrame, joint: pd.DataFrame) -> pd.DataFrame:
    """One row per month 1-12: lines, events and person-times of the activities that began in it.

    An event begins on the earliest first day of its lines; each unit's person-times stand in the month of the event.
    Lines whose date is not known, or not to the month, are in no row.
    """
    events = event_numbers(activities, joint)
    first, last = (pd.to_datetime(activities[f"activity_date_{end}"]) for end in ("from", "to"))
    text = activities["activity_date"].fillna("").astype("str")
    dated = first.where(text.str.contains("/") | (first.dt.month == last.dt.month))
    month = dated.groupby(events).transform("min").dt.month
    parts = pd.DataFrame({"month": month, "event": events, "person_times": activities["person_times"]})
    groups = parts.dropna(subset=["month"]).groupby("month")
    table = pd.DataFrame(
        {"n_lines": groups.size(), "n_events": groups["event"].nunique(), "person_times": groups["person_times"].sum()}
    )
    full = table.reindex(range(1, 13)).fillna(0.0).astype({"n_lines": "int64", "n_events": "int64"})
    return full.rename_axis("month").reset_index()


def event_numbers(activities: pd.DataFrame, joint: pd.DataFrame) -> pd.Series[int]:
    """The number of the event of each line, with the index of `activities`; lines of one joint event share theirs."""
    own = list(zip(activities["unit_code"], activities["row"], strict=True))
    events = joint[joint["state"] == JOINT]
    shared = dict(zip(zip(events["unit_code"], events["row"], strict=True), events["event_id"], strict=True))
    names = pd.Series([shared.get(line, line) for line in own], index=activities.index, dtype="object")
    return pd.Series(pd.factorize(names)[0], index=activities.index)


def _named(activities: pd.DataFrame, listing: str, name: str) -> pd.Series[bool]:
    """Whether a field is among those that a line lists."""
    listed = activities[listing].fillna("").astype("str")
    return (";" + listed + ";").str.contains(f";{name};", regex=False)


def _unknown(activities: pd.DataFrame, name: str) -> pd.Series[bool]:
    blank = activities[name].isna()
    if name in _REQUIRED:
        return blank
    return blank & (_named(activities, "queried_fields", name) | _named(activities, "inexact_fields", name))


def _pairs(joint: pd.DataFrame) -> pd.Series[int]:
    """Proposed pairs by category; a pair of two categories belongs to the one named first."""
    proposed = joint[joint["state"] == PROPOSED].groupby("event_id", sort=True)["category"].first()
    return proposed.fillna("").astype("str").value_counts()


def _money_twice(joint: pd.DataFrame) -> pd.Series[float]:
    """Yuan by category that are reported alike by another unit of the event, beyond the first of each sum."""
    alike = joint[(joint["state"] == JOINT) & joint["same_amount"]]
    again = alike[alike.duplicated(["event_id", "amount_yuan"])]
    return again.groupby("category")["amount_yuan"].sum()
