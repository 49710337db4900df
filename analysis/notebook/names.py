"""What an analyst types -> the code: units, categories, indicators, charts, tables, columns and their values.

A code, a name in Chinese or English, or the only name that contains the text; never a guess between two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.etl.names import CategoryNames, UnitNames
from analysis.etl.text import normal_form
from analysis.notebook.unknown import UnknownName, ambiguous, unknown
from analysis.present.chart_tables import BY_CATEGORY
from analysis.present.labels import Lang, load_phrases
from analysis.present.save_charts import CHARTS
from analysis.reference import Reference

CODED = ("chart", "indicator", "value")  # kinds that people know by code as well
NAMED = "chart_name."


def choose(kind: str, text: str, names: Mapping[str, Iterable[str]]) -> str:
    """The code among `names` (code -> what it is called) that a text means; raises UnknownName for none or several."""
    wanted = normal_form(str(text)).casefold()
    forms = {code: [normal_form(name).casefold() for name in (code, *called)] for code, called in names.items()}
    exact = [code for code, called in forms.items() if wanted in called]
    found = exact or [code for code, called in forms.items() if wanted and any(wanted in name for name in called)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ambiguous(kind, str(text), [_told(kind, code, names) for code in found])
    apart = [code for code, called in forms.items() if any(_holds(name, wanted) for name in called)]
    if len(apart) > 1:
        raise ambiguous(kind, str(text), [_told(kind, code, names) for code in apart])
    called = {_told(kind, code, names): all_forms for code, all_forms in forms.items()}
    raise unknown(kind, str(text), called, called=called)


def _told(kind: str, code: str, names: Mapping[str, Iterable[str]]) -> str:
    """How a thing is listed."""
    called = list(names[code]) or [code]
    return " ".join(dict.fromkeys((code, *called[:2]))) if kind in CODED else called[0]


def _holds(name: str, text: str) -> bool:
    """Whether a Chinese name is written in the characters of a text and more between them: `市财政局` of `市局`."""
    rest = iter(name)
    return len(text) > 1 and not text.isascii() and all(one in rest for one in text)


@dataclass(frozen=True)
class Names:
    """The names of a year's reference data, ready to be looked up."""

    reference: Reference

    @cached_property
    def _units(self) -> UnitNames:
        return UnitNames(self.reference)

    @cached_property
    def _categories(self) -> CategoryNames:
        return CategoryNames(self.reference)

    def unit(self, text: str) -> str:
        """The code of a unit by its code, any of its names, or the only short name that contains the text."""
        match = self._units.resolve(str(text))
        if match.candidates:
            raise ambiguous("unit", text, map(self._units.short_name, match.candidates))
        found = self._units.code_of(str(text)) or match.code
        return found or choose("unit", text, {unit.code: (unit.short_name,) for unit in self.reference.units})

    def category(self, text: str) -> str:
        """The code of a programme, by its aliases too, or of a line of a form that figures are made of."""
        items = self._items
        if text in items:
            return text
        read = self._categories.resolve(text)
        if read.text is not None and read.case != "other":
            return read.text
        return choose("category", text, items)

    @cached_property
    def _items(self) -> dict[str, tuple[str, ...]]:
        lines = {field.item for field in self.reference.fields if field.item}
        programmes: dict[str, tuple[str, ...]] = {
            category.code: (category.zh, category.en) for category in self.reference.categories
        }
        known = [code for code in sorted(lines) if code in self.reference.labels and code not in programmes]
        labels = {code: self.reference.label(code) for code in known}
        return {**programmes, **{code: (label.zh, label.en) for code, label in labels.items()}}

    def indicator(self, text: str) -> str:
        """The code of an indicator."""
        return choose("indicator", text, {code: (one.zh, one.en) for code, one in self.reference.indicators.items()})

    def figure(self, indicator: str = "", category: str = "") -> tuple[str, str]:
        """Codes of an indicator and a category; a category alone is participation in it.

        What is no indicator but a category may stand for the indicator: a chart of `敬老爱老助老` is one of that programme.
        """
        if category:
            return self.indicator(indicator or BY_CATEGORY), self.category(category)
        try:
            return self.indicator(indicator), ""
        except UnknownName as fault:
            try:
                return BY_CATEGORY, self.category(indicator)
            except UnknownName:
                raise fault from None

    def chart(self, text: str) -> str:
        """The code of a chart by its code, the name of its file, or what `phrases.csv` calls it."""
        names = {}
        for code, chart in CHARTS.items():
            label = load_phrases().get(NAMED + code)
            file = chart.file.partition("_")[2]
            names[code] = (label.zh, label.en, file) if label else (file,)
        return choose("chart", text, names)

    def chart_name(self, code: str, lang: Lang) -> str:
        """What a chart is called; its code where `phrases.csv` has no name for it."""
        label = load_phrases().get(NAMED + code)
        return code if label is None else label.zh if lang == "zh" else label.en

    def table(self, text: str, names: Iterable[str]) -> str:
        """One of these tables of `data/clean`."""
        return choose("table", text, dict.fromkeys(names, ()))
