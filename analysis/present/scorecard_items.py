"""The table of items on a scorecard: one row of `assessment` -> the texts of one line.

The page goes to the unit itself, so its numbers are whole; a share of fewer people than the house asks for is shown as
its counts, without a percentage.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.present.labels import Words
from analysis.present.numbers import minus
from analysis.reference.scheme_types import DEDUCTIONS, SchemeItem

Row = Mapping[Hashable, Any]
SHARES = ("rate", "share")
OF_POINTS = ("panel", "survey", "group")
EACH_YEAR = "both"
YES_OR_NO = ("yes", "any", "department")


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


def unknown(value: Any) -> bool:
    """Whether a cell of a table holds nothing."""
    return value is None or bool(pd.isna(value))


def item_line(row: Row, item: SchemeItem, words: Words, survey: tuple[float, float] | None = None) -> ItemLine:
    """One item as it is printed; `survey` are those satisfied and asked, where the item is a survey."""
    is_open = bool(row["status"] == "open")
    counts = survey or (row["numerator"], row["denominator"])
    now_open = is_open and unknown(row["value"])
    before_unknown = is_open and not now_open and item.years == EACH_YEAR and unknown(row["last_year"])
    return ItemLine(
        item.code,
        words.pick(item),
        points_text(row, item, words),
        words.say("card.open") if now_open else value_text(row["value"], item, words, *counts),
        threshold_words(item, words),
        value_text(row["peer_median"], item, words),
        words.say("card.open")
        if before_unknown
        else value_text(row["last_year"], item, words, row["last_numerator"], row["last_denominator"]),
        is_open,
    )


def points_text(row: Row, item: SchemeItem, words: Words) -> str:
    """Points of the full mark; for a deduction what is taken off, and at most how much."""
    full = float(row["full"])
    if row["status"] == "open":
        ends = {"low": minus(f"{row['points_low']:.1f}"), "high": minus(f"{row['points_high']:.1f}")}
        phrase = "card.points_open_off" if item.rule in DEDUCTIONS else "card.points_open"
        return words.say(phrase, **ends, full=f"{full:g}")
    if row["status"] == "moved":
        return words.say("card.points_moved", item=item.when_undefined.partition(":")[2])
    if item.rule in DEDUCTIONS:
        return words.say("card.points_off", points=minus(f"{row['points']:.2f}"), least=minus(f"{item.least:g}"))
    return words.say("card.points", points=minus(f"{row['points']:.2f}"), full=f"{full:g}")


def value_text(value: Any, item: SchemeItem, words: Words, numerator: Any = None, denominator: Any = None) -> str:
    """A value with its counts: 52/86 = 60.5%, yes, 4; a dash where there is none.

    A share of fewer than `small_n_counts_only` is its counts alone, one of fewer than `small_n_marked` is marked small.
    """
    if value is None or unknown(value):
        return words.say("card.none")
    if item.source.kind in YES_OR_NO:
        return words.say("card.yes" if value >= 1 else "card.no")
    is_share = item.source.kind in OF_POINTS or (item.source.kind in SHARES and is_fraction(item))
    shown = words.percent(float(value)) if is_share else f"{value:.3g}"
    if numerator is None or unknown(numerator) or unknown(denominator):
        return shown
    counts = {"numerator": f"{numerator:g}", "denominator": f"{denominator:g}"}
    limits = words.reference.thresholds
    if is_share and denominator < limits["small_n_counts_only"]:
        return words.say("card.counts", **counts)
    small = is_share and denominator < limits["small_n_marked"]
    return words.say("card.ratio_small" if small else "card.ratio", **counts, value=shown)


def is_fraction(item: SchemeItem) -> bool:
    """Whether the value of the item is a share of 0 to 1; a floor and a full mark per head or per household are not."""
    return item.high is not None and item.low is not None and max(abs(item.low), abs(item.high)) <= 1


def threshold_words(item: SchemeItem, words: Words) -> str:
    """From where points are earned to where all are."""
    if not item.is_linear or item.low is None or item.high is None:
        return words.say(f"card.rule_{item.rule}")
    ends = [f"{end * 100:g}%" if is_fraction(item) else f"{end:g}" for end in (item.low, item.high)]
    return words.say("card.from_to", low=ends[0], high=ends[1])
