"""The files of the charts: the same bytes every time, with the table beside."""

from __future__ import annotations

import csv
import io
import re

import pytest

from analysis.present.save_charts import CHARTS, save_charts
from tests.present.made_up import made_up_tables, sample_reference

REFERENCE = sample_reference(8)
TABLES = made_up_tables(8)
NUMBER = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The charts in both languages."""
    out_dir = tmp_path_factory.mktemp("charts")
    save_charts(TABLES, REFERENCE, out_dir)
    save_charts(TABLES, REFERENCE, out_dir, "en")
    return out_dir


def test_the_same_tables_give_the_same_bytes(folder, tmp_path):
    again = save_charts(TABLES, REFERENCE, tmp_path)

    assert [path.read_bytes() for path in again] == [(folder / path.name).read_bytes() for path in again]


def test_each_chart_has_a_picture_a_drawing_and_its_table_and_an_english_twin(folder):
    names = {path.name for path in folder.iterdir()}

    stems = [f"{chart.file}{twin}" for chart in CHARTS.values() if chart.is_possible(TABLES) for twin in ("", "_en")]
    assert names == {f"{stem}.{kind}" for stem in stems for kind in ("png", "svg", "csv")}


def numbers(path):
    """The cells of a table that are numbers, empty ones too, row by row."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))[1:]
    return [[cell for cell in row if not cell or NUMBER.fullmatch(cell)] for row in rows]


def test_the_english_table_tells_the_same_numbers(folder):
    """So what is hidden in the one is hidden in the other."""
    chinese = [path for path in sorted(folder.glob("*.csv")) if not path.stem.endswith("_en")]

    assert [path.name for path in chinese if numbers(path) != numbers(path.with_stem(f"{path.stem}_en"))] == []
    assert sum(len(row) for row in numbers(folder / "C5_volunteers.csv")) > 40


def test_the_drawing_holds_no_date_and_needs_no_font(folder):
    svg = (folder / "C1_submissions.svg").read_text("utf-8")

    assert "<dc:date>" not in svg
    assert "<text" not in svg


def test_the_table_of_the_file_is_the_table_of_the_chart_in_words(folder):
    content = (folder / "C1_submissions.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))

    assert rows[-1]["同类组"] == "全部单位"
    assert int(rows[-1]["应报"]) == 8
    assert [int(row["已报"]) for row in rows] == CHARTS["C1"].table(TABLES, REFERENCE)["units_submitted"].tolist()
