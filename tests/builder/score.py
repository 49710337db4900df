"""How many facts and queries of a reader are as expected, counted as acceptance counts them.

A fact is right when file, sheet, cell, form, item and measure agree and value (1e-9) or text, low and high do, or when
both are queried. It is silently wrong when value or text differ, or there is a value that should not be, and no open
query stands at that cell. Queries count when they ask something of somebody (ASK DROP BACK QUAR); they are compared by
file, sheet, cell and treatment, a different rule at the right place is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
Key = tuple[str, ...]
COUNTED = ("ASK", "DROP", "BACK", "QUAR")


@dataclass(frozen=True)
class Score:
    """What was counted, and the rows behind it (each list in the order of its table)."""

    expected: int
    right: int
    silent_wrong: tuple[str, ...]
    not_right: tuple[str, ...]
    unexpected: tuple[str, ...]
    missing_queries: tuple[str, ...]
    needless_queries: tuple[str, ...]
    other_rule: tuple[str, ...]

    def __str__(self) -> str:
        share = self.right / self.expected if self.expected else 1.0
        return (
            f"facts right {self.right} of {self.expected} ({share:.4%}), silent wrong {len(self.silent_wrong)}, "
            f"unexpected {len(self.unexpected)}; queries missing {len(self.missing_queries)}, "
            f"needless {len(self.needless_queries)}, with another rule {len(self.other_rule)}"
        )


def text_of(value: object) -> str:
    """A value as text, absent (None, NaN, empty) as empty."""
    return "" if value is None or value != value else str(value)


def number_of(value: object) -> float | None:
    """A value as number, absent as None."""
    text = text_of(value)
    return float(text) if text else None


def same_number(one: object, other: object) -> bool:
    first, second = number_of(one), number_of(other)
    if first is None or second is None:
        return first is second
    return abs(first - second) <= 1e-9


def queried(fact: Row) -> bool:
    """Whether a fact is open, in the expectation (queried) or in a table of facts (status)."""
    return text_of(fact.get("queried")) == "1" or text_of(fact.get("status")) == "queried"


def agrees(actual: Row, wanted: Row) -> bool:
    """Whether two facts of the same place say the same."""
    if queried(wanted) or queried(actual):
        return queried(wanted) and queried(actual)
    return text_of(actual["text"]) == text_of(wanted["text"]) and all(
        same_number(actual[name], wanted[name]) for name in ("value", "low", "high")
    )


def fact_key(fact: Row) -> Key:
    return tuple(text_of(fact[name]) for name in ("file", "sheet", "cell", "form", "item", "measure"))


def place(row: Row) -> Key:
    return tuple(text_of(row[name]) for name in ("file", "sheet", "cell"))


def says_something(fact: Row) -> bool:
    return number_of(fact["value"]) is not None or bool(text_of(fact["text"]))


def shown(row: Row, also: Row | None = None) -> str:
    """A line for people."""
    names = (
        "file",
        "sheet",
        "cell",
        "form",
        "item",
        "measure",
        "rule",
        "treatment",
        "value",
        "text",
        "low",
        "high",
        "raw",
    )
    said = " ".join(f"{name}={text_of(row[name])}" for name in names if name in row and text_of(row[name]))
    return said if also is None else f"{said} | expected {shown(also)}{' queried' if queried(also) else ''}"


def score(
    actual_facts: Iterable[Row],
    actual_queries: Iterable[Row],
    expected_facts: Iterable[Row],
    expected_queries: Iterable[Row],
) -> Score:
    """Counts of right and wrong facts and of missing and needless queries."""
    asked = [query for query in actual_queries if query["treatment"] in COUNTED]
    wanted_asks = [query for query in expected_queries if query["treatment"] in COUNTED]
    open_places = {place(query) for query in asked}
    wanted = {fact_key(fact): fact for fact in expected_facts}
    right, not_right, silent, unexpected = set(), [], [], []
    for fact in actual_facts:
        key = fact_key(fact)
        expectation = wanted.get(key)
        if expectation is not None and agrees(fact, expectation):
            right.add(key)
            continue
        if says_something(fact) and place(fact) not in open_places:
            silent.append(shown(fact, expectation))
        if expectation is None:
            unexpected.append(shown(fact))
        else:
            not_right.append(shown(fact, expectation))
            wanted.pop(key)
    absent = [f"absent: {shown(fact)}" for key, fact in wanted.items() if key not in right]
    missing, needless, other = compared(asked, wanted_asks)
    return Score(
        len(right) + len(not_right) + len(absent),
        len(right),
        tuple(silent),
        tuple(not_right + absent),
        tuple(unexpected),
        tuple(missing),
        tuple(needless),
        tuple(other),
    )


def compared(asked: list[Row], wanted: list[Row]) -> tuple[list[str], list[str], list[str]]:
    """Missing, needless, and right but for the rule."""

    def key(query: Row) -> Key:
        return (*place(query), text_of(query["treatment"]))

    found, expected = Counter(map(key, asked)), Counter(map(key, wanted))
    rules = {(*key(query), text_of(query["rule"])) for query in asked}
    missing = [shown(query) for query in wanted if key(query) not in found]
    needless = [shown(query) for query in asked if key(query) not in expected]
    other = [shown(q) for q in wanted if key(q) in found and (*key(q), text_of(q["rule"])) not in rules]
    return missing, needless, other
