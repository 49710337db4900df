"""The heat maps: medians by peer group and programme (C4), study subjects (S1), exemplars by level and kind (S2).

One ramp from white to the accent colour, so that dark is high in greyscale too; the number stands in every cell. Grey
without number: does not apply, or too few to tell.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.present.chart_frame import (
    ACCENT,
    DARK,
    FAINT,
    INK,
    LIGHT,
    MARGIN,
    WIDTH,
    Look,
    Texts,
    balanced,
    framed,
    in_house_style,
    inch_axes,
    text_width,
    wrap,
)
from analysis.present.chart_tables import ALL_GROUPS, used_groups
from analysis.present.context import Context
from analysis.present.findings_grid import exemplars_finding, medians_finding, subjects_finding
from analysis.present.grid_tables import ERROR

ROW, BAND, LABELS, GAP = 0.42, 0.34, 2.75, 0.14
HEAD_SIZE, CELL_SIZE, LINE_HEIGHT = 8.5, 9.5, 0.165
RAMP = LinearSegmentedColormap.from_list("accent", ["#ffffff", "#e9c3bb", ACCENT])
CONTRAST = 4.5  # of words to what is behind them (WCAG 2.1)


@dataclass(frozen=True)
class Cell:
    """One cell: its words, how dark it is (0 to 1, null: no colour), and whether it stands for nothing to tell."""

    text: str
    shade: float | None = None
    is_gap: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of cells with a label each, in parts with a heading (empty: none); the last column stands apart."""

    columns: Sequence[str]
    parts: Sequence[tuple[str, Sequence[tuple[str, Sequence[Cell]]]]]


@in_house_style
def chart_medians(table: pd.DataFrame, context: Context) -> Figure:
    """C4: the figure of `medians_table`."""
    words = context.words
    groups = _groups(table, context)
    lines = [
        (words.category(str(code)), [_median_cell(_row(own, group), context) for group in groups])
        for code, own in table.groupby("category", sort=False)
    ]
    texts = Texts(
        medians_finding(table, context),
        words.say("C4.subtitle", year=context.reference.year),
        context.foot(
            words.say("C4.note", n=f"{context.reference.thresholds['compare_min_peers']:.0f}", level=f"{ERROR:.0%}"),
            *context.still_open("I01"),
            words.say("foot.full_count"),
        ),
    )
    return draw_grid(texts, Grid([_group_name(group, context) for group in groups], [("", lines)]))


@in_house_style
def chart_subjects(table: pd.DataFrame, context: Context) -> Figure:
    """S1: the figure of `subjects_table`."""
    words = context.words
    groups = _groups(table, context)
    lines = [
        (words.label(str(code), "item"), [_subject_cell(_row(own, group), context) for group in groups])
        for code, own in table.groupby("subject", sort=False)
    ]
    texts = Texts(
        subjects_finding(table, context),
        words.say("S1.subtitle", year=context.reference.year),
        context.foot(words.say("S1.note"), *context.still_open("I19")),
    )
    return draw_grid(texts, Grid([_group_name(group, context) for group in groups], [("", lines)]))


@in_house_style
def chart_exemplars(table: pd.DataFrame, context: Context) -> Figure:
    """S2: the figure of `exemplars_table`."""
    words = context.words
    kinds, levels = (list(dict.fromkeys(table[f"exemplar_{name}"])) for name in ("kind", "level"))
    cells = {(row["exemplar_level"], row["exemplar_kind"]): row for row in table.to_dict("records")}
    most = table.loc[(table["exemplar_level"] != "") & (table["exemplar_kind"] != ""), "n_exemplars"].max()
    top = float(most) if most > 0 else 1.0
    lines = [
        (_exemplar_name(level, "level", context), [_count_cell(cells[level, kind], top, context) for kind in kinds])
        for level in levels
    ]
    few = context.reference.thresholds["suppress_people_below"]
    texts = Texts(
        exemplars_finding(table, context),
        words.say("S2.subtitle", year=context.reference.year),
        context.foot(words.say("S2.note", n=f"{few:.0f}")),
    )
    return draw_grid(texts, Grid([_exemplar_name(kind, "kind", context) for kind in kinds], [("", lines)]))


def _groups(table: pd.DataFrame, context: Context) -> list[str]:
    return [*used_groups(table, context.reference), ALL_GROUPS]


def _group_name(group: str, context: Context) -> str:
    return context.words.peer_group(group) if group else context.words.say("all.groups")


def _exemplar_name(code: str, name: str, context: Context) -> str:
    if not code:
        return context.words.say("all.exemplars")
    return context.words.label(code, f"exemplar_{name}")


def _row(rows: pd.DataFrame, group: str) -> Mapping[Hashable, object]:
    return rows[rows["peer_group"] == group].iloc[0].to_dict()


def _median_cell(row: Mapping[Hashable, object], context: Context) -> Cell:
    words, status = context.words, str(row["median_status"])
    if status != "ok":
        few = f"{context.reference.thresholds['small_n_counts_only']:.0f}"
        return Cell(words.say("C4.small", n=few) if status == "small" else words.say(f"C4.{status}"), is_gap=True)
    low, high = (_number(row[name], row["median_rate"]) for name in ("median_low", "median_high"))
    text = words.percent(low) if low == high else _range(low, high)
    return Cell(text, (low + high) / 2)


def _range(low: float, high: float) -> str:
    """Two limits in per cent, short enough for a cell."""
    ends = [f"{100 * end:.1f}" for end in (low, high)]
    return f"{ends[0]}%" if ends[0] == ends[1] else f"{ends[0]}\u2013{ends[1]}%"


def _number(value: object, instead: object) -> float:
    return float(instead) if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def _subject_cell(row: Mapping[Hashable, object], context: Context) -> Cell:
    words = context.words
    if not row["n_units"]:
        return Cell(words.say("S1.nobody"), is_gap=True)
    held, known, share = (float(row[name]) for name in ("n_with", "n_units", "share"))  # type: ignore[arg-type]
    if known < context.reference.thresholds["compare_min_peers"]:
        return Cell(words.say("S1.few", held=words.count(held), n=words.count(known)), share)
    return Cell(words.say("S1.cell", share=words.percent(share), held=words.count(held), n=words.count(known)), share)


def _count_cell(row: Mapping[Hashable, object], top: float, context: Context) -> Cell:
    words, number = context.words, row["n_exemplars"]
    is_total = "" in (row["exemplar_level"], row["exemplar_kind"])
    if pd.isna(number):  # type: ignore[call-overload]
        few = context.reference.thresholds["suppress_people_below"]
        is_small = row["hidden"] == "small" and row["people_high"] == few - 1
        return Cell(words.say("S2.small", n=words.count(few)) if is_small else words.say("S2.hidden"), is_gap=True)
    return Cell(words.count(float(number)), None if is_total else float(number) / top)  # type: ignore[arg-type]


def draw_grid(texts: Texts, grid: Grid) -> Figure:
    """The figure of a grid: headings of the columns above, labels at the left, the last column apart from the others."""
    step = (WIDTH - 2 * MARGIN - LABELS - GAP) / len(grid.columns)
    heads = [balanced(name, HEAD_SIZE, step - 0.08) for name in grid.columns]
    head = LINE_HEIGHT * max(len(lines) for lines in heads) + 0.12
    body = sum(ROW * len(lines) + (BAND if title else 0) for title, lines in grid.parts)
    figure, span = framed(texts, head + body + 0.12)
    axes, height = inch_axes(figure, span)
    lefts = [
        MARGIN + LABELS + step * place + (GAP if place == len(grid.columns) - 1 else 0)
        for place in range(len(grid.columns))
    ]
    for left, lines in zip(lefts, heads, strict=True):
        axes.text(
            left + step / 2, height - head + 0.06, "\n".join(lines), ha="center", va="bottom", fontsize=HEAD_SIZE,
            color=DARK, linespacing=1.3,
        )  # fmt: skip
    top = height - head
    for title, rows in grid.parts:
        if title:
            axes.text(MARGIN, top - BAND / 2, title, va="center", fontsize=10, color="#595959")
            top -= BAND
        for label, cells in rows:
            name = "\n".join(wrap(label, 9.5, LABELS - 0.15))
            axes.text(MARGIN, top - ROW / 2, name, va="center", fontsize=9.5, color=INK, linespacing=1.2)
            for left, cell in zip(lefts, cells, strict=True):
                draw_cell(axes, left, top - ROW, step, cell)
            top -= ROW
    return figure


def draw_cell(axes: Axes, left: float, bottom: float, width: float, cell: Cell) -> None:
    """One cell with its words, in as large letters as fit."""
    look: Look = {"facecolor": FAINT, "edgecolor": "white"}
    colour = "#6e6e6e"
    if not cell.is_gap:
        shade = cell.shade
        look = {"facecolor": "white" if shade is None else RAMP(min(max(shade, 0.0), 1.0)), "edgecolor": LIGHT}
        colour = ink_on(look["facecolor"])
    axes.add_patch(Rectangle((left + 0.015, bottom + 0.015), width - 0.03, ROW - 0.03, linewidth=0.6, **look))
    size = next((size for size in (CELL_SIZE, 8.5, 8.0, 7.5, 7.0) if _fits(cell.text, size, width)), 6.5)
    lines = "\n".join(wrap(cell.text, size, width - 0.08))
    axes.text(
        left + width / 2, bottom + ROW / 2, lines, ha="center", va="center", fontsize=size, color=colour, linespacing=1.15
    )  # fmt: skip


def ink_on(face: object) -> str:
    """The colour of words that stand out from what is behind them: dark where it can be, else white, else black."""
    return next((ink for ink in (INK, "white") if contrast(ink, face) >= CONTRAST), "black")


def contrast(one: object, other: object) -> float:
    """How far two colours stand apart, 1 to 21 (WCAG 2.1)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: object) -> float:
    """The relative luminance of a colour, 0 black to 1 white (WCAG 2.1)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]  # type: ignore[arg-type]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _fits(text: str, size: float, width: float) -> bool:
    return max(text_width(line, size) for line in text.split("\n")) <= width - 0.1
