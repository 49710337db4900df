"""The tables of what must not leave the office: of the year, and of the year before as this year's report shows it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.measures.disclosure import PANEL, hidden_figures, published_totals
from analysis.measures.disclosure_panel import hidden_panels, panels_of
from analysis.reference import Reference, load_reference, years_with_reference

BEFORE = ("rates", "units", "hidden")
Tables = Mapping[str, pd.DataFrame]


def hidden_tables(
    data_dir: Path, tables: Tables, reference: Reference
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """`hidden` and `hidden_before` of the year, and the sha256 of every table of the year before that was used."""
    last = reference.year - 1
    paths = {name: data_dir / "clean" / str(last) / f"{name}.parquet" for name in BEFORE}
    if last not in years_with_reference(data_dir) or not all(path.is_file() for path in paths.values()):
        return with_panels(tables, {}, reference, reference), {}
    before = {name: pd.read_parquet(path) for name, path in paths.items()}
    used = {
        path.relative_to(data_dir).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths.values()
    }
    return with_panels(tables, before, reference, load_reference(data_dir, last)), used


def with_panels(tables: Tables, before: Tables, reference: Reference, last: Reference) -> dict[str, pd.DataFrame]:
    """Both tables, with the totals of the units of both years; `before` is empty without a report of that year."""
    if not before:
        hidden = hidden_figures(tables["rates"], tables["units"], reference)
        return {"hidden": hidden, "hidden_before": hidden.iloc[:0]}
    published = published_totals(before["rates"], before["units"], before["hidden"])
    panels = panels_of(tables["rates"], tables["units"], before["rates"], before["units"], reference)
    now = {figure: found.now for figure, found in panels.items()}
    hidden = hidden_figures(tables["rates"], tables["units"], reference, published, now)
    own = before["hidden"][before["hidden"]["level"] != PANEL]
    then = [
        hidden_panels(before["rates"], before["units"], own, found.then, figure, last)
        for figure, found in panels.items()
    ]
    return {"hidden": hidden, "hidden_before": pd.concat([own, *then], ignore_index=True)}
