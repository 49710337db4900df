"""What rates divide by: per unit and key the figure of the return, its state, and what the register says beside it."""

from __future__ import annotations

import pandas as pd

from analysis.measures.figures import Figure
from analysis.measures.unit_sources import YearSources, all_sides
from analysis.reference import Reference, Unit
from analysis.reference.definitions import ROW_DENOMINATOR

EVER = "hc_ever"
EVER_PARTS = ("hc_start", "joined")
TITLED = "civilised_units"
NO_TITLE = "none"
COLUMNS = ("unit_code", "denominator_key", "value", "low", "high", "status", "source", "register_value")


def denominators(sources: YearSources) -> pd.DataFrame:
    """One row per unit of the register and key.

    `value` is people (offices are offices) on 31 December as F1 has it, null unless exact or approximate; `low` and
    `high` where only bounds are known. `status` is that of the figure: reported, approximate, bounded, queried,
    not_applicable, missing or not_submitted. `source` is F1, and register for `civilised_units` (1 with a title, else
    0): titles are the register's. `register_value` is what the register says of the same, null where it says nothing:
    it stands beside the figure and never in its place.
    """
    reference = sources.reference
    rows = []
    for unit in reference.units:
        for key in denominator_keys(reference):
            figure = denominator(sources, unit.code, key)
            place = {"unit_code": unit.code, "denominator_key": key, "source": "F1"}
            said = {"value": figure.value, "low": figure.low, "high": figure.high, "status": figure.status}
            rows.append({**place, **said, "register_value": _register_value(unit, key)})
        titled = float(unit.title_level != NO_TITLE)
        place = {"unit_code": unit.code, "denominator_key": TITLED, "source": "register"}
        rows.append({**place, "value": titled, "status": "reported", "register_value": titled})
    numbers = dict.fromkeys(["value", "low", "high", "register_value"], "float64")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(numbers)


def denominator_keys(reference: Reference) -> tuple[str, ...]:
    """The figures of F1 that anything divides by, in the order of the form, with the staff of the whole year."""
    used = {key for one in reference.categories for key in (one.denominator, *one.second_denominators)}
    used |= {column for side in all_sides(reference) if side.source == "units" for column in side.columns}
    used -= {ROW_DENOMINATOR}
    return (*(field.measure for field in reference.form_fields("F1") if field.measure in used), EVER)


def denominator(sources: YearSources, unit_code: str, key: str) -> Figure:
    """One denominator of a unit. `hc_ever` is hc_start + joined; no other figure stands in for one that is missing."""
    if key != EVER:
        return sources.figure(unit_code, "units", "", key)
    parts = [sources.figure(unit_code, "units", "", part) for part in EVER_PARTS]
    ever = sources.hc_ever.get(unit_code)
    if ever is not None:
        exact = all(part.status == "reported" for part in parts)
        return Figure(ever, None, None, "reported" if exact else "approximate", 0)
    worst = next((part.status for part in parts if part.value is None), "missing")
    return Figure(None, None, None, "queried" if worst == "bounded" else worst, 0)


_REGISTER = {
    "hc_end": "headcount",
    "pm_onpost": "party_members",
    "women": "women",
    "age_18_55": "age_18_55",
    "league": "league",
    "union_members": "union_members",
    "offices": "offices",
}


def _register_value(unit: Unit, key: str) -> float | None:
    return float(getattr(unit, _REGISTER[key])) if key in _REGISTER else None
