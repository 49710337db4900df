"""A year from its returns to its tables and reports: what `clean` and `run` do."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.commands.change_tables import change_tables
from analysis.commands.diff import HISTORY
from analysis.commands.progress import Say
from analysis.commands.report_versions import note_made, tables_version
from analysis.commands.run_tables import run_tables
from analysis.commands.years_before import read_last_year
from analysis.etl.dictionary import load_dictionary
from analysis.etl.store import write_tables
from analysis.etl.tables import file_tables
from analysis.etl.typed_tables import typed_tables
from analysis.folders import Folders
from analysis.measures.denominators import denominators
from analysis.measures.groups import group_rates
from analysis.measures.joint import joint_activities
from analysis.measures.joint_city import city_activities
from analysis.measures.months import continuity_rates, months
from analysis.measures.pairing_groups import pairing_groups
from analysis.measures.pairings import pairing_rates
from analysis.measures.participation import participation, unit_table
from analysis.measures.quality import quality, quality_rates
from analysis.measures.rates import unit_rows
from analysis.measures.screening import screening
from analysis.measures.second_rates import second_rates
from analysis.measures.timeliness import on_time_rates
from analysis.measures.unit_sources import read_sources
from analysis.pipeline import Cleaned, CleaningFault, read_year, summary
from analysis.present.labels import Lang
from analysis.reference import Reference, load_reference


def clean_year(folders: Folders, year: int, jobs: int, say: Say) -> list[str]:
    """Reads the returns of the year and writes `submissions` to `rates`; gives the lines of the summary."""
    cleaned, tables = year_tables(folders, year, jobs, say)
    write_year(folders, year, cleaned, tables, say)
    _tell_faults(cleaned)
    return summary_lines(year, summary(cleaned, tables))


def run_year(folders: Folders, year: int, jobs: int, lang: Lang, say: Say) -> list[str]:
    """The same with comparison, assessment, charts and notebooks."""
    from analysis.commands.reports import YearReports, save_reports

    cleaned, tables = year_tables(folders, year, jobs, say)
    further = run_tables(folders.data, year, tables, cleaned.reference, cleaned.inputs)
    tables.update(further.tables)
    cleaned.inputs.update(further.used)
    version = write_year(folders, year, cleaned, tables, say)
    _tell_faults(cleaned)
    made = save_reports(YearReports(folders, year, tables, further, cleaned.reference, lang), jobs, say)
    note_made(folders.reports / str(year), version, made)
    return summary_lines(year, summary(cleaned, tables))


def _tell_faults(cleaned: Cleaned) -> None:
    """The tables are written; raises CleaningFault when our own program failed on a file of the year."""
    if cleaned.faults:
        raise CleaningFault("\n".join(cleaned.faults))


def year_tables(folders: Folders, year: int, jobs: int, say: Say) -> tuple[Cleaned, dict[str, pd.DataFrame]]:
    """Reads the returns of the year; gives the tables `submissions` to `rates`, and writes nothing."""
    last_year, used = read_last_year(folders.data, load_reference(folders.data, year))
    cleaned = read_year(
        folders.data, year, jobs=jobs, last_year=last_year, progress=lambda done, total: say("files", done, total)
    )
    cleaned.inputs.update(used)
    for line in cleaned.warnings:
        print(line, file=sys.stderr)
    tables = file_tables(cleaned.results, cleaned.facts, cleaned.queries)
    tables.update(typed_tables(cleaned.facts, cleaned.reference))
    say("rates", 0, 1)
    tables["units"] = unit_table(tables["facts"], cleaned.reference, tables["submissions"])
    tables["participation"] = participation(tables["facts"], cleaned.reference, tables["queries"])
    tables["quality"] = quality(tables["submissions"], tables["facts"], tables["queries"], cleaned.reference)
    tables.update(_rates(tables, cleaned.reference))
    tables["months"] = months(tables["activities"], tables["units"], cleaned.reference)
    tables["screening"] = screening(cleaned.facts, tables["queries"], last_year, cleaned.reference)
    changes, used = change_tables(folders.data, tables, cleaned.reference)
    tables.update(changes)
    cleaned.inputs.update(used)
    return cleaned, tables


def _rates(tables: Mapping[str, pd.DataFrame], reference: Reference) -> dict[str, pd.DataFrame]:
    """The figures of units and groups; indicators with a function of their own stand after the others."""
    sources = read_sources(tables["units"], tables["participation"], tables["facts"], tables["queries"], reference)
    joint = joint_activities(tables["activities"], reference)
    paired = (tables["pairings"], tables["units"], tables["facts"], tables["queries"], reference)
    continuity = continuity_rates(tables["activities"], tables["units"], tables["queries"], reference)
    special = [
        continuity,
        on_time_rates(tables["submissions"], reference),
        quality_rates(tables["quality"]),
        pairing_rates(*paired),
    ]
    rows = pd.concat([unit_rows(sources, groups_only=False), *special], ignore_index=True)
    together = pd.concat([rows, unit_rows(sources, groups_only=True)], ignore_index=True)
    return {
        "rates": rows,
        "group_rates": pd.concat([group_rates(together, reference), pairing_groups(*paired)], ignore_index=True),
        "denominators": denominators(sources),
        "second_rates": second_rates(sources),
        "joint_activities": joint,
        "city_activities": city_activities(tables["activities"], joint, reference),
    }


def write_year(folders: Folders, year: int, cleaned: Cleaned, tables: Mapping[str, pd.DataFrame], say: Say) -> str:
    """Puts the tables of the year in the place of those before, which go to the history; gives their version."""
    say("tables", 0, 1)
    dictionary = load_dictionary(folders.data / "reference" / "tables.csv")
    counts = summary(cleaned, dict(tables))
    written = write_tables(
        tables,
        folders.data / "clean" / str(year),
        inputs=cleaned.inputs,
        counts=counts,
        dictionary=dictionary,
        history=folders.data / HISTORY / str(year),
    )
    return tables_version(written)


def summary_lines(year: int, counts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The summary of a year: files by state, facts by status, queries by treatment and state, rates by status."""
    names = {"files": "报表 files", "facts": "数据 facts", "queries": "疑问 queries", "rates": "比率 rates"}
    lines = [f"== {year} =="]
    for kind, found in counts.items():
        parts = "  ".join(f"{name} {count}" for name, count in found.items())
        lines.append(f"{names[kind]}: {sum(found.values())}  ({parts})")
    return lines
