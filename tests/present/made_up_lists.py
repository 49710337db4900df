"""The lists behind the charts of pairing, problems, exemplars, study and institutions, and the points of a term, made up.

`with_lists` adds them to the tables of `made_up_tables`; every unit that reported has a few lines, drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from analysis.measures.disclosure import hidden_figures
from analysis.present.grid_tables import items_counted
from analysis.present.list_tables import codes_of
from analysis.reference import Reference
from tests.present.made_up import made_up_panels, made_up_tables, rate_row, sample_reference

Tables = Mapping[str, pd.DataFrame]
NOTHING = {"queried_fields": None, "inexact_fields": None}


@cache
def with_lists(n_units: int = 0, seed: int = 7) -> dict[str, pd.DataFrame]:
    """All tables of `made_up_tables` and the lists, for the units of `sample_reference(n_units)`."""
    reference, made = sample_reference(n_units), made_up_tables(n_units, seed)
    draw = np.random.default_rng(seed)
    levels = {unit.code: unit.title_level for unit in reference.units}
    units = made["units"].assign(title_level=made["units"]["unit_code"].map(levels), forms="F1;F3;F5;F6;F7;F8")
    units["forms"] = units["forms"].where(units["submitted"], "")
    sent = units.loc[units["submitted"], "unit_code"].tolist()
    pairings = pd.concat([pairing(code, place + 1, day=f"{year}-05-01", visits=4, left=draw.random() < 0.3)
        for code in sent for place, year in enumerate((2023, 2024)[: max(int(draw.integers(0, 3)), code == sent[0])])
    ], ignore_index=True)  # fmt: skip
    pairings["household_location"] = np.where(pairings["row"] == 1, "urban", "rural")
    facts = pd.concat([made["facts"], pairing_facts(pairings)], ignore_index=True)
    lists = {
        "pairings": pairings,
        "rectifications": problems(sent, reference, draw),
        "exemplars": pd.DataFrame([exemplar(code, *kind_of(draw, reference)) for code in sent for _ in range(2)]),
        "training": pd.DataFrame(
            [study(code, item, draw.random() < 0.8) for code in sent for item in items_counted("I19", reference)]
        ),
        "institutions": pd.DataFrame(
            [institution(code, item, draw.random() < 0.9) for code in sent for item in items_counted("I22", reference)]
        ),
    }
    rates = pd.concat([made["rates"], list_rates(units, lists, reference)], ignore_index=True)
    hidden = hidden_figures(rates, units, reference, panels=made_up_panels(rates, units))
    return {**made, **lists, **points(units, draw), "units": units, "facts": facts, "rates": rates, "hidden": hidden}


def pairing(unit: str, row: int, day: str, visits: float, left: bool, place: str = "urban") -> pd.DataFrame:
    """One line of F5, paired on a day; when it left, on 1 June 2025 with proof."""
    when, gone = pd.Timestamp(day), pd.Timestamp("2025-06-01") if left else pd.NaT
    line = {
        "unit_code": unit, "row": row, "household_no": f"{unit}-{row}", "household_location": place,
        "hardship_type": "dibao", "paired_date": day, "paired_date_from": when, "paired_date_to": when,
        "visits": visits, "out_of_hardship": left, "exit_date": "2025-06-01" if left else None, "exit_date_from": gone,
        "exit_date_to": gone, "exit_proof": "公示" if left else None, "remark": None, **NOTHING,
    }  # fmt: skip
    return pd.DataFrame([line]).astype({"exit_date_from": "datetime64[us]", "exit_date_to": "datetime64[us]"})


def pairing_facts(pairings: pd.DataFrame) -> pd.DataFrame:
    """The cells behind the lines of F5, all as reported."""
    names = ("household_no", "household_location", "hardship_type", "paired_date", "visits", "out_of_hardship",
             "exit_date", "exit_proof")  # fmt: skip
    rows = [
        {"unit_code": line["unit_code"], "file": line["unit_code"], "form": "F5", "item": "", "measure": name,
         "row": line["row"], "sheet": "表5", "cell": "A5", "status": "reported", "rule": None,
         "value": line[name] if name == "visits" else np.nan, "low": np.nan, "high": np.nan}
        for line in pairings.to_dict("records") for name in names if line[name] is not None
    ]  # fmt: skip
    return pd.DataFrame(rows)


def problem(unit: str, source: str | None, status: str, due: str = "2025-06-30", done: str | None = None) -> dict:
    """One line of F6."""
    end = pd.Timestamp(done) if done else pd.NaT
    return {
        "unit_code": unit, "problem_source": source, "rect_status": status, "due_date": due,
        "due_date_from": pd.Timestamp(due), "due_date_to": pd.Timestamp(due), "done_date": done,
        "done_date_from": end, "done_date_to": end, **NOTHING,
    }  # fmt: skip


def problems(sent: list[str], reference: Reference, draw: np.random.Generator) -> pd.DataFrame:
    states = ("closed", "closed", "closed", "done", "long_term", "in_progress", "not_started")
    rows = [
        problem(
            code,
            str(draw.choice(codes_of("problem_source", reference))),
            state := str(draw.choice(states)),
            str(draw.choice(["2025-03-31", "2025-11-15", "2025-12-20", "2026-02-01"])),
            "2025-04-15" if state == "closed" else None,
        )
        for code in sent
        for _ in range(3)
    ]
    return pd.DataFrame(rows)


def kind_of(draw: np.random.Generator, reference: Reference) -> tuple[str, str]:
    level = str(draw.choice(codes_of("exemplar_level", reference), p=[0.02, 0.05, 0.3, 0.43, 0.2]))
    return level, str(draw.choice(codes_of("exemplar_kind", reference)))


def exemplar(unit: str, level: str | None, kind: str | None, day: str = "2025-07-01") -> dict:
    """One line of F8, named on a day."""
    when = pd.Timestamp(day)
    return {"unit_code": unit, "exemplar_level": level, "exemplar_kind": kind, "award_date_from": when,
            "award_date_to": when, **NOTHING}  # fmt: skip


def study(unit: str, item: str, held: bool) -> dict:
    """One printed line of F4."""
    return {"unit_code": unit, "item": item, "sessions": 4.0 if held else 0.0, **NOTHING}


def institution(unit: str, item: str, held: bool, written: bool = True) -> dict:
    """One printed line of F7."""
    return {"unit_code": unit, "item": item, "established": held, "document": "澜字1号" if held and written else None,
            "document_date": "2025-02-01" if held and written else None, **NOTHING}  # fmt: skip


def list_rates(units: pd.DataFrame, lists: Tables, reference: Reference) -> pd.DataFrame:
    """The rows of I14, I16, I19, I22 and I26 that follow from the lists."""
    year_before, rows = pd.Timestamp(reference.year - 1, 12, 31), []
    for code, submitted in zip(units["unit_code"], units["submitted"], strict=True):
        own = {name: table[table["unit_code"] == code] for name, table in lists.items()}
        paired = own["pairings"][own["pairings"]["paired_date_to"] <= year_before]
        overdue = own["rectifications"]["rect_status"].isin(["in_progress", "not_started"]) & (
            own["rectifications"]["due_date_to"] <= pd.Timestamp(reference.year, 12, 31)
        )
        counts = {
            "I14": (paired["out_of_hardship"].sum(), len(paired)),
            "I16": (own["pairings"]["visits"].sum(), len(own["pairings"])),
            "I19": ((own["training"]["sessions"] >= 1).sum(), 6),
            "I22": (own["institutions"]["document"].notna().sum(), 3),
            "I26": (overdue.sum(), np.nan),
        }
        for indicator, (x, n) in counts.items():
            row = rate_row(code, indicator, float(x) if submitted else None, n)
            rows.append({**row, "status": "ok" if submitted else "not_submitted"})
    return pd.DataFrame(rows)


def points(units: pd.DataFrame, draw: np.random.Generator) -> dict[str, pd.DataFrame]:
    """`assessment`, `scorecards` and `decisions` of a term: two items a part, every tenth unit with one open."""
    items, cards, listed = [], [], []
    for place, code in enumerate(units["unit_code"]):
        for item, full in (("A1a", 10.0), ("A2a", 20.0), ("B1a", 50.0), ("C1a", 20.0), ("D1", 5.0), ("E1", 0.0)):
            is_open = place % 10 == 0 and item == "B1a"
            got = float("nan") if is_open else full * float(draw.uniform(0.5, 1))
            items.append({"unit_code": code, "item": item, "points": got, "full": full,
                          "status": "open" if is_open else "scored"})  # fmt: skip
        total = float(draw.uniform(65, 98))
        passed = total >= 80
        known = place % 10 != 0
        cards.append({"unit_code": code, "applied_level": "city", "title_level": units["title_level"].iloc[place],
            "total": total if known else np.nan, "total_low": total - 3, "total_high": total + 3, "line": 80.0,
            "veto": None, "borderline": place % 7 == 0, "reasons": "pairing" if place % 9 == 0 else None,
            "class_low": "rectify", "class_high": "keep", "p_class": 0.8 if known else np.nan, "applied_clear": True})  # fmt: skip
        listed.append({"list": "keep" if passed and known else "rectify" if known else "pending", "unit_code": code})
    decisions = pd.DataFrame(listed).sort_values("list", kind="stable", ignore_index=True)
    decisions = decisions.assign(order=decisions.groupby("list").cumcount() + 1)
    return {"assessment": pd.DataFrame(items), "scorecards": pd.DataFrame(cards), "decisions": decisions}
