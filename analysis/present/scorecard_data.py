"""What stands on the scorecard of one unit, in words: `assessment` and `scorecards` -> one page of texts and numbers.

The page goes to the unit itself, so its numbers are whole. It names no person and gives no rank.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.measures.reach_class import Advice
from analysis.present.labels import Words
from analysis.reference import Unit
from analysis.reference.scheme_types import Scheme, SchemeItem

Row = Mapping[Hashable, Any]
MOST = 3
SHARES = ("rate", "share")
OF_POINTS = ("panel", "survey", "group")


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One line of the table: texts as they are printed, and whether the item is open."""

    code: str
    name: str
    points: str
    value: str
    threshold: str
    peers: str
    before: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PartBar:
    """The points of a part, of its peers and at most; `low` and `high` are the bounds of the unit."""

    code: str
    name: str
    points: float
    low: float
    high: float
    full: float
    peers: float


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The texts of one page."""

    unit_code: str
    title: str
    head: tuple[str, ...]
    total: str
    verdict: str
    parts: tuple[PartBar, ...]
    legend: str
    columns: tuple[str, ...]
    lines: tuple[ItemLine, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    foot: str


def part_bars(
    table: pd.DataFrame, unit: Unit, scheme: Scheme, groups: Mapping[str, str], words: Words
) -> tuple[PartBar, ...]:
    """The base parts of a unit beside the median of its peer group."""
    parts = {item.code: item.part for item in scheme.items}
    middle = table["points"].fillna((table["points_low"] + table["points_high"]) / 2)
    sums = (
        table.assign(part=table["item"].map(parts), middle=middle)
        .groupby(["unit_code", "part"], sort=False)[["middle", "points_low", "points_high"]]
        .sum()
        .reset_index()
    )
    same = sums[sums["unit_code"].map(groups) == unit.peer_group]
    medians = same.groupby("part")["middle"].median()
    own = sums[sums["unit_code"] == unit.code].set_index("part").to_dict("index")
    return tuple(
        PartBar(
            part.code,
            words.pick(part),
            own[part.code]["middle"],
            own[part.code]["points_low"],
            own[part.code]["points_high"],
            part.full,
            float(medians[part.code]),
        )
        for part in scheme.parts
        if part.kind == "base"
    )


def item_line(row: Row, item: SchemeItem, words: Words) -> ItemLine:
    """One item as it is printed."""
    is_open = bool(row["status"] == "open")
    full = float(row["full"])
    if is_open:
        points = words.say(
            "card.points_open", low=f"{row['points_low']:.1f}", high=f"{row['points_high']:.1f}", full=f"{full:g}"
        )
    elif row["status"] == "moved":
        points = words.say("card.points_moved", item=item.when_undefined.partition(":")[2])
    else:
        points = words.say("card.points", points=f"{row['points']:.2f}", full=f"{full:g}")
    return ItemLine(
        item.code,
        words.pick(item),
        points,
        words.say("card.open")
        if is_open
        else value_text(row["value"], item, words, row["numerator"], row["denominator"]),
        threshold_words(item, words),
        value_text(row["peer_median"], item, words),
        value_text(row["last_year"], item, words),
        is_open,
    )


def value_text(value: Any, item: SchemeItem, words: Words, numerator: Any = None, denominator: Any = None) -> str:
    """A value with its counts: 52/86 = 60.5%, yes, 4; a dash where there is none."""
    if value is None or pd.isna(value):
        return words.say("card.none")
    if item.source.kind in ("yes", "any", "department"):
        return words.say("card.yes" if value >= 1 else "card.no")
    is_share = item.source.kind in OF_POINTS or (item.source.kind in SHARES and _is_fraction(item))
    shown = words.percent(float(value)) if is_share else f"{value:.3g}"
    if numerator is None or pd.isna(numerator) or pd.isna(denominator):
        return shown
    if is_share and denominator < words.reference.thresholds["small_n_counts_only"]:
        return words.say("card.counts", numerator=f"{numerator:g}", denominator=f"{denominator:g}")
    return words.say("card.ratio", numerator=f"{numerator:g}", denominator=f"{denominator:g}", value=shown)


def _is_fraction(item: SchemeItem) -> bool:
    return item.high is not None and item.low is not None and max(abs(item.low), abs(item.high)) <= 1


def threshold_words(item: SchemeItem, words: Words) -> str:
    """From where points are earned to where all are."""
    if item.rule != "linear" or item.low is None or item.high is None:
        return words.say(f"card.rule_{item.rule}")
    ends = [f"{end * 100:g}%" if _is_fraction(item) else f"{end:g}" for end in (item.low, item.high)]
    return words.say("card.from_to", low=ends[0], high=ends[1])


def step_texts(advice: Advice, scheme: Scheme, words: Words) -> tuple[str, ...]:
    """The steps to the next class, or why there are none."""
    items = {item.code: item for item in scheme.items}
    if advice.steps:
        texts = [
            (items[step.item].step_zh if words.lang == "zh" else items[step.item].step_en).format(n=step.count)
            for step in advice.steps
        ]
        result = words.say(f"class.{advice.next_class}")
        return (words.say("card.gap", gap=f"{advice.gap:.2f}", result=result), *texts)
    return (words.say(f"card.why_{advice.why_not or 'out_of_reach'}"),)


def strong_and_weak(table: pd.DataFrame, scheme: Scheme, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The items that lie furthest above the middle of the peers in their share of points, and those with most to gain."""
    items = {item.code: item for item in scheme.items}
    own = table[(table["full"] > 0) & table["points"].notna()]
    share = own["points"] / own["full"]
    strong = own[share == 1].sort_values("full", ascending=False, kind="stable")["item"].head(MOST)
    own = own[own["item"].map(lambda code: scheme.part_kind(items[code].part) == "base").astype("bool")]
    missing = (own["full"] - own["points"]).rename("missing")
    weak = own.assign(missing=missing)[missing > 0].sort_values("missing", ascending=False, kind="stable").head(MOST)
    gaps = [
        words.say("card.missing", item=words.pick(items[code]), points=f"{points:.2f}")
        for code, points in zip(weak["item"], weak["missing"], strict=True)
    ]
    return tuple(words.pick(items[code]) for code in strong), tuple(gaps)
