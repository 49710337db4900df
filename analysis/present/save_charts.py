"""The charts of a year: which there are, and their files under `reports/<year>/charts/`.

Each chart gives a PNG of 200 dpi, an SVG and its table as CSV. The same tables give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pandas as pd
from matplotlib.figure import Figure

from analysis.etl.table_files import protect
from analysis.measures.open_cells import open_cells
from analysis.present.change_tables import months_table
from analysis.present.chart_assessment import assessment_finding, assessment_table, chart_assessment
from analysis.present.chart_bars import chart_categories
from analysis.present.chart_dumbbell import chart_change
from analysis.present.chart_frame import house_style
from analysis.present.chart_funnel import chart_volunteers
from analysis.present.chart_grid import chart_exemplars, chart_medians, chart_subjects
from analysis.present.chart_marks import chart_institutions
from analysis.present.chart_months import chart_months
from analysis.present.chart_parts import chart_parts
from analysis.present.chart_stacked import chart_pairing, chart_problems
from analysis.present.chart_strip import chart_participation
from analysis.present.chart_submissions import chart_submissions
from analysis.present.chart_tables import submissions_table
from analysis.present.context import Context, make_context
from analysis.present.findings import (
    categories_finding,
    participation_finding,
    submissions_finding,
    volunteers_finding,
)
from analysis.present.findings_change import change_finding, months_finding
from analysis.present.findings_grid import exemplars_finding, medians_finding, parts_finding, subjects_finding
from analysis.present.findings_lists import institutions_finding, pairing_finding, problems_finding
from analysis.present.grid_tables import medians_table, subjects_table
from analysis.present.labels import Lang
from analysis.present.list_tables import institutions_table, pairing_table, problems_table
from analysis.present.public_change import public_change
from analysis.present.public_tables import public_categories, public_participation, public_volunteers
from analysis.present.spare_tables import exemplars_table, parts_table
from analysis.present.tables_html import in_words
from analysis.reference import Reference

DPI = 200
Tables: TypeAlias = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Chart:
    """One chart: how its table (as it may leave the office) is made, drawn and summed up in one sentence.

    `needs` are tables that only some years have, such as those of an assessment. `names_gaps` says that it names units
    with what they lack: for the annex and the office, not for the meeting, as those that fell are not named in C6; the deck
    tells its counts.
    """

    file: str
    table: Callable[[Tables, Reference], pd.DataFrame]
    draw: Callable[[pd.DataFrame, Context], Figure]
    finding: Callable[[pd.DataFrame, Context], str]
    needs: tuple[str, ...] = ()
    names_gaps: bool = False

    def is_possible(self, tables: Tables) -> bool:
        """Whether the tables that only some years have are there."""
        return all(name in tables and len(tables[name]) for name in self.needs)


CHARTS: Mapping[str, Chart] = MappingProxyType(
    {
        "C1": Chart(
            "C1_submissions",
            lambda tables, reference: submissions_table(tables["submissions"], tables["units"], reference),
            chart_submissions,
            submissions_finding,
        ),
        "C2": Chart(
            "C2_participation",
            public_participation,
            chart_participation,
            participation_finding,
        ),
        "C3": Chart(
            "C3_categories",
            public_categories,
            chart_categories,
            categories_finding,
        ),
        "C4": Chart("C4_medians", medians_table, chart_medians, medians_finding),
        "C5": Chart(
            "C5_volunteers",
            public_volunteers,
            chart_volunteers,
            volunteers_finding,
        ),
        "C6": Chart("C6_change", public_change, chart_change, change_finding),
        "C7": Chart("C7_months", lambda tables, _: months_table(tables), chart_months, months_finding),
        "C8": Chart("C8_pairing", pairing_table, chart_pairing, pairing_finding, ("pairings",)),
        "C9": Chart("C9_problems", problems_table, chart_problems, problems_finding, ("rectifications",)),
        "C10": Chart(
            "C10_assessment",
            assessment_table,
            chart_assessment,
            assessment_finding,
            ("scorecards", "decisions"),
        ),
        "S1": Chart("S1_subjects", subjects_table, chart_subjects, subjects_finding, ("training",)),
        "S2": Chart("S2_exemplars", exemplars_table, chart_exemplars, exemplars_finding, ("exemplars",)),
        "S3": Chart(
            "S3_institutions",
            institutions_table,
            chart_institutions,
            institutions_finding,
            ("institutions",),
            names_gaps=True,
        ),
        "S4": Chart("S4_parts", parts_table, chart_parts, parts_finding, ("scorecards", "decisions", "assessment")),
    }
)


def meeting_charts(tables: Tables) -> Mapping[str, Chart]:
    """The charts of the year whose pictures the meeting sees: those that it has the tables for and that name nobody's gaps."""
    return {code: chart for code, chart in CHARTS.items() if chart.is_possible(tables) and not chart.names_gaps}


def open_table(tables: Tables, reference: Reference) -> pd.DataFrame:
    """What of the indicators is still open, by peer group."""
    return open_cells(tables["facts"], tables["queries"], tables["units"], reference)


def save_charts(tables: Tables, reference: Reference, out_dir: Path, lang: Lang = "zh") -> list[Path]:
    """Writes every chart into `out_dir` (made when missing) and gives the files; English ones end in `_en`."""
    context = make_context(tables["units"], reference, lang, open_table(tables, reference))
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for chart in (chart for chart in CHARTS.values() if chart.is_possible(tables)):
        table = chart.table(tables, reference)
        figure = chart.draw(table, context)
        stem = chart.file if lang == "zh" else f"{chart.file}_{lang}"
        files = {
            f"{stem}.png": figure_bytes(figure, "png"),
            f"{stem}.svg": figure_bytes(figure, "svg"),
            f"{stem}.csv": csv_bytes(table, context),
        }
        for name, content in files.items():
            (out_dir / name).write_bytes(content)
            written.append(out_dir / name)
    return written


def figure_bytes(figure: Figure, kind: str, dpi: float = DPI) -> bytes:
    """The picture as PNG or SVG, without date or version in it."""
    sink = io.BytesIO()
    nothing = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with house_style():
        figure.savefig(sink, format=kind, dpi=dpi, metadata=nothing)
    return sink.getvalue()


def csv_bytes(table: pd.DataFrame, context: Context) -> bytes:
    """The table behind a chart for Excel: headings and codes in words, numbers with every digit."""
    words = in_words(table, context.words)
    safe = words.map(lambda value: protect(value) if isinstance(value, str) else value)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
