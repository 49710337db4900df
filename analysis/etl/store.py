"""The tables of a year -> `data/clean/<year>/`, as a whole or not at all; and back.

The new folder is written beside the old one and takes its place by a rename. A run that is interrupted, at whatever
point, leaves the old folder; what it left behind is tidied by the next run. One writer per year at a time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.etl.dictionary import Dictionary, conform
from analysis.etl.table_files import parquet_to_table, resource, table_to_csv, table_to_parquet

MANIFEST = "manifest.json"
PACKAGES = ("civility", "openpyxl", "pandas", "pyarrow", "python-calamine", "scipy", "xlrd")


class StoreFault(Exception):
    """A table cannot be read or put in its place; the text says which and what to do."""


def write_tables(
    tables: Mapping[str, pd.DataFrame],
    target: Path,
    *,
    inputs: Mapping[str, str],
    counts: Mapping[str, Any],
    dictionary: Dictionary,
    history: Path | None = None,
) -> dict[str, Any]:
    """Writes every table as parquet and CSV, with data package and manifest; gives the manifest.

    `inputs` is the sha256 of every file that was used, by its path; `counts` what the run counted. Rows keep their
    order, tables and inputs stand in fixed order. Raises TableFault when a table breaks the dictionary (nothing is
    written then) and StoreFault when the folder cannot be replaced, because a program holds one of its files open. A former
    folder with other contents moves to `history`, in the place of the one before it.
    """
    recover(target)
    files = render_tables(tables, target.name, inputs=inputs, counts=counts, dictionary=dictionary)
    replace_folder(target, files, history)
    manifest: dict[str, Any] = json.loads(files[MANIFEST])
    return manifest


def render_tables(
    tables: Mapping[str, pd.DataFrame],
    year: str,
    *,
    inputs: Mapping[str, str],
    counts: Mapping[str, Any],
    dictionary: Dictionary,
) -> dict[str, bytes]:
    """The files of `data/clean/<year>/` by name, as `write_tables` writes them; raises TableFault likewise."""
    files: dict[str, bytes] = {}
    for name in sorted(tables):
        columns = dictionary.get(name, ())
        table = conform(name, tables[name], dictionary)
        files[f"{name}.parquet"] = table_to_parquet(table, columns)
        files[f"{name}.csv"] = table_to_csv(table, columns)
    package = {
        "profile": "tabular-data-package",
        "name": f"civility-{year}",
        "description": "Text that Excel would take for a formula stands behind one apostrophe.",
        "resources": [csv_resource(name, files[f"{name}.csv"], dictionary) for name in sorted(tables)],
    }
    files["datapackage.json"] = to_json(package)
    manifest = {
        "year": year,
        "versions": installed_versions(),
        "inputs": dict(sorted(inputs.items())),
        "counts": dict(counts),
        "rows": {name: len(tables[name]) for name in sorted(tables)},
        "sha256": {name: sha256(content) for name, content in sorted(files.items())},
    }
    files[MANIFEST] = to_json(manifest)
    return files


def csv_resource(name: str, content: bytes, dictionary: Dictionary) -> dict[str, Any]:
    """The entry of one CSV in the data package."""
    return resource(name, dictionary[name], sha256(content), len(content))


def read_table(data_dir: Path, year: int, name: str) -> pd.DataFrame:
    """One table of `data/clean/<year>/`; raises StoreFault when it is not there."""
    path = data_dir / "clean" / str(year) / f"{name}.parquet"
    if not path.is_file():
        raise StoreFault(
            f"没有 {year} 年度的表 {name}({path});请先运行 make report YEAR={year} | "
            f"there is no table {name} of {year} ({path}); run `make report YEAR={year}` first"
        )
    return parquet_to_table(path.read_bytes())


def read_manifest(data_dir: Path, year: int) -> dict[str, Any]:
    """The manifest of a year; raises StoreFault when it is not there."""
    path = data_dir / "clean" / str(year) / "manifest.json"
    if not path.is_file():
        raise StoreFault(f"没有 {path};请先运行 make report | there is no {path}; run `make report` first")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def clean_years(data_dir: Path) -> list[int]:
    """The years that have a complete `data/clean/<year>/`, ascending."""
    return sorted(int(path.parent.name) for path in data_dir.glob("clean/[0-9][0-9][0-9][0-9]/manifest.json"))


def replace_folder(target: Path, files: Mapping[str, bytes], history: Path | None = None) -> None:
    """Puts a folder with exactly these files in the place of `target`; another one that stood there goes to `history`."""
    fresh, former = siblings(target)
    fresh.mkdir(parents=True)
    for name, content in files.items():
        (fresh / name).write_bytes(content)
    try:
        if target.exists():
            target.rename(former)
        fresh.rename(target)
    except OSError as error:
        recover(target)
        raise StoreFault(
            f"无法替换 {target}:{error.strerror};请关闭打开其中文件的程序(如 Excel)后重新运行,原有数据未变 | "
            f"{target} cannot be replaced: {error.strerror}; close the program that holds a file of it open (Excel?) "
            "and run again; the former tables are unchanged"
        ) from error
    if history is not None and former.exists() and not _holds(former, files):
        shutil.rmtree(history, ignore_errors=True)
        history.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(former, history)
    shutil.rmtree(former, ignore_errors=True)


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files and no others."""
    names = {path.name for path in folder.iterdir()}
    return names == set(files) and all((folder / name).read_bytes() == content for name, content in files.items())


def recover(target: Path) -> None:
    """Undoes what an interrupted run left: the old folder back in its place, half-written ones gone."""
    fresh, former = siblings(target)
    if former.exists() and not target.exists():
        former.rename(target)
    for leftover in (fresh, former):
        if leftover.exists():
            shutil.rmtree(leftover)


def siblings(target: Path) -> tuple[Path, Path]:
    """Where the new folder is written, and where the old one waits during the swap."""
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


def installed_versions() -> dict[str, str]:
    """Versions of the packages that the tables depend on; empty for one that is not installed."""
    return {name: installed_version(name) for name in PACKAGES}


def installed_version(name: str) -> str:
    """Version of one package, empty when it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def to_json(value: Any) -> bytes:
    """JSON for people and for comparing bytes: UTF-8, indented, no NaN."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
