"""Why a pooled rate changed: the change of one figure between two years -> five parts that add up to it.

Both years are treated alike and every weight is the mean of the two years, so that with the years swapped each part
only changes its sign. Nothing here says what caused a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.measures.arrays import Floats, refuse, same_length

ROUNDING = 1e-12  # a smaller change is none


@dataclass(frozen=True)
class Side:
    """One group in one year.

    `shown` is the rate that was published, or the present one where none was; `current` the pooled rate as it stands
    now; `common` the same under the definition that both years share. `successes` and `n` are the counts of the
    panel, the units that are in both years, in the same order on both sides and under the shared definition.
    """

    shown: float
    current: float
    common: float
    successes: Floats
    n: Floats

    @property
    def pooled(self) -> float:
        """Pooled rate of the panel."""
        return float(self.successes.sum() / self.n.sum())


@dataclass(frozen=True)
class Parts:
    """The parts of `after.shown - before.shown`, as fractions; their sum is that change."""

    activity: float
    headcount: float
    units: float
    definition: float
    correction: float


def split_change(before: Side, after: Side) -> Parts:
    """The change of the shown figure in five parts.

    Inside the panel, rate r = sum of w_i p_i with p_i the rate of unit i and w_i its share of the denominators:
    activity is the sum of (w_i + w_i')/2 (p_i' - p_i), headcount that of (p_i + p_i')/2 (w_i' - w_i); source:
    Kitagawa 1955 (J Am Stat Assoc 50:1168). units is what the units outside the panel add to the change, definition
    what the change of definition adds, correction what was corrected since the figure was shown.

    Raises:
        ValueError: the panels differ in length or are empty, or a denominator of them is not above 0.
    """
    same_length(before=before.successes, before_n=before.n, after=after.successes, after_n=after.n)
    refuse(np.bool_(before.n.size == 0), "a panel needs at least one unit")
    refuse((before.n <= 0) | (after.n <= 0), "denominators of a panel must be above 0")
    rate, later_rate = before.successes / before.n, after.successes / after.n
    weight, later_weight = before.n / before.n.sum(), after.n / after.n.sum()
    return Parts(
        activity=float(((weight + later_weight) / 2 * (later_rate - rate)).sum()),
        headcount=float(((rate + later_rate) / 2 * (later_weight - weight)).sum()),
        units=(after.common - after.pooled) - (before.common - before.pooled),
        definition=(after.current - after.common) - (before.current - before.common),
        correction=(after.shown - after.current) - (before.shown - before.current),
    )


@dataclass(frozen=True)
class Within:
    """The change inside the groups of a panel beside the change of the whole.

    `change` is the mean of the changes of the groups, weighted by their mean shares of the headcount of the two
    years: what is left when the groups keep their sizes. `reversal` says that the change of every group goes against
    that of the whole, `signs_differ` only that `change` does.
    """

    change: float
    reversal: bool
    signs_differ: bool


def compare_within(before: Side, after: Side, groups: list[str]) -> Within:
    """The Simpson check: the pooled change of a panel against the changes inside its groups (one name per unit).

    Source: Simpson 1951 (J R Stat Soc B 13:238). A group that does not change at all goes against nothing.

    Raises:
        ValueError: as `split_change`.
    """
    refuse(np.bool_(before.n.size == 0), "a panel needs at least one unit")
    names = np.asarray(groups)
    masks = [names == name for name in sorted(set(groups))]
    n, later_n = (np.array([side.n[mask].sum() for mask in masks]) for side in (before, after))
    x, later_x = (np.array([side.successes[mask].sum() for mask in masks]) for side in (before, after))
    refuse((n <= 0) | (later_n <= 0), "denominators of a panel must be above 0")
    changes = later_x / later_n - x / n
    change = float(((n / n.sum() + later_n / later_n.sum()) / 2 * changes).sum())
    whole = _direction(after.pooled - before.pooled)
    against = whole != 0 and all(_direction(float(one)) == -whole for one in changes)
    return Within(change, against, whole != 0 and _direction(change) == -whole)


def _direction(change: float) -> int:
    """1 up, -1 down, 0 where only rounding moved."""
    return int(np.sign(change)) if abs(change) > ROUNDING else 0
