"""Which forms came in time (I35): submissions and times of receipt -> rows of `rates`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from analysis.etl.receipts import received_at
from analysis.measures.participation import COUNTING_STATES
from analysis.measures.rates import COLUMNS
from analysis.reference import Reference, Unit

INDICATOR = "I35"
NO_TITLE = "none"
EARLIER = "superseded"


class _Receipts(NamedTuple):
    """What a unit owes and sent: the forms in time, and those that may have been."""

    due: frozenset[str]
    in_time: frozenset[str]
    perhaps: frozenset[str]
    came: bool


def on_time_rates(submissions: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per unit of the register, with the columns of `rates`: forms received by the deadline / forms due.

    What is due is in `forms_due.csv`; forms that a unit need not send count neither way. A form is in time when the
    file that counts was received by the deadline. It may have been when its time is not known, or when an earlier
    version, since superseded, came in time: then the rate is `bounded`. Of a unit that sent nothing the counts stand
    (0 of those due), so that the city's rate is of all units, but no rate: it is not_submitted.
    """
    return pd.DataFrame([_row(unit, _receipts(unit, submissions, reference)) for unit in reference.units]).astype(
        dict.fromkeys(["numerator", "denominator", "rate", "ci_low", "ci_high", "rate_low", "rate_high"], "float64")
        | {"flags": "str", "n_open_queries": "int64"}
    )[list(COLUMNS)]


def forms_due(unit: Unit, reference: Reference) -> frozenset[str]:
    """The forms that a unit owes: those for titled units only when it holds a title."""
    titled = unit.title_level != NO_TITLE
    return frozenset(form for form, only_titled in reference.forms_due.items() if titled or not only_titled)


def _receipts(unit: Unit, submissions: pd.DataFrame, reference: Reference) -> _Receipts:
    due = forms_due(unit, reference)
    own = submissions[submissions["unit_code"] == unit.code]
    counted = own[own["state"].isin(COUNTING_STATES)]
    told: dict[str, bool | None] = {}
    for file, listed in zip(counted["file"], counted["forms"], strict=True):
        for form in str(listed or "").split(";"):
            told[form] = _in_time(str(file), reference)
    earlier = any(_in_time(str(file), reference) is not False for file in own.loc[own["state"] == EARLIER, "file"])
    in_time = frozenset(form for form in due if told.get(form))
    perhaps = frozenset(form for form in due - in_time if form in told and (told[form] is None or earlier))
    return _Receipts(due, in_time, perhaps, not counted.empty)


def _in_time(file: str, reference: Reference) -> bool | None:
    """Whether a file came by the deadline; null when nobody noted when it came."""
    received = received_at(file, reference)
    return None if received is None else received.date() <= reference.deadline


def _row(unit: Unit, receipts: _Receipts) -> Mapping[str, object]:
    due, sure, perhaps = (float(len(forms)) for forms in receipts[:3])
    row: dict[str, object] = {
        **dict.fromkeys(COLUMNS), "unit_code": unit.code, "indicator": INDICATOR, "category": "", "n_open_queries": 0
    }  # fmt: skip
    if perhaps:
        low, high = sure / due, (sure + perhaps) / due
        return {**row, "denominator": due, "status": "bounded", "rate_low": low, "rate_high": high}
    if not due:
        return {**row, "status": "undefined"}
    known = {**row, "numerator": sure, "denominator": due}
    return {**known, "rate": sure / due, "status": "ok"} if receipts.came else {**known, "status": "not_submitted"}
