"""Panels to click on: one unit, one figure, a table to search. Only for JupyterLab, in `00_start` and `90_explore`.

They leave nothing that strict nbval could compare (random identifiers), so their cells carry the tag `nbval-skip` and keep
no output; the browser test runs them. What they show is what may leave the office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.etl.store import clean_years
from analysis.notebook.rows import Wanted
from analysis.notebook.shown import in_figures
from analysis.present.chart_indicator import INDICATOR_TABLES, compared_figures
from analysis.present.tables_html import in_words

if TYPE_CHECKING:
    from analysis.notebook.year import Year


class Panel:
    """A choice of years, a choice of something in a year, and the picture with its words below."""

    def __init__(self, year: Year) -> None:
        import ipywidgets as widgets  # type: ignore[import-untyped]

        self.year = year
        words = year.context.words
        style = {"description_width": "initial"}
        years = clean_years(year.tables.data_dir)
        self.years = widgets.Dropdown(options=years, value=year.year, description=words.say("panel.year"), style=style)
        self.choice = widgets.Dropdown(options=[], description=words.say(self.what), style=style)
        self.picture = widgets.Image(format="png", layout={"max_width": "100%"})
        self.text = widgets.HTML()
        self.box = widgets.VBox([widgets.HBox(self.controls()), self.picture, self.text])
        self.years.observe(self._other_year, "value")
        self.choice.observe(self._show, "value")
        self._fill()

    what = ""

    def controls(self) -> list[Any]:
        """What stands above the picture."""
        return [self.years, self.choice]

    def options(self) -> list[tuple[str, str]]:
        """What can be chosen in the year: what it is called and its key."""
        raise NotImplementedError

    def shown(self, key: str) -> tuple[bytes, str]:
        """Picture and HTML for a choice."""
        raise NotImplementedError

    def _other_year(self, change: dict[str, Any]) -> None:
        self.year = self.year.other(change["new"])
        self._fill()

    def _fill(self) -> None:
        """Fills the choice anew; what was chosen stays chosen where the year has it."""
        chosen, options = self.choice.value, self.options()
        keys = [key for _, key in options]
        self.choice.unobserve(self._show, "value")
        self.choice.options = options
        self.choice.value = chosen if chosen in keys else self.first(keys)
        self.choice.observe(self._show, "value")
        self._show()

    def first(self, keys: list[str]) -> str | None:
        """What is chosen in the beginning."""
        return keys[0] if keys else None

    def _show(self, _: object = None) -> None:
        if self.choice.value is not None:
            self.picture.value, self.text.value = self.shown(self.choice.value)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.box)  # type: ignore[no-untyped-call]


class UnitPanel(Panel):
    """The profile of one unit: chart, answer, table."""

    what = "panel.unit"

    def __init__(self, year: Year, unit: str = "") -> None:
        self._first = unit
        super().__init__(year)

    def options(self) -> list[tuple[str, str]]:
        return [(unit.short_name, unit.code) for unit in self.year.reference.units]

    def first(self, keys: list[str]) -> str | None:
        return self._first if self._first in keys else super().first(keys)

    def shown(self, key: str) -> tuple[bytes, str]:
        unit = self.year.unit(key)
        chart = unit.chart()
        return chart.png, f"{unit._repr_html_()}\n{unit.profile().html}"


class FigurePanel(Panel):
    """One figure over all units, as strip or funnel."""

    what = "panel.figure"

    def controls(self) -> list[Any]:
        import ipywidgets as widgets

        charts = [(self.year.names.chart_name(code, self.year.lang), code) for code in INDICATOR_TABLES]
        self.form = widgets.ToggleButtons(options=charts)
        self.form.observe(self._show, "value")
        return [*super().controls(), self.form]

    def options(self) -> list[tuple[str, str]]:
        words = self.year.context.words
        figures = compared_figures(self.year.tables)
        return [(words.figure(*figure), "/".join(figure)) for figure in figures]

    def shown(self, key: str) -> tuple[bytes, str]:
        indicator, _, category = key.partition("/")
        chart = self.year.chart(self.form.value, indicator=indicator, category=category)
        table = self.year.chart_table(self.form.value, indicator=indicator, category=category)
        return chart.png, table.html


class Browsed:
    """A long table with search, sorting and pages; needs no network."""

    def __init__(self, year: Year, name: str, filters: dict[str, Wanted]) -> None:
        table = year.pick(name, **filters)
        codes = [column for column in ("unit_code", "query_id") if "short_name" in table and column in table]
        filled = in_figures(table.drop(columns=codes), year.context.words).dropna(axis="columns", how="all")
        said = in_words(filled, year.context.words).round(4)
        self.table = said.astype("object").map(_plain)
        self.words = year.context.words

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display
        from itables import init_notebook_mode, to_html_datatable

        init_notebook_mode(all_interactive=False, connected=False)
        language = {name: self.words.say(f"panel.table_{name}") for name in ("search", "info", "lengthMenu", "empty")}
        language |= {"emptyTable": language.pop("empty")}
        html = to_html_datatable(self.table, connected=False, language=language, showIndex=False, maxBytes=0)
        display(HTML(html))  # type: ignore[no-untyped-call]


def _plain(value: Any) -> Any:
    """A value as the table shows it: nothing for none, whole numbers without decimals."""
    if pd.isna(value):
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value
