"""Sentences that would tell a hidden number: the unit, and beside it the number or the rate that must not be told."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tests.published_english import english_words
from tests.published_files import figure_names
from tests.published_tables import ROOT


@dataclass(frozen=True)
class Secret:
    """One count of a unit that must not be told: its names, what the figure is called, and the numbers."""

    unit: str
    figure: str
    people: int
    size: int
    english: str = ""

    def is_named(self, text: str) -> bool:
        """Whether a text names the figure, in either language."""
        return self.figure in text or bool(self.english and self.english in text)

    def forms(self) -> tuple[re.Pattern[str], ...]:
        """As it may be written beside the name of the figure: so many people, or the rate with any of its digits."""
        share = 100 * self.people / self.size if self.size else 0.0
        rates = "|".join(re.escape(f"{share:.{digits}f}") for digits in (1, 2))
        return (
            re.compile(rf"(?<![\d.—<-]){self.people}\s?(?:人|people)(?!次)"),
            re.compile(rf"(?<![\d.—])(?:{rates})\s?%"),
        )

    def ratio(self) -> re.Pattern[str]:
        """As it may be written anywhere: number and whole."""
        return re.compile(rf"(?<!\d){self.people}\s?[/／]\s?{self.size}(?!\d)")


def secrets_of(clean: Path) -> list[Secret]:
    """The hidden counts of units of a year."""
    hidden, rates = (pd.read_parquet(clean / f"{name}.parquet") for name in ("hidden", "rates"))
    own = hidden[(hidden["level"] == "unit") & (hidden["part"] == "numerator")]
    keys = ["unit_code", "indicator", "category"]
    found = own[keys].fillna("").merge(rates.assign(category=rates["category"].fillna("")), on=keys)
    found = found[found[["numerator", "denominator"]].notna().all(axis="columns")]
    names, english = figure_names(), english_words()
    slugs = [
        f"{code}-{part}" if part else code for code, part in zip(found["indicator"], found["category"], strict=True)
    ]
    return [
        Secret(unit, name := names[slug][1] or names[slug][0], int(people), int(size), english.get(name, ""))
        for unit, slug, people, size in zip(
            found["unit_code"], slugs, found["numerator"], found["denominator"], strict=True
        )
        if slug in names
    ]


class Names:
    """The units that a text names: the longest name counts, so that 市委办 is no 市委."""

    def __init__(self, register: Path = ROOT / "data" / "reference" / "units.csv") -> None:
        with register.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
        self.codes = {row[name]: row["code"] for row in rows for name in ("code", "official_name", "short_name")}
        longest = sorted(self.codes, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest)))

    def of(self, text: str) -> set[str]:
        return {self.codes[name] for name in self.pattern.findall(text)}


def told(texts: Iterable[str], secrets: Sequence[Secret], names: Names) -> Iterator[tuple[Secret, str]]:
    """Each secret that a text tells, with the text. A text that names many units must name the figure as well."""
    by_unit: dict[str, list[Secret]] = {}
    for secret in secrets:
        by_unit.setdefault(secret.unit, []).append(secret)
    for text in {*texts}:
        for unit in names.of(text):
            for secret in by_unit.get(unit, ()):
                named = secret.is_named(text)
                if secret.ratio().search(text) or (named and any(form.search(text) for form in secret.forms())):
                    yield secret, text
