"""An appeal about either year of a term makes a new version of the data (domain 5.9)."""

from __future__ import annotations

import shutil

import pytest

from analysis.commands.assessed import NEEDED, term_of_year
from analysis.etl.store import clean_years, read_table
from analysis.measures.decisions import version_of
from analysis.reference import load_reference
from tests.reference_folder import DATA, copy_reference

HEADER = "file,sheet,cell,expected_text,action,new_value,reason,told_on,by_whom"

pytestmark = pytest.mark.skipif(
    not {2024, 2025} <= set(clean_years(DATA)), reason="data/clean has not both sample years: make report"
)


@pytest.fixture
def data(tmp_path):
    """The reference data, and of 2024 the tables that the assessment needs."""
    folder = copy_reference(tmp_path)
    clean = folder / "clean" / "2024"
    clean.mkdir(parents=True)
    for name in (*(f"{name}.parquet" for name in NEEDED), "manifest.json"):
        shutil.copyfile(DATA / "clean" / "2024" / name, clean / name)
    return folder


def version(data, **told):
    for year, days in told.items():
        lines = [f"{day}.xlsx,表1,B2,1,set,2,异议成立,{day},函" for day in days]
        path = data / "reference" / year.removeprefix("y") / "corrections.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8-sig")
    reference = load_reference(data, 2025)
    term = term_of_year(data, 2025, {name: read_table(DATA, 2025, name) for name in NEEDED}, reference)
    return version_of(reference, term.corrected_on)


def test_the_data_as_frozen_are_version_one(data):
    assert version(data) == "v2025.1"


def test_an_appeal_about_the_first_year_makes_a_version_as_one_about_the_last_does(data):
    # frozen on 28 February 2026; the answers of 2025 about 2024 came long before
    assert version(data, y2024=["2025-03-20", "2026-04-03"]) == "v2025.2"
    assert version(data, y2025=["2026-04-03", "2026-04-07"]) == "v2025.3"
