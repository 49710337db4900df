"""The sentences above C8, C9 and S3, made from their own tables and true of them."""

from __future__ import annotations

import pandas as pd

from analysis.measures.pairing_judging import ANY
from analysis.present.context import Context
from analysis.present.labels import Words
from analysis.present.list_tables import FORCE


def pairing_finding(table: pd.DataFrame, context: Context) -> str:
    """C8: how many titled units have what the rule wants, and how many households left hardship."""
    words = context.words
    city = table[table["title_level"] == ""].iloc[0]
    n = int(city["n_units"])
    if not n:
        return words.say("C8.title_none")
    rule = context.reference.pairing_rule
    paired = int(city["both"]) + (int(city["one"]) if rule == ANY else 0)
    phrase = f"C8.{'all' if paired == n else 'some' if paired else 'no'}_{'any' if rule == ANY else 'both'}"
    if n == 1:
        phrase += "_one"
    said = words.say(
        phrase, n=words.units(n), paired=words.count(paired) if words.lang == "en" else words.units(paired)
    )
    silent = int(city["not_submitted"])
    if silent == n:
        return words.say("C8.title_silent_one" if n == 1 else "C8.title_silent", n=words.units(n))
    if silent:
        said = words.say("C8.silent", paired=said, n=words.units(silent))
    return words.say("C8.title", paired=said, exits=_exits(city, words))


def _exits(city: pd.Series, words: Words) -> str:
    if pd.isna(city["households"]) or pd.isna(city["exits"]):
        return words.say("C8.exits_withheld")
    if not city["households"]:
        return words.say("C8.exits_none")
    values = {"n": words.count(city["exits"]), "households": words.count(city["households"])}
    if pd.isna(city["exit_rate"]):
        return words.say("C8.exits_counts", **values)
    return words.say("C8.exits_rate", rate=words.percent(city["exit_rate"]), **values)


def problems_finding(table: pd.DataFrame, context: Context) -> str:
    """C9: how many problems, what share of those due was closed in time, and how many units have overdue ones."""
    words = context.words
    city = table[table["problem_source"] == ""].iloc[0]
    n, overdue = int(city["n_problems"]), int(city["overdue"])
    if not n:
        return words.say("C9.title_none")
    if not city["due"]:
        in_time = words.say("C9.nothing_due")
    else:
        in_time = words.say("C9.in_time_share", share=words.percent(city["in_time_share"]))
    late = words.say("C9.none_overdue")
    if overdue:
        units = words.some_units(int(city["units_overdue"]), int(city["n_units"]))
        late = words.say("C9.overdue_one" if overdue == 1 else "C9.overdue_many", units=units, n=words.count(overdue))
    head = words.say("C9.problems_one" if n == 1 else "C9.problems", n=words.count(n))
    return words.say("C9.title", problems=head, in_time=in_time, late=late)


def institutions_finding(table: pd.DataFrame, context: Context) -> str:
    """S3: how many of the units that reported have all of the institutions in force."""
    words = context.words
    names = institution_columns(table)
    sent = table[(table[names] != "not_submitted").all(axis="columns")]
    if sent.empty:
        return words.say("S3.title_none")
    n, full = len(sent), int((sent[names] == "in_force").all(axis="columns").sum())
    values = {"n": words.units(n), "wanted": words.count(len(names))}
    if full == n:
        return words.say("S3.title_all_one" if n == 1 else "S3.title_all", **values)
    rest = words.some_units(n - full, n)
    shown = words.count(full) if words.lang == "en" else words.units(full)
    return words.say("S3.title_one" if n == 1 else "S3.title", full=shown, rest=rest, **values)


def institution_columns(table: pd.DataFrame) -> list[str]:
    """The columns of the institutions."""
    return [str(name) for name in table.columns if str(name).startswith(FORCE)]
