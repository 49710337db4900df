"""C5: active volunteers against the size of the unit, one funnel per peer group."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.measures.disclosure_tables import told_place
from analysis.measures.peers import Spread, inner_limits, outer_limits
from analysis.present.chart_frame import (
    ACCENT,
    DARK,
    INK,
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
from analysis.present.chart_strip import gap_words
from analysis.present.chart_tables import used_groups
from analysis.present.context import Context
from analysis.present.findings import volunteers_finding

PANEL, KEY, GAP, SWATCH = 2.15, 0.28, 0.75, 0.26
SAID_STEP = 0.16  # height of a line under the name of a group
PER_ROW = 3
NAME_STEP, NAME_TOP = 0.08, 1.1  # distance of names, and how high they may stand, as rates
TICKS = (10, 30, 100, 300, 1000, 3000, 10000)
FINE_TICKS = (10, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 2000, 5000)
CENTRE: Look = {"color": DARK, "linewidth": 1.6, "linestyle": "-"}
LINES: tuple[tuple[str, Look], ...] = (
    ("confidence", {"color": MIDDLE, "linewidth": 0.9, "linestyle": (0, (4, 2))}),
    ("confidence_outer", {"color": MIDDLE, "linewidth": 0.9, "linestyle": "-"}),
)
LOOKS: Mapping[str, Look] = {
    "near": {"marker": "o", "color": MIDDLE, "markerfacecolor": MIDDLE},
    "higher": {"marker": "^", "color": ACCENT, "markerfacecolor": ACCENT},
    "lower": {"marker": "v", "color": ACCENT, "markerfacecolor": ACCENT},
    "small": {"marker": "o", "color": MIDDLE, "markerfacecolor": "white"},
    "lead": {"marker": "s", "color": DARK, "markerfacecolor": "white", "hatch": 7 * "/"},
    "other": {"marker": "x", "color": DARK, "markerfacecolor": DARK},
}
TOLD: Look = {"marker": "d", "color": DARK, "markerfacecolor": "white"}  # amid what is told of a hidden number


@in_house_style
def chart_volunteers(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of the table of `volunteers_table`; units without a rate are counted above their panel."""
    words = context.words
    smallest = f"{context.reference.thresholds['rank_min_denominator']:.0f}"
    notes = [words.say("C5.limit_note", small=smallest)]
    if "hidden" in table and table["hidden"].notna().any():
        notes.append(words.say("C5.told_note", n=f"{context.reference.thresholds['suppress_people_below']:.0f}"))
    texts = Texts(
        volunteers_finding(table, context),
        words.say("C5.subtitle", year=context.reference.year),
        context.foot(*notes, *context.still_open("I06"), words.say("foot.full_count")),
    )
    groups = used_groups(table, context.reference)
    per_row = max(1, min(PER_ROW, len(groups)))
    n_rows = -(-len(groups) // per_row)
    width = (WIDTH - 2 * MARGIN - 0.45 * per_row - 0.25) / per_row
    heads = {code: panel_head(table[table["peer_group"] == code], width + 0.3, context) for code in groups}
    head = max((0.26 + 0.21 * len(name) + SAID_STEP * max(1, len(said)) for name, said in heads.values()), default=0.63)
    key = key_entries(table, context)
    key_height = KEY * len(key) + 0.1
    figure, span = framed(texts, key_height + (head + PANEL + GAP) * n_rows)
    axes, height = inch_axes(figure, span)
    draw_key(axes, height, key)
    bounds = size_bounds(table)
    for place, code in enumerate(groups):
        row, column = divmod(place, per_row)
        left = MARGIN + 0.45 + column * (width + 0.45 + 0.12)
        bottom = height - key_height - (head + PANEL + GAP) * (row + 1) + GAP
        whole = figure.get_figheight()
        panel = figure.add_axes(
            (left / WIDTH, (bottom + span[0] * whole) / whole, width / WIDTH, PANEL / whole), zorder=2
        )
        draw_panel(panel, table[table["peer_group"] == code], bounds, context)
        draw_panel_head(axes, (left - 0.3, bottom + PANEL + head), *heads[code])
        if column == 0:
            panel.set_ylabel(words.say("C5.y_axis"), fontsize=9)
        else:
            panel.set_yticklabels([])
    return figure


def size_bounds(table: pd.DataFrame) -> tuple[float, float]:
    """The ends of the axis of sizes, with room at both sides."""
    shown = table["rate"].notna() | (table["hidden"].notna() if "hidden" in table else False)
    sizes = table.loc[shown & table["denominator"].notna(), "denominator"]
    return (float(sizes.min()) / 1.25, float(sizes.max()) * 1.25) if len(sizes) else (5.0, 100.0)


def size_ticks(bounds: tuple[float, float]) -> list[int]:
    """The sizes written at the axis: finer ones where the coarse ones would be a single one."""
    coarse, fine = ([tick for tick in ticks if bounds[0] <= tick <= bounds[1]] for ticks in (TICKS, FINE_TICKS))
    return coarse if len(coarse) > 1 else fine


def key_entries(table: pd.DataFrame, context: Context) -> list[list[tuple[str, Look, float]]]:
    """What the marks and lines mean: text, look and left edge in inches, in as many lines as they need."""
    words, limits = context.words, context.reference.thresholds
    sizes = {"few": f"{limits['small_n_counts_only']:.0f}", "small": f"{limits['small_n_marked'] - 1:.0f}"}
    marks = [(f"mark.{name}", look) for name, look in LOOKS.items() if (table["mark"] == name).any()]
    marks += [("mark.told", TOLD)] if amid(table, context).notna().any() else []
    lines = [("C5.centre", CENTRE), *((f"C5.{name}", look) for name, look in LINES)]
    rows: list[list[tuple[str, Look, float]]] = [[]]
    left = MARGIN
    for phrase, look in [*marks, *lines]:
        text = words.say(phrase, **sizes)
        width = SWATCH + 0.08 + text_width(text, 9)
        if rows[-1] and left + width > WIDTH - MARGIN:
            rows.append([])
            left = MARGIN
        rows[-1].append((text, look, left))
        left += width + 0.15
    return rows


def draw_key(axes: Axes, top: float, rows: list[list[tuple[str, Look, float]]]) -> None:
    """The key above the panels."""
    for place, row in enumerate(rows):
        centre = top - KEY * (place + 0.5)
        for text, look, left in row:
            if "marker" in look:
                draw_marks(axes, left + SWATCH / 2, centre, 6, look)
            else:
                axes.add_line(Line2D([left, left + SWATCH], [centre, centre], **look))
            axes.text(left + SWATCH + 0.08, centre, text, va="center", fontsize=9, color=INK)


def panel_head(units: pd.DataFrame, width: float, context: Context) -> tuple[list[str], list[str]]:
    """Name of the group; pooled rate and the units that have no point: the lines of both, no wider than the panel."""
    words = context.words
    pooled = units["peer_pooled"].dropna()
    said = [words.say("C5.pooled", rate=words.percent(float(pooled.iloc[0])))] if len(pooled) else []
    if not said and "hidden" in units and units["hidden"].notna().any():
        said = [words.say("C5.pooled_hidden")]
    said += gap_words(units, context)
    return wrap(words.peer_group(units["peer_group"].iloc[0]), 10, width), wrap(words.clauses(said), 8, width)


def draw_panel_head(axes: Axes, corner: tuple[float, float], name: list[str], said: list[str]) -> None:
    """The lines of `panel_head`."""
    left, top = corner
    axes.text(left, top - 0.1, "\n".join(name), va="top", fontsize=10, color=INK)
    below = top - 0.12 - 0.2 * len(name)
    axes.text(left, below, "\n".join(said), va="top", fontsize=8, color="#6e6e6e", linespacing=1.2)


def draw_panel(panel: Axes, units: pd.DataFrame, bounds: tuple[float, float], context: Context) -> None:
    """Limits, centre and points of one group; units clearly above carry their names."""
    panel.set_xscale("log")
    panel.set_xlim(*bounds)
    panel.set_ylim(-0.03, 1.03)
    panel.set_yticks(np.arange(0, 1.01, 0.25), [f"{tick:.0f}" for tick in np.arange(0, 101, 25)])
    ticks = size_ticks(bounds)
    panel.set_xticks(ticks, [str(tick) for tick in ticks])
    panel.minorticks_off()
    panel.tick_params(labelsize=8.5)
    panel.set_xlabel(context.words.say("C5.x_axis"), fontsize=8.5)
    panel.grid(axis="y")
    draw_limits(panel, units, bounds, context)
    if not (units["rate"].notna() | amid(units, context).notna()).any():
        panel.text(0.5, 0.5, context.words.say("C5.no_group"), transform=panel.transAxes, ha="center", fontsize=9)
    for name, look in LOOKS.items():
        points = units[units["mark"] == name]
        draw_marks(panel, points["denominator"], points["rate"], 5.5, look)
    told = amid(units, context)
    outside = units["mark"].isin(["higher", "lower"])
    for look, rows in ((TOLD, ~outside), ({**TOLD, "color": ACCENT}, outside)):
        draw_marks(panel, units["denominator"][rows], told[rows], 5.5, look)
    name_points(panel, units.assign(rate=units["rate"].fillna(told))[units["mark"] == "higher"], bounds)


def amid(units: pd.DataFrame, context: Context) -> pd.Series[float]:
    """Where units whose number is hidden are drawn: in the middle of what is told of it; null for all others."""
    return told_place(units, context.reference.thresholds["small_n_counts_only"]).where(units["rate"].isna())


def draw_marks(axes: Axes, x: float | pd.Series, y: float | pd.Series, size: float, look: Look) -> None:
    """Marks of one kind; a hatched one is somewhat larger, for its lines to be seen."""
    if "hatch" not in look:
        axes.plot(x, y, linestyle="none", markersize=size, zorder=3, **look)
        return
    colours = {"facecolors": look["markerfacecolor"], "edgecolors": look["color"]}
    axes.scatter(x, y, (size + 2) ** 2, marker=look["marker"], hatch=look["hatch"], zorder=3, **colours)


def draw_limits(panel: Axes, units: pd.DataFrame, bounds: tuple[float, float], context: Context) -> None:
    """Pooled rate and limits over the sizes that are compared, by the formula that judged the units of the table."""
    limits = context.reference.thresholds
    ends = (max(limits["rank_min_denominator"], limits["funnel_exact_below"]), bounds[1])
    spread = units.loc[units["tau2_used"].notna(), ["peer_pooled", "phi", "tau2", "tau2_used", "freedom"]]
    if spread.empty or ends[0] >= ends[1]:
        return
    group = Spread(*(float(value) for value in spread.fillna({"freedom": np.inf}).iloc[0]))
    sizes = np.geomspace(*ends, 80)
    for (name, look), limits_at in zip(LINES, (inner_limits, outer_limits), strict=True):
        for limit in limits_at(sizes, group, limits[name], 0.0):
            panel.plot(sizes, limit, **look)
    panel.plot(ends, (group.centre, group.centre), **CENTRE)


def name_points(panel: Axes, points: pd.DataFrame, bounds: tuple[float, float]) -> None:
    """The names of units above their points, outside the limits, none over another; the table names them all."""
    used: list[float] = []
    thirds = [bounds[0] * (bounds[1] / bounds[0]) ** (part / 3) for part in (1, 2)]
    for row in points.sort_values("rate", kind="stable").to_dict("records"):
        x, y = float(row["denominator"]), float(row["rate"])
        level = y + NAME_STEP
        while any(abs(level - other) < NAME_STEP for other in used):
            level += NAME_STEP / 4
        if level > NAME_TOP:
            continue
        used.append(level)
        side = "left" if x < thirds[0] else "right" if x > thirds[1] else "center"
        panel.text(x, level, row["short_name"], ha=side, va="center", fontsize=8, color=ACCENT, zorder=4)
