"""From a cell of a return to everything that it touches: its role, facts, questions, answers and figures."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.commands.trace import SUMMED, sides_of
from analysis.commands.trace_words import Record
from analysis.etl.store import StoreFault
from analysis.etl.typed_tables import TYPED_TABLES, column_names, typed_fields
from analysis.measures.city import city_rates
from analysis.measures.month_lines import ACTIVITIES
from analysis.measures.months import FIELDS as CONTINUITY_FIELDS
from analysis.measures.rates import DEFINITIONS
from analysis.reference import Correction, Reference

HEADCOUNTS = "F1"
EVER = "hc_ever"
EVER_PARTS = ("hc_start", "joined")  # units.hc_ever is their sum, and the most people that a rate may count
PROFESSIONAL = "professional"
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class CellTrace:
    """What became of one cell. `submission` is the row of its file, `ledger` its own row (null for a blank).

    `entries` are places in other tables that hold a value of the cell (table, key, column, value as shown); `rates`,
    `city` and `compared` the rows of figures that the cell is part of; `touches` tells apart direct use from use as
    a bound.
    """

    submission: Record
    ledger: Record | None
    facts: pd.DataFrame
    queries: pd.DataFrame
    answers: tuple[Correction, ...]
    entries: tuple[tuple[str, str, str, object], ...]
    rates: pd.DataFrame
    city: pd.DataFrame
    compared: pd.DataFrame


def trace_cell(tables: Tables, reference: Reference, file: str, sheet: str, cell: str) -> CellTrace:
    """Everything about one cell. Raises StoreFault, with what looks like it, when the year has no such file or sheet."""
    submission = find_file(tables["submissions"], file)
    path, address = str(submission["file"]), cell.upper()
    ledger = tables["ledger"]
    own = ledger[ledger["file"] == path]
    names = list(dict.fromkeys(own["sheet"].fillna("")))
    if names and sheet not in names:
        raise StoreFault(f"{path} 中没有工作表“{sheet}”;有:{'、'.join(names)} | no such sheet in it")
    here = {name: _at(tables[name], path, sheet, address) for name in ("facts", "queries", "ledger")}
    facts, queries = here["facts"], here["queries"]
    rates = _rates_touched(tables["rates"], facts, queries, reference)
    row = next(iter(here["ledger"].to_dict("records")), None)
    return CellTrace(
        submission,
        row,
        facts,
        queries,
        answers_at(reference, path, sheet, address),
        tuple(entry for fact in facts.to_dict("records") for entry in _entries(tables, reference, fact)),
        rates,
        _same_figures(city_rates(tables["rates"], reference), rates[~_is_quality(rates)], None),
        _same_figures(tables["comparison"], rates, "unit_code") if "comparison" in tables else pd.DataFrame(),
    )


def find_file(submissions: pd.DataFrame, file: str) -> Record:
    """The row of a file, named by its path or, where only one has it, by its last part."""
    wanted = file.replace("\\", "/").removeprefix("./")
    paths = submissions["file"].tolist()
    exact = [path for path in paths if path == wanted] or [path for path in paths if path.endswith(f"/{wanted}")]
    if len(exact) != 1:
        near = exact or difflib.get_close_matches(wanted, paths, n=3, cutoff=0.4)
        raise StoreFault(f"没有文件“{file}”(或不止一个);相近的有:{'、'.join(near) or '无'} | no such file, or several")
    row: Record = submissions[submissions["file"] == exact[0]].to_dict("records")[0]
    return row


def answers_at(reference: Reference, file: str, sheet: str, cell: str) -> tuple[Correction, ...]:
    """The lines of `corrections.csv` about one cell."""
    return tuple(
        entry for entry in reference.corrections.get(file, ()) if entry.cell == cell and entry.sheet == sheet.strip()
    )


def _at(table: pd.DataFrame, file: str, sheet: str, cell: str) -> pd.DataFrame:
    return table[(table["file"] == file) & (table["sheet"].fillna("") == sheet) & (table["cell"] == cell)]


def _rates_touched(
    rates: pd.DataFrame, facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """The rates of which a side, a bound or a count of questions comes from the cell."""
    counted = facts[facts["status"] != "rejected"]
    units = {*facts["unit_code"], *queries["unit_code"].dropna()}
    own = rates[rates["unit_code"].isin(units)]
    fields = {(str(f["form"]), str(f["item"] or ""), str(f["measure"])) for f in counted.to_dict("records")}
    asked = queries[queries["state"] == "open"]
    fields |= {_field(str(query["form"]), str(query["field"])) for query in asked.to_dict("records") if query["field"]}
    whole = not facts.empty or not asked.empty
    touched = [_uses(rate, fields, whole, reference) for rate in own.to_dict("records")]
    return own[pd.Series(touched, index=own.index, dtype="bool")]


def _is_quality(rates: pd.DataFrame) -> pd.Series:
    """Rows of indices that count questions: the city has no sum of them."""
    return rates["indicator"].map(lambda code: DEFINITIONS[str(code)].scope == "quality").astype("bool")


def _field(form: str, code: str) -> tuple[str, str, str]:
    item, _, measure = code.rpartition(".")
    return form, item, measure


def _uses(rate: Record, fields: set[tuple[str, str, str]], whole: bool, reference: Reference) -> bool:
    indicator = str(rate["indicator"])
    category = str(rate["category"]) if isinstance(rate["category"], str) else ""
    scope = DEFINITIONS[indicator].scope
    if scope == "quality":
        return whole
    if scope == "continuity":
        return any(form == ACTIVITIES and measure in CONTINUITY_FIELDS[indicator] for form, _, measure in fields)
    item, measure, denominators = sides_of(indicator, category, reference)
    if scope == "breadth":
        special = (one for one in reference.categories if PROFESSIONAL in one.nature and one.counts_in_breadth)
        heads = {one.denominator for one in special}
        counted = {one.code for one in reference.categories if one.counts_in_breadth}
    else:
        heads = {*denominators, *EVER_PARTS}
        counted = {item or ""}
    return any(
        (form == SUMMED and found == measure and own in counted) or (form == HEADCOUNTS and found in heads)
        for form, own, found in fields
    )


def _entries(tables: Tables, reference: Reference, fact: Record) -> list[tuple[str, str, str, object]]:
    """Where the value of a fact stands, or is added up, in the other tables."""
    form, item, measure = str(fact["form"]), str(fact["item"] or ""), str(fact["measure"])
    unit = str(fact["unit_code"])
    if fact["status"] == "rejected":
        return []
    found: list[tuple[str, str, str, object]] = []
    if form == HEADCOUNTS:
        columns = [measure, *([EVER] if measure in EVER_PARTS else [])]
        found += [_entry(tables, "units", {"unit_code": unit}, column) for column in columns]
    if form == SUMMED and item:
        found.append(_entry(tables, "participation", {"unit_code": unit, "category": item}, measure))
    for name, spec in TYPED_TABLES.items():
        columns_by_field = column_names(typed_fields(spec, reference), spec.key)
        if spec.form == form and (item, measure) in columns_by_field:
            key = {"unit_code": unit, spec.key: fact[spec.key]}
            found.append(_entry(tables, name, key, columns_by_field[item, measure]))
    return [entry for entry in found if entry[2]]


def _entry(tables: Tables, name: str, key: Mapping[str, object], column: str) -> tuple[str, str, str, object]:
    """Table, key and column with the value there; without a column when the table has no such place."""
    table = tables.get(name, pd.DataFrame())
    shown = " ".join(str(part) for part in key.values())
    if column not in table.columns:
        return name, shown, "", None
    for part, value in key.items():
        table = table[table[part] == value]
    return (name, shown, column, table.iloc[0][column]) if len(table) == 1 else (name, shown, "", None)


def _same_figures(table: pd.DataFrame, rates: pd.DataFrame, unit: str | None) -> pd.DataFrame:
    """The rows of a table of figures about the indicators and categories of these rates."""
    keys = [*([unit] if unit else []), "indicator", "category"]
    wanted = pd.MultiIndex.from_frame(rates[keys].fillna("").astype("str"))
    return table[pd.MultiIndex.from_frame(table[keys].fillna("").astype("str")).isin(wanted)]
