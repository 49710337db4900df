"""One rate with the cells behind it, to be worked out by hand: the smallest example that may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.measures.fact_fields import at_fields
from analysis.measures.intervals import wilson_interval
from analysis.measures.registry import fields_behind
from analysis.present.chart_tables import VOLUNTEERS
from analysis.reference import Reference

CELL = ["form", "file", "sheet", "cell", "raw", "value", "status"]


@dataclass(frozen=True)
class WorkedRate:
    """A unit and an indicator: the cells of numerator and denominator, and the row of `rates` that comes of them."""

    unit_code: str
    indicator: str
    numerator: pd.DataFrame
    denominator: pd.DataFrame
    rate: pd.Series

    @property
    def cells(self) -> pd.DataFrame:
        """All cells, those of the numerator first."""
        return pd.concat([self.numerator, self.denominator], ignore_index=True)


class NoRate(KeyError):
    """The unit asked for has no such rate in the year."""


def worked_rate(tables: Mapping[str, pd.DataFrame], reference: Reference, unit_code: str = "") -> WorkedRate:
    """The example of the year: I06 of `unit_code`, or of the unit with the fewest lines of which every cell may be shown.

    A cell with few people must not be shown, nor may a hidden rate; more than one line has to be added up. Where no unit
    of the year serves, as with few returns, the numbers are made up and `unit_code` is empty.

    Raises:
        NoRate: the unit asked for has no rate.
    """
    rates = tables["rates"]
    shown = rates[(rates["indicator"] == VOLUNTEERS) & (rates["status"] == "ok") & rates["ci_low"].notna()]
    hidden = tables["hidden"]
    gone = hidden.loc[(hidden["indicator"] == VOLUNTEERS) & (hidden["level"] == "unit"), "unit_code"]
    if unit_code:
        candidates = [_worked(tables, row, reference) for _, row in shown[shown["unit_code"] == unit_code].iterrows()]
    else:
        few = reference.thresholds["suppress_people_below"]
        rows = shown[~shown["unit_code"].isin(gone)]
        candidates = [_worked(tables, row, reference) for _, row in rows.iterrows()]
        candidates = [found for found in candidates if len(found.numerator) > 1 and _may_be_shown(found, few)]
    if not candidates and unit_code:
        raise NoRate(f"{reference.year}: no rate of {VOLUNTEERS} for {unit_code}")
    if not candidates:
        return _made_up(reference.thresholds["confidence"])
    return min(candidates, key=lambda found: len(found.numerator))


def _made_up(confidence: float) -> WorkedRate:
    """An example of nobody: three offices and a unit of fifty."""
    blank = {**dict.fromkeys(CELL, ""), "status": "reported"}
    numerator, denominator = (
        pd.DataFrame([{**blank, "value": value} for value in values], columns=CELL)
        for values in ((12.0, 9.0, 14.0), (50.0,))
    )
    x, n = (float(part["value"].sum()) for part in (numerator, denominator))
    low, high = (float(limit) for limit in wilson_interval(x, n, confidence))
    rate = pd.Series({"numerator": x, "denominator": n, "rate": x / n, "ci_low": low, "ci_high": high})
    return WorkedRate("", VOLUNTEERS, numerator, denominator, rate)


def _may_be_shown(found: WorkedRate, few: float) -> bool:
    return bool((found.cells["value"] >= few).all())


def _worked(tables: Mapping[str, pd.DataFrame], row: pd.Series, reference: Reference) -> WorkedRate:
    facts = tables["facts"]
    own = facts[facts["unit_code"] == row["unit_code"]]
    above, below = fields_behind(VOLUNTEERS, "", reference)
    people = own[at_fields(own, above)]
    lines = people[people["row"] > 0]
    counted = lines if len(lines) else people
    heads = own[at_fields(own, below)]
    numerator, denominator = (part[CELL].reset_index(drop=True) for part in (counted, heads))
    return WorkedRate(str(row["unit_code"]), VOLUNTEERS, numerator, denominator, row)
