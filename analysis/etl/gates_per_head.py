"""What one attendance, one donation or one donor can amount to (G03, G10, G11, G12), for any line of any form.

Which rule is named: money per donor is G12 and hours per attendance or per volunteer G11, whatever the slip behind it
(M43, M44, M68); millilitres per donation are G10 (M45). Reading rules (M43 ...) speak only of how a cell is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from analysis.etl.gates import EXACT, Doubt, UnitFacts
from analysis.records import Fact


def exact(fact: Fact | None) -> float | None:
    """The value of a fact that is an exact number, else null."""
    return fact.value if fact and fact.status in EXACT else None


def not_fewer_times(unit: UnitFacts, times: Fact | None, people: Fact | None) -> Iterator[Doubt]:
    """G03: attendances are never fewer than people; both are asked about, each naming the other."""
    number, persons = exact(times), exact(people)
    if times and people and number is not None and persons is not None and number < persons:
        yield Doubt(times, "G03", detail=unit.where(people))
        yield Doubt(people, "G03", detail=unit.where(times))


def blood(
    unit: UnitFacts, given: Fact | None, times: Fact | None, people: Fact | None, *, only_donors: bool = True
) -> Iterator[Doubt]:
    """G10, M45: 200 to 400 ml a donation, at most two donations a donor.

    Without `only_donors` others may stand among the people, so that only the most that can be given is known.
    """
    low, high = unit.threshold("ml_per_donation_low"), unit.threshold("ml_per_donation_high")
    ml, donations, donors = exact(given), exact(times), exact(people)
    if given and ml is not None and donations is not None:
        least = low * donations if only_donors else 0.0
        if not least <= ml <= high * donations:
            yield Doubt(given, "G10", detail=_share(unit, ml, donations, times), soft=True)
    most = unit.threshold("donations_per_donor_max")
    if times and only_donors and donations is not None and donors is not None and donations > most * donors:
        yield Doubt(times, "G10", "times", detail=_share(unit, donations, donors, people), soft=True)


def service_hours(unit: UnitFacts, spent: Fact | None, times: Fact | None, people: Fact | None) -> Iterator[Doubt]:
    """G11, M44, M68: half an hour to ten hours an attendance, at most 300 hours a volunteer."""
    low, high = unit.threshold("hours_per_person_time_low"), unit.threshold("hours_per_person_time_high")
    hours, number, persons = exact(spent), exact(times), exact(people)
    if spent is None or hours is None:
        return
    most = unit.threshold("hours_per_volunteer_max")
    if number is not None and not low * number <= hours <= high * number:
        limit = low if hours < low * number else high
        each = hours / number if number else None
        detail = _share(unit, hours, number, times)
        yield Doubt(spent, "G11", detail=detail, soft=True, observed=each, expected=limit, about=(spent,))
    elif persons is not None and hours > most * persons:
        each, detail = (hours / persons if persons else None), _share(unit, hours, persons, people)
        yield Doubt(spent, "G11", "per_head", detail=detail, soft=True, observed=each, expected=most, about=(spent,))


def money_given(unit: UnitFacts, given: Fact | None, people: Fact | None) -> Iterator[Doubt]:
    """G12, M43, M68: 5 to 5 000 yuan a donor; no money is no doubt."""
    low, high = unit.threshold("money_per_donor_low"), unit.threshold("money_per_donor_high")
    money, donors = exact(given), exact(people)
    if given and money and donors is not None and not low * donors <= money <= high * donors:
        yield Doubt(given, "G12", detail=_share(unit, money, donors, people), soft=True)


def _share(unit: UnitFacts, amount: float, base: float, other: Fact | None) -> str:
    """The amount per head in figures, and the cell of the heads."""
    each = f"={amount / base:.4g}" if base else ""
    return f"{amount:g}÷{base:g}{each};{unit.where(other)}"


def part_within(unit: UnitFacts, part: Fact | None, whole: Fact | None) -> Iterator[Doubt]:
    """G07: a part is not more than the whole of the same line; the part is asked about."""
    some, all_of_it = exact(part), exact(whole)
    if part and whole and some is not None and all_of_it is not None and some > all_of_it:
        yield Doubt(part, "G07", "whole", detail=unit.where(whole))


def people_of_year(
    unit: UnitFacts, people: Fact | None, rule: str = "M46", case: str = "over_headcount"
) -> Iterator[Doubt]:
    """G01, G02, M46: no more people than worked in the unit in the year; a surplus that leavers explain is noted.

    `rule` is M46 where attendances may stand in place of people, else G01.
    """
    number, ever, end = exact(people), staff_ever(unit), unit.value("F1", 0, "", "hc_end")
    limit = ever if ever is not None else end
    if people is None or number is None or limit is None:
        return
    if number > limit:
        yield Doubt(people, rule, case, detail=f"{number:g}>{limit:g};{_staff_words(unit)}")
    elif end is not None and number > end:
        detail = f"{number:g}>{end:g};{unit.where(unit.get('F1', 0, '', 'hc_end'))}"
        yield Doubt(people, "G02", treatment="NOTE", withhold=False, detail=detail, soft=True)


def staff_ever(unit: UnitFacts) -> float | None:
    """All who worked in the unit in the year: start plus joined, else end plus left, else null."""
    for first, second in (("hc_start", "joined"), ("hc_end", "left")):
        one, more = unit.value("F1", 0, "", first), unit.value("F1", 0, "", second)
        if one is not None and more is not None:
            return one + more
    return None


def _staff_words(unit: UnitFacts) -> str:
    facts = {measure: unit.get("F1", 0, "", measure) for measure in ("hc_start", "joined", "hc_end")}
    told = ("hc_start", "joined") if exact(facts["hc_start"]) is not None else ("hc_end",)
    return unit.where(*(facts[measure] for measure in told))
