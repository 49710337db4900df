"""S3: which of the institutions each unit has in force, a mark each, the units by peer group in columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
from analysis.present.chart_tables import used_groups
from analysis.present.context import Context
from analysis.present.findings_lists import institution_columns, institutions_finding
from analysis.present.list_tables import FORCE, FORCES

BLOCKS, ROW, HEADING, KEY = 4, 0.215, 0.34, 0.32
MARK, STEP, GAP = 0.13, 0.3, 0.2
WHOLE = (WIDTH - 2 * MARGIN + GAP) / BLOCKS
LOOKS: Mapping[str, Look] = {
    "in_force": {"facecolor": DARK, "edgecolor": DARK},
    "on_paper": {"facecolor": "white", "edgecolor": DARK, "hatch": "////////"},
    "absent": {"facecolor": "white", "edgecolor": ACCENT, "linewidth": 1.4},
    "unknown": {"facecolor": LIGHT, "edgecolor": MIDDLE},
}


@in_house_style
def chart_institutions(table: pd.DataFrame, context: Context) -> Figure:
    """The figure of `institutions_table`; a unit that has not reported has words in place of its marks."""
    words = context.words
    names = institution_columns(table)
    items = _items(table, context, len(names))
    blocks = _blocks(items, words.say, len(names))
    texts = Texts(
        institutions_finding(table, context),
        words.say("S3.subtitle", year=context.reference.year, order=words.join(_named(names, context))),
        context.foot(words.say("S3.note")),
    )
    tall = max((sum(height for height, *_ in block) for block in blocks), default=ROW)
    figure, span = framed(texts, KEY + tall + 0.15)
    axes, height = inch_axes(figure, span)
    _draw_key(axes, height - KEY / 2, [code for code in FORCES if code in LOOKS], context)
    for place, block in enumerate(blocks):
        top = height - KEY - 0.1
        for size, title, row in block:
            _draw_line(axes, MARGIN + WHOLE * place, top - size / 2, WHOLE - GAP, title, row, names, context)
            top -= size
    return figure


def _named(names: Sequence[str], context: Context) -> list[str]:
    """The institutions numbered in the order of their marks."""
    return [
        context.words.say("S3.numbered", n=place, name=context.words.label(name.removeprefix(FORCE)))
        for place, name in enumerate(names, 1)
    ]


Item = tuple[float, str, Mapping[object, object] | None]


def _heading(title: str, n_names: int) -> Item:
    """The name of a group, as high as its lines beside the numbers of the marks."""
    n_lines = len(wrap(title, 8.5, WHOLE - GAP - STEP * n_names - 0.05))
    return (max(HEADING, 0.14 * n_lines + 0.1), title, None)


def _items(table: pd.DataFrame, context: Context, n_names: int) -> list[Item]:
    """The lines of the page: headings of peer groups and units under them."""
    items: list[Item] = []
    for group in used_groups(table, context.reference):
        items.append(_heading(context.words.peer_group(group), n_names))
        items += [(ROW, "", row) for row in table[table["peer_group"] == group].to_dict("records")]
    return items


def _blocks(items: Sequence[Item], say: Callable[..., str], n_names: int) -> list[list[Item]]:
    """The lines in columns of about the same height; no heading stands last in one, each begins with one."""
    whole = sum(item[0] for item in items)
    blocks: list[list[Item]] = [[]]
    used, group = 0.0, ""
    for place, item in enumerate(items):
        after = items[place + 1][0] if item[2] is None and place + 1 < len(items) else 0.0
        if blocks[-1] and len(blocks) < BLOCKS and used + item[0] + after > whole / BLOCKS + HEADING:
            blocks.append([] if item[2] is None else [_heading(say("S3.continued", group=group), n_names)])
            used = 0.0
        group = item[1] if item[2] is None else group
        blocks[-1].append(item)
        used += item[0]
    return blocks


def _draw_key(axes: Axes, y: float, codes: Sequence[str], context: Context) -> None:
    x = MARGIN
    for code in codes:
        name = context.words.label(code, "force")
        axes.add_patch(Rectangle((x, y - MARK / 2), MARK, MARK, **{"linewidth": 0.8, **LOOKS[code]}))
        axes.text(x + MARK + 0.08, y, name, va="center", fontsize=8.5, color=DARK)
        x += MARK + 0.42 + text_width(name, 8.5)


def _draw_line(
    axes: Axes, left: float, y: float, width: float, title: str, row: Mapping[object, object] | None,
    names: Sequence[str], context: Context,
) -> None:  # fmt: skip
    """One line of a column: a heading, or a unit with its marks."""
    words, marks = context.words, left + width - STEP * len(names)
    if row is None:
        lines = wrap(title, 8.5, marks - left - 0.05)
        axes.text(left, y, "\n".join(lines), va="center", fontsize=8.5, color="#595959", linespacing=1.1)
        for place in range(len(names)):
            axes.text(
                marks + STEP * (place + 0.5), y, words.say("S3.mark", n=place + 1), ha="center", va="center",
                fontsize=8.5, color="#595959",
            )  # fmt: skip
        return
    size = next(
        (size for size in (9.0, 8.0, 7.0) if text_width(str(row["short_name"]), size) < marks - left - 0.05), 6.5
    )
    axes.text(left, y, str(row["short_name"]), va="center", fontsize=size, color=INK)
    states = [str(row[name]) for name in names]
    if "not_submitted" in states:
        where = marks + STEP * len(names) / 2
        axes.text(
            where, y, words.label("not_submitted", "coverage"), ha="center", va="center", fontsize=8, color="#6e6e6e"
        )
        return
    for place, state in enumerate(states):
        corner = (marks + STEP * (place + 0.5) - MARK / 2, y - MARK / 2)
        axes.add_patch(Rectangle(corner, MARK, MARK, **{"linewidth": 0.8, **LOOKS[state]}))
