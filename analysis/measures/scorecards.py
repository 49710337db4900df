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
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of the register with the level it applies for and what keeps it from being named (codes)."""

    unit: Unit
    applied_level: str
    unmet: tuple[str, ...] = ()

    @property
    def titled(self) -> bool:
        return self.unit.title_level != NONE

    @property
    def level(self) -> str:
        """The level whose lines count: that of the title where it is to be kept, else the one applied for."""
        return self.unit.title_level if self.titled else self.applied_level


def totals(table: pd.DataFrame) -> pd.DataFrame:
    """One row per unit: `total` (null while an item is open), `total_low`, `total_high`, as sums of the items."""
    groups = table.groupby("unit_code", sort=False)
    sums = groups[["points_low", "points_high"]].sum()
    points = groups["points"].sum().mask(groups["points"].count() < groups.size())
    return pd.DataFrame({"total": points, "total_low": sums["points_low"], "total_high": sums["points_high"]})


def scorecards(
    table: pd.DataFrame,
    candidates: Mapping[str, Candidate],
    chances: Mapping[str, tuple[float, float]],
    scheme: Scheme,
    inputs: TermInputs,
) -> pd.DataFrame:
    """One row per unit, in the order of `table` (assessment).

    `class_low` and `class_high` are the classes at both ends of the total, `class_proposed` the one proposed: null
    while it hangs on open questions, `none` for a unit that neither holds a title nor applies. A veto that a
    department confirmed withdraws or refuses, whatever the points. `chances` are p_pass and p_top by unit; `borderline`
    says that the class changes in at least the share of draws that the term names. `reasons` are codes joined by
    semicolons.
    """
    found = totals(table)
    vetoes = _vetoes(inputs)
    effects = {case.code: case.effect for case in inputs.cases}
    rows = []
    for code, sums in found.iterrows():
        candidate = candidates[str(code)]
        total, low, high = (float(sums[name]) for name in ("total", "total_low", "total_high"))
        veto = vetoes.get(str(code), ())
        ends = [_class(candidate, end, scheme) for end in (low, high)]
        proposed, reasons = _propose(candidate, ends, veto, effects)
        p_pass, p_top = chances.get(str(code), (float("nan"), float("nan")))
        unsure = scheme.term.borderline <= p_pass <= 1 - scheme.term.borderline
        rows.append(
            (
                code, candidate.applied_level, candidate.unit.title_level, total, low, high, p_pass, p_top,
                ";".join(entry.case for entry in veto), proposed, *ends, ";".join(reasons), bool(unsure),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _class(candidate: Candidate, total: float, scheme: Scheme) -> str:
    if candidate.level == NONE:
        return NONE
    return scheme.result(candidate.level, candidate.titled, total)


def _propose(
    candidate: Candidate, ends: list[str], veto: tuple[Veto, ...], effects: Mapping[str, str]
) -> tuple[str | None, list[str]]:
    if candidate.level == NONE:
        return NONE, ["no_application"]
    if veto:
        suspended = all(effects[entry.case] == "suspend" for entry in veto)
        withdrawn = "rectify" if suspended else "withdraw"
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
