"""What the draft of the circular says is counted here: units with something to mend, and the word for how many they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analysis.present.context import Context
from analysis.present.save_charts import CHARTS, Tables
from analysis.reference import Reference

KNOWN = ("ok", "small", "approximate")


@dataclass(frozen=True)
class Counted:
    """`n` units of the `of` that can be judged; `phrase` says what holds for them."""

    phrase: str
    n: int
    of: int


Count = Callable[[Tables, Reference], Counted]


def problems(tables: Tables, context: Context) -> list[Counted]:
    """What was found with any unit, in the order of the seed: practice, pairing, institutions, rectification, returns."""
    reference = context.reference
    found = [count(tables, reference) for count in PROBLEMS]
    return [one for one in found if one.n]


def told(counted: Counted, context: Context) -> str:
    """The sentence: word, number, share of those that can be judged, and what holds for them."""
    words = context.words
    kind = words.share_kind(counted.n, counted.of)
    return words.say(
        "circular.problem" if kind else "circular.problem_plain",
        word=words.say(f"circular.{kind}") if kind else "",
        n=words.units(counted.n),
        of=words.units(counted.of),
        share=words.percent(counted.n / counted.of),
        what=words.say(
            f"circular.problem_{counted.phrase}",
            months=words.count(context.reference.thresholds["service_months_few"]),
        ),
    )


def who_sent(counted: Counted, context: Context) -> list[str]:
    """Why more units can be judged by what they sent than have reported: the files of some could not be used."""
    words, extra = context.words, counted.of - context.units_submitted
    if counted.phrase != "asked" or extra <= 0:
        return []
    reported = words.units(context.units_submitted)
    return [words.say("circular.sent_unused", of=words.units(counted.of), reported=reported, n=words.units(extra))]


def by_rate(phrase: str, indicator: str, holds: Callable[[pd.DataFrame, Reference], pd.Series[bool]]) -> Count:
    """Counts the units of which something holds, among those whose figure is known."""

    def count(tables: Tables, reference: Reference) -> Counted:
        rates = tables["rates"]
        rows = rates[(rates["indicator"] == indicator) & rates["status"].isin(KNOWN) & rates["numerator"].notna()]
        return Counted(phrase, int(holds(rows, reference).sum()), len(rows))

    return count


def below_peers(tables: Tables, reference: Reference) -> Counted:
    """Units clearly below their peers in active volunteers, among those compared; as far as it may be told."""
    marks = CHARTS["C5"].table(tables, reference)["mark"]
    return Counted("below", int((marks == "lower").sum()), int(marks.isin(["near", "higher", "lower"]).sum()))


def late(tables: Tables, reference: Reference) -> Counted:
    """Units that did not report in time, among all that are due."""
    city = CHARTS["C1"].table(tables, reference).iloc[-1]
    return Counted("late", int(city["late"] + city["returned"] + city["not_submitted"]), int(city["units_due"]))


def asked(tables: Tables, _: Reference) -> Counted:
    """Units with an open question, among those that have sent anything."""
    queries = tables["queries"]
    names = set(queries.loc[queries["state"] == "open", "unit_code"].dropna())
    return Counted("asked", len(names), len(names | set(tables["submissions"]["unit_code"].dropna())))


PROBLEMS: tuple[Count, ...] = (
    by_rate("months", "I08", lambda rows, known: rows["numerator"] < known.thresholds["service_months_few"]),
    below_peers,
    by_rate("pairing", "I13", lambda rows, _: rows["numerator"] < rows["denominator"]),
    by_rate("institutions", "I23", lambda rows, _: rows["numerator"] < rows["denominator"]),
    by_rate("overdue", "I26", lambda rows, _: rows["numerator"] > 0),
    late,
    asked,
)
SHARES: Mapping[str, str] = MappingProxyType(
    {"I13": "pairing", "I22": "institutions", "I25": "rectified", "I29": "targets"}
)


def city_shares(tables: Tables, context: Context) -> list[str]:
    """Completion in the whole city, of what is counted in cases and not in people; without what is unknown."""
    words = context.words
    if "group_rates" not in tables:
        return []
    groups = tables["group_rates"]
    of_all = groups[(groups["peer_group"].fillna("") == "") & (groups["category"].fillna("") == "")]
    city = {str(row["indicator"]): row for row in of_all.to_dict("records") if row["status"] in KNOWN}
    return [
        words.say(
            f"circular.share_{name}",
            done=words.count(city[indicator]["numerator"]),
            of=words.count(city[indicator]["denominator"]),
            share=words.percent(city[indicator]["pooled_rate"]),
        )
        for indicator, name in SHARES.items()
        if indicator in city
    ]
