"""The sample years cleaned from the first byte and compared with what was planted in them.

`python -m tests.backtest` works in a folder of its own, prints one line per year and ends with status 1 when a fact
is wrong, a question is missing or one is needless, a cell of a return got lost, or the Simpson check finds anything
but the planted reversals.
"""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.etl.store import read_table
from tests.builder.heads import design
from tests.builder.score import Score, score

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "tests" / "data" / "expected"


def expected_rows(year: int, name: str) -> list[dict[str, str]]:
    """Rows of an expectation, packed or not."""
    packed = EXPECTED / str(year) / f"{name}.csv.gz"
    raw = gzip.decompress(packed.read_bytes()) if packed.is_file() else packed.with_suffix("").read_bytes()
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def clean_sample(years: Sequence[int], target: Path) -> Path:
    """A data folder with the sample's raw and reference data, cleaned by the command itself."""
    data = target / "data"
    for part in ("reference", "raw"):
        shutil.copytree(ROOT / "data" / part, data / part)
    command = [
        sys.executable,
        "-m",
        "analysis",
        "clean",
        *map(str, years),
        "--data",
        str(data),
        "--jobs",
        "2",
        "--quiet",
    ]
    subprocess.run(command, check=True, cwd=ROOT)
    return data


def score_year(data: Path, year: int) -> Score:
    """Facts and queries of a cleaned year against what was planted."""
    facts, queries = (_rows(read_table(data, year, name)) for name in ("facts", "queries"))
    return score(facts, queries, expected_rows(year, "facts"), expected_rows(year, "queries"))


def lost_cells(data: Path, year: int) -> list[str]:
    """Breaches of conservation: value cells without fact or query, and cells that stand in the ledger twice."""
    ledger, facts, queries = (read_table(data, year, name) for name in ("ledger", "facts", "queries"))
    place = ["file", "sheet", "cell"]
    twice = ledger[ledger.duplicated(place)]
    known = pd.concat([facts[place], queries[place]]).fillna("")
    values = ledger[ledger["role"] == "value"]
    spoken = pd.MultiIndex.from_frame(values[place].fillna("")).isin(pd.MultiIndex.from_frame(known))
    silent = values[~spoken]
    return [" ".join(map(str, row)) for row in pd.concat([twice, silent])[place].to_numpy()]


def false_reversals(data: Path, year: int) -> list[str]:
    """Simpson reversals that were found and not planted, or planted and not found."""
    table = read_table(data, year, "group_change")
    rows = table.loc[table["reversal"].fillna(False).astype(bool), ["indicator", "category"]]
    found = {tuple(row) for row in rows.itertuples(index=False, name=None)}
    planted = {(one["indicator"], one["category"]) for one in design()["reversals"] if one["year"] == year}
    return [f"Simpson reversal: {' '.join(pair)}" for pair in sorted(found ^ planted)]


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")


def main() -> int:
    """Cleans and scores every year with an expectation."""
    years = sorted(int(path.name) for path in EXPECTED.iterdir() if path.is_dir())
    good = True
    with tempfile.TemporaryDirectory() as folder:
        data = clean_sample(years, Path(folder))
        for year in years:
            found, lost, reversals = score_year(data, year), lost_cells(data, year), false_reversals(data, year)
            print(f"{year}: {found}; cells lost {len(lost)}; reversals not as planted {len(reversals)}")
            wrong = (*found.not_right, *found.unexpected, *found.missing_queries, *found.needless_queries)
            for line in (*wrong, *lost, *reversals):
                print(f"  {line}")
                good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
