"""From a figure back to the facts behind it: file, sheet, cell and raw text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.measures.rates import DEFINITIONS, ROWS_ELSEWHERE, category_behind
from analysis.reference import Reference

_CELL_COLUMNS = ["form", "row", "item", "measure", "value", "text", "status", "rule", "raw", "file", "sheet", "cell"]
_LINE = ["unit_code", "form", "file", "sheet", "row"]
SUMMED = "F3"
PARTS_OF = {"hc_ever": ("hc_start", "joined")}


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate with the facts behind its two sides. `rate` is a row of `rates`."""

    rate: pd.Series
    numerator: pd.DataFrame
    denominator: pd.DataFrame
    queries: pd.DataFrame


def trace_figures(
    tables: Mapping[str, pd.DataFrame],
    reference: Reference,
    unit_code: str,
    category: str | None = None,
    measure: str | None = None,
) -> list[Figure]:
    """The rates of a unit, each with its cells; with `category` or `measure` only those that they name."""
    rates = tables["rates"]
    chosen = rates[rates["unit_code"] == unit_code]
    if category:
        behind = [
            category_behind(str(indicator), str(own), reference)
            for indicator, own in zip(chosen["indicator"], chosen["category"], strict=True)
        ]
        chosen = chosen[[name == category for name in behind]]
    figures = []
    for _, rate in chosen.iterrows():
        sides = indicator_facts(tables["facts"], reference, rate)
        if measure and measure not in set(sides[0]["measure"]) | set(sides[1]["measure"]):
            continue
        figures.append(Figure(rate, *sides, _queries_at(tables["queries"], pd.concat(sides), unit_code, rate)))
    return figures


def indicator_facts(facts: pd.DataFrame, reference: Reference, rate: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The facts that make the numerator and the denominator of one rate, in the order of the sheet."""
    own = facts[facts["unit_code"] == rate["unit_code"]]
    item, measure, denominators = sides_of(rate["indicator"], rate["category"], reference)
    if item is None:
        numerator = own[(own["form"] == SUMMED) & (own["measure"] == measure)]
    else:
        numerator = own[(own["form"] == SUMMED) & (own["item"] == item) & (own["measure"] == measure)]
    denominator = own[(own["form"] == "F1") & own["measure"].isin(denominators)]
    return numerator[_CELL_COLUMNS], denominator[_CELL_COLUMNS]


def sides_of(indicator: str, category: str, reference: Reference) -> tuple[str | None, str, list[str]]:
    """Item and measure of the numerator and the F1 measures of the denominator; no item means all categories."""
    definition = DEFINITIONS[indicator]
    item = category_behind(indicator, category, reference)
    if definition.scope in ROWS_ELSEWHERE:  # counts of questions, cells and lines, no sum of values
        return "", definition.measure, []
    if definition.scope == "breadth":
        return None, definition.measure, []
    denominator = definition.denominator or reference.category(item).denominator
    return item, definition.measure, [denominator]


def _queries_at(queries: pd.DataFrame, facts: pd.DataFrame, unit_code: str, rate: pd.Series) -> pd.DataFrame:
    """Open queries at the cells of a figure, and at blank cells of its fields."""
    own = queries[(queries["unit_code"] == unit_code) & (queries["state"] == "open")]
    places = pd.MultiIndex.from_frame(facts[["file", "sheet", "cell"]])
    here = pd.MultiIndex.from_frame(own[["file", "sheet", "cell"]].fillna("")).isin(places)
    fields = {
        f"{item}.{measure}" if item else measure for item, measure in zip(facts["item"], facts["measure"], strict=True)
    }
    if isinstance(rate["category"], str) and rate["category"]:
        fields.add(f"{rate['category']}.persons")
    blank = own["field"].isin(fields)
    return own[here | blank]


def trace_facts(
    facts: pd.DataFrame, unit_code: str, item: str | None, measure: str | None, known: pd.DataFrame
) -> pd.DataFrame:
    """The facts of a unit in all forms with this item or measure, without the `known` ones.

    A category stands for the lines of activities of that category too. Without a measure plain texts are left out.
    """
    own = facts[facts["unit_code"] == unit_code]
    if measure:
        own = own[own["measure"].isin(PARTS_OF.get(measure, (measure,)))]
    else:
        own = own[own["value"].notna() | own["text"].isna()]
    if item:
        same = facts[(facts["measure"] == "category") & (facts["text"] == item)]
        lines = pd.MultiIndex.from_frame(same[_LINE])
        own = own[(own["item"] == item) | pd.MultiIndex.from_frame(own[_LINE]).isin(lines)]
    return own[~own.index.isin(known.index)][_CELL_COLUMNS]
