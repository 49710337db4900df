"""English tables with the words of the Chinese ones, so that one attacker reads both.

Headings go by their place in the Chinese twin; words by the lists in which both languages stand; what is told
instead of a number by its form.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

from tests.published_tables import ROOT, Row

TOTALS = ("层次", "类型")  # columns whose total is called by another word than that of all units
LISTS = ("labels", "peer_groups", "categories", "indicators")
TOLD = (
    (re.compile(r"<(\d+) people"), r"<\1人"),
    (re.compile(r"<(\d+) did not"), r"未参加<\1人"),
    (re.compile(r"(\d+) to (\d+) people"), r"\1—\2人"),
    (re.compile(r"(.+%) to (.+%)"), r"\1—\2"),
)


@cache
def pairs() -> list[tuple[str, str]]:
    """Chinese and English of all lists."""
    found: list[tuple[str, str]] = []
    for name in LISTS:
        with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as source:
            for row in csv.DictReader(source):
                chinese, english = (row.get(lang) or row.get(f"name_{lang}") or "" for lang in ("zh", "en"))
                found.append((chinese, english))
    with (ROOT / "analysis" / "present" / "phrases.csv").open(encoding="utf-8-sig", newline="") as source:
        return found + [(row["zh"], row["en"]) for row in csv.DictReader(source) if "{" not in row["en"]]


@cache
def words() -> dict[str, str]:
    """Chinese by English; of two with the same English the first."""
    return {english: chinese for chinese, english in reversed(pairs())}


@cache
def english_words() -> dict[str, str]:
    """English by Chinese; of two with the same Chinese the first."""
    return dict(reversed(pairs()))


def in_chinese(text: str) -> str:
    """One cell."""
    for form, chinese in TOLD:
        if form.fullmatch(text):
            return form.sub(chinese, text)
    return words().get(text, text)


def as_twin(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> list[Row]:
    """The rows with the headings of the Chinese twin and its words.

    Raises:
        ValueError: the table has not as many columns as its twin: it can only be read after somebody looked at it.
    """
    if any(len(row) != len(heads) for row in rows):
        raise ValueError(f"a table in English has other columns than its Chinese twin: {rows[0]} and {heads}")
    return [{head: _cell(head, text) for head, text in zip(heads, row, strict=True)} for row in rows]


def _cell(head: str, text: str) -> str:
    return "合计" if head in TOTALS and text == "All" else in_chinese(text)
