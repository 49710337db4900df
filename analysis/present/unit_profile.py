"""One unit of the register on a page: every indicator, beside its peers and the year before, and what is open.

`profile` and `questions` are what may leave the office: small numbers are hidden as the table `hidden` says. The unit
itself gets its full numbers with its query sheet.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.measures.disclosure_tables import Figure, hide
from analysis.measures.medians import public_median
from analysis.present.labels import Words
from analysis.present.numbers import minus, signed, signed_number
from analysis.present.worked_rate import worked_rate
from analysis.reference import Reference

KEYS = ["indicator", "category"]
BEFORE = ("numerator_before", "denominator_before", "rate_before", "difference")
SHOWN = ("rate", "class", "rate_before", "difference")
THEN = Figure(
    numerators=("numerator_before",),
    denominators=("denominator_before",),
    derived=("rate_before", "difference"),
    suffix="_before",
)
PERCENT = "%"  # the unit of measure of shares in `indicators.csv`


def profile(tables: Mapping[str, pd.DataFrame], unit_code: str, reference: Reference) -> pd.DataFrame:
    """One row per indicator and category of the unit.

    `peer_median` is that of the comparison, for all indicators with rates; null where it would tell a hidden number, as
    `public_median` says. `class` is that of the comparison, `rate_before` and `difference` those of `change`.

    Raises:
        KeyError: the register of the year has no such unit.
    """
    reference.unit(unit_code)
    rates = tables["rates"]
    own = rates[rates["unit_code"] == unit_code]
    medians = [_peer_median(tables, unit_code, row, reference) for row in own[KEYS].itertuples(index=False, name=None)]
    table = own.assign(peer_median=medians)
    table = _joined(table, tables["comparison"], unit_code, {"class": "class"})
    table = _joined(table, tables["change"], unit_code, {name: name for name in BEFORE})
    table = hide(table, tables["hidden"], Figure(derived=SHOWN))
    table = hide(table, tables["hidden_before"], THEN)
    columns = [*KEYS, "numerator", "denominator", "rate", "status", "peer_median", "class", "rate_before"]
    return table[[*columns, "difference", "n_open_queries", "hidden", "people_low", "people_high"]].reset_index(
        drop=True
    )


def _joined(table: pd.DataFrame, other: pd.DataFrame, unit_code: str, columns: Mapping[str, str]) -> pd.DataFrame:
    """The columns of the unit's rows of another table, under new names."""
    found = other.loc[other["unit_code"] == unit_code, [*KEYS, *columns]].rename(columns=dict(columns))
    return table.merge(found.astype(dict.fromkeys(KEYS, "str")), on=KEYS, how="left")


def _peer_median(
    tables: Mapping[str, pd.DataFrame], unit_code: str, figure: tuple[str, str], reference: Reference
) -> float:
    indicator, category = figure
    units, rates = tables["units"], tables["rates"]
    groups = units.set_index("unit_code")["peer_group"]
    same = rates["unit_code"].map(groups) == groups[unit_code]
    rows = rates[same & (rates["indicator"] == indicator) & (rates["category"] == category)]
    low, high = public_median(rows, tables["hidden"], figure, reference)
    return low if low == high else np.nan


def questions(tables: Mapping[str, pd.DataFrame], unit_code: str) -> pd.DataFrame:
    """One row per open question of the unit, where it stands and what rule asked; without what was written."""
    queries = tables["queries"]
    own = queries[(queries["unit_code"] == unit_code) & (queries["state"] == "open")]
    return own[["form", "sheet", "cell", "rule", "treatment"]].reset_index(drop=True)


def cells_by_form(tables: Mapping[str, pd.DataFrame], unit_code: str) -> pd.DataFrame:
    """One row per form that the unit sent: how many cells gave values, and how many of the values are queried."""
    facts, queries = tables["facts"], tables["queries"]
    own = facts[facts["unit_code"] == unit_code]
    places = own.drop_duplicates(["file", "sheet", "cell"]).groupby("form").size().rename("n_cells")
    queried = (own["status"] == "queried").groupby(own["form"]).sum().rename("queried").astype("int64")
    asked = queries[(queries["unit_code"] == unit_code) & (queries["state"] == "open")].groupby("form").size()
    table = pd.concat([places, queried, asked.rename("open")], axis="columns")
    return table.reindex(places.index).fillna(0).astype("int64").rename_axis("form").reset_index()


def in_own_units(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The profile with its rates as texts: shares in percent, differences in points, other figures as they are."""
    shares = [words.reference.indicators[code].unit == PERCENT for code in table["indicator"]]
    texts = {
        name: [_text(value, is_share, name, words) for value, is_share in zip(table[name], shares, strict=True)]
        for name in ("rate", "peer_median", "rate_before", "difference")
    }
    return table.assign(**{name: pd.Series(column, index=table.index, dtype="str") for name, column in texts.items()})


def _text(value: float, is_share: bool, name: str, words: Words) -> str | None:
    if math.isnan(value):
        return None
    if name == "difference":
        return signed(value) if is_share else signed_number(value, 2)
    return words.percent(value) if is_share else minus(f"{value:.2f}")


def worked_cells(tables: Mapping[str, pd.DataFrame], unit_code: str, reference: Reference) -> pd.DataFrame:
    """The cells behind the example rate of the year, or of the unit given."""
    cells = worked_rate(tables, reference, unit_code).cells
    return cells[["form", "file", "sheet", "cell", "raw", "value", "status"]]


UNIT_TABLES: Mapping[str, Callable[[Mapping[str, pd.DataFrame], str, Reference], pd.DataFrame]] = MappingProxyType(
    {
        "profile": profile,
        "unit_questions": lambda tables, unit, _: questions(tables, unit),
        "unit_cells": lambda tables, unit, _: cells_by_form(tables, unit),
        "worked_cells": worked_cells,
    }
)
