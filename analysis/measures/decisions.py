"""The record of what is proposed: each unit on its list, with the versions of scheme and data that it stands on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.proposal import proposal
from analysis.reference import Reference
from analysis.reference.scheme_types import Scheme

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
)


def version_of(reference: Reference) -> str:
    """`v2025.1` for the data as frozen; each day after the freeze on which answers were told makes a new version."""
    later = {
        entry.told_on
        for entries in reference.corrections.values()
        for entry in entries
        if entry.told_on > reference.freeze_on
    }
    return f"v{reference.year}.{1 + len(later)}"


def decisions(
    cards: pd.DataFrame, protocol: Mapping[str, int], scheme: Scheme, reference: Reference, inputs_sha256: str
) -> pd.DataFrame:
    """One row per unit that is proposed for something, in the order of its list.

    `list` and `order` as in `proposal`. `version`, `scheme_version`, `freeze_on` and `inputs_sha256` say on what
    the row stands.
    """
    table = proposal(cards, protocol)
    return table[list(COLUMNS[:9])].assign(
        version=version_of(reference),
        scheme_version=scheme.term.version,
        freeze_on=reference.freeze_on.isoformat(),
        inputs_sha256=inputs_sha256,
    )
