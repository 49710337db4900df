"""Who is not compared with the peers, and why: domain rules that the reference data state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.measures.judging import STAFF_CHANGE
from analysis.measures.rates import category_behind
from analysis.reference import Reference

APART = ("lead", "excluded", "new", "merged")
UNKNOWN = ("not_submitted", "not_applicable", "queried", "undefined", "bounded", "approximate", "small")


def apart(table: pd.DataFrame, reference: Reference) -> pd.Series[str]:
    """Why the unit of each row is no peer of the others in this category, whatever its counts; empty text if it is.

    `lead` runs the category for the city, `excluded` stands in `not_compared.csv` (shifts), `new` has not existed
    for the whole year, `merged` took over another unit within it. Units that also report to a line of their own
    (vertically managed) are a peer group by themselves and so remain comparable with each other.
    """
    leads = {unit.code: frozenset(unit.lead_of) for unit in reference.units}
    excluded = {(line.unit_code, line.category) for line in reference.not_compared}
    young = new_or_merged(reference)
    reasons = []
    for code, indicator, category in table[["unit_code", "indicator", "category"]].itertuples(index=False, name=None):
        behind = category_behind(indicator, category, reference)
        if behind and behind in leads[code]:
            reasons.append("lead")
        elif (code, "") in excluded or (behind and (code, behind) in excluded):
            reasons.append("excluded")
        else:
            reasons.append(young.get(code, ""))
    return pd.Series(reasons, index=table.index, dtype="str")


def new_or_merged(reference: Reference) -> Mapping[str, str]:
    """The units that began or took over others after 1 January of the year: their year is no whole one.

    A line of the register that only changes a name or a task begins no unit: the earliest line of the code counts.
    """
    start = dt.date(reference.year, 1, 1)
    first: dict[str, dt.date] = {}
    for unit in reference.register:
        first[unit.code] = min(first.get(unit.code, dt.date.max), unit.valid_from or dt.date.min)
    found = {code: "new" for code, day in first.items() if day > start}
    for step in reference.succession:
        if start < step.valid_from <= dt.date(reference.year, 12, 31):
            found[step.successor] = "merged"
    return found


def counts_known(table: pd.DataFrame) -> pd.Series[bool]:
    """Whether numerator and denominator are exact, of the same people, and of anyone at all.

    `undefined` with both counts are those whose rate must not be shown, but whose people count in the group.
    """
    flags = table["flags"].astype("str").fillna("")
    both = table[["numerator", "denominator"]].notna().all(axis="columns")
    exact = table["status"].isin(["ok", "small", "undefined"]) & ~flags.str.contains("approximate")
    return both & exact & (table["denominator"] > 0) & ~flags.str.contains(STAFF_CHANGE)


def not_ranked_because(table: pd.DataFrame, min_denominator: float) -> pd.Series[str]:
    """Why a row with columns `apart`, `ranked` and `enough` has no class; empty text when it has one.

    First what holds for the whole group: `described` (money, blood, information), `few_peers`; then what holds for
    the unit: the reasons of `apart`, the status of its rate, `staff_change`.
    """
    flags = table["flags"].astype("str").fillna("")
    cases: list[tuple[pd.Series[bool], str]] = [
        (~table["enough"], "few_peers"),
        (table["denominator"] < min_denominator, "small"),
        (~counts_known(table), "approximate"),
        (flags.str.contains(STAFF_CHANGE), STAFF_CHANGE),
        *((table["status"] == status, status) for status in reversed(UNKNOWN)),
        *((table["apart"] == why, why) for why in APART),
        (~table["ranked"], "described"),
    ]
    reasons = pd.Series("", index=table.index, dtype="str")
    for test, reason in cases:  # the later the stronger
        reasons[test] = reason
    return reasons
