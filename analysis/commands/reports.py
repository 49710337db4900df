"""The reports of a year from its finished tables: charts, scorecards, annex, deck, circular, notebooks, site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from analysis.commands.progress import Say
from analysis.commands.run_tables import RunTables, save_assessment
from analysis.commands.side_by_side import side_by_side
from analysis.folders import Folders
from analysis.present.annex import save_annex
from analysis.present.context import make_context
from analysis.present.labels import LANGS, Lang
from analysis.present.method_data import english_definitions
from analysis.present.pack import save_pack
from analysis.present.pages import write_pages
from analysis.present.public_tables import remembered
from analysis.present.save_charts import open_table, save_charts
from analysis.present.site import save_site
from analysis.present.suppressed import save_suppressed
from analysis.reference import Reference


@dataclass(frozen=True)
class YearReports:
    """What the reports of a year are made of, and where they go; `lang` is the language of what has but one."""

    folders: Folders
    year: int
    tables: Mapping[str, pd.DataFrame]
    further: RunTables
    reference: Reference
    lang: Lang

    @property
    def target(self) -> Path:
        return self.folders.reports / str(self.year)


def save_reports(reports: YearReports, jobs: int, say: Say) -> list[Path]:
    """Writes everything below `reports/<year>`, by `jobs` processes; gives what was written.

    The same tables give the same bytes for any number of processes.
    The site comes last: it shows what the others have written.
    """
    made: list[Path] = []
    steps: list[Callable[[YearReports], list[Path]]] = [_notebooks, *(partial(_charts, lang=lang) for lang in LANGS)]
    steps += [_scorecards, _meeting]
    say("reports", 0, len(steps))
    for done, written in enumerate(side_by_side(steps, reports, jobs), start=1):
        made += written
        say("reports", done, len(steps))
    say("site", 0, 1)
    with remembered():
        return made + save_site(reports.tables, reports.reference, reports.target, reports.target / "notebooks")


def _notebooks(reports: YearReports) -> list[Path]:
    folders = reports.folders
    return write_pages(folders.notebooks, reports.target / "notebooks", folders.data, reports.year)


def _charts(reports: YearReports, *, lang: Lang) -> list[Path]:
    with remembered():
        return save_charts(reports.tables, reports.reference, reports.target / "charts", lang)


def _scorecards(reports: YearReports) -> list[Path]:
    log = save_suppressed(reports.tables, reports.reference, reports.target)
    cards = save_assessment(reports.further, reports.tables, reports.reference, reports.target, reports.lang)
    return [log, *cards]


def _meeting(reports: YearReports) -> list[Path]:
    """What is taken to the meeting: annex, deck and circular."""
    tables, reference, lang = reports.tables, reports.reference, reports.lang
    context = make_context(tables["units"], reference, lang, open_table(tables, reference))
    english = english_definitions(reports.folders.data) if lang == "en" else {}
    version = reports.further.data_version[:12]
    with remembered():
        annex = save_annex(tables, context, reports.target, english=english, version=version)
        return [*annex, *save_pack(tables, reference, reports.target, lang)]
