"""The bench of a notebook: the tables of a year, its charts, and sentences computed from them.

    from analysis import open_year

    year = open_year(2025)
    year.answer("participation")                    the answer, in Chinese and English
    year.chart("C2")                                the picture; `year.chart_table("C2")` is the table behind it
    year.chart("funnel", indicator="敬老爱老助老")     the same chart of another figure
    year.show("rates", unit="财政局")                rows in words, without what must not leave the office
    year.pick("change", indicator="I06")            the same rows as an ordinary DataFrame
    year.rates                                      a full table of data/clean/<year>/ as pandas reads it
    year.describe("rates")                          what its columns mean
    year.unit("财政局").profile()                    one unit: `rates`, `queries`, `chart`, `trace`, `scorecard` ...
    year.trace("财政局", "活跃志愿者率")               from a figure to the cells behind it

Units, categories, indicators, charts and tables are found by code or name, in Chinese or English; an unknown one raises
UnknownName, which tells the nearest. Press Tab behind a dot for all there is.

**What may leave the office**: `answer`, `chart`, `chart_data`, `chart_table`, `table`, `summary`, `pick`, `show`, `trace`
and what a unit or category shows; small numbers and what could tell them are hidden, as the table `hidden` says. **The
tables themselves** (`year.rates`, `year.unit(...).rates` ...) are full: pages made of them are for the office alone.

Everything shown comes from `data/clean/<year>/`; when that is missing, the error says to run `make report`.
"""

from __future__ import annotations

from analysis.notebook.clean_tables import CleanTables
from analysis.notebook.picture import Picture
from analysis.notebook.unknown import UnknownName
from analysis.notebook.year import LONG_TABLE, Year, open_year

__all__ = ["LONG_TABLE", "CleanTables", "Picture", "UnknownName", "Year", "open_year"]
