"""What the units reported the year before, as far as it bears on this year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.etl.text import normal_form
from analysis.reference import Reference

LASTING = "lasting_number"
Place = int | str
Numbers = Mapping[tuple[Place, str, str], float]


@dataclass(frozen=True, slots=True)
class Share:
    """A rate of last year as its two counts: `people` of `base`."""

    people: float
    base: float


@dataclass(frozen=True, slots=True)
class LastYear:
    """The figures of the year before. A unit that is missing has none: it is new, merged, or did not report.

    `headcounts` is the staff at the end of the year by unit. `numbers` holds for each unit and form what its lines
    said, by item and measure; a line is found by its number and by its name in normal form. `shares` is the
    participation by unit and category, where it was known.
    """

    headcounts: Mapping[str, float] = field(default_factory=dict)
    numbers: Mapping[tuple[str, str], Numbers] = field(default_factory=dict)
    shares: Mapping[tuple[str, str], Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a form: the number of its line, the line's name where it has one, item, measure and value."""

    unit_code: str
    form: str
    row: int
    name: str
    item: str
    measure: str
    value: float


def by_place(numbers: Iterable[Number]) -> dict[tuple[str, str], dict[tuple[Place, str, str], float]]:
    """Numbers by unit and form, each under the number and under the name of its line; the first of a name counts."""
    found: dict[tuple[str, str], dict[tuple[Place, str, str], float]] = {}
    for number in numbers:
        own = found.setdefault((number.unit_code, number.form), {})
        own[number.row, number.item, number.measure] = number.value
        if number.name:
            own.setdefault((normal_form(number.name), number.item, number.measure), number.value)
    return found


def naming_fields(reference: Reference) -> dict[str, str]:
    """Form -> the measure that names its lines (office, activity, household), for forms that are lists."""
    names: dict[str, str] = {}
    for entry in reference.fields:
        if entry.type == "text" and entry.required and not entry.item and entry.block not in ("head", "foot"):
            names.setdefault(entry.form, entry.measure)
    return names


def reorganised_units(reference: Reference) -> frozenset[str]:
    """Units that were merged, divided or renamed in the course of the year: last year's figures are not theirs."""
    begin, end = dt.date(reference.year - 1, 12, 31), dt.date(reference.year, 12, 31)
    return frozenset(
        code
        for entry in reference.succession
        if begin < entry.valid_from <= end
        for code in (entry.predecessor, entry.successor)
    )
