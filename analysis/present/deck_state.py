"""What is so beside the charts whose title leaves something to tell: sentences of the chart's own public table.

Ranges and counts only: no difference is claimed, nothing hidden is told, no unit is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from analysis.present.chart_tables import ALL_GROUPS
from analysis.present.context import Context
from analysis.present.findings_lists import institution_columns
from analysis.present.labels import Words

Sentences = list[str]
GAPS = ("on_paper", "absent")


def categories_state(table: pd.DataFrame, context: Context) -> Sentences:
    """C3: between which pooled rates the services lie, of how many units; which programmes are hidden."""
    words = context.words
    rated = table[(table["group"] == "service") & table["rate"].notna()].sort_values("rate", kind="stable")
    ends = [
        words.say(
            "state.C3_rate",
            name=words.category(str(row["category"])),
            rate=words.percent(float(row["rate"])),
            units=words.units(int(row["n_valid"])),
        )
        for _, row in rated.iterrows()
    ]
    hidden = words.join(words.category(str(code)) for code in table.loc[table["hidden"].notna(), "category"])
    told = []
    if len(ends) > 1:
        told.append(words.say("state.C3_range", n=words.count(len(ends)), low=ends[0], high=ends[-1]))
    elif ends:
        told.append(words.say("state.C3_one", rate=ends[0]))
    return [*told, words.say("state.C3_hidden", names=hidden)] if hidden else told


def medians_state(table: pd.DataFrame, context: Context) -> Sentences:
    """C4: of how many groups and units the medians are; how many cells are grey."""
    words = context.words
    is_city = table["peer_group"] == ALL_GROUPS
    groups = table.loc[~is_city, "peer_group"].nunique()
    counted = words.say(
        "state.C4_units", groups=words.count(groups), units=units_span(table.loc[is_city, "n_rates"], words)
    )
    grey = int((table["median_status"] != "ok").sum())
    values = {"n": words.count(grey), "cells": words.count(len(table))}
    return [counted, words.say("state.C4_grey" if grey else "state.C4_full", **values)]


def pairing_state(table: pd.DataFrame, context: Context) -> Sentences:
    """C8: visits per household; units that did not report and those with an open question."""
    words = context.words
    city = table[table["title_level"] == ""].iloc[0]
    if not city["n_units"]:
        return []
    visits = city["visits_each"]
    told = [] if pd.isna(visits) else [words.say("state.C8_visits", visits=f"{visits:.1f}")]
    values = {name: words.units(int(city[name])) for name in ("not_submitted", "unknown")}
    return [*told, words.say("state.C8_open", **values)]


def problems_state(table: pd.DataFrame, context: Context) -> Sentences:
    """C9: how many of those due were closed in time; the overdue by the days since their date."""
    words, limits = context.words, context.reference.thresholds
    city = table[table["problem_source"] == ""].iloc[0]
    told = []
    if city["due"]:
        told.append(words.say("state.C9_due", due=words.count(city["due"]), in_time=words.count(city["in_time"])))
    if city["overdue"]:
        short, long = limits["overdue_days_short"], limits["overdue_days_long"]
        days = {"short": words.count(short), "next": words.count(short + 1), "long": words.count(long)}
        ages = {f"n_{age}": words.count(city[f"overdue_{age}"]) for age in ("short", "middle", "long")}
        told.append(words.say("state.C9_ages", **days, **ages))
    return told


def subjects_state(table: pd.DataFrame, context: Context) -> Sentences:
    """S1: the range over subjects and groups, of groups with enough units; how many answers are still open."""
    words, least = context.words, context.reference.thresholds["compare_min_peers"]
    own = table[table["peer_group"] != ALL_GROUPS]
    large = own[own["n_units"] >= least]
    told = []
    if len(large):
        span = words.percent_range(float(large["share"].min()), float(large["share"].max()))
        groups = words.count(large["peer_group"].nunique())
        told.append(words.say("state.S1_range", groups=groups, least=words.count(least), span=span))
    n_open = int(own["n_open"].sum())
    return [*told, words.say("state.S1_open", n=words.count(n_open)) if n_open else words.say("state.S1_closed")]


def exemplars_state(table: pd.DataFrame, context: Context) -> Sentences:
    """S2: how many cells and totals are not shown."""
    words = context.words
    is_total = (table["exemplar_level"] == "") | (table["exemplar_kind"] == "")
    hidden = table["n_exemplars"].isna()
    cells, totals = int((hidden & ~is_total).sum()), int((hidden & is_total).sum())
    if not cells + totals:
        return [words.say("state.S2_full", cells=words.count((~is_total).sum()))]
    values = {"cells": words.count(cells), "all": words.count((~is_total).sum()), "totals": words.count(totals)}
    return [words.say("state.S2_hidden", **values)]


def institutions_state(table: pd.DataFrame, context: Context) -> Sentences:
    """S3: units with an institution missing or on paper only, those with an open question, those that did not report."""
    words, marks = context.words, table[institution_columns(table)]
    counts = {
        "lacking": marks.isin(GAPS).any(axis="columns"),
        "asked": (marks == "unknown").any(axis="columns"),
        "silent": (marks == "not_submitted").any(axis="columns"),
    }
    return [words.say("state.S3", **{name: words.units(int(which.sum())) for name, which in counts.items()})]


def parts_state(table: pd.DataFrame, context: Context) -> Sentences:
    """S4: how many units count in a part, and how many are left out for an open item."""
    words = context.words
    city = table[table["peer_group"] == ALL_GROUPS]
    if city.empty:
        return []
    told = [words.say("state.S4_units", units=units_span(city["n_units"], words))]
    parts = [
        words.say(
            "state.S4_part", part=words.label(str(row["score_part"]), "score_part"), units=words.units(row["n_open"])
        )
        for _, row in city[city["n_open"] > 0].iterrows()
    ]
    return [*told, words.say("state.S4_open", parts=words.join(parts)) if parts else words.say("state.S4_closed")]


def units_span(counts: pd.Series, words: Words) -> str:
    """From fewest to most units; one number where both are the same."""
    low, high = int(counts.min()), int(counts.max())
    return words.units(low) if low == high else words.say("state.units", low=words.count(low), high=words.units(high))


TABLE_STATE: Mapping[str, Callable[[pd.DataFrame, Context], Sentences]] = MappingProxyType(
    {
        "C3": categories_state,
        "C4": medians_state,
        "C8": pairing_state,
        "C9": problems_state,
        "S1": subjects_state,
        "S2": exemplars_state,
        "S3": institutions_state,
        "S4": parts_state,
    }
)
