"""The value of every scored item of every unit in one year, from the tables of the year and what people filled in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.measures.scoring import OPEN, UNDEFINED, Measured
from analysis.reference import Reference
from analysis.reference.scheme_types import FieldRef, Source
from analysis.reference.term_inputs import TermInputs

Tables = Mapping[str, pd.DataFrame]
Line = Mapping[Hashable, Any]
UNKNOWN = Measured(None, OPEN)
SHOWN = ("ok", "small", "approximate")
NOTHING_TO_MEASURE = ("undefined", "not_applicable")
OPEN_LINE = ("queried", "bounded")
YES = "yes"


@dataclass(frozen=True)
class YearValues:
    """What one year says of each unit: rates by unit, indicator and category, fields by unit and field, quality.

    `units` are those of the register of the year, `unsent` those of them that sent nothing that counts. `people_shares`
    are the indicators whose rates are shares of people, so that chance can move them.
    """

    rates: Mapping[tuple[str, str, str], Line]
    fields: Mapping[tuple[str, FieldRef], tuple[Line, ...]]
    quality: Mapping[str, Line]
    units: frozenset[str]
    unsent: frozenset[str] = frozenset()
    people_shares: frozenset[str] = frozenset()

    def measure(self, unit: str, source: Source) -> Measured:
        """The value of a source of this year; raises KeyError for a source that people fill in."""
        if source.kind in ("rate", "numerator"):
            row = self.rates.get((unit, source.name, source.category))
            return _of_rate(row, source.kind, source.name in self.people_shares)
        if source.kind == "quality":
            found = self.quality.get(unit)
            return UNKNOWN if found is None else Measured(float(found[source.name]))
        parts = [_of_field(self.fields.get((unit, field), ())) for field in source.fields]
        return _COMBINE[source.kind](parts)


def year_values(tables: Tables, reference: Reference) -> YearValues:
    """The tables `rates`, `facts`, `quality` and `units` of a year, by what they are looked up for.

    `reference` says which indicators are shares of people.
    """
    rates, units = tables["rates"], tables["units"]
    categories = rates["category"].fillna("")
    keys = zip(rates["unit_code"], rates["indicator"], categories, strict=True)
    facts = tables["facts"]
    single = facts[(facts["row"] == 0) & facts["form"].isin(["F1", "F4", "F7"]) & (facts["status"] != "rejected")]
    fields: dict[tuple[str, FieldRef], list[Line]] = {}
    for fact in single.to_dict("records"):
        item = fact["item"] if isinstance(fact["item"], str) else ""
        fields.setdefault((fact["unit_code"], FieldRef(fact["form"], item, fact["measure"])), []).append(fact)
    return YearValues(
        dict(zip(keys, rates.to_dict("records"), strict=True)),
        {key: tuple(found) for key, found in fields.items()},
        {row["unit_code"]: row for row in tables["quality"].to_dict("records")},
        frozenset(units["unit_code"]),
        frozenset(units.loc[units["forms"].fillna("").eq(""), "unit_code"]),
        frozenset(code for code, indicator in reference.indicators.items() if indicator.share_of_people),
    )


def filled_in(unit: str, source: Source, inputs: TermInputs) -> Measured:
    """What the panel, a survey or a department says of a unit; open when nobody said anything yet."""
    key = (unit, source.name)
    if source.kind == "department":
        said = inputs.departments.get(key)
        return UNKNOWN if said is None else Measured(float(said))
    share = (inputs.panel if source.kind == "panel" else inputs.survey).get(key)
    if share is None:
        return UNKNOWN
    satisfied, asked = inputs.survey_counts.get(key, (None, None)) if source.kind == "survey" else (None, None)
    return Measured(share, numerator=satisfied, denominator=asked, by_chance=asked is not None)


def _of_rate(row: Line | None, kind: str, of_people: bool) -> Measured:
    if row is None:
        return UNKNOWN
    status, n_open = row["status"], int(row["n_open_queries"])
    counts_stand = status in SHOWN or status == "not_submitted"  # nothing came: of the forms due none is in time
    numerator, denominator = _number(row["numerator"]), _number(row["denominator"])
    if status in NOTHING_TO_MEASURE:
        return Measured(None, UNDEFINED, n_open=n_open)
    if counts_stand and numerator is not None and (denominator or kind == "numerator"):
        value = numerator if kind == "numerator" else numerator / (denominator or 1.0)
        if kind == "numerator":
            return Measured(value, n_open=n_open)
        by_chance = of_people and status in SHOWN and denominator is not None and 0 <= numerator <= denominator
        return Measured(value, numerator=numerator, denominator=denominator, n_open=n_open, by_chance=by_chance)
    low, high = _number(row.get("rate_low")), _number(row.get("rate_high"))
    scale = 1.0 if kind == "rate" else denominator
    low, high = (None if end is None or scale is None else end * scale for end in (low, high))
    people = denominator if kind == "rate" else None
    return Measured(None, OPEN, low, high, denominator=people, n_open=n_open)


def _of_field(facts: tuple[Line, ...]) -> Measured:
    """A blank, or a field said twice, is open: a question has been asked about it."""
    if len(facts) != 1:
        return UNKNOWN
    fact = facts[0]
    if fact["status"] == "not_applicable":
        return Measured(None, UNDEFINED)
    if fact["status"] in OPEN_LINE:
        return Measured(None, OPEN, _number(fact["low"]), _number(fact["high"]), n_open=1)
    value = _number(fact["value"])
    if value is None and isinstance(fact["text"], str):
        value = float(fact["text"] == YES)
    return UNKNOWN if value is None else Measured(value)


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def _first(parts: list[Measured]) -> Measured:
    return parts[0]


def _count_yes(parts: list[Measured]) -> Measured:
    """How many say yes; what does not apply counts as no."""
    sure = sum(1 for part in parts if (part.value or 0) >= 1)
    unsure = sum(1 for part in parts if part.status == OPEN)
    if unsure:
        return Measured(None, OPEN, float(sure), float(sure + unsure), n_open=unsure)
    return Measured(float(sure))


def _any(parts: list[Measured]) -> Measured:
    """1 when any of the fields is above 0, 0 when none is."""
    if any((part.value or 0) > 0 or (part.low or 0) > 0 for part in parts):
        return Measured(1.0)
    return UNKNOWN if any(part.status == OPEN for part in parts) else Measured(0.0)


def _share(parts: list[Measured]) -> Measured:
    """The first field per the second; undefined when that is 0 or does not apply."""
    numerator, denominator = parts
    if denominator.status == UNDEFINED or denominator.value == 0:
        return Measured(None, UNDEFINED)
    if numerator.status == UNDEFINED:
        return Measured(None, UNDEFINED)
    if numerator.value is None or denominator.value is None:
        return Measured(None, OPEN, denominator=denominator.value, n_open=1)
    share = numerator.value / denominator.value
    return Measured(share, numerator=numerator.value, denominator=denominator.value)


_COMBINE = {"count": _first, "yes": _first, "yescount": _count_yes, "any": _any, "share": _share}
