"""Gates of the list of activities (F2): each line against the staff and within itself, and two lines against each other."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.gates_per_head import (
    blood,
    exact,
    money_given,
    not_fewer_times,
    part_within,
    people_of_year,
    service_hours,
)
from analysis.etl.text import normal_form
from analysis.records import Fact

_F2 = "F2"
_NUMBERS = ("persons", "person_times", "hours", "amount_yuan", "goods_yuan", "blood_ml")
_COUNTED_ONCE = ("hours", "amount_yuan", "goods_yuan", "blood_ml")


def _in(unit: UnitFacts, row: int, measure: str) -> Fact | None:
    return unit.get(_F2, row, "", measure)


def _lines(unit: UnitFacts) -> list[int]:
    """The lines of activities; with only the total filled (row 0) its people are those of many activities."""
    return [row for row in unit.rows(_F2) if row > 0]


def people_of_activity(unit: UnitFacts) -> Iterator[Doubt]:
    """G01, G02, M46: no more people in an activity than worked in the unit in the year."""
    for row in _lines(unit):
        yield from people_of_year(unit, _in(unit, row, "persons"))


def parts_of_activity(unit: UnitFacts) -> Iterator[Doubt]:
    """G07: party members and registered volunteers are among the people of the activity."""
    for row in unit.rows(_F2):
        for part in ("persons_pm", "persons_registered"):
            yield from part_within(unit, _in(unit, row, part), _in(unit, row, "persons"))


def times_of_activity(unit: UnitFacts) -> Iterator[Doubt]:
    """G03: attendances are never fewer than people; both are asked about."""
    for row in unit.rows(_F2):
        yield from not_fewer_times(unit, _in(unit, row, "person_times"), _in(unit, row, "persons"))


def amounts_of_activity(unit: UnitFacts) -> Iterator[Doubt]:
    """G10, G11, G12: blood per donation, hours per attendance and money per donor.

    Hours that are 0 say nothing, since only service has hours. Outside of blood donation those who gave blood are
    fewer than those who took part.
    """
    natures = {category.code: category.nature for category in unit.reference.categories}
    for row in _lines(unit):
        people, times = _in(unit, row, "persons"), _in(unit, row, "person_times")
        only_donors = "blood" in natures.get(unit.text(_F2, row, "", "category") or "", ())
        given = _in(unit, row, "blood_ml")
        if exact(given):
            yield from blood(unit, given, times, people, only_donors=only_donors)
        spent = _in(unit, row, "hours")
        if exact(spent):
            yield from service_hours(unit, spent, times, people)
        yield from money_given(unit, _in(unit, row, "amount_yuan"), people)


def one_activity_in_two_categories(unit: UnitFacts) -> Iterator[Doubt]:
    """M70: the same activity under two categories: its hours, money and blood can count in one of them only.

    The same means name, date, place and every number. People stay in both, since they are never added over categories.
    """
    first: dict[tuple[object, ...], int] = {}
    told: set[int] = set()
    for row in _lines(unit):
        same = _signature(unit, row)
        if same is None:
            continue
        other = first.setdefault(same, row)
        if unit.text(_F2, other, "", "category") == unit.text(_F2, row, "", "category"):
            continue
        pair = ((row, other), (other, row))
        for one, counterpart in pair if other not in told else pair[:1]:
            yield from _counted_once(unit, one, counterpart)
        told.add(other)


def _counted_once(unit: UnitFacts, row: int, other: int) -> Iterator[Doubt]:
    detail = unit.where(_in(unit, other, "category"), _in(unit, other, "activity_name"))
    for measure in _COUNTED_ONCE:
        fact = _in(unit, row, measure)
        if fact and exact(fact):
            yield Doubt(fact, "M70", detail=detail, soft=True)


def _signature(unit: UnitFacts, row: int) -> tuple[object, ...] | None:
    """What two lines of one activity have in common; null when name, date, category or a number is not certain."""
    name, date, place = (unit.text(_F2, row, "", m) for m in ("activity_name", "activity_date", "place"))
    facts = [_in(unit, row, measure) for measure in _NUMBERS]
    if not name or not date or not unit.text(_F2, row, "", "category"):
        return None
    if any(fact and fact.status not in (*EXACT, "not_applicable") for fact in facts):
        return None
    return (normal_form(name), date, normal_form(place or ""), *(exact(fact) or 0.0 for fact in facts))


ACTIVITY_GATES: tuple[Gate, ...] = (
    people_of_activity,
    times_of_activity,
    parts_of_activity,
    amounts_of_activity,
    one_activity_in_two_categories,
)
