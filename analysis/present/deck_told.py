"""Charts whose picture is no page of the deck: their counts as a table, then further tables, with notes of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analysis.present.context import Context
from analysis.present.deck_lists import counts_table, institutions_counted, list_tables
from analysis.present.deck_slides import GridTable, Point, Slide

Numbers = Callable[[pd.DataFrame, Context], Mapping[str, str]]


@dataclass(frozen=True)
class ToldAsTable:
    """A chart told as tables: its counts first, then further tables; `name` is that of its phrases.

    `numbers` fill the blanks of subtitle and notes; `notes` are the phrases of what the speaker may be asked on the
    counts, `other_notes` those on the further tables, which are made of the table of the chart and of `assessment`.
    """

    counts: Callable[[pd.DataFrame, Context], GridTable]
    name: str
    notes: tuple[str, ...]
    numbers: Numbers = lambda *_: {}
    others: Callable[[pd.DataFrame, pd.DataFrame, Context], list[tuple[str, GridTable]]] = lambda *_: []
    other_notes: tuple[str, ...] = ()


def listed_numbers(table: pd.DataFrame, context: Context) -> Mapping[str, str]:
    """How many units are due, how many of them are assessed, and how many neither hold a title nor apply."""
    units = context.words.units
    due, listed = context.units_due, len(table)
    return {"due": units(due), "listed": units(listed), "rest": units(due - listed)}


# C10 is too long to be read on a page; S3 names units with what they lack, which a meeting does not
TOLD_AS_TABLES: Mapping[str, ToldAsTable] = MappingProxyType(
    {
        "C10": ToldAsTable(
            counts_table,
            "counts",
            ("counts_columns", "listed_units", "not_applied", "remarks", "borderline"),
            listed_numbers,
            list_tables,
            ("lists_columns", "not_applied", "remarks", "confirmed", "reasons", "borderline", "listed_units"),
        ),
        "S3": ToldAsTable(institutions_counted, "institutions", ("institutions_columns", "institutions_in_force")),
    }
)


def told_slides(
    code: str, title: str, table: pd.DataFrame, items: pd.DataFrame, points: list[Point], file: str, context: Context
) -> list[Slide]:
    """The page of the counts with `points` beside them, then one for each further table; `items` is `assessment`."""
    words, told = context.words, TOLD_AS_TABLES[code]
    numbers = {"year": context.reference.year, **told.numbers(table, context)}

    def page(heading: str, kind: str, phrases: tuple[str, ...], grid: GridTable, beside: list[Point]) -> Slide:
        *foot, mark = context.foot(words.say(f"deck.{kind}_note")).split("\n")
        subtitle = words.say(f"deck.{kind}_subtitle", **numbers)
        lines = [
            words.say("deck.notes_finding", text=heading),
            words.say("deck.notes_definition", text=subtitle),
            *(words.say(f"told.{phrase}", **numbers) for phrase in phrases),
            words.say("deck.notes_chance"),
            words.say("deck.notes_table", code=code, file=file),
        ]
        stop = words.say("pack.stop")
        notes = "\n".join(f"{line.rstrip(stop)}{stop}" for line in lines)
        return Slide(heading, subtitle, notes, foot, mark, table=grid, points=beside)

    first = page(title, told.name, told.notes, told.counts(table, context), points)
    others = told.others(table, items, context)
    return [first, *(page(heading, "list", told.other_notes, grid, []) for heading, grid in others)]
