"""Both readings of the pairing rule (one household in town and one in the country, or one of either) -> points and class.

The notice leaves open which of them it means, so both stand beside each other; `pairing_rule` says which is in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.measures.assess_term import candidates_of
from analysis.measures.assessment import assessment
from analysis.measures.item_values import Tables, year_values
from analysis.measures.pairings import COVERAGE, pairing_rates
from analysis.measures.scorecards import NONE, scorecards
from analysis.reference import Reference
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs

READINGS = ("both", "any")
READING_COLUMNS = (
    *("unit_code", "pairing_rule", "in_force", "met", "points", "points_low", "points_high", "full"),
    *("total", "total_low", "total_high", "class_proposed"),
)
SUMMED = ["points_low", "points_high", "full"]


def pairing_readings(
    tables: Mapping[int, Tables], references: Mapping[int, Reference], scheme: Scheme, inputs: TermInputs
) -> pd.DataFrame:
    """One row per unit with a title and reading, in the order of the register of the last year.

    `met` is 1 or 0 in the last year of the term, null while it is open. `points` (null while open), `points_low`,
    `points_high` and `full` are those of the items scored on the indicator over the term, `total` and
    `class_proposed` those of the whole assessment under that reading; `in_force` marks the one of the last year.
    `tables` need `pairings` and `queries` besides those of the assessment, `references` those of each year.
    """
    reference = references[max(references)]
    parts = [_under(rule, tables, references, scheme, inputs) for rule in READINGS]
    table = pd.concat(parts, ignore_index=True)
    places = {unit.code: place for place, unit in enumerate(reference.units)}
    table = table.assign(
        in_force=table["pairing_rule"] == reference.pairing_rule, _place=table["unit_code"].map(places)
    )
    return table.sort_values("_place", kind="stable")[list(READING_COLUMNS)].reset_index(drop=True)


def _under(
    rule: str,
    tables: Mapping[int, Tables],
    references: Mapping[int, Reference],
    scheme: Scheme,
    inputs: TermInputs,
) -> pd.DataFrame:
    read = {year: {**own, "rates": with_rule(own, references[year], rule)} for year, own in tables.items()}
    years = {year: year_values(own, references[year]) for year, own in read.items()}
    last = max(references)
    reference = references[last]
    items = assessment(reference.units, years, scheme, inputs)
    candidates = candidates_of(years, read, reference, scheme, inputs)
    cards = scorecards(items, candidates, {}, scheme, inputs)
    paired = [item.code for item in scheme.items if item.source.name == COVERAGE]
    own_items = items[items["item"].isin(paired)].groupby("unit_code", sort=False)
    points = own_items[SUMMED].sum()
    points["points"] = own_items["points"].sum().mask(own_items["points"].count() < own_items.size())
    rates = read[last]["rates"]
    met = rates[rates["indicator"] == COVERAGE].set_index("unit_code")["numerator"]
    shown = cards[cards["title_level"] != NONE].merge(points.reset_index(), on="unit_code", validate="one_to_one")
    return shown.assign(pairing_rule=rule, met=shown["unit_code"].map(met).astype("float64"))


def with_rule(tables: Tables, reference: Reference, rule: str) -> pd.DataFrame:
    """The rates of a year with the indicator of pairing as the rule reads it."""
    read = replace(reference, pairing_rule=rule)
    found = pairing_rates(tables["pairings"], tables["units"], tables["facts"], tables["queries"], read)
    rates = tables["rates"]
    others = rates[rates["indicator"] != COVERAGE]
    return pd.concat([others, found[found["indicator"] == COVERAGE]], ignore_index=True)
