"""Writes `docs/method.md` and `docs/data.md` from the reference data: `python -m analysis.commands.documents`.

For the day when a formula, a threshold or a column has changed; a test compares both files with what this makes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.folders import CHECKOUT, find_folders
from analysis.present.data_dictionary import data_text
from analysis.present.method import method_text
from analysis.reference import ReferenceFault


def documents(data_dir: Path, docs_dir: Path) -> Mapping[str, str]:
    """The documents by file name; raises ReferenceFault when a reference file is at fault."""
    return {"method.md": method_text(data_dir, docs_dir), "data.md": data_text(data_dir)}


def main(arguments: Sequence[str]) -> int:
    """Writes the documents into the folder given, else into `docs/`; 1 when our own files are at fault."""
    docs = Path(arguments[0]) if arguments else CHECKOUT / "docs"
    try:
        made = documents(find_folders().data, CHECKOUT / "docs")
    except ReferenceFault as fault:
        print(fault, file=sys.stderr)
        return 1
    for name, text in made.items():
        (docs / name).write_text(text, encoding="utf-8", newline="\n")
        print(docs / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
