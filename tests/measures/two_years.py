"""Two years of a few units typed by hand, for the tests of what changed between them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.measures.change import YearTables
from analysis.reference import Reference, Succession
from tests.measures.hand_tables import rates_table, sample_reference

GROUPS = ("PG1", "PG2", "PG3", "PG4", "PG5", "PG6")


def reference_of(year: int, units: dict[str, str], **more: Any) -> Reference:
    """The sample's reference data with a register of these units (code -> peer group) and no succession."""
    base = sample_reference(2025)
    register = tuple(replace(base.units[0], code=code, peer_group=group) for code, group in units.items())
    return replace(base, year=year, units=register, register=register, succession=(), **more)


def one_year(year: int, units: dict[str, str], *rows: dict[str, Any], **more: Any) -> YearTables:
    """A year with these units and rates."""
    table = pd.DataFrame({"unit_code": list(units), "peer_group": list(units.values())})
    return YearTables(rates_table(*rows), table, reference_of(year, units, **more))


def followed(*steps: tuple[str, str, float], day: dt.date = dt.date(2025, 1, 1)) -> tuple[Succession, ...]:
    """Successions of (predecessor, successor, share)."""
    return tuple(Succession(old, new, day, share) for old, new, share in steps)
