"""Every rate of a year a second time, by an independent route: see `second_rates_source`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from tests.second_rates_lines import exemplars, institutions, problems, targets
from tests.second_rates_pairing import pairing
from tests.second_rates_people import PROGRAMMES, Key, people
from tests.second_rates_rules import Line
from tests.second_rates_source import Return, Unit, Year
from tests.second_rates_study import study
from tests.second_rates_time import continuity, quality, receipt

RateKey = tuple[str, str, str]
CATEGORIES = {"I01": PROGRAMMES, "I17": ("", "political_theory"), "I32": ("", "own")}
GROUPS_ONLY = ("I12", "I15")
# Of what the method itself divides by, the denominator stands also where nothing was sent
FIXED_WHOLES = {"I19": 6, "I22": 3, "I34": 2}
INDICATORS = [f"I{number:02d}" for number in range(1, 37) if f"I{number:02d}" not in GROUPS_ONLY]


def second_rates(data: Path, year: int) -> dict[RateKey, Line]:
    """The line of every unit of the register, indicator and category."""
    return unit_lines(Year(data, year))


def unit_lines(year: Year) -> dict[RateKey, Line]:
    """The same from a year already read."""
    lines: dict[RateKey, Line] = {}
    for unit in year.units:
        own = year.returns[unit.code]
        found = dict(_reported(year, own, unit) if own.submitted else _not_reported(year, own, unit))
        for indicator in INDICATORS:
            for category in CATEGORIES.get(indicator, ("",)):
                line = found.get((indicator, category)) or _nothing_sent(indicator)
                lines[unit.code, indicator, category] = line
    return lines


def _not_reported(year: Year, own: Return, unit: Unit) -> Iterator[tuple[Key, Line]]:
    yield from receipt(year, own, unit)
    yield from pairing(year, own, unit)


def _nothing_sent(indicator: str) -> Line:
    whole = FIXED_WHOLES.get(indicator)
    return Line("not_submitted", None, None if whole is None else Fraction(whole))


def _reported(year: Year, own: Return, unit: Unit) -> Iterator[tuple[Key, Line]]:
    for part in (people, study, institutions, problems, targets, exemplars, continuity):
        yield from part(year, own)
    for part_of_unit in (pairing, receipt, quality):
        yield from part_of_unit(year, own, unit)
