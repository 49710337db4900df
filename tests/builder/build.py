"""Writes the sample returns of a year and what a reader must find in them.

python -m tests.builder.build [YEAR ...]            data/raw, data/reference/<year>/received.csv, tests/data/expected
python -m tests.builder.build 2025 --out DIR --mess heavy --seed 7
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.builder.evidence import beside_returns
from tests.builder.expected import FACT_COLUMNS, QUERY_COLUMNS, packed, to_csv
from tests.builder.heavy import heavy_year
from tests.builder.plan import YEARS, sendings
from tests.builder.post import posted
from tests.builder.register import HERE
from tests.builder.sending import Built

ROOT = HERE.parents[1]


def returns_of(year: int, mess: str = "mild", seed: str = "") -> Iterator[Built]:
    """Every return of the year as bytes, with what must be found in it, and the files sent beside the returns."""
    if mess == "heavy":
        yield from (one for one, _ in heavy_year(year, seed))
        return
    yield from map(posted, sendings(year))
    yield beside_returns(year)


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def build(year: int, data: Path, expected: Path, mess: str = "mild", seed: str = "") -> str:
    """Replaces the returns, the times of receipt and the expectation of one year; gives a line for people."""
    made = list(returns_of(year, mess, seed))
    files = {file: content for one in made for file, content in one.files.items()}
    assert len(files) == sum(len(one.files) for one in made), "two returns have the same file name"
    raw = data / "raw" / str(year)
    shutil.rmtree(raw, ignore_errors=True)
    for file, content in files.items():
        write(raw / file, content)
    received = sorted((row for one in made for row in one.received), key=lambda row: (row["received_at"], row["file"]))
    facts, queries = [row for one in made for row in one.facts], [row for one in made for row in one.queries]
    write(data / "reference" / str(year) / "received.csv", to_csv(received, ("file", "received_at")))
    write(expected / str(year) / "facts.csv.gz", packed(to_csv(facts, FACT_COLUMNS)))
    write(expected / str(year) / "queries.csv", to_csv(queries, QUERY_COLUMNS))
    size = sum(map(len, files.values())) / 2**20
    return f"{year}: {len(files)} files, {size:.2f} MiB, {len(facts)} facts, {len(queries)} queries"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("years", nargs="*", type=int, default=YEARS)
    parser.add_argument("--out", type=Path, help="a data folder of its own; the expectation goes to its expected/")
    parser.add_argument("--mess", choices=("mild", "heavy"), default="mild")
    parser.add_argument("--seed", default="")
    args = parser.parse_args()
    data = args.out or ROOT / "data"
    expected = args.out / "expected" if args.out else ROOT / "tests" / "data" / "expected"
    for year in args.years:
        print(build(year, data, expected, args.mess, args.seed))


if __name__ == "__main__":
    main()
