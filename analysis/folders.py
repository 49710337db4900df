"""Where the data, the reports and the notebooks are."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Folders:
    """`data` holds reference, raw, clean and the rest; `reports` what people look at."""

    data: Path
    reports: Path
    notebooks: Path

    def years(self) -> list[int]:
        """The years with a folder in `raw`, ascending."""
        raw = self.data / "raw"
        return sorted(int(path.name) for path in raw.glob("[0-9]*") if path.is_dir() and path.name.isdigit())


def find_folders(data: Path | None = None, reports: Path | None = None) -> Folders:
    """`data` as given, else `$CIVILITY_DATA`, else `data/` of the checkout; never the current folder."""
    chosen = data or Path(os.environ.get("CIVILITY_DATA") or CHECKOUT / "data")
    beside = chosen.resolve().parent / "reports" if chosen != CHECKOUT / "data" else CHECKOUT / "reports"
    return Folders(chosen.resolve(), (reports or beside).resolve(), CHECKOUT / "notebooks")
