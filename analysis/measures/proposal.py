"""What the meeting decides on: the lists of units in the order of protocol, and the days of the assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.measures.working_days import after_working_days, last_working_day, next_working_day
from analysis.reference.assessment_steps import AssessmentStep
from analysis.reference.holidays import Holidays

LISTS: Mapping[str, str] = {
    "name": "name",
    "keep": "keep",
    "rectify": "rectify",
    "withdraw": "withdraw_or_refuse",
    "refuse": "withdraw_or_refuse",
}
PENDING = "pending"


def proposal(cards: pd.DataFrame, protocol: Mapping[str, int]) -> pd.DataFrame:
    """One row per unit that is proposed for something: `list`, `order` in it, and the columns of `scorecards`.

    Lists: `name`, `keep`, `rectify`, `withdraw_or_refuse`, and `pending` for units whose class hangs on open questions.
    Inside a list units stand in the order of protocol, never by points. Units that neither hold a title nor apply
    are in none.
    """
    rows = cards[cards["class_proposed"].ne("none")]
    named = [LISTS[str(result)] if isinstance(result, str) else PENDING for result in rows["class_proposed"]]
    table = rows.assign(list=named, _place=rows["unit_code"].map(protocol))
    lists = {name: place for place, name in enumerate([*dict.fromkeys(LISTS.values()), PENDING])}
    table = table.assign(_list=table["list"].map(lists)).sort_values(["_list", "_place"], kind="stable")
    order = table.groupby("list").cumcount() + 1
    columns = ["list", "order", *cards.columns]
    return table.assign(order=order)[columns].reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class StepDay:
    """One step of the calendar with its first and last day, both working days."""

    code: str
    first: dt.date
    last: dt.date
    zh: str
    en: str
    is_forecast: bool


def calendar_of(year: int, steps: Sequence[AssessmentStep], holidays: Holidays) -> tuple[StepDay, ...]:
    """The days of the assessment of the report year.

    A step moves to the next working day, or to the last one where it must not be later; one that follows another takes
    its working days from the day after that one has ended. A forecast is a day of a year whose arrangement of holidays
    is not published yet.
    """
    found: dict[str, StepDay] = {}
    for step in steps:
        first, last = _ends(step, year, found, holidays)
        found[step.code] = StepDay(step.code, first, last, step.zh, step.en, last.year not in holidays.years)
    return tuple(found.values())


def _ends(
    step: AssessmentStep, year: int, before: Mapping[str, StepDay], holidays: Holidays
) -> tuple[dt.date, dt.date]:
    if step.day is None:
        ended = before[step.after].last
        return after_working_days(ended, 1, holidays), after_working_days(ended, step.working_days, holidays)
    move = next_working_day if step.move == "next" else last_working_day
    first = last = move(dt.date(year + step.year_after, *step.day), holidays)
    if step.begins:
        first = next_working_day(dt.date(year + step.year_after, *step.begins), holidays)
    if step.working_days > 1:
        last = after_working_days(first, step.working_days - 1, holidays)
    return first, last
