"""Small tables of the page on the assessment, and the sentences at its top. Codes stand in them.

Nothing here is a count of people; points and classes may stand in the pages of the meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from analysis.present.chart_assessment import assessment_finding, assessment_table
from analysis.present.context import Context
from analysis.reference import Reference

Tables = Mapping[str, pd.DataFrame]
Sentences = list[str]
LIST_COLUMNS = (
    *("list", "order", "short_name", "title_level", "applied_level"),
    *("total", "total_low", "total_high", "peer_points", "veto", "sure"),
)
SHOWN = 10


def assessment_lists(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per unit that is proposed for something, by list and in the order of protocol.

    `peer_points` is the median total of its peers; `sure` is `borderline` where chance may change the class.
    """
    table = assessment_table(tables, reference).rename(columns={"peer_median": "peer_points"})
    unsure = table["borderline"].fillna(False).astype("bool")
    return table.assign(sure=unsure.map({True: "borderline", False: ""}))[list(LIST_COLUMNS)]


def points_by_item(tables: Tables, _: Reference) -> pd.DataFrame:
    """One row per item: units scored on it, how many are open, the median of their points and what it is worth at most."""
    items = tables["assessment"]
    groups = items.assign(is_open=items["status"] == "open").groupby("item", sort=False)
    return pd.DataFrame(
        {
            "n_units": groups.size(),
            "n_open": groups["is_open"].sum().astype("int64"),
            "points": groups["points"].median(),
            "full": groups["full"].max(),
        }
    ).reset_index()


def steps_by_unit(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per unit and step to the class above, for the units that can reach it by counting."""
    names = {unit.code: unit.short_name for unit in reference.units}
    rows = tables["next_steps"]
    found = rows[rows["item"].fillna("") != ""]
    return found.assign(short_name=found["unit_code"].map(names))[["short_name", "next_class", "gap", "item", "count"]]


def rank_sensitivity(tables: Tables, _: Reference) -> pd.DataFrame:
    """The items that the order of the units hangs on most: the first rows of `rank_sensitivity`."""
    names = {"total": "total_order", "change": "rank_change"}
    return tables["rank_sensitivity"][["item", *names]].rename(columns=names).head(SHOWN)


ASSESSMENT_TABLES: Mapping[str, Callable[[Tables, Reference], pd.DataFrame]] = MappingProxyType(
    {
        "assessment_lists": assessment_lists,
        "points_by_item": points_by_item,
        "steps_by_unit": steps_by_unit,
        "rank_sensitivity": rank_sensitivity,
    }
)


def assessment_answer(tables: Tables, context: Context, _: str = "") -> Sentences:
    """Who is proposed for what, how many classes chance or an answer may change, and who is near the class above."""
    words, cards = context.words, tables["scorecards"]
    if cards.empty:
        return [words.say("answer.no_assessment")]
    listed = assessment_table(tables, context.reference)
    sentences = [assessment_finding(listed, context)]
    unsure = int(listed["borderline"].fillna(False).astype(bool).sum())
    waiting = int(listed["total"].isna().sum())
    sentences.append(words.say("answer.borderline", n=words.units(unsure), open=words.units(waiting)))
    steps = steps_by_unit(tables, context.reference)
    if len(steps):
        near = int(steps["short_name"].nunique())
        sentences.append(words.say("answer.near_next", n=words.units(near)))
    return sentences
