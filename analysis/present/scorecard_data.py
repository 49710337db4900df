"""What stands on the scorecard of one unit, in words: `assessment` and `scorecards` -> one page of texts and numbers.

The page goes to the unit itself, so its numbers are whole. It names no person and gives no rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.measures.gains import Gain
from analysis.measures.reach_class import Advice
from analysis.present.labels import Words
from analysis.present.numbers import minus
from analysis.present.points import gap_text, points_text
from analysis.present.scorecard_items import ItemLine, Row, unknown
from analysis.reference import Unit
from analysis.reference.scheme_types import Scheme

MOST = 3
OPEN = "open_items"  # why there may be no steps, or that they hold whatever is answered
SAME = 0.005  # points that look alike with two decimals
SUMS = ["middle", "points_low", "points_high"]


@dataclass(frozen=True, slots=True)
class PartBar:
    """A bar from 0 to `full` points: `low` and `high` are the bounds of the unit, alike where nothing is open.

    `peers` is the median of the peer group (null: too few to tell), `line` the points to be named or to keep the title (null: none).
    """

    name: str
    text: str
    low: float
    high: float
    full: float
    peers: float
    line: float | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The texts of one page; `notes` stand at the right, `remarks` below the bars."""

    unit_code: str
    title: str
    head: tuple[str, ...]
    total: str
    verdict: str
    parts: tuple[PartBar, ...]
    legend: str
    remarks: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[ItemLine, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    foot: str


def part_sums(table: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    """One row per unit and part: its points with the middle of the bounds for what is open, and the bounds."""
    parts = {item.code: item.part for item in scheme.items}
    middle = table["points"].fillna((table["points_low"] + table["points_high"]) / 2)
    return (
        table.assign(part=table["item"].map(parts), middle=middle)
        .groupby(["unit_code", "part"], sort=False)[SUMS]
        .sum()
        .reset_index()
    )


def told_medians(values: pd.Series, groups: pd.Series, least: int) -> dict[str, float]:
    """The median of each group, null where so few units have a value that it would tell theirs."""
    found = values.groupby(groups)
    medians = found.median().where(found.count() >= least)
    return {str(group): float(median) for group, median in medians.items()}


def part_bars(sums: pd.DataFrame, unit: Unit, scheme: Scheme, groups: Mapping[str, str], words: Words) -> list[PartBar]:
    """The base parts of a unit beside the median of its peer group; `sums` as `part_sums` gives them."""
    same = sums[sums["unit_code"].map(groups) == unit.peer_group]
    medians = told_medians(same["middle"], same["part"], scheme.term.median_min_units)
    own = sums[sums["unit_code"] == unit.code].set_index("part").to_dict("index")
    bars = []
    for part in (part for part in scheme.parts if part.kind == "base"):
        low, high = own[part.code]["points_low"], own[part.code]["points_high"]
        name = words.say("card.part", code=part.code, name=words.pick(part))
        bars.append(PartBar(name, range_text(low, high, part.full, words), low, high, part.full, medians[part.code]))
    return bars


def range_text(low: float, high: float, full: float, words: Words) -> str:
    """Points of the full mark, between their bounds where something is open."""
    if high - low < SAME:
        return words.say("card.points", points=minus(f"{high:.1f}"), full=f"{full:g}")
    return words.say("card.points_between", low=minus(f"{low:.1f}"), high=minus(f"{high:.1f}"), full=f"{full:g}")


def whole_text(low: float, high: float, full: float, words: Words) -> str:
    """The total of the full mark as it stands everywhere, with two decimals that are cut off."""
    least, most = (minus(points_text(end)) for end in (low, high))
    if least == most:
        return words.say("card.points", points=most, full=f"{full:g}")
    return words.say("card.points_between", low=least, high=most, full=f"{full:g}")


def extra_text(sums: pd.DataFrame, unit: Unit, scheme: Scheme, words: Words) -> str:
    """What comes on top of the base parts: bonus and deduction."""
    own = sums[sums["unit_code"] == unit.code].set_index("part").to_dict("index")
    texts = []
    for part in (part for part in scheme.parts if part.kind != "base" and part.code in own):
        low, high = own[part.code]["points_low"], own[part.code]["points_high"]
        ends = {"low": minus(f"{low:.2f}"), "high": minus(f"{high:.2f}")}
        points = ends["high"] if high - low < SAME else words.say("card.range", **ends)
        texts.append(words.say("card.extra", code=part.code, name=words.pick(part), points=points))
    return words.clauses(texts)


def reading_texts(readings: Sequence[Row], words: Words) -> tuple[str, ...]:
    """Both readings of the pairing rule with the points and the total under each; none for a unit without a title."""
    texts = []
    for row in readings:
        met = row["met"]
        state = "open" if unknown(met) else "yes" if met >= 1 else "no"
        totals = {name: points_text(row[f"total_{name}"]) for name in ("low", "high")}
        total = totals["high"] if row["total_high"] - row["total_low"] < SAME else words.say("card.range", **totals)
        points = (
            words.say("card.range", low=minus(f"{row['points_low']:.2f}"), high=minus(f"{row['points_high']:.2f}"))
            if unknown(row["points"])
            else minus(f"{row['points']:.2f}")
        )
        texts.append(
            words.say(
                "card.reading",
                rule=words.say(f"card.reading_{row['pairing_rule']}"),
                force=words.say("card.reading_in_force") if row["in_force"] else "",
                met=words.say(f"card.{state}"),
                points=points,
                full=f"{row['full']:g}",
                total=total,
            )
        )
    return tuple(texts)


def step_texts(advice: Advice, scheme: Scheme, words: Words) -> tuple[str, ...]:
    """The steps to the next class, one a line where they are few, or why there are none.

    While items are open it says first that the questions come first, and that the steps hold whatever is answered.
    """
    if advice.steps:
        result = words.say(f"class.{advice.next_class}")
        texts = [action(step.item, step.count, scheme, words) for step in advice.steps]
        told = "card.gap_open" if advice.why_not == OPEN else "card.gap"
        lines = texts if len(texts) <= MOST else [words.clauses(texts)]
        return (words.say(told, gap=gap_text(advice.gap or 0.0), result=result), *lines)
    return (why_text(advice.why_not, False, words),)


def why_text(why_not: str, has_steps: bool, words: Words) -> str:
    """Why there are no steps, or that open questions come before them; empty for steps while nothing is open."""
    if has_steps:
        return words.say("card.sure_steps") if why_not == OPEN else ""
    return words.say(f"card.why_{why_not or 'out_of_reach'}")


def action(code: str, count: int, scheme: Scheme, words: Words) -> str:
    """What a unit would do on one item: 2 more offices with a target."""
    item = next(item for item in scheme.items if item.code == code)
    return (item.step_zh if words.lang == "zh" else item.step_en).format(n=count)


def strong_points(table: pd.DataFrame, scheme: Scheme, words: Words) -> tuple[str, ...]:
    """The items with all their points that are worth most, at most three."""
    items = {item.code: item for item in scheme.items}
    own = table[(table["full"] > 0) & table["points"].notna()]
    strong = own[own["points"] >= own["full"] - 1e-9].sort_values("full", ascending=False, kind="stable")
    return tuple(words.pick(items[code]) for code in strong["item"].head(MOST))


def gap_texts(gains: Sequence[Gain], scheme: Scheme, words: Words) -> tuple[str, ...]:
    """The items that could bring most, at most three: the exact action, and the points that it would have brought."""
    items = {item.code: item for item in scheme.items}
    return tuple(
        words.say(
            "card.missing",
            item=words.pick(items[gain.item]),
            action=action(gain.item, gain.count, scheme, words),
            points=f"{gain.points:.2f}",
        )
        for gain in gains[:MOST]
    )
