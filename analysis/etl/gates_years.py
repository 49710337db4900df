"""Gates of one unit against its own last year: headcount, numbers copied, rates that jump (G09, G14, G16).

All three only ask whether this year's figure is meant; it is kept until the unit answers, and a figure that the unit
has confirmed is not asked about again. A unit without figures of last year passes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from analysis.etl.gates import EXACT, Doubt, Gate, UnitFacts
from analysis.etl.last_year import LASTING, LastYear, Number, Numbers, Share, by_place, naming_fields
from analysis.etl.unit_rates import UnitRate, category_rates
from analysis.records import Fact
from analysis.reference import Reference


def year_gates(last_year: LastYear) -> tuple[Gate, ...]:
    """The gates that need last year's figures, in order."""
    return headcount_near_last_year(last_year), copied_from_last_year(last_year), rates_near_last_year(last_year)


def headcount_near_last_year(last_year: LastYear) -> Gate:
    """G09, M48: a headcount that moved by more than a fifth and by more than five people.

    It is asked about and kept; one that equals the authorised posts is withheld, since posts were given for staff.
    """

    def gate(unit: UnitFacts) -> Iterator[Doubt]:
        fact, value = unit.get("F1", 0, "", "hc_end"), unit.value("F1", 0, "", "hc_end")
        before = last_year.headcounts.get(fact.unit_code) if fact else None
        if fact is None or value is None or before is None or fact.status == "confirmed":
            return
        change = abs(value - before)
        if change <= unit.threshold("headcount_change_share") * before:
            return
        if change > unit.threshold("headcount_change_people"):
            is_posts = value == unit.value("F1", 0, "", "authorised_posts")
            detail = f"{before:g}→{value:g}"
            yield (
                Doubt(fact, "M48", "jump", detail=detail)
                if is_posts
                else Doubt(fact, "G09", withhold=False, detail=detail)
            )

    return gate


def copied_from_last_year(last_year: LastYear) -> Gate:
    """G14, M66: most numbers of a form are last year's; one question for the form, and every value is kept.

    Left out are zeros, numbers that last from year to year (`lasting_number`: posts, offices, family size) and what
    the unit has confirmed. A form with fewer numbers than `copied_min_numbers` is not judged.
    """

    def gate(unit: UnitFacts) -> Iterator[Doubt]:
        for form, facts in _facts_by_form(unit).items():
            before = last_year.numbers.get((facts[0].unit_code, form), {})
            numbers = [number for number in numbers_of(facts, unit.reference) if number.value]
            equal = [number for number in numbers if _stood_before(number, before)]
            enough = len(numbers) >= unit.threshold("copied_min_numbers")
            needed = _share_needed(unit, form, last_year)
            if enough and len(equal) >= needed * len(numbers):
                yield Doubt(
                    facts[0],
                    "M66",
                    withhold=False,
                    whole=True,
                    detail=f"{len(equal)}/{len(numbers)}",
                    observed=len(equal) / len(numbers),
                    expected=needed,
                    about=_at_places(facts, equal),
                )

    return gate


def _at_places(facts: list[Fact], numbers: list[Number]) -> tuple[Fact, ...]:
    """The facts of a form that the numbers were taken from."""
    places = {(number.row, number.item, number.measure) for number in numbers}
    return tuple(fact for fact in facts if (fact.row, fact.item, fact.measure) in places)


def _share_needed(unit: UnitFacts, form: str, last_year: LastYear) -> float:
    """The share of equal numbers from which a form counts as copied; infinite where equal numbers are natural.

    In the basic form of a unit whose staff did not change most numbers are last year's by right. It is copied when the
    year starts with another staff than the last one ended with; else only when every number is the same although
    people came and left.
    """
    start, joined = unit.value("F1", 0, "", "hc_start"), unit.value("F1", 0, "", "joined")
    ended = last_year.headcounts.get(unit.facts[0].unit_code)
    goes_on = start is None or ended is None or start == ended
    if form == "F1" and goes_on:
        return 1.0 if joined else math.inf
    return unit.threshold("copied_numbers_share")


def numbers_of(facts: list[Fact], reference: Reference) -> list[Number]:
    """The numbers of the facts of one unit that may change from year to year, each with the name of its line."""
    naming = naming_fields(reference)
    lasting = reference.words.get(LASTING, {})
    names = {(f.form, f.row): f.text or "" for f in facts if f.row and f.measure == naming.get(f.form)}
    return [
        Number(f.unit_code, f.form, f.row, names.get((f.form, f.row), ""), f.item, f.measure, f.value)
        for f in facts
        if f.value is not None and f.status in EXACT and f.status != "confirmed"
        if f"{f.form}.{f.measure}" not in lasting
    ]


def _facts_by_form(unit: UnitFacts) -> dict[str, list[Fact]]:
    forms: dict[str, list[Fact]] = {}
    for fact in unit.facts:
        forms.setdefault(fact.form, []).append(fact)
    return dict(sorted(forms.items()))


def _stood_before(number: Number, before: Numbers) -> bool:
    """Whether last year's form had the number on the same line, by its number or by its name."""
    own = by_place([number])[number.unit_code, number.form]
    return any(before.get(place) == value for place, value in own.items())


def rates_near_last_year(last_year: LastYear) -> Gate:
    """G16: a rate of participation that moved by more than 30 points where both years have 30 people or more.

    One question for each rate, at the first of its counts.
    """

    def gate(unit: UnitFacts) -> Iterator[Doubt]:
        least = unit.threshold("rate_change_min_denominator")
        most = Fraction(str(unit.threshold("rate_change_points")))
        for rate in category_rates(unit):
            before = last_year.shares.get((rate.facts[0].unit_code, rate.category.code))
            if before is None or rate.confirmed or before.base < least or rate.base < least:
                continue
            if abs(rate.share - Fraction(before.people) / Fraction(before.base)) > most:
                yield Doubt(
                    rate.facts[0],
                    "G16",
                    withhold=False,
                    detail=_change(before, rate),
                    observed=float(rate.share),
                    expected=before.people / before.base,
                    about=rate.facts,
                )

    return gate


def _change(before: Share, rate: UnitRate) -> str:
    was, now = before.people / before.base, float(rate.share)
    return f"{before.people:g}/{before.base:g}={was:.1%}→{float(rate.people):g}/{float(rate.base):g}={now:.1%}"
