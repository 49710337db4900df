"""Small tables of the page on the assessment, and the sentences at its top: the lists of the meeting, items and steps.

Nothing here is a count of people; points and classes may stand in the pages of the meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.measures.disclosure_steps import public_steps
from analysis.measures.proposal import LISTS, PENDING
from analysis.present.assessment_record import RECORD_TABLES, minutes
from analysis.present.assessment_sure import SURE_TABLES, borderline, item_names
from analysis.present.assessment_words import confirmed, is_unsettled, points_range, proposal_texts, veto_text
from analysis.present.chart_assessment import assessment_finding, assessment_table
from analysis.present.context import Context
from analysis.present.labels import Lang, Words
from analysis.present.scorecard_data import why_text
from analysis.reference import Reference

Tables = Mapping[str, pd.DataFrame]
TableMaker = Callable[[Tables, Reference, Lang], pd.DataFrame]
Sentences = list[str]
LIST_COLUMNS = (
    *("order", "short_name", "applied_level", "title_held", "points_range", "peer_points", "veto"),
    *("opinions", "advice"),
)


def meeting_list(name: str, tables: Tables, reference: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per unit of one list in the order of protocol, with the columns that the meeting asks for.

    `points_range` is the total, or its bounds while it is open; `peer_points` the median total of its peers;
    `veto` the cases by name; `opinions` what departments confirmed that costs points or have not said yet, a dash where
    there is neither; `advice` the class proposed, why, and what is to be known of the unit.
    """
    words = Words(reference, lang)
    table = assessment_table(tables, reference)
    own = table[table["list"] == name]
    said, none = confirmed(tables["assessment"], words), words.say("card.none")
    terms = {unit.code: unit.title_term for unit in reference.units}
    rows = [
        (
            row["order"],
            row["short_name"],
            row["applied_level"],
            _held(row, terms, words),
            points_range(row, words),
            row["peer_median"],
            veto_text(row, words) or none,
            said.get(row["unit_code"], none),
            words.clauses(proposal_texts(row, words)),
        )
        for row in own.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(LIST_COLUMNS))


def _held(row: Mapping[Hashable, Any], terms: Mapping[str, str], words: Words) -> str:
    level = words.label(str(row["title_level"]), "title_level")
    term = terms[row["unit_code"]]
    return words.say("assessed.held", level=level, term=term) if term else level


def points_by_item(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per item: units scored on it, how many are open, the median of their points and what it is worth at most."""
    items = tables["assessment"]
    groups = items.assign(is_open=items["status"] == "open").groupby("item", sort=False)
    table = pd.DataFrame(
        {
            "n_units": groups.size(),
            "n_open": groups["is_open"].sum().astype("int64"),
            "points": groups["points"].median(),
            "full": groups["full"].max(),
        }
    ).reset_index()
    return table.assign(content=table["item"].map(item_names(items, lang)))[
        ["item", "content", *table.columns.drop("item")]
    ]


def steps_by_unit(tables: Tables, reference: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per unit and step to the class above, for the units that can reach it by counting; none that is hidden.

    `note` says where open questions come first; the step then counts the least points.
    """
    words, names = Words(reference, lang), {unit.code: unit.short_name for unit in reference.units}
    rows = public_steps(tables["next_steps"], tables["assessment"], tables["hidden"])
    found = rows[rows["item"].fillna("") != ""]
    found = found.assign(
        short_name=found["unit_code"].map(names),
        content=found["item"].map(item_names(tables["assessment"], lang)),
        note=[why_text(why, True, words) for why in found["why_not"]],
    )
    return found[["short_name", "next_class", "gap", "item", "content", "count", "note"]]


def _list(name: str) -> TableMaker:
    return lambda tables, reference, lang: meeting_list(name, tables, reference, lang)


ASSESSMENT_TABLES: Mapping[str, TableMaker] = MappingProxyType(
    {
        **{f"list_{name}": _list(name) for name in (*dict.fromkeys(LISTS.values()), PENDING)},
        "points_by_item": points_by_item,
        "steps_by_unit": steps_by_unit,
        **SURE_TABLES,
        **RECORD_TABLES,
    }
)


def assessment_answer(tables: Tables, context: Context, _: str = "") -> Sentences:
    """Who is proposed for what, how many classes chance or an answer may change, what was decided, who is near the next."""
    words, cards = context.words, tables["scorecards"]
    if cards.empty:
        return [words.say("answer.no_assessment")]
    reference = context.reference
    listed = assessment_table(tables, reference)
    sentences = [assessment_finding(listed, context)]
    waiting = sum(is_unsettled(row) for row in listed.to_dict("records"))
    unsure = len(borderline(tables, reference, words.lang))
    sentences.append(words.say("answer.borderline", n=words.units(unsure), open=words.units(waiting)))
    steps = steps_by_unit(tables, reference)
    if len(steps):
        near = int(steps["short_name"].nunique())
        sentences.append(words.say("answer.near_next", n=words.units(near)))
    decided = minutes(tables, reference)
    if len(decided):
        departing = int(decided["departs"].eq("yes").sum())
        sentences.append(words.say("answer.minutes", n=words.units(len(decided)), departing=words.units(departing)))
    return sentences
