"""Units beside their peers: rates -> `comparison`, with limits that chance alone seldom passes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.intervals import benjamini_hochberg, beta_binomial_shrinkage
from analysis.measures.outside import apart, counts_known, not_ranked_because
from analysis.measures.peers import (
    classify,
    inner_limits,
    outer_limits,
    p_values,
    rank_limits,
    spread_of,
    standardise,
    widen,
)
from analysis.measures.rates import category_behind
from analysis.measures.widening import GroupCounts, SharedSpread, shared_spread
from analysis.reference import Reference

JUDGED = (
    "funnel_95_low",
    "funnel_95_high",
    "funnel_998_low",
    "funnel_998_high",
    "phi",
    "tau2",
    "z",
    "z_widened",
)
AFTER_CLASS = ("shrunk", "rank_low", "rank_high", "tau2_used", "freedom", "p_value", "q_value")
COLUMNS = (
    "unit_code",
    "indicator",
    "category",
    "peer_group",
    "n_peers",
    "peer_pooled",
    "peer_median",
    *JUDGED,
    "class",
    *AFTER_CLASS,
    "not_ranked_because",
)


def comparison(rates: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per unit, indicator and category, inside its peer group; only indicators that are shares of people.

    Peers are the units of the group whose counts are known exactly, without those apart (leading the category, also
    behind the volunteers of I06 and I07; on shifts; new or merged within the year) and without changes of staff;
    `n_peers` is their number, `peer_pooled` the sum of their numerators / the sum of their denominators,
    `peer_median` the median of their shown rates, the unit's own among them where it is a peer, null with fewer than
    `compare_min_peers` of these. The other columns are null where nothing is ranked (money, blood,
    information) and with fewer peers than `compare_min_peers`.

    Funnel limits stand at the unit's own denominator: exact where it is small, else widened (`outer_limits`). `phi`
    and `tau2` are the spread of the group alone; `tau2_used` is the larger of tau2 and what all groups of the city
    tell, `freedom` the degrees of freedom of t (null: normal distribution, nothing was widened). `z` is the plain
    standardised difference, `z_widened` the one with `tau2_used`. `class` is higher or lower outside the outer
    limits, else near; not_ranked for what `not_ranked_because` says. `p_value` is two-sided, of classed units; `q_value` the false
    discovery rate of Benjamini and Hochberg over all classed units and categories of the indicator in the year.
    `shrunk` is the rate drawn towards the group. `rank_low` and `rank_high` are the limits of the rank among the
    classed units, 1 = highest.
    """
    shares = [code for code, indicator in reference.indicators.items() if indicator.share_of_people]
    table = rates[rates["indicator"].isin(shares)].reset_index(drop=True)
    places = zip(table["indicator"], table["category"], strict=True)
    table = table.assign(
        peer_group=table["unit_code"].map(units.set_index("unit_code")["peer_group"]),
        apart=apart(table, reference),
        ranked=np.fromiter(
            (is_ranked(str(code), str(category), reference) for code, category in places),
            dtype="bool",
            count=len(table),
        ),
        known=counts_known(table),
        **dict.fromkeys((*JUDGED, *AFTER_CLASS), np.nan),
    )
    peers = table["known"] & (table["apart"] == "")
    place = ["indicator", "category", "peer_group"]
    n_peers = peers.groupby([table[column] for column in place], sort=False).transform("sum").astype("int64")
    table = table.assign(peer=peers, n_peers=n_peers, enough=n_peers >= reference.thresholds["compare_min_peers"])
    table["reason"] = not_ranked_because(table, reference.thresholds["rank_min_denominator"])
    table["class"] = "not_ranked"
    parts = [_compare_city(rows, reference) for _, rows in table.groupby(place[:2], sort=False)]
    result = pd.concat(parts).sort_index()
    families = [benjamini_hochberg(p) for _, p in result.groupby("indicator", sort=False)["p_value"]]
    order = np.concatenate([rows.index for _, rows in result.groupby("indicator", sort=False)])
    result["q_value"] = pd.Series(np.concatenate(families), index=order)
    result["not_ranked_because"] = result["reason"].where(result["reason"] != "")
    return result[list(COLUMNS)]


def is_ranked(indicator: str, category: str, reference: Reference) -> bool:
    """Whether units are compared on the figure at all, whatever a year holds of it."""
    behind = category_behind(indicator, category, reference)
    return reference.indicators[indicator].ranked and (not behind or reference.category(behind).ranked)


def _compare_city(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The rows of one indicator and category, compared group by group with the spread that the groups share."""
    judged = rows[rows["peer"] & rows["ranked"] & rows["enough"]]
    counts = [
        GroupCounts(group["numerator"].to_numpy(dtype="float64"), group["denominator"].to_numpy(dtype="float64"))
        for _, group in judged.groupby("peer_group")
    ]
    city = shared_spread(counts, reference.thresholds["overdispersion_trim_city"])
    return pd.concat([_compare_group(group, city, reference) for _, group in rows.groupby("peer_group", sort=False)])


def _compare_group(group: pd.DataFrame, city: SharedSpread, reference: Reference) -> pd.DataFrame:
    """The rows of one peer group for one indicator and category."""
    peers = group[group["peer"]]
    people = peers[["numerator", "denominator"]].sum()
    pooled = people["numerator"] / people["denominator"] if people["denominator"] > 0 else np.nan
    told = peers["rate"].count() >= reference.thresholds["compare_min_peers"]
    result = group.assign(peer_pooled=pooled, peer_median=peers["rate"].median() if told else np.nan)
    if not group["ranked"].all() or not group["enough"].all():
        return result
    return _place(result, city, reference)


def _place(result: pd.DataFrame, city: SharedSpread, reference: Reference) -> pd.DataFrame:
    """The rows with limits, differences, classes and ranks."""
    thresholds = reference.thresholds
    x, n, rate = (result[column].to_numpy(dtype="float64") for column in ("numerator", "denominator", "rate"))
    n = np.where(n > 0, n, np.nan)
    known, peers = result["known"].to_numpy(), result["peer"].to_numpy()
    candidates = (result["reason"] == "").to_numpy()
    trim = thresholds["overdispersion_trim"]
    spread = widen(spread_of(x[peers], n[peers], trim), GroupCounts(x[peers], n[peers]), city, trim)
    exact_below = thresholds["funnel_exact_below"]
    inner = inner_limits(n, spread, thresholds["confidence"], exact_below)
    outer = outer_limits(n, spread, thresholds["confidence_outer"], exact_below)
    shown = np.where(known, rate, np.nan)
    shrunk, p_value = np.full(n.shape, np.nan), np.full(n.shape, np.nan)
    shrunk[peers] = beta_binomial_shrinkage(x[peers], n[peers])
    p_value[candidates] = p_values(x[candidates], n[candidates], spread, exact_below)
    result = result.assign(
        funnel_95_low=inner[0],
        funnel_95_high=inner[1],
        funnel_998_low=outer[0],
        funnel_998_high=outer[1],
        phi=spread.phi,
        tau2=spread.tau2,
        tau2_used=spread.tau2_used,
        freedom=spread.freedom if np.isfinite(spread.freedom) else np.nan,
        z=standardise(shown, n, spread.centre, 0.0),
        z_widened=standardise(shown, n, spread.centre, spread.tau2_used),
        p_value=p_value,
        shrunk=np.where(np.isnan(shown), np.nan, shrunk),
    )
    result["class"] = classify(rate, *outer, candidates)
    if candidates.sum() >= thresholds["compare_min_peers"]:
        result["rank_low"], result["rank_high"] = rank_limits(x, n, candidates, thresholds["confidence"])
    return result
