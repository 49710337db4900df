"""From a figure of a unit to its cells: where each stands, what was written there and how it was read."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from analysis.measures.figure_cells import Figure
from analysis.present.site_html import Html, el, join
from analysis.present.site_page import Both, pair
from analysis.reference import Reference

Record: TypeAlias = Mapping[Any, Any]
TEXT, PLAIN, NOTHING = "text", "reported", "—"
COLUMNS = ("form", "item", "measure", "file", "sheet", "cell", "raw", "value", "text", "status", "rule")


def slug(indicator: str, category: str) -> str:
    """How the figure is called in addresses."""
    return f"{indicator}-{category}" if category else indicator


def number(value: object) -> str:
    """A number without needless digits, a dash for none."""
    found = math.nan if value is None or value is pd.NA else float(str(value))
    return NOTHING if math.isnan(found) else f"{found:.10g}"


@dataclass(frozen=True)
class Cells:
    """What may be said of cells. Texts of people (problems, measures, names of documents) are never shown."""

    reference: Reference
    both: Both

    @cached_property
    def free_texts(self) -> Collection[tuple[str, str]]:
        """Forms and measures that hold free text."""
        return {(field.form, field.measure) for field in self.reference.fields if field.type == TEXT}

    @cached_property
    def headings(self) -> Mapping[tuple[str, str, str], str]:
        """What is printed on the form above or beside a field."""
        named = {}
        for field in self.reference.fields:
            words = "·".join(part for part in (field.header_group_zh, field.header_zh) if part)
            named[field.form, field.item, field.measure] = words
        return named

    def is_free_text(self, form: object, field: object) -> bool:
        """Whether a field of a query or a fact (`item.measure` or `measure`) holds free text."""
        return (str(form), str(field).rpartition(".")[2]) in self.free_texts

    def figure(self, found: Figure) -> Iterator[Html]:
        """The cells of both sides of a figure, one table each."""
        for name, facts in (("numerator", found.numerator), ("denominator", found.denominator)):
            if len(facts):
                yield el("h4", pair(*(words.label(name, "column") for words in (self.both.zh, self.both.en))))
                yield from self._side(facts)
        if not len(found.numerator) and not len(found.denominator):
            yield el("p", self.both.say("site.no_cells"))

    def _side(self, facts: pd.DataFrame) -> Iterator[Html]:
        """One list for each field of each sheet; the cells in the order of the sheet."""
        columns = [facts[name].tolist() for name in COLUMNS]
        lists: dict[tuple[str, ...], list[Html]] = {}
        for form, item, measure, file, sheet, *rest in zip(*columns, strict=True):
            place = (str(file), str(sheet), str(form), item if isinstance(item, str) else "", str(measure))
            lists.setdefault(place, []).append(self._cell(place, *rest))
        for (file, sheet, form, item, measure), cells in lists.items():
            field = self.headings.get((form, item, measure), measure)
            where = (el("bdi", file), " · ", el("bdi", sheet), " · ", f"{form} {field}")
            yield el("p", where, class_="file")
            if (form, measure) in self.free_texts:
                yield el("p", el("em", self.both.say("site.free_text")))
            yield el("ul", cells, class_="cells")

    def _cell(
        self,
        place: tuple[str, ...],
        cell: object,
        raw: object,
        value: object,
        text: object,
        status: object,
        rule: object,
    ) -> Html:
        """Address and text of a cell; how it was read and why, where that is not plain."""
        parts: list[Html | str] = [el("b", str(cell))]
        if (place[2], place[4]) not in self.free_texts:
            read = text if isinstance(text, str) and text else number(value)
            parts += [" ", el("bdi", str(raw))]
            parts += [" → ", el("bdi", read)] if read not in (str(raw), NOTHING) else []
        if status != PLAIN:
            parts += [" ", el("small", self._state(str(status), rule))]
        return el("li", parts)

    def _state(self, status: str, rule: object) -> Html:
        words = (self.both.zh, self.both.en)
        state = pair(*(one.label(status, "status") for one in words))
        if not isinstance(rule, str) or not rule:
            return state
        return join(state, " · ", pair(*(one.rule(rule) for one in words)))
