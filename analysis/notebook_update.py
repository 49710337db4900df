"""Runs notebooks from top to bottom and stores their new outputs in place: `python -m analysis.notebook_update notebooks/`.

For the day when the sample or a rule has changed and the stored outputs no longer hold. Read the difference before it is
committed: it is what changed for the reader. Nothing of the machine is stored, neither times nor the version of Python. Cells that nobody compares are not run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from analysis.notebook_gate import NOT_COMPARED, notebook_paths

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def update_notebook(path: Path) -> bool:
    """Runs one notebook and stores it with its new outputs; whether the file changed.

    A notebook that stops with an error is left as it is, and its CellExecutionError goes on.
    """
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--log-level=50"],
        timeout=600,
        skip_cells_with_tag=NOT_COMPARED,
    )
    client.execute()
    for cell in (cell for cell in notebook.cells if NOT_COMPARED in cell.metadata.get("tags", [])):
        cell.outputs, cell.execution_count = [], None
    notebook.metadata = nbformat.from_dict(METADATA)  # type: ignore[no-untyped-call]
    after: str = nbformat.writes(notebook) + "\n"  # type: ignore[no-untyped-call]
    path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def main(arguments: Sequence[str]) -> int:
    """Updates every notebook of the folders and files given; 1 when one stops with an error or there is none."""
    paths = notebook_paths(arguments or ["notebooks"])
    for path in paths:
        try:
            changed = update_notebook(path)
        except CellExecutionError as error:
            print(f"{path.name}: {error.ename}: {error.evalue}; run it in JupyterLab (`make lab`) and mend it")
            return 1
        print(f"{path.name}: {'new outputs stored' if changed else 'nothing changed'}")
    if not paths:
        print("no notebook found; give the folder of the notebooks")
    return 0 if paths else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
