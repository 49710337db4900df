"""What a notebook may use: the tables of a year, its charts, and sentences computed from them.

    year = open_year(YEAR)
    year.answer("participation")      the answer, in Chinese and English
    year.chart("C2")                  the picture
    year.chart_table("C2")            the table behind it, which strict nbval compares
    year.rates                        a table of data/clean/<year>/ as pandas reads it

`answer`, `chart`, `chart_data`, `chart_table`, `table` and `summary` are what may leave the office: small numbers and
what could tell them are hidden, as the table `hidden` says. The tables themselves (`year.rates` ...) are full: pages
made of them are for the office alone.

Everything shown comes from `data/clean/<year>/`; when that is missing, the error says to run `make report`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.etl.store import StoreFault, clean_years, read_table
from analysis.folders import find_folders
from analysis.present import open_points, summaries
from analysis.present.answers import Answer, answer
from analysis.present.assessment_record import calendar_table
from analysis.present.assessment_tables import ASSESSMENT_TABLES
from analysis.present.context import Context, make_context
from analysis.present.labels import Lang
from analysis.present.public_tables import public_city_figures
from analysis.present.save_charts import CHARTS, figure_bytes, open_table
from analysis.present.tables_html import HtmlTable, to_html
from analysis.present.unit_profile import UNIT_TABLES, in_own_units
from analysis.present.worked_rate import WorkedRate, worked_rate
from analysis.present.year_tables import YEAR_TABLES
from analysis.reference import Reference, load_reference

LONG_TABLE = 15
SCREEN_DPI = 110


class CleanTables(Mapping[str, pd.DataFrame]):
    """The tables of a year by name, each read when it is first asked for."""

    names = (
        *("submissions", "facts", "queries", "ledger", "units"),
        *("activities", "training", "pairings", "rectifications", "institutions", "targets", "exemplars"),
        *("participation", "quality", "months", "screening", "rates", "comparison", "hidden", "hidden_before"),
        *("group_rates", "denominators", "second_rates", "joint_activities", "city_activities"),
        *("change", "group_change"),
        *("assessment", "scorecards", "next_steps", "decisions", "rank_sensitivity"),
        *("rank_without", "scheme_switches", "total_sensitivity", "pairing_readings"),
    )

    def __init__(self, data_dir: Path, year: int) -> None:
        self._place = (data_dir, year)
        self.data_dir = data_dir
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = read_table(*self._place, name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Picture:
    """A chart as a PNG; its plain text is the code of the chart and its finding."""

    code: str
    finding: str
    png: bytes

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        return self.png, {"alt": self.finding}

    def __repr__(self) -> str:
        return f"[{self.code}] {self.finding}"


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

    @property
    def submissions(self) -> pd.DataFrame:
        return self.tables["submissions"]

    @property
    def facts(self) -> pd.DataFrame:
        return self.tables["facts"]

    @property
    def queries(self) -> pd.DataFrame:
        return self.tables["queries"]

    @property
    def units(self) -> pd.DataFrame:
        return self.tables["units"]

    @property
    def participation(self) -> pd.DataFrame:
        return self.tables["participation"]

    @property
    def months(self) -> pd.DataFrame:
        return self.tables["months"]

    @property
    def change(self) -> pd.DataFrame:
        return self.tables["change"]

    @property
    def group_change(self) -> pd.DataFrame:
        return self.tables["group_change"]

    @property
    def rates(self) -> pd.DataFrame:
        return self.tables["rates"]

    @property
    def screening(self) -> pd.DataFrame:
        return self.tables["screening"]

    @property
    def comparison(self) -> pd.DataFrame:
        return self.tables["comparison"]

    @property
    def hidden(self) -> pd.DataFrame:
        return self.tables["hidden"]

    @property
    def group_rates(self) -> pd.DataFrame:
        return self.tables["group_rates"]

    @property
    def denominators(self) -> pd.DataFrame:
        return self.tables["denominators"]

    @property
    def second_rates(self) -> pd.DataFrame:
        return self.tables["second_rates"]

    def answer(self, name: str, unit: str = "") -> Answer:
        """The answer of a notebook, such as `intake` or `change`; `profile` is of one unit."""
        return answer(name, self.tables, self.context, unit)

    def worked_rate(self, unit: str = "") -> WorkedRate:
        """One rate with the cells behind it, of the unit given or of the smallest example that may be shown."""
        return worked_rate(self.tables, self.reference, unit)

    def chart(self, code: str) -> Picture:
        """The chart `C1`, `C2` and so on; nothing stays open."""
        chart, table = CHARTS[code], self.chart_data(code)
        figure = chart.draw(table, self.context)
        return Picture(code, chart.finding(table, self.context), figure_bytes(figure, "png", SCREEN_DPI))

    def chart_data(self, code: str) -> pd.DataFrame:
        """The table behind a chart, in codes and fractions."""
        return CHARTS[code].table(self.tables, self.reference)

    def chart_table(self, code: str) -> HtmlTable:
        """The table behind a chart in words; a long one is folded."""
        table = self.chart_data(code)
        caption = self.context.words.say("table.caption", chart=code, n=len(table))
        return to_html(table, self.context.words, caption, chart=code, folded=len(table) > LONG_TABLE)

    def table(self, name: str, unit: str = "") -> HtmlTable:
        """One of the small tables in words; a long one is folded. Tables of `UNIT_TABLES` are of one unit."""
        table = self.summary(name, unit)
        if name == "profile":
            table = in_own_units(table, self.context.words)
        caption = self.context.words.say(f"table.{name}", n=len(table))
        return to_html(table, self.context.words, caption, folded=len(table) > LONG_TABLE)

    def summary(self, name: str, unit: str = "") -> pd.DataFrame:
        """The same in codes and fractions; raises KeyError for an unknown name."""
        if name in YEAR_TABLES:
            return YEAR_TABLES[name](self.tables, self.reference)
        if name in ASSESSMENT_TABLES:
            return ASSESSMENT_TABLES[name](self.tables, self.reference, self.lang)
        if name in UNIT_TABLES:
            return UNIT_TABLES[name](self.tables, unit, self.reference)
        make = {
            "files_by_state": lambda: summaries.files_by_state(self.submissions),
            "files_set_aside": lambda: summaries.files_set_aside(self.submissions),
            "queries_by_rule": lambda: summaries.queries_by_rule(self.queries),
            "open_by_act": lambda: open_points.open_by_act(self.queries, self.reference),
            "open_by_form": lambda: open_points.open_by_form(self.queries, self.reference),
            "open_by_unit": lambda: open_points.open_by_unit(self.queries, self.tables["quality"], self.units),
            "open_by_result": lambda: open_points.open_by_result(self.rates, self.units),
            "facts_by_status": lambda: summaries.facts_by_status(self.facts),
            "city_figures": lambda: public_city_figures(self.tables, self.reference),
            "groups_compared": lambda: summaries.groups_compared(self.chart_data("C5")),
            "calendar": lambda: calendar_table(self.tables, self.tables.data_dir, self.reference, self.lang),
            "units_outside": lambda: summaries.units_outside(self.chart_data("C5")),
            "spot_checks": lambda: summaries.spot_check_list(self.tables["screening"], self.reference),
            "units_not_compared": lambda: summaries.units_not_compared(self.chart_data("C5")),
        }
        return make[name]()


def open_year(year: int, lang: Lang = "zh", data_dir: Path | None = None) -> Year:
    """The year as it stands in `data/clean`; raises StoreFault, with the years that do, when it does not."""
    folder = data_dir or find_folders().data
    if year not in (years := clean_years(folder)):
        found = ", ".join(map(str, years)) or "—"
        raise StoreFault(
            f"{folder / 'clean'} 中没有 {year} 年度的数据(现有:{found});请先运行 make report YEAR={year} | "
            f"no data of {year} in {folder / 'clean'} (there: {found}); run `make report YEAR={year}` first"
        )
    return Year(year, CleanTables(folder, year), load_reference(folder, year), lang)
