"""Bars of parts with a table beside them: pairing by title level (C8), problems by their source (C9)."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

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
from analysis.present.findings_lists import pairing_finding, problems_finding
from analysis.present.list_tables import AGES, COVERAGES, STATES

ROW, KEY_LINE, HEAD_SIZE, LINE_HEIGHT = 0.55, 0.26, 8.5, 0.165
LABELS, BAR = 1.75, 4.35
SMALL_SIZE = 8  # points of a number above a narrow part
Row: TypeAlias = Mapping[Hashable, Any]
OPEN: Look = {"facecolor": "white", "edgecolor": DARK, "hatch": "...."}
UNSENT: Look = {"facecolor": "white", "edgecolor": MIDDLE, "linestyle": (0, (3, 2))}
PAIRING_LOOKS: Mapping[str, Look] = {
    "both": {"facecolor": MIDDLE, "edgecolor": MIDDLE},
    "one": {"facecolor": LIGHT, "edgecolor": MIDDLE},
    "unpaired": {"facecolor": ACCENT, "edgecolor": ACCENT},
    "unknown": OPEN,
    "not_submitted": UNSENT,
}
PROBLEM_LOOKS: Mapping[str, Look] = {
    "closed": {"facecolor": MIDDLE, "edgecolor": MIDDLE},
    "done": {"facecolor": LIGHT, "edgecolor": MIDDLE},
    "long_term": {"facecolor": "white", "edgecolor": MIDDLE, "hatch": "////"},
    "in_progress": {"facecolor": "white", "edgecolor": DARK, "hatch": "\\\\\\\\"},
    "not_started": {"facecolor": "white", "edgecolor": DARK},
    "overdue": {"facecolor": ACCENT, "edgecolor": ACCENT},
    "unknown": OPEN,
}


@dataclass(frozen=True)
class Stack:
    """What a chart of stacked bars consists of: its parts with their looks, and the columns beside the bars."""

    parts: Sequence[str]
    looks: Mapping[str, Look]
    kind: str
    label: Callable[[Row], str]
    columns: Sequence[tuple[str, Callable[[Row], str]]]


@in_house_style
def chart_pairing(table: pd.DataFrame, context: Context) -> Figure:
    """C8: the figure of `pairing_table`."""
    words = context.words

    def told(column: str, show: Callable[[float], str]) -> Callable[[Row], str]:
        def text(row: Row) -> str:
            value = float(row[column])
            if not math.isnan(value):
                return show(value)
            return words.say(
                "C8.withheld" if column != "visits_each" and isinstance(row["hidden"], str) else "C8.no_rate"
            )

        return text

    columns = [
        ("C8.households", told("households", words.count)),
        ("C8.visits", told("visits_each", lambda value: f"{value:.1f}")),
        ("C8.exits", told("exits", words.count)),
        ("C8.exit_rate", told("exit_rate", words.percent)),
    ]
    label = _label("title_level", "title_level", "C8.all", context)
    stack = Stack(COVERAGES, PAIRING_LOOKS, "coverage", label, columns)
    few = context.reference.thresholds["suppress_sensitive_below"]
    notes = [words.say(f"C8.rule_{context.reference.pairing_rule}"), words.say("C8.note", n=f"{few:.0f}")]
    texts = Texts(
        pairing_finding(table, context),
        words.say("C8.subtitle", year=context.reference.year),
        context.foot(*notes),
    )
    return draw_stack(texts, table, stack, context)


@in_house_style
def chart_problems(table: pd.DataFrame, context: Context) -> Figure:
    """C9: the figure of `problems_table`."""
    words, limits = context.words, context.reference.thresholds

    def in_time(row: Row) -> str:
        return words.percent(row["in_time_share"]) if row["due"] else words.say("C8.no_rate")

    def number(name: str) -> Callable[[Row], str]:
        return lambda row: words.count(row[name])

    short, long = limits["overdue_days_short"], limits["overdue_days_long"]
    days = {"short": f"{short:.0f}", "next": f"{short + 1:.0f}", "long": f"{long:.0f}"}
    columns = [("C9.in_time", in_time), *((f"C9.{age}", number(age)) for age in AGES)]
    label = _label("problem_source", "problem_source", "C9.all", context)
    stack = Stack(STATES, PROBLEM_LOOKS, "rect_state", label, columns)
    texts = Texts(
        problems_finding(table, context),
        words.say("C9.subtitle", year=context.reference.year),
        context.foot(words.say("C9.note"), *context.still_open("I25")),
    )
    return draw_stack(texts, table, stack, context, days)


def _label(column: str, kind: str, all_phrase: str, context: Context) -> Callable[[Row], str]:
    words = context.words

    def name(row: Row) -> str:
        code = str(row[column])
        return words.say(all_phrase) if not code else words.label(code, kind)

    return name


def draw_stack(
    texts: Texts, table: pd.DataFrame, stack: Stack, context: Context, blanks: Mapping[str, str] | None = None
) -> Figure:
    """The figure: a key of the parts that occur above, one bar a row from 0 to the whole, the numbers beside it."""
    words = context.words
    shown = [part for part in stack.parts if table[part].sum() > 0]
    keys = _key_lines([(part, words.label(part, stack.kind)) for part in shown])
    left = MARGIN + LABELS + BAR + 0.35
    step = (WIDTH - MARGIN - left) / len(stack.columns)
    heads = [wrap(words.say(phrase, **(blanks or {})), HEAD_SIZE, step - 0.08) for phrase, _ in stack.columns]
    head = max(LINE_HEIGHT * max(map(len, heads)), KEY_LINE * len(keys)) + 0.16
    figure, span = framed(texts, head + ROW * len(table) + 0.12)
    axes, height = inch_axes(figure, span)
    _draw_keys(axes, height - 0.1, keys, stack)
    for place, lines in enumerate(heads):
        axes.text(
            left + step * (place + 0.5), height - head + 0.08, "\n".join(lines), ha="center", va="bottom",
            fontsize=HEAD_SIZE, color=DARK, linespacing=1.3,
        )  # fmt: skip
    axes.axhline(height - head, MARGIN / WIDTH, 1 - MARGIN / WIDTH, color=MIDDLE, linewidth=0.8)
    for place, row in enumerate(table.to_dict("records")):
        centre = height - head - ROW * (place + 0.5)
        if place and place == len(table) - 1:
            axes.axhline(centre + ROW / 2, MARGIN / WIDTH, 1 - MARGIN / WIDTH, color=DARK, linewidth=0.8)
        name = "\n".join(wrap(stack.label(row), 9.5, LABELS - 0.12))
        axes.text(MARGIN, centre, name, va="center", fontsize=9.5, color=INK, linespacing=1.2)
        _draw_bar(axes, centre, [(part, int(row[part])) for part in shown], stack, context)
        for column, (_, text) in enumerate(stack.columns):
            axes.text(
                left + step * (column + 0.5), centre, text(row), ha="center", va="center", fontsize=10, color=INK
            )  # fmt: skip
    return figure


def _key_lines(keys: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The keys in as many lines as they need above the bars."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for part, name in keys:
        width = 0.52 + text_width(name, HEAD_SIZE)
        if lines[-1] and used + width > LABELS + BAR:
            lines.append([])
            used = 0.0
        lines[-1].append((part, name))
        used += width
    return lines


def _draw_keys(axes: Axes, top: float, lines: Sequence[Sequence[tuple[str, str]]], stack: Stack) -> None:
    for place, line in enumerate(lines):
        x, y = MARGIN, top - KEY_LINE * (place + 0.5) + 0.05
        for part, name in line:
            axes.add_patch(Rectangle((x, y - 0.07), 0.22, 0.14, linewidth=0.7, **stack.looks[part]))
            axes.text(x + 0.29, y, name, va="center", fontsize=HEAD_SIZE, color=DARK)
            x += 0.52 + text_width(name, HEAD_SIZE)


def _draw_bar(axes: Axes, centre: float, parts: Sequence[tuple[str, int]], stack: Stack, context: Context) -> None:
    """One bar; a part has its number in it where there is room for it, else above it; the whole stands at its end."""
    whole = sum(number for _, number in parts)
    left = MARGIN + LABELS
    taken = left  # the right end of the last number above the bar
    for part, number in parts:
        width = BAR * number / whole if whole else 0.0
        if not width:
            continue
        look = stack.looks[part]
        axes.add_patch(Rectangle((left, centre - 0.14), width, 0.28, linewidth=0.7, **look))
        text = context.words.count(number)
        if text_width(text, 9) + 0.1 <= width:
            dark = look["facecolor"] in (ACCENT, MIDDLE)
            paper = (
                None if dark or look["facecolor"] == LIGHT else {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
            )
            axes.text(
                left + width / 2, centre, text, ha="center", va="center", fontsize=9, color="white" if dark else INK,
                bbox=paper,
            )  # fmt: skip
        else:
            start = max(left + (width - text_width(text, SMALL_SIZE)) / 2, taken)
            axes.text(start, centre + 0.15, text, va="baseline", fontsize=SMALL_SIZE, color=INK)
            taken = start + text_width(text, SMALL_SIZE) + 0.06
        left += width
    axes.text(left + 0.07, centre, context.words.count(whole), va="center", fontsize=9, color="#6e6e6e")
