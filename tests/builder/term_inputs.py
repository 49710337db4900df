"""Writes what panel, survey and departments said of the units in the sample term: invented, the same on every machine.

python -m tests.builder.term_inputs        data/reference/terms/20/{panel,survey,departments,veto}.csv
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "reference" / "terms" / "20"
PANEL = {"A2": 0.75, "B1": 0.75, "B5": 0.7, "C3": 0.65, "B1zero": 0.6}
WIDTH = 0.25
BONUS = {"LJ-G04": 0.6, "LJ-P03": 0.4, "LJ-S08": 0.4, "LJ-T05": 0.2}
VETOES = (("LJ-V04", "V3", "市应急局", "2025-08-14", "澜应急函〔2025〕31号"),)
WITHOUT_ACCOUNTS = ("LJ-G27", "LJ-T09")


def fraction(*parts: str) -> float:
    """A number from 0 to 1 that hangs on the words alone."""
    return int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest()[:6]) / 2**48


def units_of(year: int) -> list[str]:
    """The codes of the register that hold in the year."""
    with (ROOT / "data" / "reference" / "units.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    return [row["code"] for row in rows if not row["valid_to"] or row["valid_to"] >= f"{year}-12-31"]


def panel_rows(codes: Iterable[str]) -> list[Sequence[object]]:
    """Shares of the points in twentieths, around a middle of each item and a leaning of each unit."""
    rows: list[Sequence[object]] = []
    for code in codes:
        leaning = fraction("leaning", code) - 0.5
        for item, middle in PANEL.items():
            share = middle + WIDTH * (leaning + fraction(item, code) - 0.5)
            rows.append((code, item, round(20 * min(max(share, 0.0), 1.0)) / 20, "2026-03-09", "考评组"))
        rows.append((code, "D1", BONUS.get(code, 0), "2026-03-09", "考评组"))
    return rows


def survey_rows(codes: Iterable[str]) -> list[Sequence[object]]:
    """Thirty to fifty people asked, four of five or more of them satisfied."""
    rows = []
    for code in codes:
        asked = 30 + int(21 * fraction("asked", code))
        satisfied = round(asked * (0.78 + 0.2 * fraction("satisfied", code)))
        rows.append((code, "B1", asked, satisfied, "2026-03-18", "市统计局"))
    return rows


def department_rows(codes: Iterable[str]) -> list[Sequence[object]]:
    """Whether accounts of giving were published; no questions were open after a second reminder: none was sent."""
    rows: list[Sequence[object]] = []
    for code in codes:
        accounts = "no" if code in WITHOUT_ACCOUNTS else "yes"
        rows.append((code, "accounts", accounts, "市民政局", "2026-03-20", "澜民函〔2026〕12号"))
        rows.append((code, "reminded", "no", "市直机关工委", "2026-03-02", "澜直工函〔2026〕5号"))
    return rows


def write(name: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(columns.split(","))
        writer.writerows(rows)


def main() -> None:
    codes = units_of(2025)
    write("panel", "unit_code,code,share,given_on,given_by", panel_rows(codes))
    write("survey", "unit_code,code,asked,satisfied,taken_on,taken_by", survey_rows(codes))
    write("departments", "unit_code,code,said,department,said_on,document", department_rows(codes))
    write("veto", "unit_code,case,confirmed_by,confirmed_on,document", VETOES)


if __name__ == "__main__":
    main()
