"""The lists of the assessment as tables of the meeting: counts by level first, then the units in the order of protocol."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.present.assessment_words import confirmed, points_range, proposal_texts, veto_text
from analysis.present.context import Context
from analysis.present.deck_slides import GridTable
from analysis.present.findings_lists import institution_columns
from analysis.present.list_tables import FORCE, codes_of
from analysis.present.points import peers_text

COLUMNS = ("order", "unit", "applied", "held", "points", "peers", "veto", "departments", "proposal")
WIDTHS = (0.75, 1.9, 1.3, 3.4, 1.7, 1.25, 1.6, 1.7, 3.5)
NUMBERS = frozenset({0, 4, 5})


def counts_table(table: pd.DataFrame, context: Context) -> GridTable:
    """One row per list: how many units, by the level applied for, the highest first; of the table of the chart."""
    words = context.words
    found = list(dict.fromkeys(table["applied_level"]))
    known = [level for level in codes_of("title_level", context.reference) if level in found]
    levels = [*known, *(level for level in found if level not in known)]
    rows = [
        [
            words.label(str(name), "list"),
            *(words.count(int((part["applied_level"] == level).sum())) for level in levels),
            words.count(len(part)),
        ]
        for name, part in table.groupby("list", sort=False)
    ]
    headings = [
        words.say("deck.list"),
        *(words.label(str(level), "applied_level") for level in levels),
        words.say("deck.total"),
    ]
    places = frozenset(range(1, len(headings)))
    alt = words.say("deck.alt_table", title=words.say("deck.list"), n=words.count(len(rows)))
    return GridTable(headings, rows, (3, *(1.4 for _ in levels), 1.2), places, alt)


def institutions_counted(table: pd.DataFrame, context: Context) -> GridTable:
    """One row per peer group, then all: units that reported, those with each institution in force, and with all of them.

    No unit is named: what one lacks is told to itself, and stands in the annex.
    """
    words, names = context.words, institution_columns(table)
    sent = table[(table[names] != "not_submitted").all(axis="columns")]
    groups = [
        *((words.peer_group(str(code)), part) for code, part in sent.groupby("peer_group")),
        (words.say("all.groups"), sent),
    ]
    rows = []
    for group, part in groups:
        force = part[names] == "in_force"
        counted = [len(part), *(int(force[name].sum()) for name in names), int(force.all(axis="columns").sum())]
        rows.append([group, *map(words.count, counted)])
    headings = [
        words.label("peer_group", "column"),
        words.say("deck.reported"),
        *(words.label(name.removeprefix(FORCE)) for name in names),
        words.say("deck.all_in_force"),
    ]
    alt = words.say("deck.alt_table", title=words.say("chart_name.S3"), n=words.count(len(rows)))
    return GridTable(headings, rows, (3, *(1.8 for _ in headings[1:])), frozenset(range(1, len(headings))), alt)


def list_tables(table: pd.DataFrame, items: pd.DataFrame, context: Context) -> list[tuple[str, GridTable]]:
    """For every list its heading and its units; what departments confirmed is taken from `items` (assessment)."""
    words = context.words
    said = confirmed(items, words)
    headings = [words.say(f"deck.column_{name}") for name in COLUMNS]
    found = []
    for name, part in table.groupby("list", sort=False):
        heading = words.say(f"C10.list_{name}", n=words.units(len(part)))
        rows = [_row(row, said, context) for row in part.to_dict("records")]
        alt = words.say("deck.alt_table", title=heading, n=words.count(len(rows)))
        found.append((heading, GridTable(headings, rows, WIDTHS, NUMBERS, alt)))
    return found


def _row(row: Mapping[Hashable, Any], said: Mapping[str, str], context: Context) -> list[str]:
    words = context.words
    unit = context.reference.unit(str(row["unit_code"]))
    held = words.label(str(row["title_level"]), "title_level")
    none = words.say("card.none")
    return [
        words.count(float(row["order"])),
        str(row["short_name"]),
        words.label(str(row["applied_level"]), "applied_level"),
        words.say("deck.held", level=held, term=unit.title_term) if unit.title_term else held,
        points_range(row, words),
        peers_text(row["peer_median"]),
        veto_text(row, words) or none,
        said.get(str(row["unit_code"]), none),
        words.clauses(proposal_texts(row, words, "proposed")),
    ]
