"""What chance alone would do to the last digits and the evenness of counts: the tests behind the screening list.

Pure functions on counts. Each gives a probability under honest, independent figures; it says how unusual the figures
are, never why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from analysis.measures.arrays import Floats
from analysis.measures.discovery import benjamini_hochberg

ROUND_STEP = 5  # a last digit of 0 or 5 is a multiple of five
ROUND_CHANCE = 1 / ROUND_STEP
LOOK_BELOW = 0.05
DRAWS = 9_999

Key = TypeVar("Key")
Counts: TypeAlias = NDArray[np.int64]


def heaping_probability(values: Sequence[float]) -> float:
    """The chance of so many last digits 0 or 5, or more, among these counts when every digit is as likely (exact binomial).

    A sequence without values gives 1.
    """
    from scipy.stats import binom

    round_ones = sum(is_round(value) for value in values)
    return float(binom.sf(round_ones - 1, len(values), ROUND_CHANCE)) if values else 1.0


def is_round(value: float) -> bool:
    """Whether a count ends in 0 or 5."""
    return value % ROUND_STEP == 0


def false_discovery(probabilities: Mapping[Key, float]) -> dict[Key, float]:
    """The smallest false discovery rate at which each would be listed (Benjamini and Hochberg over all keys)."""
    if not probabilities:
        return {}
    adjusted = np.asarray(benjamini_hochberg(np.array(list(probabilities.values()))))
    return dict(zip(probabilities, map(float, adjusted), strict=True))


def even_months_probability(counts: Sequence[int], seed: int = 0) -> float:
    """The chance that attendances thrown at random into these months would lie as evenly, or more.

    Attendances come in groups, which makes months differ more than this; the chance is then overstated. Simulated
    with the seed where a chi-square of the spread (lower tail) is below 5 %, else 1; so never too small on average.
    """
    total = sum(counts)
    if total == 0:
        return 1.0
    shares = np.full(len(counts), 1 / len(counts))
    generator = np.random.default_rng(seed)

    def draw(size: int) -> Floats:
        return generator.multinomial(total, shares, size=size).astype(float)

    expected = total * shares
    spread = float((((np.array(counts) - expected) ** 2) / expected).sum())
    if _lower_tail(spread, len(counts) - 1) >= LOOK_BELOW:
        return 1.0
    return _rank_from_below(spread, (((draw(DRAWS) - expected) ** 2) / expected).sum(axis=1))


def even_offices_probability(
    staff: Sequence[int], counts: Sequence[Sequence[int]], seed: int = 0
) -> tuple[float, float, float]:
    """(probability, observed spread, expected spread) of participants over offices, several categories together.

    `staff` are the people of each office, each line of `counts` the participants of one category by office. If who
    takes part has nothing to do with the office, the participants of an office follow a hypergeometric distribution;
    the spread is the sum of squared distances from it in its own variances, its expectation the offices less one for
    each category. The probability is that of a spread as small, or smaller. Categories in which nobody or everybody
    took part say nothing and are left out; with none left it is (1, 0, 0).
    """
    people = np.array(staff)
    totals = [sum(line) for line in counts]
    usable = [(np.array(line), total) for line, total in zip(counts, totals, strict=True) if 0 < total < people.sum()]
    expected = float(len(usable) * (len(people) - 1))
    observed = float(sum(_spread(line, people, total) for line, total in usable))
    if not usable or len(people) < 2 or _lower_tail(observed, expected) >= LOOK_BELOW:
        return 1.0, observed, expected
    generator = np.random.default_rng(seed)
    drawn = np.zeros(DRAWS)
    for _, total in usable:
        lines = generator.multivariate_hypergeometric(people, total, size=DRAWS, method="marginals")
        drawn += _spread(lines, people, total)
    return _rank_from_below(observed, drawn), observed, expected


def _spread(lines: Counts, people: Counts, total: int) -> Floats:
    """Sum over offices of squared distance from the expected count, each sum with the expectation offices - 1."""
    everybody = people.sum()
    share = total / everybody
    expected = people * share
    scale = expected * (1 - share) * everybody / (everybody - 1)
    result: Floats = (((lines - expected) ** 2) / scale).sum(axis=-1)
    return result


def _lower_tail(spread: float, freedom: float) -> float:
    from scipy.stats import chi2

    return float(chi2.cdf(spread, freedom))


def _rank_from_below(observed: float, drawn: Floats) -> float:
    """Share of the draws as small, the observed one counted among them: a valid probability for any number of draws."""
    return (1 + int((drawn <= observed * (1 + 1e-12)).sum())) / (1 + len(drawn))
