"""From a figure of the city to the units behind it: a page per figure, as it may leave the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pandas as pd

from analysis.measures.disclosure_tables import Figure, hide
from analysis.measures.medians import has_median
from analysis.present.chart_tables import BY_CATEGORY
from analysis.present.hidden_words import say_hidden
from analysis.present.labels import Lang, Words
from analysis.present.public_tables import public_city_figures
from analysis.present.site_cells import slug
from analysis.present.site_html import Html, el, join, row, table
from analysis.present.site_page import Page
from analysis.present.tables_html import as_text
from analysis.present.year_tables import category_figures

Tables: TypeAlias = Mapping[str, pd.DataFrame]
CITY = ("numerator", "denominator", "pooled_rate", "n_counted", "median_rate")
UNIT = ("numerator", "denominator", "rate")


def figure_file(indicator: str, category: str, lang: Lang) -> str:
    """The address of the page of a figure, below the folder of the year."""
    return f"figures/{slug(indicator, category)}{'' if lang == 'zh' else '_en'}.html"


def city_table(tables: Tables, words: Words) -> pd.DataFrame:
    """One row per figure of the city: the shares of people, then the programmes. Hidden numbers are null."""
    shares = public_city_figures(tables, words.reference).assign(category="")
    programmes = category_figures(tables, words.reference).assign(indicator=BY_CATEGORY)
    table_of_all = pd.concat([shares, programmes], ignore_index=True)
    return table_of_all[["indicator", "category", *CITY, "median_low", "median_high"]]


def city_value(record: Mapping[Any, Any], name: str, words: Words) -> str:
    """One figure of the city; the limits of a median that would tell hidden numbers, where they say anything."""
    low, high = float(record["median_low"]), float(record["median_high"])
    if name == "median_rate" and high - low < 1:
        return words.percent_range(low, high)
    return as_text(record[name], name, words)


def city_rows(tables: Tables, words: Words) -> Html:
    """The table of the figures of the city; each leads to its units."""
    heads = [(words.say("site.figure"), False), *((words.label(name, "column"), True) for name in CITY)]
    rows = []
    for record in city_table(tables, words).to_dict("records"):
        key = (record["indicator"], record["category"])
        link = el("a", words.figure(*key), href=figure_file(*key, words.lang))
        rows.append(row([(link, False), *((city_value(record, name, words), True) for name in CITY)]))
    return table("", heads, rows, words.say("site.city_figures"))


def figure_pages(tables: Tables, words: Words) -> dict[str, Page]:
    """The pages of all figures of the city by address."""
    return {
        figure_file(record["indicator"], record["category"], words.lang): _page(tables, record, words)
        for record in city_table(tables, words).to_dict("records")
    }


def _page(tables: Tables, record: Mapping[Any, Any], words: Words) -> Page:
    indicator, category = str(record["indicator"]), str(record["category"])
    name = words.figure(indicator, category)
    here = figure_file(indicator, category, "en" if words.lang == "zh" else "zh").removeprefix("figures/")
    told = [
        el("div", el("dt", words.label(column, "column")), el("dd", city_value(record, column, words)))
        for column in CITY
    ]
    body = join(
        el("h1", name),
        el("p", words.say("site.figure_meaning"), class_="lead"),
        el("dl", told, class_="numbers"),
        _units(tables, indicator, category, words),
    )
    index = "../index.html" if words.lang == "zh" else "../index_en.html"
    links = [(words.say("site.index"), index)]
    return Page(name, body, "../", internal=False, links=links, lang=words.lang, other=here)


def _units(tables: Tables, indicator: str, category: str, words: Words) -> Html:
    """The units behind a figure; their names alone where nothing may be said of any of them."""
    rates = tables["rates"]
    own = rates[(rates["indicator"] == indicator) & (rates["category"] == category)]
    shown = say_hidden(hide(own, tables["hidden"], Figure()), words)
    found = {record["unit_code"]: record for record in shown.to_dict("records")}
    units = [unit for unit in words.reference.units if unit.code in found]
    query = "?en" if words.lang == "en" else ""
    links = {
        unit.code: el("a", unit.short_name, href=f"../units/{unit.code}.html{query}#{slug(indicator, category)}")
        for unit in units
    }
    if shown["numerator"].isna().all() or not has_median(indicator, category, words.reference):
        names = el("ul", [el("li", link) for link in links.values()], class_="units")
        return join(el("p", words.say("site.city_only")), names)
    columns = [*UNIT, "status", *(["withheld"] if "withheld" in shown else [])]
    heads = [(words.label(name, "column"), name in UNIT) for name in ("short_name", "peer_group", *columns)]
    rows = [
        row(
            [
                (links[unit.code], False),
                (words.peer_group(unit.peer_group), False),
                *_values(found[unit.code], columns, words),
            ]
        )
        for unit in units
    ]
    return table("", heads, rows, words.say("site.units_behind"))


def _values(record: Mapping[Any, Any], columns: Sequence[str], words: Words) -> list[tuple[str, bool]]:
    """The rest of a row: numbers, state and what is said instead of a number."""
    texts = {name: as_text(record[name], name, words) for name in columns}
    texts["status"] = words.label(str(record["status"]), "status")
    return [("" if record[name] == "" else texts[name], name in UNIT) for name in columns]
