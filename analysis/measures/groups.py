"""Units together: rates of units -> one figure of people and one of units per group, indicator and category."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.measures.intervals import wilson_interval
from analysis.measures.medians import has_median, in_median
from analysis.measures.registry import definition_of, least_denominator
from analysis.reference import Reference

CITY = ""
KEYS = ["peer_group", "indicator", "category"]
COLUMNS = (
    *KEYS,
    "n_units",
    "n_submitted",
    "n_queried",
    "n_bounded",
    "n_counted",
    "numerator",
    "denominator",
    "pooled_rate",
    "pooled_low",
    "pooled_high",
    "n_rates",
    "median_rate",
    "submitted_heads",
    "status",
)
NOT_SENT = "not_submitted"
NOT_ASKED = "not_applicable"
LEFT_OUT = ("queried", "bounded")


def group_rates(rates: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per group, indicator and category: first the whole city (`peer_group` empty), then the peer groups.

    `rates` are rows of units, those of `group_only_rows` among them. `pooled_rate` is the sum of numerators / the sum
    of denominators over the `n_counted` units whose counts are both known (approximate ones too, those too small for
    a rate of their own, and changes of staff): what share of people. `median_rate` is the median of the `n_rates`
    rates of the units that the comparison counts (`in_median`): the typical unit; null with fewer than
    `compare_min_peers` of them and for giving and blood, of which only sums are told. A queried or bounded figure lets neither of its counts in; `n_queried`
    and `n_bounded` say how many. Counts without denominator have their sum as `numerator`, no pooled rate, and the
    median of the counts; of what is never shown by unit (money) not even that.

    `pooled_low` and `pooled_high` are Wilson limits where the indicator is a share of people. `status` is ok; small,
    with fewer people than may be shown or have to be marked; undefined, where no unit's counts are known or the
    denominator is 0 or below the least of the indicator; not_submitted, where no unit sent the form.
    `n_units` is the register, `submitted_heads` the share of its headcount whose units sent the form.
    """
    group_of = {unit.code: unit.peer_group for unit in reference.units}
    own = rates.assign(peer_group=rates["unit_code"].map(group_of))
    table = pd.concat([summarise(rates.assign(peer_group=CITY), reference), summarise(own, reference)])
    order = {code: place for place, code in enumerate([CITY, *(group.code for group in reference.peer_groups)])}
    places = table["peer_group"].map(order)
    sorted_ = table.assign(place=places).sort_values("place", kind="stable").drop(columns="place")
    return _judged(sorted_.reset_index(drop=True), reference)[list(COLUMNS)]


def summarise(rates: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Sums, counts and medians of the units of each group, before anything is said of small numbers."""
    counts_only = _places(rates, reference, _is_count)
    hidden = _places(rates, reference, _is_groups_only)
    known = rates["numerator"].notna() & (rates["denominator"].notna() | counts_only)
    both = known & ~rates["status"].isin(LEFT_OUT)
    sent = _sent(rates)
    heads = {unit.code: float(unit.headcount) for unit in reference.units}
    people = rates["unit_code"].map(heads)
    compared = in_median(rates.assign(category=rates["category"].fillna("")), reference)
    own = rates["rate"].where(compared)
    typical = own.where(~counts_only, rates["numerator"].where(both)).mask(hidden)
    groups = rates.assign(
        numerator=rates["numerator"].where(both),
        denominator=rates["denominator"].where(both),
        typical=typical,
        counted=both,
        shown=typical.notna(),
        queried=rates["status"] == "queried",
        bounded=rates["status"] == "bounded",
        sent=sent,
        heads=people,
        heads_sent=people.where(sent, 0.0),
    ).groupby(KEYS, sort=False)
    sums = groups[["numerator", "denominator"]].sum(min_count=1)
    counts = groups[["counted", "shown", "queried", "bounded", "sent"]].sum().astype("int64")
    enough = counts["shown"] >= reference.thresholds["compare_min_peers"]
    told = _places(counts.reset_index(), reference, has_median).to_numpy()
    result = pd.DataFrame(
        {
            "n_units": groups.size().astype("int64"),
            "n_submitted": counts["sent"],
            "n_queried": counts["queried"],
            "n_bounded": counts["bounded"],
            "n_counted": counts["counted"],
            "numerator": sums["numerator"],
            "denominator": sums["denominator"],
            "pooled_rate": sums["numerator"] / sums["denominator"],
            "n_rates": counts["shown"],
            "median_rate": groups["typical"].median().where(enough & told),
            "submitted_heads": groups["heads_sent"].sum() / groups["heads"].sum(),
        }
    )
    return result.reset_index()


def _sent(rates: pd.DataFrame) -> pd.Series:
    """Whose form came in; a figure that does not apply to a unit says nothing of one that sent no form at all."""
    silent = rates["status"].isin([NOT_SENT, NOT_ASKED]).groupby(rates["unit_code"]).transform("all")
    missing = rates["status"].eq(NOT_SENT).groupby(rates["unit_code"]).transform("any")
    return rates["status"].ne(NOT_SENT) & ~(silent & missing)


def _judged(table: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The rows with status and limits; what is too small has no pooled rate."""
    thresholds = reference.thresholds
    shares = table["indicator"].map(lambda code: reference.indicators[str(code)].share_of_people).astype(bool)
    count = _places(table, reference, _is_count)
    base = table["denominator"]
    least = _places(table, reference, least_denominator, "float64")
    cases = [
        (table["n_submitted"] == 0, NOT_SENT),
        ((table["n_counted"] == 0) | (~count & ((base.fillna(0) == 0) | (base < least))), "undefined"),
        (shares & (base < thresholds["small_n_marked"]), "small"),
    ]
    status = np.select([case.to_numpy(dtype=bool) for case, _ in cases], [name for _, name in cases], default="ok")
    hidden = (status == "undefined") | (shares & (base < thresholds["small_n_counts_only"])).to_numpy()
    whole = (shares & ~hidden & (table["numerator"] <= base)).to_numpy(dtype=bool)
    low, high = wilson_interval(table["numerator"].where(whole), base.where(whole), thresholds["confidence"])
    shown = table["pooled_rate"].mask(hidden)
    return table.assign(pooled_rate=shown, pooled_low=low, pooled_high=high, status=pd.Series(status, dtype="str"))


def _places(
    table: pd.DataFrame, reference: Reference, say: Callable[[str, str, Reference], object], dtype: str = "bool"
) -> pd.Series:
    """What a function says of the indicator and category of each row."""
    keys = list(zip(table["indicator"], table["category"].fillna(""), strict=True))
    known = {key: say(*key, reference) for key in dict.fromkeys(keys)}
    return pd.Series([known[key] for key in keys], index=table.index, dtype=dtype)


def _is_count(indicator: str, category: str, reference: Reference) -> bool:
    definition = definition_of(indicator, category, reference)
    return definition.denominator is None and not definition.is_special


def _is_groups_only(indicator: str, category: str, reference: Reference) -> bool:
    return definition_of(indicator, category, reference).groups_only
