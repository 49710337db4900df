"""The participation of one unit in each category, as its two counts and the facts behind them.

The same sums as in the table of rates: the lines of the wide form add up, and a single line that is not known
exactly leaves the whole figure unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from analysis.etl.gates import UnitFacts
from analysis.records import Fact
from analysis.reference import Category

_FORM = "F3"


@dataclass(frozen=True, slots=True)
class UnitRate:
    """`people` of `base` took part in the category; `facts` are the counts of the lines, in the order of the sheet."""

    category: Category
    people: Fraction
    base: Fraction
    facts: tuple[Fact, ...]

    @property
    def share(self) -> Fraction:
        return self.people / self.base

    @property
    def confirmed(self) -> bool:
        """Whether the unit has been asked about one of the counts and stands by it."""
        return any(fact.status == "confirmed" for fact in self.facts)


def category_rates(unit: UnitFacts) -> Iterator[UnitRate]:
    """The rates that are exact, in the order of the categories; none where nobody could take part."""
    for category in unit.reference.categories:
        base = unit.value("F1", 0, "", category.denominator)
        added = added_up(unit, category.code, "persons")
        if base and added:
            yield UnitRate(category, added[0], Fraction(base), added[1])


def added_up(unit: UnitFacts, item: str, measure: str) -> tuple[Fraction, tuple[Fact, ...]] | None:
    """A count over all lines with its facts; None when a line does not know it or no line has it."""
    rows = counting_rows(unit)
    facts = tuple(fact for row in rows if (fact := unit.get(_FORM, row, item, measure)))
    known = [value for fact in facts if (value := unit.value(_FORM, fact.row, item, measure)) is not None]
    void = sum(fact.status == "not_applicable" for fact in facts)
    if not known or len(facts) < len(rows) or len(known) + void < len(facts):
        return None
    return sum((Fraction(value) for value in known), Fraction(0)), facts


def counting_rows(unit: UnitFacts) -> list[int]:
    """The lines of the wide form that count: the offices, or the total line where it is all that was filled."""
    rows = sorted({fact.row for fact in unit.facts if fact.form == _FORM and fact.status != "rejected"})
    return [row for row in rows if row > 0] or rows
