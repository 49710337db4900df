"""How sure a class is: the totals of many draws of rates, open answers and weights.

A guide against over-reading: a unit whose class changes in many draws is close to a line, and the meeting should know.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.measures.assessment import ItemPoints, is_asked
from analysis.measures.scoring import OPEN, Measured, earned, points
from analysis.reference.scheme_types import Scheme, SchemeItem

Floats = NDArray[np.float64]
ItemDraws = Mapping[tuple[str, int], Floats]
YearWeights = Mapping[str, Mapping[int, float]]
WEIGHTS_STREAM = 0
WHOLE = 100.0
LAST_DIGIT = 1e-9  # 0.29 x 100 are 29 places, not 28
PRIOR = 0.5  # of Jeffreys: neither nobody nor everybody is certain to be so again


def weight_draws(scheme: Scheme, stream: int = WEIGHTS_STREAM) -> dict[str, Floats]:
    """For each item the factors of its points, one per draw: uniform around 1, the same for all units."""
    term = scheme.term
    rng = np.random.default_rng([term.seed, stream])
    span = term.weight_noise
    return {item.code: rng.uniform(1 - span, 1 + span, term.draws) for item in scheme.items}


def item_draws(
    unit_code: str, scored: Mapping[str, Mapping[int, ItemPoints]], scheme: Scheme, stream: int = WEIGHTS_STREAM
) -> dict[tuple[str, int], Floats]:
    """The points of each item of one unit in each year, one per draw; items that follow a group are left out.

    A share of people that is known is drawn from the beta distribution of its counts (Jeffreys prior), however few the
    people, and so is a survey whose counts are known. Its points are shifted so that their mean is the points that are
    published: the prior draws inwards, and above the full mark a rate can only lose. So they say how far the points
    could move, and may lie beyond 0 or the full mark.

    What is open is drawn evenly between the fewest and the most points it can bring. What is open in the return of one
    year hangs on the same answers: all of it is drawn together, low or high. What others than the unit have to say is
    drawn item by item. The stream of a unit depends on its code alone: no other unit moves it.
    """
    seed = [scheme.term.seed, zlib.crc32(unit_code.encode()), *([stream] if stream else [])]
    rng, draws = np.random.default_rng(seed), scheme.term.draws
    together = {year: np.random.default_rng([*seed, year]).uniform(size=draws) for year in scheme.term.years}
    items = {item.code: item for item in scheme.items}
    return {
        (code, year): _open_points(part, together[year])
        if _waits_for_return(items[code], part)
        else _draw_item(items[code], part, rng, draws)
        for code, by_year in scored.items()
        if items[code].source.kind != "group"
        for year, part in by_year.items()
    }


def _waits_for_return(item: SchemeItem, part: ItemPoints) -> bool:
    return part.points is None and part.measured.status == OPEN and is_asked(item)


def _open_points(part: ItemPoints, share: Floats) -> Floats:
    return np.asarray(part.low + (part.high - part.low) * share)


def total_draws(
    unit_code: str,
    scored: Mapping[str, Mapping[int, ItemPoints]],
    year_weights: YearWeights,
    scheme: Scheme,
    weights: Mapping[str, Floats],
) -> Floats:
    """The totals of one unit, one per draw: those of `item_draws`, weighted as in `totals_of`.

    They are centred on the total of the mean points by the weights of the scheme: without open items on that of the card.
    """
    drawn = item_draws(unit_code, scored, scheme)
    means = {key: np.full(1, found.mean()) for key, found in drawn.items()}
    plain = {item.code: np.ones(1) for item in scheme.items}
    centre = totals_of(means, scored, year_weights, scheme, plain)
    found = totals_of(drawn, scored, year_weights, scheme, weights)
    return np.asarray(found - found.mean() + centre)


def totals_of(
    drawn: ItemDraws,
    scored: Mapping[str, Mapping[int, ItemPoints]],
    year_weights: YearWeights,
    scheme: Scheme,
    weights: Mapping[str, Floats],
) -> Floats:
    """Totals from the points of each item: those of the base parts times the weight of the item, scaled back to 100."""
    items = {item.code: item for item in scheme.items}
    points, worth = {}, {}
    for code, by_year in scored.items():
        if items[code].source.kind != "group":
            years = year_weights[code]
            points[code] = weights[code] * np.sum([years[year] * drawn[code, year] for year in by_year], axis=0)
            worth[code] = weights[code] * sum(years[year] * part.full for year, part in by_year.items())
    for code in (code for code in scored if items[code].source.kind == "group"):
        own = [
            other
            for other in points
            if other.startswith(items[code].source.name) and items[other].source.kind != "group"
        ]
        share = np.sum([points[other] for other in own], axis=0) / np.sum([worth[other] for other in own], axis=0)
        worth[code] = weights[code] * items[code].full
        points[code] = worth[code] * share
    base = [code for code in points if scheme.part_kind(items[code].part) == "base"]
    extra = [points[code] / weights[code] for code in points if code not in base]
    total = WHOLE * np.sum([points[code] for code in base], axis=0) / np.sum([worth[code] for code in base], axis=0)
    return np.asarray(total + (np.sum(extra, axis=0) if extra else 0.0))


def _draw_item(item: SchemeItem, part: ItemPoints, rng: np.random.Generator, draws: int) -> Floats:
    if part.points is None:
        return _open_points(part, rng.uniform(size=draws))
    n, x = part.measured.denominator, part.measured.numerator
    if not varies_by_chance(part) or n is None or x is None:
        return np.full(draws, part.points)
    rates = rng.beta(x + PRIOR, n - x + PRIOR, draws)
    ends = np.array([_points_at(item, part.full, rate, n) for rate in np.linspace(0, 1, 101)])
    drawn = np.interp(rates, np.linspace(0, 1, 101), ends)
    return np.asarray(drawn - drawn.mean() + part.points)


def varies_by_chance(part: ItemPoints) -> bool:
    """Whether its points are known and stand on a rate that is drawn."""
    n, x = part.measured.denominator, part.measured.numerator
    counted = n is not None and x is not None and 0 <= x <= n
    return part.points is not None and part.measured.by_chance and counted and part.full != 0


def _points_at(item: SchemeItem, full: float, rate: float, people: float) -> float:
    found = points(item, full, earned(item, Measured(rate, numerator=rate * people, denominator=people)))[0]
    return found if found is not None else float("nan")


def share_in_best(totals: Mapping[str, Floats], share: float) -> dict[str, float]:
    """For each unit the share of draws in which it is among the best `share` of the units, rounded down.

    Never more than that: units that are equal at the edge, and would be too many, are all left out.
    """
    codes = list(totals)
    if not codes:
        return {}
    table = np.stack([totals[code] for code in codes])
    count = int(share * len(codes) + LAST_DIGIT)
    first_out = np.sort(table, axis=0)[::-1][count] if count < len(codes) else np.full(table.shape[1], -np.inf)
    hits = (table > first_out).mean(axis=1)
    return {code: float(hits[place]) for place, code in enumerate(codes)}


def standard_error(share: float, draws: int) -> float:
    """The error of a share that comes from the number of draws."""
    return float(np.sqrt(share * (1 - share) / draws))


def converged(totals: Sequence[float] | Floats, lines: Sequence[float], tolerance: float) -> bool:
    """Whether the share of draws from each line on agrees in both halves of the draws within `tolerance`."""
    draws = np.asarray(totals, dtype=np.float64)
    halves = draws[: len(draws) // 2], draws[len(draws) // 2 :]
    shares = [[float(np.mean(half >= line)) for half in halves] for line in lines]
    return all(abs(first - second) <= tolerance for first, second in shares)
