"""The words by which a layout is understood, made ready for matching. The words themselves are reference data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from analysis.etl.text import normal_form, without_brackets

_MOST_REMEMBERED = 20_000  # answers kept for each list, since the same texts are asked about again and again

Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Matcher:
    """One list of words. Each word says in `meaning` how it is meant.

    `is`, `starts`, `ends`: compared in normal form. `matches`: a regular expression over the whole normal form.
    """

    exact: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    pattern: re.Pattern[str] | None
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, words: Words, name: str) -> Matcher:
        """The matcher of the list `name`; an absent list matches nothing."""
        listed: dict[str, list[str]] = {"is": [], "starts": [], "ends": [], "matches": []}
        for word, meaning in words.get(name, {}).items():
            listed.setdefault(meaning, []).append(word if meaning == "matches" else normal_form(word))
        patterns = [f"(?:{word})" for word in listed["matches"]]
        return cls(
            frozenset(listed["is"]) - {""},
            tuple(word for word in listed["starts"] if word),
            tuple(word for word in listed["ends"] if word),
            re.compile("|".join(patterns), re.DOTALL) if patterns else None,
        )

    def __call__(self, text: str) -> bool:
        """Whether the normal form `text` is one of these words."""
        answer = self.known.get(text)
        if answer is None:
            answer = self._matches(text)
            if len(self.known) < _MOST_REMEMBERED:
                self.known[text] = answer
        return answer

    def _matches(self, text: str) -> bool:
        if text in self.exact or (self.starts and text.startswith(self.starts)):
            return True
        if self.ends and text.endswith(self.ends):
            return True
        return self.pattern is not None and self.pattern.fullmatch(text) is not None


class LayoutWords:
    """All lists of `words/layout.csv` as matchers on normal forms."""

    def __init__(self, words: Words) -> None:
        def matcher(name: str) -> Matcher:
            return Matcher.of(words, f"layout_{name}")

        self.total = matcher("total")
        self.total_edge = matcher("total_edge")
        self.among = matcher("among")
        self.note = matcher("note")
        self.footer = matcher("footer")
        self.meta = matcher("meta")
        self.title = matcher("title")
        self.continued = matcher("continued")
        self.page = matcher("page")
        self.example = matcher("example")
        self.serial = matcher("serial")
        self.code = matcher("code")
        self.remark = matcher("remark")
        self.header = matcher("header")
        self.header_value = matcher("header_value")
        self.period = matcher("period")
        self.date = matcher("date")
        self.unit = matcher("unit")
        self.empty = matcher("empty")
        self.number_stub = matcher("column_number")
        self.number_label = matcher("column_number_label")
        self.number_value = matcher("column_number_value")
        outline = words.get("layout_outline", {})
        self._outline = tuple((int(level), re.compile(pattern)) for pattern, level in outline.items())
        self._hints: dict[str, bool] = {}

    @cached_property
    def number_with_unit(self) -> re.Pattern[str]:
        """A number followed by a unit of measure: 50人, 2.5万元."""
        units = sorted((re.escape(unit) for unit in self.unit.exact if not unit.startswith("/")), key=len, reverse=True)
        return re.compile(r"[约近]?([-+]?[\d,]*\d(?:\.\d+)?)(?:" + ("|".join(units) or "$") + ")")

    def outline_level(self, text: str) -> int:
        """Level of the ordinal that a label begins with (1: 一、 2: (一) 3: 1. 4: (1)), 0 without one."""
        return next((level for level, pattern in self._outline if pattern.match(text)), 0)

    def names_column(self, text: str) -> bool:
        """Whether the text is one that heads a column: ends in a word such as 人数, or is a period such as 2024年."""
        if text not in self._hints:
            bare = without_brackets(text)
            self._hints[text] = len(bare) <= 24 and (self.header(bare) or self.header(text) or self.period(bare))
        return self._hints[text]

    def is_total(self, text: str) -> bool:
        """Whether a label is that of a total or sub-total."""
        return len(text) <= 24 and (self.total(text) or self.total(without_brackets(text)))

    def is_total_word(self, text: str) -> bool:
        """Whether a label is that of a total of the whole table by its word alone (not a sub-total such as 小计)."""
        return self.is_total(text) or self.total_edge(text)
