"""All files of reference data that one year needs, read but not yet compared with each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.reference.files import read_table, read_toml
from analysis.reference.rows import DataTable, Row, Settings
from analysis.reference.specs import SHARED, WORDS_FOLDER, word_list, yearly


@dataclass(frozen=True)
class Sources:
    """The files of one year: tables by name, the word lists, the settings, and which threshold names other years have."""

    year: int
    tables: Mapping[str, DataTable]
    words: tuple[DataTable, ...]
    settings: Settings
    threshold_names: frozenset[str]

    def rows(self, name: str) -> tuple[Row, ...]:
        """The sound lines of one table."""
        return self.tables[name].sound

    def codes(self, name: str, column: str = "code") -> frozenset[str]:
        """What stands in one column of a table, in faulty lines too: those are no reason to call a code unknown."""
        return frozenset(row.text(column) for row in self.tables[name].rows)

    @property
    def word_rows(self) -> tuple[Row, ...]:
        """The sound lines of all word lists."""
        return tuple(row for table in self.words for row in table.sound)

    def readable(self, *names: str) -> bool:
        """Whether all these tables could be read, so that something follows from what they lack."""
        return all(self.tables[name].readable for name in names)


def years_with_reference(data_dir: Path) -> list[int]:
    """The years that have a folder under `reference/`, ascending."""
    folder = data_dir / "reference"
    names = [entry.name for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []
    return sorted(int(name) for name in names if len(name) == 4 and name.isascii() and name.isdigit())


def word_files(data_dir: Path) -> tuple[str, ...]:
    """The files of word lists, as paths below the data folder, in order of name."""
    return tuple(f"{WORDS_FOLDER}/{path.name}" for path in sorted((data_dir / WORDS_FOLDER).glob("*.csv")))


def read_sources(data_dir: Path, year: int) -> Sources:
    """Read everything the year needs; what is wrong with single files stands in their `faults`."""
    specs = {**SHARED, **yearly(year)}
    other_years = (read_table(data_dir, yearly(other)["thresholds"]) for other in years_with_reference(data_dir))
    return Sources(
        year=year,
        tables={name: read_table(data_dir, spec) for name, spec in specs.items()},
        words=tuple(read_table(data_dir, word_list(path)) for path in word_files(data_dir)),
        settings=read_toml(data_dir, f"reference/{year}/year.toml"),
        threshold_names=frozenset(row.text("name") for table in other_years for row in table.rows),
    )


def reference_files(data_dir: Path, year: int) -> tuple[str, ...]:
    """The files that `load_reference` reads for the year and that exist, as paths below the data folder, in order."""
    paths = [spec.path for spec in (*SHARED.values(), *yearly(year).values())]
    every = {*paths, *word_files(data_dir), f"reference/{year}/year.toml"}
    return tuple(sorted(path for path in every if (data_dir / path).is_file()))
