"""What is hidden stands in the same order whatever the seed of Python's hashes, or `run --verify` would fail by chance."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands.score import inputs_now

DATA = Path(__file__).parents[1] / "data"
YEAR = 2025
PROGRAM = f"""
import sys
from pathlib import Path
from analysis.commands.hidden_tables import hidden_tables
from analysis.notebook import CleanTables
from analysis.reference import load_reference
data = Path(sys.argv[1])
tables, _ = hidden_tables(data, CleanTables(data, {YEAR}), load_reference(data, {YEAR}))
sys.stdout.buffer.write(tables["hidden"].to_csv(index=False).encode())
"""
needs_tables = pytest.mark.skipif(
    not (DATA / "clean" / str(YEAR)).is_dir(), reason="`make report` makes data/clean first"
)


@needs_tables
def test_hidden_numbers_stand_in_one_order_whatever_the_hash_seed() -> None:
    seen = set()
    for seed in ("0", "1", "2"):
        made = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(DATA)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        seen.add(hashlib.sha256(made.stdout).hexdigest())
    assert len(seen) == 1


def test_a_score_stands_on_the_returns_of_the_run_and_on_todays_reference_data(tmp_path: Path) -> None:
    for path, text in (("2024/received.csv", "then"), ("2025/received.csv", "now"), ("units.csv", "all")):
        (tmp_path / "reference" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "reference" / path).write_text(text)
    known = {"raw/2025/a.xlsx": "aa", "clean/2024/rates.parquet": "bb", "reference/2024/received.csv": "old"}
    found = inputs_now(tmp_path, YEAR, known)
    assert found["raw/2025/a.xlsx"] == "aa"
    assert found["reference/2024/received.csv"] == hashlib.sha256(b"then").hexdigest()
    assert set(found) == {
        "raw/2025/a.xlsx",
        "reference/2024/received.csv",
        "reference/2025/received.csv",
        "reference/units.csv",
    }
