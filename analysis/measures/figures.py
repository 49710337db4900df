"""What the lines of a form say together: facts and open questions -> one figure per unit and number field.

The lines of F3 are offices, each person sits in one of them, so their counts add up. A figure is known only when
every line is: a blank or queried line makes it queried, never smaller.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.questions import EMPTY_FORM, open_questions
from analysis.reference import Reference

NUMBER_TYPES = ("count", "number", "hours", "amount", "ml", "rate")
KEYS = ["unit_code", "item", "measure"]


class Figure(NamedTuple):
    """One figure of a unit. `value` is null unless exact or approximate, the bounds unless only they are known.

    `status`: reported, approximate, bounded, queried, not_applicable, missing (the form came, the field is blank) or
    not_submitted (the form did not come). `n_open` counts the open questions about it.
    """

    value: float | None
    low: float | None
    high: float | None
    status: str
    n_open: int


NOT_SUBMITTED = Figure(None, None, None, "not_submitted", 0)


def form_figures(facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference, form: str) -> pd.DataFrame:
    """One row per unit that sent the form and number field of the form: value, low, high, status, n_open_queries.

    Lines are added up; where only the total line was filled, that line alone counts. `value` is null when queried,
    bounded, not applicable or missing; `low` and `high` are filled for `bounded` only. Rows stand in register order.
    """
    fields = _number_fields(reference, form)
    lines = _lines(facts, form, fields)
    sums = _add_up(lines)
    asked = _open_questions(queries, form, fields)
    empty = _empty_forms(queries, form)
    codes = set(lines["unit_code"]) | set(empty)
    senders = [unit.code for unit in reference.units if unit.code in codes]
    grid = pd.MultiIndex.from_tuples([(code, *field) for code in senders for field in fields], names=KEYS)
    table = pd.DataFrame(index=grid).join(sums).join(asked)
    table["n_open_queries"] = table["n_open_queries"].fillna(0).astype("int64")
    nil = table.index.get_level_values("unit_code").isin([code for code, said in empty.items() if said])
    table["status"] = _statuses(table, nil)
    known = table["status"].isin(["reported", "approximate"])
    bounded = table["status"] == "bounded"
    table["value"] = table["value"].where(known)
    table[["low", "high"]] = table[["low", "high"]].where(bounded)
    return table[["value", "low", "high", "status", "n_open_queries"]].reset_index()


def look_up(figures: pd.DataFrame) -> dict[tuple[str, str, str], Figure]:
    """The rows of `form_figures` by unit, item and measure."""
    columns = ["value", "low", "high", "status", "n_open_queries"]
    keys = figures[KEYS].itertuples(index=False, name=None)
    rows = figures[columns].itertuples(index=False, name=None)
    return {
        (str(unit), str(item), str(measure)): Figure(_null(value), _null(low), _null(high), str(status), int(n_open))
        for (unit, item, measure), (value, low, high, status, n_open) in zip(keys, rows, strict=True)
    }


def _null(number: float) -> float | None:
    return None if math.isnan(number) else float(number)


def _number_fields(reference: Reference, form: str) -> list[tuple[str, str]]:
    return [(field.item, field.measure) for field in reference.form_fields(form) if field.type in NUMBER_TYPES]


def _lines(facts: pd.DataFrame, form: str, fields: list[tuple[str, str]]) -> pd.DataFrame:
    """The facts of the number fields on the lines that count, with `n_lines`, how many lines the unit has.

    A line that holds only texts counts as a line: its numbers are missing.
    """
    of_form = facts[(facts["form"] == form) & (facts["status"] != "rejected")]
    of_form = of_form.astype({"value": "float64", "low": "float64", "high": "float64", "row": "int64"})
    pairs = pd.MultiIndex.from_frame(of_form[["item", "measure"]])
    numbers = of_form[pairs.isin(fields)]
    with_lines = set(numbers.loc[numbers["row"] > 0, "unit_code"])
    many = numbers["unit_code"].isin(with_lines)
    counted = numbers[(numbers["row"] > 0) == many]
    n_lines = of_form[of_form["row"] > 0].groupby("unit_code")["row"].nunique()
    lines = counted["unit_code"].map(n_lines).where(counted["row"] > 0, 1)
    order = [*KEYS, "row", "file", "sheet", "cell"]
    return counted.assign(n_lines=lines.astype("float64")).sort_values(order, kind="stable")


def _add_up(lines: pd.DataFrame) -> pd.DataFrame:
    """Per unit and field the sums of values and bounds, and what kinds of lines there are."""
    status, value = lines["status"], lines["value"]
    void = status == "not_applicable"
    bounded = status == "bounded"
    parts = lines[KEYS].assign(
        value=value.mask(void, 0.0),
        # counts are never negative, so a bound from above alone leaves 0 below
        low=lines["low"].fillna(0.0).where(bounded, value.mask(void, 0.0)),
        high=lines["high"].where(bounded, value.mask(void, 0.0)),
        void=void,
        bounded=bounded,
        approximate=status == "approximate",
        unknown=(status == "queried") | (value.isna() & ~void & ~bounded),
        n_lines=lines["n_lines"],
        row=lines["row"],
    )
    groups = parts.groupby(KEYS, sort=True)
    kinds = groups[["bounded", "approximate", "unknown"]].any()
    sums = groups[["value", "low"]].sum()
    highest = groups["high"].sum().mask(groups["high"].count() < groups.size())
    complete = (groups["row"].nunique() == groups["n_lines"].first()) & (groups.size() == groups["row"].nunique())
    return sums.assign(high=highest, complete=complete, void=groups["void"].all()).join(kinds)


def _open_questions(queries: pd.DataFrame, form: str, fields: list[tuple[str, str]]) -> pd.DataFrame:
    """Per unit and field how many questions are open, and whether one is about a value that is not there.

    A question without a cell is about all fields of its item, one about an empty form about all fields. A question
    about a cell with text, such as a total that differs from its lines, takes nothing away.
    """
    found = [
        (code, item, measure, ask.blank)
        for (code, _), asks in open_questions(queries[queries["form"] == form]).items()
        for ask in asks
        for item, measure in fields
        if ask.concerns(item, measure)
    ]
    table = pd.DataFrame(found, columns=[*KEYS, "blank"])
    groups = table.astype({"blank": "bool"}).groupby(KEYS)["blank"]
    return pd.DataFrame({"n_open_queries": groups.size(), "blank": groups.any()})


def _empty_forms(queries: pd.DataFrame, form: str) -> dict[str, bool]:
    """Units whose form came without a single value, and whether it says that there is nothing to report."""
    empty = queries[(queries["rule"] == EMPTY_FORM) & (queries["form"] == form) & queries["unit_code"].notna()]
    said = empty.assign(said=(empty["treatment"] == "NOTE") | (empty["state"] == "answered"))
    return {str(code): bool(group["said"].all()) for code, group in said.groupby("unit_code")}


def _statuses(table: pd.DataFrame, nil: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pd.Series[str]:
    """Status of each figure; the first that applies."""
    absent = table["complete"].isna()
    asked = table["blank"].eq(True)
    cases = [
        (nil & absent.to_numpy(), "not_applicable"),
        (absent, "missing"),
        (asked | table["unknown"].eq(True) | table["complete"].eq(False), "queried"),
        (table["void"].eq(True), "not_applicable"),
        (table["bounded"].eq(True), "bounded"),
        (table["approximate"].eq(True), "approximate"),
    ]
    conditions = [np.asarray(condition, dtype=bool) for condition, _ in cases]
    chosen = np.select(conditions, [name for _, name in cases], default="reported")
    return pd.Series(chosen, index=table.index, dtype="str")
