"""Headcounts of a unit in a year, so that the end of one year is the beginning of the next."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.builder.register import HERE, REFERENCE, Unit, dice, rows_of, unit


@cache
def design() -> dict[str, Any]:
    """What the sample shows on purpose."""
    return tomllib.loads((HERE / "design.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Heads:
    """The counts of F1."""

    posts: int
    start: int
    joined: int
    left: int
    end: int
    women: int
    young: int
    league: int
    members: int
    retired: int
    union: int
    law: int
    offices: int
    branches: int
    full_time: int
    part_time: int

    @property
    def ever(self) -> int:
        return self.start + self.joined


def predecessors(code: str, year: int) -> list[str]:
    """Units whose staff became this unit's on 1 January of the year."""
    return [
        row["predecessor"]
        for row in rows_of(REFERENCE / "succession.csv")
        if row["successor"] == code and row["valid_from"] == f"{year}-01-01"
    ]


@cache
def staff_end(code: str, year: int) -> int:
    """Staff on 31 December: the register's figure, or what the next year began with."""
    one = unit(code, year)
    assert one is not None
    if year >= design()["base_year"] or unit(code, year + 1) is None:
        return one.headcount
    return staff_start(code, year + 1)


def moves(code: str, year: int) -> tuple[int, int]:
    """How many joined and left in the year."""
    for entry in design()["moves"]:
        if (entry["unit"], entry["year"]) == (code, year):
            return entry["joined"], entry["left"]
    rng = dice("moves", code, year)
    end = staff_end(code, year)
    left = round(end * rng.uniform(0.01, 0.05)) if end >= 20 else rng.randint(0, 1)
    return max(0, left + rng.choice((-1, 0, 0, 1, 2))) if end >= 20 else rng.randint(0, 1), left


@cache
def staff_start(code: str, year: int) -> int:
    """Staff on 1 January."""
    joined, left = moves(code, year)
    start = staff_end(code, year) - joined + left
    before = predecessors(code, year)
    assert not before or start == sum(staff_end(one, year - 1) for one in before)
    return start


def lawyers(one: Unit, year: int) -> int:
    """Staff with a law qualification: many where law is the work, few or none elsewhere."""
    in_year = design()["law_in"].get(str(year), {})
    if one.code in in_year:
        return int(in_year[one.code])
    if one.code in design()["law"]:
        return int(design()["law"][one.code])
    rng = dice("law", one.code)
    return 0 if rng.random() < 0.4 else max(1, round(one.headcount * rng.uniform(0.02, 0.08)))


@cache
def heads(code: str, year: int) -> Heads:
    """The counts of a unit in a year; in the base year those of the register."""
    one = unit(code, year)
    assert one is not None
    rng = dice("heads", code)
    joined, left = moves(code, year)
    end = staff_end(code, year)
    scale = end / one.headcount

    def part(of_register: int) -> int:
        return min(end, round(of_register * scale))

    full, over = rng.randint(0, 2), rng.choice((-4, -3, -2, 2, 3, 5, 8))
    posts = max(1, one.headcount + over)
    return Heads(
        posts=posts + 1 if posts == end else posts,
        start=staff_start(code, year),
        joined=joined,
        left=left,
        end=end,
        women=part(one.women),
        young=part(one.young),
        league=part(one.league),
        members=part(one.members),
        retired=rng.randint(0, 3) + one.members // 12 + (year - 2024),
        union=part(one.union),
        law=min(lawyers(one, year), end),
        offices=one.offices,
        branches=one.branches,
        full_time=full,
        part_time=rng.randint(1, 4),
    )
