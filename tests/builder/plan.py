"""Who sends what: the hand-written plan of the sample (plan.csv), defaults for the rest, or a heavy random plan."""

from __future__ import annotations

import csv
import datetime as dt
from random import Random

from tests.builder.frame import Manner
from tests.builder.mess_gates import GATES
from tests.builder.mess_layout import LAYOUTS
from tests.builder.mess_values import VALUES
from tests.builder.register import HERE, Unit, dice, units
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
NOT_BY_CHANCE = ("G09", "M52name", "M14", "M48", "M46sum")


def planned(year: int) -> dict[str, dict[str, str]]:
    """The rows of plan.csv of a year by unit."""
    with (HERE / "plan.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: row for row in csv.DictReader(file) if row["year"] == str(year)}


def absent(rows: dict[str, dict[str, str]], code: str) -> bool:
    """Whether the unit sends nothing at all."""
    return rows.get(code, {}).get("format") == "absent"


def by_chance(rng: Random) -> tuple[str, ...]:
    """Three to eight messes of F1 and F3 for a heavy plan; cells first, then comparisons, then the sheet."""
    found = [f"{form}.{kind}" for kind in VALUES for form in ("F1", "F3")]
    values = rng.sample([name for name in found if not name.endswith(("M43", "M44", "M45")) or name[1] == "3"], 4)
    gates = [f"F3.{kind}" for kind in GATES if kind[0] == "G" or kind == "M27"]
    return (*values, rng.choice([g for g in gates if g not in ("F3.G07", "F3.G07young", "F3.G08", "F3.G09")]), *(
        f"F3.{kind}" for kind in rng.sample([k for k in LAYOUTS if k not in (*NOT_BY_CHANCE, "M24label", "M20lost")], 2)
    ))  # fmt: skip


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


def sending_of(unit: Unit, year: int, row: dict[str, str], heavy: bool, seed: str) -> Sending:
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
        by_chance(dice("heavy", seed, unit.code, year)) if heavy else tuple(row.get("mess", "").split()),
        guide=rng.random() < 0.25,
        seed=seed,
        strict=not heavy,
    )


def sendings(year: int, mess: str = "mild", seed: str = "") -> list[Sending]:
    """The returns of a year in the order of the register; `mess` is mild (plan.csv) or heavy (random by `seed`)."""
    rows = planned(year)
    return [
        sending_of(unit, year, rows.get(unit.code, {}), mess == "heavy", seed)
        for unit in units(year)
        if not absent(rows, unit.code)
    ]
