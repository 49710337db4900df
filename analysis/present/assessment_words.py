"""Words that several tables of the assessment share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.measures.scorecards import PASSES
from analysis.present.labels import Words
from analysis.present.points import points_text, shown_points

DEPARTMENT = "department "  # the source of an item that departments tell
UNCLEAR = "unclear"
VETO = "veto_"  # before the code of a case, among the reasons
OPEN = "open_items"  # among the reasons


def remark_texts(row: Mapping[Hashable, Any], words: Words) -> list[str]:
    """What is to be known of a unit beside its proposal: only pre-checked, only recommended, organises the assessment."""
    codes = row["remarks"].split(";") if isinstance(row["remarks"], str) else []
    return [words.label(code, "remark") for code in codes if code]


def points_range(row: Mapping[Hashable, Any], words: Words) -> str:
    """The total of a unit, or its bounds while an item is open; one number where no answer can change it."""
    if is_unsettled(row):
        return words.say("card.range", low=points_text(row["total_low"]), high=points_text(row["total_high"]))
    return points_text(row["total_high" if pd.isna(row["total"]) else "total"])


def is_unsettled(row: Mapping[Hashable, Any]) -> bool:
    """Whether answers to open questions can still change the total, by the two decimals that are shown."""
    return bool(pd.isna(row["total"])) and points_text(row["total_low"]) != points_text(row["total_high"])


def applied_codes(cards: pd.DataFrame) -> pd.Series[str]:
    """The level that each unit applies for: `none` where it does not, `unclear` where it said nothing clear."""
    return cards["applied_level"].fillna("none").where(cards["applied_clear"].astype("bool"), UNCLEAR)


def line_text(points: float) -> str:
    """A line as it is agreed: without decimals that are nought."""
    return f"{points:g}"


def veto_text(row: Mapping[Hashable, Any], words: Words) -> str:
    """The veto cases of a unit by name, each with its code; empty without one."""
    cases = row["veto"].split(";") if isinstance(row["veto"], str) and row["veto"] else []
    names = ((code, words.label(code, "veto_case")) for code in cases)
    return words.join(words.say("assessed.case", case=code, name=name) for code, name in names)


def proposal_texts(row: Mapping[Hashable, Any], words: Words, kind: str = "class") -> list[str]:
    """The class proposed for a unit, or those between which it is open, and why; then what is to be known of the unit.

    `kind` is that of the phrases of the classes: `class`, or `proposed` where they have to stand as proposals.
    """
    proposed = row["class_proposed"]
    is_open = not isinstance(proposed, str)
    if is_open:
        ends = {end: words.say(f"class.{row[f'class_{end}']}") for end in ("low", "high")}
        texts = [words.say("card.open" if ends["low"] == ends["high"] else "assessed.between", **ends)]
    else:
        texts = [words.say(f"{kind}.{proposed}")]
    if row["exemplar"]:
        texts.append(words.label("exemplar", "column"))
    if row["borderline"] and not pd.isna(row["borderline"]):
        texts.append(words.say("sure.borderline"))
    return [*texts, *reason_texts(row, words), *remark_texts(row, words)]


def reason_texts(row: Mapping[Hashable, Any], words: Words) -> list[str]:
    """Why a unit is proposed for its class, without the veto cases, which have a column of their own.

    Open questions are a reason only where no class is proposed. Where the class does not pass and even the most
    points are below the line to be reached, that is said too.
    """
    proposed = row["class_proposed"]
    codes = row["reasons"].split(";") if isinstance(row["reasons"], str) else []
    told = [
        words.say(f"reason.{code}")
        for code in codes
        if code and not code.startswith(VETO) and not (code == OPEN and isinstance(proposed, str))
    ]
    is_short = isinstance(proposed, str) and proposed not in PASSES and shown_points(row["total_high"]) < row["line"]
    return [*told, words.say("reason.points", line=line_text(row["line"]))] if is_short else told


def confirmed(items: pd.DataFrame, words: Words) -> dict[str, str]:
    """What departments confirmed of each unit that costs it points, by item, and what they did not say yet, as open.

    A dash stands for units of which nothing of this is to be said; a unit without such items is left out.
    """
    asked = items[items["source"].str.startswith(DEPARTMENT)]
    found: dict[str, list[str]] = {}
    for row in asked.to_dict("records"):
        texts = found.setdefault(str(row["unit_code"]), [])
        is_open = pd.isna(row["value"])
        if is_open or row["points"] < row["full"]:
            name = row["item_zh"] if words.lang == "zh" else row["item_en"]
            state = "open" if is_open else "yes" if row["value"] >= 1 else "no"
            texts.append(words.say("assessed.opinion", item=name, said=words.say(f"card.{state}")))
    return {code: words.clauses(texts) or words.say("card.none") for code, texts in found.items()}
