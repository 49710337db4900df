"""C7: service person-times of the city by month, beside the even line of a twelfth."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.measures.month_lines import MARCH
from analysis.present.change_tables import EVEN
from analysis.present.chart_frame import ACCENT, DARK, INK, LIGHT, MARGIN, MIDDLE, WIDTH, Texts, framed, in_house_style
from analysis.present.context import Context
from analysis.present.findings_change import months_finding

BODY, BELOW, LEFT, RIGHT = 3.6, 0.75, 0.55, 1.15
STEPS, MOST_TICKS = (1, 2, 5, 10, 20, 25), 6  # per cent between the lines
HEADROOM = 1.22  # above the highest column, for its words


@in_house_style
def chart_months(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of the table of `months_table`: March in the accent colour, shares above, person-times in the column."""
    words = context.words
    counted = int(table["units_counted"].max()) if len(table) else 0
    texts = Texts(
        months_finding(table, context),
        words.say("C7.subtitle", year=context.reference.year, n=words.units(counted)),
        context.foot(words.say("C7.note"), *context.still_open("I09")),
    )
    figure, span = framed(texts, BODY + BELOW)
    whole = figure.get_figheight()
    box = ((MARGIN + LEFT) / WIDTH, span[0] + BELOW / whole, 1 - (2 * MARGIN + LEFT + RIGHT) / WIDTH, BODY / whole)
    axes = figure.add_axes(box)
    shares = table["share"].fillna(0.0) * 100
    top = max(float(shares.max()), 100 * EVEN) * HEADROOM
    colours = [ACCENT if month == MARCH else LIGHT for month in table["month"]]
    edges = [ACCENT if month == MARCH else MIDDLE for month in table["month"]]
    axes.bar(table["month"], shares, width=0.72, color=colours, edgecolor=edges, linewidth=0.8)
    axes.axhline(100 * EVEN, color=DARK, linewidth=1.1, linestyle=(0, (5, 3)), zorder=3)
    axes.text(
        12.7, 100 * EVEN, words.say("C7.even", even=words.percent(EVEN)), ha="left", va="center", fontsize=9, color=DARK
    )  # fmt: skip
    axes.set_xlim(0.4, 12.6)
    axes.set_ylim(0, top)
    axes.set_yticks(range(0, int(top) + 1, next(step for step in STEPS if top / step <= MOST_TICKS)))
    axes.set_xticks(table["month"], [words.say("C7.month", month=month) for month in table["month"]])
    axes.set_ylabel(words.say("C7.axis"), fontsize=9.5)
    axes.grid(axis="y")
    if table["share"].isna().all():
        axes.text(6.5, top / 2, words.say("C7.nothing"), ha="center", va="center", fontsize=10, color=DARK)
    else:
        name_columns(axes, table, top, context)
    return figure


def name_columns(axes: Axes, table: pd.DataFrame, top: float, context: Context) -> None:
    """The share above each column, the person-times and the number of units below the months."""
    words = context.words
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps the even line out of the words
    for row in table.to_dict("records"):
        height = 100 * float(row["share"])
        axes.text(
            row["month"], height + top * 0.015, words.percent(row["share"]), ha="center", va="bottom", fontsize=9.5,
            color=INK, bbox=paper, zorder=4,
        )  # fmt: skip
        times = words.say("C7.times", n=words.count(row["person_times"]))
        below = f"{times}\n{words.say('C7.units', n=words.count(row['units_with_service']))}"
        axes.text(
            row["month"], -0.105, below, transform=axes.get_xaxis_transform(), ha="center", va="top", fontsize=8,
            color="#6e6e6e", linespacing=1.35,
        )  # fmt: skip
