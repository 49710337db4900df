"""What strict nbval does not see in a notebook: `python -m analysis.notebook_gate notebooks/`.

nbval compares stored outputs with new ones. It passes a cell whose outputs were cleared and never compares pictures.
So the gate demands stored outputs in the order of one run, the table of every chart beside it, and what the house asks
of a notebook: short cells, no function of its own, no widget, no path of somebody's machine.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.present.pages import LEFT_OUT

LONGEST_CELL = 10
MACHINE_PATH = re.compile(r"(?<![\w.])(/(home|root|work|Users|tmp|mnt)/|[A-Za-z]:\\\\?(?!n))")
CHART = re.compile(r"^\[(\w+)\]")
NOT_COMPARED = LEFT_OUT  # the tag of cells with widgets: random identifiers are no result
WITH_WIDGETS = ("00_start", "90_explore")  # the only notebooks that may have such cells
WIDGET = re.compile(r"\b(ipywidgets|interact|itables|panels)\b|\.(unit_panel|figure_panel|browse)\(")
MARKER = re.compile(r"NBVAL_\w+|PYTEST_VALIDATE_\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a notebook. `cell` counts all cells from 1, 0 is the notebook as a whole."""

    notebook: str
    cell: int
    found: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.notebook}, cell {self.cell}" if self.cell else self.notebook
        return f"{place}: {self.found}; {self.remedy}"


Complaint = tuple[int, str, str]


def check_notebook(path: Path) -> list[Finding]:
    """Everything the gate finds in one notebook; empty when all is well."""
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, OSError) as error:
        return [Finding(path.name, 0, f"cannot be read ({error})", "restore it or save it again in Jupyter")]
    complaints = [complaint for check in CHECKS for complaint in check(notebook)]
    complaints += check_widgets(notebook, path.stem in WITH_WIDGETS)
    if "untitled" in path.name.lower():
        complaints.insert(0, (0, "has no name of its own", "name it for its question, such as 07_calendar.ipynb"))
    return [Finding(path.name, *complaint) for complaint in sorted(complaints)]


def check_outputs(notebook: NotebookNode) -> Iterator[Complaint]:
    """A cell that was run keeps its number; one that ends in an expression keeps what it showed."""
    for place, cell in code_cells(notebook):
        if cell.get("execution_count") is None or (shows_value(cell.source) and not cell.outputs):
            yield place, "has no stored output", "run the whole notebook and save it with its outputs"


def check_order(notebook: NotebookNode) -> Iterator[Complaint]:
    """The numbers of a fresh run from top to bottom are 1, 2, 3 ..."""
    counts = [cell.get("execution_count") for _, cell in code_cells(notebook)]
    if None not in counts and counts != list(range(1, len(counts) + 1)):
        yield 0, f"was run in the order {counts}", "restart the kernel, run all cells, save"


def check_source(notebook: NotebookNode) -> Iterator[Complaint]:
    """Short cells that call and speak, and define nothing."""
    for place, cell in all_code_cells(notebook):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        if lines and lines[-1].rstrip().endswith(";"):
            yield place, "ends with `;`", "assign the result to `_` or show it"
        if len(lines) > LONGEST_CELL:
            yield place, f"has {len(lines)} lines", f"keep {LONGEST_CELL} at most; move the rest to analysis/"
        if re.search(r"^\s*(async\s+def|def|class)\s", cell.source, re.MULTILINE):
            yield place, "defines a function or class", "move it to analysis/ and give it a test"
        if MARKER.search(cell.source) or unwanted_tags(cell):
            yield place, "asks nbval not to compare it", "remove the marker; every output is compared"


def check_widgets(notebook: NotebookNode, allowed: bool) -> Iterator[Complaint]:
    """A widget stands in a cell of its own that nbval skips, keeps no output, and only where people explore."""
    for place, cell in all_code_cells(notebook):
        is_widget, is_skipped = bool(WIDGET.search(cell.source)), is_not_compared(cell)
        if is_skipped and not allowed:
            yield place, "asks nbval not to compare it", "remove the tag; every output is compared"
        if is_widget and not (allowed and is_skipped):
            remedy = f"show a plain table, or move it to {' or '.join(WITH_WIDGETS)} with the tag {NOT_COMPARED}"
            yield place, "uses a widget", remedy
        if allowed and is_skipped and not is_widget:
            yield place, "asks nbval not to compare it", "only a cell with a widget may carry the tag"
        if is_skipped and (cell.outputs or cell.get("execution_count") is not None):
            yield place, "keeps the output of a widget", "clear it; civility lab makes it anew"


def is_not_compared(cell: NotebookNode) -> bool:
    """Whether the cell carries the tag of widgets."""
    return NOT_COMPARED in cell.metadata.get("tags", [])


def unwanted_tags(cell: NotebookNode) -> list[str]:
    """Tags that keep nbval from comparing, or from running, a cell; that of widgets is looked at by itself."""
    return [
        tag
        for tag in cell.metadata.get("tags", [])
        if tag != NOT_COMPARED and tag.lower().startswith(("nbval", "raises-exception", "skip"))
    ]


def check_stored(notebook: NotebookNode) -> Iterator[Complaint]:
    """Outputs hold results: no error, no warning on stderr, no widget."""
    for place, cell in code_cells(notebook):
        kinds = {output.output_type for output in cell.outputs}
        if "error" in kinds:
            yield place, "stopped with an error", "mend it, run the whole notebook, save"
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield place, "wrote to stderr", "remove the cause of the warning, run again, save"
        if any("widget-view" in mime for output in cell.outputs for mime in output.get("data", {})):
            yield place, "shows a widget", "show a plain table; widgets leave nothing to compare"


def check_paths(notebook: NotebookNode) -> Iterator[Complaint]:
    """Nothing that is true on one machine only stands in text, code or output."""
    for place, cell in enumerate(notebook.cells, start=1):
        found = next((match for text in texts(cell) for match in [MACHINE_PATH.search(text)] if match), None)
        if found:
            yield place, f"holds a path of one machine ({found.group()})", "show no path, or one below the project"


def check_charts(notebook: NotebookNode) -> Iterator[Complaint]:
    """The table of a chart is shown in the same cell or in the next code cell, where nbval compares it."""
    cells = list(code_cells(notebook))
    for index, (place, cell) in enumerate(cells):
        data = [output.get("data", {}) for output in cell.outputs]
        for shown in (entry for entry in data if "image/png" in entry or "image/svg+xml" in entry):
            code = CHART.match(shown.get("text/plain", ""))
            if code is None:
                yield place, "shows a picture that is no chart of ours", "show it by year.chart(...)"
            elif not any(has_table(near, code.group(1)) for _, near in cells[index : index + 2]):
                remedy = f'show year.chart_table("{code.group(1)}") in the next cell'
                yield place, f"shows chart {code.group(1)} without its table", remedy


CHECKS: Sequence[Callable[[NotebookNode], Iterator[Complaint]]] = (
    check_outputs,
    check_order,
    check_source,
    check_stored,
    check_paths,
    check_charts,
)


def all_code_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """The code cells that hold any code, with their place among all cells."""
    for place, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code" and cell.source.strip():
            yield place, cell


def code_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Those of them that nbval compares."""
    return ((place, cell) for place, cell in all_code_cells(notebook) if not is_not_compared(cell))


def shows_value(source: str) -> bool:
    """Whether the last statement is an expression, whose value the cell shows."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a magic of IPython: it shows something
        return True
    return bool(statements) and isinstance(statements[-1], ast.Expr)


def texts(cell: NotebookNode) -> Iterator[str]:
    """Source and every text among the outputs; pictures are left out."""
    yield cell.source
    for output in cell.get("outputs", []):
        yield output.get("text", "")
        yield "\n".join(output.get("traceback", []))
        yield from (str(value) for mime, value in output.get("data", {}).items() if not mime.startswith("image/"))


def has_table(cell: NotebookNode, code: str) -> bool:
    """Whether the cell shows the table of the chart."""
    pages = (output.get("data", {}).get("text/html", "") for output in cell.outputs)
    return any(f'data-chart="{code}"' in page and "<tbody>" in page for page in pages)


def notebook_paths(places: Sequence[str]) -> list[Path]:
    """The notebooks of folders and files, without the copies that Jupyter keeps."""
    paths = [Path(place) for place in places]
    found = [path for place in paths for path in ([place] if place.is_file() else sorted(place.glob("**/*.ipynb")))]
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def main(arguments: Sequence[str]) -> int:
    """Checks every notebook of the folders and files given; 1 when anything was found or there is no notebook."""
    places = arguments or ["notebooks"]
    notebooks = notebook_paths(places)
    findings = [finding for path in notebooks for finding in check_notebook(path)]
    for finding in findings:
        print(finding)
    if not notebooks:
        print(f"no notebook in {', '.join(places)}; give the folder of the notebooks")
    return 1 if findings or not notebooks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
