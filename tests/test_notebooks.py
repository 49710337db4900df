"""The notebooks as they are stored: each passes our gate, asks one question and can be run for another year."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from analysis.notebook_gate import check_notebook

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def path(request):
    return request.param


def test_there_are_notebooks():
    assert NOTEBOOKS


def test_the_notebooks_of_the_bench_are_among_them():
    assert {"00_start", "10_meeting_charts", "90_explore"} <= {path.stem for path in NOTEBOOKS}


def test_the_start_answers_ten_questions_in_three_lines_each():
    cells = nbformat.read(NOTEBOOKS[0], as_version=4).cells
    asked = [place for place, cell in enumerate(cells) if cell.source.startswith("### ")]

    assert len(asked) == 10
    assert all(cells[place].source.splitlines()[0].endswith("？") for place in asked)
    assert max(len(cells[place + 1].source.splitlines()) for place in asked) <= 3
    assert [place for place in asked if not cells[place + 1].outputs] == []


def test_every_notebook_is_linked_from_the_start():
    text = "".join(cell.source for cell in nbformat.read(NOTEBOOKS[0], as_version=4).cells)

    assert [path.name for path in NOTEBOOKS[1:] if f"({path.name})" not in text] == []


def test_a_stored_notebook_passes_the_gate(path):
    assert [str(finding) for finding in check_notebook(path)] == []


def test_the_title_is_a_question_in_both_languages(path):
    first = nbformat.read(path, as_version=4).cells[0].source

    assert first.startswith("# ")
    assert first.splitlines()[0].endswith("\uff1f")
    assert first.rstrip().endswith("?*")


def test_the_year_is_set_once_in_the_cell_that_a_run_replaces(path):
    """A run of another year writes its own `YEAR` behind the cell tagged for it; nothing else may name a year."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    others = [cell.source for cell in cells if "parameters" not in cell.metadata.get("tags", [])]

    assert len(tagged) == 1
    assert tagged[0].startswith("YEAR = 2025 ")
    assert [source for source in others if re.search(r"\b20\d\d\b", source)] == []


def test_the_answer_comes_before_any_chart_or_table(path):
    outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", [])]

    assert "<strong" in outputs[0]["data"]["text/html"]
    shown = [output["data"] for output in outputs[1:]]
    assert any("image/png" in data or "<table" in data.get("text/html", "") for data in shown)
