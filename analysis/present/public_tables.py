"""The tables of charts and pages as they may leave the office: without what `hidden` withholds.

What a picture, a sentence or a file of `reports/` says is made of these tables; the full ones are in `data/clean/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.disclosure_peers import public_comparison
from analysis.measures.disclosure_tables import Figure, hide, told_place
from analysis.measures.medians import public_median
from analysis.present.chart_tables import (
    BY_CATEGORY,
    OVERALL,
    VOLUNTEERS,
    categories_table,
    in_group_order,
    of_figure,
    participation_table,
    volunteers_table,
)
from analysis.present.summaries import city_figures
from analysis.reference import Reference

Tables: TypeAlias = Mapping[str, pd.DataFrame]
TOLD, WITHHELD = "told", "hidden"  # marks of rows whose number is not shown: with and without limits
COMPARED = ("near", "higher", "lower")
_KEPT: ContextVar[list[tuple[Tables, Reference, tuple[str, str], pd.DataFrame]] | None] = ContextVar(
    "kept", default=None
)


@contextmanager
def remembered() -> Iterator[None]:
    """Inside the block the comparison of an indicator is computed once for the same tables, which nobody may change."""
    kept = _KEPT.get()
    token = _KEPT.set([] if kept is None else kept)
    try:
        yield
    finally:
        _KEPT.reset(token)


def public_participation(
    tables: Tables, reference: Reference, indicator: str = OVERALL, category: str = ""
) -> pd.DataFrame:
    """C2, see `participation_table`; `mark` is also `told` where only limits of the number are shown.

    `peer_median` is null where it depends on hidden numbers; then `peer_median_low` and `peer_median_high` are its limits.
    """
    compared = compared_publicly(tables, indicator, reference, category)
    full = participation_table(tables["rates"], compared, tables["units"], reference, indicator, category)
    ends = compared.set_index("unit_code")[["peer_median_low", "peer_median_high"]].reindex(full["unit_code"])
    table = full.assign(**{str(name): ends[name].to_numpy() for name in ends})
    table = hide(table, tables["hidden"], Figure(indicator, category))
    marks = table["mark"].where(table["hidden"].isna() | (table["mark"] == "none"), _mark_of_hidden(table))
    return _in_order(table.assign(mark=marks), reference)


def public_volunteers(
    tables: Tables, reference: Reference, indicator: str = VOLUNTEERS, category: str = ""
) -> pd.DataFrame:
    """C5, see `volunteers_table`; limits and classes as `public_comparison` gives them.

    `mark` is `hidden` where the number is, and what is shown does not tell how the unit compares.
    """
    compared = compared_publicly(tables, indicator, reference, category)
    compared = compared.drop(columns=["peer_median_low", "peer_median_high"])
    full = volunteers_table(tables["rates"], compared, tables["units"], reference, indicator, category)
    true = volunteers_table(tables["rates"], tables["comparison"], tables["units"], reference, indicator, category)
    was = true.set_index("unit_code")["mark"].reindex(full["unit_code"]).to_numpy()
    table = hide(full, tables["hidden"], Figure(indicator, category))
    untold = table["hidden"].notna() & pd.Series(was, index=table.index).isin(COMPARED) & ~table["mark"].isin(COMPARED)
    return _in_order(table.assign(mark=table["mark"].where(~untold, WITHHELD)), reference)


def public_categories(tables: Tables, reference: Reference) -> pd.DataFrame:
    """C3, see `categories_table`; hidden programmes come last in their part."""
    table = hide(categories_table(tables["rates"], reference), tables["hidden"], Figure(BY_CATEGORY, None))
    order = {"service": 0, "giving": 1}
    keys = table.assign(_group=table["group"].map(order), _rate=-table["rate"].fillna(-1.0))
    return table.loc[keys.sort_values(["_group", "_rate"], kind="stable").index].reset_index(drop=True)


def public_city_figures(tables: Tables, reference: Reference) -> pd.DataFrame:
    """See `city_figures`; where the median depends on hidden numbers `median_low` and `median_high` are its limits.

    There is none of giving and blood, nor of fewer units than a comparison needs (`public_median`).
    """
    table = hide(city_figures(tables["rates"], reference), tables["hidden"], Figure(None, ""))
    ends = []
    for indicator in table["indicator"]:
        rows = tables["rates"][(tables["rates"]["indicator"] == indicator) & (tables["rates"]["category"] == "")]
        ends.append(public_median(rows, tables["hidden"], (indicator, ""), reference))
    low, high = (np.array([pair[side] for pair in ends], dtype="float64") for side in (0, 1))
    same = low == high
    return table.assign(
        median_rate=np.where(same, low, np.nan),
        median_low=np.where(same, np.nan, low),
        median_high=np.where(same, np.nan, high),
    )


def compared_publicly(tables: Tables, indicator: str, reference: Reference, category: str = "") -> pd.DataFrame:
    """The comparison of one figure as it may leave the office."""
    kept = _KEPT.get()
    for of, known, figure, found in kept or ():
        if of is tables and known is reference and figure == (indicator, category):
            return found
    own = of_figure(tables["comparison"], indicator, category)
    result = public_comparison(own, tables["rates"], tables["hidden"], tables["units"], reference)
    if kept is not None:
        kept.append((tables, reference, (indicator, category), result))
    return result


def _mark_of_hidden(table: pd.DataFrame) -> pd.Series[str]:
    return pd.Series(WITHHELD, index=table.index, dtype="str").mask(table["people_low"].notna(), TOLD)


def _in_order(table: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """In group order, by what may be known of the rate: the true order would tell hidden ones."""
    where = told_place(table, reference.thresholds["small_n_counts_only"])
    return in_group_order(table.assign(_place=where), reference, by="_place").drop(columns="_place")
