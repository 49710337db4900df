"""How sure the proposals are, as small tables: who is near a line, and what ranks and totals hang on.

Ranks stand here as checks of the scheme alone: no list of the meeting is in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from analysis.present.labels import Lang, Words
from analysis.reference import Reference

Tables = Mapping[str, pd.DataFrame]
SHOWN = 10
SURE_COLUMNS = (
    *("short_name", "proposed", "total_low", "total_high", "line", "p_class", "p_pass", "p_pass_error"),
    *("draws", "converged"),
)


def item_names(items: pd.DataFrame, lang: Lang) -> Mapping[str, str]:
    """What the items are called, by code; items that stand in for each other (`B4a`, `B4u`) together under `B4`."""
    rows = items.drop_duplicates("item")
    names = {str(code): str(name) for code, name in zip(rows["item"], rows[f"item_{lang}"], strict=True)}
    groups: dict[str, list[str]] = {}
    for code, name in names.items():
        groups.setdefault(code[:2], []).append(name)
    joint = {code: ("、" if lang == "zh" else ", ").join(own) for code, own in groups.items()}
    return {**joint, **names}


def borderline(tables: Tables, reference: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per unit whose class chance may change, in the order of the register.

    `p_class` is the probability of the class proposed, which begins at `line`; `p_pass` that of reaching the lowest line to
    be named or to keep the title, `p_pass_error` the larger error of the two from the number of `draws`.
    """
    words = Words(reference, lang)
    names = {unit.code: unit.short_name for unit in reference.units}
    cards = tables["scorecards"]
    own = cards[cards["borderline"].fillna(False).astype("bool")]
    own = own.assign(
        short_name=own["unit_code"].map(names),
        proposed=[_class(code, words) for code in own["class_proposed"]],
        converged=[_yes(value, words) for value in own["converged"]],
    )
    return own[list(SURE_COLUMNS)].reset_index(drop=True)


def _class(code: object, words: Words) -> str:
    return words.say(f"class.{code}") if isinstance(code, str) else words.say("card.open")


def _yes(value: object, words: Words) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return words.say("card.none")
    return words.say("card.yes" if value else "card.no")


def draws_made(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per number of draws: how many units needed so many, how many converged, and the largest error."""
    cards = tables["scorecards"]
    own = cards[cards["draws"].notna()]
    table = own.assign(settled=own["converged"].fillna(False).astype("int64"))
    grouped = table.groupby("draws").agg(
        n_units=("unit_code", "size"), n_converged=("settled", "sum"), p_pass_error=("p_pass_error", "max")
    )
    return grouped.reset_index()


def rank_sensitivity(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """The items that the order of the units hangs on most: the first rows of `rank_sensitivity`."""
    rows = tables["rank_sensitivity"].head(SHOWN)
    names = item_names(tables["assessment"], lang)
    found = rows.rename(columns={"first": "first_order", "total": "total_order", "change": "rank_change"})
    return found.assign(content=found["item"].map(names))[
        ["item", "content", "first_order", "total_order", "rank_change"]
    ]


def left_out(tables: Tables, reference: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per item left out, most first: the mean and the largest change of rank, and how many units move by 10 or more."""
    rows = tables["rank_without"]
    moved = rows.assign(moved=rows["change"].abs())
    grouped = moved.assign(far=moved["moved"] >= SHOWN).groupby("item", sort=False)
    table = grouped.agg(rank_change=("moved", "mean"), rank_change_most=("moved", "max"), n_far=("far", "sum"))
    table = table.reset_index().sort_values("rank_change", ascending=False, kind="stable").head(SHOWN)
    names = item_names(tables["assessment"], lang)
    found = table.assign(content=table["item"].map(names), n_far=table["n_far"].astype("int64"))
    return found[["item", "content", "rank_change", "rank_change_most", "n_far"]].reset_index(drop=True)


def switches(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per switch of the scheme: how far ranks move, and how many classes it changes."""
    rows = tables["scheme_switches"]
    moved = rows.assign(
        moved=(rows["rank_other"] - rows["rank"]).abs(),
        other=rows["class_proposed"].fillna("") != rows["class_other"].fillna(""),
    )
    grouped = moved.groupby(f"switch_{lang}", sort=False)
    table = grouped.agg(
        n_units=("unit_code", "size"),
        rank_change=("moved", "mean"),
        rank_change_most=("moved", "max"),
        n_class_changed=("other", "sum"),
    )
    return table.astype({"n_class_changed": "int64"}).rename_axis("switch").reset_index()


def total_inputs(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per source of uncertainty: the mean share of the variance of the totals that goes with it."""
    rows = tables["total_sensitivity"]
    grouped = rows[rows["grouping"] == "source"].groupby("input", sort=False)
    table = grouped.agg(first_order=("first", "mean"), total_order=("total", "mean"), deviation=("deviation", "mean"))
    return table.reset_index()


SURE_TABLES: Mapping[str, Callable[[Tables, Reference, Lang], pd.DataFrame]] = MappingProxyType(
    {
        "borderline": borderline,
        "draws_made": draws_made,
        "rank_sensitivity": rank_sensitivity,
        "left_out": left_out,
        "switches": switches,
        "total_inputs": total_inputs,
    }
)
