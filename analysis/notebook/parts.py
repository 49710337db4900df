"""One unit, one category of a year: what `year.unit(...)` and `year.category(...)` give."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

import pandas as pd

from analysis.measures.disclosure_steps import public_steps
from analysis.notebook.picture import Picture, make_picture
from analysis.notebook.shown import in_figures, shown_table
from analysis.present.chart_profile import chart_profile, profile_finding, profile_rows
from analysis.present.points import points_text
from analysis.present.scorecard_data import why_text
from analysis.present.tables_html import HtmlTable, to_html
from analysis.present.unit_profile import profile

if TYPE_CHECKING:
    from analysis.notebook.traces import Trace
    from analysis.notebook.year import Year

PROFILE = "profile"  # the code of the chart of one unit
ITEMS = ["item", "points", "points_low", "points_high", "full"]


@dataclass(frozen=True)
class Unit:
    """One unit of the register; `year.unit("财政局")`. Press Tab behind a dot for what it can show."""

    code: str
    year: Year = field(repr=False)

    @property
    def name(self) -> str:
        """Its short name."""
        return self.year.reference.unit(self.code).short_name

    @property
    def rates(self) -> pd.DataFrame:
        """Its rows of `year.rates`: full numbers, for the office alone."""
        return self._own("rates")

    @property
    def queries(self) -> pd.DataFrame:
        """Its rows of `year.queries`, with what was written in the cells; for the office alone."""
        return self._own("queries")

    def profile(self) -> HtmlTable:
        """Every indicator: counts, rate, median of the peer group, class, last year; small numbers hidden."""
        return self.year.table("profile", self.code)

    def questions(self) -> HtmlTable:
        """Its open questions."""
        return self.year.table("unit_questions", self.code)

    def chart(self) -> Picture:
        """Its shares of people beside the medians of its peers; nothing hidden is drawn."""
        table = profile(self.year.tables, self.code, self.year.reference)
        drawn = chart_profile(table, self.code, self.year.context)
        return make_picture(PROFILE, profile_finding(table, self.code, self.year.context), drawn)

    def chart_table(self) -> HtmlTable:
        """The table behind its chart in words."""
        words = self.year.context.words
        table = profile_rows(profile(self.year.tables, self.code, self.year.reference), self.year.context)
        caption = words.say("bench.chart_table", unit=self.name, n=len(table))
        return to_html(in_figures(table, words), words, caption, chart=PROFILE)

    def trace(self, indicator: str = "", category: str = "", full: bool = False) -> Trace:
        """From its figures, or the one named, to the cells behind them; see `Year.trace`."""
        return self.year.trace(self.code, indicator, category, full)

    def scorecard(self) -> HtmlTable:
        """Its points by item, with the limits while something is open, and the class that is proposed."""
        words, cards = self.year.context.words, self._own("scorecards")
        items = self._own("assessment")
        if cards.empty:
            return shown_table(items[ITEMS], words, words.say("bench.no_scorecard", unit=self.name), None)
        card = cards.iloc[0]
        proposed = words.label(str(card["class_proposed"]), "class") if pd.notna(card["class_proposed"]) else "—"
        total = words.say("bench.no_total") if pd.isna(card["total"]) else points_text(card["total"])
        caption = words.say("bench.scorecard", unit=self.name, total=total, result=proposed)
        names = self.year.item_names
        named = items[ITEMS].assign(item=[f"{code} {names.get(code, '')}".strip() for code in items["item"]])
        settled = (items["points_low"] == items["points_high"]).all()
        return shown_table(
            named.drop(columns=["points_low", "points_high"]) if settled else named, words, caption, None
        )

    def next_steps(self) -> HtmlTable:
        """What it would need for the class above, whatever is still open turns out to be, or why there is no such step.

        None that tells a hidden number.
        """
        words, names = self.year.context.words, self.year.item_names
        rows = public_steps(self._own("next_steps"), self._own("assessment"), self._own("hidden"))
        steps = [f"{item} {names.get(item, '')}".strip() if item else "" for item in rows["item"].fillna("")]
        reasons = zip(rows["why_not"].fillna(""), steps, strict=True)
        why = [why_text(reason, bool(step), words) for reason, step in reasons]
        told = rows.assign(item=steps, why_not=why).drop(columns=["unit_code"])
        told = told.assign(count=told["count"].where(told["item"] != ""))
        told = told[[name for name in told if told[name].astype("str").str.strip().ne("").any()]]
        return shown_table(told, words, words.say("bench.next_steps", unit=self.name), None)

    def _own(self, name: str) -> pd.DataFrame:
        table = self.year.tables[name]
        return table[table["unit_code"] == self.code].reset_index(drop=True)

    def _repr_html_(self) -> str:
        return self.year.answer("profile", self.code)._repr_html_()

    def __repr__(self) -> str:
        return f"{self.code} {self.name}"


@dataclass(frozen=True)
class Category:
    """One programme of the year, or one line of a form that figures are made of; `year.category("志愿服务")`."""

    code: str
    year: Year = field(repr=False)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.year.context.words.category(self.code)

    @property
    def rates(self) -> pd.DataFrame:
        """Its rows of `year.rates`: full numbers, for the office alone."""
        table = self.year.tables["rates"]
        return table[table["category"] == self.code].reset_index(drop=True)

    def show(self) -> HtmlTable:
        """Its figures of every unit in words, small numbers hidden."""
        return self.year.show("rates", category=self.code, rows=None)

    def groups(self) -> HtmlTable:
        """Its figures of the city and of every peer group in words."""
        return self.year.show("group_rates", category=self.code, rows=None)

    def chart(self, name: str = "strip") -> Picture:
        """Its chart over all units: `strip` or `funnel`."""
        return self.year.chart(name, category=self.code)

    def _repr_html_(self) -> str:
        return f"<p><strong>{escape(self.name)}</strong> <code>{escape(self.code)}</code></p>"

    def __repr__(self) -> str:
        return f"{self.code} {self.name}"
