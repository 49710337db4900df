"""`civility score`: the assessment again on the tables that are there, and what it tells when it cannot."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.commands.run_tables import run_tables
from analysis.commands.score import score_lines
from analysis.commands.years import year_tables
from analysis.etl.dictionary import load_dictionary
from analysis.etl.store import read_table, write_tables
from analysis.folders import find_folders
from analysis.pipeline import summary
from tests.example_year import example_data
from tests.reference_folder import change


def quiet(*_):
    """Nothing is said of the progress."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three returns with the tables of `run`, without charts and pages."""
    folders = find_folders(example_data(tmp_path_factory.mktemp("score") / "data"))
    cleaned, tables = year_tables(folders, 2025, 1, quiet)
    further = run_tables(folders.data, 2025, tables, cleaned.reference, cleaned.inputs)
    tables.update(further.tables)
    write_tables(
        tables,
        folders.data / "clean" / "2025",
        inputs={**cleaned.inputs, **further.used},
        counts=summary(cleaned, tables),
        dictionary=load_dictionary(folders.data / "reference" / "tables.csv"),
    )
    return folders.data


@pytest.fixture
def data(made, tmp_path):
    return shutil.copytree(made, tmp_path / "data")


@pytest.fixture
def without_pages(monkeypatch):
    """No scorecards are drawn: one test does that."""
    monkeypatch.setattr("analysis.commands.score.save_assessment", lambda *_: [])


def score(data, year="2025", status=0):
    result = CliRunner().invoke(app, ["score", year, "--data", str(data)])
    assert result.exit_code == status, result.output
    assert "Traceback" not in result.output
    return result.output


def test_scoring_again_without_any_change_gives_the_same_tables_and_the_scorecards(data):
    before = {path.name: path.read_bytes() for path in (data / "clean" / "2025").iterdir()}
    output = score(data)
    assert "== 2025 ==" in output
    assert {path.name: path.read_bytes() for path in (data / "clean" / "2025").iterdir()} == before
    assert (data.parent / "reports" / "2025" / "scorecards.pdf").is_file()


def test_a_line_of_a_department_changes_the_class_and_the_version_of_the_data_and_no_other_unit(data, without_pages):
    before = read_table(data, 2025, "scorecards").set_index("unit_code")
    versions = read_table(data, 2025, "decisions")["inputs_sha256"].unique()
    change(data, "terms/20/veto.csv", "LJ-V04,V3,", "LJ-G04,V3,")
    score(data)
    after = read_table(data, 2025, "scorecards").set_index("unit_code")
    assert after.loc["LJ-G04", ["veto", "class_proposed"]].tolist() == ["V3", "withdraw"]
    others = after.index.difference(["LJ-G04", "LJ-V04"])
    # a unit with a veto takes no place among the best: only who is among them may change with it
    own = after.columns.drop(["p_top", "exemplar"])
    assert after.loc[others, own].equals(before.loc[others, own])
    assert not set(read_table(data, 2025, "decisions")["inputs_sha256"]) & set(versions)


def test_a_scheme_that_does_not_add_up_is_refused_by_file_and_line_and_changes_nothing(data):
    before = (data / "clean" / "2025" / "scorecards.csv").read_bytes()
    line = change(data, "terms/20/items.csv", "一.1,5,rate:I17", "一.1,6,rate:I17")
    output = score(data, status=1)
    assert "items.csv" in output
    assert "add up to 31" in output
    assert line > 0
    assert (data / "clean" / "2025" / "scorecards.csv").read_bytes() == before


def test_points_count_as_open_for_units_on_a_list_only_and_where_an_answer_can_change_them():
    cards = pd.DataFrame(
        {
            "unit_code": ["U1", "U2", "U3", "U4"],
            "total": [80.0, None, None, None],
            "total_low": [80.0, 70.0, 76.001, 50.0],  # U2 can change, U3 shows 76.00 either way, U4 is on no list
            "total_high": [80.0, 90.0, 76.002, 60.0],
            "borderline": [False, True, False, False],
        }
    )
    listed = pd.DataFrame({"unit_code": ["U1", "U2", "U3"], "list": ["keep", "pending", "keep"]})
    found = SimpleNamespace(tables={"scorecards": cards, "decisions": listed})
    assert score_lines(2025, found)[-1] == "临界 borderline 1  得分待核 open totals 1"


def test_a_year_that_was_not_run_is_said_so(data):
    assert "2024" in score(data, "2024", status=1)
