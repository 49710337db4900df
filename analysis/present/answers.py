"""The answers at the top of the notebooks: sentences computed from the tables, in Chinese with English below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from types import MappingProxyType

import pandas as pd

from analysis.measures.screening import spot_checks
from analysis.present.answers_year import YEAR_ANSWERS, no_unit
from analysis.present.chart_tables import OVERALL
from analysis.present.context import Context
from analysis.present.labels import LANGS, Words
from analysis.present.open_points import open_by_act, open_by_result, open_of_values
from analysis.present.public_tables import public_city_figures
from analysis.present.save_charts import CHARTS, Tables

Sentences = list[str]
FILE_STATES = ("accepted", "quarantined", "superseded", "returned", "skipped")
MARKS_LEFT_OUT = ("lead", "hidden")
STATUSES_LEFT_OUT = ("small", "not_submitted", "queried")


@dataclass(frozen=True)
class Answer:
    """Sentences in Chinese, each with the same in English: what a cell shows, in HTML and in plain text."""

    zh: tuple[str, ...]
    en: tuple[str, ...]

    def _repr_html_(self) -> str:
        pairs = zip(self.zh, self.en, strict=True)
        return "\n".join(
            f'<p><strong lang="zh-CN">{escape(zh)}</strong><br><small lang="en">{escape(en)}</small></p>'
            for zh, en in pairs
        )

    def __repr__(self) -> str:
        return "\n".join((*self.zh, *self.en))


def answer(name: str, tables: Tables, context: Context, unit: str = "") -> Answer:
    """The answer of the notebook `name`, about a unit where it is of one; raises KeyError for an unknown one."""
    compose = YEAR_ANSWERS[name] if name in YEAR_ANSWERS else no_unit(ANSWERS[name])
    in_language = (replace(context, words=replace(context.words, lang=lang)) for lang in LANGS)
    chinese, english = (compose(tables, spoken, unit) for spoken in in_language)
    return Answer(tuple(f"{text}\u3002" for text in chinese), tuple(f"{text}." for text in english))


def finding(code: str, tables: Tables, context: Context) -> str:
    """The title of a chart."""
    chart = CHARTS[code]
    return chart.finding(chart.table(tables, context.reference), context)


def intake_answer(tables: Tables, context: Context) -> Sentences:
    """Who reported, what could not be used, what has to be asked."""
    words, submissions, queries = context.words, tables["submissions"], tables["queries"]
    is_open = queries["state"] == "open"
    asking = int(queries.loc[is_open, "unit_code"].nunique())
    return [
        finding("C1", tables, context),
        files_told(submissions, words),
        words.say(
            "answer.queries",
            n=words.count(int(is_open.sum())),
            some=words.some_units(asking, context.units_submitted),
        ),
    ]


def files_told(submissions: pd.DataFrame, words: Words) -> str:
    """How many files came and what became of them: every file in one part, so that the parts add up to the whole."""
    counts = submissions["state"].value_counts()
    parts = [words.say(f"files.{state}", n=words.count(int(counts[state]))) for state in FILE_STATES if state in counts]
    return words.say("answer.files", files=words.count(len(submissions)), parts=words.join(parts))


def open_split(tables: Tables, words: Words) -> str:
    """Why open questions and queried values are not the same number; empty where they are."""
    n_open = int((tables["queries"]["state"] == "open").sum())
    of_values = open_of_values(tables["queries"], tables["facts"])
    if n_open == of_values:
        return ""
    parts = {"values": words.count(of_values), "others": words.count(n_open - of_values)}
    return words.say("answer.open_split", n=words.count(n_open), **parts)


def participation_answer(tables: Tables, context: Context) -> Sentences:
    """The share of people and the typical unit; they differ where large units differ from small ones."""
    words = context.words
    sentences = []
    city = public_city_figures(tables, context.reference)
    row = city[(city["indicator"] == OVERALL) & city["pooled_rate"].notna()]
    if len(row):
        figures = row.iloc[0]
        sentences.append(
            words.say(
                "answer.pooled",
                rate=words.percent(float(figures["pooled_rate"])),
                persons=words.count(float(figures["numerator"])),
                people=words.count(float(figures["denominator"])),
                units=words.units(int(figures["n_counted"])),
            )
        )
    return [*sentences, finding("C2", tables, context), finding("C3", tables, context)]


def comparison_answer(tables: Tables, context: Context) -> Sentences:
    """How many units differ from their peers, and how many are not compared and why."""
    words = context.words
    table = CHARTS["C5"].table(tables, context.reference)
    reasons = reasons_left_out(table)
    n_left = sum(reasons.values())
    named = [words.say(f"answer.reason_{name}", n=words.count(n)) for name, n in reasons.items() if n]
    left = words.say("answer.left_out", n=words.units(n_left), reasons=words.join(named))
    outside, compared = clearly_outside(table)
    sentences = [finding("C5", tables, context)]
    if outside:
        some, share = words.some_units(outside, compared), words.percent(outside / compared)
        sentences.append(words.say("answer.outside", some=some, share=share))
    return [*sentences, left] if n_left else sentences


def reasons_left_out(table: pd.DataFrame) -> dict[str, int]:
    """How many units of the table of C5 are not compared, by reason; each counts once, so that they add up."""
    rest = table[~table["mark"].isin(["near", "higher", "lower"])]
    reasons = rest["status"].where(rest["status"].isin(STATUSES_LEFT_OUT), "other")
    for mark in MARKS_LEFT_OUT:
        reasons = reasons.mask(rest["mark"] == mark, mark)
    return {name: int((reasons == name).sum()) for name in (*MARKS_LEFT_OUT, *STATUSES_LEFT_OUT, "other")}


def quality_answer(tables: Tables, context: Context) -> Sentences:
    """What is open, the result that it touches most, who must act, and how clean the returns are."""
    words, facts, quality = context.words, tables["facts"], tables["quality"]
    found = open_by_act(tables["queries"], context.reference)
    known = quality[quality["n_cells"] > 0]
    clean = int((known["quality_index"] == 0).sum())
    median = f"{known['quality_index'].median():.2f}"
    index = words.say("answer.quality_none")
    if len(known):
        index = words.say("answer.quality", median=median, clean=words.units(clean))
    if found.empty:
        return [words.say("answer.open_none"), index]
    queried, cells = int((facts["status"] == "queried").sum()), words.count(len(facts))
    share = words.percent(queried / len(facts)) if len(facts) else ""
    sentences = [words.say("answer.open_cells", cells=cells, n=words.count(queried), share=share)] if share else []
    touched = open_by_result(tables["rates"], tables["units"])
    if len(touched):
        most = touched.iloc[0]
        name = words.figure(most["indicator"], most["category"])
        reach = {"units": words.units(int(most["units"])), "share": words.percent(float(most["people_share"]))}
        sentences.append(words.say("answer.open_result", name=name, **reach))
    acts = [
        words.say("answer.open_act", act=words.label(act, "act"), n=words.count(n), units=words.units(units))
        for act, n, units in zip(found["act"], found["open"], found["units"], strict=True)
    ]
    return [*sentences, words.say("answer.open_acts", acts=words.join(acts)), index]


def screening_answer(tables: Tables, context: Context) -> Sentences:
    """How many returns have signs worth a look at the records, and which units to look at first; never why."""
    words, table = context.words, tables["screening"]
    if table.empty:
        return [words.say("answer.signs_none")]
    chosen = spot_checks(table, context.reference)
    units = words.units(int(table["unit_code"].nunique()))
    first = words.join(str(name) for name in chosen["short_name"])
    return [words.say("answer.signs", units=units, names=first), words.say("answer.signs_meaning")]


def start_answer(tables: Tables, context: Context) -> Sentences:
    """Where the year stands: who reported, what is open, how much there is to look at."""
    words, queries = context.words, tables["queries"]
    is_open = queries["state"] == "open"
    units = words.units(int(queries.loc[is_open, "unit_code"].nunique()))
    asked = words.say("answer.start_asked", n=words.count(int(is_open.sum())), units=units)
    charts = sum(chart.is_possible(tables) for chart in CHARTS.values())
    return [
        finding("C1", tables, context),
        asked if is_open.any() else words.say("answer.start_nothing"),
        words.say("answer.start_tables", charts=words.count(charts), tables=words.count(len(tables))),
    ]


def charts_answer(tables: Tables, context: Context) -> Sentences:
    """The findings of all charts of the year, in the order of the meeting."""
    return [finding(code, tables, context) for code, chart in CHARTS.items() if chart.is_possible(tables)]


def clearly_outside(table: pd.DataFrame) -> tuple[int, int]:
    """How many of the units compared lie clearly outside the limits, and how many are compared."""
    marks = table["mark"]
    return int(marks.isin(["higher", "lower"]).sum()), int(marks.isin(["near", "higher", "lower"]).sum())


ANSWERS: Mapping[str, Callable[[Tables, Context], Sentences]] = MappingProxyType(
    {
        "start": start_answer,
        "charts": charts_answer,
        "intake": intake_answer,
        "quality": quality_answer,
        "screening": screening_answer,
        "participation": participation_answer,
        "comparison": comparison_answer,
    }
)
