"""Rows of a table of `data/clean` as they may leave the office, filtered by names: what `pick` and `show` give.

A table that has no such version here (`facts`, `units` with its counts of women ...) is for the office alone, as
`year.facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import pandas as pd

from analysis.measures.disclosure_peers import public_comparison
from analysis.measures.disclosure_steps import public_steps
from analysis.measures.disclosure_tables import Figure, hide
from analysis.notebook.names import Names, choose
from analysis.notebook.unknown import UnknownName, listed, say, unknown
from analysis.present.labels import LANGS, Words
from analysis.present.tables_html import is_code, spelled
from analysis.reference import Reference

Tables: TypeAlias = Mapping[str, pd.DataFrame]
Wanted: TypeAlias = str | float | bool | Iterable[str] | None
FIGURE = ("indicator", "category")
KEYS = ("unit_code", "short_name", "peer_group", *FIGURE)
CHANGE = ("difference", "difference_low", "difference_high", "class")
NOW = Figure(derived=("rate", *CHANGE))
THEN = Figure(
    numerators=("numerator_before",),
    denominators=("denominator_before",),
    derived=("rate_before", *CHANGE),
    suffix="_before",
)
OF_QUERY = ["query_id", "unit_code", "form", "sheet", "cell", "rule", "treatment", "state"]
OF_UNIT = ["unit_code", "short_name", "kind", "peer_group", "size_band", "title_level", "submitted"]


def _rates(tables: Tables, rows: pd.DataFrame, _: Reference) -> pd.DataFrame:
    return hide(rows, tables["hidden"], Figure())


def _change(tables: Tables, rows: pd.DataFrame, _: Reference) -> pd.DataFrame:
    return hide(hide(rows, tables["hidden"], NOW), tables["hidden_before"], THEN)


def _comparison(tables: Tables, rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The whole figures that the rows are of: the limits of a group hang on all of its units."""
    figures = set(rows[list(FIGURE)].itertuples(index=False, name=None))
    full = tables["comparison"]
    own = full.loc[[figure in figures for figure in full[list(FIGURE)].itertuples(index=False, name=None)]]
    shown = public_comparison(own, tables["rates"], tables["hidden"], tables["units"], reference)
    return rows[["unit_code", *FIGURE]].merge(shown, on=["unit_code", *FIGURE], how="left")


def _as_it_is(_: Tables, rows: pd.DataFrame, __: Reference) -> pd.DataFrame:
    return rows


def _only(columns: list[str]) -> Callable[[Tables, pd.DataFrame, Reference], pd.DataFrame]:
    return lambda _, rows, __: rows[columns]


# points, classes, questions and files are no counts of people
PUBLIC: Mapping[str, Callable[[Tables, pd.DataFrame, Reference], pd.DataFrame]] = MappingProxyType(
    {
        "rates": _rates,
        "change": _change,
        "comparison": _comparison,
        "group_rates": _rates,
        "queries": _only(OF_QUERY),
        "units": _only(OF_UNIT),
        "quality": _as_it_is,
        "submissions": _only(["file", "unit_code", "forms", "state", "rule"]),
        "scorecards": _as_it_is,
        "decisions": _as_it_is,
        "next_steps": lambda tables, rows, _: public_steps(rows, tables["assessment"], tables["hidden"]),
        "rank_sensitivity": _as_it_is,
    }
)


@dataclass(frozen=True)
class Rows:
    """The tables of a year with the names by which rows are chosen."""

    tables: Tables
    names: Names

    def pick(self, name: str, **filters: Wanted) -> pd.DataFrame:
        """Rows of one table of `PUBLIC`, in its order, with `short_name` where it has units; ordinary columns, codes.

        `unit`, `indicator`, `category` take codes or names; every other keyword is a column, its value a code or the word
        for it; lists choose several, None rows without a value. Raises UnknownName for what is not there.
        """
        name = self._public(name)
        rows = with_names(self.tables[name], self.names.reference)
        for column, wanted in filters.items():
            column = "unit_code" if column == "unit" else column
            if column not in rows.columns:
                shorter = ["unit"] if "unit_code" in rows else []
                raise unknown("column", column, [*shorter, *map(str, rows.columns)])
            rows = rows[self._matches(rows, column, wanted)]
        public = PUBLIC[name](self.tables, rows, self.names.reference)
        return with_names(public, self.names.reference).reset_index(drop=True)

    def _public(self, name: str) -> str:
        try:
            return self.names.table(name, PUBLIC)
        except UnknownName:
            if name in self.tables:
                names = {lang: listed(list(PUBLIC), lang) for lang in LANGS}
                raise UnknownName(say("office_only", name=name, names=names)) from None
            raise

    def _matches(self, rows: pd.DataFrame, column: str, wanted: Wanted) -> pd.Series[bool]:
        if wanted is None:
            empty: pd.Series[bool] = rows[column].isna() | rows[column].eq("")
            return empty
        several = list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]
        codes = [self._code(rows, column, one) if isinstance(one, str) else one for one in several]
        return rows[column].isin(codes)

    def _code(self, rows: pd.DataFrame, column: str, text: str) -> str:
        """The value of a column that a text means."""
        by_name = {"unit_code": self.names.unit, "indicator": self.names.indicator, "category": self.names.category}
        if column in by_name:
            return by_name[column](text) if text else ""
        values = sorted({str(value) for value in rows[column].dropna()})
        if not text or text in values or not is_code(column):
            return text
        words = [Words(self.names.reference, lang) for lang in LANGS]
        if is_known(text, column, words[0]):
            return text  # a code that no row of this year has
        return choose("value", text, {value: [spelled(value, column, one) for one in words] for value in values})


def is_known(code: str, column: str, words: Words) -> bool:
    """Whether a column may hold this code at all."""
    try:
        return spelled(code, column, words) != code
    except KeyError:
        return False


def with_names(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The same with `short_name` behind `unit_code`, where the table has units and not their names."""
    if "unit_code" not in rows or "short_name" in rows:
        return rows
    names = {unit.code: unit.short_name for unit in reference.units}
    place = list(rows.columns).index("unit_code") + 1
    columns = [*rows.columns[:place], "short_name", *rows.columns[place:]]
    return rows.assign(short_name=rows["unit_code"].map(names).astype("str"))[columns]
