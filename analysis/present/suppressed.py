"""The log of what the reports of a year do not show: `reports/<year>/suppressed.csv`, without any value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import pandas as pd

from analysis.measures.disclosure_tables import LOG_COLUMNS, suppressed
from analysis.present.change_tables import change_table
from analysis.present.chart_tables import categories_table, participation_table, volunteers_table
from analysis.present.list_tables import full_pairing, pairing_table
from analysis.present.public_change import public_change
from analysis.present.public_tables import (
    Tables,
    public_categories,
    public_city_figures,
    public_participation,
    public_volunteers,
)
from analysis.present.spare_tables import exemplars_table, full_exemplars
from analysis.present.summaries import city_figures
from analysis.reference import Reference

Make: TypeAlias = Callable[[Tables, Reference], pd.DataFrame]
LOGGED: Mapping[str, tuple[Make, Make, tuple[str, ...]]] = MappingProxyType(
    {
        "C2": (
            lambda tables, reference: participation_table(
                tables["rates"], tables["comparison"], tables["units"], reference
            ),
            public_participation,
            ("unit_code",),
        ),
        "C3": (
            lambda tables, reference: categories_table(tables["rates"], reference),
            public_categories,
            ("category",),
        ),
        "C5": (
            lambda tables, reference: volunteers_table(
                tables["rates"], tables["comparison"], tables["units"], reference
            ),
            public_volunteers,
            ("unit_code",),
        ),
        "C6": (change_table, public_change, ("peer_group", "unit_code")),
        "C8": (full_pairing, pairing_table, ("title_level",)),
        "S2": (full_exemplars, exemplars_table, ("exemplar_level", "exemplar_kind")),
        "city_figures": (
            lambda tables, reference: city_figures(tables["rates"], reference),
            public_city_figures,
            ("indicator",),
        ),
    }
)


NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType({"C8": ("pairings",), "S2": ("exemplars",)})


def suppressed_log(tables: Tables, reference: Reference) -> pd.DataFrame:
    """One row per number hidden in a table of charts and pages: table, row, column and reason."""
    logs = [
        suppressed(name, full(tables, reference), public(tables, reference), keys)
        for name, (full, public, keys) in LOGGED.items()
        if all(len(tables.get(needed, ())) for needed in NEEDS.get(name, ()))
    ]
    return pd.concat(logs, ignore_index=True)[list(LOG_COLUMNS)]


def save_suppressed(tables: Tables, reference: Reference, out_dir: Path) -> Path:
    """Writes the log into `out_dir` (made when missing); gives the file."""
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / "suppressed.csv"
    text = suppressed_log(tables, reference).to_csv(index=False, lineterminator="\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    return path
