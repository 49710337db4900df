"""The sentence above each chart, made from the chart's own table and true of it.

A difference is named only where it exceeds chance: Newcombe's interval of two rates leaves out zero, or the comparison
of the unit with its peers has put it outside the widened 99.8% limits.
"""

from __future__ import annotations

import pandas as pd

from analysis.measures.intervals import newcombe_difference
from analysis.present.chart_tables import ALL_GROUPS
from analysis.present.context import Context
from analysis.present.labels import Words


def submissions_finding(table: pd.DataFrame, context: Context) -> str:
    """C1: how many reported, how many in time, how many returns were sent back."""
    words = context.words
    city = table[table["peer_group"] == ALL_GROUPS].iloc[0]
    due, submitted, sent_back = int(city["units_due"]), int(city["units_submitted"]), int(city["units_sent_back"])
    return words.say(
        "C1.title_all" if submitted == due else "C1.title",
        due=words.units(due),
        submitted=words.count(submitted) if words.lang == "en" else words.units(submitted),
        on_time=words.percent(city["on_time_share"]),
        sent_back=words.say("C1.sent_back", n=words.units(sent_back)) if sent_back else words.say("C1.none_back"),
    )


def participation_finding(table: pd.DataFrame, context: Context) -> str:
    """C2: the typical unit, and the group whose units differ most, when one does."""
    words = context.words
    rates = table["rate"].dropna()
    if rates.empty:
        return words.say("C2.title_none")
    gaps = group_gaps(table, context)
    enough = context.reference.thresholds["about_same_points"]
    if len(gaps) > 1 and gaps.iloc[0]["gap"] - gaps.iloc[1]["gap"] >= enough and gaps.iloc[0]["clear"]:
        group, gap = gaps.iloc[0]["peer_group"], gaps.iloc[0]["gap"]
        return words.say(
            "C2.title", median=words.percent(rates.median()), group=words.peer_group(group), gap=words.points(gap)
        )
    low, high = words.percent(rates.min()), words.percent(rates.max())
    return words.say("C2.title_plain", median=words.percent(rates.median()), low=low, high=high)


def group_gaps(table: pd.DataFrame, context: Context) -> pd.DataFrame:
    """One row per peer group with two units or more that are not small: highest minus lowest rate, widest first.

    `clear` tells whether highest and lowest differ by more than chance.
    """
    large = table[(table["mark"] == "solid") & (table["denominator"] >= context.reference.thresholds["small_n_marked"])]
    rows = []
    for code, units in large.groupby("peer_group", sort=True):
        ordered = units.sort_values("rate", ascending=False, kind="stable")
        if len(ordered) > 1:
            top, bottom = ordered.iloc[0], ordered.iloc[-1]
            rows.append({"peer_group": code, "gap": top["rate"] - bottom["rate"], "clear": clearly_above(top, bottom)})
    gaps = pd.DataFrame(rows, columns=["peer_group", "gap", "clear"])
    return gaps.sort_values(["gap", "peer_group"], ascending=[False, True]).reset_index(drop=True)


def clearly_above(higher: pd.Series, lower: pd.Series) -> bool:
    """Whether the first rate exceeds the second by more than chance (Newcombe, 95%)."""
    counts = [float(row[name]) for row in (higher, lower) for name in ("numerator", "denominator")]
    if counts[0] > counts[1] or counts[2] > counts[3]:
        return False
    low, _ = newcombe_difference(*counts)
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
    names += [words.category(row["category"]) for _, row in ordered.iloc[1:].iterrows() if not clearly_above(top, row)]
    if len(names) > 1:
        return words.say("C3.title_tie", n=n, top=words.join(names))
    rate = words.percent(top["rate"])
    fewest = table[table["n_valid"] == table["n_valid"].min()]
    if len(fewest) > 1:
        return words.say("C3.title_top", n=n, top=names[0], rate=rate)
    units = words.units(int(fewest.iloc[0]["n_valid"]))
    fewest_name = words.category(fewest.iloc[0]["category"])
    return words.say("C3.title", n=n, top=names[0], rate=rate, fewest=fewest_name, units=units)


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
    return words.say(phrase, **{name: count_of(words, name, number) for name, number in counts.items()})


def count_of(words: Words, name: str, number: int) -> str:
    """So many units; in an English sentence the word stands once only."""
    return words.units(number) if words.lang == "zh" or name == "near" else words.count(number)
