"""The notebooks as they are stored: each passes our gate, asks one question and can be run for another year."""

from __future__ import annotations

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


def test_a_stored_notebook_passes_the_gate(path):
    assert [str(finding) for finding in check_notebook(path)] == []


def test_the_title_is_a_question_in_both_languages(path):
    first = nbformat.read(path, as_version=4).cells[0].source

    assert first.startswith("# ")
    assert first.splitlines()[0].endswith("\uff1f")
    assert first.rstrip().endswith("?*")


def test_the_year_is_a_parameter_and_no_number(path):
    """Papermill writes the year of the report behind the cell that is tagged for it."""
    cells = nbformat.read(path, as_version=4).cells
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]

    assert len(tagged) == 1
    assert tagged[0].startswith("YEAR = None")


def test_the_answer_comes_before_any_chart(path):
    outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", [])]

    assert "<strong" in outputs[0]["data"]["text/html"]
    assert any("image/png" in output["data"] for output in outputs[1:])
