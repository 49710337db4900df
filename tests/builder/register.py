"""What the builder reads: the register and the field list as plain CSV, and its own words."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "data" / "reference"


@dataclass(frozen=True)
class Unit:
    """One unit of the register of a year."""

    code: str
    name: str
    short: str
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    kind: str
    headcount: int
    members: int
    offices: int
    level: str
    term: str
    women: int
    young: int
    league: int
    union: int
    branches: int
    group: str


@dataclass(frozen=True)
class Field:
    """One row of forms.csv."""

    form: str
    block: str
    address: str
    group: str
    header: str
    item: str
    measure: str
    type: str
    unit: str
    codes: Mapping[str, str]
    required: bool


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def planned(year: int) -> dict[str, dict[str, str]]:
    """The rows of plan.csv of a year by unit."""
    return {row["unit"]: row for row in rows_of(HERE / "plan.csv") if row["year"] == str(year)}


@cache
def units(year: int) -> tuple[Unit, ...]:
    """The units on the register on 31 December of the year."""
    last_day = f"{year}-12-31"
    return tuple(
        Unit(
            row["code"],
            row["official_name"],
            row["short_name"],
            parts(row["aliases"]),
            parts(row["former_names"]),
            row["kind"],
            int(row["headcount"]),
            int(row["party_members"]),
            int(row["offices"]),
            row["civilised_level"],
            row["civilised_term"],
            int(row["women"]),
            int(row["staff_18_55"]),
            int(row["league_members"]),
            int(row["union_members"]),
            int(row["party_branches"]),
            row["peer_group"][:3],
        )
        for row in rows_of(REFERENCE / "units.csv")
        if (row.get("valid_from") or "0") <= last_day <= (row.get("valid_to") or "9")
    )


def unit(code: str, year: int) -> Unit | None:
    """The unit of the code in the year, None when it was not on the register."""
    return next((one for one in units(year) if one.code == code), None)


@cache
def fields(form: str) -> tuple[Field, ...]:
    """The fields of a form that give facts."""
    return tuple(
        Field(
            row["form"],
            row["block"],
            row["address"],
            row["header_group_zh"],
            row["header_zh"],
            row["item"],
            row["measure"],
            row["type"],
            row["measure_unit"],
            dict(pair.split("=", 1) for pair in parts(row["codes"])),
            row["required"] == "1",
        )
        for row in rows_of(REFERENCE / "forms.csv")
        if row["form"] == form and row["block"] not in ("head", "foot", "total") and row["measure"] != "serial"
    )


@cache
def field_named(form: str, item: str, measure: str) -> Field:
    """The field of a form with the item and measure (the first block that has it)."""
    return next(one for one in fields(form) if (one.item, one.measure) == (item, measure))


@cache
def words() -> dict[str, Any]:
    """The words of the sample returns."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


def wording(*keys: str) -> Any:
    """A list (or table of lists) of how units write something."""
    found = words()["wording"]
    for key in keys:
        found = found[key]
    return found


def dice(*seed: object) -> Random:
    """Random numbers that are the same for the same seed, on every machine."""
    return Random(":".join(map(str, seed)))


def person(rng: Random) -> str:
    """An invented name."""
    return str(rng.choice(words()["surnames"]) + rng.choice(words()["given"]))


@cache
def all_names() -> frozenset[str]:
    """Every name that `person` can give."""
    return frozenset(first + second for first in words()["surnames"] for second in words()["given"])


def picked(rng: Random, items: Sequence[Any], count: int) -> list[Any]:
    """Some of the items, in their own order."""
    chosen = sorted(rng.sample(range(len(items)), min(count, len(items))))
    return [items[place] for place in chosen]
