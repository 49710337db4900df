"""The tables of a year of `data/clean/` as a notebook asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.etl.store import StoreFault, read_table
from analysis.notebook.unknown import unknown


class CleanTables(Mapping[str, pd.DataFrame]):
    """The tables of a year by name, each read when it is first asked for."""

    names = (
        *("submissions", "facts", "queries", "ledger", "units"),
        *("activities", "training", "pairings", "rectifications", "institutions", "targets", "exemplars"),
        *("participation", "quality", "months", "screening", "rates", "comparison", "hidden", "hidden_before"),
        *("group_rates", "denominators", "second_rates", "joint_activities", "city_activities"),
        *("change", "group_change"),
        *("assessment", "scorecards", "next_steps", "decisions", "rank_sensitivity"),
        *("rank_without", "scheme_switches", "total_sensitivity", "pairing_readings"),
    )

    def __init__(self, data_dir: Path, year: int) -> None:
        self.data_dir = data_dir
        self._place = (data_dir, year)
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.names:
            raise unknown("table", name, self.names)
        if name not in self._read:
            self._read[name] = read_table(*self._place, name)
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        """Whether the year has the table: those of an assessment are there in some years only."""
        if name not in self.names:
            return False
        try:
            return self[str(name)] is not None
        except StoreFault:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
