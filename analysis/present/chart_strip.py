"""C2: overall participation of every unit, one strip of dots per peer group."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.measures.disclosure_tables import told_place
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
from analysis.present.chart_tables import used_groups
from analysis.present.context import Context
from analysis.present.findings import group_gaps, participation_finding
from analysis.present.public_tables import TOLD

ROW, AXIS = 0.74, 0.55
LABELS, RIGHT = 2.35, 1.75
DOT = 0.085
GAPS = ("hidden", "not_submitted", "queried", "bounded", "counts_only", "undefined")


@in_house_style
def chart_participation(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of the table of `participation_table`; units without a rate are counted at the right of their strip."""
    words, limits = context.words, context.reference.thresholds
    sizes = {"few": f"{limits['small_n_counts_only']:.0f}", "small": f"{limits['small_n_marked']:.0f}"}
    finding = participation_finding(table, context)
    widest = named_group(table, context, finding)
    notes = [words.say("C2.gap_note", small=sizes["small"])] if widest else []
    if (table["mark"] == TOLD).any():
        notes.append(words.say("note.told", n=f"{limits['suppress_people_below']:.0f}"))
    texts = Texts(
        finding,
        words.say(
            "C2.subtitle", year=context.reference.year, few=sizes["few"], small=f"{limits['small_n_marked'] - 1:.0f}"
        ),
        context.foot(*notes, *context.still_open("I02"), words.say("foot.full_count")),
    )
    groups = used_groups(table, context.reference)
    figure, span = framed(texts, AXIS + ROW * len(groups))
    axes, height = inch_axes(figure, span)
    low = axis_start(table, limits["small_n_counts_only"])
    draw_axis(axes, height - ROW * len(groups), height, low, context)
    for place, code in enumerate(groups):
        strip = table[table["peer_group"] == code]
        draw_strip(axes, height - ROW * (place + 0.5), strip, low, code == widest, context)
    return figure


def named_group(table: pd.DataFrame, context: Context, finding: str) -> str:
    """The group that the title names, empty when it names none."""
    gaps = group_gaps(table, context)
    widest = str(gaps.iloc[0]["peer_group"]) if len(gaps) else ""
    return widest if widest and context.words.peer_group(widest) in finding else ""


def axis_start(table: pd.DataFrame, least: float) -> float:
    """The left end of the axis: the tenth below the lowest rate or limit of a median (a strip needs no zero)."""
    medians = table["peer_median_low"] if "peer_median_low" in table else table["rate"]
    rates = pd.concat([told_place(table, least), medians.astype("float64")]).dropna()
    return 0.0 if rates.empty else max(0.0, float(np.floor(rates.min() * 10 - 0.2) / 10))


def place_of(rate: float, low: float) -> float:
    """Where a rate lies, in inches from the left edge of the figure."""
    left, right = MARGIN + LABELS, WIDTH - MARGIN - RIGHT
    return float(left + (right - left) * (rate - low) / (1 - low))


def draw_axis(axes: Axes, bottom: float, top: float, low: float, context: Context) -> None:
    """Light lines at every tenth, with their percentages, and what they measure."""
    step = 0.1 if low >= 0.3 else 0.2
    for tick in np.arange(np.ceil(low / step - 1e-9) * step, 1.0001, step):
        x = place_of(float(tick), low)
        axes.plot([x, x], [bottom, top], color="#e3e3e3", linewidth=0.8, zorder=0)
        axes.text(x, bottom - 0.06, f"{tick * 100 + 0:.0f}", ha="center", va="top", fontsize=9, color="#595959")
    middle = (place_of(low, low) + place_of(1.0, low)) / 2
    axes.text(middle, bottom - 0.26, context.words.say("C2.axis"), ha="center", va="top", fontsize=9.5, color=DARK)


def draw_strip(axes: Axes, centre: float, strip: pd.DataFrame, low: float, accented: bool, context: Context) -> None:
    """One group: dots beside each other where they would cover each other, the median as a line, the rest in words."""
    words = context.words
    colour = ACCENT if accented else MIDDLE
    name = words.peer_group(strip["peer_group"].iloc[0])
    axes.text(MARGIN, centre, "\n".join(wrap(name, 10, LABELS - 0.25)), va="center", fontsize=10, color=INK)
    axes.axhline(centre, (MARGIN + LABELS) / WIDTH, 1 - (MARGIN + RIGHT) / WIDTH, color=LIGHT, linewidth=0.8, zorder=0)
    where = told_place(strip, context.reference.thresholds["small_n_counts_only"])
    dots = strip.assign(where=where)[where.notna()]
    places = [place_of(rate, low) for rate in dots["where"]]
    for x, shift, mark in zip(places, side_steps(places), dots["mark"], strict=True):
        face = "white" if mark in ("hollow", TOLD) else colour
        shape = "d" if mark == TOLD else "o"
        axes.plot(
            x, centre + shift, shape, markersize=6, color=colour, markerfacecolor=face, markeredgewidth=1.1, zorder=2
        )
    draw_median(axes, centre, strip, low)
    draw_side(axes, centre, strip, context)


def median_limits(strip: pd.DataFrame) -> tuple[float, float] | None:
    """Least and greatest median of a group that the table tells, equal where it is known; None without any."""
    for names in (("peer_median", "peer_median"), ("peer_median_low", "peer_median_high")):
        if set(names) <= set(strip) and strip[names[0]].notna().any():
            known = strip[list(names)].dropna().iloc[0]
            return float(known.iloc[0]), float(known.iloc[-1])
    return None


def draw_median(axes: Axes, centre: float, strip: pd.DataFrame, low: float) -> None:
    """The median as a line, or as a band as wide as what is told of it."""
    limits = median_limits(strip)
    if limits is None:
        return
    left, right = (place_of(limit, low) for limit in limits)
    if left == right:
        axes.plot([left, left], [centre - 0.27, centre + 0.27], color=INK, linewidth=2, zorder=3)
    else:
        corner = (left, centre - 0.27)
        axes.add_patch(Rectangle(corner, right - left, 0.54, facecolor=INK, alpha=0.16, edgecolor="none", zorder=1))


def draw_side(axes: Axes, centre: float, strip: pd.DataFrame, context: Context) -> None:
    """Right of the strip: the median, and how many units are shown and are not."""
    words, left = context.words, WIDTH - MARGIN - RIGHT + 0.2
    shown = int(strip["rate"].notna().sum())
    limits = median_limits(strip)
    if limits:
        median = words.say("gap.median", rate=words.percent_range(*limits))
        axes.text(left, centre + 0.11, median, va="center", fontsize=9.5, color=INK)
    rest = words.clauses([words.say("gap.shown", n=words.units(shown)), *gap_words(strip, context)])
    lines = wrap(rest, 8, RIGHT - 0.2)
    axes.text(
        left,
        centre - (0.02 if limits else 0),
        "\n".join(lines),
        va="top" if limits else "center",
        fontsize=8,
        color="#6e6e6e",
    )


def gap_words(rows: pd.DataFrame, context: Context) -> list[str]:
    """How many units have no rate, by reason."""
    missing = rows[rows["rate"].isna()]
    least = context.reference.thresholds["small_n_counts_only"]
    reasons = missing["status"].map(lambda status: "counts_only" if status == "small" else status)
    if "hidden" in missing:
        reasons = reasons.mask(missing["hidden"].notna() & (missing["denominator"] >= least), "hidden")
    reasons = reasons.where(reasons.isin(GAPS), "undefined")
    few = f"{least:.0f}"
    counts = {name: int((reasons == name).sum()) for name in GAPS}
    return [
        context.words.say(f"gap.{name}", n=context.words.count(number), few=few)
        for name, number in counts.items()
        if number
    ]


def side_steps(places: list[float]) -> list[float]:
    """How far each dot steps up or down so that none covers another; the order of the dots does not matter."""
    taken: dict[float, list[float]] = {}
    steps = {}
    for place in sorted(range(len(places)), key=lambda index: (places[index], index)):
        x = places[place]
        for level in (0, 1, -1, 2, -2, 3, -3):
            step = level * DOT
            if all(abs(x - other) >= DOT for other in taken.get(step, [])):
                break
        taken.setdefault(step, []).append(x)
        steps[place] = step
    return [steps[index] for index in range(len(places))]
