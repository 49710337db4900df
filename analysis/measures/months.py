"""When service took place: activities -> `months`, and rows of `rates` for continuity (I08) and the March share (I09).

Service are the categories whose nature in `categories.csv` is service or professional (legal aid), also beside giving;
giving alone, blood and other projects are not. A line counts in every month from its first to its last day, so one
from 31 March to 3 April counts in both; one from 1 January to 31 December (全年) says nothing of months and is not
dated. Person-times belong to a month only when the whole line lies in it: those of a line across months are in neither
side of the March share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import pandas as pd

from analysis.measures.judging import Outcome
from analysis.measures.month_lines import ACTIVITIES, MARCH, MONTHS, Line, service_lines
from analysis.measures.questions import EMPTY_FORM
from analysis.measures.rates import COLUMNS
from analysis.reference import Reference

CONTINUITY, MARCH_SHARE = "I08", "I09"
FIELDS = {
    CONTINUITY: ("category", "activity_date"),
    MARCH_SHARE: ("category", "activity_date", "person_times"),
}


def months(activities: pd.DataFrame, units: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """One row per unit of the register and month, 1 to 12: the dated service activities of its F2.

    `n_activities` counts the lines that touch the month, `person_times` adds up those that lie in it as a whole; it is
    null where one of them is queried, bounded or blank. Both are null for a unit that has not sent the form, 0 where a
    unit that sent it reports nothing. Lines whose category or date is queried stand in no month.
    """
    lines = service_lines(activities, reference)
    rows = [
        {"unit_code": code, "month": month, **_in_month(lines.get(code, ()), month, sent)}
        for code, sent in _senders(units)
        for month in range(1, MONTHS + 1)
    ]
    return pd.DataFrame(rows).astype({"n_activities": "Int64", "person_times": "float64"})


def continuity_rates(
    activities: pd.DataFrame, units: pd.DataFrame, queries: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """I08 and I09 of every unit of the register, in its order, as rows of `rates`; no category, no limits.

    I08: months with service / 12; undefined when too small a share of the service lines is dated. I09: person-times of
    March / those of all months, undefined when these are too few. A queried category, date or number makes `queried`
    with `rate_low` and `rate_high`, between which the answer will put it; a number known within bounds `bounded`. A
    unit that says that it has nothing to report has 0 months and no March share; an empty form that does not say so
    is queried.
    """
    lines = service_lines(activities, reference)
    asked = _asked(queries)
    rows: list[dict[str, object]] = []
    for code, sent in _senders(units):
        own = asked[asked["unit_code"] == code]
        for indicator, fields in FIELDS.items():
            n_open = int((own["field"].isin(fields) | own["empty"]).sum())
            if not sent:
                outcome = Outcome(None, None, "not_submitted")
            elif own["empty"].any() and code not in lines:
                outcome = Outcome(None, None, "queried", rate_low=0.0, rate_high=1.0)
            else:
                outcome = _judge(indicator, lines.get(code, ()), n_open, reference)
            rows.append({"unit_code": code, "indicator": indicator, **asdict(outcome), "n_open_queries": n_open})
    table = pd.DataFrame(rows).assign(category="", ci_low=float("nan"), ci_high=float("nan"), flags=None)
    numbers = dict.fromkeys(("numerator", "denominator", "rate", "rate_low", "rate_high"), "float64")
    return table.astype({**numbers, "flags": "str"})[list(COLUMNS)]


def _in_month(lines: Iterable[Line], month: int, sent: bool) -> dict[str, object]:
    """The figures of one month of one unit."""
    if not sent:
        return {"n_activities": None, "person_times": None}
    sure = [line for line in lines if line.is_service]
    whole = [line.person_times for line in sure if line.only_month == month]
    known = [times for times in whole if times is not None]
    return {
        "n_activities": sum(month in line.months for line in sure),
        "person_times": sum(known) if len(known) == len(whole) else None,
    }


def _judge(indicator: str, lines: tuple[Line, ...], n_open: int, reference: Reference) -> Outcome:
    limits = reference.thresholds
    if indicator == CONTINUITY:
        return judge_continuity(lines, limits["dated_lines_min_share"])
    return judge_march(lines, limits["march_share_min_person_times"], is_asked=n_open > 0)


def judge_continuity(lines: tuple[Line, ...], least_dated: float) -> Outcome:
    """Months with service / 12, where at least the share `least_dated` of the service lines is dated."""
    sure = frozenset[int]().union(*(line.months for line in lines if line.is_service))
    possible = frozenset[int]().union(*(line.possible_months for line in lines))
    service = [line for line in lines if line.is_service]
    dated, undated = (sum(bool(line.months) is is_dated for line in service) for is_dated in (True, False))
    for_sure = _share(dated, dated + undated + sum(not line.is_service and not line.months for line in lines))
    at_best = sum(bool(line.possible_months) for line in lines)
    never = sum(not line.possible_months for line in service)
    if _share(at_best, at_best + never) < least_dated:
        return Outcome(None, float(MONTHS), "undefined")
    if possible != sure or for_sure < least_dated:
        bounds = (len(sure) / MONTHS, len(possible) / MONTHS)
        return Outcome(None, float(MONTHS), "queried", rate_low=bounds[0], rate_high=bounds[1])
    return Outcome(float(len(sure)), float(MONTHS), "ok", rate=len(sure) / MONTHS)


def judge_march(lines: tuple[Line, ...], least: float, is_asked: bool = False) -> Outcome:
    """Person-times of March / person-times of all lines within one month; undefined with fewer than `least`.

    `is_asked` says that a question is open, so that a blank number will be known; without one it never will.
    """
    counting = [line for line in lines if line.may_count_times]
    sure = [line for line in counting if line.is_certain and line.person_times is not None]
    unsure = [line for line in counting if not line.is_certain or line.person_times is None]
    total, march = _times(sure), _times([line for line in sure if line.only_month == MARCH])
    if unsure:
        status = _open_status(unsure, is_asked)
        shown = total >= least and status != "undefined"
        low, high = _march_bounds(march, total, unsure) if shown else (None, None)
        return Outcome(None, None, status, rate_low=low, rate_high=high)
    if total < least:
        return Outcome(march, total, "undefined")
    is_rough = any(line.state == "approximate" for line in sure)
    return Outcome(march, total, "approximate" if is_rough else "ok", rate=march / total)


def _open_status(unsure: list[Line], is_asked: bool) -> str:
    if all(line.is_certain and line.state == "bounded" for line in unsure):
        return "bounded"
    is_open = any(not line.is_certain or line.state == "queried" for line in unsure)
    return "queried" if is_open or is_asked else "undefined"


def _march_bounds(march: float, total: float, unsure: list[Line]) -> tuple[float, float]:
    """The share when everything open lies outside March, and when all that may lie in it does; without a number 0 or 1."""
    outside = [line for line in unsure if line.possible_months != frozenset({MARCH})]
    inside = [line for line in unsure if MARCH in line.possible_months]
    low = 0.0 if any(line.person_times is None for line in outside) else march / (total + _times(outside))
    more = _times(inside)
    high = 1.0 if any(line.person_times is None for line in inside) else (march + more) / (total + more)
    return low, high


def _times(lines: list[Line]) -> float:
    """Person-times that are known, added up."""
    return sum((line.person_times or 0.0 for line in lines), 0.0)


def _share(part: int, whole: int) -> float:
    """1 where there is nothing: of no line is none undated."""
    return part / whole if whole else 1.0


def _senders(units: pd.DataFrame) -> Iterator[tuple[str, bool]]:
    """The units of the register in order, and whether their list of activities counts."""
    for code, forms in zip(units["unit_code"], units["forms"], strict=True):
        yield str(code), ACTIVITIES in str(forms).split(";")


def _asked(queries: pd.DataFrame) -> pd.DataFrame:
    """Open questions about lists of activities; `empty` says that one asks why there is nothing on the form."""
    is_open = queries["form"].eq(ACTIVITIES) & queries["state"].eq("open") & queries["treatment"].eq("ASK")
    found = queries.loc[is_open, ["unit_code", "field", "rule"]]
    return found.assign(empty=found["rule"].eq(EMPTY_FORM).astype("bool"))
