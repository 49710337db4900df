"""What may be said of one numerator and one denominator: status, rate, limits or neither. Pure, without tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

from analysis.measures.figures import Figure

STAFF_CHANGE = "staff_change"
ABOVE_WHOLE = "above_whole"
ASKED = ("queried", "missing")


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """Below `counts_only` people no rate is shown, below `marked` it is marked as small."""

    counts_only: float
    marked: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rate of one unit.

    `rate` is null unless it may be shown; `limits` says that a Wilson interval belongs to it. `rate_low` and
    `rate_high` are filled where only bounds are known.
    """

    numerator: float | None
    denominator: float | None
    status: str
    rate: float | None = None
    limits: bool = False
    flags: tuple[str, ...] = ()
    rate_low: float | None = None
    rate_high: float | None = None


def judge_share(
    numerator: Figure, denominator: Figure, hc_ever: float | None, least: float, small: SmallNumbers
) -> Outcome:
    """The rate of a share of people.

    `hc_ever` is how many worked in the unit during the year: a numerator between the denominator and it comes from
    a change of staff and stays uncapped, one above it cannot be and counts as queried. With a denominator below
    `least` the counts are for pooled figures only.
    """
    unknown = _without_counts(numerator, denominator)
    if unknown:
        return unknown
    people = denominator.value
    most = _most(denominator)
    if _least(numerator) > max(most, hc_ever if hc_ever is not None else most):
        return Outcome(None, people, "queried")
    if people is not None and people < least:
        changed = numerator.value is not None and numerator.value > people
        return Outcome(numerator.value, people, "undefined", flags=(STAFF_CHANGE,) if changed else ())
    if numerator.value is None or people is None:
        return _between(numerator, denominator, small)
    approximate = "approximate" in (numerator.status, denominator.status)
    return _exact(numerator.value, people, approximate, small)


def judge_quotient(numerator: Figure, denominator: Figure, proportion: bool) -> Outcome:
    """The quotient of two figures that is no share of people: no limits, and nothing is too small.

    A `proportion` is of things that are part of the denominator: above 1 it cannot be, and counts as queried.
    """
    unknown = _without_counts(numerator, denominator)
    if unknown:
        return unknown
    if proportion and _least(numerator) > _most(denominator):
        return Outcome(None, denominator.value, "queried", flags=(ABOVE_WHOLE,))
    if numerator.value is None or denominator.value is None:
        low, high = quotient_bounds(numerator, denominator, proportion)
        return Outcome(numerator.value, denominator.value, "bounded", rate_low=low, rate_high=high)
    status = "approximate" if "approximate" in (numerator.status, denominator.status) else "ok"
    rate = numerator.value / denominator.value
    return Outcome(numerator.value, denominator.value, status, rate=rate)


def judge_count(count: Figure) -> Outcome:
    """A count that is divided by nothing; its bounds stand in `rate_low` and `rate_high`, the rate is null."""
    if count.value is not None:
        return Outcome(count.value, None, "approximate" if count.status == "approximate" else "ok")
    status = "queried" if count.status == "missing" else count.status
    if status in ("not_submitted", "not_applicable"):
        return Outcome(None, None, status)
    return Outcome(None, None, status, rate_low=count.low, rate_high=count.high)


def quotient_bounds(numerator: Figure, denominator: Figure, proportion: bool) -> tuple[float | None, float | None]:
    """Limits between which a quotient lies, null on a side where nothing is known."""
    fewest, most = _least(denominator), _most(denominator)
    low = _least(numerator) / most if most > 0 and has_bounds(numerator) else None
    high = _most(numerator) / fewest if fewest > 0 else inf
    high = min(high, 1.0) if proportion and has_bounds(denominator) else high
    return low, high if isfinite(high) else None


def has_bounds(figure: Figure) -> bool:
    """Whether anything is known of the size of a figure."""
    return figure.value is not None or figure.low is not None


def judge_breadth(categories: Sequence[Figure], base: Figure) -> Outcome:
    """In how many of the categories at least one person took part; `base` is how many there are for this unit.

    One that is asked about, or whose bounds leave it open, may count or not: then there are bounds instead of a rate.
    """
    statuses = {figure.status for figure in categories}
    if "not_submitted" in statuses:
        return Outcome(None, base.value, "not_submitted")
    if base.value is None:
        return Outcome(None, None, "queried" if base.status == "queried" else "undefined")
    if statuses == {"not_applicable"}:
        return Outcome(None, base.value, "not_applicable")
    asked = sum(figure.status in ASKED for figure in categories)
    sure = sum(_least(figure) >= 1 for figure in categories)
    unsure = asked + sum(_least(figure) < 1 <= _most(figure) for figure in categories if figure.status == "bounded")
    if unsure:
        low, high = sure / base.value, (sure + unsure) / base.value
        return Outcome(None, base.value, "queried" if asked else "bounded", rate_low=low, rate_high=high)
    return Outcome(float(sure), base.value, "ok", rate=sure / base.value)


def has_nobody(figure: Figure) -> bool:
    """Whether a denominator says that the unit has none of these people: 0, not applicable or blank without a question."""
    blank = figure.status == "missing" and figure.n_open == 0
    return figure.value == 0 or figure.status == "not_applicable" or blank


def _without_counts(numerator: Figure, denominator: Figure) -> Outcome | None:
    """The outcome where numerator or denominator is not known, not even by bounds."""
    people = denominator.value
    if numerator.status == "not_submitted":
        return Outcome(None, people, "not_submitted")
    if people == 0 or denominator.status == "not_applicable":
        return Outcome(None, None, "undefined")
    if numerator.status in ASKED:
        return Outcome(None, people, "queried")
    if numerator.status == "not_applicable":
        return Outcome(None, people, "not_applicable")
    if denominator.status in ("queried", "missing", "not_submitted"):
        asked = denominator.status == "queried" or denominator.n_open > 0
        return Outcome(numerator.value, None, "queried" if asked else "undefined")
    return None


def _between(numerator: Figure, denominator: Figure, small: SmallNumbers) -> Outcome:
    """Only bounds are known: the rate is an interval; below the smallest denominator not even that."""
    fewest, most = _least(denominator), _most(denominator)
    if fewest < small.counts_only:
        return Outcome(numerator.value, denominator.value, "bounded")
    high = _most(numerator) / fewest
    return Outcome(
        numerator.value,
        denominator.value,
        "bounded",
        rate_low=_least(numerator) / most,
        rate_high=high if isfinite(high) else None,
    )


def _exact(count: float, people: float, approximate: bool, small: SmallNumbers) -> Outcome:
    changed = count > people
    is_small = people < small.marked
    status = "small" if is_small else "approximate" if approximate else "ok"
    flags = (*([STAFF_CHANGE] if changed else []), *(["approximate"] if is_small and approximate else []))
    if people < small.counts_only:
        return Outcome(count, people, status, flags=flags)
    return Outcome(count, people, status, rate=count / people, limits=not changed, flags=flags)


def _least(figure: Figure) -> float:
    return figure.value if figure.value is not None else figure.low or 0.0


def _most(figure: Figure) -> float:
    if figure.value is not None:
        return figure.value
    return inf if figure.high is None else figure.high
