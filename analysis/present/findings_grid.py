"""The sentences above the heat maps C4, S1, S2 and the parts of the score S4, made from their own tables and true of them."""

from __future__ import annotations

import math

import pandas as pd

from analysis.present.chart_tables import ALL_GROUPS
from analysis.present.context import Context
from analysis.present.findings import clearly_above


def medians_finding(table: pd.DataFrame, context: Context) -> str:
    """C4: the programme with groups clearly above and below the others, else that there is none.

    Of several the one with most such groups, of these the first in the table.
    """
    words = context.words
    groups = table[table["peer_group"] != ALL_GROUPS]
    if not (groups["median_status"] == "ok").any():
        return words.say("C4.title_none", n=f"{context.reference.thresholds['compare_min_peers']:.0f}")
    clear = groups[groups["class"].isin(["higher", "lower"])]
    if clear.empty:
        compared = int((groups[groups["median_status"] == "ok"]).groupby("category").size().ge(2).sum())
        if not compared:
            return words.say("C4.title_one")
        return words.say("C4.title_same" if compared > 1 else "C4.title_same_one", n=words.count(compared))
    category = clear["category"].value_counts(sort=False).idxmax()
    named = {
        name: words.join(words.peer_group(str(code)) for code in _groups(clear, str(category), name))
        for name in ("higher", "lower")
    }
    phrase = "C4.title" if all(named.values()) else "C4.title_higher" if named["higher"] else "C4.title_lower"
    return words.say(phrase, category=words.category(str(category)), **named)


def _groups(clear: pd.DataFrame, category: str, name: str) -> list[str]:
    return clear.loc[(clear["category"] == category) & (clear["class"] == name), "peer_group"].tolist()


def subjects_finding(table: pd.DataFrame, context: Context) -> str:
    """S1: the subject that fewest units held; several where they do not differ by more than chance; none where none is behind."""
    words = context.words
    city = table[(table["peer_group"] == ALL_GROUPS) & (table["n_units"] > 0)]
    if city.empty:
        return words.say("S1.title_none")
    if city["n_units"].max() == 1:
        held = words.count(int((city["n_with"] > 0).sum()))
        return words.say("S1.title_one", n=words.count(len(city)), held=held)
    ordered = city.sort_values("share", kind="stable")
    lowest, highest = ordered.iloc[0], ordered.iloc[-1]
    ends = {"n": words.count(len(city)), "low": words.percent(lowest["share"]), "high": words.percent(highest["share"])}
    pairs = math.comb(len(city), 2)
    if lowest["share"] == 1:
        return words.say("S1.title_all", n=ends["n"], units=words.units(int(city["n_units"].max())))
    if not _above(highest, lowest, pairs):
        return words.say("S1.title_same", **ends)
    behind = [row for _, row in ordered.iterrows() if not _above(row, lowest, pairs)]
    most = words.percent(max(float(row["share"]) for row in behind))
    if len(behind) > len(city) / 2:
        ahead = [row for _, row in ordered.iloc[::-1].iterrows() if _above(row, lowest, pairs)]
        names = words.join(words.label(str(row["subject"]), "item") for row in ahead)
        return words.say("S1.title_ahead", names=names, most=most, **ends)
    names = words.join(words.label(str(row["subject"]), "item") for row in behind)
    if len(behind) == 1:
        return words.say("S1.title", names=names, **ends)
    return words.say("S1.title_tie", names=names, most=most, **ends)


def _above(higher: pd.Series, lower: pd.Series, pairs: int) -> bool:
    """Whether more units held the first subject than the second, by more than chance."""
    counts = [pd.Series({"numerator": row["n_with"], "denominator": row["n_units"]}) for row in (higher, lower)]
    return clearly_above(counts[0], counts[1], pairs)


def exemplars_finding(table: pd.DataFrame, context: Context) -> str:
    """S2: how many exemplars, of how many units, and how many cells are filled; numbers are not compared."""
    words = context.words
    is_total = (table["exemplar_level"] == "") | (table["exemplar_kind"] == "")
    whole = table[(table["exemplar_level"] == "") & (table["exemplar_kind"] == "")].iloc[0]
    cells = table[~is_total]
    total, filled = int(whole["n_exemplars"]), int((cells["n_exemplars"] != 0).sum())
    if not total:
        return words.say("S2.title_none")
    if cells["n_exemplars"].isna().all():
        return words.say("S2.title_few", n=words.count(total), units=words.units(int(whole["n_units"])))
    return words.say(
        "S2.title",
        n=words.count(total),
        units=words.units(int(whole["n_units"])),
        filled=words.count(filled),
        cells=words.count(len(cells)),
    )


def parts_finding(table: pd.DataFrame, context: Context) -> str:
    """S4: between which medians the parts of the score lie; no difference is claimed."""
    words = context.words
    city = table[(table["peer_group"] == ALL_GROUPS) & table["median_rate"].notna()]
    if city.empty:
        return words.say("S4.title_none")
    ordered = city.sort_values("median_rate", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    if low["median_rate"] == high["median_rate"]:
        return words.say("S4.title_equal", n=words.count(len(city)), rate=words.percent(float(low["median_rate"])))
    return words.say(
        "S4.title",
        low=words.percent(float(low["median_rate"])),
        low_part=words.label(str(low["score_part"]), "score_part"),
        high=words.percent(float(high["median_rate"])),
        high_part=words.label(str(high["score_part"]), "score_part"),
    )
