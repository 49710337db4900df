"""Which single numbers must not leave the office by themselves, and what a reader is told instead."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.measures.disclosure_choice import Cell
from analysis.measures.disclosure_ranges import Key, Limits

SMALL, NEARLY_ALL, SENSITIVE = "small", "nearly_all", "sensitive"
FEW_DONORS, YEARS = "few_donors", "years"
NEVER_PER_UNIT = ("sensitive", "households", "money", "composed")
ENDLESS = 1e9


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds: a count of people from 1 is small below `people`, of a sensitive kind from 0 below `sensitive`.

    Sensitive shares of people need `least` people, money `donors` donors.
    """

    people: float
    sensitive: float
    donors: float
    least: float

    @classmethod
    def of(cls, thresholds: Mapping[str, float]) -> Rules:
        """The thresholds of a year. Raises KeyError when one is missing."""
        return cls(
            people=thresholds["suppress_people_below"],
            sensitive=thresholds["suppress_sensitive_below"],
            donors=thresholds["suppress_donors_below"],
            least=thresholds["blood_min_denominator"],
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A numerator with its denominator, of a unit or a total; `before` is the same total published a year ago."""

    key: Key
    value: float
    size: float
    is_total: bool = False
    before: float = math.nan


def numerator_cell(count: Count, protection: str, rules: Rules, size_hidden: bool = False) -> Cell:
    """The cell of a numerator, with the reason why it must be hidden, if any.

    `size_hidden`: the denominator is hidden too, so that nothing may be told in terms of it.
    """
    most = ENDLESS if math.isnan(count.size) else max(count.size, count.value)
    reason, public, width = _reason(count, protection, rules, most, size_hidden)
    spare = _spare(count, protection, rules, most, size_hidden)
    return Cell(count.key, count.value, count.size, reason, public, width, spare)


def denominator_cell(count: Count, protection: str, rules: Rules) -> Cell:
    """The cell of a denominator: a small number of people, and every number of households of a unit, is hidden too."""
    size, below = count.size, rules.people
    reason, public, width = "", (0.0, 0.0), 0.0
    if protection in ("households", "money"):
        below = rules.sensitive
        if not count.is_total:
            reason, public, width = SENSITIVE, (0.0, ENDLESS), below - 1
        elif size < below:
            reason, public = SENSITIVE, (0.0, below - 1)
    elif protection != "open" and 0 < size < below:
        reason, public = SMALL, (1.0, below - 1)
    return Cell(count.key, size, size, reason, public, width, (below, ENDLESS) if size > below else None)


def _reason(count: Count, protection: str, rules: Rules, most: float, size_hidden: bool) -> tuple[str, Limits, float]:
    """Reason, the limits told, and how wide apart they must stay (0: as told)."""
    _value, nothing = count.value, ("", (0.0, 0.0), 0.0)
    if protection == "open":
        return nothing
    if protection in NEVER_PER_UNIT and not count.is_total:
        if size_hidden:  # at least two values, also of a unit that has none: its reader does not know that
            return SENSITIVE, (0.0, ENDLESS), max(1.0, min(most, rules.sensitive - 1))
        return SENSITIVE, (0.0, most), min(most, rules.sensitive - 1)
    if protection in ("sensitive", "households"):
        return _of_sensitive_total(count, protection, rules)
    if protection in ("money", "composed"):
        return nothing
    return _of_people(count, protection, rules, size_hidden) or _of_years(count, rules) or nothing


def _of_sensitive_total(count: Count, protection: str, rules: Rules) -> tuple[str, Limits, float]:
    least = rules.least if protection == "sensitive" else rules.sensitive
    if count.size < least:
        return SENSITIVE, (0.0, count.size), 0.0
    if count.value < rules.sensitive:
        return SENSITIVE, (0.0, rules.sensitive - 1), 0.0
    return "", (0.0, 0.0), 0.0


def _of_people(count: Count, protection: str, rules: Rules, size_hidden: bool) -> tuple[str, Limits, float] | None:
    """Very few took part, or very few did not; where both would be told at once only that some did."""
    value, size, few = count.value, count.size, rules.people
    if 0 < size < few:
        return SMALL, (0.0, few - 1), 0.0
    if size_hidden:
        return (SMALL, (1.0, few - 1), 0.0) if 0 < value < few else None
    both_sides = protection == "people" and not math.isnan(size)
    if both_sides and size <= 2 * (few - 1) and 0 < value < size:
        return SMALL, (1.0, size - 1), 0.0
    if 0 < value < few:
        return SMALL, (1.0, few - 1), 0.0
    if both_sides and size - few < value < size:
        return NEARLY_ALL, (size - few + 1, size - 1), 0.0
    return None


def _of_years(count: Count, rules: Rules) -> tuple[str, Limits, float] | None:
    """Nobody and everybody are no secret: then only the number of staff has changed."""
    value, before = count.value, count.before
    if value not in (0, count.size) and 0 < abs(value - before) < rules.people:
        return YEARS, (max(0.0, before - rules.people + 1), before + rules.people - 1), 0.0
    return None


def _spare(count: Count, protection: str, rules: Rules, most: float, size_hidden: bool) -> Limits | None:
    """What a reader may assume of a cell that is hidden for another's sake: that it is not small itself.

    None for a cell that stands at the edge of these limits, or has none: it would give no room.
    """
    few = rules.sensitive if protection in ("sensitive", "households") else rules.people
    high = most - few if protection == "people" and count.size >= count.value else most
    high = ENDLESS if size_hidden or protection == "times" else high
    if few <= count.value <= high and few < high:
        return few, high
    return (0.0, ENDLESS) if count.is_total else None
