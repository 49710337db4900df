"""Gates that only point at a figure for a spot check: outside the band, too even, too equal (G13, G15, M67).

They note and change nothing. Even figures can be true, so the words of the notes are neutral, and what a unit has
confirmed is not pointed at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.last_year import LASTING
from analysis.etl.unit_rates import UnitRate, added_up, category_rates
from analysis.records import Fact
from analysis.reference import Category

_BLOOD = "blood"
_PEOPLE = ("person", "person_time")
_STUDY, _BLOCK, _HELD = "F4", "subjects", "sessions"


def rates_within_band(unit: UnitFacts) -> Iterator[Doubt]:
    """G13: a rate of participation outside the plausible band of its category.

    A low rate is noted for scored categories only: giving money and blood is free, and few givers are nobody's fault.
    Rates of too few people to be shown are not looked at.
    """
    for rate in category_rates(unit):
        if rate.confirmed or not _is_shown(unit, rate) or not rate.category.outside_band(float(rate.share)):
            continue
        high = rate.category.band_high
        if rate.category.scored or (high is not None and rate.share > Fraction(str(high))):
            yield Doubt(rate.facts[0], "G13", treatment="NOTE", withhold=False, detail=_band(rate))


def _is_shown(unit: UnitFacts, rate: UnitRate) -> bool:
    needed = "blood_min_denominator" if _BLOOD in rate.category.nature else "small_n_counts_only"
    return rate.base >= unit.threshold(needed)


def _band(rate: UnitRate) -> str:
    category: Category = rate.category
    return f"{float(rate.share):.1%}; {category.band_low or 0:.0%}—{category.band_high or 1:.0%}"


def rates_all_full(unit: UnitFacts) -> Iterator[Doubt]:
    """G15: nine in ten of the unit's rates are exactly 100 %."""
    full, facts = 0, []
    for rate in category_rates(unit):
        if rate.base >= unit.threshold("small_n_counts_only"):
            full += rate.share == 1
            facts.append(rate.facts[0])
    staff = unit.value("F1", 0, "", "hc_end")
    distinct = added_up(unit, "", "distinct_any")
    if distinct and staff and staff >= unit.threshold("small_n_counts_only"):
        full += distinct[0] == staff
        facts.append(distinct[1][0])
    enough = len(facts) >= unit.threshold("all_full_min_rates")
    if enough and full >= unit.threshold("all_full_share") * len(facts) and not _confirmed(facts):
        yield Doubt(
            facts[0],
            "G15",
            treatment="NOTE",
            withhold=False,
            whole=True,
            detail=f"{full}/{len(facts)}",
            observed=full / len(facts),
            expected=unit.threshold("all_full_share"),
            about=tuple(facts),
        )


def counts_all_even(unit: UnitFacts) -> Iterator[Doubt]:
    """M67: every count of people and attendances of a form is a multiple of ten; staff of offices is left out."""
    step, least = unit.threshold("even_numbers_step"), unit.threshold("even_numbers_min")
    counted = {
        (field.form, field.item, field.measure)
        for field in unit.reference.fields
        if field.type == "count" and field.measure_unit in _PEOPLE
        if f"{field.form}.{field.measure}" not in unit.reference.words.get(LASTING, {})
    }
    forms: dict[str, list[Fact]] = {}
    for fact in unit.facts:
        if fact.value and fact.status in EXACT and (fact.form, fact.item, fact.measure) in counted:
            forms.setdefault(fact.form, []).append(fact)
    for _, facts in sorted(forms.items()):
        even = all(fact.value is not None and fact.value % step == 0 for fact in facts)
        if even and len(facts) >= least and not _confirmed(facts):
            yield Doubt(
                facts[0],
                "M67",
                "even",
                treatment="NOTE",
                withhold=False,
                whole=True,
                detail=f"{len(facts)}×{step:g}n",
                observed=1.0,
                expected=1 / step,
                about=tuple(facts),
            )


def subjects_all_equal(unit: UnitFacts) -> Iterator[Doubt]:
    """M67: one line of numbers stands behind every subject of study that has any."""
    items = {
        field.item
        for field in unit.reference.form_fields(_STUDY)
        if field.block == _BLOCK and field.measure == _HELD and field.required
    }
    lines: dict[str, list[Fact]] = {}
    for fact in unit.facts:
        if fact.form == _STUDY and fact.item in items and fact.value and fact.status in EXACT:
            lines.setdefault(fact.item, []).append(fact)
    said = {tuple(sorted((fact.measure, fact.value or 0.0) for fact in line)) for line in lines.values()}
    facts = [fact for line in lines.values() for fact in line]
    if len(lines) >= unit.threshold("same_line_min_subjects") and len(said) == 1 and not _confirmed(facts):
        numbers = "、".join(f"{fact.value:g}" for fact in next(iter(lines.values())))
        yield Doubt(
            facts[0],
            "M67",
            "same_line",
            treatment="NOTE",
            withhold=False,
            detail=f"{len(lines)}×({numbers})",
            observed=float(len(lines)),
            expected=1.0,
            about=tuple(facts),
        )


def _confirmed(facts: list[Fact]) -> bool:
    return any(fact.status == "confirmed" for fact in facts)


REGULAR_GATES: tuple[Gate, ...] = (rates_within_band, rates_all_full, counts_all_even, subjects_all_equal)
