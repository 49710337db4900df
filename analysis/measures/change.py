"""Year on year: the rates of two years -> `change`, one row per unit, indicator and category.

The limits treat the two years as independent samples. They are not: most people are counted in both years. So they
are a guide against reading too much into a difference, no test; of a hundred units where nothing changed, chance
alone puts a few outside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.measures.breaks import DEFINITION, FORM, NEW_UNIT, REFORM, breaks_between, programme_of
from analysis.measures.intervals import newcombe_difference
from analysis.measures.judging import STAFF_CHANGE
from analysis.measures.succession import Lineage, lineages
from analysis.reference import Reference

KEYS = ["indicator", "category"]
COLUMNS = (
    "unit_code",
    *KEYS,
    "peer_group",
    "numerator_before",
    "denominator_before",
    "rate_before",
    "numerator",
    "denominator",
    "rate",
    "difference",
    "difference_low",
    "difference_high",
    "status",
    "breaks",
    "class",
)
COUNTS = ("numerator", "denominator")
GROUP_DIRECTIONS = ("none", "description")
COUNTED_EXACTLY = {"ok", "small", "undefined"}
WORST_FIRST = ("not_submitted", "queried", "bounded", "approximate", "undefined", "not_applicable", "small", "ok")


@dataclass(frozen=True)
class YearTables:
    """What is needed of one year: its tables `rates` and `units`, and its reference data."""

    rates: pd.DataFrame
    units: pd.DataFrame
    reference: Reference


def no_change() -> pd.DataFrame:
    """The table without a row, for a year that has no year before it."""
    return pd.DataFrame(columns=list(COLUMNS))


def change(before: YearTables, after: YearTables) -> pd.DataFrame:
    """One row per unit of this year, indicator and category, in the order of this year's rates.

    `*_before` are last year's counts and rate: those of the unit, or for one that whole units were merged into the
    sum of theirs (shares of people only; `breaks` has `reform`). They are null for a new unit and for one that got a
    share of another, which is an estimate and no count. `difference` (fraction, this year minus last year) is null
    unless both rates may be shown and compared; its limits are Newcombe's, of shares of people only.
    `status`: `not_submitted` or `queried` in either year; `not_comparable` after a break of form, definition or unit
    or when a count is not exact; `group_only` for money and blood, which are described for groups; `small` below 30
    people in either year, never worth a sentence; else `compared`. `breaks`: form, definition, reform, new_unit,
    joined by semicolons, null without any. `class` is up or down where the limits leave out 0, else no_clear_change;
    null for all that is not `compared` or has no limits.
    """
    table = after.rates.reset_index(drop=True)
    origin = lineages(after.reference, before.units["unit_code"])
    kinds = table["unit_code"].map({code: str(lineage.kind) for code, lineage in origin.items()})
    earlier = _earlier(before.rates, origin, before.reference)
    merged = table.merge(earlier, on=["unit_code", *KEYS], how="left", suffixes=("", "_before"))
    merged = merged.assign(peer_group=merged["unit_code"].map(after.units.set_index("unit_code")["peer_group"]))
    additive = merged["indicator"].map(
        {code: entry.share_of_people for code, entry in after.reference.indicators.items()}
    )
    apart = (kinds == "divided") | ((kinds == "merged") & ~additive.astype(bool))
    blank = [f"{name}_before" for name in (*COUNTS, "rate")]
    merged.loc[apart, blank] = np.nan
    marks = _breaks(merged, kinds, before.reference, after.reference)
    merged = merged.assign(breaks=marks, apart=apart | (kinds == "new"), share=additive.astype(bool))
    merged["status"] = _statuses(merged, after.reference)
    return _with_difference(merged, after.reference.thresholds["confidence"])[list(COLUMNS)]


def _earlier(rates: pd.DataFrame, origin: dict[str, Lineage], reference: Reference) -> pd.DataFrame:
    """Last year's rows under the codes of this year; those of merged units added up."""
    pairs = [(old, code, len(lineage.origins)) for code, lineage in origin.items() for old in lineage.origins]
    codes = pd.DataFrame(pairs, columns=["old", "new", "n_origins"])
    rows = rates.merge(codes, left_on="unit_code", right_on="old").drop(columns=["unit_code", "old"])
    rows = rows.rename(columns={"new": "unit_code"})
    alone = rows[rows["n_origins"] == 1]
    several = rows[rows["n_origins"] > 1]
    summed = [
        {**dict(zip(["unit_code", *KEYS], key, strict=True)), **_added(group, reference)}
        for key, group in several.groupby(["unit_code", *KEYS], sort=False)
    ]
    wanted = ["unit_code", *KEYS, *COUNTS, "rate", "status", "flags"]
    together = pd.DataFrame(summed, columns=wanted).astype(alone[wanted].dtypes.to_dict())
    return pd.concat([alone[wanted], together], ignore_index=True)


def _added(group: pd.DataFrame, reference: Reference) -> dict[str, object]:
    """The rows of several units as one; counts are null when one of them is not known, or a unit has no row."""
    n_origins = int(group["n_origins"].iloc[0])
    x, n = (float(group[name].sum(min_count=n_origins)) for name in COUNTS)
    thresholds = reference.thresholds
    found = set(group["status"])
    status = next(name for name in WORST_FIRST if name in found)
    if found <= COUNTED_EXACTLY and not np.isnan(x + n):  # too few for a rate of its own may be enough together
        status = "small" if n < thresholds["small_n_marked"] else "ok"
    shown = status in ("small", "ok") and n >= thresholds["small_n_counts_only"]
    flags = sorted({flag for text in group["flags"].dropna() for flag in str(text).split(";")})
    rate = x / n if shown else np.nan
    return {"numerator": x, "denominator": n, "rate": rate, "status": status, "flags": ";".join(flags) or None}


def _breaks(table: pd.DataFrame, kinds: pd.Series[str], before: Reference, after: Reference) -> pd.Series[str]:
    pairs = table[KEYS].drop_duplicates().itertuples(index=False, name=None)
    found = {(str(one), str(two)): breaks_between(before, after, str(one), str(two)) for one, two in pairs}
    of_unit = {"merged": (REFORM,), "divided": (REFORM,), "new": (NEW_UNIT,)}
    places = zip(table["indicator"], table["category"], kinds, strict=True)
    marks = [";".join((*found[one, two], *of_unit.get(kind, ()))) or None for one, two, kind in places]
    return pd.Series(marks, index=table.index, dtype="str")


def is_group_only(reference: Reference, indicator: str, category: str) -> bool:
    """Whether units are not compared with themselves in it: money and blood are told of groups."""
    entry = reference.indicators[indicator]
    if entry.direction in GROUP_DIRECTIONS:
        return True
    programme = programme_of(reference, category)
    return programme is not None and not programme.ranked


def _statuses(table: pd.DataFrame, reference: Reference) -> pd.Series[str]:
    """Status of each row; the first that applies."""
    now, then = table["status"], table["status_before"]
    broken = _has(table["breaks"], (FORM, DEFINITION)) | table["apart"]
    exact = now.isin(["ok", "small"]) & then.isin(["ok", "small"])
    changed = _has(table["flags"], (STAFF_CHANGE, "approximate")) | _has(
        table["flags_before"], (STAFF_CHANGE, "approximate")
    )
    pairs = {tuple(pair) for pair in table[KEYS].itertuples(index=False, name=None)}
    grouped = {pair for pair in pairs if is_group_only(reference, *pair)}
    only = [pair in grouped for pair in table[KEYS].itertuples(index=False, name=None)]
    people = table[["denominator", "denominator_before"]].min(axis="columns")
    few = table["share"] & (people < reference.thresholds["small_n_marked"]) | (now == "small") | (then == "small")
    without_rate = table[["rate", "rate_before"]].isna().any(axis="columns")
    cases = [
        (now == "not_submitted", "not_submitted"),
        (broken, "not_comparable"),
        (then == "not_submitted", "not_submitted"),
        ((now == "queried") | (then == "queried"), "queried"),
        (~exact | changed, "not_comparable"),
        (np.asarray(only), "group_only"),
        (few, "small"),
        (without_rate, "not_comparable"),
    ]
    conditions = [np.asarray(case, dtype=bool) for case, _ in cases]
    chosen = np.select(conditions, [name for _, name in cases], "compared")
    return pd.Series(chosen, index=table.index, dtype="str")


def _has(marks: pd.Series[str], words: Iterable[str]) -> pd.Series[bool]:
    listed = marks.astype("str").fillna("").str.split(";")
    return listed.map(lambda found: bool(set(words) & set(found))).astype(bool)


def _with_difference(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """The rows with difference, limits and class."""
    told = table["status"].isin(["compared", "small"]) & table["rate"].notna() & table["rate_before"].notna()
    parts = (table["numerator"] <= table["denominator"]) & (table["numerator_before"] <= table["denominator_before"])
    x1, n1, x2, n2 = (
        table[name].where(told & table["share"] & parts)
        for name in ("numerator", "denominator", "numerator_before", "denominator_before")
    )
    low, high = (np.asarray(limit, dtype="float64") for limit in newcombe_difference(x1, n1, x2, n2, confidence))
    cases = [(table["status"] != "compared").to_numpy() | np.isnan(low), low > 0, high < 0]
    names = pd.Series(np.select(cases, ["", "up", "down"], "no_clear_change"), index=table.index, dtype="str")
    result = table.assign(
        difference=(table["rate"] - table["rate_before"]).where(told), difference_low=low, difference_high=high
    )
    result["class"] = names.where(names != "")
    return result
