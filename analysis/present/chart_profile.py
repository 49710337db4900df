"""One unit: its shares of people beside the medians of its peers, one line a figure. Drawn of the table `profile`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.present.chart_frame import (
    ACCENT,
    DARK,
    INK,
    LIGHT,
    MARGIN,
    MIDDLE,
    WIDTH,
    Texts,
    framed,
    in_house_style,
    inch_axes,
    wrap,
)
from analysis.present.context import Context
from analysis.present.unit_profile import PERCENT

ROW, AXIS = 0.42, 0.5
LABELS, RIGHT = 2.9, 2.6
COMPARED = ("higher", "near", "lower")


def profile_rows(table: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The rows of `profile` that the chart shows: shares of people on which units may be compared."""
    reference = context.reference
    never = {programme.code for programme in reference.categories if not programme.ranked}
    indicators = [reference.indicators[str(code)] for code in table["indicator"]]
    fits = [one.share_of_people and one.ranked and one.unit == PERCENT for one in indicators]
    return table[pd.Series(fits, index=table.index, dtype="bool") & ~table["category"].isin(never)]


def profile_finding(table: pd.DataFrame, unit_code: str, context: Context) -> str:
    """On how many figures the unit is clearly above its peers, near them, clearly below."""
    rows, words = profile_rows(table, context), context.words
    counts = {name: int((rows["class"] == name).sum()) for name in COMPARED}
    name = context.reference.unit(unit_code).short_name
    if not sum(counts.values()):
        return words.say("profile.title_none", name=name)
    return words.say("profile.title", name=name, **{key: words.count(number) for key, number in counts.items()})


@in_house_style
def chart_profile(table: pd.DataFrame, unit_code: str, context: Context) -> Figure:
    """The figure; what has no rate, or one that must not be shown, is said in words."""
    words, rows = context.words, profile_rows(table, context)
    group = words.peer_group(context.reference.unit(unit_code).peer_group)
    texts = Texts(
        profile_finding(table, unit_code, context),
        words.say("profile.subtitle", year=context.reference.year, group=group),
        context.foot(words.say("profile.note"), words.say("foot.full_count")),
    )
    figure, span = framed(texts, AXIS + ROW * max(1, len(rows)))
    axes, height = inch_axes(figure, span)
    _axis(axes, height - ROW * max(1, len(rows)), height, context)
    for place, row in enumerate(rows.to_dict("records")):
        _row(axes, height - ROW * (place + 0.5), row, context)
    return figure


def _place(rate: float) -> float:
    left, right = MARGIN + LABELS, WIDTH - MARGIN - RIGHT
    return left + (right - left) * min(rate, 1.0)


def _axis(axes: Axes, bottom: float, top: float, context: Context) -> None:
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        axes.plot([_place(tick)] * 2, [bottom, top], color="#e3e3e3", linewidth=0.8, zorder=0)
        axes.text(_place(tick), bottom - 0.06, f"{tick * 100:.0f}", ha="center", va="top", fontsize=9, color="#595959")
    axes.text(_place(0.5), bottom - 0.25, context.words.say("profile.axis"), ha="center", va="top", fontsize=9.5)


def _row(axes: Axes, centre: float, row: Mapping[Hashable, Any], context: Context) -> None:
    """Name at the left, dot of the unit and line of the median, figures in words at the right."""
    words = context.words
    name = wrap(words.figure(row["indicator"], row["category"]), 10, LABELS - 0.2)
    axes.text(MARGIN, centre, "\n".join(name[:2]), va="center", fontsize=10 if len(name) == 1 else 8.5, color=INK)
    ends = (_place(0.0), _place(1.0))
    axes.plot(ends, (centre, centre), color=LIGHT, linewidth=0.8, zorder=0)
    median, rate = row["peer_median"], row["rate"]
    if pd.notna(median):
        axes.plot([_place(median)] * 2, [centre - 0.13, centre + 0.13], color=INK, linewidth=2, zorder=2)
    if pd.notna(rate):
        clear = row["class"] in ("higher", "lower")
        colour = ACCENT if clear else MIDDLE
        shape = {"higher": "^", "lower": "v"}.get(str(row["class"]), "o")
        face = "white" if row["status"] == "small" else colour
        axes.plot(
            _place(rate),
            centre,
            shape,
            markersize=7.5,
            color=colour,
            markerfacecolor=face,
            markeredgewidth=1.2,
            zorder=3,
        )
    axes.text(_place(1.0) + 0.2, centre, _said(row, context), va="center", fontsize=9.5, color=DARK)


def _said(row: Mapping[Hashable, Any], context: Context) -> str:
    """Rate and median in words, or why there is no rate."""
    words = context.words
    if pd.notna(row["hidden"]):
        own = words.say("profile.hidden")
    elif pd.isna(row["rate"]):
        own = words.label(str(row["status"]), "status")
    else:
        own = words.percent(float(row["rate"]))
    if pd.isna(row["peer_median"]):
        return own
    return words.say("profile.beside", own=own, median=words.percent(float(row["peer_median"])))
