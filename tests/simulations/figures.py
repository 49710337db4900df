"""What a simulation gives: figures with their Monte Carlo error and what is required of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

CSV = Path(__file__).parents[2] / "docs" / "simulations.csv"


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure. `standard_error` is None for exact sums; `required` is empty, `>= number` or `<= number`."""

    name: str
    setting: str
    measure: str
    value: float
    standard_error: float | None = None
    required: str = ""

    @property
    def met(self) -> bool:
        """Whether the value is as required; a figure that nothing is required of always is."""
        if not self.required:
            return True
        sign, limit = self.required.split()
        return self.value >= float(limit) if sign == ">=" else self.value <= float(limit)

    def __str__(self) -> str:
        error = "exact" if self.standard_error is None else f"+/- {self.standard_error:.5f}"
        verdict = ("" if self.met else "  NOT MET") if self.required else ""
        return f"{self.name:<22} {self.setting:<58} {self.measure:<44} {self.value:9.5f} {error:<13} {self.required:<9}{verdict}"


def write_csv(shown: Iterable[Shown], path: Path = CSV) -> None:
    """The figures as CSV (UTF-8 with BOM), with as many digits as are worth telling."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Shown)])
        for figure in shown:
            error = "" if figure.standard_error is None else f"{figure.standard_error:.6f}"
            writer.writerow(
                [figure.name, figure.setting, figure.measure, f"{figure.value:.6f}", error, figure.required]
            )


def read_csv(path: Path = CSV) -> list[Shown]:
    """The figures of the file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Shown(
                row["name"],
                row["setting"],
                row["measure"],
                float(row["value"]),
                float(row["standard_error"]) if row["standard_error"] else None,
                row["required"],
            )
            for row in csv.DictReader(file)
        ]
