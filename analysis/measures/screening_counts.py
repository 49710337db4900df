"""Signs that only show in many counts together: last digits, and counts that are too even over months or offices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.etl.gates import EXACT, UnitFacts
from analysis.etl.last_year import LASTING
from analysis.etl.typed_tables import day_span
from analysis.etl.unit_rates import counting_rows
from analysis.measures.screening_chance import (
    ROUND_CHANCE,
    even_months_probability,
    even_offices_probability,
    false_discovery,
    heaping_probability,
    is_round,
)
from analysis.measures.screening_lines import ACTIVITIES, Sign
from analysis.records import Fact

OFFICES = "F3"
MONTHS = range(1, 13)
SPREADS = ("even_months", "even_offices")
Found = tuple[Sign, float]


def chance_signs(units: Iterable[UnitFacts]) -> Iterator[Sign]:
    """The units whose counts are more regular than chance, at a false discovery rate of `screening_fdr` a test."""
    known = list(units)
    tests: tuple[Callable[[UnitFacts], Found | None], ...] = (_heaping, _even_months, _even_offices)
    for test in tests:
        tested = {unit.facts[0].unit_code: found for unit in known if (found := test(unit))}
        adjusted = false_discovery({code: probability for code, (_, probability) in tested.items()})
        for code, (sign, _) in tested.items():
            if adjusted[code] <= known[0].threshold("screening_fdr") and _is_far(sign, known[0]):
                yield from _by_sheet(replace(sign, adjusted_p=adjusted[code]))


def _is_far(sign: Sign, unit: UnitFacts) -> bool:
    """Whether a spread is far below chance, not only certainly below it; of other signs nothing more is asked."""
    return sign.sign not in SPREADS or (sign.observed or 0.0) <= unit.threshold("even_spread_max")


def _by_sheet(sign: Sign) -> Iterator[Sign]:
    """One row for each sheet that the figures stand on."""
    places = dict.fromkeys((fact.form, fact.file, fact.sheet) for fact in sign.facts)
    for place in places:
        yield replace(sign, facts=tuple(f for f in sign.facts if (f.form, f.file, f.sheet) == place))


def _heaping(unit: UnitFacts) -> Found | None:
    """Last digits 0 and 5 among the counts of people, against one in five.

    A value counts once however often it stands in the return: the same team of 20 in ten activities is one count of
    20. Numbers below `heaping_min_value`, of staff and of posts are left out, and all that was confirmed.
    """
    counted = {
        (field.form, field.item, field.measure)
        for field in unit.reference.fields
        if field.type == "count" and field.measure_unit == "person"
        if f"{field.form}.{field.measure}" not in unit.reference.words.get(LASTING, {})
    }
    least = unit.threshold("heaping_min_value")
    facts = [
        fact
        for fact in unit.facts
        if (fact.form, fact.item, fact.measure) in counted and _is_exact(fact) and (fact.value or 0.0) >= least
    ]
    values = list(dict.fromkeys(fact.value for fact in facts if fact.value is not None))
    if len(values) < unit.threshold("heaping_min_numbers"):
        return None
    rounded = tuple(fact for fact in facts if fact.value is not None and is_round(fact.value))
    share = sum(is_round(value) for value in values) / len(values)
    if not rounded:
        return None
    sign = Sign(unit.facts[0].unit_code, "heaping", rounded, share, ROUND_CHANCE, len(values))
    return sign, heaping_probability(values)


def _is_exact(fact: Fact) -> bool:
    """Whether the value is a whole number that the unit wrote and has not been asked about."""
    return fact.status in EXACT and fact.status != "confirmed" and fact.value is not None and fact.value % 1 == 0


def _even_months(unit: UnitFacts) -> Found | None:
    """Attendances of the dated activities by month, against a throw of each at random into the twelve months.

    `observed` is the variance over the mean of the twelve sums, 1 is expected of chance.
    """
    by_month = dict.fromkeys(MONTHS, 0)
    facts = []
    for row in unit.rows(ACTIVITIES):
        fact = unit.get(ACTIVITIES, row, "", "person_times")
        month = _month(unit.text(ACTIVITIES, row, "", "activity_date"))
        if row and fact and month and fact.value and _is_exact(fact):
            by_month[month] += int(fact.value)
            facts.append(fact)
    counts = list(by_month.values())
    mean = sum(counts) / len(counts)
    if mean < unit.threshold("even_min_mean"):
        return None
    spread = sum((count - mean) ** 2 for count in counts) / mean / (len(counts) - 1)
    sign = Sign(unit.facts[0].unit_code, "even_months", tuple(facts), spread, 1.0, len(facts))
    return sign, even_months_probability(counts)


def _month(date: str | None) -> int | None:
    """The month in which a date begins and ends, else null."""
    if not date:
        return None
    first, last = day_span(date)
    return first.month if (first.year, first.month) == (last.year, last.month) else None


@dataclass(frozen=True, slots=True)
class _Offices:
    staff: list[int]
    counts: list[list[int]]
    facts: list[Fact]


def _even_offices(unit: UnitFacts) -> Found | None:
    """Participants by office and category, against a choice of the participants at random among all staff.

    `observed` is the spread over its expectation (1 by chance). A category with the same counts as an earlier one
    says nothing new and is left out; so are categories with a line that is not known exactly.
    """
    table = _offices(unit)
    if table is None or len(table.staff) < unit.threshold("even_min_offices"):
        return None
    probability, spread, expected = even_offices_probability(table.staff, table.counts)
    if not expected:
        return None
    sign = Sign(
        unit.facts[0].unit_code, "even_offices", tuple(table.facts), spread / expected, 1.0, len(table.facts)
    )  # fmt: skip
    return sign, probability


def _offices(unit: UnitFacts) -> _Offices | None:
    """Staff and participants of the offices where both are known, persons never above staff; null without staff."""
    rows = [row for row in counting_rows(unit) if row > 0]
    staff = [unit.value(OFFICES, row, "", "hc_end") for row in rows]
    if not rows or any(not people or people % 1 for people in staff):
        return None
    people = [int(value or 0) for value in staff]
    counts: list[list[int]] = []
    facts: list[Fact] = []
    for category in unit.reference.categories:
        cells = [unit.get(OFFICES, row, category.code, "persons") for row in rows]
        if any(cell is None or not _is_exact(cell) for cell in cells):
            continue
        line = [int(cell.value or 0) for cell in cells if cell]
        if line not in counts and all(count <= most for count, most in zip(line, people, strict=True)):
            counts.append(line)
            facts += [cell for cell in cells if cell]
    return _Offices(people, counts, facts) if counts else None
