"""A table of codes and fractions -> headings, values and number formats of a sheet: numbers stay numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pandas as pd

from analysis.etl.table_files import protect
from analysis.present.hidden_words import say_hidden
from analysis.present.labels import Words
from analysis.present.numbers import MINUS
from analysis.present.points import cut_points
from analysis.present.tables_html import DECIMALS, NOTHING, POINTS, SHARES, heading, spell

Value: TypeAlias = str | int | float
TEXT, COUNT, SHARE, POINT = "@", "#,##0", "0.0%", f"+0.0;{MINUS}0.0;0.0"
PLACES: Mapping[str, str] = {"month": "0", "order": "0", "line": "0.0"}
MORE_SHARES = frozenset({"p_pass", "p_class", "p_top"})
CLASSES = ("class_proposed", "class_low", "class_high")
FIRST = ("list", "order", "unit_code", "short_name", "peer_group")
# for those who check a method: at the right of a sheet, and not on paper
TECHNICAL = (
    *("phi", "tau2", "tau2_used", "freedom"),
    *("p_pass", "p_pass_error", "p_top", "exemplar", "draws", "converged"),
)
SMALL = "small"
BELOW_ZERO = frozenset({"z", "z_widened", "points", "points_low", "points_high", "rank_change"})


@dataclass(frozen=True)
class Column:
    """One column of a sheet. Absent values are dashes; `is_number` says whether the others are numbers.

    `is_technical` is one that is not printed.
    """

    heading: str
    cells: tuple[Value, ...]
    number_format: str
    is_number: bool
    is_technical: bool = False


def columns_of(table: pd.DataFrame, words: Words) -> list[Column]:
    """The columns of a table, those that name the row first and technical ones last; texts that stand nowhere left out."""
    ready = in_order(say_hidden(of_points(table), words))
    columns = [_column(ready[name], str(name), words) for name in ready.columns]
    return [column for column in columns if column.is_number or {*column.cells} != {NOTHING}]


def small_rows(table: pd.DataFrame) -> list[bool]:
    """Which rows rest on a small sample."""
    names = [name for name in ("status", "mark") if name in table.columns]
    return [any(row[name] == SMALL for name in names) for row in table.to_dict("records")]


def of_points(table: pd.DataFrame) -> pd.DataFrame:
    """Where the rows hold totals of points: to two decimals, and the median of peers under a name of its own."""
    cut = cut_points(table)
    return cut.rename(columns={"peer_median": "peer_points"}) if "total" in table.columns else cut


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """The same with the columns that name the row first and the technical ones last."""
    first = [name for name in FIRST if name in table.columns]
    last = [name for name in TECHNICAL if name in table.columns]
    return table[[*first, *(name for name in table.columns if name not in {*first, *last}), *last]]


def _column(values: pd.Series[Any], name: str, words: Words) -> Column:
    texts, is_technical = _texts(values, name, words), name in TECHNICAL
    if texts is not None or not pd.api.types.is_numeric_dtype(values):
        told = spell(values, name, words) if texts is None else texts
        return Column(heading(name, words), tuple(_text(value) for value in told), TEXT, False, is_technical)
    kind = number_format(name)
    factor = 100.0 if kind == POINT else 1.0
    return Column(heading(name, words), tuple(_number(value, factor) for value in values), kind, True, is_technical)


def number_format(name: str) -> str:
    """How Excel shows a number: shares in percent, differences in points with their sign, counts with separators."""
    if name in SHARES or name in MORE_SHARES or name.startswith("funnel_"):
        return SHARE
    if name in POINTS:
        return POINT
    if name in PLACES:
        return PLACES[name]
    if name not in DECIMALS:
        return COUNT
    digits = f"0.{'0' * DECIMALS[name]}"
    return f"{digits};{MINUS}{digits}" if name in BELOW_ZERO else digits


def _texts(values: pd.Series[Any], name: str, words: Words) -> list[str] | None:
    """The words of columns that only sheets spell: yes and no, classes, reasons; None for any other."""
    if pd.api.types.is_bool_dtype(values):
        return ["" if pd.isna(value) else words.say("method.yes" if value else "method.no") for value in values]
    if name in CLASSES:
        return ["" if pd.isna(code) else words.label(str(code), "class") for code in values]
    if name == "reasons":
        return [_reasons(code, words) for code in values]
    return None


def _reasons(codes: object, words: Words) -> str:
    found = codes.split(";") if isinstance(codes, str) else []
    return words.join(words.say(f"reason.{code}") for code in found if code and not code.startswith("veto_"))


def _number(value: Any, factor: float) -> Value:
    if pd.isna(value):
        return NOTHING
    number = float(value) * factor
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _text(value: Any) -> str:
    return NOTHING if pd.isna(value) or value == "" else protect(str(value))
