"""Units beside their peers: rates -> `comparison`, with limits that chance alone seldom passes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.intervals import beta_binomial_shrinkage
from analysis.measures.judging import STAFF_CHANGE
from analysis.measures.peers import Flags, classify, limits_at, rank_limits, spread_of, standardise
from analysis.measures.rates import category_behind
from analysis.reference import Reference

SMALLEST_GROUP = 3  # fewer units have no spread to speak of
NUMBERS = (
    "peer_pooled",
    "peer_median",
    "funnel_95_low",
    "funnel_95_high",
    "funnel_998_low",
    "funnel_998_high",
    "phi",
    "tau2",
    "z",
    "z_widened",
    "shrunk",
    "rank_low",
    "rank_high",
)
COLUMNS = ("unit_code", "indicator", "category", "peer_group", "n_peers", *NUMBERS[:10], "class", *NUMBERS[10:])


def comparison(rates: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per unit, indicator and category, inside its peer group; only indicators that are shares of people.

    Peers are the units of the group whose counts are known exactly, without those that lead the category (also
    behind the volunteers of I06 and I07) and without changes of staff; `n_peers` is their number, `peer_pooled` the sum of their numerators / the sum of their
    denominators, `peer_median` the median of their shown rates. The other columns are null where nothing is ranked
    (money, blood, information) and with fewer than three peers. Funnel limits stand at the unit's own denominator:
    exact where it is small, else score limits, widened by `tau2` when `phi` exceeds 1. `z` is the plain standardised
    difference, `z_widened` the one after widening. `class` is higher or lower outside the widened outer limits, else
    near; not_ranked for all that is small, approximate, not known, leading or changed in staff. `shrunk` is the rate
    drawn towards the group. `rank_low` and `rank_high` are the limits of the rank among the classed units,
    1 = highest.
    """
    shares = [code for code, indicator in reference.indicators.items() if indicator.share_of_people]
    leads = {unit.code: unit.lead_of for unit in reference.units}
    table = rates[rates["indicator"].isin(shares)].reset_index(drop=True)
    places = table[["unit_code", "indicator", "category"]].itertuples(index=False, name=None)
    lead = [category_behind(indicator, category, reference) in leads[code] for code, indicator, category in places]
    groups = table["unit_code"].map(units.set_index("unit_code")["peer_group"])
    table = table.assign(lead=lead, peer_group=groups)
    parts = [
        _compare_group(group, _is_ranked(str(indicator), str(category), reference), reference)
        for (indicator, category, _), group in table.groupby(["indicator", "category", "peer_group"], sort=False)
    ]
    return pd.concat(parts).sort_index()[list(COLUMNS)]


def _is_ranked(indicator: str, category: str, reference: Reference) -> bool:
    behind = category_behind(indicator, category, reference)
    return reference.indicators[indicator].ranked and (not behind or reference.category(behind).ranked)


def _compare_group(group: pd.DataFrame, ranked: bool, reference: Reference) -> pd.DataFrame:
    """The rows of one peer group for one indicator and category, with the columns of the comparison."""
    known = _counts_known(group)
    peers = known & ~group["lead"]
    blank = dict.fromkeys(NUMBERS, np.nan)
    result = group.assign(**blank, n_peers=int(peers.sum()))
    result["class"] = "not_ranked"
    if not peers.any():
        return result
    people = group.loc[peers, ["numerator", "denominator"]].sum()
    result["peer_pooled"] = people["numerator"] / people["denominator"]
    result["peer_median"] = group.loc[peers, "rate"].median()
    if not ranked or peers.sum() < SMALLEST_GROUP:
        return result
    return _place(result, known.to_numpy(), peers.to_numpy(), reference)


def _counts_known(group: pd.DataFrame) -> pd.Series[bool]:
    """Whether numerator and denominator are exact and of the same people.

    `undefined` with both counts are those whose rate must not be shown, but whose people count in the group.
    """
    flags = group["flags"].astype("str").fillna("")
    both = group[["numerator", "denominator"]].notna().all(axis="columns")
    exact = group["status"].isin(["ok", "small", "undefined"]) & ~flags.str.contains("approximate")
    return both & exact & ~flags.str.contains(STAFF_CHANGE)


def _place(result: pd.DataFrame, known: Flags, peers: Flags, reference: Reference) -> pd.DataFrame:
    """The rows with limits, differences, classes and ranks."""
    thresholds = reference.thresholds
    x, n, rate = (result[column].to_numpy(dtype="float64") for column in ("numerator", "denominator", "rate"))
    spread = spread_of(x[peers], n[peers], thresholds["overdispersion_trim"])
    exact_below = thresholds["funnel_exact_below"]
    inner = limits_at(n, spread, thresholds["confidence"], exact_below)
    outer = limits_at(n, spread, thresholds["confidence_outer"], exact_below)
    candidates = peers & (result["status"] == "ok").to_numpy() & (n >= thresholds["rank_min_denominator"])
    shown = np.where(known, rate, np.nan)
    shrunk = np.full(n.shape, np.nan)
    shrunk[peers] = beta_binomial_shrinkage(x[peers], n[peers])
    result = result.assign(
        funnel_95_low=inner[0],
        funnel_95_high=inner[1],
        funnel_998_low=outer[0],
        funnel_998_high=outer[1],
        phi=spread.phi,
        tau2=spread.tau2,
        z=standardise(shown, n, spread._replace(tau2=0.0)),
        z_widened=standardise(shown, n, spread),
        shrunk=np.where(np.isnan(shown), np.nan, shrunk),
    )
    result["class"] = classify(rate, *outer, candidates)
    if candidates.sum() >= SMALLEST_GROUP:
        result["rank_low"], result["rank_high"] = rank_limits(x, n, candidates, thresholds["confidence"])
    return result
