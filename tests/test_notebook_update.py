"""Stored outputs made anew: once changed, then the same bytes, and nothing of the machine in them."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.notebook_gate import check_notebook
from analysis.notebook_update import main


@pytest.fixture
def save(tmp_path):
    """Saves a notebook of the sources given and gives its path."""

    def write(*sources):
        path = tmp_path / "01_sum.ipynb"
        cells = [new_code_cell(source, id=f"c{place}") for place, source in enumerate(sources)]
        path.write_text(nbformat.writes(new_notebook(cells=cells)), encoding="utf-8")
        return path

    return write


def test_a_second_update_changes_no_byte(save, tmp_path, capsys):
    path = save("n = 2", "n + 2")

    assert main([str(tmp_path)]) == 0
    stored = path.read_bytes()
    assert main([str(tmp_path)]) == 0
    assert path.read_bytes() == stored
    assert capsys.readouterr().out.splitlines() == ["01_sum.ipynb: new outputs stored", "01_sum.ipynb: nothing changed"]


def test_what_is_stored_passes_the_gate_and_names_no_version(save, tmp_path):
    path = save("2 + 2")
    main([str(tmp_path)])

    notebook = nbformat.read(path, as_version=4)
    assert check_notebook(path) == []
    assert notebook.cells[0].outputs[0].data["text/plain"] == "4"
    assert notebook.metadata.language_info == {"name": "python"}
    assert "execution" not in notebook.cells[0].metadata


def test_a_cell_with_widgets_is_not_run_and_leaves_no_gap_in_the_numbers(save, tmp_path):
    path = save("2 + 2", "1 / 0", "3 + 3")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].metadata["tags"] = ["nbval-skip"]
    path.write_text(nbformat.writes(notebook), encoding="utf-8")

    assert main([str(tmp_path)]) == 0
    stored = nbformat.read(path, as_version=4).cells
    assert [cell.execution_count for cell in stored] == [1, None, 2]
    assert stored[1].outputs == []


def test_a_notebook_that_stops_is_named_and_left_as_it_was(save, tmp_path, capsys):
    path = save("1 / 0")
    before = path.read_bytes()

    assert main([str(tmp_path)]) == 1
    assert path.read_bytes() == before
    assert capsys.readouterr().out.startswith("01_sum.ipynb: ZeroDivisionError")


def test_a_folder_without_notebooks_is_a_failure(tmp_path):
    assert main([str(tmp_path)]) == 1
