"""The lines of a list or of printed items, cell by cell with their states: facts and questions -> lines of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from analysis.measures.questions import EMPTY_FORM, Ask, Questions
from analysis.measures.registry import column_fields, source_fields
from analysis.records import split_address
from analysis.reference import Reference
from analysis.reference.definitions import ONE_FIGURE, SOURCES

Key = int | str


class Value(NamedTuple):
    """What a cell says. `number` is null unless exact or approximate, `text` a code, a date in ISO form, or words."""

    status: str
    number: float | None
    low: float | None
    high: float | None
    text: str


class Line(NamedTuple):
    """One line of a unit. `asked` are the columns left blank about which a question is open."""

    key: Key
    values: Mapping[str, Value]
    asked: frozenset[str]


@dataclass(frozen=True)
class FormLines:
    """The lines behind one source, by unit.

    `sent` are the units whose form came, `nil` those of them that say that there is nothing to report, `dropped`
    those of which a line was set aside. Rejected lines are none.
    """

    lines: Mapping[str, list[Line]]
    sent: frozenset[str]
    nil: frozenset[str]
    dropped: frozenset[str]

    def of(self, unit_code: str) -> list[Line]:
        return self.lines.get(unit_code, [])

    def state(self, unit_code: str) -> str:
        """`not_submitted`, `nil`, `lines`, or `missing`: the form came, but this part of it is blank."""
        if unit_code not in self.sent:
            return "not_submitted"
        if self.lines.get(unit_code) or unit_code in self.dropped:
            return "lines"
        return "nil" if unit_code in self.nil else "missing"


def form_lines(
    source: str,
    columns: Iterable[str],
    facts: pd.DataFrame,
    queries: pd.DataFrame,
    asks: Questions,
    reference: Reference,
) -> FormLines:
    """The lines of one source with the values of these columns."""
    return _Builder(source, frozenset(columns), facts, asks, reference).build(queries)


@dataclass
class _Builder:
    source: str
    columns: frozenset[str]
    facts: pd.DataFrame
    asks: Questions
    reference: Reference

    @property
    def form(self) -> str:
        return SOURCES[self.source][0]

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(item, measure) -> column."""
        if self.source in ONE_FIGURE:
            return {(one.item, one.measure): one.measure for one in source_fields(self.source, self.reference)}
        return {(one.item, one.measure): name for name, one in column_fields(self.source, self.reference).items()}

    @cached_property
    def own(self) -> pd.DataFrame:
        """The facts of the fields of the source."""
        of_form = self.facts[self.facts["form"] == self.form]
        of_form = of_form.assign(item=of_form["item"].fillna("").astype("object"))
        pairs = pd.MultiIndex.from_frame(of_form[["item", "measure"]])
        return of_form[pairs.isin(list(self.names))]

    def build(self, queries: pd.DataFrame) -> FormLines:
        keep = self.own["status"] != "rejected"
        counted = self.own[keep & ((self.own["row"] > 0) | (self.source in ONE_FIGURE))]
        empty = queries[(queries["rule"] == EMPTY_FORM) & (queries["form"] == self.form) & queries["unit_code"].notna()]
        said = (empty["treatment"] == "NOTE") | (empty["state"] == "answered")
        sent = {*self.facts.loc[self.facts["form"] == self.form, "unit_code"], *empty["unit_code"]}
        return FormLines(
            self._lines(counted),
            frozenset(map(str, sent)),
            frozenset(empty.loc[said, "unit_code"]) - frozenset(empty.loc[~said, "unit_code"]),
            frozenset(self.own.loc[~keep, "unit_code"]),
        )

    def _lines(self, counted: pd.DataFrame) -> dict[str, list[Line]]:
        key = counted["item"] if self.source in ONE_FIGURE else counted["row"]
        places: dict[tuple[str, Key], None] = dict.fromkeys(zip(counted["unit_code"], key, strict=True))
        if self.source in ONE_FIGURE:  # the form prints every line, also those left blank
            items = dict.fromkeys(item for item, _ in self.names)
            places = dict.fromkeys((unit, item) for unit in dict.fromkeys(counted["unit_code"]) for item in items)
        cells: dict[tuple[str, Key], dict[str, Value]] = {place: {} for place in places}
        columns = ["unit_code", "item", "row", "measure", "status", "value", "low", "high", "text"]
        wanted = [name for name, column in self.names.items() if column in self.columns]
        needed = counted[pd.MultiIndex.from_frame(counted[["item", "measure"]]).isin(wanted)]
        for unit, item, row, measure, status, value, low, high, text in needed[columns].itertuples(
            index=False, name=None
        ):
            place = (unit, item if self.source in ONE_FIGURE else row)
            said = Value(status, _null(value), _null(low), _null(high), text if isinstance(text, str) else "")
            cells[place][self.names[item, measure]] = said
        asked = self._asked(counted, list(cells))
        found: dict[str, list[Line]] = {}
        for unit, name in cells:
            blank = frozenset(asked.get((unit, name), set()) - set(cells[unit, name]))
            found.setdefault(unit, []).append(Line(name, cells[unit, name], blank))
        return found

    def _asked(self, counted: pd.DataFrame, places: list[tuple[str, Key]]) -> dict[tuple[str, Key], set[str]]:
        """The columns of each line about whose blank a question is open.

        A question at a cell belongs to the line on the same row of the sheet; where no line stands there, and for one
        about a whole column, to every line of the unit.
        """
        found: dict[tuple[str, Key], set[str]] = {}
        for (unit, form), asks in self.asks.items():
            for ask in asks if form == self.form else ():
                columns = {name for field, name in self.names.items() if ask.blank and ask.concerns(*field)}
                for place in self._lines_meant(ask, unit, counted, places) if columns & self.columns else ():
                    found.setdefault(place, set()).update(columns)
        return found

    def _lines_meant(
        self, ask: Ask, unit: str, counted: pd.DataFrame, places: list[tuple[str, Key]]
    ) -> list[tuple[str, Key]]:
        every = [place for place in places if place[0] == unit]
        if self.source in ONE_FIGURE:
            return [(unit, item) for _, item in every if not ask.field or ask.field.partition(".")[0] == item]
        own = counted[counted["unit_code"] == unit]
        file, sheet, cell = ask.place
        same = own[(own["file"] == file) & (own["sheet"].fillna("") == sheet)]
        row = split_address(cell)[0] if cell else 0
        here = {int(line) for line, at in zip(same["row"], same["cell"], strict=True) if split_address(at)[0] == row}
        return [(unit, line) for line in sorted(here)] or every


def _null(number: float | None) -> float | None:
    return None if number is None or number != number else float(number)
