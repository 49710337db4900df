"""The sentence above each chart, made from the chart's own table and true of it.

A difference is named only where it exceeds chance: Newcombe's interval of two rates leaves out zero, with limits wide
enough for as many pairs as there were to choose from (Bonferroni), or the comparison of the unit with its peers has put
it outside the widened 99.8% limits.
"""

from __future__ import annotations

import math

import pandas as pd

from analysis.measures.disclosure_tables import median_range, told_limits
from analysis.measures.intervals import newcombe_difference
from analysis.present.chart_tables import ALL_GROUPS, least_for_rate
from analysis.present.context import Context
from analysis.present.labels import Words

ERROR = 0.05  # chance of naming a difference where there is none


def submissions_finding(table: pd.DataFrame, context: Context) -> str:
    """C1: how many reported, how many in time, how many returns were sent back."""
    words = context.words
    city = table[table["peer_group"] == ALL_GROUPS].iloc[0]
    due, submitted, sent_back = int(city["units_due"]), int(city["units_submitted"]), int(city["units_sent_back"])
    return words.say(
        "C1.title_all_one" if submitted == due == 1 else "C1.title_all" if submitted == due else "C1.title",
        due=words.units(due),
        submitted=words.count(submitted) if words.lang == "en" else words.units(submitted),
        on_time=words.percent(city["on_time_share"]),
        sent_back=words.say("C1.sent_back", n=words.units(sent_back)) if sent_back else words.say("C1.none_back"),
    )


def participation_finding(table: pd.DataFrame, context: Context) -> str:
    """C2: the typical unit, and the group whose units differ most, when one does. Hidden numbers speak by their limits."""
    words = context.words
    limits = told_limits(table, context.reference.thresholds["small_n_counts_only"])
    if limits.dropna().empty:
        return words.say("C2.title_none")
    median = median_words(*median_range(limits), words)
    gaps = group_gaps(table, context)
    enough = context.reference.thresholds["about_same_points"]
    if len(gaps) and gaps.iloc[0]["clear"] and gaps.iloc[0]["gap"] - gaps.iloc[1:]["gap_most"].max() >= enough:
        first = gaps.iloc[0]
        gap = words.points(first["gap"])
        gap = gap if first["gap"] == first["gap_most"] else words.say("unit.at_least", value=gap)
        return words.say("C2.title", median=median, group=words.peer_group(first["peer_group"]), gap=gap)
    low, high = words.percent(limits["low"].min()), words.percent(limits["high"].max())
    if len(limits.dropna()) == 1:
        return words.say("C2.title_one", median=median)
    if low == high:
        return words.say("C2.title_equal", median=median)
    no_gap = len(gaps) > 0 and not gaps["clear"].any()
    return words.say("C2.title_same" if no_gap else "C2.title_plain", median=median, low=low, high=high)


def median_words(low: float, high: float, words: Words) -> str:
    """The median, or that it lies between two limits since some counts are not shown."""
    ends = {"low": words.percent(low), "high": words.percent(high)}
    return ends["low"] if ends["low"] == ends["high"] else words.say("C2.median_range", **ends)


def group_gaps(table: pd.DataFrame, context: Context) -> pd.DataFrame:
    """One row per peer group with two units or more that are not small: highest minus lowest rate, widest first.

    `gap` is the least that it can be and `gap_most` the most, where hidden numbers speak by their limits. `clear` tells
    whether highest and lowest differ by more than chance.
    """
    least = context.reference.thresholds["small_n_marked"]
    limits = told_limits(table, least)
    large = table.assign(**limits)[limits["low"].notna() & table["mark"].isin(["solid", "told"])]
    large = large[large["denominator"] >= least]
    rows = []
    for code, units in large.groupby("peer_group", sort=True):
        if len(units) > 1:
            top = units.sort_values("low", ascending=False, kind="stable").iloc[0]
            bottom = units.sort_values("high", ascending=False, kind="stable").iloc[-1]
            gap, most = top["low"] - bottom["high"], units["high"].max() - units["low"].min()
            clear = gap > 0 and clearly_above(_at(top, "low"), _at(bottom, "high"), math.comb(len(units), 2))
            rows.append({"peer_group": code, "gap": gap, "gap_most": most, "clear": clear})
    gaps = pd.DataFrame(rows, columns=["peer_group", "gap", "gap_most", "clear"])
    return gaps.sort_values(["gap", "peer_group"], ascending=[False, True]).reset_index(drop=True)


def _at(unit: pd.Series, end: str) -> pd.Series:
    """The counts of a unit, at one end of what is told of a hidden one."""
    told = unit["numerator"] if pd.notna(unit["numerator"]) else unit[f"people_{end}"]
    return pd.Series({"numerator": told, "denominator": unit["denominator"]})


def clearly_above(higher: pd.Series, lower: pd.Series, n_pairs: int = 1) -> bool:
    """Whether the first rate exceeds the second by more than chance (Newcombe, 95% for `n_pairs` chosen from at once)."""
    counts = [float(row[name]) for row in (higher, lower) for name in ("numerator", "denominator")]
    if counts[0] > counts[1] or counts[2] > counts[3]:
        return False
    x, n, other_x, other_n = counts
    low, _ = newcombe_difference(x, n, other_x, other_n, 1 - ERROR / n_pairs)
    return bool(low > 0)


def categories_finding(table: pd.DataFrame, context: Context) -> str:
    """C3: the service that reaches most people, and the programme that fewest units can compute."""
    words = context.words
    services = table[(table["group"] == "service") & table["rate"].notna()]
    if services.empty:
        return words.say("C3.title_none")
    ordered = services.sort_values("rate", ascending=False, kind="stable")
    top, n = ordered.iloc[0], words.count(len(table))
    names = [words.category(top["category"])]
    rest, n_pairs = ordered.iloc[1:], math.comb(len(ordered), 2)
    names += [words.category(row["category"]) for _, row in rest.iterrows() if not clearly_above(top, row, n_pairs)]
    rate = words.percent(top["rate"])
    if len(ordered) == 1:
        return words.say("C3.title_only", top=names[0], rate=rate)
    if len(names) == len(ordered):
        ends = words.percent_range(float(ordered["rate"].min()), float(top["rate"]))
        return words.say("C3.title_same", k=words.count(len(names)), range=ends)
    if len(names) > 1:
        return words.say("C3.title_tie", n=n, top=words.join(names))
    fewest = table[table["n_valid"] == table["n_valid"].min()]
    if len(fewest) > 1:
        return words.say("C3.title_top", n=n, top=names[0], rate=rate)
    row = fewest.iloc[0]
    phrase, name = "C3.title" if row["n_valid"] else "C3.title_nobody", words.category(row["category"])
    return words.say(phrase, n=n, top=names[0], rate=rate, fewest=name, units=units_of_programme(row, context))


def units_of_programme(row: pd.Series, context: Context) -> str:
    """C3: how many units count; where most have too few people for a rate of their own, how many have enough."""
    words, n_valid, n_large = context.words, int(row["n_valid"]), int(row["n_large"])
    if 2 * n_large >= n_valid:
        return words.units(n_valid)
    least = f"{least_for_rate(str(row['category']), context.reference):.0f}"
    return words.say("C3.valid", units=words.units(n_valid), large=words.count(n_large), least=least)


def volunteers_finding(table: pd.DataFrame, context: Context) -> str:
    """C5: how many units are within the usual range of their peers, and how many clearly outside."""
    words = context.words
    counts = {name: int((table["mark"] == name).sum()) for name in ("near", "higher", "lower")}
    if sum(counts.values()) == 0:
        return words.say("C5.title_none")
    phrase = {
        (True, True): "C5.title",
        (True, False): "C5.title_higher",
        (False, True): "C5.title_lower",
        (False, False): "C5.title_same",
    }[counts["higher"] > 0, counts["lower"] > 0]
    said = words.say(phrase, **{name: count_of(words, name, number) for name, number in counts.items()})
    return words.say("C5.of_told", finding=said) if (table["mark"] == "hidden").any() else said


def count_of(words: Words, name: str, number: int) -> str:
    """So many units; in an English sentence the word stands once only."""
    return words.units(number) if words.lang == "zh" or name == "near" else words.count(number)
