"""Seconds and memory of reading the sample years anew: `python -m tests.bench`.

Each year is cleaned from its files, without stored results, in a copy of the data folder, so that nothing
of the checkout changes. One line a year; these are measurements, nothing passes or fails by them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Measured:
    """What cleaning one year took."""

    year: str
    files: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.year}: {self.files} files, {self.seconds:.1f} s, {self.files / self.seconds:.1f} files/s"


def largest_process_mib() -> float | None:
    """Peak memory of the largest process started so far, in MiB; None on Windows, which does not tell."""
    try:
        import resource  # not on Windows
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


def measure(year_folder: Path, jobs: int) -> Measured:
    """Clean one year in a temporary copy of the data."""
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        shutil.copytree(DATA / "reference", data / "reference")
        shutil.copytree(year_folder, data / "raw" / year_folder.name)
        files = sum(path.is_file() for path in year_folder.rglob("*"))
        command = [sys.executable, "-m", "analysis", "clean", year_folder.name]
        options = ["--data", str(data), "--jobs", str(jobs), "--no-cache", "--quiet"]
        start = time.perf_counter()
        subprocess.run([*command, *options], check=True)
        return Measured(year_folder.name, files, time.perf_counter() - start)


def main() -> None:
    """Measure every sample year and print what was found."""
    jobs = os.cpu_count() or 1
    print(f"{jobs} jobs")
    for folder in sorted(path for path in (DATA / "raw").iterdir() if path.is_dir()):
        print(measure(folder, jobs), flush=True)
    peak = largest_process_mib()
    print("largest process: not known here" if peak is None else f"largest process: {peak:.0f} MiB")


if __name__ == "__main__":
    main()
