"""How much of an indicator is still open: the share of its cells that are queried, by peer group (G23)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.measures.registry import fields_behind, row_categories
from analysis.reference import Reference

COLUMNS = ("indicator", "category", "peer_group", "n_cells", "n_queried", "share", "too_many")
_CELL = ["unit_code", "form", "field", "file", "sheet", "cell"]


def open_cells(facts: pd.DataFrame, queries: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per indicator, category and peer group whose units reported cells of it, in the order of the indicators.

    Cells are those of numerator and denominator; a blank cell that was asked about counts as one. `share` is
    n_queried / n_cells, `too_many` says that it is above the threshold `queried_cells_share`, so that a chart of the
    group has to say so. `category` is empty for indicators without one.
    """
    cells = _cells(facts, queries).merge(units[["unit_code", "peer_group"]], on="unit_code")
    sums = cells.groupby(["form", "field", "peer_group"], sort=False)["queried"].agg(["size", "sum"]).reset_index()
    found = []
    for indicator, category, fields in _fields(reference):
        own = sums.loc[[place in fields for place in zip(sums["form"], sums["field"], strict=True)]]
        groups = own.groupby("peer_group", sort=True)[["size", "sum"]].sum()
        for group, n_cells, n_queried in groups.itertuples(name=None):
            found.append((indicator, category, group, int(n_cells), int(n_queried), n_queried / n_cells))
    table = pd.DataFrame(found, columns=list(COLUMNS[:-1]))
    return table.assign(too_many=table["share"] > reference.thresholds["queried_cells_share"])


def _cells(facts: pd.DataFrame, queries: pd.DataFrame) -> pd.DataFrame:
    """One row per cell and field, with whether it is open: the facts, and the blank cells that were asked about."""
    item = facts["item"].fillna("").astype("str")
    field = (item + "." + facts["measure"]).where(item != "", facts["measure"])
    told = facts.assign(field=field, queried=facts["status"] == "queried")[[*_CELL, "queried"]]
    told = told[facts["status"] != "rejected"]
    asks = queries[(queries["state"] == "open") & (queries["treatment"] == "ASK") & queries["cell"].notna()]
    blank = asks[asks["raw"].fillna("").astype("str").str.strip() == ""][_CELL].assign(queried=True)
    return pd.concat([told, blank]).groupby(_CELL)["queried"].any().reset_index()


def _fields(reference: Reference) -> Iterator[tuple[str, str, set[tuple[str, str]]]]:
    """Indicator, category and the fields (form, field) of its numerator and denominator; none of special ones."""
    for code, indicator in reference.indicators.items():
        for definition in reference.definitions[code] if indicator.computed else ():
            for category in () if definition.is_special else row_categories(definition, reference):
                numerator, denominator = fields_behind(code, category, reference)
                places = {
                    (form, f"{item}.{measure}" if item else measure)
                    for form, item, measure in (*numerator, *denominator)
                }
                yield code, category, places
