"""A year of `data/clean` as a notebook sees it; `analysis.notebook` says what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from pathlib import Path

import pandas as pd

from analysis.folders import find_folders
from analysis.notebook.asked_year import check_asked
from analysis.notebook.clean_tables import CleanTables
from analysis.notebook.names import Names
from analysis.notebook.panels import Browsed, FigurePanel, UnitPanel
from analysis.notebook.parts import Category, Unit
from analysis.notebook.picture import Picture, make_picture
from analysis.notebook.rows import Rows, Wanted, with_names
from analysis.notebook.shown import ROWS, bench_hints, described, shown_table
from analysis.notebook.traces import Trace, trace
from analysis.notebook.unknown import UnknownAttribute, UnknownName, say, unknown
from analysis.present import open_points, summaries
from analysis.present.answers import ANSWERS, Answer, answer
from analysis.present.answers_year import YEAR_ANSWERS
from analysis.present.assessment_record import calendar_table
from analysis.present.assessment_tables import ASSESSMENT_TABLES
from analysis.present.chart_indicator import (
    INDICATOR_TABLES,
    compared_figures,
    context_of,
    indicator_table,
    may_be_compared,
)
from analysis.present.context import Context, make_context
from analysis.present.labels import Lang
from analysis.present.public_tables import public_city_figures
from analysis.present.save_charts import CHARTS, meeting_charts, open_table
from analysis.present.tables_html import HtmlTable, to_html
from analysis.present.unit_profile import UNIT_TABLES, in_own_units
from analysis.present.worked_rate import NoRate, WorkedRate, worked_rate
from analysis.present.year_tables import YEAR_TABLES
from analysis.reference import Reference, load_reference
from analysis.reference.scheme import load_scheme, terms_with_scheme

LONG_TABLE = 15
OF_ONE_UNIT = ("profile", "unit_questions", "unit_cells")  # answers and tables that say nothing without a unit


@dataclass(frozen=True)
class Year:
    """A year of `data/clean/`, with the words of one language."""

    year: int
    tables: CleanTables
    reference: Reference
    lang: Lang

    @cached_property
    def context(self) -> Context:
        """Words and coverage of the year."""
        return make_context(self.tables["units"], self.reference, self.lang, open_table(self.tables, self.reference))

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table of `data/clean/<year>/` by its name: full numbers, for the office alone."""
        if name.startswith("_") or name not in CleanTables.names:
            raise UnknownAttribute(*unknown("attribute", name, dir(self)).args)
        return self.tables[name]

    def __dir__(self) -> list[str]:
        return sorted([*(name for name in super().__dir__() if not name.startswith("_")), *CleanTables.names])

    @cached_property
    def names(self) -> Names:
        """What names of units, categories, indicators and charts mean."""
        return Names(self.reference)

    @cached_property
    def item_names(self) -> Mapping[str, str]:
        """What the items of the scheme of the term are called, by code; empty in a year without a scheme."""
        folder = self.tables.data_dir
        schemes = [load_scheme(folder, term, self.reference) for term in terms_with_scheme(folder)]
        own = [scheme for scheme in schemes if self.year in scheme.term.years]
        return {item.code: self.context.words.pick(item) for scheme in own for item in scheme.items}

    def unit(self, name: str) -> Unit:
        """One unit by code or name: its profile, rates, queries, trace, scorecard; raises UnknownName."""
        return Unit(self.names.unit(name), self)

    def category(self, name: str) -> Category:
        """One programme or line of a form by code or name: its rates and charts; raises UnknownName."""
        return Category(self.names.category(name), self)

    def pick(self, name: str, **filters: Wanted) -> pd.DataFrame:
        """Rows of a table as they may leave the office, as an ordinary DataFrame of codes and fractions.

        `year.pick("rates", unit="财政局", indicator="总体参与率", status="ok")`: `unit`, `indicator` and `category` take
        codes or names, any other keyword is a column. Hidden numbers are null. Raises UnknownName.
        """
        return Rows(self.tables, self.names).pick(name, **filters)

    def show(self, what: str | pd.DataFrame, *, rows: int | None = ROWS, **filters: Wanted) -> HtmlTable:
        """The same in words, or any DataFrame of ours in words; the first `rows`, all with None."""
        words = self.context.words
        if not isinstance(what, str):
            return shown_table(with_names(what, self.reference), words, words.say("bench.rows", n=len(what)), rows)
        table = self.pick(what, **filters)
        title = words.label(self.names.table(what, self.tables.names), "clean_table")
        return shown_table(table, words, words.say("bench.shown", what=title, n=words.count(len(table))), rows)

    def browse(self, name: str, **filters: Wanted) -> Browsed:
        """The same as a table to search and sort; only for JupyterLab, in `00_start` and `90_explore`."""
        return Browsed(self, name, filters)

    def unit_panel(self, unit: str = "") -> UnitPanel:
        """The profile of a unit, to be chosen by clicks; only for JupyterLab, in `00_start` and `90_explore`."""
        return UnitPanel(self, self._code(unit))

    def figure_panel(self) -> FigurePanel:
        """One figure of all units, to be chosen by clicks; only for JupyterLab, in `00_start` and `90_explore`."""
        return FigurePanel(self)

    def other(self, year: int) -> Year:
        """Another year of the same folder in the same language; raises UnknownName."""
        return open_year(year, self.lang, self.tables.data_dir)

    def describe(self, name: str) -> HtmlTable:
        """What the columns of a table of `data/clean` mean."""
        return described(self.names.table(name, self.tables.names), self.tables.data_dir, self.context.words)

    def trace(self, unit: str, indicator: str = "", category: str = "", full: bool = False) -> Trace:
        """From the figures of a unit, or the one named, to the cells behind them; `.cells` is the DataFrame.

        A number that must not leave the office shows no cells, and cells with few people no contents, unless `full` asks
        for them (inside the office). Raises UnknownName.
        """
        figure = self.names.figure(indicator, category) if indicator or category else ("", "")
        return trace(self.tables, self.context.words, self.names.unit(unit), *figure, full=full)

    def answer(self, name: str, unit: str = "") -> Answer:
        """The answer of a notebook, such as `intake` or `change`; `profile` is of one unit. Raises UnknownName."""
        if name not in (known := (*ANSWERS, *YEAR_ANSWERS)):
            raise unknown("answer", str(name), known)
        with self._told_of(unit):
            return answer(name, self.tables, self.context, self._needed("answer", name, unit))

    def worked_rate(self, unit: str = "") -> WorkedRate:
        """One rate with the cells behind it, of the unit given or of the smallest example that may be shown."""
        with self._told_of(unit):
            return worked_rate(self.tables, self.reference, self._code(unit))

    @property
    def charts(self) -> list[str]:
        """The codes of the charts that this year has the tables for."""
        return [code for code, chart in CHARTS.items() if chart.is_possible(self.tables)]

    def meeting_charts(self) -> list[Picture | HtmlTable]:
        """Every chart of the year that the meeting sees, each followed by its table."""
        return [shown for code in meeting_charts(self.tables) for shown in (self.chart(code), self.chart_table(code))]

    def chart(self, name: str, *, indicator: str = "", category: str = "") -> Picture:
        """A chart by code or name (`C5`, `漏斗图`, `funnel`); nothing stays open.

        `strip` and `funnel` also show another figure: `indicator="I06"`, `category="敬老"`. Raises UnknownName.
        """
        code = self.names.chart(name)
        chart, table = CHARTS[code], self.chart_data(name, indicator=indicator, category=category)
        context = self._context_of(code, indicator, category)
        return make_picture(code, chart.finding(table, context), chart.draw(table, context))

    def chart_data(self, name: str, *, indicator: str = "", category: str = "") -> pd.DataFrame:
        """The table behind a chart, in codes and fractions."""
        code = self.names.chart(name)
        if indicator or category:
            return indicator_table(code, self.tables, self.reference, *self._figure(code, indicator, category))
        if not CHARTS[code].is_possible(self.tables):
            raise unknown("chart_of_year", name, self.charts)
        return CHARTS[code].table(self.tables, self.reference)

    def chart_table(self, name: str, *, indicator: str = "", category: str = "") -> HtmlTable:
        """The table behind a chart in words; a long one is folded."""
        table, code = self.chart_data(name, indicator=indicator, category=category), self.names.chart(name)
        caption = self.context.words.say("table.caption", chart=code, n=len(table))
        return to_html(table, self.context.words, caption, chart=code, folded=len(table) > LONG_TABLE)

    def _figure(self, code: str, indicator: str, category: str) -> tuple[str, str]:
        """The figure that a chart is asked to show; raises UnknownName where it cannot."""
        if code not in INDICATOR_TABLES:
            raise unknown("chart_of_any", code, INDICATOR_TABLES)
        figure = self.names.figure(indicator, category)
        if not may_be_compared(self.tables, self.reference, *figure):
            words, known = self.context.words, compared_figures(self.tables)
            raise unknown("figure", words.figure(*figure), [words.figure(*one) for one in known], every=True)
        return figure

    def _context_of(self, code: str, indicator: str, category: str) -> Context:
        figure = self.names.figure(indicator, category) if indicator or category else None
        return context_of(code, self.context, *figure) if figure else self.context

    def _code(self, unit: str) -> str:
        return self.names.unit(unit) if unit else ""

    def _needed(self, call: str, name: str, unit: str) -> str:
        """The code of the unit of a call, which some answers and tables cannot do without."""
        if name in OF_ONE_UNIT and not unit:
            raise UnknownName(say("needs_unit", call=call, name=name, unit=self.reference.units[0].short_name))
        return self._code(unit)

    def _of_unit(self, make: Callable[..., pd.DataFrame], name: str, unit: str) -> pd.DataFrame:
        """A table of one unit, or of the example of the year where it can do without."""
        return make(self.tables, self._needed("table", name, unit), self.reference)

    @contextmanager
    def _told_of(self, unit: str) -> Iterator[None]:
        """Says in words that a unit has no rate to work out."""
        try:
            yield
        except NoRate:
            raise UnknownName(say("no_rate", unit=unit)) from None

    def table(self, name: str, unit: str = "") -> HtmlTable:
        """One of the small tables in words; a long one is folded. Tables of `UNIT_TABLES` are of one unit."""
        table = self.summary(name, unit)
        if name == "profile":
            table = in_own_units(table, self.context.words)
        caption = self.context.words.say(f"table.{name}", n=len(table))
        return to_html(table, self.context.words, caption, folded=len(table) > LONG_TABLE)

    def summary(self, name: str, unit: str = "") -> pd.DataFrame:
        """The same in codes and fractions; raises UnknownName."""
        own: dict[str, Callable[[], pd.DataFrame]] = {
            **{known: partial(make, self.tables, self.reference) for known, make in YEAR_TABLES.items()},
            **{
                known: partial(make, self.tables, self.reference, self.lang)
                for known, make in ASSESSMENT_TABLES.items()
            },
            **{known: partial(self._of_unit, make, known, unit) for known, make in UNIT_TABLES.items()},
            "files_by_state": lambda: summaries.files_by_state(self.submissions),
            "files_set_aside": lambda: summaries.files_set_aside(self.submissions),
            "queries_by_rule": lambda: summaries.queries_by_rule(self.queries),
            "open_by_act": lambda: open_points.open_by_act(self.queries, self.reference),
            "open_by_form": lambda: open_points.open_by_form(self.queries, self.reference),
            "open_by_unit": lambda: open_points.open_by_unit(self.queries, self.quality, self.units),
            "open_by_result": lambda: open_points.open_by_result(self.rates, self.units),
            "facts_by_status": lambda: summaries.facts_by_status(self.facts),
            "city_figures": lambda: public_city_figures(self.tables, self.reference),
            "groups_compared": lambda: summaries.groups_compared(self.chart_data("C5")),
            "calendar": lambda: calendar_table(self.tables, self.tables.data_dir, self.reference, self.lang),
            "units_outside": lambda: summaries.units_outside(self.chart_data("C5")),
            "spot_checks": lambda: summaries.spot_check_list(self.tables["screening"], self.reference),
            "units_not_compared": lambda: summaries.units_not_compared(self.chart_data("C5")),
        }
        if name not in own:
            raise unknown("summary", str(name), own)
        with self._told_of(unit):
            return own[name]()

    def _repr_html_(self) -> str:
        words = self.context.words
        said = words.say(
            "bench.year", year=self.year, city=words.pick(self.reference.city), n=words.units(len(self.units))
        )
        hints = "".join(f"<li><code>{code}</code> {escape(what)}</li>" for code, what in bench_hints(words))
        return f"<p><strong>{escape(said)}</strong></p><ul>{hints}</ul>"

    def __repr__(self) -> str:
        return f"open_year({self.year})"


def open_year(year: int, lang: Lang = "zh", data_dir: Path | None = None) -> Year:
    """The year as it stands in `data/clean`; raises UnknownName, with the years that do and what to run, when it does not."""
    folder = data_dir or find_folders().data
    check_asked(year, lang, folder)
    return Year(year, CleanTables(folder, year), load_reference(folder, year), lang)
