"""Whether the year that a notebook asks for can be opened, and what to do where it cannot."""

from __future__ import annotations

from pathlib import Path

from analysis.etl.store import clean_years
from analysis.notebook.unknown import UnknownName, say, unknown
from analysis.present.labels import LANGS

NONE = "—"


def check_asked(year: object, lang: str, data_dir: Path) -> None:
    """Nothing for a year of `data/clean`; else raises UnknownName: which years there are and what to run."""
    if lang not in LANGS:
        raise unknown("lang", str(lang), LANGS)
    years = clean_years(data_dir)
    there = ", ".join(map(str, years)) or NONE
    if not isinstance(year, int) or isinstance(year, bool):
        digits = str(year).strip()
        meant = digits if digits.isdigit() else str(max(years, default="YEAR"))
        raise UnknownName(say("year_type", found=repr(year), meant=meant, there=there))
    if year not in years:
        sent = (data_dir / "raw" / str(year)).is_dir()
        code = "year_not_run" if sent else "year_nothing"
        raise UnknownName(say(code, year=str(year), there=there, folder=str(data_dir)))
