"""A table in words for the bench: Chinese headings, figures in their own units, and how many rows are left out."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from analysis.etl.dictionary import load_dictionary
from analysis.present.labels import Words
from analysis.present.numbers import minus, signed, signed_number
from analysis.present.tables_html import POINTS, SHARES, HtmlTable, to_html
from analysis.present.unit_profile import PERCENT

ROWS = 30
OF_OTHERS = frozenset({"people_share", "share", "on_time_share"})  # shares of something else than the figure
HINTS = (
    ("answer", 'year.answer("participation")'),
    ("charts", "year.charts"),
    ("chart", 'year.chart("C2")'),
    ("chart_of", 'year.chart("funnel", category="…")'),
    ("pick", 'year.pick("rates", unit="…")'),
    ("show", 'year.show("rates", unit="…")'),
    ("full", "year.rates"),
    ("describe", 'year.describe("rates")'),
    ("unit", 'year.unit("…").profile()'),
    ("category", 'year.category("…").chart()'),
    ("trace", 'year.trace("…", indicator="…")'),
)
NOTES = ("hidden", "people_low", "people_high", "hidden_before", "people_low_before", "people_high_before")


def shown_table(table: pd.DataFrame, words: Words, caption: str, rows: int | None = ROWS) -> HtmlTable:
    """The first rows in words; None shows all. Columns without any value are left out, codes of units give way to names."""
    part = table if rows is None else table.head(rows)
    empty = [name for name in part if name not in NOTES and part[name].isna().all()]
    codes = [name for name in ("unit_code", "query_id") if "short_name" in part and name in part]
    said = in_figures(part.drop(columns=list(dict.fromkeys([*empty, *codes]))), words)
    more = words.say("bench.first_rows", n=words.count(len(part)), all=words.count(len(table)))
    return to_html(said, words, caption if len(part) == len(table) else f"{caption} {more}")


def in_figures(table: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The same with figures that are no shares of people as plain numbers: means per head are no percentages."""
    if "indicator" not in table or not len(table):
        return table
    shares = [words.reference.indicators[str(code)].unit == PERCENT for code in table["indicator"]]
    if all(shares):
        return table
    columns = [
        name
        for name in table
        if name in (*SHARES - OF_OTHERS, *POINTS, "rate_low", "rate_high") or "funnel_" in str(name)
    ]
    texts = {
        str(name): pd.Series(
            [_text(float(value), share, str(name), words) for value, share in zip(table[name], shares, strict=True)],
            index=table.index,
            dtype="str",
        )
        for name in columns
    }
    return table.assign(**texts)


def _text(value: float, is_share: bool, name: str, words: Words) -> str | None:
    if math.isnan(value):
        return None
    if name in POINTS:
        return signed(value) if is_share else signed_number(value, 2)
    return words.percent(value) if is_share else minus(f"{value:.2f}")


def described(name: str, data_dir: Path, words: Words) -> HtmlTable:
    """One row per column of a table of `data/clean`: its name in pandas, its heading, its unit and what it means."""
    columns = load_dictionary(data_dir / "reference" / "tables.csv")[name]
    table = pd.DataFrame(
        [
            {
                "column": column.name,
                "heading": words.label(column.name, "column"),
                "measured_in": column.unit,
                "may_be_empty": words.say("bench.yes") if column.nullable else words.say("bench.no"),
                "meaning": column.meaning_zh if words.lang == "zh" else column.meaning_en,
            }
            for column in columns
        ]
    )
    caption = words.say("bench.describe", name=name, what=words.label(name, "clean_table"))
    return to_html(table, words, caption)


def bench_hints(words: Words) -> list[tuple[str, str]]:
    """What can be typed next, each with what it gives."""
    return [(code, words.say(f"bench.hint.{name}")) for name, code in HINTS]
