"""From a figure back to the facts behind it: file, sheet, cell and raw text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.measures.fact_fields import at_fields
from analysis.measures.registry import Field, category_behind, definition_of, fields_behind, side_fields
from analysis.reference import Reference
from analysis.reference.definitions import Side

_CELL_COLUMNS = ["form", "row", "item", "measure", "value", "text", "status", "rule", "raw", "file", "sheet", "cell"]
_LINE = ["unit_code", "form", "file", "sheet", "row"]
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
            {own, category_behind(str(indicator), own, reference)}
            for indicator, own in zip(chosen["indicator"], chosen["category"].fillna("").astype("str"), strict=True)
        ]
        chosen = chosen.loc[[category in names for names in behind]]
    figures = []
    for _, rate in chosen.iterrows():
        sides = indicator_facts(tables["facts"], reference, rate)
        if measure and measure not in set(sides[0]["measure"]) | set(sides[1]["measure"]):
            continue
        own = rate["category"] if isinstance(rate["category"], str) else ""
        fields = {field for side in fields_behind(str(rate["indicator"]), own, reference) for field in side}
        figures.append(Figure(rate, *sides, _queries_at(tables["queries"], pd.concat(sides), unit_code, fields)))
    return figures


def indicator_facts(facts: pd.DataFrame, reference: Reference, rate: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The facts that make the numerator and the denominator of one rate, in the order of the sheet.

    Where the form asks for a total and for lines, the facts are those that decided: the distinct total before the
    lines that it is about, the lines before a sum of them.
    """
    own = facts[facts["unit_code"] == rate["unit_code"]]
    category = rate["category"] if isinstance(rate["category"], str) else ""
    definition = definition_of(str(rate["indicator"]), category, reference)
    numerator, denominator = (
        _side_facts(own, side, category, reference) for side in (definition.numerator, definition.denominator)
    )
    return numerator, denominator


def _side_facts(own: pd.DataFrame, side: Side | None, category: str, reference: Reference) -> pd.DataFrame:
    fields = side_fields(side, category, reference) if side else ()
    found = own[at_fields(own, fields)][_CELL_COLUMNS]
    if side is None or not side.total:
        return found
    total = found["item"].fillna("") == side.total
    told = found["value"].notna()
    if side.operation == "union":
        return found[total] if (total & told).any() else found
    return found[~total] if (~total & told).any() else found


def _queries_at(queries: pd.DataFrame, facts: pd.DataFrame, unit_code: str, fields: Collection[Field]) -> pd.DataFrame:
    """Open queries at the cells of a figure, and at blank cells of its fields."""
    own = queries[(queries["unit_code"] == unit_code) & (queries["state"] == "open")]
    if own.empty:
        return own
    places = set(_keys(facts, ["file", "sheet", "cell"]))
    here = [place in places for place in _keys(own, ["file", "sheet", "cell"])]
    names = {(form, f"{item}.{measure}" if item else measure) for form, item, measure in fields}
    blank = [place in names for place in _keys(own, ["form", "field"])]
    return own.loc[[one or other for one, other in zip(here, blank, strict=True)]]


def _keys(table: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    """The rows of some columns; empty texts where there is nothing."""
    return list(zip(*(table[name].fillna("").tolist() for name in columns), strict=True))


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
