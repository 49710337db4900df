"""The finished tables of pairing (C8), problems put right (C9) and institutions in force (S3).

Codes stand in them, not words; an empty level or source stands for all. They hold what may leave the office.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.measures.disclosure_tables import Figure, hide
from analysis.measures.pairing_judging import ANY, BOTH
from analysis.measures.pairings import EXITS, NOT_SENT, VISITS, coverage_of, titled_units
from analysis.present.chart_tables import in_group_order
from analysis.present.grid_tables import items_counted
from analysis.reference import Reference

Tables: TypeAlias = Mapping[str, pd.DataFrame]
ALL = ""
COVERAGES = ("both", "one", "unpaired", "unknown", "not_submitted")
STATES = ("closed", "done", "long_term", "in_progress", "not_started", "overdue", "unknown")
AGES = ("overdue_short", "overdue_middle", "overdue_long")
INSTITUTIONS = "I22"
FORCE = "force_"  # before the code of an institution, in the name of its column
FORCES = ("in_force", "on_paper", "absent", "unknown", "not_submitted")


def pairing_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """C8, see `full_pairing`. What `hidden` withholds is null; then `hidden` names the reason."""
    return _told(full_pairing(tables, reference), tables["hidden"], reference)


def full_pairing(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per title level, then one (empty `title_level`) for all titled units.

    Units by what they have: a household in town and another in the country (`both`), one or several in one of them
    (`one`), none (`unpaired`), not known for an open question, not reported. `households` are those paired for twelve
    months, `exits` those of them that left hardship, `exit_rate` their share; `visits_each` are visits per household,
    one decimal.
    """
    rates = tables["rates"]
    levels = tables["units"].set_index("unit_code")["title_level"]
    found = titled_units(tables["pairings"], tables["units"], tables["facts"], tables["queries"], reference)
    kinds = pd.DataFrame(
        [(levels[unit.code], _coverage(coverage_of(unit, BOTH), coverage_of(unit, ANY))) for unit in found],
        columns=["title_level", "coverage"],
    )
    own = rates.assign(title_level=rates["unit_code"].map(levels))
    rows = []
    for level in [*(code for code in codes_of("title_level", reference) if code in set(kinds["title_level"])), ALL]:
        held = kinds if level == ALL else kinds[kinds["title_level"] == level]
        counts = {name: int((held["coverage"] == name).sum()) for name in COVERAGES}
        sums = {indicator: _sums(own, indicator, level) for indicator in (EXITS, VISITS)}
        rows.append(
            {
                "title_level": level,
                "n_units": len(held),
                **counts,
                "households": sums[EXITS][1],
                "exits": sums[EXITS][0],
                "exit_rate": _share(sums[EXITS][0], sums[EXITS][1]),
                "visits_each": round(_share(*sums[VISITS]), 1),
            }
        )
    return pd.DataFrame(rows)


def codes_of(measure: str, reference: Reference) -> tuple[str, ...]:
    """The codes that the forms offer for a measure, in their order."""
    return next(tuple(field.codes) for field in reference.fields if field.measure == measure and field.codes)


def _coverage(both: object, one: object) -> str:
    """What a unit has, by the verdicts under both readings of the rule."""
    if getattr(both, "status", "") == NOT_SENT:
        return "not_submitted"
    has = [getattr(verdict, "numerator", None) for verdict in (both, one)]
    if has[0] == 1:
        return "both"
    if None in has:
        return "unknown"
    return "one" if has[1] == 1 else "unpaired"


def _sums(rates: pd.DataFrame, indicator: str, level: str) -> tuple[float, float]:
    """Numerator and denominator of the units of a level that have both; what is queried counts in neither."""
    own = rates[(rates["indicator"] == indicator) & ((rates["title_level"] == level) | (level == ALL))]
    known = own[own[["numerator", "denominator"]].notna().all(axis="columns") & (own["status"] != "queried")]
    return float(known["numerator"].sum()), float(known["denominator"].sum())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def _told(table: pd.DataFrame, hidden: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """The table without what must not leave the office; below the least number of households there is no rate."""
    shown = hide(table, hidden, Figure(VISITS, "", ("visits_each",), derived=(), bounds=()))
    exits = hide(table, hidden, Figure(EXITS, "", ("exits",), ("households",), ("exit_rate",), bounds=()))
    few = exits["households"] < reference.thresholds["pairing_min_households"]
    return exits.assign(
        exit_rate=exits["exit_rate"].mask(few), visits_each=shown["visits_each"], people_low=np.nan, people_high=np.nan
    )


def problems_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """C9: one row per source of the problems, then one (empty `problem_source`) for all.

    Each problem is in one state: `closed`, `done` but not closed, `long_term`, `overdue` (neither and due by the end of
    the year), `in_progress` or `not_started` before it is due, `unknown` for an open question. `due` and `in_time` are
    the sides of I25. The overdue by days since their date on 31 December: up to `overdue_days_short`, up to
    `overdue_days_long`, more. `units_overdue` of `n_units` reporting have any. A blank source is `unknown`.
    """
    sent = tables["rates"][(tables["rates"]["indicator"] == "I26") & (tables["rates"]["status"] != "not_submitted")]
    lines = tables["rectifications"]
    lines = lines.assign(
        source=lines["problem_source"].astype("object").fillna("unknown"),
        state=[_state(line, reference.year) for line in lines.to_dict("records")],
        days=(pd.Timestamp(reference.year, 12, 31) - pd.to_datetime(lines["due_date_to"])).dt.days,
    )
    sources = [*codes_of("problem_source", reference), *(["unknown"] if (lines["source"] == "unknown").any() else [])]
    parts = [(source, lines[lines["source"] == source]) for source in sources]
    rows = [_problems_row(source, part, reference) for source, part in [*parts, (ALL, lines)] if len(part)]
    rows = rows or [_problems_row(ALL, lines, reference)]
    return pd.DataFrame(rows).assign(n_units=sent["unit_code"].nunique())


def _problems_row(source: str, lines: pd.DataFrame, reference: Reference) -> dict[str, object]:
    limits = reference.thresholds
    overdue = lines[lines["state"] == "overdue"]
    end = pd.Timestamp(reference.year, 12, 31)
    due = lines[~lines["state"].isin(["long_term", "unknown"]) & (pd.to_datetime(lines["due_date_to"]) <= end)]
    in_time = due[(due["state"] == "closed") & (due["done_date_to"] <= due["due_date_to"])]
    ages = pd.cut(
        overdue["days"], [-1, limits["overdue_days_short"], limits["overdue_days_long"], math.inf], labels=AGES
    )
    return {
        "problem_source": source,
        "n_problems": len(lines),
        **{state: int((lines["state"] == state).sum()) for state in STATES},
        "due": len(due),
        "in_time": len(in_time),
        "in_time_share": _share(len(in_time), len(due)),
        **{age: int((ages == age).sum()) for age in AGES},
        "units_overdue": overdue["unit_code"].nunique(),
    }


def _state(line: Mapping[object, object], year: int) -> str:
    """The state of one problem at the end of the year."""
    status, queried = line["rect_status"], str(line["queried_fields"]).split(";")
    if "rect_status" in queried or not isinstance(status, str):
        return "unknown"
    if status not in ("in_progress", "not_started"):
        return "unknown" if status == "closed" and "done_date" in queried else status
    if "due_date" in queried:
        return "unknown"
    until = line["due_date_to"]
    return "overdue" if isinstance(until, dt.datetime) and until <= dt.datetime(year, 12, 31) else status


def institutions_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """S3: one row per unit and a column for each institution that I22 counts, most in force first in its peer group.

    `in_force`: established, with document and date; `on_paper`: established, but one of these is missing; `absent`,
    `unknown` for an open question, `not_submitted`. `n_in_force` is the numerator of I22, null where it is not known.
    """
    names = items_counted(INSTITUTIONS, reference)
    own = tables["rates"][tables["rates"]["indicator"] == INSTITUTIONS].set_index("unit_code")
    lines = {(line["unit_code"], line["item"]): line for line in tables["institutions"].to_dict("records")}
    rows = tables["units"][["unit_code", "short_name", "peer_group"]]
    silent = own["status"].eq("not_submitted").reindex(rows["unit_code"], fill_value=True).to_numpy()
    for name in names:
        rows = rows.assign(
            **{
                f"{FORCE}{name}": [
                    "not_submitted" if is_silent else _force(lines.get((code, name)))
                    for code, is_silent in zip(rows["unit_code"], silent, strict=True)
                ]
            }
        )
    counts = own["numerator"].reindex(rows["unit_code"]).to_numpy(dtype="float64")
    return in_group_order(rows.assign(n_in_force=counts), reference, by="n_in_force")


def _force(line: Mapping[object, object] | None) -> str:
    if line is None:
        return "absent"
    queried = set(str(line["queried_fields"]).split(";"))
    if "established" in queried:
        return "unknown"
    if line["established"] is not True:
        return "absent"
    if queried & {"document", "document_date"}:
        return "unknown"
    written = isinstance(line["document"], str) and line["document"].strip() != ""
    return "in_force" if written and isinstance(line["document_date"], str) else "on_paper"
