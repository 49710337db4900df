"""Heavy years by seed, read by the command itself and counted as acceptance counts.

python -m tests.builder.torture --seeds 1 2 3 [--keep DIR] [--lines 40]

Prints for each seed the score, the breaches of conservation and the planted personal data found in what was stored or
printed; then every fault with the mess that lies behind it. Ends with 1 when a seed misses what is asked for.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tests.builder.build import write
from tests.builder.conserved import breaches
from tests.builder.expected import to_csv
from tests.builder.heavy import heavy_year
from tests.builder.leaks import leaks
from tests.builder.score import Score, score
from tests.builder.sending import Built

ROOT = Path(__file__).resolve().parents[2]
YEAR = 2025
FACTS_RIGHT, NEEDLESS = 0.995, 0.002
Place = tuple[str, str, str]
PLACE = re.compile(r"file=(.*?)(?: sheet=(.*?))?(?: cell=(\S+))? (?:form|rule)=")


@dataclass(frozen=True)
class Seed:
    """What came of one seed."""

    seed: str
    score: Score
    breaches: tuple[str, ...]
    leaks: tuple[str, ...]
    befell: Mapping[Place, str]
    stories: Mapping[str, str]

    @property
    def good(self) -> bool:
        found = self.score
        return (
            not found.silent_wrong and not found.missing_queries and not self.breaches and not self.leaks
            and found.right >= FACTS_RIGHT * found.expected and len(found.needless_queries) <= NEEDLESS * found.expected
        )  # fmt: skip

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.score}; breaches of conservation {len(self.breaches)}; leaks {len(self.leaks)}"


def data_folder(target: Path, made: Sequence[Built]) -> Path:
    """A data folder with the returns of the seed and our reference data."""
    data = target / "data"
    shutil.copytree(ROOT / "data" / "reference", data / "reference")
    shutil.copytree(ROOT / "data" / "raw" / str(YEAR - 1), data / "raw" / str(YEAR - 1))
    for one in made:
        for file, content in one.files.items():
            write(data / "raw" / str(YEAR) / file, content)
    received = [row for one in made for row in one.received]
    write(data / "reference" / str(YEAR) / "received.csv", to_csv(received, ("file", "received_at")))
    return data


def cleaned(data: Path, reports: Path) -> str:
    """What the command prints while it cleans the year and the one before."""
    command = [
        sys.executable,
        "-m",
        "analysis",
        "clean",
        str(YEAR - 1),
        str(YEAR),
        "--data",
        str(data),
        "--reports",
        str(reports),
        "--jobs",
        "2",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"clean ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr


def table(data: Path, name: str) -> list[dict[str, Any]]:
    """Rows of a table as stored."""
    found = pd.read_parquet(data / "clean" / str(YEAR) / f"{name}.parquet")
    return found.astype(object).where(found.notna(), None).to_dict("records")


def tried(seed: str, target: Path) -> Seed:
    """Builds, cleans and counts one seed."""
    made = heavy_year(YEAR, seed)
    data, reports = data_folder(target, [one for one, _ in made]), target / "reports"
    printed = cleaned(data, reports)
    facts, queries, ledger = (table(data, name) for name in ("facts", "queries", "ledger"))
    submissions = table(data, "submissions")
    found = score(
        facts,
        queries,
        [fact for one, _ in made for fact in one.facts],
        [query for one, _ in made for query in one.queries],
    )
    planted = {secret for one, _ in made for secret in one.secrets}
    return Seed(
        seed,
        found,
        tuple(breaches(data / "raw" / str(YEAR), submissions, ledger, facts, queries)),
        tuple(leaks(planted, [data / "clean", data / "cache", data / "history", reports], printed)),
        {place: mess for one, _ in made for place, mess in one.befell.items()},
        {file: " ".join(done) for one, done in made for file in one.files},
    )


def behind(line: str, seed: Seed) -> str:
    """The mess behind a fault: that of its cell, else the messes of its sheet or the story of its file."""
    said = PLACE.search(line)
    file, sheet, cell = (part or "" for part in said.groups()) if said else ("", "", "")
    mess = seed.befell.get((file, sheet, cell))
    if mess:
        return mess
    done = seed.stories.get(file.split("!")[0], "").split()
    form = next((f"F{digit}" for digit in re.findall(r"form=F(\d)|表(\d)", line) for digit in digit if digit), "")
    near = [name for name in done if form and name.startswith(form + ".")]
    return " ".join([*done[:1], *near]) or "?"


def shown(title: str, lines: Iterable[str], seed: Seed, most: int) -> None:
    """Prints faults grouped by the mess behind them, the commonest first."""
    grouped = Counter(behind(line, seed) for line in lines)
    first = {}
    for line in lines:
        first.setdefault(behind(line, seed), []).append(line)
    print(f"  {title}: {sum(grouped.values())}")
    for mess, count in grouped.most_common(most):
        print(f"    {count:4} {mess}")
        for line in first[mess][:2]:
            print(f"           {line[:420]!r}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", nargs="*", default=["1", "2", "3"])
    parser.add_argument("--keep", type=Path, help="keeps the folders of the seeds below this one")
    parser.add_argument("--lines", type=int, default=40, help="how many kinds of fault are shown of each sort")
    args = parser.parse_args()
    good = True
    for seed in args.seeds:
        with tempfile.TemporaryDirectory() as folder:
            target = args.keep / seed if args.keep else Path(folder)
            shutil.rmtree(target / "data", ignore_errors=True)
            found = tried(seed, target)
        print(found, flush=True)
        for title in ("silent_wrong", "missing_queries", "needless_queries", "not_right", "unexpected"):
            shown(title.replace("_", " "), getattr(found.score, title), found, args.lines)
        for title, lines in (("breaches of conservation", found.breaches), ("leaks", found.leaks)):
            print(f"  {title}: {len(lines)}")
            for line in lines[: args.lines]:
                print(f"    {line}")
        good = good and found.good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
