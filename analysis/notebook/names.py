"""What an analyst types -> the code: units, categories, indicators, charts, tables, columns and their values.

A code, a name in Chinese or English, or the only name that contains the text; never a guess between two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.etl.names import CategoryNames, UnitNames
from analysis.etl.text import normal_form
from analysis.present.chart_tables import BY_CATEGORY
from analysis.present.labels import LANGS, Lang, load_phrases
from analysis.present.save_charts import CHARTS
from analysis.reference import Reference

FEW = 12  # so many names are all listed, when none is near
NEAR = 3
ALIKE = 45.0  # rapidfuzz's ratio from which a name is worth suggesting
CODED = ("chart", "indicator", "value")  # kinds that people know by code as well
NAMED = "chart_name."


class UnknownName(KeyError):
    """Nothing of that name, or more than one thing; the text says what there is, the nearest first."""

    def __str__(self) -> str:
        return str(self.args[0])


def unknown(kind: str, text: str, known: Iterable[str], several: bool = False) -> UnknownName:
    """The error for a text of a kind (`kind.unit` in phrases.csv): the nearest names, or all when they are few."""
    from rapidfuzz import fuzz, process

    names = list(dict.fromkeys(known))
    near = process.extract(text, names, scorer=fuzz.WRatio, limit=NEAR, score_cutoff=ALIKE)
    told = names if several or len(names) <= FEW else [name for name, _, _ in near]
    ends = {
        lang: phrase("several" if several else "near" if told else "nothing_near", lang, names=listed(told, lang))
        for lang in LANGS
    }
    heads = {lang: phrase("unknown", lang, kind=phrase(kind, lang), text=text) for lang in LANGS}
    return UnknownName(f"{heads['zh']}{ends['zh']} | {heads['en']} {ends['en']}")


def phrase(code: str, lang: str, **values: str) -> str:
    """A phrase of the bench."""
    label = load_phrases()[f"bench.{code}"]
    return (label.zh if lang == "zh" else label.en).format(**values)


def listed(names: Iterable[str], lang: str) -> str:
    """Names one after another."""
    return ("、" if lang == "zh" else ", ").join(names)


def choose(kind: str, text: str, names: Mapping[str, Iterable[str]]) -> str:
    """The code among `names` (code -> what it is called) that a text means; raises UnknownName for none or several."""
    wanted = normal_form(str(text)).casefold()
    forms = {code: [normal_form(name).casefold() for name in (code, *called)] for code, called in names.items()}
    exact = [code for code, called in forms.items() if wanted in called]
    found = exact or [code for code, called in forms.items() if wanted and any(wanted in name for name in called)]
    if len(found) == 1:
        return found[0]
    firsts = {code: next(iter(names[code]), code) for code in (found or names)}
    told = [f"{code} {first}" if kind in CODED and code != first else first for code, first in firsts.items()]
    raise unknown(kind, str(text), told, several=bool(found))


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
        match = self._units.resolve(text)
        found = self._units.code_of(text) or match.code
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
