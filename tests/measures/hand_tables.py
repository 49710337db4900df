"""Facts, queries and rates typed by hand, one short call per line of a return."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.records import Fact, Query, Submission, column_names
from analysis.reference import Reference, load_reference

ROOT = Path(__file__).parents[2]


@cache
def sample_reference(year: int = 2025) -> Reference:
    """The reference data of the repository."""
    return load_reference(ROOT / "data", year)


def facts_table(*facts: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(list(facts), columns=column_names(Fact))
    return table.astype({"value": "float64", "low": "float64", "high": "float64", "row": "int64"})


def fact(unit: str, form: str, row: int, field: str, value: float | None, status: str = "reported", **more: Any):
    """One fact; `field` is `item.measure` or `measure`, as in the queries."""
    item, _, measure = field.rpartition(".")
    place = {"file": f"{unit}.xlsx", "sheet": form, "cell": f"{field}{row}"}
    base = {"year": 2025, "unit_code": unit, "form": form, "row": row, "item": item, "measure": measure}
    return {**base, "value": value, "status": status, "raw": "", **place, **more}


def headcounts(unit: str, **values: float) -> list[dict[str, Any]]:
    """Facts of F1."""
    return [fact(unit, "F1", 0, measure, value) for measure, value in values.items()]


def line(unit: str, row: int, **values: float) -> list[dict[str, Any]]:
    """Facts of one line of F3; `elder_care__persons` is the field `elder_care.persons`."""
    return [fact(unit, "F3", row, field.replace("__", "."), value) for field, value in values.items()]


def queries_table(*queries: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(queries), columns=column_names(Query)).astype("str")


def query(unit: str, form: str, field: str | None, **more: Any) -> dict[str, Any]:
    """One open question about a blank cell, unless said otherwise."""
    base = {"query_id": f"{unit}{form}{field}{more}", "unit_code": unit, "form": form, "field": field, "raw": ""}
    return {**base, "cell": "A1", "rule": "M52", "treatment": "ASK", "state": "open", **more}


def submissions_table(*submissions: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(list(submissions), columns=column_names(Submission))


def rate(
    unit: str,
    numerator: float | None,
    denominator: float | None,
    status: str = "ok",
    flags: str | None = None,
    indicator: str = "I02",
    category: str = "",
) -> dict[str, Any]:
    """One line of `rates`; the rate is shown from ten people on."""
    shown = numerator is not None and denominator is not None and denominator >= 10 and status != "undefined"
    return {
        "unit_code": unit,
        "indicator": indicator,
        "category": category,
        "numerator": numerator,
        "denominator": denominator,
        "rate": numerator / denominator if shown else None,
        "status": status,
        "flags": flags,
    }


def rates_table(*rows: dict[str, Any]) -> pd.DataFrame:
    numbers = {"numerator": "float64", "denominator": "float64", "rate": "float64", "flags": "str"}
    return pd.DataFrame(list(rows)).astype(numbers)
