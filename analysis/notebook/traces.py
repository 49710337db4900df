"""From a figure to the cells that it is made of, as a notebook shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

import pandas as pd

from analysis.measures.disclosure import UNIT
from analysis.measures.disclosure_tables import by_key
from analysis.measures.figure_cells import Figure, trace_figures
from analysis.notebook.shown import in_figures
from analysis.notebook.unknown import UnknownName, say
from analysis.present.labels import LANGS, Words
from analysis.present.tables_html import as_text, to_html

Tables: TypeAlias = Mapping[str, pd.DataFrame]
CELLS = ["side", "raw", "value", "status", "form", "file", "sheet", "cell"]
FIGURE = ["indicator", "category", "numerator", "denominator", "rate", "ci_low", "ci_high"]
CONTENTS = ["raw", "value"]
ASKED = ["form", "sheet", "cell", "rule", "treatment"]


@dataclass(frozen=True)
class Trace:
    """Figures of one unit, each with the cells of its two sides and the open questions at them.

    `hidden` holds indicator and category of those whose number must not leave the office: their cells are not shown. Of
    other figures the cells are shown without their contents when one holds a number below `few`, and texts never; with 0
    all is shown.
    """

    unit_code: str
    figures: tuple[Figure, ...]
    hidden: frozenset[tuple[str, str]]
    words: Words
    few: float = 0.0

    @property
    def cells(self) -> pd.DataFrame:
        """One row per cell behind the figures that may be shown: side of the fraction, raw text, value, file and place."""
        parts = [self._cells(figure) for figure in self.figures if _key(figure) not in self.hidden]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CELLS)

    def _repr_html_(self) -> str:
        return "\n".join(self._figure_html(figure) for figure in self.figures)

    def __repr__(self) -> str:
        return "\n".join(map(self._title, self.figures))

    def _title(self, figure: Figure) -> str:
        name = self.words.reference.unit(self.unit_code).short_name
        if _key(figure) in self.hidden:
            line = self.words.figure(*_key(figure))
            return self.words.say("bench.trace_hidden", unit=name, figure=f"{_key(figure)[0]} {line}")
        row = pd.DataFrame([figure.rate.to_dict()])[FIGURE]
        shown = in_figures(row, self.words).to_dict("records")[0]
        limits = "bench.trace" if pd.notna(shown["ci_low"]) else "bench.trace_without"
        texts = {column: as_text(shown[column], column, self.words) for column in FIGURE[2:]}
        return self.words.say(
            limits,
            unit=name,
            figure=f"{_key(figure)[0]} {self.words.figure(*_key(figure))}",
            state=self.words.label(str(figure.rate["status"]), "status"),
            **texts,
        )

    def _figure_html(self, figure: Figure) -> str:
        title = f"<p><strong>{escape(self._title(figure))}</strong></p>"
        if _key(figure) in self.hidden:
            return title
        cells = self._cells(figure)
        sides = [self.words.say(f"bench.{side}") for side in cells["side"]]
        phrase = "bench.cells" if set(CONTENTS) <= set(cells) else "bench.cells_without"
        caption = self.words.say(phrase, n=self.words.count(len(cells)))
        parts = [title, to_html(cells.assign(side=pd.Series(sides, dtype="str")), self.words, caption).html]
        if len(figure.queries):
            caption = self.words.say("table.unit_questions", n=self.words.count(len(figure.queries)))
            parts.append(to_html(figure.queries[ASKED], self.words, caption).html)
        return "\n".join(parts)

    def _cells(self, figure: Figure) -> pd.DataFrame:
        sides = (("numerator", figure.numerator), ("denominator", figure.denominator))
        cells = pd.concat([side.assign(side=name) for name, side in sides], ignore_index=True)[CELLS]
        if not self.few:
            return cells
        if ((cells["value"] > 0) & (cells["value"] < self.few)).any():
            return cells.drop(columns=CONTENTS)
        return cells.assign(raw=cells["raw"].where(cells["value"].notna()))


def trace(tables: Tables, words: Words, unit_code: str, indicator: str, category: str, full: bool) -> Trace:
    """The figures of a unit, or the one named; raises UnknownName when the unit has no such figure."""
    found = trace_figures(tables, words.reference, unit_code)
    if indicator:
        found = [figure for figure in found if _key(figure) == (indicator, category)]
    if not found:
        spoken = (
            {lang: Words(words.reference, lang).figure(indicator, category) for lang in LANGS} if indicator else "—"
        )
        raise UnknownName(say("no_figure", unit=words.reference.unit(unit_code).short_name, figure=spoken))
    known = by_key(tables["hidden"])
    hidden = {key for key in map(_key, found) if (UNIT, unit_code, *key) in known}
    if full:
        return Trace(unit_code, tuple(found), frozenset(), words)
    return Trace(unit_code, tuple(found), frozenset(hidden), words, words.reference.thresholds["suppress_people_below"])


def _key(figure: Figure) -> tuple[str, str]:
    category = figure.rate["category"]
    return str(figure.rate["indicator"]), category if isinstance(category, str) else ""
