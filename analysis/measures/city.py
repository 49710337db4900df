"""The city as a whole: rates of units -> one figure of people and one of units per indicator and category."""

from __future__ import annotations

import pandas as pd

from analysis.measures.groups import CITY, summarise
from analysis.reference import Reference

COLUMNS = (
    "indicator",
    "category",
    "n_units",
    "n_submitted",
    "n_queried",
    "n_counted",
    "numerator",
    "denominator",
    "pooled_rate",
    "n_rates",
    "median_rate",
    "submitted_heads",
)


def city_rates(rates: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per indicator and category, in the order of `rates`: the city's part of `group_rates`, without limits.

    Rates and shares are fractions, null where nothing is known.
    """
    return summarise(rates.assign(peer_group=CITY), reference)[list(COLUMNS)]
