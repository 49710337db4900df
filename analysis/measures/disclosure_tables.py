"""A table to be shown -> the same without the numbers that must not leave the office, and the log of what went.

A table says with `Figure` where its numbers stand; everything that could tell a hidden number goes with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.disclosure import CITY, GROUP, TITLE, UNIT
from analysis.measures.disclosure_choice import COMPLEMENTARY
from analysis.measures.disclosure_primary import NEARLY_ALL, SMALL

Key: TypeAlias = tuple[str, str, str, str]  # level, unit or group, indicator, category
Found: TypeAlias = Mapping[str, tuple[str, float, float]]  # part -> reason and limits
TOLD = (SMALL, NEARLY_ALL, COMPLEMENTARY)  # reasons that tell limits
LOG_COLUMNS = ("table", "row", "column", "reason")


@dataclass(frozen=True, slots=True)
class Figure:
    """Where a table shows one figure per row: of a unit, a title level or a group.

    The row speaks of the unit in `unit_code`, else of the level in `title_level`, else of the group in `peer_group`;
    where these are empty or absent, of the city.

    `indicator` and `category` are codes; null when they stand in columns of these names. `numerators`, `denominators`
    and `derived` name the columns that tell them (those missing in the table are passed over): derived ones are rates, limits, differences, flags and marks that depend
    on the number. `suffix` is that of the three columns added.
    """

    indicator: str | None = None
    category: str | None = None
    numerators: tuple[str, ...] = ("numerator",)
    denominators: tuple[str, ...] = ("denominator",)
    derived: tuple[str, ...] = ("rate", "ci_low", "ci_high", "pooled_rate", "pooled_low", "pooled_high", "flags")
    bounds: tuple[str, ...] = ("rate_low", "rate_high")
    suffix: str = ""


def hide(table: pd.DataFrame, hidden: pd.DataFrame, figure: Figure) -> pd.DataFrame:
    """The table with hidden numbers null, in the order that it had.

    Adds `hidden` (the reason, null where all is shown), and `people_low` and `people_high`: the limits of the
    numerator that the reason tells, null where it tells none. Columns of rows that are hidden are null in all that
    `figure` names. The order of rows can tell a hidden number too: sort by `told_place` afterwards.
    """
    known = by_key(hidden)
    found = [known.get(_key(row, figure), {}) for row in table.to_dict("records")]
    result = table.copy()
    for columns, parts in (
        (figure.numerators, ("numerator", "denominator")),
        (figure.denominators, ("denominator",)),
        (figure.derived, ("numerator", "denominator")),
        (figure.bounds, ("numerator", "denominator", "bounds")),
    ):
        gone = [any(part in cell for part in parts) for cell in found]
        for column in (name for name in columns if name in result):
            result[column] = result[column].where(~np.array(gone, dtype=bool))
    sizes = [float(row.get(figure.denominators[0], np.nan)) for row in table.to_dict("records")]
    told = [_told(cell, size) for cell, size in zip(found, sizes, strict=True)]
    names = [f"{name}{figure.suffix}" for name in ("hidden", "people_low", "people_high")]
    added = pd.DataFrame(told, columns=names, index=result.index)
    return result.assign(**added.astype({names[0]: "str", names[1]: "float64", names[2]: "float64"}))


def by_key(hidden: pd.DataFrame) -> dict[Key, dict[str, tuple[str, float, float]]]:
    """The table `hidden` by level, unit or group, indicator and category."""
    known: dict[Key, dict[str, tuple[str, float, float]]] = {}
    columns = ["level", "unit_code", "peer_group", "indicator", "category", "part", "reason", "low", "high"]
    for level, unit, group, indicator, category, part, reason, low, high in hidden[columns].itertuples(
        index=False, name=None
    ):
        name = unit if level == UNIT else group
        known.setdefault((level, name, indicator, category), {})[part] = (reason, low, high)
    return known


def told_limits(table: pd.DataFrame, least: float) -> pd.DataFrame:
    """Columns `low` and `high` for rows of a table that has passed `hide`: what it tells of each rate.

    Both are the rate where it is shown; null where there is none, as for denominators below `least`, or nothing told.
    """
    rate = table["rate"]
    if "hidden" not in table:
        return pd.DataFrame({"low": rate, "high": rate})
    size = table["denominator"].where(table["denominator"] >= least)
    ends = {"low": table["people_low"] / size, "high": table["people_high"] / size}
    return pd.DataFrame({name: rate.where(rate.notna(), end) for name, end in ends.items()})


def told_place(table: pd.DataFrame, least: float) -> pd.Series[float]:
    """Where a row may be drawn and sorted: at its rate, else in the middle of what is told of it; null without either."""
    return told_limits(table, least).mean(axis="columns", skipna=False)


def rate_limits(rates: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Columns `low` and `high` for rows of `rates`: what a reader can know of each rate that may be shown at all.

    Both are the rate where it is shown, null where there is none (nobody is told a rate of few people).
    """
    known = by_key(hidden)
    rows = []
    for row in rates.to_dict("records"):
        rate = float(row["rate"])
        found = known.get((UNIT, row["unit_code"], row["indicator"], row["category"]), {})
        if np.isnan(rate) or not found:
            rows.append((rate, rate))
        elif "denominator" in found or "numerator" not in found:
            rows.append((0.0, 1.0))
        else:
            _, low, high = found["numerator"]
            rows.append((max(0.0, low / row["denominator"]), min(1.0, high / row["denominator"])))
    return pd.DataFrame(rows, columns=["low", "high"], index=rates.index, dtype="float64")


def median_range(limits: pd.DataFrame) -> tuple[float, float]:
    """The least and greatest median of numbers of which only limits are known; equal where all that matter are shown."""
    known = limits.dropna()
    if known.empty:
        return np.nan, np.nan
    return float(known["low"].median()), float(known["high"].median())


def suppressed(name: str, full: pd.DataFrame, public: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The log of one table: one row per number that stood in the full one and is hidden, without its value.

    `keys` are the columns that name a row; `row` joins them. In the order of the public table: the full one is sorted
    by numbers that are hidden, and its order would tell them.
    """
    reasons = [column for column in public if str(column).startswith("hidden")]
    stood = {tuple(line[column] for column in keys): line for line in full.to_dict("records")}
    rows = []
    for own in public.to_dict("records"):
        key = tuple(own[column] for column in keys)
        line = stood[key]
        why = [str(own[column]) for column in reasons if pd.notna(own[column])]
        for column in (column for column in full if column in own and pd.notna(line[column]) and pd.isna(own[column])):
            rows.append((name, " ".join(map(str, key)), column, why[0] if why else COMPLEMENTARY))
    return pd.DataFrame(rows, columns=list(LOG_COLUMNS), dtype="str")


def _key(row: Mapping[Any, Any], figure: Figure) -> Key:
    indicator = row["indicator"] if figure.indicator is None else figure.indicator
    category = row.get("category", "") if figure.category is None else figure.category
    if "unit_code" in row:
        return UNIT, row["unit_code"], indicator, category
    if row.get("title_level", ""):
        return TITLE, row["title_level"], indicator, category
    group = row.get("peer_group", "")
    return (GROUP if group else CITY), group, indicator, category


def _told(found: Found, most: float) -> tuple[str | None, float, float]:
    """Reason and told limits of a row."""
    if not found:
        return None, np.nan, np.nan
    reason, low, high = found.get("numerator") or next(iter(found.values()))
    tells = reason in TOLD and "numerator" in found and "denominator" not in found and high <= most
    return (reason, low, high) if tells else (reason, np.nan, np.nan)
