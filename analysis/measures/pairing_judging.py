"""What may be said of the households of one unit or of several: households -> counts, rate or bounds. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from analysis.measures.durations import Span, Spell, median_bounds, months_between, survival_median
from analysis.measures.pairing_lines import Days, Household

ANY, BOTH = "any", "both"
TOWN, COUNTRY = "urban", "rural"
MONTHS_PAIRED = 12
COVERAGE_FIELDS = ("household_no", "household_location", "paired_date")
EXIT_FIELDS = ("household_no", "hardship_type", "paired_date", "out_of_hardship", "exit_date", "exit_proof")
VISIT_FIELDS = ("household_no", "paired_date", "visits")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Counts, rate and status of one figure; `low` and `high` are filled where only bounds are known."""

    numerator: float | None
    denominator: float | None
    status: str
    rate: float | None = None
    low: float | None = None
    high: float | None = None


def judge_coverage(lines: Sequence[Household], rule: str) -> Verdict:
    """I13 of one titled unit: 1 of 1 when it has what the rule wants, 0 of 1 when not; open: between 0 and 1.

    `any` wants one household, `both` one in town and another one in the country.
    """
    sure = [line.location for line in lines if line.held == "yes"]
    possible = [line.location for line in lines if line.held != "no"]
    has = _has_both(sure, sure) if rule == BOTH else bool(sure)
    may = _has_both(possible, possible, may=True) if rule == BOTH else bool(possible)
    if has == may:
        return Verdict(float(has), 1.0, "ok", rate=float(has))
    return Verdict(None, 1.0, _open_status(lines, COVERAGE_FIELDS), low=0.0, high=1.0)


def _has_both(towns: Sequence[str | None], countries: Sequence[str | None], may: bool = False) -> bool:
    """Whether one household is in town and another in the country; with `may`, an unknown place may be either."""
    return any(
        (town == TOWN or (may and town is None)) and (country == COUNTRY or (may and country is None))
        for place, town in enumerate(towns)
        for other, country in enumerate(countries)
        if place != other
    )


def judge_exits(lines: Sequence[Household], year: int, least: float) -> Verdict:
    """I14: of the households paired at least 12 months on 31 December, without excluded ones, those that left hardship.

    The months run from the pairing to the end of the year, also for a household that left before. Below `least`
    households there are counts only.
    """
    last = dt.date(year - 1, 12, 31)  # 12 months before 31 December; no month between them is shorter
    options = [found for line in lines if (found := _exit_options(line, last)) != {(0, 0)}]
    fewest = sum(min(counted for _, counted in found) for found in options)
    most = sum(max(counted for _, counted in found) for found in options)
    if all(len(found) == 1 for found in options):
        exits = sum(left for found in options for left, _ in found)
        shown = exits / most if most >= least and most else None
        return Verdict(float(exits), float(most), "undefined" if shown is None else "ok", rate=shown)
    if most < least:
        return Verdict(None, None, "undefined")
    status = _open_status(lines, EXIT_FIELDS)
    base = float(most) if fewest == most else None
    if fewest < least:
        return Verdict(None, base, status)
    return Verdict(None, base, status, low=_extreme(options, least_of=True), high=_extreme(options, least_of=False))


def _exit_options(line: Household, last: dt.date) -> set[tuple[int, int]]:
    """What a household may add to numerator and denominator: (0, 0), (0, 1) or (1, 1)."""
    sure = line.held == "yes" and line.excluded == "no" and line.paired is not None and line.paired.last <= last
    never = line.held == "no" or line.excluded == "yes" or (line.paired is not None and line.paired.first > last)
    if never:
        return {(0, 0)}
    counted = {(1, 1)} if line.exited == "yes" else {(0, 1)} if line.exited == "no" else {(0, 1), (1, 1)}
    return counted if sure else counted | {(0, 0)}


def _extreme(options: Iterable[set[tuple[int, int]]], least_of: bool) -> float:
    """The least or greatest rate: one more in the denominator alone never raises it, one more in both never lowers it."""
    order = [(0, 1), (0, 0), (1, 1)] if least_of else [(1, 1), (0, 0), (0, 1)]
    chosen = [next(option for option in order if option in found) for found in options]
    return sum(left for left, _ in chosen) / sum(counted for _, counted in chosen)


def judge_visits(lines: Sequence[Household]) -> Verdict:
    """I16: visits of the year per household; every household counts, also those that left or are provided for."""
    sure = [line.visits for line in lines if line.held == "yes"]
    perhaps = [line.visits for line in lines if line.held == "maybe"]
    exact = not perhaps and all(span.low == span.high for span in sure)
    if exact:
        visits, number = sum(span.low for span in sure), len(sure)
        if not number:
            return Verdict(0.0, 0.0, "undefined")
        rough = any(line.rough for line in lines if line.held == "yes")
        return Verdict(visits, float(number), "approximate" if rough else "ok", rate=visits / number)
    low = _extreme_mean([span.low for span in sure], sorted(span.low for span in perhaps), least_of=True)
    high = _extreme_mean([span.high for span in sure], sorted(-span.high for span in perhaps), least_of=False)
    base = None if perhaps else float(len(sure))
    return Verdict(None, base, _open_status(lines, VISIT_FIELDS), low=low, high=high if isfinite(high) else None)


def _extreme_mean(sure: Sequence[float], perhaps: Sequence[float], least_of: bool) -> float:
    """The least or greatest mean of the sure numbers and of any of the others, which come most extreme first."""
    sign = 1.0 if least_of else -1.0
    total, count = sum(sure), len(sure)
    means = [total / count] if count else []
    for number in perhaps:
        total, count = total + sign * number, count + 1
        means.append(total / count)
    return min(means) if least_of else max(means)


def judge_months(lines: Sequence[Household], year: int, least: float) -> Verdict:
    """I15: median months from pairing to leaving hardship, the others watched until 31 December (Kaplan and Meier).

    Numerator: those that left; denominator: these and the others, excluded ones in neither. Undefined below `least`
    that surely left, or when more than half have not. A return lists the households of its year: those that left in
    earlier years are not seen, so the median says how long it takes among those now listed.
    """
    counted = [line for line in lines if line.held != "no" and line.excluded != "yes"]
    spells = [_spell(line, dt.date(year, 12, 31)) for line in counted]
    unsure = [spell for spell in spells if spell.optional or (spell.left is None) == (spell.still is None)]
    exits = sum(1 for spell in spells if spell.left and not spell.still and not spell.optional)
    numerator, base = (None, None) if unsure else (float(exits), float(len(spells)))
    if exits < least:
        return Verdict(numerator, base, "undefined")
    if not unsure and all(span.low == span.high for spell in spells for span in spell[:2] if span):
        median = survival_median(
            [spell.left.low for spell in spells if spell.left], [spell.still.low for spell in spells if spell.still]
        )
        return Verdict(numerator, base, "undefined" if median is None else "ok", rate=median)
    low, high = median_bounds(spells)
    status = "undefined" if low is None else _open_status(counted, EXIT_FIELDS)
    return Verdict(numerator, base, status, low=low, high=high)


def _spell(line: Household, end: dt.date) -> Spell:
    optional = line.held == "maybe" or line.excluded == "maybe"
    left = _months(line.paired, line.exit or Days(dt.date.min, end), end) if line.exited != "no" else None
    still = _months(line.paired, Days(end, end), end) if line.exited != "yes" else None
    return Spell(left, still, optional)


def _months(paired: Days | None, until: Days, end: dt.date) -> Span:
    if paired is None:
        return Span(0.0, float("inf"))
    return Span(months_between(paired.last, min(until.first, end)), months_between(paired.first, min(until.last, end)))


def _open_status(lines: Sequence[Household], fields: Sequence[str]) -> str:
    """`queried` when any of the fields is asked about, `bounded` when dates and numbers are merely not exact."""
    return "queried" if any(line.asked.intersection(fields) for line in lines if line.held != "no") else "bounded"
