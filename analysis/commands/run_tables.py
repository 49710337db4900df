"""The tables of a year that stand on its finished rates: what `run` adds to those of `clean`, and `run --verify` again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.commands.assessed import TermOfYear, assessed_tables, no_tables, term_of_year
from analysis.commands.hidden_tables import hidden_tables
from analysis.measures.assess_term import AssessedTerm
from analysis.measures.comparison import comparison
from analysis.measures.decisions import version_of
from analysis.present.labels import Lang, Words
from analysis.reference import Reference

MARK = "comparison"  # a year that has this table was written by `run`


@dataclass(frozen=True)
class RunTables:
    """The further tables by name, and the sha256 of what they used besides, by its path.

    `term` and `assessed` are null in years that end no term.
    """

    tables: Mapping[str, pd.DataFrame]
    used: Mapping[str, str]
    term: TermOfYear | None
    assessed: AssessedTerm | None
    data_version: str


def run_tables(
    data_dir: Path, year: int, own: Mapping[str, pd.DataFrame], reference: Reference, inputs: Mapping[str, str]
) -> RunTables:
    """`comparison`, `hidden` and `hidden_before`, and `assessment`, `scorecards`, `next_steps` and `decisions`.

    The latter have rows in the last year of a term only.

    `own` are the tables of `clean`, `inputs` the sha256 of everything that they stand on.

    Raises:
        ReferenceFault: what was published, or the files of the term, are at fault.
    """
    hidden, used = hidden_tables(data_dir, own, reference)
    tables = {MARK: comparison(own["rates"], own["units"], reference), **hidden}
    found = assess_tables(data_dir, year, own, reference, inputs)
    return replace(found, tables={**tables, **found.tables}, used={**used, **found.used})


def assess_tables(
    data_dir: Path, year: int, own: Mapping[str, pd.DataFrame], reference: Reference, inputs: Mapping[str, str]
) -> RunTables:
    """The tables of the assessment alone; without rows in years that end no term. Raises ReferenceFault as above."""
    term = term_of_year(data_dir, year, own, reference)
    stand_on = {path: digest for path, digest in inputs.items() if path.startswith(("raw/", "reference/"))}
    if term is None:
        return RunTables(no_tables(), {}, None, None, version_of_inputs(stand_on))
    version = version_of_inputs({**stand_on, **term.used})
    assessed, tables = assessed_tables(data_dir, term, reference, version)
    return RunTables(tables, term.used, term, assessed, version)


def version_of_inputs(inputs: Mapping[str, str]) -> str:
    """One sha256 for all inputs: another as soon as a return, a line of a file or a table of another year is another."""
    text = "\n".join(f"{path} {digest}" for path, digest in sorted(inputs.items()))
    return hashlib.sha256(text.encode()).hexdigest()


def save_assessment(
    found: RunTables, tables: Mapping[str, pd.DataFrame], reference: Reference, folder: Path, lang: Lang = "zh"
) -> list[Path]:
    """The scorecards of the term under `folder`, from all tables of the year; nothing in years that end no term."""
    from analysis.present.scorecard_pages import SHORT, CardContext, save_scorecards

    if found.term is None or found.assessed is None:
        return []
    words = Words(reference, lang)
    term, shown = found.term, found.data_version[:SHORT]
    version = version_of(reference, term.corrected_on)
    units = {year: own["units"] for year, own in term.tables.items()}
    context = CardContext(found.assessed, term.scheme, term.inputs, reference, words, tables, units, shown, version)
    return save_scorecards(context, folder)
