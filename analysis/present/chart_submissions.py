"""C1: who has reported, in time or late: a table with a bar in it, one row per peer group."""

from __future__ import annotations

from collections.abc import Mapping

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
    wrap,
)
from analysis.present.chart_tables import ALL_GROUPS
from analysis.present.context import Context
from analysis.present.findings import submissions_finding

ROW, HEAD = 0.46, 0.8
LABELS, BAR = 2.2, 3.1
COLUMNS = ("units_due", "units_submitted", "on_time", "late", "no_date", "returned", "not_submitted", "units_sent_back")
LOOKS: Mapping[str, Look] = {
    "on_time": {"facecolor": MIDDLE, "edgecolor": MIDDLE},
    "late": {"facecolor": ACCENT, "edgecolor": ACCENT},
    "no_date": {"facecolor": LIGHT, "edgecolor": MIDDLE},
    "returned": {"facecolor": "white", "edgecolor": DARK, "hatch": "////"},
    "not_submitted": {"facecolor": "white", "edgecolor": MIDDLE, "linestyle": (0, (3, 2))},
}


@in_house_style
def chart_submissions(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of the table of `submissions_table`; an empty stretch of a bar is a unit that has not reported."""
    words, reference = context.words, context.reference
    texts = Texts(
        submissions_finding(table, context),
        words.say("C1.subtitle", year=reference.year, deadline=words.day(reference.deadline)),
        context.foot(words.say("C1.source_note")),
    )
    figure, span = framed(texts, HEAD + ROW * len(table) + 0.1)
    axes, height = inch_axes(figure, span)
    shown = [name for name in COLUMNS if name != "no_date" or table[name].sum() > 0]
    draw_head(axes, height, shown, context)
    for place, row in enumerate(table.to_dict("records")):
        centre = height - HEAD - ROW * (place + 0.5)
        if row["peer_group"] == ALL_GROUPS:
            axes.axhline(centre + ROW / 2, MARGIN / WIDTH, 1 - MARGIN / WIDTH, color=DARK, linewidth=0.8)
        draw_row(axes, centre, pd.Series(row), shown, context)
    return figure


def column_places(shown: list[str]) -> dict[str, float]:
    """Where the middle of each column of numbers lies, in inches."""
    left, right = MARGIN + LABELS + BAR + 0.75, WIDTH - MARGIN
    step = (right - left) / len(shown)
    return {name: left + step * (place + 0.5) for place, name in enumerate(shown)}


def draw_head(axes: Axes, height: float, shown: list[str], context: Context) -> None:
    """The names of the columns, each with the pattern that it has in the bar."""
    places = column_places(shown)
    step = (WIDTH - MARGIN - (MARGIN + LABELS + BAR + 0.75)) / len(shown)
    bottom = height - HEAD + 0.1
    heads = {name: wrap(context.words.label(name, "column"), 8.5, step - 0.06) for name in shown}
    above = bottom + 0.14 * max(len(lines) for lines in heads.values()) + 0.08
    for name, x in places.items():
        axes.text(x, bottom, "\n".join(heads[name]), ha="center", va="bottom", fontsize=8.5, color=DARK)
        if name in LOOKS:
            axes.add_patch(Rectangle((x - 0.1, above), 0.2, 0.13, linewidth=0.7, **LOOKS[name]))
    axes.text(
        MARGIN + LABELS, height - HEAD + 0.1, context.words.label("on_time_share", "column"), fontsize=8.5, color=DARK
    )
    axes.axhline(height - HEAD, MARGIN / WIDTH, 1 - MARGIN / WIDTH, color=MIDDLE, linewidth=0.8)


def draw_row(axes: Axes, centre: float, row: pd.Series, shown: list[str], context: Context) -> None:
    """One group: its name, its bar of all units due, the share in time and the numbers."""
    words = context.words
    is_all = row["peer_group"] == ALL_GROUPS
    name = words.say("all.groups") if is_all else words.peer_group(row["peer_group"])
    axes.text(MARGIN, centre, "\n".join(wrap(name, 9.5, LABELS - 0.1)), va="center", fontsize=9.5, color=INK)
    left = MARGIN + LABELS
    for part, look in LOOKS.items():
        width = BAR * int(row[part]) / int(row["units_due"])
        if width > 0:
            axes.add_patch(Rectangle((left, centre - 0.13), width, 0.26, linewidth=0.7, **look))
            left += width
    share = words.percent(row["on_time_share"])
    axes.text(MARGIN + LABELS + BAR + 0.08, centre, share, va="center", fontsize=10, color=INK)
    for column, x in column_places(shown).items():
        number = int(row[column])
        colour = INK if number else "#a6a6a6"
        axes.text(x, centre, words.count(number), ha="center", va="center", fontsize=10, color=colour)
