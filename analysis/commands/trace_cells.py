"""From a cell of a return to everything that it touches: its role, facts, questions, answers and figures."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.commands.trace_words import Record
from analysis.etl.store import StoreFault
from analysis.etl.typed_tables import TYPED_TABLES, column_names, typed_fields
from analysis.measures.city import city_rates
from analysis.measures.registry import Field, definition_of, fields_behind
from analysis.reference import Correction, Reference

HEADCOUNTS = "F1"
PARTICIPATION = "F3"
EVER = "hc_ever"
EVER_PARTS = ("hc_start", "joined")  # units.hc_ever is their sum, and the most people that a rate may count
QUALITY = "quality"  # counts questions and cells of every form, no value of a fact
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
        _groups_touched(tables, facts, queries, rates, reference),
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
    units = {*facts["unit_code"], *queries["unit_code"].dropna()}
    own = rates[rates["unit_code"].isin(units)]
    return own[_touched(own, facts, queries, reference)]


def _groups_touched(
    tables: Tables, facts: pd.DataFrame, queries: pd.DataFrame, rates: pd.DataFrame, reference: Reference
) -> pd.DataFrame:
    """The figures of the city and, once they are computed, of the peer group; the city has no sum of questions."""
    if "group_rates" not in tables:
        return _same_figures(city_rates(tables["rates"], reference), rates[~_is_quality(rates, reference)], None)
    groups = tables["group_rates"].assign(peer_group=tables["group_rates"]["peer_group"].fillna(""))
    group_of = {unit.code: unit.peer_group for unit in reference.units}
    own = {"", *(group_of[code] for code in facts["unit_code"] if code in group_of)}
    groups = groups[groups["peer_group"].isin(own)]
    groups = groups[~_is_quality(groups, reference)]
    return groups[_touched(groups, facts, queries, reference)]


def _touched(figures: pd.DataFrame, facts: pd.DataFrame, queries: pd.DataFrame, reference: Reference) -> pd.Series:
    """Which rows, of units or groups, use a field of the cell."""
    counted = facts[facts["status"] != "rejected"]
    fields = {Field(str(f["form"]), str(f["item"] or ""), str(f["measure"])) for f in counted.to_dict("records")}
    asked = queries[queries["state"] == "open"]
    fields |= {_field(str(query["form"]), str(query["field"])) for query in asked.to_dict("records") if query["field"]}
    whole = not facts.empty or not asked.empty
    keys = list(zip(figures["indicator"], figures["category"].fillna("").astype("str"), strict=True))
    used = {key: _uses(*key, fields, whole, reference) for key in dict.fromkeys(keys)}
    return pd.Series([used[key] for key in keys], index=figures.index, dtype="bool")


def _is_quality(rates: pd.DataFrame, reference: Reference) -> pd.Series:
    """Rows of indices that count questions."""
    codes = [
        code
        for code, definitions in reference.definitions.items()
        if any(definition.numerator.operation == QUALITY for definition in definitions)
    ]
    return rates["indicator"].isin(codes)


def _field(form: str, code: str) -> Field:
    item, _, measure = code.rpartition(".")
    return Field(form, item, measure)


def _uses(indicator: str, category: str, fields: set[Field], whole: bool, reference: Reference) -> bool:
    if definition_of(indicator, category, reference).numerator.operation == QUALITY:
        return whole
    numerator, denominator = fields_behind(indicator, category, reference)
    bounds = [Field(HEADCOUNTS, "", part) for part in EVER_PARTS]
    share = reference.indicators[indicator].share_of_people
    return bool(fields & {*numerator, *denominator, *(bounds if share else ())})


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
    if form == PARTICIPATION and item:
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
