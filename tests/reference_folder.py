"""A copy of the real reference data with one line changed, for tests of what the loader refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.reference import Fault, check_reference

DATA = Path(__file__).parents[1] / "data"


def copy_reference(folder: Path) -> Path:
    """The data folder of a copy of `data/reference`."""
    shutil.copytree(DATA / "reference", folder / "data" / "reference")
    return folder / "data"


def change(data: Path, file: str, old: str, new: str) -> int:
    """Replace a text that stands once in a file of `reference/`; gives the physical line it stood on."""
    path = data / "reference" / file
    text = path.read_text(encoding="utf-8-sig")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8-sig", newline="")
    return text[: text.index(old)].count("\n") + 1


def add_line(data: Path, file: str, line: str) -> int:
    """Write a line at the end of a file of `reference/`; gives its physical line."""
    path = data / "reference" / file
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text + line + "\n", encoding="utf-8-sig", newline="")
    return text.count("\n") + 1


def faults_of(data: Path) -> list[tuple[str, int]]:
    """File (below `reference/`) and line of every fault."""
    return [(fault.file.removeprefix("reference/"), fault.line) for fault in check_reference(data)]


def only_fault(data: Path) -> Fault:
    """The one fault of the folder."""
    faults = check_reference(data)
    assert len(faults) == 1, "\n".join(str(fault) for fault in faults)
    return faults[0]
