"""C6: overall participation of two years, one dumbbell for the city, each group and each unit that clearly moved."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.present.chart_frame import (
    ACCENT,
    DARK,
    INK,
    MARGIN,
    MIDDLE,
    WIDTH,
    Texts,
    balanced,
    framed,
    in_house_style,
    inch_axes,
    text_width,
)
from analysis.present.context import Context
from analysis.present.findings_change import change_finding
from analysis.present.numbers import signed

ROW, BAND, AXIS, KEY = 0.36, 0.4, 0.55, 0.34
LABELS, RIGHT = 2.6, 2.35
MOST_ROWS = 24  # units drawn; the rest stands in the table
WHOLES = ("total", "group")
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # keeps the lines of the axis out of the words
Row = Mapping[Hashable, Any]


@in_house_style
def chart_change(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of the table of `change_table`: the wholes first (the city only where its groups agree), then the units that moved by more than chance."""
    words, year = context.words, context.reference.year
    wholes = table[table["mark"].isin(WHOLES)]
    clear = table[table["mark"] == "clear"]
    units = drawn_units(clear[clear["difference"].notna()])
    texts = Texts(
        change_finding(table, context),
        words.say("C6.subtitle" if len(units) else "C6.subtitle_none", year=year, before=year - 1),
        context.foot(*notes(table, len(clear) - len(units), context), *context.still_open("I02")),
    )
    accent = "group" if (table["mark"] == "reversed").any() else "total"
    parts = [("wholes", wholes), ("units", units)]
    height_needed = KEY + AXIS + BAND * len(parts) + ROW * max(1, len(wholes)) + ROW * max(1, len(units))
    figure, span = framed(texts, height_needed)
    axes, height = inch_axes(figure, span)
    low = axis_start(pd.concat([wholes, units]))
    draw_key(axes, height - KEY / 2, context)
    draw_axis(axes, AXIS, height - KEY, low, context)
    top = height - KEY
    for name, rows in parts:
        axes.text(MARGIN, top - BAND / 2, words.say(f"C6.{name}"), va="center", fontsize=10, color="#595959")
        top -= BAND
        if rows.empty:
            nothing = words.say(f"C6.no_{name}")
            axes.text(MARGIN + LABELS + 0.1, top - ROW / 2, nothing, va="center", fontsize=9.5, color=DARK, bbox=PAPER)
            top -= ROW
        for row in rows.to_dict("records"):
            draw_row(axes, top - ROW / 2, row, low, row["mark"] == accent, context)
            top -= ROW
    return figure


def drawn_units(clear: pd.DataFrame) -> pd.DataFrame:
    """The units to be drawn, in the order of the table: all, or those that moved furthest."""
    furthest = clear["difference"].astype("float64").abs().sort_values(ascending=False, kind="stable").index[:MOST_ROWS]
    return clear[clear.index.isin(furthest)]


def notes(table: pd.DataFrame, left_out: int, context: Context) -> list[str]:
    """What the foot says: the rule of a clear move, units not compared, rows left to the table, names."""
    words = context.words
    not_compared = int((table["mark"] == "none").sum())
    withheld = int(((table["mark"] == "hidden") & (table["unit_code"] != "")).sum())
    said = [words.say("C6.note")]
    said += [words.say("C6.withheld", n=words.units(withheld))] if withheld else []
    said += [words.say("C6.withheld_group")] if ((table["mark"] == "hidden") & (table["unit_code"] == "")).any() else []
    said += [words.say("C6.fell")] if ((table["mark"] == "clear") & (table["class"] == "down")).any() else []
    said += [words.say("C6.reversed_note")] if (table["mark"] == "reversed").any() else []
    said += [words.say("C6.not_compared", n=words.units(not_compared))] if not_compared else []
    said += [words.say("C6.left_out", n=words.units(left_out))] if left_out else []
    return said


def axis_start(rows: pd.DataFrame) -> float:
    """The left end of the axis: the tenth below the lowest rate of either year (dots need no zero)."""
    rates = pd.concat([rows["rate_before"], rows["rate"]]).astype("float64").dropna()
    return 0.0 if rates.empty else max(0.0, float(np.floor(rates.min() * 10 - 0.2) / 10))


def place_of(rate: float, low: float) -> float:
    """Where a rate lies, in inches from the left edge of the figure; what exceeds 100% stands at the end."""
    left, right = MARGIN + LABELS, WIDTH - MARGIN - RIGHT
    return float(left + (right - left) * (min(rate, 1.0) - low) / (1 - low))


def draw_axis(axes: Axes, bottom: float, top: float, low: float, context: Context) -> None:
    """Light lines at every tenth, with their percentages, and what they measure."""
    step = 0.1 if low >= 0.3 else 0.2
    for tick in np.arange(np.ceil(low / step - 1e-9) * step, 1.0001, step):
        x = place_of(float(tick), low)
        axes.plot([x, x], [bottom, top], color="#e3e3e3", linewidth=0.8, zorder=0)
        axes.text(x, bottom - 0.06, f"{abs(tick) * 100:.0f}", ha="center", va="top", fontsize=9, color="#595959")
    middle = (place_of(low, low) + place_of(1.0, low)) / 2
    axes.text(middle, bottom - 0.26, context.words.say("C6.axis"), ha="center", va="top", fontsize=9.5, color=DARK)


def draw_key(axes: Axes, centre: float, context: Context) -> None:
    """What hollow and solid mean."""
    words, left = context.words, MARGIN + LABELS
    year = context.reference.year
    for when, face in ((year - 1, "white"), (year, MIDDLE)):
        text = words.say("C6.key", year=when)
        axes.plot(left + 0.08, centre, "o", markersize=7, color=MIDDLE, markerfacecolor=face, markeredgewidth=1.2)
        axes.text(left + 0.22, centre, text, va="center", fontsize=9, color=INK)
        left += 0.22 + text_width(text, 9) + 0.3


def draw_row(axes: Axes, centre: float, row: Row, low: float, accented: bool, context: Context) -> None:
    """One dumbbell: name left, last year hollow, this year solid, the difference with its limits right."""
    colour = ACCENT if accented else MIDDLE
    name = balanced(row_name(row, context), 9.5, LABELS - 0.15)
    axes.text(MARGIN, centre, "\n".join(name), va="center", fontsize=9.5, color=INK, linespacing=1.1)
    before, now = place_of(float(row["rate_before"]), low), place_of(float(row["rate"]), low)
    axes.plot([before, now], [centre, centre], color=colour, linewidth=2.2, zorder=1, solid_capstyle="butt")
    axes.plot(before, centre, "o", markersize=7, color=colour, markerfacecolor="white", markeredgewidth=1.3, zorder=2)
    axes.plot(now, centre, "o", markersize=7, color=colour, zorder=3)
    axes.text(WIDTH - MARGIN - RIGHT + 0.15, centre, difference(row, context), va="center", fontsize=9, color=INK)


def row_name(row: Row, context: Context) -> str:
    """The whole with its number of units; a unit by its name, but one that fell by its group only."""
    words = context.words
    if row["mark"] == "total":
        return words.say("C6.total", n=words.units(int(row["n_units"])))
    group = words.peer_group(row["peer_group"])
    if row["mark"] == "group":
        return words.say("C6.group", group=group, n=words.units(int(row["n_units"])))
    return words.say("C6.unnamed", group=group) if row["class"] == "down" else str(row["short_name"])


def difference(row: Row, context: Context) -> str:
    """The difference in percentage points with its limits."""
    value, low, high = (signed(float(row[name])) for name in ("difference", "difference_low", "difference_high"))
    return context.words.say("C6.difference", value=value, low=low, high=high)
