"""The words that the value grammars know, as they stand in the reference data: built once, asked often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from analysis.etl.tidy import tidy

_LARGEST_DENOMINATOR = 1_000_000


class WrittenUnit(Protocol):
    """One way of writing a unit of measure: a line of `measure_units.csv`."""

    @property
    def measure_unit(self) -> str: ...
    @property
    def written(self) -> str: ...
    @property
    def factor(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists (list -> word -> meaning) and written units (unit of measure -> writing -> factor), all in tidy form.

    `by_length` gives the words of each list, longest first, so that the longest word at the start or end of a text
    is found first.
    """

    words: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Mapping[str, Fraction]]
    by_length: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_words(cls, words: Mapping[str, Mapping[str, str]], measure_units: Iterable[WrittenUnit]) -> Lexicon:
        """The lexicon of the lists of `reference.words` and the lines of `measure_units.csv`.

        Two spellings that are one in tidy form (％ and %) give one word; the first stands.
        """
        lists = tuple((name, tuple(entries.items())) for name, entries in words.items())
        return _build(lists, tuple((unit.measure_unit, unit.written, unit.factor) for unit in measure_units))

    def meaning(self, name: str, word: str) -> str | None:
        """What the word means in the list; None when it does not stand there."""
        return self.words.get(name, {}).get(word)

    def has(self, name: str, word: str) -> bool:
        return word in self.words.get(name, {})

    def start(self, name: str, text: str) -> str:
        """The longest word of the list with which the text starts; empty when there is none."""
        return next((word for word in self.by_length.get(name, ()) if text.startswith(word)), "")

    def end(self, name: str, text: str) -> str:
        """The longest word of the list with which the text ends; empty when there is none."""
        return next((word for word in self.by_length.get(name, ()) if text.endswith(word)), "")

    def inside(self, name: str, text: str) -> str:
        """The longest word of the list that stands somewhere in the text; empty when there is none."""
        return next((word for word in self.by_length.get(name, ()) if word in text), "")

    def factor(self, measure_unit: str, written: str) -> Fraction | None:
        """What a number with this unit is multiplied with; None when the unit is not one of the field."""
        return self.units.get(measure_unit, {}).get(written)

    def other_measure(self, measure_unit: str, written: str) -> str:
        """Another unit of measure that is written this way; empty when there is none."""
        return next((name for name, writings in self.units.items() if name != measure_unit and written in writings), "")

    def limit(self, name: str) -> Fraction | None:
        """The largest number of the list `limit` for this kind of field, if any."""
        written = self.meaning("limit", name)
        return Fraction(written) if written else None


@lru_cache(maxsize=8)
def _build(
    lists: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], measure_units: tuple[tuple[str, str, float], ...]
) -> Lexicon:
    words: dict[str, dict[str, str]] = {}
    for name, entries in lists:
        for word, meaning in entries:
            if tidy(word):
                words.setdefault(name, {}).setdefault(tidy(word), meaning)
    units: dict[str, dict[str, Fraction]] = {}
    for measure_unit, written, factor in measure_units:
        exact = Fraction(factor).limit_denominator(_LARGEST_DENOMINATOR)
        units.setdefault(measure_unit, {}).setdefault(tidy(written), exact)
    by_length = {name: tuple(sorted(entries, key=lambda word: (-len(word), word))) for name, entries in words.items()}
    return Lexicon(words, units, by_length)
