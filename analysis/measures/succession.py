"""Which units of last year a unit of this year consists of: register and succession -> lineage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.reference import Reference, Succession

Kind = Literal["same", "merged", "divided", "new"]
WHOLE = 1.0


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a unit of this year was made of.

    `origins` are the units of last year's register, in order of code; none for a `new` unit. `same`: it was there
    under this code. `merged`: whole units became this one (or one was renamed): their counts may be added up.
    `divided`: only a share of a unit came over, so that last year's counts are not known, whatever the share.
    """

    origins: tuple[str, ...]
    kind: Kind


def lineages(reference: Reference, before: Iterable[str]) -> dict[str, Lineage]:
    """The lineage of each unit of the year, by code; `before` are the codes of last year's register.

    Successions of the year from 1 January to 31 December count, also several in a row.
    """
    begin, end = dt.date(reference.year - 1, 12, 31), dt.date(reference.year, 12, 31)
    steps: dict[str, list[Succession]] = {}
    for step in reference.succession:
        if begin < step.valid_from <= end:
            steps.setdefault(step.successor, []).append(step)
    known = frozenset(before)
    return {unit.code: _lineage(unit.code, steps, known) for unit in reference.units}


def _lineage(code: str, steps: Mapping[str, list[Succession]], known: frozenset[str]) -> Lineage:
    origins, whole = _origins(code, steps, known, frozenset())
    if not whole:
        return Lineage(tuple(sorted(origins)), "divided")
    if not origins:
        return Lineage((), "new")
    return Lineage(tuple(sorted(origins)), "same" if origins == {code} else "merged")


def _origins(
    code: str, steps: Mapping[str, list[Succession]], known: frozenset[str], seen: frozenset[str]
) -> tuple[set[str], bool]:
    """Units of last year that went into this one, and whether each came over whole."""
    found, whole = ({code} if code in known else set()), True
    for step in steps.get(code, ()):
        if step.predecessor in seen:
            continue
        further, complete = _origins(step.predecessor, steps, known, seen | {code})
        found |= further
        whole = whole and complete and step.share == WHOLE
    return found, whole
