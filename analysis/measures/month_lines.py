"""The lines of the list of activities (F2) as far as months are concerned: which months each touches, and how sure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.reference import Reference

ACTIVITIES = "F2"
MONTHS, MARCH = 12, 3
SERVICE = {"service", "professional"}  # natures: what is done for others; giving alone and blood are not
ALL_MONTHS = frozenset(range(1, MONTHS + 1))


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is service, or may be: then its category is queried or blank (`is_service` false).

    `months` are the months of the report year that it touches, none when it has no date, runs over the whole year or
    its date is queried (`date_open`). `person_times` is null unless `state` is `reported` or `approximate`; else
    `queried`, `bounded` or `blank`.
    """

    is_service: bool
    date_open: bool
    months: frozenset[int]
    person_times: float | None
    state: str

    @property
    def is_certain(self) -> bool:
        """Whether category and date are beyond question."""
        return self.is_service and not self.date_open

    @property
    def only_month(self) -> int | None:
        """The month in which the line lies as a whole."""
        return next(iter(self.months)) if len(self.months) == 1 else None

    @property
    def possible_months(self) -> frozenset[int]:
        """The months that it touches, all of them while its date is queried."""
        return ALL_MONTHS if self.date_open else self.months

    @property
    def may_count_times(self) -> bool:
        """Whether its person-times belong to one month, or may when the date is known."""
        return self.date_open or self.only_month is not None


def service_lines(activities: pd.DataFrame, reference: Reference) -> dict[str, tuple[Line, ...]]:
    """The lines of each unit that are service or may be, in the order of the form."""
    service = {category.code for category in reference.categories if SERVICE & set(category.nature)}
    lines: dict[str, list[Line]] = {}
    for row in activities.to_dict("records"):
        if pd.isna(row["category"]) or row["category"] in service:
            lines.setdefault(str(row["unit_code"]), []).append(_line(row, reference.year))
    return {code: tuple(found) for code, found in lines.items()}


def _line(row: Mapping[Hashable, Any], year: int) -> Line:
    queried, inexact = _names(row["queried_fields"]), _names(row["inexact_fields"])
    times = None if pd.isna(row["person_times"]) else float(row["person_times"])
    rough = "person_times" in inexact
    if times is not None:
        state = "approximate" if rough else "reported"
    else:
        state = "queried" if "person_times" in queried else "bounded" if rough else "blank"
    return Line(
        is_service=not pd.isna(row["category"]),
        date_open="activity_date" in queried,
        months=_touched(row["activity_date_from"], row["activity_date_to"], year),
        person_times=times,
        state=state,
    )


def _touched(first: Any, last: Any, year: int) -> frozenset[int]:
    """The months of the year from the first to the last day; none for a whole year, which names no month."""
    if pd.isna(first) or pd.isna(last):
        return frozenset()
    start, end = (moment.year * MONTHS + moment.month - 1 for moment in (first, last))
    inside = frozenset(place % MONTHS + 1 for place in range(start, end + 1) if place // MONTHS == year)
    return frozenset() if inside == ALL_MONTHS else inside


def _names(text: Any) -> frozenset[str]:
    return frozenset() if pd.isna(text) else frozenset(str(text).split(";"))
