"""What each item could still bring a unit: the exact action on one item alone, and the points that come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.measures.item_values import YearValues
from analysis.measures.reach_class import reaches_of
from analysis.measures.scorecards import Candidate
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs


@dataclass(frozen=True, slots=True)
class Gain:
    """So many more of what an item counts (1 for a yes) would have brought so many points in the last year."""

    item: str
    count: int
    points: float


def gains_of(
    candidate: Candidate, years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> tuple[Gain, ...]:
    """One gain per item that a unit can raise by counting, most points first; ties in the order of the scheme.

    Each takes its item to the full mark, or as far as there are people or things to count. Items that are open, full
    or decided by others have none. An item that carries others (the share of its group) brings their points too.
    """
    reaches = reaches_of(candidate, years, scheme, inputs)
    found = [Gain(reach.item, reach.most, reach.gain(reach.most)) for reach in reaches]
    return tuple(sorted(found, key=lambda gain: -gain.points))
