"""Pooled rates and medians of the peer groups and the city a second time, from the lines of the units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tests.second_rates_medians import SHARES_OF_PEOPLE, Apart, middle
from tests.second_rates_pairing import FEWEST_HOUSEHOLDS, RULES, half_left, households, left, meets, paired_long
from tests.second_rates_people import BLOOD_FROM
from tests.second_rates_rules import COUNTS_ONLY_BELOW, Line, count, wilson
from tests.second_rates_source import Unit, Year, total

GroupKey = tuple[str, str, str]
COUNTS = ("I26", "I31", "I32")
FEWEST_EXITS = 10
FEWEST_PERSON_TIMES = 10
CITY = ""


@dataclass(frozen=True)
class Group:
    """One line of `group_rates`: what share of the people, and the typical unit."""

    n_units: int
    n_submitted: int
    n_queried: int
    n_counted: int
    numerator: Fraction | None
    denominator: Fraction | None
    pooled_rate: Fraction | None
    n_rates: int
    median_rate: Fraction | None
    pooled: tuple[float, float] | None


def group_lines(year: Year, lines: dict[tuple[str, str, str], Line]) -> dict[GroupKey, Group]:
    """The line of every group, indicator and category that units have; the city is the group without a name."""
    names = {unit.code: unit.group for unit in year.units}
    apart = Apart(year)
    found: dict[GroupKey, list[Line]] = {}
    rates: dict[GroupKey, list[Fraction]] = {}
    for (code, indicator, category), line in lines.items():
        for group in (CITY, names[code]):
            found.setdefault((group, indicator, category), []).append(line)
            own = rates.setdefault((group, indicator, category), [])
            if line.rate is not None and apart.is_peer(code, indicator, category, line):
                own.append(line.rate)
    sent = {code: year.returns[code].submitted for code in names}
    came = {
        group: sum(sent[code] for code, own in names.items() if group in (CITY, own))
        for group in (CITY, *names.values())
    }
    groups = {
        key: replace(_group(key[1], members, _least(*key[1:])), n_submitted=came[key[0]])
        for key, members in found.items()
    }
    for key, own in rates.items():
        if key[1] not in COUNTS:
            groups[key] = replace(groups[key], n_rates=len(own), median_rate=middle(own, apart.is_told(*key[1:])))
    for group in {CITY, *names.values()}:
        units = [unit for unit in year.units if group in (CITY, unit.group)]
        groups[group, "I12", ""] = _money(year, units)
        for rule in RULES:
            groups[group, "I13", rule] = _paired(year, units, rule)
        groups[group, "I15", ""] = _exits(year, units)
    return groups


def _least(indicator: str, category: str) -> int:
    """The denominator below which a group shows its counts alone, as a unit does."""
    if indicator == "I10" or category == "blood_donation":
        return BLOOD_FROM
    if indicator in SHARES_OF_PEOPLE:
        return COUNTS_ONLY_BELOW
    return {"I09": FEWEST_PERSON_TIMES, "I14": FEWEST_HOUSEHOLDS}.get(indicator, 0)


def _money(year: Year, units: list[Unit]) -> Group:
    """I12: what the units gave together; never of one unit, so there is no median."""
    given = []
    for unit in units:
        own = year.returns[unit.code]
        gave = total(own.amount("F3", f"{category['code']}.amount_yuan") for category in year.categories)
        given.append(count(gave) if own.submitted else Line("not_submitted"))
    whole = _group("I31", given)
    return replace(whole, n_rates=0, median_rate=None)


def _paired(year: Year, units: list[Unit], rule: str) -> Group:
    """I13 by one of the two readings, of the titled units; between bounds where some of them sent nothing."""
    titled = [year.returns[unit.code] for unit in units if unit.titled]
    sent = [own for own in titled if own.submitted]
    met = sum(1 for own in sent if meets(households(own), rule))
    lines = [Line("ok", Fraction(int(meets(households(own), rule))), Fraction(1), Fraction(1)) for own in sent]
    whole = _group("I13", lines)
    silent = len(titled) - len(sent)
    limits = (met / len(titled), (met + silent) / len(titled)) if silent else None
    return replace(whole, n_units=len(titled), median_rate=None, pooled=limits)


def _exits(year: Year, units: list[Unit]) -> Group:
    """I15: how many left hardship of those paired, and the months until half of them had, where half did."""
    titled = [year.returns[unit.code] for unit in units if unit.titled]
    sent = [own for own in titled if own.submitted]
    lines = [line for own in sent for line in paired_long(households(own), year.year)]
    gone = sum(1 for line in lines if left(line, year.year))
    whole = _group("I13", [Line("ok", Fraction(0), Fraction(1)) for _ in sent])
    middle = half_left(lines, year.year) if gone >= FEWEST_EXITS else None
    return replace(
        whole,
        n_units=len(titled),
        numerator=Fraction(gone),
        denominator=Fraction(len(lines)),
        pooled_rate=None,
        n_rates=0,
        median_rate=middle,
    )


def _group(indicator: str, members: list[Line], least: int = 0) -> Group:
    """A queried numerator takes its denominator out of the sums, a small unit stays in them."""
    counted = list(_counted(indicator, members))
    numerator = sum((line.numerator or 0 for line in counted), Fraction(0)) if counted else None
    denominator = sum((line.denominator or 0 for line in counted), Fraction(0)) if counted else None
    rates = [line.rate for line in members if line.rate is not None]
    if indicator in COUNTS:
        denominator, rates = None, [line.numerator for line in counted if line.numerator is not None]
    pooled = numerator / denominator if numerator is not None and denominator else None
    if denominator is not None and denominator < least:
        pooled = None
    limits = None
    if indicator in SHARES_OF_PEOPLE and pooled is not None and numerator is not None and denominator is not None:
        limits = wilson(numerator, denominator) if pooled <= 1 else None
    return Group(
        n_units=len(members),
        n_submitted=sum(line.status != "not_submitted" for line in members),
        n_queried=sum(line.status == "queried" for line in members),
        n_counted=len(counted),
        numerator=numerator,
        denominator=denominator,
        pooled_rate=pooled,
        n_rates=len(rates),
        median_rate=middle(rates, is_told=True),
        pooled=limits,
    )


def _counted(indicator: str, members: list[Line]) -> Iterator[Line]:
    """Lines with both counts; a form that is due and was not sent is one that did not come in time."""
    for line in members:
        known = line.numerator is not None and (line.denominator is not None or indicator in COUNTS)
        if known and line.status != "queried":
            yield line
