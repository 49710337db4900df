"""The charts that show one figure over all units (C2 strip, C5 funnel), drawn of another figure.

Drawing and finding are those of the chart; only the words that name the figure change: where `phrases.csv` has
`other.<phrase>`, that is said in place of the phrase, with the name of the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.measures.comparison import is_ranked
from analysis.measures.outside import apart
from analysis.present.chart_tables import OVERALL, VOLUNTEERS
from analysis.present.context import Context
from analysis.present.labels import Words, load_phrases
from analysis.present.public_tables import Tables, public_participation, public_volunteers
from analysis.reference import Reference

OTHER = "other."
NOT_COMPARED = "not_ranked"
OWN_FIGURES: Mapping[str, str] = MappingProxyType({"C2": OVERALL, "C5": VOLUNTEERS})


def participation_compared(tables: Tables, reference: Reference, indicator: str, category: str) -> pd.DataFrame:
    """The table of C2 without the units apart (that lead the programme, on shifts, new): they are compared with nobody."""
    table = public_participation(tables, reference, indicator, category)
    beside = apart(table.assign(indicator=indicator, category=category), reference)
    return table[beside == ""].reset_index(drop=True)


INDICATOR_TABLES: Mapping[str, Callable[[Tables, Reference, str, str], pd.DataFrame]] = MappingProxyType(
    {"C2": participation_compared, "C5": public_volunteers}
)


@dataclass(frozen=True)
class FigureWords(Words):
    """Words that name one figure where the chart names its own."""

    figure_name: str = ""
    numerator: str = ""
    denominator: str = ""

    def say(self, phrase: str, **values: Any) -> str:
        """A phrase, that of the figure where there is one."""
        if OTHER + phrase not in load_phrases():
            return super().say(phrase, **values)
        names = {"figure": self.figure_name, "above": self.numerator, "below": self.denominator}
        return super().say(OTHER + phrase, **names, **values)


def compared_figures(tables: Tables) -> list[tuple[str, str]]:
    """The figures on which units are compared at all: indicator and category, in the order of the tables."""
    compared = tables["comparison"]
    rows = compared[compared["class"] != NOT_COMPARED]
    return list(dict.fromkeys(zip(rows["indicator"], rows["category"].fillna("").astype("str"), strict=True)))


def may_be_compared(tables: Tables, reference: Reference, indicator: str, category: str) -> bool:
    """Whether a chart of units may show the figure, also in a year in which nobody could be compared on it."""
    compared = tables["comparison"]
    told = ((compared["indicator"] == indicator) & (compared["category"].fillna("") == category)).any()
    return bool(told) and is_ranked(indicator, category, reference)


def indicator_table(code: str, tables: Tables, reference: Reference, indicator: str, category: str) -> pd.DataFrame:
    """The table of the chart for a figure of which `may_be_compared` is true, as it may leave the office."""
    return INDICATOR_TABLES[code](tables, reference, indicator, category)


def context_of(code: str, context: Context, indicator: str, category: str) -> Context:
    """The context in which the chart speaks of this figure; the chart's own figure keeps its own words."""
    if (indicator, category) == (OWN_FIGURES[code], ""):
        return context
    words, definition = context.words, context.reference.indicators[indicator]
    named = FigureWords(
        words.reference,
        words.lang,
        words.figure(indicator, category),
        definition.numerator if words.lang == "zh" else words.say("bench.numerator"),
        definition.denominator if words.lang == "zh" else words.say("bench.denominator"),
    )
    still_open = context.open_groups.get(indicator, ())
    return replace(context, words=named, open_groups=dict.fromkeys((OVERALL, VOLUNTEERS), still_open))
