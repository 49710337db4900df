"""The files of the charts: the same bytes every time, with the table beside."""

from __future__ import annotations

import csv
import io

from analysis.present.save_charts import CHARTS, save_charts
from tests.present.made_up import made_up_tables, sample_reference

REFERENCE = sample_reference(8)
TABLES = made_up_tables(8)


def test_the_same_tables_give_the_same_bytes(tmp_path):
    first = save_charts(TABLES, REFERENCE, tmp_path / "first")
    second = save_charts(TABLES, REFERENCE, tmp_path / "second")

    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_each_chart_has_a_picture_a_drawing_and_its_table(tmp_path):
    names = {path.name for path in save_charts(TABLES, REFERENCE, tmp_path)}

    assert names == {f"{chart.file}.{kind}" for chart in CHARTS.values() for kind in ("png", "svg", "csv")}


def test_english_charts_stand_beside_the_chinese_ones(tmp_path):
    save_charts(TABLES, REFERENCE, tmp_path)
    save_charts(TABLES, REFERENCE, tmp_path, "en")

    assert (tmp_path / "C1_submissions.png").is_file()
    assert (tmp_path / "C1_submissions_en.png").is_file()


def test_the_drawing_holds_no_date_and_needs_no_font(tmp_path):
    save_charts(TABLES, REFERENCE, tmp_path)
    svg = (tmp_path / "C1_submissions.svg").read_text("utf-8")

    assert "<dc:date>" not in svg
    assert "<text" not in svg


def test_the_table_of_the_file_is_the_table_of_the_chart_in_words(tmp_path):
    save_charts(TABLES, REFERENCE, tmp_path)
    content = (tmp_path / "C1_submissions.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))

    assert rows[-1]["同类组"] == "全部单位"
    assert int(rows[-1]["应报"]) == 8
    assert [int(row["已报"]) for row in rows] == CHARTS["C1"].table(TABLES, REFERENCE)["units_submitted"].tolist()
