"""Which tables each report of a year was made from, so that one that is older than the tables is told and not shown as new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.etl.store import to_json

RECORD = "made_from.json"
# what `run` makes at the top of `reports/<year>/`; without a line in the record nobody knows from which tables
REPORTS = (
    *("annex.xlsx", "charts", "circular.docx", "index.html", "meeting.pptx", "meeting_a4.pptx", "notebooks"),
    *("scorecards", "scorecards.pdf"),
)


def tables_version(manifest: Mapping[str, Any]) -> str:
    """One sha256 for all tables that a manifest names: another as soon as a byte of one of them is another."""
    text = "\n".join(f"{name} {digest}" for name, digest in sorted(manifest["sha256"].items()))
    return hashlib.sha256(text.encode()).hexdigest()


def note_made(folder: Path, version: str, made: Iterable[Path]) -> None:
    """Keeps in `made_from.json` that these files (those of a sub-folder as one) were made from the tables of `version`."""
    names = {path.relative_to(folder).parts[0] for path in made}
    record = {**read_record(folder), **dict.fromkeys(names, version)}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).write_bytes(to_json(dict(sorted(record.items()))))


def read_record(folder: Path) -> dict[str, str]:
    """The version of the tables by report; empty where there is no record, or none that can be read."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def older_reports(folder: Path, version: str) -> list[str]:
    """The reports that are there and were not made from the tables of `version`, by name."""
    record = read_record(folder)
    names = sorted({*REPORTS, *record})
    return [name for name in names if record.get(name) != version and (folder / name).exists()]


def older_lines(folder: Path, version: str, year: int) -> list[str]:
    """One line that names the older reports and what makes them new; none when there are none."""
    older = older_reports(folder, version)
    if not older:
        return []
    return [
        f"以下报告早于现有各表,尚未反映现在的考评:{'、'.join(older)};请运行 civility run {year} 更新 | "
        f"older than the tables and the assessment: {', '.join(older)}; `civility run {year}` makes them new"
    ]
