"""Tables shaped by the contract, with made-up figures: what charts, findings and notebooks are tried on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.etl.dictionary import TableDef, load_dictionary
from analysis.etl.store import write_tables
from analysis.measures.comparison import comparison
from analysis.measures.disclosure import hidden_figures
from analysis.measures.intervals import newcombe_difference, wilson_interval
from analysis.reference import Reference, load_reference

DATA_DIR = Path(__file__).parents[2] / "data"
YEAR = 2025


@cache
def sample_reference(n_units: int = 0) -> Reference:
    """The reference data of the sample year, with only the first units of every group when `n_units` is given."""
    reference = load_reference(DATA_DIR, YEAR)
    received = {f"{unit.code}.xlsx": pd.Timestamp("2026-01-10 09:00").to_pydatetime() for unit in reference.units}
    step = len(reference.units) // n_units if n_units else 1
    units = reference.units[::step][: n_units or None]
    return replace(reference, units=units, received=received)


def made_up_units(reference: Reference, missing: tuple[int, ...] = (3, 40)) -> pd.DataFrame:
    """The register with the headcount of the register as that of the return; the units at `missing` did not report."""
    rows = [
        {
            "unit_code": unit.code,
            "short_name": unit.short_name,
            "kind": unit.kind,
            "peer_group": unit.peer_group,
            "lead_of": ";".join(unit.lead_of),
            "hc_register": float(unit.headcount),
            "hc_end": float(unit.headcount),
            "submitted": place not in missing,
        }
        for place, unit in enumerate(reference.units)
    ]
    return pd.DataFrame(rows)


def made_up_submissions(units: pd.DataFrame, returned: tuple[int, ...] = (5, 17)) -> pd.DataFrame:
    """One accepted file per unit that reported; the units at `returned` had one sent back before."""
    codes = units.loc[units["submitted"], "unit_code"].tolist()
    rows = [submission(f"{code}.xlsx", code) for code in codes]
    rows += [
        submission(f"{codes[place]}_v1.xlsx", codes[place], "returned") for place in returned if place < len(codes)
    ]
    return pd.DataFrame(rows)


def submission(file: str, unit_code: str | None, state: str = "accepted", rule: str | None = None) -> dict[str, object]:
    return {"file": file, "unit_code": unit_code, "forms": "F1;F3", "state": state, "rule": rule, "format": "xlsx"}


def rate_row(unit_code: str, indicator: str, x: float | None, n: float, category: str = "", status: str = "ok") -> dict:
    """One row of `rates` with Wilson limits; small numbers as the contract has them."""
    shown = x is not None and n >= 10
    low, high = wilson_interval(x, n) if shown else (np.nan, np.nan)
    if x is not None and n < 30:
        status = "small"
    return {
        "unit_code": unit_code,
        "indicator": indicator,
        "category": category,
        "numerator": np.nan if x is None else float(x),
        "denominator": float(n),
        "rate": x / n if shown else np.nan,
        "ci_low": low,
        "ci_high": high,
        "status": status,
        "n_open_queries": 0,
        "flags": None,
        "rate_low": np.nan,
        "rate_high": np.nan,
    }


def made_up_rates(units: pd.DataFrame, reference: Reference, seed: int = 7) -> pd.DataFrame:
    """Rates of every unit: I02, I06 and I01 of each programme, with habits that differ between units."""
    draw = np.random.default_rng(seed)
    rows = []
    for unit in units.to_dict("records"):
        code, n, habit = unit["unit_code"], int(unit["hc_end"]), draw.normal(0, 0.5)
        for indicator, centre in (("I02", 1.6), ("I06", 0.8)):
            x = int(draw.binomial(n, 1 / (1 + np.exp(-centre - habit))))
            if not unit["submitted"]:
                rows.append(rate_row(code, indicator, None, n, status="not_submitted"))
            elif draw.random() < 0.03:
                rows.append(rate_row(code, indicator, None, n, status="queried"))
            else:
                rows.append(rate_row(code, indicator, x, n))
        for place, category in enumerate(reference.categories):
            size = n if category.denominator == "hc_end" else max(0, n // (20 if "law" in category.denominator else 1))
            x = int(draw.binomial(size, 1 / (1 + np.exp(2.5 - place * 0.35 - habit))))
            if unit["submitted"] and size and draw.random() > 0.04:
                rows.append(rate_row(code, "I01", x, size, category.code))
    return pd.DataFrame(rows)


def made_up_queries(submissions: pd.DataFrame) -> pd.DataFrame:
    """A question about every fifth file, in turn open and closed, and a note about every seventh."""
    rows = []
    for place, row in enumerate(submissions.to_dict("records")):
        for rule, treatment, step in (("M37", "ASK", 5), ("M36", "FIX", 7)):
            if place % step == 0:
                state = "closed" if treatment == "FIX" or place % 2 else "open"
                place_of = {"form": "F1", "sheet": "表1", "field": "hc_end", "raw": "?"}
                common = {
                    **place_of,
                    "rule": rule,
                    "treatment": treatment,
                    "state": state,
                    "unit_code": row["unit_code"],
                }
                rows.append({"query_id": f"{rule}-{place}", "file": row["file"], "cell": "C9", **common})
    return pd.DataFrame(rows)


def made_up_months(units: pd.DataFrame, seed: int = 7) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`months` of every unit, most of it in March, and the rows of I09 that follow from it."""
    draw = np.random.default_rng(seed)
    months, shares = [], []
    for unit in units.to_dict("records"):
        weights = np.where(np.arange(1, 13) == 3, 4.0, 1.0) * draw.gamma(1.0, size=12)
        times = draw.poisson(200 * weights / weights.sum()).astype("float64")
        if not unit["submitted"]:
            times = np.full(12, np.nan)
        for month, number in enumerate(times, start=1):
            known = {} if np.isnan(number) else {"n_activities": int(number > 0), "person_times": number}
            months.append({"unit_code": unit["unit_code"], "month": month, **known})
        whole = float(times.sum())
        row = rate_row(unit["unit_code"], "I09", None, whole, status="ok" if whole > 0 else "not_submitted")
        shares.append({**row, "numerator": times[2], "rate": times[2] / whole})
    return pd.DataFrame(months).astype({"n_activities": "Int64"}), pd.DataFrame(shares)


def made_up_change(rates: pd.DataFrame, units: pd.DataFrame, shift: float = 0.1) -> dict[str, pd.DataFrame]:
    """`change` and `group_change` of I02: every other unit had fewer participants last year, the others more."""
    own = rates[rates["indicator"] == "I02"].merge(units[["unit_code", "peer_group"]], on="unit_code")
    signs = np.where(np.arange(len(own)) % 2, 1.0, -1.0)
    before = (own["numerator"] - shift * signs * own["denominator"]).clip(0, own["denominator"]).round()
    own = own.assign(numerator_before=before, denominator_before=own["denominator"])
    own = own.assign(rate_before=before / own["denominator"], breaks=None)
    own["status"] = own["status"].where(own["status"] != "ok", "compared")
    told = own["rate"].notna()
    counts = [own[name].where(told) for name in ("numerator", "denominator", "numerator_before", "denominator_before")]
    low, high = newcombe_difference(*counts)
    own = own.assign(difference=own["rate"] - own["rate_before"], difference_low=low, difference_high=high)
    own["class"] = np.select([own["status"] != "compared", low > 0, high < 0], [None, "up", "down"], "no_clear_change")
    known = own[own["numerator"].notna()]
    groups = [("", known), *known.groupby("peer_group")]
    return {"change": own, "group_change": pd.DataFrame([pooled_change(code, part) for code, part in groups])}


def made_up_panels(rates: pd.DataFrame, units: pd.DataFrame) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """The units of both years, as `made_up_change` pools them."""
    own = rates[(rates["indicator"] == "I02") & rates["numerator"].notna()].merge(units, on="unit_code")
    groups = {code: frozenset(part["unit_code"]) for code, part in own.groupby("peer_group")}
    return {("I02", ""): {"": frozenset(own["unit_code"]), **groups}}


def pooled_change(code: str, units: pd.DataFrame, reversal: bool = False) -> dict[str, object]:
    """One row of `group_change`."""
    known = units[units["numerator"].notna() & units["numerator_before"].notna()]
    x, n, x_before, n_before = (
        float(known[name].sum()) for name in ("numerator", "denominator", "numerator_before", "denominator_before")
    )
    low, high = newcombe_difference(x, n, x_before, n_before)
    return {
        **{"peer_group": code, "indicator": "I02", "category": "", "n_panel": len(known), "status": "compared"},
        **{"panel_rate_before": x_before / n_before, "panel_rate": x / n, "panel_low": low, "panel_high": high},
        **{"difference": x / n - x_before / n_before, "rate": x / n},
        **dict.fromkeys(("rate_before", "rate_before_now"), x_before / n_before),
        **{"part_activity": x / n - x_before / n_before, "within_change": float("nan"), "signs_differ": False},
        **dict.fromkeys(("part_headcount", "part_units", "part_definition", "part_correction"), 0.0),
        "reversal": reversal,
        "class": "up" if low > 0 else "down" if high < 0 else "no_clear_change",
    }


@cache
def made_up_tables(n_units: int = 0, seed: int = 7) -> Mapping[str, pd.DataFrame]:
    """All that charts and notebooks read, for the units of `sample_reference(n_units)`; nobody may change them."""
    reference = sample_reference(n_units)
    units = made_up_units(reference)
    months, shares = made_up_months(units, seed)
    rates = pd.concat([made_up_rates(units, reference, seed), shares], ignore_index=True)
    submissions = made_up_submissions(units)
    place = {"form": "F1", "item": "", "measure": "hc_end", "row": 0, "sheet": "表1", "cell": "D6"}
    facts = pd.DataFrame({"unit_code": units["unit_code"], "file": units["unit_code"], **place, "status": "reported"})
    return {
        "hidden": (hidden := hidden_figures(rates, units, reference, panels=made_up_panels(rates, units))),
        "hidden_before": hidden.iloc[:0],
        "submissions": submissions,
        "facts": facts,
        "queries": made_up_queries(submissions),
        "units": units,
        "rates": rates,
        "months": months,
        **made_up_change(rates, units),
        "comparison": comparison(rates, units, reference),
    }


def write_made_up_year(data_dir: Path, year: int = YEAR) -> None:
    """A data folder with the reference data of the project and made-up tables in `clean/<year>`."""
    (data_dir / "clean").mkdir(parents=True)
    shutil.copytree(DATA_DIR / "reference", data_dir / "reference")
    dictionary = load_dictionary(data_dir / "reference" / "tables.csv")
    made = made_up_tables()
    tables = {name: filled(made.get(name, pd.DataFrame()), dictionary[name]) for name in dictionary}
    write_tables(tables, data_dir / "clean" / str(year), inputs={}, counts={}, dictionary=dictionary)


def filled(table: pd.DataFrame, columns: TableDef) -> pd.DataFrame:
    """The table with every column of the dictionary; what nobody made up is null, or the plainest value allowed."""
    plain = {"string": "", "integer": 0, "number": 0.0, "boolean": False}
    fillers = {
        column.name: None if column.nullable else column.choices[0] if column.choices else plain[column.type]
        for column in columns
        if column.name not in table
    }
    keyed = {column.name: [str(place) for place in range(len(table))] for column in columns if column.key}
    missing_keys = {name: values for name, values in keyed.items() if name in fillers}
    return table.assign(**{**fillers, **missing_keys})[[column.name for column in columns]]
