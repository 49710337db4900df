"""Signs that lie in the lines of one unit: identical lines, more hours than the days allow, the rules of the gates.

A sign says that figures are worth a look at their records, never what is behind them. What a unit has confirmed is no
sign any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_activities import amounts_of_activity
from analysis.etl.gates_participation import hours_plausible
from analysis.etl.gates_regular import counts_all_even, rates_all_full, subjects_all_equal
from analysis.etl.gates_years import copied_from_last_year, rates_near_last_year
from analysis.etl.last_year import LastYear
from analysis.etl.typed_tables import day_span
from analysis.records import Fact
from analysis.reference import Reference

ACTIVITIES, STUDY = "F2", "F4"
HOURS_RULE = "G11"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of one unit. `facts` are the figures it is about, in the order of the sheet; the first names the place.

    `observed` is what the return says and `expected` what it is compared with; `n_numbers` how many figures were
    looked at. `rule` is the rule whose query says the same, empty without one; `adjusted_p` the false discovery rate
    of a test of chance, else null. With `whole` the sign is about a form, not about one field.
    """

    unit_code: str
    sign: str
    facts: tuple[Fact, ...]
    observed: float | None
    expected: float | None
    n_numbers: int
    rule: str = ""
    adjusted_p: float | None = None
    whole: bool = True


def gate_signs(unit: UnitFacts, last_year: LastYear) -> Iterator[Sign]:
    """What the gates G14 to G16 and M67 say of the facts as they stand: copied, all full, jumped, even, equal."""
    gates: Mapping[str, Gate] = {
        "copied_year": copied_from_last_year(last_year),
        "rate_jump": rates_near_last_year(last_year),
        "all_full": rates_all_full,
        "all_tens": counts_all_even,
        "same_subjects": subjects_all_equal,
    }
    for name, gate in gates.items():
        for doubt in gate(unit):
            yield _sign(name, doubt, whole=name != "rate_jump")


def hours_signs(unit: UnitFacts, queries: pd.DataFrame) -> Iterator[Sign]:
    """Hours per attendance or per volunteer outside the limits (G11): the open queries, with the amount per head.

    The gate withheld these hours; it is asked again with the number that the query shows.
    """
    asked = queries[(queries["rule"] == HOURS_RULE) & (queries["state"] == "open")]
    places = {
        (file, sheet, cell, field): read_as
        for file, sheet, cell, field, read_as in asked[["file", "sheet", "cell", "field", "read_as"]].itertuples(
            index=False, name=None
        )
    }
    if not places:
        return
    facts = [_as_read(fact, places.get((fact.file, fact.sheet, fact.cell, _field(fact)))) for fact in unit.facts]
    as_read = UnitFacts(facts, unit.reference)
    for gate in (hours_plausible, amounts_of_activity):
        for doubt in gate(as_read):
            fact = doubt.fact
            if doubt.rule == HOURS_RULE and (fact.file, fact.sheet, fact.cell, _field(fact)) in places:
                yield _sign("hours_per_head", doubt, whole=False)


def _as_read(fact: Fact, read_as: str | None) -> Fact:
    if not read_as:
        return fact
    try:
        return replace(fact, value=float(read_as), status="repaired")
    except ValueError:
        return fact


def _field(fact: Fact) -> str:
    return f"{fact.item}.{fact.measure}" if fact.item else fact.measure


def _sign(name: str, doubt: Doubt, *, whole: bool) -> Sign:
    facts = doubt.about or (doubt.fact,)
    return Sign(
        doubt.fact.unit_code, name, facts, doubt.observed, doubt.expected, len(facts), doubt.rule, whole=whole
    )  # fmt: skip


def hours_over_days(unit: UnitFacts) -> Iterator[Sign]:
    """An activity with more hours a person and day than `hours_per_day_max`, by its people and its dated days.

    Lines without a date, or whose date is a whole month or more, are not looked at.
    """
    most = unit.threshold("hours_per_day_max")
    for row in unit.rows(ACTIVITIES):
        spent = unit.get(ACTIVITIES, row, "", "hours")
        hours, people = unit.value(ACTIVITIES, row, "", "hours"), unit.value(ACTIVITIES, row, "", "persons")
        days = _days(unit.text(ACTIVITIES, row, "", "activity_date"))
        if not spent or not hours or not people or not days or spent.status == "confirmed":
            continue
        if hours > most * people * days:
            yield Sign(spent.unit_code, "hours_over_days", (spent,), hours / people / days, most, 1, whole=False)


def _days(date: str | None) -> int | None:
    """The days of a date that names days; null for a month, a year or nothing."""
    if not date or any(len(part) < len("2025-01-01") for part in date.split("/")):
        return None
    first, last = day_span(date)
    return (last - first) // dt.timedelta(days=1) + 1


def same_lines(unit: UnitFacts) -> Iterator[Sign]:
    """Lines of F2 or F4 that agree in every number; each group of `same_lines_min` or more is one sign.

    Lines of small numbers agree often: looked at are those with `same_lines_min_numbers` different numbers of
    `same_lines_min_value` or more. F4 is not looked at where every subject is the same already (M67).
    """
    all_equal = any(True for _ in subjects_all_equal(unit))
    forms = (ACTIVITIES,) if all_equal else (ACTIVITIES, STUDY)
    for form in forms:
        groups: dict[tuple[tuple[str, float], ...], list[Fact]] = {}
        lines = _lines(unit, form)
        for line in lines:
            numbers = tuple(sorted((fact.measure, fact.value or 0.0) for fact in line))
            groups.setdefault(numbers, []).extend(line)
        for numbers, facts in groups.items():
            times = len(facts) // len(numbers)
            if times >= unit.threshold("same_lines_min"):
                yield Sign(facts[0].unit_code, "same_lines", tuple(facts), float(times), 1.0, len(lines))


def _lines(unit: UnitFacts, form: str) -> list[list[Fact]]:
    """The lines of a form with enough numbers to compare, none of them confirmed or open, in order."""
    numeric = {
        (field.item, field.measure)
        for field in unit.reference.form_fields(form)
        if field.type in ("count", "number", "hours", "amount", "ml") and field.block not in ("head", "foot")
    }
    found: dict[tuple[int, str], list[Fact]] = {}
    unsure: set[tuple[int, str]] = set()
    for fact in unit.of_form(form):
        if (fact.item, fact.measure) not in numeric or not (fact.row or fact.item):
            continue
        key = (fact.row, fact.item)
        if fact.status not in EXACT or fact.status == "confirmed":
            unsure.update([key] if fact.status != "not_applicable" else [])
        elif fact.value:
            found.setdefault(key, []).append(fact)
    least, number = unit.threshold("same_lines_min_value"), unit.threshold("same_lines_min_numbers")
    return [
        line
        for key, line in found.items()
        if key not in unsure and len({fact.value for fact in line if (fact.value or 0.0) >= least}) >= number
    ]


def unit_facts(facts: Iterable[Fact], reference: Reference) -> list[UnitFacts]:
    """The facts of each unit of the register, in its order."""
    found: dict[str, list[Fact]] = {unit.code: [] for unit in reference.units}
    for fact in facts:
        found.setdefault(fact.unit_code, []).append(fact)
    return [UnitFacts(own, reference) for own in found.values() if own]
