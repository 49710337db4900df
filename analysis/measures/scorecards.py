"""The totals, classes and reasons of every unit of a term: `assessment` -> `scorecards`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isnan

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
    "p_class",
    "applied_clear",
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

    `shares` is that of each class, by the points alone. `draws` is their number, `error` the largest standard error of
    `p_pass` and of `shares` that comes from it, `converged` whether both halves of the draws agree on every line.
    """

    p_pass: float
    p_top: float
    p_most: float
    draws: int | None = None
    error: float = float("nan")
    converged: bool | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rung:
    """One class of a unit's ladder, reached from `lowest` points on, with the level that it is a class of."""

    lowest: float
    result: str
    level: str


LAST_DIGIT = 1e-9
REPEATED, BANNED, OPEN_ITEMS = "rectified_before", "banned", "open_items"  # reasons
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


def line_of(rungs: tuple[Rung, ...], proposed: str | None) -> float:
    """The points from which on the class proposed begins, where it is to be named or to keep the title.

    Else the lowest line of these, which the unit has to reach; null where there is none.
    """
    lines = {rung.result: rung.lowest for rung in rungs if rung.result in PASSES}
    return lines.get(proposed or "", min(lines.values(), default=float("nan")))


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
    department confirmed withdraws or refuses, whatever the points; one that only suspends leaves the rest to them.
    `chances` stand by unit; `borderline` says that the class changes in at least the share of draws that the term names
    or, where there are none, that it hangs on open questions. `reasons` are codes joined by semicolons, `line` as in
    `line_of`. `p_class` is the share of draws that give the class proposed: null where there is no class or no draw, or
    where a veto or a condition of entry gives it and not the points. `applied_clear` is false where the unit said
    nothing clear of whether it applies; `applied_level` is `none` then. `exemplar` as in `exemplars`, among the units
    that take part. `draws`, `p_pass_error` and `converged` say what `p_pass` stands on; one that has not converged is
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
        proposed, reasons = _propose(candidate, ends, veto, effects)
        chance = chances.get(str(code), NO_CHANCE)
        hangs = bool(rungs) and proposed is None
        unsure = hangs if isnan(chance.p_most) else _is_unsure(chance, scheme)
        by_points = not veto and (candidate.titled or not candidate.unmet)
        rows.append(
            (
                code, candidate.applied_level, candidate.unit.title_level, total, low, high,
                chance.p_pass, chance.p_top,
                ";".join(entry.case for entry in veto), proposed, *ends, ";".join(reasons), bool(unsure), line_of(rungs, proposed),
                str(code) in best and proposed in PASSES, chance.draws, chance.error, chance.converged,
                chance.shares.get(proposed or "", float("nan")) if by_points else float("nan"), candidate.is_clear,
                ";".join(remarks_of(str(code), candidate.unit.title_level, candidate.applied_level, scheme.term)),
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"draws": "Int64", "p_pass_error": "float64", "converged": "boolean"})


def _is_unsure(chance: Chance, scheme: Scheme) -> bool:
    return 1 - chance.p_most >= scheme.term.borderline or chance.converged is False


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
        return _of_veto(candidate, ends, veto, effects)
    reasons = list(candidate.unmet)
    if candidate.unmet and not candidate.titled:
        return "refuse", reasons
    if ends[0] != ends[1]:
        return None, [*reasons, OPEN_ITEMS]
    return ends[0], [*reasons, REPEATED] if candidate.told_before and ends[0] == WITHDRAW else reasons


def _of_veto(
    candidate: Candidate, ends: list[str], veto: tuple[Veto, ...], effects: Mapping[str, str]
) -> tuple[str | None, list[str]]:
    """A holder loses its title, an applicant gets none; where the title only rests, the points decide as well."""
    cases = [f"veto_{entry.case}" for entry in veto]
    if not candidate.titled:
        return "refuse", cases
    if not is_suspended((entry.case for entry in veto), effects):
        return WITHDRAW, cases
    if ends[0] != ends[1]:
        return None, [*cases, OPEN_ITEMS]
    return WITHDRAW if ends[1] == WITHDRAW else RECTIFY, cases


def is_suspended(cases: Iterable[str], effects: Mapping[str, str]) -> bool:
    """Whether the title only rests: no case has another effect."""
    return all(effects[case] == SUSPEND for case in cases)


def vetoes_by_unit(inputs: TermInputs) -> dict[str, tuple[Veto, ...]]:
    """The cases that departments confirmed, by unit."""
    found: dict[str, tuple[Veto, ...]] = {}
    for veto in inputs.vetoes:
        found[veto.unit_code] = (*found.get(veto.unit_code, ()), veto)
    return found
