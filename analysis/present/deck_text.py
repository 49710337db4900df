"""The pages of the deck in words: cover, summary, one page per chart, the lists of the assessment and what is open.

Every sentence is computed; what only people can judge is a gap that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

import pandas as pd

from analysis.present.answers import (
    comparison_answer,
    intake_answer,
    open_split,
    participation_answer,
    quality_answer,
)
from analysis.present.answers_year import change_answer, change_state, continuity_answer
from analysis.present.assessment_tables import assessment_answer
from analysis.present.chart_frame import bare_frame
from analysis.present.context import Context
from analysis.present.deck_chart import fill_place
from analysis.present.deck_slides import ChartPicture, GridTable, Point, Slide
from analysis.present.deck_state import TABLE_STATE
from analysis.present.deck_told import TOLD_AS_TABLES, told_slides
from analysis.present.open_points import open_by_act
from analysis.present.public_tables import remembered
from analysis.present.save_charts import CHARTS, Chart, Tables

Sentences = list[str]
SUMMARY: tuple[Callable[[Tables, Context], Sentences], ...] = (
    intake_answer,
    participation_answer,
    lambda tables, context: [volunteers_told(tables, context)],
    change_answer,
)
# what is said beside a chart: sentences of the answers that its title does not say; others stand in TABLE_STATE
STATE: Mapping[str, Callable[[Tables, Context], Sentences]] = MappingProxyType(
    {
        "C1": lambda tables, context: intake_answer(tables, context)[1:],
        "C2": lambda tables, context: participation_answer(tables, context)[:-2],
        "C5": lambda tables, context: comparison_answer(tables, context)[1:],
        "C6": change_state,
        "C7": lambda tables, context: continuity_answer(tables, context)[1:],
        "C10": lambda tables, context: assessment_answer(tables, context)[1:],
    }
)


def deck_slides(tables: Tables, context: Context) -> list[Slide]:
    """All pages in their order."""
    with remembered():
        pages = [cover(tables, context), summary(tables, context)]
        for code, chart in CHARTS.items():
            if chart.is_possible(tables):
                pages += chart_slides(code, chart, tables, context)
        return [*pages, *open_slide(tables, context)]


def is_assessed(tables: Tables) -> bool:
    """Whether the year ends a term and its units have been assessed."""
    return CHARTS["C10"].is_possible(tables)


def cover(tables: Tables, context: Context) -> Slide:
    """Title, who reports, and as of which day."""
    words, reference = context.words, context.reference
    say = words.say
    lines = [
        say("pack.office", city=words.pick(reference.city)),
        say("deck.as_of", freeze=words.day(reference.freeze_on)),
        say("deck.meeting_day"),
    ]
    return Slide(
        title=say("deck.title", year=reference.year),
        subtitle=say("deck.subtitle" if is_assessed(tables) else "deck.subtitle_plain", year=reference.year),
        notes=words.sentences([say("deck.notes_cover"), foot_parts(context.foot())[1]]),
        foot=foot_parts(context.foot())[0],
        mark=foot_parts(context.foot())[1],
        sentences=lines,
        is_cover=True,
    )


def summary(tables: Tables, context: Context) -> Slide:
    """The first sentence of each answer of the year: three to five."""
    say = context.words.say
    told = [compose(tables, context)[0] for compose in SUMMARY]
    if is_assessed(tables):
        told.append(assessment_answer(tables, context)[0])
    foot, mark = foot_parts(context.foot(say("foot.full_count")))
    stop = say("pack.stop")
    return Slide(
        title=say("deck.summary", year=context.reference.year),
        subtitle=say("deck.summary_subtitle"),
        notes=context.words.clauses([say("deck.summary_notes"), *foot]),
        foot=foot,
        mark=mark,
        sentences=[f"{sentence}{stop}" for sentence in dict.fromkeys(told)],
    )


def volunteers_told(tables: Tables, context: Context) -> str:
    """The finding of the comparison with what it is about, as it stands without its chart."""
    first = comparison_answer(tables, context)[0]
    none = context.words.say("C5.title_none")
    return first if first == none else context.words.say("pack.volunteers", text=first)


def chart_slides(code: str, chart: Chart, tables: Tables, context: Context) -> list[Slide]:
    """The page of a chart; one that is too long for a page gives its counts, then its rows as tables."""
    words, table = context.words, chart.table(tables, context.reference)
    with bare_frame() as frames:
        figure = chart.draw(table, context)
    texts = frames[0]
    points = points_of(code, table, tables, context)
    if code not in TOLD_AS_TABLES:
        foot, mark = foot_parts(texts.foot)
        notes = notes_of(code, chart, texts.title, texts.subtitle, foot, context)
        alt = words.say("deck.alt", title=texts.title, subtitle=texts.subtitle, n=words.count(len(table)))
        picture = ChartPicture(partial(fill_place, figure), alt)
        return [Slide(texts.title, texts.subtitle, notes, foot, mark, picture=picture, points=points)]
    return told_slides(code, texts.title, table, tables["assessment"], points, f"charts/{chart.file}.csv", context)


def notes_of(code: str, chart: Chart, title: str, subtitle: str, foot: list[str], context: Context) -> str:
    """What the speaker may be asked: the definition, the caveats, and where the numbers stand."""
    say = context.words.say
    stop = say("pack.stop")
    lines = [
        say("deck.notes_finding", text=title),
        say("deck.notes_definition", text=subtitle),
        *(say("deck.notes_caveat", text=line) for line in foot),
        say("deck.notes_chance"),
        say("deck.notes_table", code=code, file=f"charts/{chart.file}.csv"),
    ]
    return "\n".join(f"{line.rstrip(stop)}{stop}" for line in lines)


def points_of(code: str, table: pd.DataFrame, tables: Tables, context: Context) -> list[Point]:
    """What is so (computed); what was found out and what should follow are left to people."""
    say = context.words.say
    compose = STATE.get(code)
    told = compose(tables, context) if compose else TABLE_STATE.get(code, table_told)(table, context)
    stop = say("pack.stop")
    state = [f"{sentence}{stop}" for sentence in told or table_told(table, context)]
    return [
        Point(say("deck.state"), state),
        Point(say("deck.reasons"), [say("gap.blank")], is_gap=True),
        Point(say("deck.advice"), [say("gap.blank")], is_gap=True),
    ]


def table_told(table: pd.DataFrame, context: Context) -> Sentences:
    """How many rows stand behind a chart, and in how many a number is not shown."""
    words = context.words
    columns = [name for name in table.columns if str(name).startswith("hidden")]
    hidden = int(table[columns].notna().any(axis="columns").sum()) if columns else 0
    said = words.say("deck.rows", n=words.count(len(table)))
    return [said, words.say("deck.rows_hidden", n=words.count(hidden))] if hidden else [said]


def open_slide(tables: Tables, context: Context) -> Iterator[Slide]:
    """Who must act on what is open, when anything is."""
    words, found = context.words, open_by_act(tables["queries"], context.reference)
    if found.empty:
        return
    names = ("act", "open", "units")
    rows = [
        (words.label(act, "act"), words.count(n), words.count(units))
        for act, n, units in zip(found["act"], found["open"], found["units"], strict=True)
    ]
    title = quality_answer(tables, context)[0]
    split = open_split(tables, words)
    foot, mark = foot_parts(context.foot(*([split] if split else [])))
    grid = GridTable(
        [words.label(name, "column") for name in names],
        rows,
        (5, 1.5, 1.5),
        frozenset({1, 2}),
        alt=words.say("deck.alt_table", title=title, n=words.count(len(rows))),
    )
    subtitle = words.say("deck.open_subtitle", year=context.reference.year)
    yield Slide(title, subtitle, words.say("deck.open_notes"), foot, mark, table=grid)


def foot_parts(foot: str) -> tuple[list[str], str]:
    """Source and notes of a foot, and its last line: what the page is and how it may be used."""
    *first, mark = foot.split("\n")
    return first, mark
