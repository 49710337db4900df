"""The whole assessment of a term: the tables of its years and what people filled in -> points, cards, lists, advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.measures.assessment import assessment, score_unit, year_weights
from analysis.measures.gains import Gain, gains_of
from analysis.measures.how_sure import Floats, converged, share_in_best, standard_error, total_draws, weight_draws
from analysis.measures.item_values import Tables, YearValues, year_values
from analysis.measures.reach_class import Advice, advise
from analysis.measures.scorecards import (
    BANNED,
    LAST_DIGIT,
    NO_CHANCE,
    NONE,
    PASSES,
    Candidate,
    Chance,
    Rung,
    class_at,
    ladder,
    scorecards,
    takes_part,
    vetoes_by_unit,
)
from analysis.measures.timeliness import forms_due
from analysis.reference import Reference, Unit
from analysis.reference.scheme_types import FieldRef, Scheme
from analysis.reference.term_inputs import TermInputs
from analysis.reference.title_history import banned_units, told_before, years_after

APPLIED = FieldRef("F1", "", "title_applied")
PARTS_OF_BORDERLINE = 5  # the halves of the draws may differ by one of them


@dataclass(frozen=True)
class AssessedTerm:
    """`assessment` and `scorecards` as in the contract.

    By unit: what would change its class, the candidate, and what each item can still bring.
    """

    assessment: pd.DataFrame
    scorecards: pd.DataFrame
    advice: Mapping[str, Advice]
    candidates: Mapping[str, Candidate]
    gains: Mapping[str, tuple[Gain, ...]]


def assess_term(tables: Mapping[int, Tables], reference: Reference, scheme: Scheme, inputs: TermInputs) -> AssessedTerm:
    """Every unit of the register of the last year, by the scheme of the term.

    `tables` are `rates`, `facts`, `quality` and `units` of each year of the term that was cleaned; `reference` is that
    of the last one.

    Raises:
        KeyError: a unit of the register stands in no year that has tables.
    """
    years = {year: year_values(found, reference) for year, found in tables.items() if year in scheme.term.years}
    table = assessment(reference.units, years, scheme, inputs)
    candidates = candidates_of(years, tables, reference, scheme, inputs)
    chances = chances_of(candidates, years, scheme, inputs)
    cards = scorecards(table, candidates, chances, scheme, inputs)
    advice = {code: advise(candidate, years, scheme, inputs) for code, candidate in candidates.items()}
    gains = {code: gains_of(candidate, years, scheme, inputs) for code, candidate in candidates.items()}
    return AssessedTerm(table, cards, advice, candidates, gains)


def candidates_of(
    years: Mapping[int, YearValues],
    tables: Mapping[int, Tables],
    reference: Reference,
    scheme: Scheme,
    inputs: TermInputs,
) -> dict[str, Candidate]:
    """Every unit of the register as a candidate, by code."""
    banned = banned_units(inputs.earlier, reference.freeze_on)
    told = told_before(inputs.earlier, scheme.term)
    found = {}
    for unit in reference.units:
        applied = applied_level(unit, years)
        missing = unmet(unit, applied or NONE, years, tables, reference, scheme)
        if unit.code in banned:
            missing = (*missing, BANNED)
        found[unit.code] = Candidate(unit, applied or NONE, missing, applied is not None, unit.code in told)
    return found


def applied_level(unit: Unit, years: Mapping[int, YearValues]) -> str | None:
    """The level that the unit applies for in the last year of the term; `none` for no, null where nothing clear is said."""
    facts = years[max(years)].fields.get((unit.code, APPLIED), ())
    said = facts[0]["text"] if len(facts) == 1 else None
    return said if isinstance(said, str) else None


def unmet(
    unit: Unit,
    applied: str,
    years: Mapping[int, YearValues],
    tables: Mapping[int, Tables],
    reference: Reference,
    scheme: Scheme,
) -> tuple[str, ...]:
    """The conditions of entry that the unit does not meet (domain 5.3), as codes; what is queried is not unmet.

    `forms`: a form is missing in a year that the unit was in; those of `conditions.csv`, by the last year; `too_new`: on
    the day of the freeze in the register for fewer full years than the term asks, without a predecessor; `no_lower_title`:
    it applies for a level without holding the one below.
    """
    found = []
    own = [year for year in years if unit.code in years[year].units]
    if scheme.term.all_forms and any(_missing_forms(unit, tables[year]["units"], reference) for year in own):
        found.append("forms")
    for condition in scheme.conditions_for(unit.title_level != NONE):
        value = years[max(years)].measure(unit.code, condition.source).value
        if value is not None and value < condition.least:
            found.append(condition.code)
    if _too_new(unit, reference, scheme.term.least_age_years):
        found.append("too_new")
    levels = scheme.term.levels
    below = levels[levels.index(applied) + 1 :] if applied in levels else ()
    if scheme.term.lower_title and below and unit.title_level not in levels[: levels.index(below[0]) + 1]:
        found.append("no_lower_title")
    return tuple(found)


def _too_new(unit: Unit, reference: Reference, least_age_years: int) -> bool:
    """Whether the unit, without a predecessor, has not so many full years in the register on the day of the freeze."""
    since = [line.valid_from for line in reference.register if line.code == unit.code]
    if any(entry.successor == unit.code for entry in reference.succession):
        return False
    known = [day for day in since if day is not None]
    return len(known) == len(since) > 0 and years_after(min(known), least_age_years) > reference.freeze_on


def _missing_forms(unit: Unit, units: pd.DataFrame, reference: Reference) -> bool:
    listed = units.loc[units["unit_code"] == unit.code, "forms"]
    sent = set(str(listed.iloc[0]).split(";")) if len(listed) and isinstance(listed.iloc[0], str) else set()
    return not forms_due(unit, reference) <= sent


def chances_of(
    candidates: Mapping[str, Candidate], years: Mapping[int, YearValues], scheme: Scheme, inputs: TermInputs
) -> dict[str, Chance]:
    """How sure each class is; null for units that neither hold a title nor apply, and where a whole year was not sent.

    The draws of a unit are doubled until it has converged, at most to `draws_most` of the term; no other unit plays a
    part in that. `p_top` stands on the `draws` of the term. Units that a veto or a condition keeps out take no place
    among the best: their `p_top` is 0. Nor does a unit that did not send a whole year: nobody can say where it stands.
    """
    weights = {scheme.term.draws: weight_draws(scheme)}
    first: dict[str, Floats] = {}
    draws: dict[str, Floats] = {}
    for code, candidate in candidates.items():
        if not ladder(candidate, scheme):
            continue
        scored, own = score_unit(candidate.unit, years, scheme, inputs), scheme
        by_year = year_weights(scored, scheme)
        first[code] = draws[code] = total_draws(code, scored, by_year, own, weights[own.term.draws])
        while 2 * own.term.draws <= own.term.draws_most and not _settled(candidate, draws[code], own):
            own = replace(own, term=replace(own.term, draws=2 * own.term.draws))
            weights.setdefault(own.term.draws, weight_draws(own))
            draws[code] = total_draws(code, scored, by_year, own, weights[own.term.draws])
    vetoes = vetoes_by_unit(inputs)
    in_play = [code for code in first if takes_part(candidates[code], vetoes.get(code, ()), scheme)]
    unsent = frozenset[str]().union(*(values.unsent for year, values in years.items() if year in scheme.term.years))
    best = share_in_best({code: first[code] for code in in_play if code not in unsent}, scheme.term.top_share)
    return {
        code: replace(NO_CHANCE, p_top=NO_CHANCE.p_top if code in in_play else 0.0)
        if code in unsent
        else _chance(candidates[code], found, best.get(code, 0.0), scheme)
        for code, found in draws.items()
    }


def _passing(candidate: Candidate, scheme: Scheme) -> float:
    return min(rung.lowest for rung in ladder(candidate, scheme) if rung.result in PASSES) - LAST_DIGIT


def _settled(candidate: Candidate, draws: Floats, scheme: Scheme) -> bool:
    """Whether the draws agree on every line of the ladder, well within the share that is called borderline."""
    lines = {rung.lowest - LAST_DIGIT for rung in ladder(candidate, scheme)[1:]} | {_passing(candidate, scheme)}
    return converged(draws, sorted(lines), scheme.term.borderline / PARTS_OF_BORDERLINE)


def _chance(candidate: Candidate, draws: Floats, p_top: float, scheme: Scheme) -> Chance:
    shares = class_shares(draws, ladder(candidate, scheme))
    p_pass = float(np.mean(draws >= _passing(candidate, scheme)))
    error = max(standard_error(share, draws.size) for share in (p_pass, *shares.values()))
    settled = _settled(candidate, draws, scheme)
    return Chance(p_pass, p_top, max(shares.values()), draws.size, error, settled, shares)


def class_shares(draws: Floats, rungs: tuple[Rung, ...]) -> dict[str, float]:
    """The share of draws in each class of a ladder, by the points alone; together 1."""
    lines = sorted({rung.lowest for rung in rungs})
    places = np.maximum(np.searchsorted(lines, draws + LAST_DIGIT, side="right"), 1)
    counts = np.bincount(places, minlength=len(lines) + 1)[1:]
    shares = {rung.result: 0.0 for rung in rungs}
    for line, count in zip(lines, counts, strict=True):
        shares[class_at(line, rungs)] += float(count) / draws.size
    return shares
