"""What the units of a year reported, read a second time from the CSV tables with nothing but the standard library.

The definitions are those of the method and of the forms; nothing of `analysis` is used, so that a slip there cannot
hide here. A number is an `Amount`: its bounds as fractions and what is known of it.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

Row = dict[str, str]
ASKED = frozenset({"ASK", "DROP", "BACK", "QUAR"})
LINES_STAND = frozenset({"M27"})  # a total that differs changes no value of a line


@dataclass(frozen=True)
class Amount:
    """A number between `low` and `high`; `state` is exact, approximate, bounded, queried, not_applicable or absent."""

    state: str
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """The number where one is known."""
        return self.low if self.state in ("exact", "approximate") else None

    @property
    def unknown(self) -> bool:
        """Whether nothing may be computed from it."""
        return self.state in ("queried", "absent", "not_applicable")


QUERIED, ABSENT, NOT_APPLICABLE = (Amount(state) for state in ("queried", "absent", "not_applicable"))


def exact(number: int | Fraction) -> Amount:
    """A number that is known."""
    return Amount("exact", Fraction(number), Fraction(number))


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum: queried as soon as one part is, without the parts that do not apply; nothing is less than zero."""
    parts = list(amounts)
    if any(part.state == "queried" for part in parts):
        return QUERIED
    if not parts or all(part.state == "absent" for part in parts):
        return ABSENT
    counted = [part for part in parts if not part.unknown]
    if not counted:
        return NOT_APPLICABLE
    low, high = _sum(part.low or Fraction(0) for part in counted), _sum(part.high for part in counted)
    for state in ("bounded", "approximate"):
        if any(part.state == state for part in counted):
            return Amount(state, low, high)
    return Amount("exact", low, high)


def _sum(numbers: Iterable[Fraction | None]) -> Fraction | None:
    parts = list(numbers)
    return None if None in parts else sum((part for part in parts if part is not None), Fraction(0))


def read_rows(path: Path) -> list[Row]:
    """Rows of a UTF-8 CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def last_day(text: str) -> date:
    """The last day that a written date can mean: of the day, month or interval."""
    end = text.rsplit("/", 1)[-1]
    parts = [int(part) for part in end.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def first_day(text: str) -> date:
    """The first day that a written date can mean."""
    parts = [int(part) for part in text.split("/", 1)[0].split("-")]
    return date(*(parts + [1, 1])[:3])


def _amount(fact: Row) -> Amount:
    status = fact["status"]
    if status in ("queried", "not_applicable"):
        return Amount(status)
    if status == "bounded":
        low, high = (Fraction(fact[key]) if fact[key] else None for key in ("low", "high"))
        return Amount("bounded", low, high)
    value = Fraction(fact["value"])
    return Amount("approximate" if status == "approximate" else "exact", value, value)


@dataclass
class Return:
    """What one unit reported."""

    code: str
    forms: set[str] = field(default_factory=set)
    facts: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    # Fields with an open question at a cell that gives no value: a question about a value that stands changes nothing.
    asked: set[tuple[str, str]] = field(default_factory=set)

    def amount(self, form: str, name: str) -> Amount:
        """The sum of a field (`item.measure` or `measure`) over the lines of a form."""
        if (form, name) in self.asked:
            return QUERIED
        return total(_amount(fact) for fact in self.facts[form, name] if fact["status"] != "rejected")

    def text(self, form: str, name: str) -> str | None:
        """The text of a field that stands once; None when it is blank or asked about."""
        known = [fact["text"] for fact in self.facts[form, name] if fact["status"] not in ("rejected", "queried")]
        return known[0] if known and known[0] else None

    def lines(self, form: str, *names: str) -> list[dict[str, Row]]:
        """The lines of a list, each with its facts by field, in which one of the fields stands; dropped ones left out."""
        found: dict[str, dict[str, Row]] = defaultdict(dict)
        for (own, name), facts in self.facts.items():
            if own == form:
                for fact in facts:
                    if fact["row"] != "0" and fact["status"] != "rejected":
                        found[fact["row"]][name] = fact
        lines = [found[row] for row in sorted(found, key=int)]
        return [line for line in lines if any(name in line for name in names)]

    @property
    def submitted(self) -> bool:
        """Whether a form of the unit counts."""
        return bool(self.forms)


@dataclass(frozen=True)
class Unit:
    """A line of the register."""

    code: str
    group: str
    titled: bool


class Year:
    """A year: the register, the lists and what each unit reported."""

    def __init__(self, data: Path, year: int) -> None:
        reference, clean = data / "reference", data / "clean" / str(year)
        self.year, self.reference = year, reference
        self.units = _register(reference, year)
        self.categories = read_rows(reference / "categories.csv")
        self.setting = tomllib.loads((reference / str(year) / "year.toml").read_text(encoding="utf-8"))
        received = read_rows(reference / str(year) / "received.csv")
        self.received = {row["file"]: date.fromisoformat(row["received_at"][:10]) for row in received}
        self.submissions = read_rows(clean / "submissions.csv")
        self.queries = read_rows(clean / "queries.csv")
        self.facts = read_rows(clean / "facts.csv")
        self.returns = {unit.code: Return(unit.code) for unit in self.units}
        self._sort()
        limits = read_rows(reference / str(year) / "thresholds.csv")
        self.limits = {row["name"]: Fraction(row["value"]) for row in limits if row["value"]}

    def _sort(self) -> None:
        for row in self.submissions:
            if row["state"] in ("accepted", "quarantined") and row["unit_code"] in self.returns:
                self.returns[row["unit_code"]].forms |= set(filter(None, row["forms"].split(";")))
        for fact in self.facts:
            name = ".".join(filter(None, (fact["item"], fact["measure"])))
            self.returns[fact["unit_code"]].facts[fact["form"], name].append(fact)
        standing = {_place(fact) for fact in self.facts if fact["status"] not in ("queried", "rejected")}
        for query in self.queries:
            asks = query["state"] == "open" and query["treatment"] in ASKED and query["rule"] not in LINES_STAND
            if asks and query["unit_code"] in self.returns and _place(query) not in standing:
                self.returns[query["unit_code"]].asked.add((query["form"], query["field"]))


def _place(row: Row) -> tuple[str, str, str]:
    return row["file"], row["sheet"], row["cell"]


def _register(reference: Path, year: int) -> list[Unit]:
    names = {row["zh"]: row["code"] for row in read_rows(reference / "peer_groups.csv")}
    units = []
    for row in read_rows(reference / "units.csv"):
        starts, ends = row["valid_from"] or f"{year}-01-01", row["valid_to"] or f"{year}-12-31"
        if starts <= f"{year}-12-31" <= ends:
            group = next(code for name, code in names.items() if row["peer_group"] in (name, code, f"{code}{name}"))
            units.append(Unit(row["code"], group, row["civilised_level"] != "无"))
    return units
