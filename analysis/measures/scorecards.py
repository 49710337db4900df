"""The totals, classes and reasons of every unit of a term: `assessment` -> `scorecards`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.reference import Unit
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs, Veto

NONE = "none"
PASSES = ("name", "keep")
COLUMNS = (
    "unit_code",
    "applied_level",
    "title_level",
    "total",
    "total_low",
    "total_high",
    "p_pass",
    "p_top",
    "veto",
    "class_proposed",
    "class_low",
    "class_high",
    "reasons",
    "borderline",
    "line",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of the register with the level it applies for and what keeps it from being named (codes).

    `is_clear` is false where it said nothing clear of whether it applies.
    """

    unit: Unit
    applied_level: str
    unmet: tuple[str, ...] = ()
    is_clear: bool = True

    @property
    def titled(self) -> bool:
        return self.unit.title_level != NONE


@dataclass(frozen=True, slots=True)
class Chance:
    """How sure the class of a unit is, as shares of draws: passing, being among the best, and its most frequent class."""

    p_pass: float
    p_top: float
    p_class: float


@dataclass(frozen=True, slots=True)
class Rung:
    """One class of a unit's ladder, reached from `lowest` points on, with the level that it is a class of."""

    lowest: float
    result: str
    level: str


LAST_DIGIT = 1e-9
SUSPEND = "suspend"  # of a veto: the title rests, the points still count
NO_CHANCE = Chance(float("nan"), float("nan"), float("nan"))


def ladder(candidate: Candidate, scheme: Scheme) -> tuple[Rung, ...]:
    """The classes that a unit can get, from the lowest up; empty for one that neither holds a title nor applies.

    A holder is judged by the lines of its title; where it applies for a higher level that is named here, being named
    there stands on top, unless a condition of entry is not met. A level that is named elsewhere is only recommended, so
    it adds no rung.
    """
    held, applied = candidate.unit.title_level, candidate.applied_level
    if not candidate.titled:
        return tuple(_rungs(applied, "new", scheme)) if applied in scheme.term.named_here else ()
    rungs = _rungs(held, "titled", scheme)
    levels = scheme.term.levels
    higher = applied in scheme.term.named_here and levels.index(applied) < levels.index(held)
    if higher and not candidate.unmet:
        rungs += [rung for rung in _rungs(applied, "new", scheme) if rung.result in PASSES]
    return tuple(sorted(rungs, key=lambda rung: rung.lowest))


def _rungs(level: str, holder: str, scheme: Scheme) -> list[Rung]:
    return [Rung(band.lowest, band.result, level) for band in scheme.bands_of(level, holder)]


def reached(total: float, line: float) -> bool:
    """Whether a total reaches a line; the sum of many points may lack the last digit."""
    return total >= line - LAST_DIGIT


def class_at(total: float, rungs: tuple[Rung, ...]) -> str:
    """The class of a total: that of the highest rung reached, the lowest one below all, `none` without rungs."""
    if not rungs:
        return NONE
    return max(
        (rung for rung in rungs if reached(total, rung.lowest)), key=lambda rung: rung.lowest, default=rungs[0]
    ).result


def totals(table: pd.DataFrame) -> pd.DataFrame:
    """One row per unit: `total` (null while an item is open), `total_low`, `total_high`, as sums of the items."""
    groups = table.groupby("unit_code", sort=False)
    sums = groups[["points_low", "points_high"]].sum()
    points = groups["points"].sum().mask(groups["points"].count() < groups.size())
    return pd.DataFrame({"total": points, "total_low": sums["points_low"], "total_high": sums["points_high"]})


def scorecards(
    table: pd.DataFrame,
    candidates: Mapping[str, Candidate],
    chances: Mapping[str, Chance],
    scheme: Scheme,
    inputs: TermInputs,
) -> pd.DataFrame:
    """One row per unit, in the order of `table` (assessment).

    `class_low` and `class_high` are the classes at both ends of the total, `class_proposed` the one proposed: null
    while it hangs on open questions, `none` for a unit that neither holds a title nor applies. A veto that a
    department confirmed withdraws or refuses, whatever the points. `chances` stand by unit; `borderline` says that the
    class changes in at least the share of draws that the term names. `reasons` are codes joined by
    semicolons, `line` the points to be named or to keep the title.
    """
    found = totals(table)
    vetoes = _vetoes(inputs)
    effects = {case.code: case.effect for case in inputs.cases}
    rows = []
    for code, sums in found.iterrows():
        candidate = candidates[str(code)]
        total, low, high = (float(sums[name]) for name in ("total", "total_low", "total_high"))
        veto = vetoes.get(str(code), ())
        rungs = ladder(candidate, scheme)
        ends = [class_at(end, rungs) for end in (low, high)]
        line = min((rung.lowest for rung in rungs if rung.result in PASSES), default=float("nan"))
        proposed, reasons = _propose(candidate, ends, veto, effects)
        chance = chances.get(str(code), NO_CHANCE)
        unsure = 1 - chance.p_class >= scheme.term.borderline
        rows.append(
            (
                code, candidate.applied_level, candidate.unit.title_level, total, low, high,
                chance.p_pass, chance.p_top,
                ";".join(entry.case for entry in veto), proposed, *ends, ";".join(reasons), bool(unsure), line,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _propose(
    candidate: Candidate, ends: list[str], veto: tuple[Veto, ...], effects: Mapping[str, str]
) -> tuple[str | None, list[str]]:
    if ends[0] == NONE:
        return (NONE, ["no_application"]) if candidate.is_clear else (None, ["application_open"])
    if veto:
        suspended = all(effects[entry.case] == SUSPEND for entry in veto)
        withdrawn = "rectify" if suspended and ends[1] != "withdraw" else "withdraw"
        return (withdrawn if candidate.titled else "refuse"), [f"veto_{entry.case}" for entry in veto]
    reasons = list(candidate.unmet)
    if candidate.unmet and not candidate.titled:
        return "refuse", reasons
    if ends[0] != ends[1]:
        return None, [*reasons, "open_items"]
    return ends[0], reasons


def _vetoes(inputs: TermInputs) -> dict[str, tuple[Veto, ...]]:
    found: dict[str, tuple[Veto, ...]] = {}
    for veto in inputs.vetoes:
        found[veto.unit_code] = (*found.get(veto.unit_code, ()), veto)
    return found
