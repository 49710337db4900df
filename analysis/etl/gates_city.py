"""Gates over all units of the city: a household or an activity that two units report (G19, M69).

They run after the gates of each unit and see the facts of all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from analysis.etl.gates import Doubt, Gate, UnitFacts
from analysis.etl.partners import PartnerUnits
from analysis.etl.text import normal_form
from analysis.records import Fact
from analysis.reference import Reference

_ACTIVITIES, _PAIRINGS = "F2", "F5"
_YEAR = re.compile(r"20\d\d")
_NOT_DIGIT = re.compile(r"\D")
_SERIAL_DIGITS = 2


def household_of_one_unit(city: UnitFacts) -> Iterator[Doubt]:
    """G19, M69: one number of a household stands in the returns of two units; both are asked (decision 6).

    A bare serial number (1, 02, 户3) tells nothing: every unit counts its own households. The number of a unit that
    has confirmed it is not asked about again.
    """
    holders: dict[str, list[Fact]] = {}
    for fact in city.facts:
        if fact.form == _PAIRINGS and fact.measure == "household_no" and fact.text:
            number = normal_form(fact.text).upper()
            if _tells_apart(number, city.reference):
                holders.setdefault(number, []).append(fact)
    for _, facts in sorted(holders.items()):
        for fact in facts:
            others = [other for other in facts if other.unit_code != fact.unit_code]
            if others and fact.status != "confirmed":
                yield Doubt(fact, "M69", detail=_places(others, city.reference))


def _tells_apart(number: str, reference: Reference) -> bool:
    """Whether the number names one household of the city: it holds a unit's code, or is longer than a serial."""
    digits = _NOT_DIGIT.sub("", _YEAR.sub("", number)).lstrip("0")
    return len(digits) > _SERIAL_DIGITS or any(unit.code.upper() in number for unit in reference.units)


@dataclass(frozen=True, slots=True)
class _Activity:
    """One line of F2, as far as it tells an event: texts in normal form, empty where not known."""

    fact: Fact
    name: str
    category: str
    date: str
    place: str
    partners: frozenset[str]

    @property
    def event(self) -> tuple[str, str, str]:
        return self.name, self.date, self.place


def activity_of_one_unit(city: UnitFacts) -> Iterator[Doubt]:
    """M69: two units report the same event; both lines stay and are noted, the city counts it once.

    It is the same event when name, date and place agree, or when one names the other as partner and date and category
    agree.
    """
    by_date: dict[str, list[_Activity]] = {}
    for activity in _activities(city):
        by_date.setdefault(activity.date, []).append(activity)
    shared: dict[Fact, list[Fact]] = {}
    for _, held in sorted(by_date.items()):
        for one, other in combinations(held, 2):
            if one.fact.unit_code != other.fact.unit_code and _is_same(one, other):
                shared.setdefault(one.fact, []).append(other.fact)
                shared.setdefault(other.fact, []).append(one.fact)
    for fact, others in shared.items():
        if fact.status != "confirmed":
            detail = _places(others, city.reference)
            yield Doubt(fact, "M69", "joint", treatment="NOTE", withhold=False, detail=detail)


def _is_same(one: _Activity, other: _Activity) -> bool:
    if all(one.event) and one.event == other.event:
        return True
    named = other.fact.unit_code in one.partners or one.fact.unit_code in other.partners
    return named and bool(one.category) and one.category == other.category


def _activities(city: UnitFacts) -> Iterator[_Activity]:
    """The lines of F2 with a name and a date, in the order of units and lines."""
    lines: dict[tuple[str, int], dict[str, Fact]] = {}
    for fact in city.facts:
        if fact.form == _ACTIVITIES and fact.text:
            lines.setdefault((fact.unit_code, fact.row), {})[fact.measure] = fact
    units = PartnerUnits(city.reference)
    for _, line in sorted(lines.items()):
        if "activity_name" in line and "activity_date" in line:
            said = {measure: fact.text or "" for measure, fact in line.items()}
            yield _Activity(
                line["activity_name"],
                normal_form(said["activity_name"]),
                said.get("category", ""),
                said["activity_date"],
                normal_form(said.get("place", "")),
                units.named_in(said.get("partner_units", "")),
            )


def _places(facts: Sequence[Fact], reference: Reference) -> str:
    """The same thing in the other returns: unit, sheet, cell and what stands there."""
    return "、".join(
        f"{reference.unit(fact.unit_code).short_name} {fact.sheet}!{fact.cell}={fact.raw}" for fact in facts
    )


CITY_GATES: tuple[Gate, ...] = (household_of_one_unit, activity_of_one_unit)
