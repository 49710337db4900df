"""The assessment of the term that ends with a year: which term that is, what it needs, and its tables."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from analysis.etl.store import clean_years, read_table
from analysis.measures.assess_term import AssessedTerm, assess_term
from analysis.measures.assessment import COLUMNS as ITEM_COLUMNS
from analysis.measures.decisions import COLUMNS as DECISION_COLUMNS
from analysis.measures.decisions import days_told, decisions, title_paths, version_of
from analysis.measures.item_values import year_values
from analysis.measures.minutes import MINUTES_COLUMNS, proposals_of, with_minutes
from analysis.measures.pairing_readings import READING_COLUMNS, pairing_readings
from analysis.measures.reach_class import STEP_COLUMNS, advice_table
from analysis.measures.scorecards import COLUMNS as CARD_COLUMNS
from analysis.measures.sensitivity import RANK_COLUMNS, WITHOUT_COLUMNS, points_table, rank_sensitivity, without_each
from analysis.measures.switched import COLUMNS as SWITCH_COLUMNS
from analysis.measures.switched import scheme_switches
from analysis.measures.total_sensitivity import COLUMNS as TOTAL_COLUMNS
from analysis.measures.total_sensitivity import total_sensitivity
from analysis.reference import Reference, load_reference
from analysis.reference.assessment_steps import load_protocol
from analysis.reference.minutes import load_minutes
from analysis.reference.scheme import load_scheme, terms_with_scheme
from analysis.reference.scheme_types import Scheme
from analysis.reference.switches import Switch, load_switches
from analysis.reference.term_inputs import TermInputs, load_inputs
from analysis.reference.title_steps import load_title_steps

TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "assessment": ITEM_COLUMNS,
        "scorecards": CARD_COLUMNS,
        "next_steps": STEP_COLUMNS,
        "decisions": (*DECISION_COLUMNS, *MINUTES_COLUMNS),
        "rank_sensitivity": RANK_COLUMNS,
        "rank_without": WITHOUT_COLUMNS,
        "scheme_switches": SWITCH_COLUMNS,
        "total_sensitivity": TOTAL_COLUMNS,
        "pairing_readings": READING_COLUMNS,
    }
)
NEEDED = ("rates", "facts", "quality", "units", "pairings", "queries")
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class TermOfYear:
    """What the assessment of a year stands on; `used` is the sha256 of each table of other years, by its path.

    `references` are those of each year that has tables.
    `corrected_on` are the days on which answers about the other years were told.
    """

    scheme: Scheme
    inputs: TermInputs
    tables: Mapping[int, Tables]
    used: Mapping[str, str]
    references: Mapping[int, Reference]
    switches: tuple[Switch, ...] = ()
    corrected_on: frozenset[dt.date] = frozenset()


def term_of_year(data_dir: Path, year: int, own: Tables, reference: Reference) -> TermOfYear | None:
    """The term whose last year this is; null when there is none, as in the years between assessments.

    `own` are the tables of the year itself. Years of the term that were not cleaned are left out.

    Raises:
        ReferenceFault: the files of the term are at fault.
    """
    for term in terms_with_scheme(data_dir):
        scheme = load_scheme(data_dir, term, reference)
        if scheme.term.years[-1] != year:
            continue
        tables: dict[int, Tables] = {}
        references = {year: reference}
        used: dict[str, str] = {}
        for other in (known for known in scheme.term.years[:-1] if known in clean_years(data_dir)):
            tables[other] = {name: read_table(data_dir, other, name) for name in NEEDED}
            references[other] = load_reference(data_dir, other)
            for name in NEEDED:
                path = data_dir / "clean" / str(other) / f"{name}.parquet"
                used[path.relative_to(data_dir).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
        tables[year] = {name: own[name] for name in NEEDED}
        inputs, switches = load_inputs(data_dir, scheme, reference), load_switches(data_dir, scheme)
        told = (days_told(references[other]) for other in references if other != year)
        corrected = frozenset[dt.date]().union(*told)
        return TermOfYear(scheme, inputs, tables, used, references, switches, corrected)
    return None


def assessed_tables(
    data_dir: Path, found: TermOfYear, reference: Reference, inputs_sha256: str
) -> tuple[AssessedTerm, dict[str, pd.DataFrame]]:
    """The assessment, and its tables as they are stored, see `TABLES`.

    Raises:
        IllegalStep: the class proposed for a unit is none that `title_steps.csv` leads to.
        ReferenceFault: the minutes are at fault, such as a departure from the proposal without a reason.
    """
    scheme, inputs = found.scheme, found.inputs
    assessed = assess_term(found.tables, reference, scheme, inputs)
    term, candidates = scheme.term, assessed.candidates
    protocol = load_protocol(data_dir, reference)
    paths = title_paths(assessed.scorecards, load_title_steps(data_dir), inputs, reference)
    version = version_of(reference, found.corrected_on)
    years = {year: year_values(tables, reference) for year, tables in found.tables.items()}
    listed = decisions(assessed.scorecards, protocol, scheme, paths, version, reference.freeze_on, inputs_sha256)
    tables = {
        "assessment": assessed.assessment,
        "scorecards": assessed.scorecards,
        "next_steps": advice_table(assessed.advice),
        "pairing_readings": pairing_readings(found.tables, found.references, found.scheme, found.inputs),
        "rank_sensitivity": rank_sensitivity(assessed.assessment, term.weight_noise, term.seed),
        "rank_without": without_each(points_table(assessed.assessment)),
        "scheme_switches": scheme_switches(found.switches, candidates, found.tables, reference, scheme, inputs),
        "total_sensitivity": total_sensitivity(candidates, years, scheme, inputs),
        "decisions": with_minutes(listed, load_minutes(data_dir, term.number, proposals_of(listed), term.held_by)),
    }
    return assessed, tables


def no_tables() -> dict[str, pd.DataFrame]:
    """The same without rows, for the years that end no term."""
    return {name: pd.DataFrame(columns=list(columns)) for name, columns in TABLES.items()}
