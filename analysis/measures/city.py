"""The city as a whole: rates of units -> one figure of people and one of units per indicator and category."""

from __future__ import annotations

import pandas as pd

from analysis.reference import Reference

KEYS = ["indicator", "category"]
NOT_SENT = "not_submitted"


def city_rates(rates: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per indicator and category, in the order of `rates`.

    `pooled_rate` is the sum of numerators / the sum of denominators over the `n_counted` units whose counts are both
    known (approximate ones too, those too small for a rate of their own, and changes of staff): what share of people.
    `median_rate` is the median of the `n_rates` rates that may be shown: the typical unit. A queried figure lets
    neither of its counts in. `n_units` is the register, `n_submitted` how many sent the form, `submitted_heads` their
    share of the headcount of the register. Rates and shares are fractions, null where nothing is known.
    """
    heads = {unit.code: float(unit.headcount) for unit in reference.units}
    both = rates[["numerator", "denominator"]].notna().all(axis="columns") & (rates["status"] != "queried")
    sent = rates["status"] != NOT_SENT
    people = rates["unit_code"].map(heads)
    groups = rates.assign(
        numerator=rates["numerator"].where(both),
        denominator=rates["denominator"].where(both),
        counted=both,
        shown=rates["rate"].notna(),
        queried=rates["status"] == "queried",
        sent=sent,
        heads=people,
        heads_sent=people.where(sent, 0.0),
    ).groupby(KEYS, sort=False)
    sums = groups[["numerator", "denominator"]].sum(min_count=1)
    counts = groups[["counted", "shown", "queried", "sent"]].sum().astype("int64")
    share = groups["heads_sent"].sum() / groups["heads"].sum()
    result = pd.DataFrame(
        {
            "n_units": groups.size().astype("int64"),
            "n_submitted": counts["sent"],
            "n_queried": counts["queried"],
            "n_counted": counts["counted"],
            "numerator": sums["numerator"],
            "denominator": sums["denominator"],
            "pooled_rate": sums["numerator"] / sums["denominator"],
            "n_rates": counts["shown"],
            "median_rate": groups["rate"].median(),
            "submitted_heads": share,
        }
    )
    return result.reset_index()
