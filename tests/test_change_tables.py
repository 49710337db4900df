"""`change` and `group_change` of a year: from the tables of the year before when there are any, else without a row."""

import hashlib
import json
import shutil

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.commands.change_tables import change_tables
from analysis.etl.store import read_table
from analysis.measures.change import COLUMNS
from analysis.measures.group_change import COLUMNS as GROUP_COLUMNS
from analysis.reference.sources import reference_files
from tests.example_year import example_data
from tests.measures.hand_tables import rate
from tests.measures.two_years import one_year
from tests.reference_folder import copy_reference
from tests.returns import reference

UNITS = {"LJ-G04": "PG2", "LJ-G03": "PG2"}
BEFORE = one_year(2024, UNITS, rate("LJ-G04", 20, 40), rate("LJ-G03", 30, 78))
AFTER = one_year(2025, UNITS, rate("LJ-G04", 30, 42), rate("LJ-G03", 33, 78))
THIS = {"rates": AFTER.rates, "units": AFTER.units}


def with_2024(data):
    """The data folder with tables of 2024."""
    folder = data / "clean" / "2024"
    folder.mkdir(parents=True)
    BEFORE.rates.to_parquet(folder / "rates.parquet")
    BEFORE.units.to_parquet(folder / "units.parquet")
    return data


@pytest.fixture
def data(tmp_path):
    return with_2024(copy_reference(tmp_path))


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    """Three returns of 2025 cleaned beside tables of 2024."""
    data = with_2024(example_data(tmp_path_factory.mktemp("change") / "data"))
    result = CliRunner().invoke(app, ["clean", "2025", "--data", str(data), "--quiet"])
    assert result.exit_code == 0, result.output
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


def test_cleaning_writes_both_tables_and_names_the_year_before_in_the_manifest(cleaned):
    table = read_table(cleaned, 2025, "change").set_index(["unit_code", "indicator", "category"])
    manifest = json.loads((cleaned / "clean/2025/manifest.json").read_text(encoding="utf-8"))

    assert table.loc[("LJ-G04", "I02", ""), "denominator_before"] == 40
    assert read_table(cleaned, 2025, "group_change")["n_before"].max() == 2
    assert {"clean/2024/rates.parquet", "reference/2024/published.csv"} <= set(manifest["inputs"])


def test_g24_the_two_tables_are_computed_again_and_a_changed_year_before_is_the_cause(cleaned):
    verify = ["run", "2025", "--verify", "--data", str(cleaned)]
    path = cleaned / "clean/2024/rates.parquet"
    good = path.read_bytes()

    same = CliRunner().invoke(app, verify)
    one_year(2024, UNITS, rate("LJ-G04", 21, 40), rate("LJ-G03", 30, 78)).rates.to_parquet(path)
    other = CliRunner().invoke(app, verify)
    path.write_bytes(good)

    assert same.exit_code == 0, same.output
    assert other.exit_code == 1
    assert "clean/2025/change.csv: 内容不同" in other.output
    assert "clean/2024/rates.parquet: 输入文件在上次运行后有变化" in other.output
