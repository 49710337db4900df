"""Gates of the wide form: people, attendances, hours, blood and money of each line and category."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import Doubt, Gate, UnitFacts, place_words

_F3 = "F3"


def _categories(unit: UnitFacts, measure: str) -> Iterator[tuple[int, str]]:
    """Lines and categories of F3 that have an exact value of the measure."""
    for fact in unit.facts:
        if (
            fact.form == _F3
            and fact.measure == measure
            and fact.item
            and unit.value(_F3, fact.row, fact.item, measure) is not None
        ):
            yield fact.row, fact.item


def _ever(unit: UnitFacts) -> float | None:
    start, joined = unit.value("F1", 0, "", "hc_start"), unit.value("F1", 0, "", "joined")
    return None if start is None or joined is None else start + joined


def people_within_staff(unit: UnitFacts) -> Iterator[Doubt]:
    """G01, G02, M46: not more people than staff; a surplus that leavers explain is noted, any other is asked."""
    left = unit.value("F1", 0, "", "left") or 0.0
    ever = _ever(unit)
    for measure in ("persons", "registered"):
        for row, item in _categories(unit, measure):
            fact = unit.get(_F3, row, item, measure)
            people = unit.value(_F3, row, item, measure)
            staff = unit.value(_F3, row, "", "hc_end")
            if fact is None or people is None or staff is None or people <= staff:
                continue
            limit = ever if row == 0 and ever is not None else staff + left
            times = unit.value(_F3, row, item, "person_times")
            like_times = times is not None and people >= times
            if people <= limit and not like_times:
                yield Doubt(fact, "G02", treatment="NOTE", withhold=False, detail=f"{people:g}>{staff:g}")
            else:
                yield Doubt(fact, "M46", detail=f"{people:g}>{staff:g}")


def unit_total_within_staff(unit: UnitFacts) -> Iterator[Doubt]:
    """G01 over all lines: no more people in a category than its denominator, with all who left in the year."""
    ever, left = _ever(unit), unit.value("F1", 0, "", "left")
    rows = [row for row in unit.rows(_F3) if row > 0]
    for category in unit.reference.categories:
        own = unit.value("F1", 0, "", category.denominator) if category.denominator != "hc_end" else None
        limit = own + left if own is not None and left is not None else ever
        if limit is None:
            continue
        values = [
            (unit.get(_F3, row, category.code, "persons"), unit.value(_F3, row, category.code, "persons"))
            for row in rows
        ]
        total = sum(value for _, value in values if value is not None)
        if total > limit:
            for fact, value in values:
                if fact and value:
                    yield Doubt(fact, "G01", detail=f"Σ={total:g}>{limit:g}")


def attendances_not_below_people(unit: UnitFacts) -> Iterator[Doubt]:
    """G03: attendances are never fewer than people; both are asked about."""
    for row, item in _categories(unit, "person_times"):
        times, people = unit.get(_F3, row, item, "person_times"), unit.get(_F3, row, item, "persons")
        number, persons = unit.value(_F3, row, item, "person_times"), unit.value(_F3, row, item, "persons")
        if times and people and number is not None and persons is not None and number < persons:
            yield Doubt(times, "G03", detail=place_words(people))
            yield Doubt(people, "G03", detail=place_words(times))


def distinct_between_bounds(unit: UnitFacts) -> Iterator[Doubt]:
    """G04, M46: distinct people lie between the largest category and the sum of all, and within the staff."""
    left = unit.value("F1", 0, "", "left") or 0.0
    ever = _ever(unit)
    categories = len(unit.reference.categories)
    for row in unit.rows(_F3):
        fact, distinct = unit.get(_F3, row, "", "distinct_any"), unit.value(_F3, row, "", "distinct_any")
        if fact is None or distinct is None:
            continue
        lines = [f for f in unit.facts if f.form == _F3 and f.row == row and f.measure == "persons"]
        known = [f.value for f in lines if f.value is not None]
        void = sum(f.status == "not_applicable" for f in lines)
        complete = len(lines) == categories and len(known) + void == categories
        staff = unit.value(_F3, row, "", "hc_end")
        limit = ever if row == 0 and ever is not None else (staff + left if staff is not None else None)
        low, high = max(known, default=0.0), sum(known) if complete and known else None
        added_up = distinct == sum(known) and sum(value > 0 for value in known) > 1
        if limit is not None and distinct > limit:
            yield Doubt(fact, "M46", "distinct" if added_up else "", detail=f"{distinct:g}>{limit:g}")
        elif added_up and staff is not None and distinct > staff:
            yield Doubt(fact, "M46", "distinct", detail=f"{distinct:g}>{staff:g}")
        elif distinct < low or (high is not None and distinct > high):
            yield Doubt(fact, "G04", detail=f"{low:g}…{high:g}" if high is not None else f"≥{low:g}")


def blood_plausible(unit: UnitFacts) -> Iterator[Doubt]:
    """G10, M45: 200 to 400 ml a donation, at most two donations a donor."""
    low, high = unit.threshold("ml_per_donation_low"), unit.threshold("ml_per_donation_high")
    most = unit.threshold("donations_per_donor_max")
    for row, item in _categories(unit, "blood_ml"):
        fact, ml = unit.get(_F3, row, item, "blood_ml"), unit.value(_F3, row, item, "blood_ml")
        donations, donors = unit.value(_F3, row, item, "person_times"), unit.value(_F3, row, item, "persons")
        if fact and ml is not None and donations is not None and not low * donations <= ml <= high * donations:
            yield Doubt(fact, "G10", detail=f"{ml:g}ml/{donations:g}")
        times = unit.get(_F3, row, item, "person_times")
        if times and donations is not None and donors is not None and donations > most * donors:
            yield Doubt(times, "G10", "times", detail=f"{donations:g}/{donors:g}")


def hours_plausible(unit: UnitFacts) -> Iterator[Doubt]:
    """G11, M44: half an hour to ten hours an attendance, at most 300 hours a volunteer."""
    low, high = unit.threshold("hours_per_person_time_low"), unit.threshold("hours_per_person_time_high")
    most = unit.threshold("hours_per_volunteer_max")
    for row, item in _categories(unit, "hours"):
        fact, hours = unit.get(_F3, row, item, "hours"), unit.value(_F3, row, item, "hours")
        times, people = _times(unit, row, item), unit.value(_F3, row, item, "persons")
        if fact is None or hours is None:
            continue
        if times is not None and not low * times <= hours <= high * times:
            yield Doubt(fact, "G11", detail=f"{hours:g}h/{times:g}")
        elif people is not None and hours > most * people:
            yield Doubt(fact, "G11", "per_head", detail=f"{hours:g}h/{people:g}")


def _times(unit: UnitFacts, row: int, item: str) -> float | None:
    for measure in ("person_times", "case_times"):
        value = unit.value(_F3, row, item, measure)
        if value is not None:
            return value
    return None


def money_plausible(unit: UnitFacts) -> Iterator[Doubt]:
    """G12, M68: 5 to 5 000 yuan a donor."""
    low, high = unit.threshold("money_per_donor_low"), unit.threshold("money_per_donor_high")
    for row, item in _categories(unit, "amount_yuan"):
        fact, money = unit.get(_F3, row, item, "amount_yuan"), unit.value(_F3, row, item, "amount_yuan")
        donors = unit.value(_F3, row, item, "persons")
        if fact and money and donors is not None and not low * donors <= money <= high * donors:
            yield Doubt(fact, "G12", detail=f"{money:g}/{donors:g}")


def jobs_only_where_asked(unit: UnitFacts) -> Iterator[Doubt]:
    """2.1: jobs offered belong to the employment meaning of 春风行动; under the giving meaning they are asked about."""
    if unit.reference.spring_breeze_meaning != "giving":
        return
    for row, item in _categories(unit, "jobs_offered"):
        fact = unit.get(_F3, row, item, "jobs_offered")
        if fact and fact.value:
            yield Doubt(fact, "M58", "meaning")


LINE_GATES: tuple[Gate, ...] = (
    people_within_staff,
    unit_total_within_staff,
    attendances_not_below_people,
    distinct_between_bounds,
    blood_plausible,
    hours_plausible,
    money_plausible,
    jobs_only_where_asked,
)
