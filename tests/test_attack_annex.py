"""The annex read alone: as safe as the tables beside the charts, and as open as they are when nothing is protected."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measures.disclosure import hidden_figures
from analysis.present.annex import save_annex
from analysis.present.context import make_context
from tests.attacker import attack_tables
from tests.present.made_up import made_up_panels, made_up_tables, sample_reference
from tests.published_counts import read_unit
from tests.published_files import read_annex
from tests.published_notebooks import read_reports
from tests.published_tables import ROOT, Year, read_register

REPORTS = ROOT / "reports" / "2025"
NAMES = read_register(ROOT / "data" / "reference" / "units.csv")
QUERY = ["query_id", "unit_code", "form", "file", "sheet", "cell", "rule", "treatment", "field", "state"]


def attack_annex(tables, reference, folder):
    """What can be worked out from the workbook and nothing else.

    In a made-up city the volunteers of C4 (a programme) are not those of C5 (I06) as they are in returns: C4 is left out.
    """
    whole = {"facts": pd.DataFrame(), "queries": pd.DataFrame(columns=QUERY), **tables}
    path = save_annex(whole, make_context(whole["units"], reference), folder)[0]
    return attack_tables([table for table in read_annex(path, reference.year) if table.name[-2:] != "C4"], NAMES)


@pytest.mark.parametrize("seed", [1, 3])
def test_nothing_is_found_in_the_annex_of_made_up_cities_and_something_without_protection(tmp_path, seed):
    reference, tables = sample_reference(), dict(made_up_tables(0, seed))
    panels = made_up_panels(tables["rates"], tables["units"])
    bare = hidden_figures(tables["rates"], tables["units"], reference, panels=panels, switched_off=True)

    assert attack_annex(tables, reference, tmp_path / "safe") == []
    assert attack_annex({**tables, "hidden": bare}, reference, tmp_path / "bare") != []


def counts(published) -> dict[object, tuple[float, float, float, object]]:
    """What tables tell of each unit and figure."""
    book: dict[tuple[int, tuple[str, str]], Year] = {}
    for table in published:
        for row in table.rows:
            read_unit(table, row, NAMES, book)
    return {
        (*figure, unit): (count.size, count.low, count.high, count.promised)
        for figure, known in book.items()
        for unit, count in known.counts.items()
        if count.seen
    }


@pytest.mark.skipif(not (REPORTS / "annex.xlsx").is_file(), reason="no reports of the sample; make report")
def test_the_annex_tells_of_every_unit_what_the_tables_beside_the_charts_tell():
    beside = [table for table in read_reports(REPORTS, 2025) if table.name[:2] in ("C2", "C5", "C6")]
    inside = [table for table in read_annex(REPORTS / "annex.xlsx", 2025) if table.name[-2:] in ("C2", "C5", "C6")]

    told = counts(beside)
    assert sum(promised is not None for *_, promised in told.values()) > 50
    assert counts(inside) == told
