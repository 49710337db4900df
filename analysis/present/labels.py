"""Codes and phrases -> words in Chinese or English.

Names of categories, groups and codes come from the reference data; the sentences of charts, tables and notebooks
from `phrases.csv` beside this module, where an analyst can mend them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from analysis.etl.numerals import write_numeral
from analysis.present.numbers import minus, percent_digits
from analysis.reference import Label, Reference
from analysis.reference.files import read_table
from analysis.reference.rows import Column, ReferenceFault, TableSpec

Lang: TypeAlias = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
PHRASES = TableSpec("phrases.csv", (Column("code"), Column("zh"), Column("en")), key=("code",))


@cache
def load_phrases() -> Mapping[str, Label]:
    """The phrases by code; raises ReferenceFault when `phrases.csv` is at fault."""
    table = read_table(Path(__file__).parent, PHRASES)
    if table.faults:
        raise ReferenceFault(table.faults)
    return MappingProxyType({row.text("code"): Label(row.text("zh"), row.text("en")) for row in table.rows})


class _Blanks(Formatter):
    """The blanks of a phrase; `{n:row|rows}` is the first word where `n` is one, else the second."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, between, more = format_spec.partition("|")
        if not between:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else more


def fill(phrase: str, **values: Any) -> str:
    """A phrase with its blanks filled: `{n} {n:row|rows}` is `1 row` and `2 rows`. Raises KeyError for a blank without value."""
    return _Blanks().vformat(phrase, (), values)


@dataclass(frozen=True)
class Words:
    """What codes, numbers and sentences look like in one language."""

    reference: Reference
    lang: Lang = "zh"

    def pick(self, label: Any) -> str:
        """The name in this language of anything that has `zh` and `en`."""
        return str(label.zh if self.lang == "zh" else label.en)

    def say(self, phrase: str, **values: Any) -> str:
        """A phrase with its blanks filled. Raises KeyError for an unknown phrase or a blank without value."""
        return fill(self.pick(load_phrases()[phrase]), **values)

    def label(self, code: str, kind: str = "") -> str:
        """What a code of the reference data or of `phrases.csv` (`kind.code`) is called."""
        own = load_phrases().get(f"{kind}.{code}")
        return self.pick(own if own is not None else self.reference.label(code, kind))

    def category(self, code: str) -> str:
        """What a category of a figure is called: a programme, or a line of another form."""
        programmes = {category.code: category for category in self.reference.categories}
        return self.pick(programmes[code]) if code in programmes else self.label(code)

    def figure(self, indicator: str, category: str = "") -> str:
        """What a figure is called: the programme where it is one, else the indicator, with its line of a form."""
        if not category:
            return self.indicator(indicator)
        name = self.category(category)
        is_programme = any(category == programme.code for programme in self.reference.categories)
        return name if is_programme else self.say("figure.of", indicator=self.indicator(indicator), category=name)

    def indicator(self, code: str) -> str:
        return self.pick(self.reference.indicators[code])

    def peer_group(self, code: str) -> str:
        """The name of a peer group. Raises KeyError for an unknown one."""
        return {group.code: self.pick(group) for group in self.reference.peer_groups}[code]

    def rule(self, code: str) -> str:
        """A rule of the mess or a gate: its code and its name, the code alone when the rule has no line."""
        try:
            rule = self.reference.rule(code)
        except KeyError:
            return code
        return f"{code} {rule.name_zh if self.lang == 'zh' else rule.name_en}"

    def percent(self, share: float) -> str:
        """One decimal, halves up: 0.0312 -> 3.1%, 0.0625 -> 6.3%. A share that is not 0 or 1 is never shown as 0.0% or 100.0%."""
        text = minus(f"{percent_digits(share)}%")
        if text == "0.0%" and share > 0:
            return "<0.1%"
        return ">99.9%" if text == "100.0%" and share < 1 else text

    def percent_range(self, low: float, high: float) -> str:
        """Two limits of a share; one text where both look alike."""
        ends = (self.percent(low), self.percent(high))
        return ends[0] if ends[0] == ends[1] else self.say("unit.range", low=ends[0], high=ends[1])

    def points(self, difference: float) -> str:
        """A difference of two shares in percentage points, one decimal."""
        return self.say("unit.points", value=minus(percent_digits(difference)))

    def count(self, number: float) -> str:
        """A whole number; in English with separators of thousands."""
        return minus(f"{number:.0f}" if self.lang == "zh" else f"{number:,.0f}")

    def ordinal(self, number: int) -> str:
        """The number of a term as it is written in full: 第二十届, term 20."""
        return write_numeral(number) if self.lang == "zh" else str(number)

    def units(self, number: int) -> str:
        """So many units."""
        return self.say("unit.one" if number == 1 else "unit.many", n=self.count(number))

    def join(self, names: Iterable[str]) -> str:
        """Names one after another."""
        return ("、" if self.lang == "zh" else ", ").join(names)

    def clauses(self, parts: Iterable[str]) -> str:
        """Statements one after another in one line."""
        return ("\uff1b" if self.lang == "zh" else "; ").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Whole remarks one after another in one line."""
        return ("\uff1b" if self.lang == "zh" else ". ").join(parts)

    def day(self, day: dt.date) -> str:
        """A date as it is written in running text."""
        return self.say("date.day", year=day.year, month=day.month, day=day.day)

    def share_kind(self, n: int, of: int) -> str:
        """How many `n` units of `of` are: `few`, `some`, `most`, `nearly_all`; empty where the number alone has to speak.

        More than four fifths 普遍, more than half 多数, both for four units or more; one to three units 个别, four or more
        部分, both for up to three tenths. Limits: thresholds `word_*` of the year.
        """
        if not n or not of:
            return ""
        limits = self.reference.thresholds
        share, is_few = n / of, n <= limits["word_few_units"]
        if share <= limits["word_some_to"]:
            return "few" if is_few else "some"
        if is_few or share <= limits["word_most_from"]:
            return ""
        return "nearly_all" if share > limits["word_nearly_all_from"] else "most"

    def some_units(self, n: int, of: int) -> str:
        """`n` of `of` units in a sentence: none, all, or the number with the customary word where there is one."""
        if n == 0:
            return self.say("some.none")
        if n == of:
            return self.say("some.all_one" if of == 1 else "some.all", n=self.count(n))
        kind = self.share_kind(n, of)
        if not kind:
            return self.say("some.number", n=self.units(n))
        phrase = "some.nearly_all" if kind == "nearly_all" else "some.units"
        return self.say(phrase, word=self.say(f"share.{kind}"), n=self.units(n))
