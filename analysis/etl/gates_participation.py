"""Gates of the wide form: people, attendances, hours, blood and money of each line and category."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_per_head import blood, exact, money_given, not_fewer_times, service_hours, staff_ever
from analysis.records import Fact

_F3 = "F3"


def _categories(unit: UnitFacts, measure: str) -> Iterator[Fact]:
    """The facts of a measure, by line and category, that have an exact value."""
    for fact in unit.of_form(_F3):
        if fact.measure == measure and fact.item and exact(fact) is not None:
            yield fact


def _beside(unit: UnitFacts, fact: Fact, measure: str) -> Fact | None:
    """Another measure of the same line and category."""
    return unit.get(_F3, fact.row, fact.item, measure)


def _limit(unit: UnitFacts, row: int, staff: float) -> float:
    """The most people a line can have had in the year: its staff and all who left the unit, within the unit's own.

    With the leavers unknown, all who worked in the unit; without F1 the staff of the line alone.
    """
    ever, left = staff_ever(unit), unit.value("F1", 0, "", "left")
    if ever is not None and (row == 0 or left is None):
        return max(ever, staff)
    return staff + (left or 0.0)


def people_within_staff(unit: UnitFacts) -> Iterator[Doubt]:
    """G01, G02, M46: not more people than staff; a surplus that leavers explain is noted, any other is asked."""
    for measure in ("persons", "registered"):
        for fact in _categories(unit, measure):
            people, staff_fact = exact(fact), unit.get(_F3, fact.row, "", "hc_end")
            staff = exact(staff_fact)
            if people is None or staff is None or people <= staff:
                continue
            times = exact(_beside(unit, fact, "person_times"))
            like_times = times is not None and people >= times
            detail = f"{people:g}>{staff:g};{unit.where(staff_fact)}"
            if people <= _limit(unit, fact.row, staff) and not like_times:
                yield Doubt(fact, "G02", treatment="NOTE", withhold=False, detail=detail, soft=True)
            else:
                yield Doubt(fact, "M46", detail=detail)


def unit_total_within_staff(unit: UnitFacts) -> Iterator[Doubt]:
    """G01 over all lines: no more people in a category than its denominator, with all who left in the year."""
    ever, left = staff_ever(unit), unit.value("F1", 0, "", "left")
    rows = unit.rows(_F3)
    for category in unit.reference.categories:
        own = unit.value("F1", 0, "", category.denominator) if category.denominator != "hc_end" else None
        limit = own + left if own is not None and left is not None else ever
        if limit is None:
            continue
        facts = [fact for row in rows if (fact := unit.get(_F3, row, category.code, "persons"))]
        total = sum(exact(fact) or 0.0 for fact in facts)
        if total > limit:
            cell = unit.get("F1", 0, "", category.denominator)
            for fact in facts:
                if exact(fact):
                    yield Doubt(fact, "G01", detail=f"Σ={total:g}>{limit:g};{unit.where(cell)}")


def distinct_total_within_staff(unit: UnitFacts) -> Iterator[Doubt]:
    """G04 over all lines: a person sits in one office, so that all distinct people together are within the staff."""
    ever = staff_ever(unit)
    facts = [fact for row in unit.rows(_F3) if (fact := unit.get(_F3, row, "", "distinct_any"))]
    total = sum(exact(fact) or 0.0 for fact in facts)
    if ever is not None and total > ever:
        for fact in facts:
            if exact(fact):
                yield Doubt(fact, "G04", "total", detail=f"Σ={total:g}>{ever:g}")


def attendances_not_below_people(unit: UnitFacts) -> Iterator[Doubt]:
    """G03: attendances are never fewer than people; both are asked about."""
    for times in _categories(unit, "person_times"):
        yield from not_fewer_times(unit, times, _beside(unit, times, "persons"))


def distinct_between_bounds(unit: UnitFacts) -> Iterator[Doubt]:
    """G04, M46: distinct people lie between the largest category and the sum of all, and within the staff."""
    for row in unit.rows(_F3):
        fact = unit.get(_F3, row, "", "distinct_any")
        distinct = exact(fact)
        if fact is None or distinct is None:
            continue
        known, complete = _people_of_line(unit, row)
        staff_fact = unit.get(_F3, row, "", "hc_end")
        staff = exact(staff_fact)
        limit = None if staff is None else _limit(unit, row, staff)
        low, high = max(known, default=0.0), sum(known) if complete and known else None
        added_up = distinct == sum(known) and sum(value > 0 for value in known) > 1
        over = f"{distinct:g}>{staff:g};{unit.where(staff_fact)}" if staff is not None else ""
        if limit is not None and distinct > limit:
            yield Doubt(fact, "M46", "distinct" if added_up else "", detail=over)
        elif added_up and staff is not None and distinct > staff:
            yield Doubt(fact, "M46", "distinct", detail=over)
        elif distinct < low or (high is not None and distinct > high):
            yield Doubt(fact, "G04", detail=f"{low:g}…{high:g}" if high is not None else f"≥{low:g}")


def _people_of_line(unit: UnitFacts, row: int) -> tuple[list[float], bool]:
    """The exact persons of the categories of a line, and whether no category is left out or unsure."""
    facts = [fact for fact in unit.of_form(_F3) if fact.row == row and fact.measure == "persons"]
    known = [fact.value for fact in facts if fact.status in EXACT and fact.value is not None]
    void = sum(fact.status == "not_applicable" for fact in facts)
    return known, len(facts) == len(unit.reference.categories) and len(known) + void == len(facts)


def blood_plausible(unit: UnitFacts) -> Iterator[Doubt]:
    """G10, M45: 200 to 400 ml a donation, at most two donations a donor."""
    for given in _categories(unit, "blood_ml"):
        yield from blood(unit, given, _beside(unit, given, "person_times"), _beside(unit, given, "persons"))


def hours_plausible(unit: UnitFacts) -> Iterator[Doubt]:
    """G11, M44: half an hour to ten hours an attendance, at most 300 hours a volunteer."""
    for spent in _categories(unit, "hours"):
        times = _beside(unit, spent, "person_times") or _beside(unit, spent, "case_times")
        yield from service_hours(unit, spent, times, _beside(unit, spent, "persons"))


def money_plausible(unit: UnitFacts) -> Iterator[Doubt]:
    """G12, M68: 5 to 5 000 yuan a donor."""
    for given in _categories(unit, "amount_yuan"):
        yield from money_given(unit, given, _beside(unit, given, "persons"))


def jobs_only_where_asked(unit: UnitFacts) -> Iterator[Doubt]:
    """2.1: jobs offered belong to the employment meaning of 春风行动; under the giving meaning they are asked about."""
    if unit.reference.spring_breeze_meaning != "giving":
        return
    for fact in _categories(unit, "jobs_offered"):
        if fact.value:
            yield Doubt(fact, "M58", "meaning", soft=True)


LINE_GATES: tuple[Gate, ...] = (
    people_within_staff,
    unit_total_within_staff,
    attendances_not_below_people,
    distinct_between_bounds,
    distinct_total_within_staff,
    blood_plausible,
    hours_plausible,
    money_plausible,
    jobs_only_where_asked,
)
