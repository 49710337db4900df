"""S4: what share of the full points the units of each peer group got in each part of the score: median and quarters."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

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
from analysis.present.chart_tables import ALL_GROUPS
from analysis.present.context import Context
from analysis.present.findings_grid import parts_finding

ROW, BAND, AXIS = 0.3, 0.36, 0.55
LABELS, RIGHT = 2.6, 2.2


@in_house_style
def chart_parts(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of `parts_table`."""
    words = context.words
    texts = Texts(
        parts_finding(table, context),
        words.say("S4.subtitle", year=context.reference.year),
        context.foot(words.say("S4.note", n=f"{context.reference.thresholds['compare_min_peers']:.0f}")),
    )
    parts = [(str(part), rows) for part, rows in table.groupby("score_part", sort=False)]
    figure, span = framed(texts, AXIS + BAND * len(parts) + ROW * len(table))
    axes, height = inch_axes(figure, span)
    start = axis_start(table)
    draw_axis(axes, AXIS, height, start, context)
    top = height
    for part, rows in parts:
        axes.text(MARGIN, top - BAND / 2, words.label(part, "score_part"), va="center", fontsize=10, color="#595959")
        top -= BAND
        city = rows.loc[rows["peer_group"] == ALL_GROUPS, "median_rate"]
        if city.notna().any():
            x = place_of(float(city.iloc[0]), start)
            low = top - ROW * len(rows)
            axes.plot([x, x], [low + 0.03, top - 0.03], color=ACCENT, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
        for row in rows.to_dict("records"):
            draw_row(axes, top - ROW / 2, pd.Series(row), start, context)
            top -= ROW
    return figure


def axis_start(table: pd.DataFrame) -> float:
    """The left end of the axis: the tenth below the lowest quarter (marks of a place need no zero)."""
    lowest = table["quarter_low"].min()
    return 0.0 if pd.isna(lowest) else max(0.0, float(np.floor(lowest * 10 - 0.2) / 10))


def place_of(share: float, start: float) -> float:
    """Where a share lies, in inches from the left edge of the figure."""
    left, right = MARGIN + LABELS, WIDTH - MARGIN - RIGHT
    return left + (right - left) * (share - start) / (1 - start)


def draw_axis(axes: Axes, bottom: float, top: float, start: float, context: Context) -> None:
    """Light lines at every tenth or fifth, with their percentages."""
    step = 0.1 if start >= 0.3 else 0.2
    for tick in np.arange(np.ceil(start / step - 1e-9) * step, 1.0001, step):
        x = place_of(float(tick), start)
        axes.plot([x, x], [bottom, top], color="#e3e3e3", linewidth=0.8, zorder=0)
        axes.text(x, bottom - 0.06, f"{tick * 100:.0f}", ha="center", va="top", fontsize=9, color="#595959")
    middle = (place_of(start, start) + place_of(1, start)) / 2
    axes.text(middle, bottom - 0.26, context.words.say("S4.axis"), ha="center", va="top", fontsize=9.5, color=DARK)


def draw_row(axes: Axes, centre: float, row: pd.Series, start: float, context: Context) -> None:
    """One group: its name, the middle half of its units as a bar, their median as a line and in words."""
    words = context.words
    is_all = row["peer_group"] == ALL_GROUPS
    name = words.say("all.groups") if is_all else words.peer_group(row["peer_group"])
    axes.text(MARGIN, centre, "\n".join(wrap(name, 9, LABELS - 0.1)[:1]), va="center", fontsize=9, color=INK)
    units = words.units(int(row["n_units"]))
    if pd.isna(row["median_rate"]):
        axes.text(
            place_of(start, start) + 0.08, centre, words.say("S4.few"), va="center", fontsize=8.5, color="#6e6e6e"
        )
        said = units
    else:
        low, high = (place_of(float(row[name]), start) for name in ("quarter_low", "quarter_high"))
        colour = MIDDLE if is_all else LIGHT
        axes.add_patch(
            Rectangle((low, centre - 0.08), high - low, 0.16, facecolor=colour, edgecolor=MIDDLE, linewidth=0.7)
        )
        x = place_of(float(row["median_rate"]), start)
        axes.plot([x, x], [centre - 0.11, centre + 0.11], color=INK, linewidth=2, zorder=3)
        said = words.say("S4.median", rate=words.percent(float(row["median_rate"])), units=units)
    if row["n_open"]:
        said = words.clauses([said, words.say("S4.open", n=words.count(int(row["n_open"])))])
    axes.text(WIDTH - MARGIN - RIGHT + 0.15, centre, said, va="center", fontsize=8.5, color=INK)
