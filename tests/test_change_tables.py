"""`change` and `group_change` of a year: from the tables of the year before when there are any, else without a row."""

import hashlib
import shutil

import pytest

from analysis.commands.change_tables import change_tables
from analysis.measures.change import COLUMNS
from analysis.measures.group_change import COLUMNS as GROUP_COLUMNS
from analysis.reference.sources import reference_files
from tests.measures.hand_tables import rate
from tests.measures.two_years import one_year
from tests.reference_folder import copy_reference
from tests.returns import reference

UNITS = {"LJ-G04": "PG2", "LJ-G03": "PG2"}
BEFORE = one_year(2024, UNITS, rate("LJ-G04", 20, 40), rate("LJ-G03", 30, 78))
AFTER = one_year(2025, UNITS, rate("LJ-G04", 30, 42), rate("LJ-G03", 33, 78))
THIS = {"rates": AFTER.rates, "units": AFTER.units}


@pytest.fixture
def data(tmp_path):
    """A data folder in which 2024 was cleaned."""
    data = copy_reference(tmp_path)
    folder = data / "clean" / "2024"
    folder.mkdir(parents=True)
    BEFORE.rates.to_parquet(folder / "rates.parquet")
    BEFORE.units.to_parquet(folder / "units.parquet")
    return data


def test_the_tables_compare_this_year_with_the_cleaned_year_before(data):
    tables, _ = change_tables(data, THIS, reference(2025))

    assert list(tables["change"]["numerator_before"]) == [20, 30]
    assert tables["group_change"].set_index("peer_group").loc["PG2", "panel_rate"] == 63 / 120


def test_every_file_of_the_year_before_that_was_used_is_an_input(data):
    _, used = change_tables(data, THIS, reference(2025))

    files = ["clean/2024/rates.parquet", "clean/2024/units.parquet", *reference_files(data, 2024)]
    assert used == {file: hashlib.sha256((data / file).read_bytes()).hexdigest() for file in files}
    assert "reference/2024/published.csv" in used


@pytest.mark.parametrize("lost", ["clean/2024/rates.parquet", "clean/2024", "reference/2024"])
def test_without_a_year_before_the_tables_have_their_columns_and_no_row(data, lost):
    path = data / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    tables, used = change_tables(data, THIS, reference(2025))

    assert tuple(tables["change"].columns) == COLUMNS
    assert tuple(tables["group_change"].columns) == GROUP_COLUMNS
    assert [len(table) for table in tables.values()] == [0, 0]
    assert used == {}
