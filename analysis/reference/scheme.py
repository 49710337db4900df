"""The scheme of a term from `reference/terms/<n>/`: `term.toml`, `parts.csv`, `items.csv`, `levels.csv`, `conditions.csv`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from analysis.reference import Reference
from analysis.reference.assessment_steps import meeting_by
from analysis.reference.cells import parse_items
from analysis.reference.check_scheme import bands_faults, items_faults, parts_faults
from analysis.reference.check_term import conditions_faults, organisers_faults, term_faults, titles_faults
from analysis.reference.files import read_table, read_toml
from analysis.reference.rows import Column, DataTable, ReferenceFault, Row, Settings, TableSpec
from analysis.reference.scheme_types import (
    CLASSES,
    HOLDERS,
    PART_KINDS,
    RULES,
    YEARS,
    Band,
    Condition,
    Scheme,
    SchemeItem,
    SchemePart,
    Term,
)
from analysis.reference.source_text import parse_source
from analysis.reference.specs import optional, texts

TERMS = "reference/terms"


def _specs(folder: str) -> dict[str, TableSpec]:
    return {
        "parts": TableSpec(
            f"{folder}/parts.csv",
            (
                *texts("part"),
                Column("order", "whole"),
                Column("kind", choices=PART_KINDS),
                *texts("name_zh", "name_en"),
                Column("full", "number"),
            ),
            key=("part",),
        ),
        "items": TableSpec(
            f"{folder}/items.csv",
            (
                *texts("item", "part", "name_zh", "name_en", "seed"),
                Column("full", "number"),
                *texts("source"),
                Column("rule", choices=RULES),
                Column("low", "number", required=False),
                Column("high", "number", required=False),
                Column("years", choices=YEARS),
                *texts("when_undefined"),
                Column("applies", choices=HOLDERS),
                *optional("step_zh", "step_en"),
            ),
            key=("item",),
            extra=("chosen",),
        ),
        "levels": TableSpec(
            f"{folder}/levels.csv",
            (
                *texts("level"),
                Column("holder", choices=("new", "titled")),
                Column("class", choices=CLASSES),
                Column("from", "number"),
                Column("below", "number", required=False),
            ),
            key=("level", "holder", "from"),
        ),
        "conditions": TableSpec(
            f"{folder}/conditions.csv",
            (*texts("code", "source"), Column("least", "number"), Column("applies", choices=HOLDERS)),
            key=("code",),
        ),
    }


@dataclass(frozen=True)
class _Files:
    term: Settings
    parts: DataTable
    items: DataTable
    levels: DataTable
    conditions: DataTable


def terms_with_scheme(data_dir: Path) -> list[int]:
    """The terms that have a folder, ascending."""
    folder = data_dir / TERMS
    names = [entry.name for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if name.isascii() and name.isdigit())


def load_scheme(data_dir: Path, term: int, reference: Reference) -> Scheme:
    """The scheme of one term, checked against the indicators, forms and categories of `reference`.

    Raises:
        ReferenceFault: with every fault by file and line: points that do not add up, a source that does not exist,
            points for money or blood, classes that overlap or leave a gap, a title of the register that has no level.
    """
    files = _read(data_dir, term)
    faults = [
        *files.term.faults,
        *(fault for table in (files.parts, files.items, files.levels, files.conditions) for fault in table.faults),
        *term_faults(files.term, term),
        *parts_faults(files.parts),
        *items_faults(files.items, files.parts, reference),
        *bands_faults(files.levels, files.term),
        *conditions_faults(files.conditions, reference),
        *titles_faults(files.term, reference),
        *organisers_faults(files.term, reference),
    ]
    if faults:
        raise ReferenceFault(tuple(faults))
    parts = sorted(files.parts.sound, key=lambda row: row.whole("order"))
    return Scheme(
        _term(files.term, data_dir),
        tuple(_part(row) for row in parts),
        tuple(_item(row) for row in files.items.sound),
        tuple(_band(row) for row in files.levels.sound),
        tuple(_condition(row) for row in files.conditions.sound),
    )


def _read(data_dir: Path, term: int) -> _Files:
    folder = f"{TERMS}/{term}"
    tables = {name: read_table(data_dir, spec) for name, spec in _specs(folder).items()}
    return _Files(read_toml(data_dir, f"{folder}/term.toml"), **tables)


def _term(settings: Settings, data_dir: Path) -> Term:
    entries = settings.entries
    end_of_year = dt.date(entries["assessed_in"], 12, 31)
    uncertainty = entries["uncertainty"]
    return Term(
        number=entries["number"],
        years=tuple(entries["years"]),
        year_weights=tuple(entries["year_weights"]),
        assessed_in=entries["assessed_in"],
        version=entries["scheme_version"],
        levels=tuple(entries["levels"]),
        named_here=tuple(entries["named_here"]),
        least_age_years=entries["entry"]["least_age_years"],
        top_share=entries["top"]["share"],
        top_from=entries["top"]["from_points"],
        draws=uncertainty["draws"],
        weight_noise=uncertainty["weight_noise"],
        seed=uncertainty["seed"],
        borderline=uncertainty["borderline"],
        median_min_units=entries["peers"]["median_min_units"],
        all_forms=entries["entry"]["all_forms"],
        lower_title=entries["entry"]["lower_title"],
        panel_step=entries["inputs"]["panel_step"],
        withdrawn_ban_years=entries["entry"].get("withdrawn_ban_years", 0),
        draws_most=uncertainty.get("draws_most", 0),
        held_by=meeting_by(data_dir, entries["years"][-1]) or end_of_year,
        organisers=tuple(entries["entry"].get("organisers", ())),
    )


def _part(row: Row) -> SchemePart:
    return SchemePart(row.text("part"), row.text("kind"), row.text("name_zh"), row.text("name_en"), row.number("full"))


def _item(row: Row) -> SchemeItem:
    return SchemeItem(
        code=row.text("item"),
        part=row.text("part"),
        zh=row.text("name_zh"),
        en=row.text("name_en"),
        seed=row.text("seed"),
        full=row.number("full"),
        source=parse_source(row.text("source")),
        rule=row.text("rule"),
        low=row.optional_number("low"),
        high=row.optional_number("high"),
        years=row.text("years"),
        when_undefined=row.text("when_undefined"),
        applies=row.text("applies"),
        note=row.extra("note"),
        step_zh=row.text("step_zh"),
        step_en=row.text("step_en"),
        chosen=parse_items(row.extra("chosen")),
    )


def _band(row: Row) -> Band:
    return Band(
        row.text("level"),
        row.text("holder"),
        row.text("class"),
        row.number("from"),
        row.optional_number("below"),
    )


def _condition(row: Row) -> Condition:
    return Condition(row.text("code"), parse_source(row.text("source")), row.number("least"), row.text("applies"))
