"""What the uncertainty of each total comes from: first and total order indices by source and by part of the scheme.

Two independent sets of draws; for each group of inputs the first set takes the group from the second (pick and freeze).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.measures.assessment import ItemPoints, score_unit, year_weights
from analysis.measures.how_sure import Floats, item_draws, totals_of, weight_draws
from analysis.measures.item_values import YearValues
from analysis.measures.scorecards import Candidate, ladder
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs

COLUMNS = ("unit_code", "grouping", "input", "first", "total", "deviation", "draws")
SOURCE, PART = "source", "part"
CHANCE, OPEN, WEIGHTS = "chance", "open", "weights"
OTHER_STREAM = 1
Scored = Mapping[str, Mapping[int, ItemPoints]]
IsFrom = Callable[[str, int | None], bool]


def total_sensitivity(
    candidates: Mapping[str, Candidate], years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> pd.DataFrame:
    """One row per unit that has a class to get, way of grouping and input; seeded, with the `draws` of the term.

    Grouped by `source`: chance in rates, open answers, weights of items; by `part`: all of these in one part of the
    scheme. `first` is the share of the variance of the total that goes with the input alone, `total` with it and all it
    acts with; both null where the total does not vary. Estimates: small negative numbers stand for 0. What is open in
    the return of a year varies together in all parts: `first` of a part then has its covariance with the others in it,
    and may be above `total`, which has not.
    """
    weights = tuple(weight_draws(scheme, stream) for stream in (0, OTHER_STREAM))
    rows = []
    for code, candidate in candidates.items():
        if ladder(candidate, scheme):
            scored = score_unit(candidate.unit, years, scheme, inputs)
            rows += _of_unit(code, scored, scheme, weights)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_unit(
    code: str, scored: Scored, scheme: Scheme, weights: Sequence[Mapping[str, Floats]]
) -> list[tuple[object, ...]]:
    drawn = tuple(item_draws(code, scored, scheme, stream) for stream in (0, OTHER_STREAM))
    by_year = year_weights(scored, scheme)

    def total(taken: IsFrom) -> Floats:
        points = {key: drawn[taken(*key)][key] for key in drawn[0]}
        factors = {item: weights[taken(item, None)][item] for item in weights[0]}
        return totals_of(points, scored, by_year, scheme, factors)

    one, other = total(lambda *_: False), total(lambda *_: True)
    deviation = float(np.concatenate([one, other]).std())
    rows: list[tuple[object, ...]] = []
    for grouping, name, taken in _groups(scored, scheme):
        first, whole = indices(one, other, total(taken))
        rows.append((code, grouping, name, first, whole, deviation, scheme.term.draws))
    return rows


def indices(one: Floats, other: Floats, mixed: Floats) -> tuple[float, float]:
    """First and total order index of a group that `mixed` takes from `other` and everything else from `one`.

    Saltelli et al. (2010), Comput Phys Commun 181:259, table 2 (b) and (f). Null where nothing varies.
    """
    variance = float(np.concatenate([one, other]).var())
    if variance < np.finfo(float).eps:
        return float("nan"), float("nan")
    return float(np.mean((other - one.mean()) * (mixed - one)) / variance), float(
        np.mean((one - mixed) ** 2) / (2 * variance)
    )


def _groups(scored: Scored, scheme: Scheme) -> list[tuple[str, str, IsFrom]]:
    parts = {item.code: item.part for item in scheme.items}

    def is_open(item: str, year: int | None) -> bool:
        return year is not None and scored[item][year].points is None

    def of_part(part: str) -> IsFrom:
        return lambda item, _: parts[item] == part

    sources: list[tuple[str, str, IsFrom]] = [
        (SOURCE, CHANCE, lambda item, year: year is not None and not is_open(item, year)),
        (SOURCE, OPEN, is_open),
        (SOURCE, WEIGHTS, lambda _, year: year is None),
    ]
    return [*sources, *((PART, part.code, of_part(part.code)) for part in scheme.parts if part.kind == "base")]
