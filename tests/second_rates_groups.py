"""Pooled rates and medians of the peer groups and the city a second time, from the lines of the units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from tests.second_rates_rules import COUNTS_ONLY_BELOW, Line, wilson
from tests.second_rates_source import Year

GroupKey = tuple[str, str, str]
SHARES_OF_PEOPLE = ("I01", "I02", "I06", "I07", "I10", "I11", "I17", "I21", "I33")
COUNTS = ("I26", "I31", "I32")
CITY = ""


@dataclass(frozen=True)
class Group:
    """One line of `group_rates`: what share of the people, and the typical unit."""

    n_units: int
    n_submitted: int
    n_queried: int
    n_counted: int
    numerator: Fraction | None
    denominator: Fraction | None
    pooled_rate: Fraction | None
    n_rates: int
    median_rate: Fraction | None
    pooled: tuple[float, float] | None


def group_lines(year: Year, lines: dict[tuple[str, str, str], Line]) -> dict[GroupKey, Group]:
    """The line of every group, indicator and category that units have; the city is the group without a name."""
    names = {unit.code: unit.group for unit in year.units}
    found: dict[GroupKey, list[Line]] = {}
    for (code, indicator, category), line in lines.items():
        for group in (CITY, names[code]):
            found.setdefault((group, indicator, category), []).append(line)
    return {key: _group(key[1], members) for key, members in found.items()}


def _group(indicator: str, members: list[Line]) -> Group:
    """A queried numerator takes its denominator out of the sums, a small unit stays in them."""
    counted = list(_counted(indicator, members))
    numerator = sum((line.numerator or 0 for line in counted), Fraction(0)) if counted else None
    denominator = sum((line.denominator or 0 for line in counted), Fraction(0)) if counted else None
    rates = [line.rate for line in members if line.rate is not None]
    if indicator in COUNTS:
        denominator, rates = None, [line.numerator for line in counted if line.numerator is not None]
    pooled = numerator / denominator if numerator is not None and denominator else None
    if indicator in SHARES_OF_PEOPLE and denominator is not None and denominator < COUNTS_ONLY_BELOW:
        pooled = None
    limits = None
    if indicator in SHARES_OF_PEOPLE and pooled is not None and numerator is not None and denominator is not None:
        limits = wilson(numerator, denominator) if pooled <= 1 else None
    return Group(
        n_units=len(members),
        n_submitted=sum(line.status != "not_submitted" for line in members),
        n_queried=sum(line.status == "queried" for line in members),
        n_counted=len(counted),
        numerator=numerator,
        denominator=denominator,
        pooled_rate=pooled,
        n_rates=len(rates),
        median_rate=median(rates) if rates else None,
        pooled=limits,
    )


def _counted(indicator: str, members: list[Line]) -> Iterator[Line]:
    """Lines with both counts; a form that is due and was not sent is one that did not come in time."""
    for line in members:
        known = line.numerator is not None and (bool(line.denominator) or indicator in COUNTS)
        if known and line.status != "queried":
            yield line
