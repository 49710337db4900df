"""C3: participation in each programme, all units pooled, every bar with its own denominator."""

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
    Look,
    Texts,
    framed,
    in_house_style,
    inch_axes,
    text_width,
    wrap,
)
from analysis.present.context import Context
from analysis.present.findings import categories_finding, units_of_programme

ROW, BAND, AXIS = 0.44, 0.36, 0.55
LABELS, RIGHT = 2.9, 2.5


@in_house_style
def chart_categories(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of the table of `categories_table`: services first, then what is only pooled, hatched."""
    words = context.words
    texts = Texts(
        categories_finding(table, context),
        words.say("C3.subtitle", year=context.reference.year),
        context.foot(*context.still_open("I01"), words.say("foot.full_count")),
    )
    parts = [(group, table[table["group"] == group]) for group in ("service", "giving")]
    parts = [(group, rows) for group, rows in parts if len(rows)]
    figure, span = framed(texts, AXIS + BAND * len(parts) + ROW * len(table))
    axes, height = inch_axes(figure, span)
    draw_axis(axes, AXIS, height, context)
    top = height
    for group, rows in parts:
        axes.text(MARGIN, top - BAND / 2, words.say(f"C3.{group}"), va="center", fontsize=10, color="#595959")
        top -= BAND
        for place, row in enumerate(rows.to_dict("records")):
            draw_bar(axes, top - ROW / 2, pd.Series(row), group == "service" and place == 0, context)
            top -= ROW
    return figure


def place_of(rate: float) -> float:
    """Where a rate ends, in inches from the left edge of the figure."""
    left, right = MARGIN + LABELS, WIDTH - MARGIN - RIGHT
    return left + (right - left) * rate


def draw_axis(axes: Axes, bottom: float, top: float, context: Context) -> None:
    """Light lines at every fifth from zero, with their percentages."""
    for tick in np.arange(0, 1.01, 0.2):
        x = place_of(float(tick))
        axes.plot([x, x], [bottom, top], color="#e3e3e3", linewidth=0.8, zorder=0)
        axes.text(x, bottom - 0.06, f"{tick * 100:.0f}", ha="center", va="top", fontsize=9, color="#595959")
    middle = (place_of(0) + place_of(1)) / 2
    axes.text(middle, bottom - 0.26, context.words.say("C3.axis"), ha="center", va="top", fontsize=9.5, color=DARK)


def draw_bar(axes: Axes, centre: float, row: pd.Series, is_top: bool, context: Context) -> None:
    """One programme: name and denominator left, bar, rate with counts and valid units at its end."""
    words = context.words
    name = "\n".join(wrap(words.category(row["category"]), 10, LABELS - 0.1))
    denominator = words.say("C3.denominator", name=words.label(row["denominator_code"]))
    axes.text(MARGIN, centre + 0.085, name, va="center", fontsize=10, color=INK)
    axes.text(MARGIN, centre - 0.105, denominator, va="center", fontsize=7.5, color="#6e6e6e")
    axes.plot([place_of(0), place_of(0)], [centre - ROW / 2, centre + ROW / 2], color=MIDDLE, linewidth=0.8)
    width = 0.0
    if pd.notna(row["rate"]):
        width = place_of(min(float(row["rate"]), 1.0)) - place_of(0)
        corner = (place_of(0), centre - 0.13)
        axes.add_patch(Rectangle(corner, width, 0.26, linewidth=0.8, zorder=1, **bar_look(row, is_top)))
    label = bar_label(row, context)
    left = min(place_of(0) + width + 0.08, WIDTH - MARGIN - text_width(label, 9))
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # keeps the lines of the axis out of the words
    axes.text(left, centre, label, va="center", fontsize=9, color=INK, zorder=3, bbox=paper)


def bar_look(row: pd.Series, is_top: bool) -> Look:
    """The widest service in the accent colour, small numbers hollow, what is only pooled hatched."""
    colour = ACCENT if is_top else MIDDLE
    if row["group"] != "service":
        face = "white" if row["status"] == "small" else LIGHT
        return {"facecolor": face, "edgecolor": MIDDLE, "hatch": "////"}
    return {"facecolor": "white" if row["status"] == "small" else colour, "edgecolor": colour}


def bar_label(row: pd.Series, context: Context) -> str:
    """Rate, counts and valid units; counts alone where no rate may be shown."""
    words, limits = context.words, context.reference.thresholds
    if row["status"] == "undefined":
        return words.say("C3.no_data")
    if pd.notna(row.get("hidden")):
        return words.say("C3.hidden", units=units_of_programme(row, context))
    counts = {
        "persons": words.count(row["numerator"]),
        "people": words.count(row["denominator"]),
        "units": units_of_programme(row, context),
    }
    if pd.isna(row["rate"]):
        return words.say("C3.counts_only", few=f"{limits['small_n_counts_only']:.0f}", **counts)
    bar = words.say("C3.bar", rate=words.percent(row["rate"]), **counts)
    return words.say("C3.small", bar=bar) if row["status"] == "small" else bar
