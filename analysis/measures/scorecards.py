"""The totals, classes and reasons of every unit of a term: `assessment` -> `scorecards`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.measures.exemplars import exemplars
from analysis.measures.list_remarks import remarks_of
from analysis.reference import Unit
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs, Veto

NONE = "none"
PASSES = ("name", "keep")
RECTIFY, WITHDRAW = "rectify", "withdraw"
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
    "exemplar",
    "draws",
    "p_pass_error",
    "converged",
    "remarks",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of the register with the level it applies for and what keeps it from being named (codes).

    `is_clear` is false where it said nothing clear of whether it applies; `told_before` is true for one that was told to
    rectify since the assessment before: short again, its title is withdrawn (domain 5.5).
    """

    unit: Unit
    applied_level: str
    unmet: tuple[str, ...] = ()
    is_clear: bool = True
    told_before: bool = False

    @property
    def titled(self) -> bool:
        return self.unit.title_level != NONE


@dataclass(frozen=True, slots=True)
class Chance:
    """How sure the class of a unit is, as shares of draws: passing, being among the best, and its most frequent class.

    `draws` is their number, `error` the standard error of `p_pass` that comes from it, `converged` whether both halves
    of the draws agree on `p_pass`.
    """

    p_pass: float
    p_top: float
    p_class: float
    draws: int | None = None
    error: float = float("nan")
    converged: bool | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One class of a unit's ladder, reached from `lowest` points on, with the level that it is a class of."""

    lowest: float
    result: str
    level: str


LAST_DIGIT = 1e-9
REPEATED, BANNED = "rectified_before", "banned"  # reasons
SUSPEND = "suspend"  # of a veto: the title rests, the points still count
NO_CHANCE = Chance(float("nan"), float("nan"), float("nan"))


def ladder(candidate: Candidate, scheme: Scheme) -> tuple[Rung, ...]:
    """The classes that a unit can get, from the lowest up; empty for one that neither holds a title nor applies.

    A holder is judged by the lines of its title; where it applies for a higher level that is named here, being named
    there stands on top, unless a condition of entry is not met. A level that is named elsewhere is only recommended, so
    it adds no rung. One that was told to rectify before is not told so again.
    """
    held, applied = candidate.unit.title_level, candidate.applied_level
    if not candidate.titled:
        return tuple(_rungs(applied, "new", scheme)) if applied in scheme.term.named_here else ()
    rungs = [rung for rung in _rungs(held, "titled", scheme) if not (candidate.told_before and rung.result == RECTIFY)]
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


def takes_part(candidate: Candidate, veto: tuple[Veto, ...], scheme: Scheme) -> bool:
    """Whether the unit can be among the best: it has a class to get, no veto, and is not refused for a condition."""
    return bool(ladder(candidate, scheme)) and not veto and (candidate.titled or not candidate.unmet)


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
    semicolons, `line` the points to be named or to keep the title. `exemplar` as in `exemplars`, among the units that
    take part. `draws`, `p_pass_error` and `converged` say what `p_pass` stands on; one that has not converged is
    borderline. `remarks` as in `remarks_of`, joined by semicolons.
    """
    found = totals(table)
    vetoes = vetoes_by_unit(inputs)
    best = _exemplars(found, candidates, vetoes, scheme)
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
        unsure = 1 - chance.p_class >= scheme.term.borderline or chance.converged is False
        rows.append(
            (
                code, candidate.applied_level, candidate.unit.title_level, total, low, high,
                chance.p_pass, chance.p_top,
                ";".join(entry.case for entry in veto), proposed, *ends, ";".join(reasons), bool(unsure), line,
                str(code) in best and proposed in PASSES, chance.draws, chance.error, chance.converged,
                ";".join(remarks_of(str(code), candidate.unit.title_level, candidate.applied_level, scheme.term)),
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"draws": "Int64", "p_pass_error": "float64", "converged": "boolean"})


def _exemplars(
    found: pd.DataFrame, candidates: Mapping[str, Candidate], vetoes: Mapping[str, tuple[Veto, ...]], scheme: Scheme
) -> frozenset[str]:
    bounds = {
        str(code): (float(sums["total_low"]), float(sums["total_high"]))
        for code, sums in found.iterrows()
        if takes_part(candidates[str(code)], vetoes.get(str(code), ()), scheme)
    }
    return exemplars(bounds, scheme.term.top_share, scheme.term.top_from)


def _propose(
    candidate: Candidate, ends: list[str], veto: tuple[Veto, ...], effects: Mapping[str, str]
) -> tuple[str | None, list[str]]:
    if ends[0] == NONE:
        return (NONE, ["no_application"]) if candidate.is_clear else (None, ["application_open"])
    if veto:
        suspended = is_suspended((entry.case for entry in veto), effects)
        withdrawn = RECTIFY if suspended and ends[1] != WITHDRAW else WITHDRAW
        return (withdrawn if candidate.titled else "refuse"), [f"veto_{entry.case}" for entry in veto]
    reasons = list(candidate.unmet)
    if candidate.unmet and not candidate.titled:
        return "refuse", reasons
    if ends[0] != ends[1]:
        return None, [*reasons, "open_items"]
    return ends[0], [*reasons, REPEATED] if candidate.told_before and ends[0] == WITHDRAW else reasons


def is_suspended(cases: Iterable[str], effects: Mapping[str, str]) -> bool:
    """Whether the title only rests: no case has another effect."""
    return all(effects[case] == SUSPEND for case in cases)


def vetoes_by_unit(inputs: TermInputs) -> dict[str, tuple[Veto, ...]]:
    """The cases that departments confirmed, by unit."""
    found: dict[str, tuple[Veto, ...]] = {}
    for veto in inputs.vetoes:
        found[veto.unit_code] = (*found.get(veto.unit_code, ()), veto)
    return found
