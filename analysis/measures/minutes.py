"""The record of what was decided beside what was proposed: `decisions` with the lines of the minutes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.reference.minutes import Decision

MINUTES_COLUMNS = ("decided", "departs", "decided_reason", "members_left", "decided_on", "minutes_document")


def proposals_of(decisions: pd.DataFrame) -> dict[str, str | None]:
    """The class proposed for each unit on the lists, null where it hangs on open questions."""
    pairs = zip(decisions["unit_code"], decisions["class_proposed"], strict=True)
    return {str(unit): proposed if isinstance(proposed, str) else None for unit, proposed in pairs}


def with_minutes(decisions: pd.DataFrame, minutes: Mapping[str, Decision]) -> pd.DataFrame:
    """The same rows with what was decided; null where the minutes have no line for the unit.

    `departs` says that the decision is not the class proposed; then `decided_reason` is filled. `members_left` counts
    the members who left while their own unit was decided on.
    """
    found = [minutes.get(str(code)) for code in decisions["unit_code"]]
    return decisions.assign(
        decided=pd.array([None if one is None else one.decided for one in found], dtype="str"),
        departs=pd.array([None if one is None else one.departs for one in found], dtype="boolean"),
        decided_reason=pd.array([None if one is None else one.reason for one in found], dtype="str"),
        members_left=pd.array([None if one is None else one.members_left for one in found], dtype="Int64"),
        decided_on=pd.array([None if one is None else one.decided_on.isoformat() for one in found], dtype="str"),
        minutes_document=pd.array([None if one is None else one.document for one in found], dtype="str"),
    )
