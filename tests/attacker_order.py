"""The order of lines tells too: where a list of hidden numbers is sorted by the true rates, each bounds the next."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.published_tables import CHARTS, Count, Figure

LOG = "suppressed.csv"


def hidden_in_order(folder: Path) -> dict[Figure, list[str]]:
    """The units of the log of what is hidden, in its order, by the figure of their chart."""
    found: dict[Figure, list[str]] = {}
    if (folder / LOG).is_file():
        with (folder / LOG).open(encoding="utf-8-sig", newline="") as source:
            for row in csv.DictReader(source):
                figure = CHARTS.get(row["table"])
                if row["column"] == "numerator" and row["table"] in ("C2", "C5") and figure and figure[1] is not None:
                    found.setdefault((figure[0], figure[1]), []).append(row["row"])
    return found


def left_by_order(order: Sequence[str], counts: Mapping[str, Count]) -> dict[str, tuple[float, float]]:
    """Limits of each count of a list whose shares fall from line to line; those of a group stand together."""
    left: dict[str, tuple[float, float]] = {}
    for group in dict.fromkeys(counts[unit].group for unit in order):
        units = [unit for unit in order if counts[unit].group == group]
        least = greatest = 0.0
        highs, lows = {}, {}
        for place, unit in enumerate(units):
            most = counts[unit].high
            while place and most / counts[unit].size > greatest + 1e-12:
                most -= 1
            greatest, highs[unit] = most / counts[unit].size, most
        for unit in reversed(units):
            fewest = counts[unit].low
            while fewest / counts[unit].size < least - 1e-12:
                fewest += 1
            least, lows[unit] = fewest / counts[unit].size, fewest
        left |= {unit: (lows[unit], highs[unit]) for unit in units}
    return left
