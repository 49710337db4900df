"""The draft of the circular in words: every number computed, what people must judge left as a gap that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.present.answers import files_told, finding, open_split, participation_answer
from analysis.present.assessment_tables import assessment_answer
from analysis.present.assessment_words import remark_texts
from analysis.present.chart_assessment import assessment_table
from analysis.present.circular_facts import asked, city_shares, problems, told, who_sent
from analysis.present.context import Context
from analysis.present.deck_text import foot_parts, is_assessed, volunteers_told
from analysis.present.labels import Words
from analysis.present.public_tables import remembered
from analysis.present.save_charts import CHARTS, Tables

Role = Literal["title", "plain", "heading", "body", "signature", "date", "annex", "list"]
LISTED = ("name", "keep")  # only what honours is listed by name; the rest belongs to the leaders' annex


@dataclass(frozen=True)
class Paragraph:
    """One paragraph and what it is: `plain` begins at the margin, `annex` a page; a bar in a title is a line end."""

    role: Role
    text: str


def circular_text(tables: Tables, context: Context) -> list[Paragraph]:
    """The whole draft in its order."""
    with remembered():
        return [
            *opening(tables, context),
            *overall(tables, context),
            *practice(tables, context),
            *weak_points(tables, context),
            *next_steps(tables, context),
            *data_quality(tables, context),
            *ending(tables, context),
            *lists(tables, context),
        ]


def opening(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """Title, addressee, and why the circular comes."""
    words, year = context.words, context.reference.year
    yield Paragraph("title", words.say("circular.title", year=year))
    yield Paragraph("plain", words.say("circular.addressee"))
    phrase = "circular.opening_assessed" if is_assessed(tables) else "circular.opening"
    yield Paragraph("body", words.say(phrase, year=year))


def overall(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """Returns, participation, change, completion, proposals."""
    words, reference = context.words, context.reference
    yield Paragraph("heading", words.say("circular.heading_overall"))
    city = CHARTS["C1"].table(tables, reference).iloc[-1]
    sent = words.say(
        "circular.returns",
        due=words.units(int(city["units_due"])),
        submitted=words.units(int(city["units_submitted"])),
        share=words.percent(context.submitted_share),
        on_time=words.percent(float(city["on_time_share"])),
    )
    yield body(words, [sent, files_told(tables["submissions"], words), *context.preliminary()])
    took_part = participation_answer(tables, context)
    yield body(words, [words.say("circular.from_data", text=took_part[0]), *took_part[1:]])
    compared = volunteers_told(tables, context)
    yield body(words, [*change(tables, context), compared, finding("C7", tables, context)])
    done = city_shares(tables, context)
    if done:
        yield body(words, done)
    if is_assessed(tables):
        yield body(
            words, [words.say("circular.proposals", text=part) for part in assessment_answer(tables, context)[:1]]
        )


def change(tables: Tables, context: Context) -> Iterator[str]:
    """The pooled rate of the units of both years: up, down, about the same, or nothing to compare."""
    words, table = context.words, CHARTS["C6"].table(tables, context.reference)
    whole = table[table["mark"] == "total"]
    if whole.empty or whole["difference"].isna().all():
        yield finding("C6", tables, context)
        return
    row = whole.iloc[0]
    if row["class"] in ("up", "down"):
        points = words.points(abs(float(row["difference"])))
        yield words.say(f"circular.change_{row['class']}", n=words.units(int(row["n_units"])), points=points)
    else:
        yield words.say("circular.change_same", n=words.units(int(row["n_units"])))


def practice(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """How many exemplars; which of them are worth following is for people to say."""
    words = context.words
    yield Paragraph("heading", words.say("circular.heading_practice"))
    chart = CHARTS["S2"]
    told_of = exemplars_told(chart.table(tables, context.reference), words) if chart.is_possible(tables) else None
    if told_of:
        yield body(words, [told_of])
    yield body(words, [words.say("circular.practice_gap")])


def exemplars_told(table: pd.DataFrame, words: Words) -> str | None:
    """How many exemplars, from the table of S2; by level only where no level is hidden, null without a number to tell."""
    of_levels = table[table["exemplar_kind"].fillna("") == ""]
    is_whole = of_levels["exemplar_level"].fillna("") == ""
    whole = of_levels.loc[is_whole, "n_exemplars"].dropna()
    if whole.empty or not whole.iloc[0]:
        return None
    levels = of_levels[~is_whole]
    if levels["n_exemplars"].isna().any():
        return words.say("circular.exemplars_whole", n=words.count(whole.iloc[0]))
    parts = [
        words.say("circular.exemplar_level", level=words.label(str(level), "exemplar_level"), n=words.count(n))
        for level, n in zip(levels["exemplar_level"], levels["n_exemplars"], strict=True)
        if n
    ]
    return words.say("circular.exemplars", n=words.count(whole.iloc[0]), parts=words.join(parts))


def weak_points(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """What was found with how many units; no unit is named."""
    words = context.words
    yield Paragraph("heading", words.say("circular.heading_problems"))
    found = problems(tables, context)
    if not found:
        yield body(words, [words.say("circular.no_problem")])
    for number, one in enumerate(found, start=1):
        item = words.say("circular.item", number=words.say(f"number.{number}"), text=told(one, context))
        yield body(words, [item, *who_sent(one, context)])
    yield body(words, [words.say("circular.reasons_gap")])


def next_steps(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """Three gaps, and who must answer by when."""
    words = context.words
    yield Paragraph("heading", words.say("circular.heading_next"))
    yield body(words, [words.say("circular.next_gap")])
    counts = {one.phrase: one.n for one in problems(tables, context)}
    waiting = asked(tables, context.reference).n
    if waiting:
        yield body(words, [words.say("circular.answer_by", n=words.units(waiting))])
    if counts.get("overdue"):
        yield body(words, [words.say("circular.rectify_by", n=words.units(counts["overdue"]))])


def data_quality(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """What was sent back, answered and put in order, and what is still open."""
    words, queries = context.words, tables["queries"]
    yield Paragraph("heading", words.say("circular.heading_quality"))
    is_asked = queries["treatment"].isin(["ASK", "DROP"])
    numbers = {
        "sent_back": int((tables["submissions"]["state"] == "returned").sum()),
        "answered": int((is_asked & (queries["state"] != "open")).sum()),
        "fixed": int((queries["treatment"] == "FIX").sum()),
        "open": int((tables["facts"]["status"] == "queried").sum()),
    }
    said = words.say("circular.quality", **{name: words.count(n) for name, n in numbers.items()})
    split = open_split(tables, words)
    yield body(words, [said, *([split] if split else []), words.say("foot.full_count")])


def ending(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """What is annexed, who signs, and when."""
    words, reference = context.words, context.reference
    if listed_units(tables, context):
        yield body(words, [words.say("circular.annexed")])
    yield Paragraph("signature", words.say("pack.office", city=words.pick(reference.city)))
    yield Paragraph("date", words.say("circular.date", year=reference.year + 1))


def lists(tables: Tables, context: Context) -> Iterator[Paragraph]:
    """The units proposed for a title, in the order of protocol."""
    words = context.words
    found = listed_units(tables, context)
    if not found:
        return
    yield Paragraph("annex", words.say("circular.annex"))
    for name, groups in found.items():
        heading = words.say(f"C10.list_{name}", n=words.units(sum(map(len, groups.values()))))
        yield Paragraph("heading", words.say("circular.list", heading=heading))
        for remark, units in groups.items():
            kind = "group" if remark else "group_plain" if len(groups) > 1 else "group_only"
            named = {"n": words.units(len(units)), "units": words.join(units), "remark": remark}
            yield Paragraph("list", words.say(f"circular.{kind}", **named))
    is_marked = any(remark for groups in found.values() for remark in groups)
    notes = ["list_note", "list_note_remarks"] if is_marked else ["list_note"]
    source = foot_parts(context.foot())[0][0]
    yield body(words, [*(words.say(f"circular.{note}") for note in notes), source])


def listed_units(tables: Tables, context: Context) -> dict[str, dict[str, list[str]]]:
    """The short names of the units of the lists that honour, by list and by what is to be known of them (empty: nothing).

    Those of which nothing is to be known stand first, alike remarks together; empty without assessment.
    """
    if not is_assessed(tables):
        return {}
    table = assessment_table(tables, context.reference)
    found: dict[str, dict[str, list[str]]] = {}
    for name in LISTED:
        rows = table[table["list"] == name].to_dict("records")
        rows.sort(key=lambda row: str(row["remarks"]) if isinstance(row["remarks"], str) else "")
        for row in rows:
            remark = context.words.join(remark_texts(row, context.words))
            found.setdefault(name, {}).setdefault(remark, []).append(str(row["short_name"]))
    return found


def body(words: Words, sentences: list[str]) -> Paragraph:
    """Sentences as one paragraph."""
    stop = words.say("pack.stop")
    space = "" if words.lang == "zh" else " "
    return Paragraph("body", space.join(f"{text.rstrip(stop)}{stop}" for text in sentences))
