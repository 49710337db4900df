"""The first page of a year: the answers, the charts, the figures of the city, the units, the pages and the files.

Everything on it may leave the office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pandas as pd

from analysis.present.answers import Answer, answer
from analysis.present.context import Context
from analysis.present.labels import Lang
from analysis.present.save_charts import CHARTS, Chart, Tables, meeting_charts
from analysis.present.site_figures import city_rows
from analysis.present.site_html import Html, el, join
from analysis.present.site_page import Page
from analysis.present.site_queries import search_form

ANSWERS = ("intake", "quality", "participation", "comparison", "change", "continuity", "assessment")
NEEDS = {"assessment": "C10"}  # an answer about tables that only some years have goes with its chart
FILES = ("meeting.pptx", "meeting_a4.pptx", "circular.docx", "annex.xlsx", "scorecards.pdf", "suppressed.csv")
SECTIONS = ("summary", "charts", "city_figures", "units", "notebooks", "files")
INDEX: dict[Lang, str] = {"zh": "index.html", "en": "index_en.html"}
HEAD = 2000  # where an SVG tells its size
SIZE = re.compile(r'<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
ENGLISH = re.compile(r"</h1>\s*<p><em>(.*?)</em>", re.DOTALL)


def answers_of(tables: Tables, context: Context) -> dict[str, Answer]:
    """The answers of the year, in both languages."""
    names = [name for name in ANSWERS if name not in NEEDS or CHARTS[NEEDS[name]].is_possible(tables)]
    return {name: answer(name, tables, context) for name in names}


def charts_of(tables: Tables, context: Context) -> dict[str, pd.DataFrame]:
    """The tables of the charts of the meeting, as they may leave the office."""
    return {code: chart.table(tables, context.reference) for code, chart in meeting_charts(tables).items()}


@dataclass(frozen=True)
class Index:
    """What the first page is made of. `folder` is that of the year, `notebooks` holds the notebooks as pages.

    `answers` and `charts` (the table of each) are the same for both languages, see `answers_of` and `charts_of`.
    """

    tables: Tables
    context: Context
    folder: Path
    notebooks: Path
    answers: Mapping[str, Answer]
    charts: Mapping[str, pd.DataFrame]

    @property
    def lang(self) -> Lang:
        return self.context.words.lang

    def page(self) -> Page:
        """The first page in the language of the context."""
        say, reference = self.context.words.say, self.context.reference
        title = say("site.title", city=self.context.words.pick(reference.city), year=reference.year)
        parts = {
            "summary": el("dl", self._answers(), class_="answers"),
            "charts": join(self._charts()),
            "city_figures": join(el("p", say("site.city_meaning")), city_rows(self.tables, self.context.words)),
            "units": self._units(),
            "notebooks": el("ul", self._notebooks(), class_="plain"),
            "files": el("ul", self._files(), class_="plain"),
        }
        names = [name for name in SECTIONS if parts[name]]
        sections = [
            el("section", el("h2", say(f"site.{name}")), parts[name], id=name, aria_label=say(f"site.{name}"))
            for name in names
        ]
        freeze = say("site.freeze", freeze=self.context.words.day(reference.freeze_on))
        body = join(el("h1", title), el("p", freeze, class_="lead"), sections)
        links = [(say(f"site.{name}"), f"#{name}") for name in names]
        other = INDEX["en" if self.lang == "zh" else "zh"]
        return Page(title, body, "", internal=False, links=links, lang=self.lang, other=other)

    def _answers(self) -> Iterator[Html]:
        for name, found in self.answers.items():
            sentences = [el("dd", sentence) for sentence in (found.zh if self.lang == "zh" else found.en)]
            yield el("div", el("dt", self.context.words.say(f"site.answer.{name}")), sentences)

    def _charts(self) -> Iterator[Html]:
        for code, table in self.charts.items():
            if picture := self._picture(CHARTS[code]):
                finding = CHARTS[code].finding(table, self.context)
                stem = picture.removesuffix(".svg")
                kinds = [kind for kind in ("png", "csv") if (self.folder / f"{stem}.{kind}").is_file()]
                ways = [el("a", self.context.words.say(f"site.as_{kind}"), href=f"{stem}.{kind}") for kind in kinds]
                caption = el(
                    "figcaption", join(el("b", code), " ", el("span", finding), " ", el("span", ways, class_="ways"))
                )
                hint = el("small", self.context.words.say("site.slide"), class_="hint")
                image = el("a", self._image(picture, finding), href=picture)
                yield el("figure", hint, image, caption, id=code, tabindex="0")

    def _picture(self, chart: Chart) -> str:
        """The file of a chart in the language of the page, else in the other; empty when there is none."""
        stems = [chart.file] if self.lang == "zh" else [f"{chart.file}_{self.lang}", chart.file]
        found = [f"charts/{stem}.svg" for stem in stems if (self.folder / "charts" / f"{stem}.svg").is_file()]
        return found[0] if found else ""

    def _image(self, picture: str, finding: str) -> Html:
        """The picture with its size, so that the page does not jump while it loads."""
        head = SIZE.search((self.folder / picture).read_text(encoding="utf-8")[:HEAD])
        width, height = (round(float(number)) for number in head.groups()) if head else (0, 0)
        size = {"width": str(width), "height": str(height)} if head else {}
        return el("img", src=picture, alt=finding, class_="tall" if height > width else None, **size)

    def _units(self) -> Html:
        words, queries = self.context.words, self.tables["queries"]
        asked = queries[queries["state"] == "open"].groupby("unit_code").size()
        told = self.tables["units"].set_index("unit_code")["submitted"].fillna(False).astype(bool)
        groups = []
        for group in self.context.reference.peer_groups:
            units = [unit for unit in self.context.reference.units if unit.peer_group == group.code]
            items = [
                el(
                    "li",
                    el("a", unit.short_name, href=f"units/{unit.code}.html{'?en' if self.lang == 'en' else ''}"),
                    self._state(bool(told.get(unit.code, False)), int(asked.get(unit.code, 0))),
                    data_item=f"{unit.code} {unit.official_name}",
                )
                for unit in units
            ]
            if items:
                groups.append(el("div", el("h3", words.pick(group)), el("ul", items, class_="units"), data_group=True))
        way = el("a", words.say("site.all_queries"), href=f"units/queries.html{'?en' if self.lang == 'en' else ''}")
        return join(
            el("p", words.say("site.units_meaning"), " ", way),
            search_form("unit-list", words),
            el("div", groups, id="unit-list"),
        )

    def _state(self, submitted: bool, asked: int) -> Html | str:
        """What is missing of a unit."""
        say = self.context.words.say
        if not submitted:
            return join(" ", el("small", say("site.not_submitted"), class_="open"))
        return join(" ", el("small", say("site.open", n=str(asked)), class_="open")) if asked else ""

    def _notebooks(self) -> Iterator[Html]:
        for path in sorted(self.notebooks.glob("*.html")):
            page = path.read_text(encoding="utf-8")
            found = (ENGLISH if self.lang == "en" else TITLE).search(page) or TITLE.search(page)
            title = unescape(re.sub(r"<[^>]+>", "", found[1])) if found else path.stem
            yield el("li", el("a", title, href=f"{self.notebooks.name}/{path.name}"))

    def _files(self) -> Iterator[Html]:
        for name in FILES:
            if (self.folder / name).is_file():
                words = self.context.words.say(f"site.file.{name.partition('.')[0]}")
                yield el("li", el("a", name, href=name), " ", words)
