"""The sentences above C6 and C7, made from the charts' own tables and true of them.

A unit has risen or fallen only where Newcombe's 99.8% interval of its two years leaves out zero, a pooled rate by 95%. Person-times come in groups,
so chance is judged over units: March stands out when clearly more than half of them did more than a twelfth in it.
"""

from __future__ import annotations

import pandas as pd

from analysis.measures.intervals import wilson_interval
from analysis.measures.month_lines import MARCH
from analysis.present.change_tables import EVEN
from analysis.present.context import Context
from analysis.present.labels import Words

APRIL = MARCH + 1


def change_finding(table: pd.DataFrame, context: Context) -> str:
    """C6: how many units moved by more than chance, and the pooled figure, unless its groups contradict it."""
    words = context.words
    compared = int(table["mark"].isin(["clear", "same"]).sum())
    if not compared:
        return words.say("C6.title_none")
    counts = {name: int(((table["mark"] == "clear") & (table["class"] == name)).sum()) for name in ("up", "down")}
    phrase = {
        (True, True): "C6.title",
        (True, False): "C6.title_up",
        (False, True): "C6.title_down",
        (False, False): "C6.title_same",
    }[counts["up"] > 0, counts["down"] > 0]
    numbers = {
        name: words.units(number) if words.lang == "zh" else words.count(number) for name, number in counts.items()
    }
    said = words.say(
        "C6.title_same_one" if phrase == "C6.title_same" and compared == 1 else phrase,
        n=words.units(compared),
        **numbers,
    )
    if ((table["mark"] == "hidden") & (table["unit_code"] != "")).any():
        said = words.say("C5.of_told", finding=said)
    return words.say("C6.both", units=said, city=city) if (city := pooled_change(table, words)) else said


def pooled_change(table: pd.DataFrame, words: Words) -> str:
    """What the pooled rate of the units of both years did; empty where there is none, or it is that of a single unit."""
    if (table["mark"] == "reversed").any():
        return words.say("C6.reversed")
    city = table[table["mark"] == "total"]
    if city.empty or city.iloc[0]["n_units"] == 1:
        return ""
    row = city.iloc[0]
    return words.say(f"C6.city_{row['class']}", points=words.points(abs(float(row["difference"]))))


def months_finding(table: pd.DataFrame, context: Context) -> str:
    """C7: the share of March, whether it stands out, and whether April falls back."""
    words = context.words
    if table["share"].isna().all():
        return words.say("C7.title_none")
    march, april = (table.loc[table["month"] == month].iloc[0] for month in (MARCH, APRIL))
    judged = int(march["units_judged"])
    if not most(judged, judged):
        return words.say("C7.title_few", march=words.percent(march["share"]), units=words.units(judged))
    phrase = "C7.title_even"
    if stands_out(march):
        phrase = "C7.title" if falls_back(april) and april["share"] < march["share"] else "C7.title_march"
    shares = {
        "march": words.percent(march["share"]),
        "april": words.percent(april["share"]),
        "even": words.percent(EVEN),
    }
    return words.say(phrase, **shares)


def stands_out(month: pd.Series) -> bool:
    """Whether clearly more than half of the units did more than a twelfth of their service in the month."""
    return bool(month["share"] > EVEN) and most(month["units_above_even"], month["units_judged"])


def falls_back(month: pd.Series) -> bool:
    """Whether clearly more than half of the units whose two months differ did less in this one than in March."""
    fewer, more = float(month["units_below_march"]), float(month["units_above_march"])
    return most(fewer, fewer + more)


def most(some: float, of: float) -> bool:
    """Whether the lower Wilson limit (95%) of a share of units lies above one half."""
    return bool(of) and bool(wilson_interval(float(some), float(of))[0] > 1 / 2)
