"""A table of codes and fractions -> the same in words: for the CSV beside a chart, and as plain HTML for pages.

Plain HTML has no script and no style of its own, so nbval compares every figure in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.present.hidden_words import say_hidden
from analysis.present.labels import Words

NOTHING = "—"
SHARES = frozenset(
    {
        "rate",
        "rate_before",
        "panel_rate_before",
        "panel_rate",
        "shrunk",
        "pooled_march",
        "median_march",
        "ci_low",
        "ci_high",
        "peer_median",
        "peer_pooled",
        "on_time_share",
        "share",
        "pooled_rate",
        "median_rate",
        "people_share",
        "peer_median_low",
        "peer_median_high",
        "median_low",
        "median_high",
        "p_pass",
        "p_class",
        "p_pass_error",
        "exit_rate",
        "in_time_share",
        "quarter_low",
        "quarter_high",
        "p_top",
    }
)
POINTS = frozenset(
    {
        *("difference", "difference_low", "difference_high", "panel_change", "within_change"),
        *("part_activity", "part_headcount", "part_units", "part_definition", "part_correction"),
    }
)
DECIMALS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("total", "total_low", "total_high", "points", "gap", "total_order"), 2),
        **dict.fromkeys(("first_order", "deviation", "median_total", "points_low", "points_high"), 2),
        **dict.fromkeys(("peer_points", "full", "rank_change", "rank_change_most"), 1),
        "phi": 2,
        "tau2": 5,
        "tau2_used": 5,
        "z": 2,
        "z_widened": 2,
        "p_value": 4,
        "q_value": 4,
        "quality_index": 2,
        "per_person": 2,
        "visits_each": 1,
    }
    | {"observed": 2, "expected": 2}
)
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "status": "status",
        "state": "state",
        "treatment": "treatment",
        "class": "class",
        "kind": "unit_kind",
        "title_level": "title_level",
        "applied_level": "applied_level",
        **dict.fromkeys(("next_class", "class_proposed", "class_low", "class_high"), "class"),
        "list": "list",
        "sure": "sure",
        "departs": "",
        "forecast": "",
        "state_before": "title_state",
        "state_after": "title_state",
        "pairing_rule": "pairing_rule",
        "input": "input",
        "mark": "point",
        "arrival": "arrival",
        "act": "act",
        "sign": "sign",
        "form": "",
        "group": "group",
        "scale": "scale",
        "denominator_code": "",
        "median_status": "median",
        "problem_source": "problem_source",
        "exemplar_level": "exemplar_level",
        "exemplar_kind": "exemplar_kind",
        "subject": "item",
        "score_part": "score_part",
    }
)


TOTALS: Mapping[str, str] = MappingProxyType(
    {
        "title_level": "C8.all",
        "problem_source": "C9.all",
        "exemplar_level": "all.exemplars",
        "exemplar_kind": "all.exemplars",
    }
)
"""What an empty code of a column stands for, where it does not stand for nothing."""
ABSENT: Mapping[str, str] = MappingProxyType({"days_late": "arrival.not_submitted"})
"""What an absent value of a column says, where it is more than a dash."""
FORCE = "force_"  # columns that tell of one institution each


@dataclass(frozen=True)
class HtmlTable:
    """A table to be shown: Jupyter takes the HTML, everything else the caption."""

    html: str
    caption: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.caption


def in_words(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The same rows with headings and codes in words; numbers stay numbers."""
    table = say_hidden(table, words)
    columns = {str(name): spell(table[name], str(name), words) for name in table.columns}
    headings = [heading(name, words) for name in columns]
    result = pd.DataFrame(columns)
    return result.set_axis(headings, axis="columns")


def heading(name: str, words: Words) -> str:
    """What a column is called."""
    return words.label(name.removeprefix(FORCE), "column")


def spell(column: pd.Series[Any], name: str, words: Words) -> pd.Series[Any]:
    """The codes of one column in words; other columns as they are."""
    if not is_code(name):
        return column
    texts = [code if pd.isna(code) else spelled(str(code), name, words) for code in column]
    return pd.Series(texts, index=column.index, dtype="str")


def is_code(name: str) -> bool:
    """Whether a column holds codes."""
    return name in LISTS or name.startswith(FORCE) or name in ("peer_group", "category", "indicator", "rule")


def spelled(code: str, name: str, words: Words) -> str:
    """One code in words; an empty peer group stands for all units."""
    if name == "peer_group":
        return words.peer_group(code) if code else words.say("all.groups")
    if name == "rule":
        return words.rule(code)
    if not code:
        return words.say(TOTALS[name]) if name in TOTALS else NOTHING
    if name == "category":
        return words.category(code)
    if name == "indicator":
        return words.indicator(code)
    return words.label(code, "force" if name.startswith(FORCE) else LISTS[name])


def as_text(value: Any, name: str, words: Words) -> str:
    """One value as people read it: shares in percent, whole numbers plain, nothing as a dash."""
    if pd.isna(value):
        return words.say(ABSENT[name]) if name in ABSENT else NOTHING
    if isinstance(value, str):
        return value or NOTHING
    if name in SHARES or name.startswith("funnel_"):
        return words.percent(float(value))
    if name in POINTS:
        return signed(float(value))
    if name in DECIMALS:
        return f"{float(value):.{DECIMALS[name]}f}"
    return words.count(float(value))


def signed(difference: float) -> str:
    """A difference of shares in percentage points with its sign; no sign where one decimal shows nothing."""
    text = f"{100 * difference:+.1f}"
    return text.replace("-", "\u2212") if float(text) else "0.0"


def to_html(table: pd.DataFrame, words: Words, caption: str, chart: str = "", folded: bool = False) -> HtmlTable:
    """The table as plain HTML. `chart` is the code of the chart that it stands behind; `folded` hides it until asked."""
    table = say_hidden(table, words)
    names = [str(name) for name in table.columns]
    spelled_out = {name: spell(table[name], name, words) for name in names}
    numeric = {name: pd.api.types.is_numeric_dtype(spelled_out[name]) for name in names}
    head = "".join(cell(heading(name, words), numeric[name], "th") for name in names)
    rows = [
        "<tr>"
        + "".join(cell(as_text(value, name, words), numeric[name]) for name, value in zip(names, row, strict=True))
        + "</tr>"
        for row in zip(*(spelled_out[name] for name in names), strict=True)
    ]
    mark = f' data-chart="{escape(chart)}"' if chart else ""
    title = escape(caption)
    above = "" if folded else f"<caption>{title}</caption>\n"
    body = f"<table{mark}>{above}<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
    return HtmlTable(f"<details><summary>{title}</summary>\n{body}\n</details>" if folded else body, caption)


def cell(text: str, is_number: bool, tag: str = "td") -> str:
    """One cell; numbers stand at the right."""
    align = ' style="text-align:right"' if is_number else ""
    return f"<{tag}{align}>{escape(text)}</{tag}>"
