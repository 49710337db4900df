"""The record of what is proposed: each unit on its list, with the versions of scheme and data that it stands on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.measures.proposal import proposal
from analysis.measures.title_path import Card, TitlePath, title_path
from analysis.reference import Reference
from analysis.reference.scheme_types import Scheme
from analysis.reference.term_inputs import TermInputs
from analysis.reference.title_history import WITHDRAW, banned_units
from analysis.reference.title_steps import TitleSteps

COLUMNS = (
    "list",
    "order",
    "unit_code",
    "class_proposed",
    "class_low",
    "class_high",
    "total",
    "total_low",
    "total_high",
    "version",
    "scheme_version",
    "freeze_on",
    "inputs_sha256",
    "exemplar",
    "state_before",
    "events",
    "state_after",
)
FROM_CARDS = 9


def version_of(reference: Reference, corrected_on: Iterable[dt.date] = ()) -> str:
    """`v2025.1` for the data as frozen; each day after the freeze on which answers were told makes a new version.

    `corrected_on` are the days on which answers about the other years of the term were told.
    """
    days = {*days_told(reference), *corrected_on}
    return f"v{reference.year}.{1 + sum(day > reference.freeze_on for day in days)}"


def days_told(reference: Reference) -> frozenset[dt.date]:
    """The days on which answers about the year were told."""
    return frozenset(entry.told_on for entries in reference.corrections.values() for entry in entries)


def title_paths(
    cards: pd.DataFrame, steps: TitleSteps, inputs: TermInputs, reference: Reference
) -> dict[str, TitlePath]:
    """The path of the title of every unit of `cards`. Raises IllegalStep where one is not allowed."""
    effects = {case.code: case.effect for case in inputs.cases}
    banned = banned_units(inputs.earlier, reference.freeze_on)
    found = {}
    for row in cards.to_dict("records"):
        result = row["class_proposed"] if isinstance(row["class_proposed"], str) else None
        reasons, cases = (tuple(filter(None, str(row[name] or "").split(";"))) for name in ("reasons", "veto"))
        card = Card(row["title_level"], row["applied_level"], result, reasons, cases)
        found[row["unit_code"]] = title_path(card, steps, effects, banned.get(row["unit_code"]) == WITHDRAW)
    return found


def decisions(
    cards: pd.DataFrame,
    protocol: Mapping[str, int],
    scheme: Scheme,
    paths: Mapping[str, TitlePath],
    version: str,
    freeze_on: dt.date,
    inputs_sha256: str,
) -> pd.DataFrame:
    """One row per unit that is proposed for something, in the order of its list.

    `list` and `order` as in `proposal`. `version`, `scheme_version`, `freeze_on` and `inputs_sha256` say on what
    the row stands, `state_before`, `events` and `state_after` what it means for the title; while nothing is proposed,
    `events` are those so far and `state_after` is null.
    """
    table = proposal(cards, protocol)
    own = [paths[code] for code in table["unit_code"]]
    found = table[list(COLUMNS[:FROM_CARDS])].assign(
        version=version,
        scheme_version=scheme.term.version,
        freeze_on=freeze_on.isoformat(),
        inputs_sha256=inputs_sha256,
        exemplar=table["exemplar"],
        state_before=[path.before for path in own],
        events=[";".join(path.events) for path in own],
        state_after=pd.Series([path.after for path in own], dtype="str").where(table["class_proposed"].notna()),
    )
    return found[list(COLUMNS)]
