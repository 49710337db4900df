"""The page of one unit: its figures with whole numbers, its open questions, and the cells behind each figure.

It stays in the office.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.measures.figure_cells import Figure, trace_figures
from analysis.present.labels import Words
from analysis.present.numbers import minus, signed
from analysis.present.site_cells import Cells, Record, number, slug
from analysis.present.site_html import Html, el, join, row, table
from analysis.present.site_page import Page, pair
from analysis.present.site_queries import place_of, question_of, rule_of, state_of
from analysis.present.tables_html import NOTHING
from analysis.present.unit_profile import PERCENT
from analysis.reference import Unit

COLUMNS = ("numerator", "denominator", "rate", "limits", "status", "peer_median", "class", "rate_before", "difference")
NUMBERS = ("numerator", "denominator", "rate", "limits", "peer_median", "rate_before", "difference")
FILES = (("scorecards/{code}.pdf", "site.file.scorecard"),)
KEPT = ("facts", "queries", "rates")


@dataclass(frozen=True)
class UnitPages:
    """What the pages of all units share. `figures` is the table of `unit_figures`; `folder` that of the year."""

    tables: Mapping[str, pd.DataFrame]
    figures: pd.DataFrame
    cells: Cells
    folder: Path

    def page(self, unit: Unit, before: Unit | None, after: Unit | None) -> Page:
        """The page of a unit; `before` and `after` stand beside it in the register."""
        both = self.cells.both
        own = {name: self._own(name, unit) for name in KEPT}
        figures = self.figures[self.figures["unit_code"] == unit.code]
        links: list[tuple[Html | str, str]] = [
            (both.say("site.index"), "../index.html"),
            (both.say("site.queries"), "queries.html"),
        ]
        links += [
            (f"{mark} {near.short_name}", f"{near.code}.html") for mark, near in (("←", before), ("→", after)) if near
        ]
        body = join(
            el("h1", unit.official_name),
            el("p", self._about(unit), class_="lead"),
            self._files(unit),
            el("h2", both.say("site.figures"), id="figures"),
            el("p", both.say("site.figures_meaning")),
            self._profile(figures),
            el("h2", both.say("site.questions"), id="questions"),
            self._questions(own["queries"]),
            el("h2", both.say("site.cells"), id="cells"),
            el("p", both.say("site.cells_meaning")),
            [self._cells(found) for found in trace_figures(own, self.cells.reference, unit.code)],
        )
        return Page(unit.short_name, body, "../", internal=True, links=links)

    def _own(self, name: str, unit: Unit) -> pd.DataFrame:
        found = self.tables[name]
        return found[found["unit_code"] == unit.code].astype("object")

    def _about(self, unit: Unit) -> Html:
        texts = []
        for words in (self.cells.both.zh, self.cells.both.en):
            parts = [unit.code, words.peer_group(unit.peer_group), words.label(unit.title_level, "title_level")]
            texts.append(" · ".join([*parts, words.say("site.people", n=words.count(unit.headcount))]))
        return pair(*texts)

    def _files(self, unit: Unit) -> Html:
        found = [(path.format(code=unit.code), phrase) for path, phrase in FILES]
        links = [
            el("li", el("a", self.cells.both.say(phrase), href=f"../{path}"))
            for path, phrase in found
            if (self.folder / path).is_file()
        ]
        return el("ul", links, class_="files") if links else Html("")

    def _profile(self, figures: pd.DataFrame) -> Html:
        both = self.cells.both
        heads = [(both.say("site.figure"), False)]
        heads += [(both.say(f"site.unit_{name}"), name in NUMBERS) for name in COLUMNS]
        rows = [self._line(record) for record in figures.to_dict("records")]
        return table("", heads, rows, both.zh.say("site.figures"), class_="profile")

    def _line(self, record: Record) -> Html:
        both, key = self.cells.both, slug(record["indicator"], record["category"])
        name = pair(*(words.figure(record["indicator"], record["category"]) for words in (both.zh, both.en)))
        link = el("a", name, href=f"#{key}")
        asked = int(record["n_open_queries"])
        mark = el("small", both.say("site.open", n=str(asked)), class_="open") if asked else ""
        cells: list[tuple[Html | str, bool]] = [(join(link, " ", mark), False)]
        cells += [(self._value(name, record), name in NUMBERS) for name in COLUMNS]
        return row(cells, class_="asked" if asked else None)

    def _value(self, name: str, record: Record) -> Html | str:
        both = self.cells.both
        if name in ("status", "class"):
            code = record[name]
            known = isinstance(code, str) and code
            return pair(*(words.label(str(code), name) for words in (both.zh, both.en))) if known else NOTHING
        if name in ("numerator", "denominator"):
            return number(record[name])
        if name == "rate" and is_count(record):
            return number(record["numerator"])
        share = self.cells.reference.indicators[record["indicator"]].unit == PERCENT
        if name == "limits":
            ends = [as_rate(record[end], share, both.zh) for end in ("ci_low", "ci_high")]
            return NOTHING if NOTHING in ends else "—".join(ends)
        if name == "difference" and share:
            return as_points(record[name])
        return as_rate(record[name], share, both.zh)

    def _questions(self, queries: pd.DataFrame) -> Html:
        both = self.cells.both
        rows = queries.assign(_closed=queries["state"] != "open").sort_values("_closed", kind="stable")
        if rows.empty:
            return el("p", both.say("site.no_questions"))
        lines = [self._question(query) for query in rows.to_dict("records")]
        heads = [(both.say(f"site.query_{name}"), False) for name in ("place", "rule", "question", "state")]
        return table("", heads, lines, both.zh.say("site.questions"), class_="queries")

    def _question(self, query: Record) -> Html:
        parts = [place_of(query), rule_of(query, self.cells.both), question_of(query, self.cells)]
        parts.append(state_of(query, self.cells.both))
        kind = "asked" if query["state"] == "open" else None
        return row([(part, False) for part in parts], id=f"q-{query['query_id']}", class_=kind)

    def _cells(self, found: Figure) -> Html:
        both, rate = self.cells.both, found.rate
        category = rate["category"] if isinstance(rate["category"], str) else ""
        name = pair(*(words.figure(rate["indicator"], category) for words in (both.zh, both.en)))
        count = len(found.numerator) + len(found.denominator)
        sides = f"{number(rate['numerator'])} / {number(rate['denominator'])}"
        asked = [
            el("li", el("a", question_of(query, self.cells), href=f"#q-{query['query_id']}"))
            for query in found.queries.to_dict("records")
        ]
        return el(
            "details",
            el("summary", name, " ", el("small", sides, " · ", both.say("site.n_cells", n=str(count)))),
            el("ul", asked, class_="asked") if asked else "",
            self.cells.figure(found),
            id=slug(rate["indicator"], category),
        )


def is_count(record: Record) -> bool:
    """Whether a figure is a number of things, divided by nothing."""
    return record["status"] == "ok" and all(record[name] != record[name] for name in ("rate", "denominator"))


def as_rate(value: object, share: bool, words: Words) -> str:
    """A rate in percent, another figure with two decimals, nothing as a dash."""
    found = float(str(value))
    if found != found:
        return NOTHING
    return words.percent(found) if share else minus(f"{found:.2f}")


def as_points(value: object) -> str:
    """A difference of shares in percentage points, nothing as a dash."""
    found = float(str(value))
    return NOTHING if found != found else signed(found)


def neighbours(units: Sequence[Unit], place: int) -> tuple[Unit | None, Unit | None]:
    """The units before and after one in the register."""
    return (units[place - 1] if place else None), (units[place + 1] if place + 1 < len(units) else None)
