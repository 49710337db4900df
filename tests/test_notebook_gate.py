"""A notebook that nobody can trust does not pass: strict nbval and our own gate, each tried on a notebook at fault.

The notebook of these tests is run once, on made-up tables. Then one thing of it is changed, as a careless save would.
"""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.notebook_gate import check_notebook, main
from tests.present.made_up import write_made_up_year

CHECKOUT = Path(__file__).parents[1]
CELLS = (
    "from analysis.notebook import open_year\n\nyear = open_year(2025)",
    "print(len(year.units))",
    'year.chart("C1")',
    'year.chart_table("C1")',
)

HOME, ROOT_HOME = "/" + "home/", "/" + "root/"


@pytest.fixture(scope="module")
def kernel_environment(tmp_path_factory):
    """Where a kernel finds the package and the made-up year."""
    data_dir = tmp_path_factory.mktemp("project") / "data"
    write_made_up_year(data_dir)
    return {**os.environ, "CIVILITY_DATA": str(data_dir), "PYTHONPATH": str(CHECKOUT)}


@pytest.fixture(scope="module")
def sound(kernel_environment):
    """The notebook as one run from top to bottom leaves it."""
    cells = [new_code_cell(source, id=f"c{place}") for place, source in enumerate(CELLS)]
    notebook = new_notebook(cells=[new_markdown_cell("# How many units?", id="question"), *cells])
    client = NotebookClient(notebook, kernel_name="python3", extra_arguments=["--log-level=50"])
    return client.execute(env=kernel_environment)


def changed(notebook, change):
    """A copy of the notebook on which `change` has been at work."""
    other = copy.deepcopy(notebook)
    change(other)
    return other


def saved(notebook, path):
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def complaints(notebook, tmp_path, name="01_units.ipynb"):
    return [(finding.cell, finding.found) for finding in check_notebook(saved(notebook, tmp_path / name))]


def clear_outputs(notebook):
    for cell in notebook.cells[1:]:
        cell.outputs, cell.execution_count = [], None


def change_number(notebook):
    notebook.cells[2].outputs[0].text = "81\n"


def change_chart_table(notebook):
    data = notebook.cells[4].outputs[0].data
    data["text/html"] = data["text/html"].replace(">80</td>", ">81</td>")


@pytest.fixture(scope="module")
def nbval_outcomes(sound, kernel_environment, tmp_path_factory):
    """Name of the notebook -> whether strict nbval passed it."""
    folder = tmp_path_factory.mktemp("notebooks")
    saved(sound, folder / "sound.ipynb")
    saved(changed(sound, change_number), folder / "number.ipynb")
    saved(changed(sound, change_chart_table), folder / "table.ipynb")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-c", "pytest.ini", "--rootdir", "."]
    options = ["--nbval-sanitize-with", str(CHECKOUT / "tests" / "nbval_sanitize.cfg"), f"--junit-xml={report}", "."]
    subprocess.run([*command, *options], cwd=folder, env=kernel_environment, check=False, capture_output=True)
    outcomes = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("classname", "")
        failed = case.find("failure") is not None or case.find("error") is not None
        outcomes[name] = outcomes.get(name, True) and not failed
    return outcomes


def test_a_sound_notebook_passes_the_gate_and_nbval(sound, tmp_path, nbval_outcomes):
    assert complaints(sound, tmp_path) == []
    assert nbval_outcomes["sound.ipynb"]


def test_a_changed_number_fails_strict_nbval(nbval_outcomes):
    assert not nbval_outcomes["number.ipynb"]


def test_a_changed_chart_table_fails_strict_nbval(sound, nbval_outcomes):
    assert changed(sound, change_chart_table) != sound
    assert not nbval_outcomes["table.ipynb"]


def test_cleared_outputs_fail_the_gate(sound, tmp_path):
    """Strict nbval passes such a notebook: there is nothing to compare."""
    found = complaints(changed(sound, clear_outputs), tmp_path)

    assert found == [(place, "has no stored output") for place in (2, 3, 4, 5)]


def test_the_gate_ends_with_1_and_says_file_cell_and_remedy(sound, tmp_path, capsys):
    saved(changed(sound, clear_outputs), tmp_path / "01_units.ipynb")

    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines()[0] == (
        "01_units.ipynb, cell 2: has no stored output; run the whole notebook and save it with its outputs"
    )


def test_the_gate_ends_with_0_when_all_is_well(sound, tmp_path, capsys):
    saved(sound, tmp_path / "01_units.ipynb")

    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


def test_no_notebook_at_all_is_a_failure(tmp_path):
    assert main([str(tmp_path)]) == 1


def test_one_cleared_output_among_others_fails(sound, tmp_path):
    def clear_one(notebook):
        notebook.cells[4].outputs = []

    found = complaints(changed(sound, clear_one), tmp_path)

    assert (5, "has no stored output") in found


def test_a_chart_without_its_table_fails(sound, tmp_path):
    def drop_table(notebook):
        del notebook.cells[4]

    assert complaints(changed(sound, drop_table), tmp_path) == [(4, "shows chart C1 without its table")]


def test_the_table_of_another_chart_does_not_stand_in(sound, tmp_path):
    def rename(notebook):
        data = notebook.cells[4].outputs[0].data
        data["text/html"] = data["text/html"].replace('data-chart="C1"', 'data-chart="C2"')

    assert complaints(changed(sound, rename), tmp_path) == [(4, "shows chart C1 without its table")]


def test_a_picture_that_is_no_chart_of_ours_fails(sound, tmp_path):
    def forget_code(notebook):
        notebook.cells[3].outputs[0].data["text/plain"] = "<Figure size 640x480 with 1 Axes>"

    assert complaints(changed(sound, forget_code), tmp_path) == [(4, "shows a picture that is no chart of ours")]


def test_cells_run_in_another_order_fail(sound, tmp_path):
    def swap(notebook):
        notebook.cells[1].execution_count, notebook.cells[2].execution_count = 2, 1

    assert complaints(changed(sound, swap), tmp_path) == [(0, "was run in the order [2, 1, 3, 4]")]


SOURCES = {
    "ends with `;`": "year.units;",
    "has 11 lines": "\n".join(f"a{number} = {number}" for number in range(11)),
    "defines a function or class": "def rate(x, n):\n    return x / n",
    "uses a widget": "import ipywidgets",
    "asks nbval not to compare it": "# NBVAL_IGNORE_OUTPUT\nx = 1",
    f"holds a path of one machine ({HOME})": f"folder = '{HOME}li/data'",
    "holds a path of one machine (C:\\)": "folder = r'C:\\Users\\li'",
}


@pytest.mark.parametrize("found", SOURCES)
def test_what_a_cell_may_not_hold(found, tmp_path):
    cell = new_code_cell(SOURCES[found], execution_count=1, outputs=[new_output("stream", name="stdout", text="1\n")])

    assert complaints(new_notebook(cells=[cell]), tmp_path) == [(1, found)]


def test_a_path_of_a_machine_in_an_output_fails(tmp_path):
    output = new_output("stream", name="stdout", text=f"read {ROOT_HOME}data/clean\n")

    cell = new_code_cell("print(x)", execution_count=1, outputs=[output])
    assert complaints(new_notebook(cells=[cell]), tmp_path) == [(1, f"holds a path of one machine ({ROOT_HOME})")]


def test_a_warning_on_stderr_fails(tmp_path):
    output = new_output("stream", name="stderr", text="FutureWarning\n")

    cell = new_code_cell("f()", execution_count=1, outputs=[output])
    assert complaints(new_notebook(cells=[cell]), tmp_path) == [(1, "wrote to stderr")]


def test_a_tag_that_tells_nbval_to_look_away_fails(tmp_path):
    cell = new_code_cell("x = 1", execution_count=1, metadata={"tags": ["nbval-ignore-output"]})

    assert complaints(new_notebook(cells=[cell]), tmp_path) == [(1, "asks nbval not to compare it")]


def widget_cell(source="year.unit_panel()", tags=("nbval-skip",), **metadata):
    return new_code_cell(source, metadata={"tags": list(tags)}, **metadata)


@pytest.mark.parametrize("name", ["00_start.ipynb", "90_explore.ipynb"])
def test_a_widget_may_stand_where_people_explore_in_a_cell_that_nbval_skips(name, tmp_path):
    assert complaints(new_notebook(cells=[widget_cell()]), tmp_path, name) == []


def test_a_widget_may_stand_in_no_other_notebook(tmp_path):
    found = complaints(new_notebook(cells=[widget_cell()]), tmp_path, "05_units.ipynb")

    assert found == [(1, "asks nbval not to compare it"), (1, "uses a widget")]


def test_a_widget_without_the_tag_fails_even_there(tmp_path):
    cell = new_code_cell('year.browse("rates")', execution_count=1, outputs=[new_output("stream", text="1\n")])

    assert complaints(new_notebook(cells=[cell]), tmp_path, "00_start.ipynb") == [(1, "uses a widget")]


def test_the_tag_hides_no_other_cell(tmp_path):
    """What a number is must always be compared."""
    cells = [widget_cell("year.rates")]

    assert complaints(new_notebook(cells=cells), tmp_path, "00_start.ipynb") == [(1, "asks nbval not to compare it")]


def test_a_widget_keeps_no_output(tmp_path):
    cells = [widget_cell(outputs=[new_output("stream", text="x")], execution_count=1)]

    assert complaints(new_notebook(cells=cells), tmp_path, "90_explore.ipynb") == [(1, "keeps the output of a widget")]


def test_an_untitled_notebook_fails(sound, tmp_path):
    assert complaints(sound, tmp_path, "Untitled1.ipynb") == [(0, "has no name of its own")]


def test_an_assignment_needs_no_output(tmp_path):
    cell = new_code_cell("year = 2025\nother = [\n    1,\n]", execution_count=1)

    assert complaints(new_notebook(cells=[cell]), tmp_path) == []


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "01_units.ipynb"
    path.write_text("{", encoding="utf-8")

    assert [finding.notebook for finding in check_notebook(path)] == ["01_units.ipynb"]
