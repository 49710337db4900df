"""The paired households of a unit, with what is sure of each and what is not: lines of F5 -> households.

A blank cell of a required field and a queried one are both not known: the unit is asked, and nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Literal, NamedTuple

import pandas as pd

from analysis.etl.text import normal_form
from analysis.measures.durations import Span
from analysis.reference import Reference

PAIRINGS = "F5"
EXCLUDED_HARDSHIP = "tekun"  # people whom the state provides for do not leave hardship
_NOT_PROVED = "G20"
_TELLING = ("remark", "exit_proof", "help_measures")

Answer = Literal["yes", "maybe", "no"]


class Days(NamedTuple):
    """First and last day that a date may mean, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Household:
    """One line of F5.

    `held`: whether it is a household of this unit alone, paired by the end of the year. `location` is our code, null
    when not known. `excluded`: whether it stays out of I14 and I15 (provided for, or dissolved). `exited`: whether it
    left hardship with date and proof by the end of the year. `visits` are those of the year. `asked` are the fields
    whose value is not known, `rough` says that the visits are an approximate number.
    """

    unit_code: str
    held: Answer
    location: str | None
    excluded: Answer
    paired: Days | None
    exited: Answer
    exit: Days | None
    visits: Span
    asked: frozenset[str]
    rough: bool


class _Cell(NamedTuple):
    status: str
    rule: str
    low: float
    high: float


_MISSING = _Cell("missing", "", 0.0, inf)


@dataclass(frozen=True)
class _Line:
    """One line as it stands in the table, with the states of its cells and the last day of the year."""

    values: Mapping[str, object]
    cells: Mapping[str, _Cell]
    end: dt.date
    nothing: frozenset[str]

    def cell(self, field: str) -> _Cell:
        return self.cells.get(field, _MISSING)

    def unknown(self, field: str, required: bool = True) -> bool:
        return self.cell(field).status in (("queried", "missing") if required else ("queried",))

    def text(self, field: str) -> str:
        value = self.values.get(field)
        return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]

    def days(self, field: str) -> Days | None:
        first, last = self.values.get(f"{field}_from"), self.values.get(f"{field}_to")
        if first is pd.NaT or not isinstance(first, dt.datetime) or not isinstance(last, dt.datetime):
            return None
        return Days(first.date(), last.date())

    def lacks(self, field: str) -> bool:
        """Whether the return says nothing there: blank, not applicable or a word for nothing."""
        return not self.unknown(field, required=False) and normal_form(self.text(field)) in self.nothing


def households(pairings: pd.DataFrame, facts: pd.DataFrame, reference: Reference) -> dict[str, list[Household]]:
    """The households of each unit in the order of the lines; units without any have no entry."""
    cells = _cells(facts)
    nothing = frozenset({"", *map(normal_form, reference.words.get("empty", {}))})
    dissolved = tuple(map(normal_form, reference.words.get("household_dissolved", {})))
    end = dt.date(reference.year, 12, 31)
    found: dict[str, list[Household]] = {}
    for values in pairings.to_dict("records"):
        code = str(values["unit_code"])
        line = _Line(
            {str(name): value for name, value in values.items()}, cells.get((code, values["row"]), {}), end, nothing
        )
        found.setdefault(code, []).append(_household(code, line, dissolved))
    return found


def _cells(facts: pd.DataFrame) -> dict[tuple[str, int], dict[str, _Cell]]:
    """The states of the cells of each line that counts."""
    own = facts[(facts["form"] == PAIRINGS) & (facts["status"] != "rejected")]
    found: dict[tuple[str, int], dict[str, _Cell]] = {}
    columns = ["unit_code", "row", "measure", "status", "rule", "value", "low", "high"]
    for code, row, measure, status, rule, *numbers in own[columns].itertuples(index=False, name=None):
        value, low, high = (None if pd.isna(number) else float(number) for number in numbers)
        least = value if value is not None else low or 0.0
        most = value if value is not None else inf if high is None else high
        if status == "not_applicable":
            least = most = 0.0
        name = "" if pd.isna(rule) else str(rule)
        found.setdefault((str(code), int(row)), {})[str(measure)] = _Cell(str(status), name, least, most)
    return found


def _household(code: str, line: _Line, dissolved: tuple[str, ...]) -> Household:
    required = ("household_no", "household_location", "hardship_type", "paired_date", "visits", "out_of_hardship")
    asked = {field for field in required if line.unknown(field)}
    asked |= {field for field in ("exit_date", "exit_proof") if line.unknown(field, required=False)}
    visits = line.cell("visits")
    is_open = visits.status in ("queried", "missing")
    return Household(
        unit_code=code,
        held=_held(line),
        location=None if line.unknown("household_location") else line.text("household_location"),
        excluded=_excluded(line, dissolved),
        paired=line.days("paired_date"),
        exited=_exited(line),
        exit=line.days("exit_date"),
        visits=Span(0.0, inf) if is_open else Span(visits.low, visits.high),
        asked=frozenset(asked),
        rough=visits.status == "approximate",
    )


def _held(line: _Line) -> Answer:
    """G19, G17: not known while its number or the date of its pairing is asked about; a blank date is no doubt of it."""
    paired = line.days("paired_date")
    if paired and paired.first > line.end:
        return "no"
    late = paired is not None and paired.last > line.end
    unsure = late or line.unknown("household_no") or line.unknown("paired_date", required=False)
    return "maybe" if unsure else "yes"


def _excluded(line: _Line, dissolved: tuple[str, ...]) -> Answer:
    if any(word in normal_form(line.text(field)) for word in dissolved for field in _TELLING):
        return "yes"
    if line.unknown("hardship_type"):
        return "maybe"
    return "yes" if line.text("hardship_type") == EXCLUDED_HARDSHIP else "no"


def _exited(line: _Line) -> Answer:
    """G20: without date or proof, or before the pairing, a household has not left hardship, whatever else is said."""
    if _surely_stayed(line):
        return "no"
    left = line.days("exit_date")
    unknown = line.unknown("out_of_hardship") or line.unknown("exit_proof", required=False)
    return "maybe" if unknown or left is None or left.last > line.end else "yes"


def _surely_stayed(line: _Line) -> bool:
    said, left, paired = line.cell("out_of_hardship"), line.days("exit_date"), line.days("paired_date")
    if _NOT_PROVED in (said.rule, line.cell("exit_date").rule) or line.lacks("exit_date") or line.lacks("exit_proof"):
        return True
    if not line.unknown("out_of_hardship") and line.text("out_of_hardship") != "True":
        return True
    if left is None:
        return False
    return left.first > line.end or (paired is not None and left.last < paired.first)
