"""Who sends what: the hand-written plan of the sample (plan.csv), and defaults for the rest."""

from __future__ import annotations

import datetime as dt

from tests.builder.frame import Manner
from tests.builder.register import Unit, dice, planned, units
from tests.builder.sending import Sending

NAMES = (
    "{code}_{short}_{year}.xlsx",
    "{code}_{short}_{year}.xlsx",
    "{code}_{short}_{year}.xlsx",
    "{short}精神文明报表.xlsx",
    "{short}{year}年度统计报表.xlsx",
    "{short}精神文明报表(最终版).xlsx",
    "{year}年报表-{short}.xlsx",
)
YEARS = (2024, 2025)


def absent(rows: dict[str, dict[str, str]], code: str) -> bool:
    """Whether the unit sends nothing at all."""
    return rows.get(code, {}).get("format") == "absent"


def default_manner(unit: Unit, year: int, row: dict[str, str], received: dt.datetime) -> Manner:
    """How a unit fills in its return when the plan does not say."""
    rng = dice("manner", unit.code, year)
    before = planned(year - 1)
    reported = year == min(YEARS) or (
        any(u.code == unit.code for u in units(year - 1)) and not absent(before, unit.code)
    )
    totals, signed = rng.choice(("cached", "cached", "typed", "bare")), rng.choice(("merged", "merged", "cells"))
    return Manner(
        unit,
        year,
        row.get("name") or unit.name,
        row.get("head") or rng.choice(("same", "same", "same", "next")),
        row.get("code") != "no",
        signed,
        totals,
        received.date() - dt.timedelta(days=rng.randint(0, 2)),
        reported,
    )


def sending_of(unit: Unit, year: int, row: dict[str, str]) -> Sending:
    """What one unit sends."""
    rng = dice("sending", unit.code, year)
    moment = dt.datetime(year + 1, 1, rng.randint(5, 14), rng.randint(8, 17), rng.randrange(0, 60, 5))
    received = dt.datetime.fromisoformat(row["received"]) if row.get("received") else moment
    file = rng.choice(NAMES).format(code=unit.code, short=unit.short, year=year)
    return Sending(
        default_manner(unit, year, row, received),
        row.get("format") or "xlsx",
        row.get("file") or file,
        received,
        tuple(row.get("mess", "").split()),
        guide=rng.random() < 0.25,
        story=row.get("story", ""),
        earlier=tuple(row.get("earlier", "").split()),
    )


def sendings(year: int) -> list[Sending]:
    """The returns of the sample year in the order of the register, as plan.csv says."""
    rows = planned(year)
    return [sending_of(unit, year, rows.get(unit.code, {})) for unit in units(year) if not absent(rows, unit.code)]
