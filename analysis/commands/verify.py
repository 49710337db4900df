"""`run --verify`: a year computed again from its returns, and compared byte by byte with the tables that are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from analysis.commands.progress import Say
from analysis.commands.report_versions import older_lines, tables_version
from analysis.commands.run_tables import MARK, run_tables
from analysis.commands.years import year_tables
from analysis.etl.dictionary import load_dictionary
from analysis.etl.store import MANIFEST, installed_versions, read_manifest, render_tables
from analysis.folders import Folders
from analysis.pipeline import CleaningFault, summary


class VerifyFault(Exception):
    """The tables of a year are not those that its returns give (G24); the text names each file, one a line."""


def verify_year(folders: Folders, year: int, jobs: int, say: Say) -> list[str]:
    """Computes the year again, writes nothing, and gives one line when every file is byte for byte the same.

    A second line names the reports that were not made from these tables.

    Raises VerifyFault when one is not, StoreFault when the year has no tables, CleaningFault when our own program
    failed on a file.
    """
    known = read_manifest(folders.data, year)
    cleaned, tables = year_tables(folders, year, jobs, say)
    if cleaned.faults:
        raise CleaningFault("\n".join(cleaned.faults))
    if f"{MARK}.csv" in known["sha256"]:
        further = run_tables(folders.data, year, tables, cleaned.reference, cleaned.inputs)
        tables.update(further.tables)
        cleaned.inputs.update(further.used)
    dictionary = load_dictionary(folders.data / "reference" / "tables.csv")
    counts = summary(cleaned, tables)
    files = render_tables(tables, str(year), inputs=cleaned.inputs, counts=counts, dictionary=dictionary)
    lines = [*_files(folders.data / "clean" / str(year), files), *_causes(known, cleaned.inputs)]
    if lines:
        head = (
            f"{year} 年度:重新计算的结果与已有各表不一致(G24),请暂停发布并查明原因 | "
            "the tables are not what the returns give; stop the release and find out why"
        )
        raise VerifyFault("\n".join([head, *lines]))
    same = f"{year}: 重新计算 {len(files)} 个文件,与已有各表逐字节一致 | {len(files)} files computed again, all equal"
    return [same, *older_lines(folders.reports / str(year), tables_version(known), year)]


def _files(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    """One line for each file that is missing, too many or different."""
    there = {path.name for path in folder.iterdir()}
    for name in sorted(there | set(files)):
        place = f"clean/{folder.name}/{name}"
        if name not in files:
            yield f"{place}: 多余的文件 | this file is not computed"
        elif name not in there:
            yield f"{place}: 缺少该文件 | this file is missing"
        elif (stored := (folder / name).read_bytes()) != files[name]:
            line = _first_other_line(stored, files[name])
            yield (
                f"{place}: 内容不同(自第{line}行) | differs from line {line} on"
                if line
                else f"{place}: 内容不同 | differs"
            )


def _first_other_line(stored: bytes, computed: bytes) -> int:
    """Number of the first line that differs; 0 for a file that has no lines of text."""
    if b"\x00" in stored[:4096] or b"\x00" in computed[:4096]:
        return 0
    pairs = enumerate(zip_longest(stored.split(b"\n"), computed.split(b"\n")), start=1)
    return next((number for number, (one, other) in pairs if one != other), 0)


def _causes(known: Mapping[str, Any], inputs: Mapping[str, str]) -> Iterator[str]:
    """What has changed since the tables were written: inputs and versions of packages, from the manifest."""
    before: Mapping[str, str] = known["inputs"]
    for path in sorted(set(before) | set(inputs)):
        if before.get(path) != inputs.get(path):
            yield f"{path}: 输入文件在上次运行后有变化 | this input has changed since the tables were written"
    for package, version in installed_versions().items():
        written = known["versions"].get(package)
        if written != version:
            yield f"{MANIFEST}: {package} {written} → {version}: 软件版本不同 | another version of the package"
