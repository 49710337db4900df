"""C10: what is proposed for each unit, in the order of protocol: level, points with their range, peers, remarks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.measures.proposal import LISTS, PENDING
from analysis.measures.scorecards import NONE, PASSES
from analysis.present.assessment_words import UNCLEAR, applied_codes, is_unsettled, line_text, points_range
from analysis.present.chart_frame import (
    ACCENT,
    DARK,
    INK,
    LIGHT,
    MARGIN,
    MIDDLE,
    Texts,
    framed,
    in_house_style,
    inch_axes,
)
from analysis.present.context import Context
from analysis.present.points import cut_points, peers_text
from analysis.reference import Reference

ROW, HEADING = 0.205, 0.34
LEFT = {
    **{"order": 0.0, "unit": 0.4, "level": 2.1, "points": 3.85, "line": 4.7},
    **{"strip": 5.25, "peers": 7.25, "remarks": 7.8},
}
STRIP_WIDTH = 1.85
LOWEST, HIGHEST = 40.0, 105.0
ENDS = ("class_low", "class_high")
OPEN = "open_items"  # told by the range, and by the list of open units


def assessment_table(tables: Mapping[str, pd.DataFrame], reference: Reference) -> pd.DataFrame:
    """One row per unit that is proposed for something, in the order of its list.

    `peer_median` is the median total of its peer group, the middle of the bounds standing for a total that is open,
    null for fewer units than a comparison needs;
    `applied_level` is `unclear` where the unit said nothing clear, and so are its classes then where it holds no title.
    Points have two decimals (`cut_points`), so that neither the table nor the place of a mark in the drawing tells
    more.
    """
    cards = tables["scorecards"]
    units = {unit.code: unit for unit in reference.units}
    middle = cards["total"].fillna((cards["total_low"] + cards["total_high"]) / 2)
    groups = cards["unit_code"].map({code: unit.peer_group for code, unit in units.items()})
    peers = middle.groupby(groups)
    medians = peers.transform("median").where(peers.transform("count") >= reference.thresholds["compare_min_peers"])
    names = cards["unit_code"].map({code: unit.short_name for code, unit in units.items()})
    applied = applied_codes(cards)
    ends = {end: cards[end].mask(applied.eq(UNCLEAR) & cards[end].eq(NONE), UNCLEAR) for end in ENDS}
    known = cards.drop(columns="applied_clear").assign(
        applied_level=applied, short_name=names, peer_group=groups, peer_median=medians, **ends
    )
    listed = tables["decisions"][["list", "order", "unit_code"]]
    return cut_points(listed.merge(known, on="unit_code", how="left", validate="one_to_one"))


def assessment_finding(table: pd.DataFrame, context: Context) -> str:
    """How many units are proposed for what; lists without units are left out."""
    words = context.words
    counts = table["list"].value_counts()
    parts = [
        words.say(f"C10.{name}", n=words.units(int(counts[name])))
        for name in (*dict.fromkeys(LISTS.values()), PENDING)
        if name in counts.index
    ]
    return words.join(parts) if parts else words.say("C10.title_none")


@in_house_style
def chart_assessment(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of `assessment_table`."""
    words = context.words
    texts = Texts(
        assessment_finding(table, context),
        words.say("C10.subtitle", year=context.reference.year),
        context.foot(words.say("C10.note"), words.say("C10.no_order")),
    )
    lists = list(dict.fromkeys(table["list"]))
    figure, span = framed(texts, ROW * len(table) + HEADING * (len(lists) + 1))
    axes, top = inch_axes(figure, span)
    _headings(axes, top - HEADING / 2, context)
    y = top - HEADING
    for name in lists:
        rows = table[table["list"] == name]
        axes.text(
            MARGIN,
            y - HEADING / 2,
            words.say(f"C10.list_{name}", n=words.units(len(rows))),
            va="center",
            fontsize=10.5,
            color=DARK,
        )
        y -= HEADING
        for row in rows.to_dict("records"):
            y -= ROW
            _row(axes, y + ROW / 2, row, context)
    return figure


def _headings(axes: Axes, y: float, context: Context) -> None:
    for name, left in LEFT.items():
        axes.text(MARGIN + left, y, context.words.say(f"C10.column_{name}"), va="center", fontsize=8.5, color="#6e6e6e")


def _row(axes: Axes, y: float, row: Mapping[Hashable, Any], context: Context) -> None:
    words = context.words
    is_open = is_unsettled(row)
    level = words.say(
        "C10.level",
        held=words.label(str(row["title_level"]), "title_level"),
        applied=words.label(str(row["applied_level"]), "applied_level"),
    )
    texts = {
        "order": words.count(float(row["order"])),
        "unit": str(row["short_name"]),
        "level": level,
        "points": points_range(row, words),
        "line": "" if pd.isna(row["line"]) else line_text(row["line"]),
        "peers": peers_text(row["peer_median"]),
        "remarks": words.join(_remarks(row, context)),
    }
    for name, text in texts.items():
        axes.text(
            MARGIN + LEFT[name],
            y,
            text,
            va="center",
            fontsize=8.5,
            color=ACCENT if is_open and name == "points" else INK,
        )
    _strip(axes, y, row, is_open)


def _remarks(row: Mapping[Hashable, Any], context: Context) -> Iterator[str]:
    words = context.words
    if isinstance(row["veto"], str) and row["veto"]:
        yield words.say("C10.veto", cases=row["veto"].replace(";", "、"))
    if row["borderline"]:
        share = row["p_class"]
        yield words.say("C10.borderline") if pd.isna(share) else words.say("C10.sure", share=words.percent(share))
    reasons = row["reasons"] if isinstance(row["reasons"], str) else ""
    told = (reason for reason in reasons.split(";") if reason and reason != OPEN and not reason.startswith("veto_"))
    yield from (words.say(f"reason.{reason}") for reason in told)


def _strip(axes: Axes, y: float, row: Mapping[Hashable, Any], is_open: bool) -> None:
    """The points as a dot, the range as a line, the line to be reached as a mark."""
    left = MARGIN + LEFT["strip"]

    def place(points: float) -> float:
        return left + STRIP_WIDTH * (min(max(points, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)

    axes.plot([left, left + STRIP_WIDTH], [y, y], color=LIGHT, linewidth=0.6, zorder=0)
    axes.plot([place(row["line"])] * 2, [y - 0.075, y + 0.075], color=MIDDLE, linewidth=1.2, zorder=1)
    ends = [place(row["total_low"]), place(row["total_high"])]
    if is_open:  # with marks at both ends: a range of a tenth of a point would not be seen
        axes.plot(ends, [y, y], "|-", color=ACCENT, linewidth=1.8, markersize=5)
    else:
        total = row["total_high"] if pd.isna(row["total"]) else row["total"]
        passed = row["class_low"] in PASSES
        axes.plot(
            place(total),
            y,
            "o",
            markersize=4.2,
            color=DARK,
            markerfacecolor=DARK if passed else "white",
            zorder=3,
        )
