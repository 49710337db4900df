"""What totals, ranks and classes become when one choice of the scheme is made otherwise (`switches.csv`).

A check of how much the proposal hangs on choices that were ours; nothing of it enters the proposal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.measures.assessment import assessment
from analysis.measures.item_values import Tables, year_values
from analysis.measures.pairings import COVERAGE, pairing_rates
from analysis.measures.scorecards import Candidate, class_at, ladder, totals
from analysis.measures.sensitivity import scheme_switch
from analysis.reference import Reference
from analysis.reference.scheme_types import Scheme
from analysis.reference.switches import EQUAL_PARTS, PAIRING_RULE, YEAR_WEIGHTS, Switch, weights_in
from analysis.reference.term_inputs import TermInputs

COLUMNS = (
    "switch",
    "switch_zh",
    "switch_en",
    "unit_code",
    "total",
    "total_other",
    "rank",
    "rank_other",
    "change",
    "class_proposed",
    "class_other",
)
RANKED = ["rank", "rank_other", "change"]


def scheme_switches(
    switches: Sequence[Switch],
    candidates: Mapping[str, Candidate],
    tables: Mapping[int, Tables],
    reference: Reference,
    scheme: Scheme,
    inputs: TermInputs,
) -> pd.DataFrame:
    """One row per switch and unit that has a class to get, in the order of the file and of the register.

    Totals are null while an item is open; ranks are those among the units that have both totals. Classes are those of
    the points alone, without vetoes and conditions: null where both ends of the total differ.
    """
    own = [candidate for candidate in candidates.values() if ladder(candidate, scheme)]
    before = _sums(own, tables, reference, scheme, inputs)
    found = [_switched(switch, own, before, tables, reference, scheme, inputs) for switch in switches]
    return pd.concat(found, ignore_index=True)[list(COLUMNS)] if found else pd.DataFrame(columns=list(COLUMNS))


def _switched(
    switch: Switch,
    own: Sequence[Candidate],
    before: pd.DataFrame,
    tables: Mapping[int, Tables],
    reference: Reference,
    scheme: Scheme,
    inputs: TermInputs,
) -> pd.DataFrame:
    other = scheme_with(switch, scheme)
    if switch.kind == PAIRING_RULE:
        tables = {year: with_reading(found, year, switch.value, reference) for year, found in tables.items()}
    after = _sums(own, tables, reference, other, inputs)
    ranks = scheme_switch(before["total"], after["total"]).set_index("unit_code")[RANKED]
    rows = pd.DataFrame({"total": before["total"], "total_other": after["total"]}).join(ranks)
    named = rows.assign(
        switch=switch.code,
        switch_zh=switch.zh,
        switch_en=switch.en,
        class_proposed=_classes(before, own, scheme),
        class_other=_classes(after, own, other),
    )
    return named.rename_axis("unit_code").reset_index()


def _sums(
    own: Sequence[Candidate], tables: Mapping[int, Tables], reference: Reference, scheme: Scheme, inputs: TermInputs
) -> pd.DataFrame:
    years = {year: year_values(found, reference) for year, found in tables.items() if year in scheme.term.years}
    return totals(assessment([candidate.unit for candidate in own], years, scheme, inputs))


def _classes(sums: pd.DataFrame, own: Sequence[Candidate], scheme: Scheme) -> pd.Series:
    """The class of each unit of `own`, which stand in the order of `sums`; null where both ends of the total differ."""
    found = []
    ends = (sums[name].to_numpy(dtype="float64") for name in ("total_low", "total_high"))
    for candidate, low, high in zip(own, *ends, strict=True):
        rungs = ladder(candidate, scheme)
        classes = {class_at(float(low), rungs), class_at(float(high), rungs)}
        found.append(classes.pop() if len(classes) == 1 else None)
    return pd.Series(found, index=sums.index, dtype="object")


def scheme_with(switch: Switch, scheme: Scheme) -> Scheme:
    """The scheme with the choice made otherwise; itself for a choice that lies in the values."""
    if switch.kind == YEAR_WEIGHTS:
        return replace(scheme, term=replace(scheme.term, year_weights=weights_in(switch.value)))
    if switch.kind != EQUAL_PARTS:
        return scheme
    base = [part for part in scheme.parts if part.kind == "base"]
    each = sum(part.full for part in base) / len(base)
    factors = {part.code: each / part.full for part in base}
    return replace(
        scheme,
        parts=tuple(replace(part, full=part.full * factors.get(part.code, 1.0)) for part in scheme.parts),
        items=tuple(replace(item, full=item.full * factors.get(item.part, 1.0)) for item in scheme.items),
    )


def with_reading(tables: Tables, year: int, reading: str, reference: Reference) -> Tables:
    """The tables of a year with the rates of pairing (I13) under another reading of 城乡一户."""
    other = replace(reference, year=year, pairing_rule=reading)
    found = pairing_rates(tables["pairings"], tables["units"], tables["facts"], tables["queries"], other)
    rates = tables["rates"]
    kept = rates[rates["indicator"] != COVERAGE]
    return {**tables, "rates": pd.concat([kept, found[found["indicator"] == COVERAGE]], ignore_index=True)}
