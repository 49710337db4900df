"""What changed in a year since the run before: files, facts, rates and proposals, each with before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from analysis.etl.store import StoreFault, read_table
from analysis.etl.table_files import parquet_to_table

HISTORY = "history"
MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Compared:
    """Which columns name a row of a table, and which of its values are told when they differ."""

    keys: tuple[str, ...]
    told: tuple[str, ...]


COMPARED: Mapping[str, Compared] = MappingProxyType(
    {
        "submissions": Compared(("file",), ("state", "rule", "sha256")),
        "facts": Compared(("unit_code", "form", "row", "item", "measure"), ("value", "low", "high", "text", "status")),
        "queries": Compared(("query_id",), ("unit_code", "rule", "treatment", "state")),
        "rates": Compared(("unit_code", "indicator", "category"), ("numerator", "denominator", "rate", "status")),
        "scorecards": Compared(("unit_code",), ("total", "total_low", "total_high", "class_proposed")),
        "decisions": Compared(("unit_code",), ("list", "class_proposed", "state_after")),
    }
)


def changed_rows(before: pd.DataFrame, after: pd.DataFrame, compared: Compared) -> pd.DataFrame:
    """One row per key whose values differ: the keys, `what` (`new`, `gone` or `changed`) and for each value the two.

    Rows with the same key are told apart by their order. Two nulls are equal.
    """
    one, other = (_numbered(table, compared) for table in (before, after))
    keys = [*compared.keys, "_n"]
    both = one.merge(other, on=keys, how="outer", suffixes=("_before", "_after"), indicator=True)
    what = both["_merge"].map({"left_only": "gone", "right_only": "new", "both": "changed"}).astype("str")
    differs = what != "changed"
    for name in compared.told:
        old, new = both[f"{name}_before"], both[f"{name}_after"]
        differs |= ~((old == new) | (old.isna() & new.isna())).fillna(False).astype(bool)
    columns = [f"{name}_{side}" for name in compared.told for side in ("before", "after")]
    found = both.assign(what=what)[differs]
    return found[[*compared.keys, "what", *columns]].reset_index(drop=True)


def _numbered(table: pd.DataFrame, compared: Compared) -> pd.DataFrame:
    keys = table[list(compared.keys)].astype("object").where(table[list(compared.keys)].notna(), "")
    values = table.reindex(columns=list(compared.told)).astype(
        "object"
    )  # a column that an older run did not have is null
    return keys.assign(_n=keys.groupby(list(compared.keys)).cumcount()).join(values)


def diff_lines(data_dir: Path, year: int) -> list[str]:
    """What changed, for people: for each table how many rows are new, gone and changed, and the first of them.

    A column that the run before did not have yet is not compared.

    Raises:
        StoreFault: the year was not made, or there is no run before to compare with.
    """
    folder = data_dir / HISTORY / str(year)
    if not (folder / "manifest.json").is_file():
        raise StoreFault(
            f"没有 {year} 年度上一次运行的数据({folder});数据没有变化的再次运行不另存 | "
            f"no run before of {year} in {folder}; a run that changes nothing keeps none"
        )
    lines = [f"== {year} ==", *_versions(folder, data_dir / "clean" / str(year))]
    for name, compared in COMPARED.items():
        path = folder / f"{name}.parquet"
        current = data_dir / "clean" / str(year) / f"{name}.parquet"
        if not path.is_file() or not current.is_file():
            continue
        before, after = parquet_to_table(path.read_bytes()), read_table(data_dir, year, name)
        compared = replace(compared, told=tuple(told for told in compared.told if told in before and told in after))
        found = changed_rows(before, after, compared)
        counts = {what: int((found["what"] == what).sum()) for what in ("new", "gone", "changed")}
        lines.append(f"{name}: 新增 new {counts['new']}  消失 gone {counts['gone']}  变化 changed {counts['changed']}")
        lines += [f"  {line}" for line in _told(found, compared)]
    return lines


def _versions(before: Path, after: Path) -> list[str]:
    """The version of the data before and now; nothing in years without an assessment."""
    paths = [folder / "decisions.parquet" for folder in (before, after)]
    tables = [parquet_to_table(path.read_bytes()) for path in paths if path.is_file()]
    versions = [str(table["version"].iloc[0]) for table in tables if len(table)]
    return [f"版本 version {' → '.join(versions)}"] if len(versions) == len(paths) else []


def _told(found: pd.DataFrame, compared: Compared) -> Iterator[str]:
    for row in found.head(MOST_LINES).to_dict("records"):
        key = " ".join(str(row[name]) for name in compared.keys if str(row[name]))
        values = [
            f"{name} {_text(row[f'{name}_before'])} → {_text(row[f'{name}_after'])}"
            for name in compared.told
            if _text(row[f"{name}_before"]) != _text(row[f"{name}_after"])
        ]
        yield f"{row['what']}: {key}  {'; '.join(_short(values))}".rstrip()
    if len(found) > MOST_LINES:
        yield f"…… 另有 {len(found) - MOST_LINES} 行 | {len(found) - MOST_LINES} more"


def _text(value: object) -> str:
    return "—" if value is None or pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value)  # type: ignore[call-overload]


def _short(values: Sequence[str]) -> list[str]:
    """Hashes are long: their first digits tell them apart."""
    return [" ".join(part[:12] if len(part) == 64 else part for part in value.split(" ")) for value in values]
