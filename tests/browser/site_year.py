"""The site of a sample year in a folder of its own, as `civility run` writes it."""

from __future__ import annotations

import shutil
from pathlib import Path

from analysis.etl.store import clean_years
from analysis.notebook import CleanTables
from analysis.present.site import save_site
from analysis.reference import load_reference

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"


def last_clean_year() -> int | None:
    """The latest year with tables and charts; None before the first run."""
    years = [year for year in clean_years(DATA) if (ROOT / "reports" / str(year) / "charts").is_dir()]
    return max(years, default=None)


def write_site(year: int, folder: Path, n_units: int) -> Path:
    """The site made anew with pages of the first units only, beside the charts and notebooks there are; its first page."""
    reports = ROOT / "reports" / str(year)
    for name in ("charts", "notebooks"):
        if (reports / name).is_dir():
            shutil.copytree(reports / name, folder / name)
    reference = load_reference(DATA, year)
    save_site(CleanTables(DATA, year), reference, folder, folder / "notebooks", n_units)
    return folder / "index.html"
