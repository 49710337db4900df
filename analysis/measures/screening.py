"""Signs in self-reports that are worth a look at the records: facts and queries -> `screening`, and whom to visit.

A sign is no finding. Regular figures can be true, and irregular ones wrong; the list only says where a spot check
would tell most. There is no score, and nothing here changes a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from analysis.etl.last_year import LastYear
from analysis.measures.screening_counts import chance_signs
from analysis.measures.screening_lines import Sign, gate_signs, hours_over_days, hours_signs, same_lines, unit_facts
from analysis.records import Fact
from analysis.reference import Reference

KINDS = "sign_kind"
COLUMNS = (
    *("unit_code", "sign", "form", "field", "observed", "expected", "n_numbers", "adjusted_p"),
    *("file", "sheet", "cell", "cells", "query_id"),
)
NUMBERS = ("observed", "expected", "adjusted_p")


def screening(facts: Sequence[Fact], queries: pd.DataFrame, last_year: LastYear, reference: Reference) -> pd.DataFrame:
    """One row per unit, sign and place, in the order of the register, of the signs and of the sheet.

    `sign` is a word of the list `sign_kind`. `observed` is what the return says, `expected` what chance or the rule
    would have (a share, a number of lines, hours, a ratio of spreads: `docs/method.md` has each). `field` is null when
    the sign is about the form; `cell` is the first of `cells`. `query_id` is the query that says the same, null
    where nothing was asked. `adjusted_p` is the false discovery rate of a test of chance, null for a rule.
    """
    units = unit_facts(facts, reference)
    found = list(chance_signs(units))
    for unit in units:
        own = queries[queries["unit_code"] == unit.facts[0].unit_code]
        found += [*gate_signs(unit, last_year), *hours_signs(unit, own), *hours_over_days(unit), *same_lines(unit)]
    kinds = list(reference.words[KINDS])
    places = {unit.code: place for place, unit in enumerate(reference.units)}
    found.sort(key=lambda sign: (places.get(sign.unit_code, len(places)), kinds.index(sign.sign)))
    ids = _query_ids(queries)
    table = pd.DataFrame([_row(sign, ids) for sign in found], columns=list(COLUMNS))
    return table.astype(dict.fromkeys(NUMBERS, "float64")).astype({"n_numbers": "int64"})


def _row(sign: Sign, ids: Mapping[tuple[str, str, str, str], str]) -> dict[str, object]:
    first = sign.facts[0]
    asked = (ids.get((sign.rule, first.file, first.sheet, cell)) for cell in (first.cell, "")) if sign.rule else ()
    return {
        "unit_code": sign.unit_code,
        "sign": sign.sign,
        "form": first.form,
        "field": "" if sign.whole else ".".join(part for part in (first.item, first.measure) if part),
        "observed": sign.observed,
        "expected": sign.expected,
        "n_numbers": sign.n_numbers,
        "adjusted_p": sign.adjusted_p,
        "file": first.file,
        "sheet": first.sheet,
        "cell": first.cell,
        "cells": ";".join(dict.fromkeys(fact.cell for fact in sign.facts)),
        "query_id": next((found for found in asked if found), None),
    }


def _query_ids(queries: pd.DataFrame) -> dict[tuple[str, str, str, str], str]:
    """The id of a query by rule, file, sheet and cell (empty for one about the form)."""
    columns = queries[["rule", "file", "sheet", "cell", "query_id"]].astype(object)
    columns = columns.where(columns.notna(), "")
    return {(rule, file, sheet, cell): name for rule, file, sheet, cell, name in columns.itertuples(index=False)}


def spot_checks(table: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per unit proposed for a spot check: most kinds of sign first, the order of the register among equals.

    Signs of one kind (two ways to see rounding) say one thing and count once. `n_kinds` says how many different
    looks at the records there are; it measures nothing about the unit. At most `spot_check_units` rows; `signs` and
    `forms` are codes joined by semicolons.
    """
    kinds = reference.words[KINDS]
    names = {unit.code: unit.short_name for unit in reference.units}
    listed = table.assign(kind=table["sign"].map(dict(kinds)))
    groups = listed.groupby("unit_code", sort=False)
    result = pd.DataFrame(
        {
            "short_name": [names.get(str(code), str(code)) for code in groups.groups],
            "n_kinds": groups["kind"].nunique().to_numpy(),
            "signs": [_joined(own) for _, own in groups["sign"]],
            "forms": [_joined(sorted(own)) for _, own in groups["form"]],
        },
        index=pd.Index(list(groups.groups), name="unit_code"),
    ).reset_index()
    ordered = result.sort_values("n_kinds", ascending=False, kind="stable")
    return ordered.head(int(reference.thresholds["spot_check_units"])).reset_index(drop=True)


def _joined(codes: Iterable[object]) -> str:
    return ";".join(dict.fromkeys(map(str, codes)))
