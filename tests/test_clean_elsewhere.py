"""The tables of the sample years open in other programs: Frictionless, DuckDB, Excel and plain pandas."""

from __future__ import annotations

import json
import math
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from frictionless import Package, system

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = [folder for year in (2024, 2025) if (folder := ROOT / "data" / "clean" / str(year)).is_dir()]
pytestmark = pytest.mark.skipif(not FOLDERS, reason="no tables of the sample; make report")
BOM = "\ufeff".encode()


def package(folder):
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


def columns(resource, *types):
    return [field["name"] for field in resource["schema"]["fields"] if field["type"] in types]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


def test_frictionless_finds_no_fault(folder):
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()

    faults = [(task.name, error.message) for task in report.tasks for error in task.errors]
    assert faults == []
    assert len(report.tasks) == len(list(folder.glob("*.csv")))


def test_frictionless_finds_a_changed_code_a_missing_key_and_a_lost_line(folder, tmp_path):
    own = next(one for one in package(folder)["resources"] if one["name"] == "submissions")
    lines = (folder / "submissions.csv").read_bytes().split(b"\r\n")
    spoilt = [lines[0], lines[1].replace(b"accepted", b"welcome"), lines[2], lines[2], *lines[4:]]
    (tmp_path / "submissions.csv").write_bytes(b"\r\n".join(spoilt))
    (tmp_path / "datapackage.json").write_text(json.dumps({**package(folder), "resources": [own]}), "utf-8")

    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    kinds = {error.type for task in report.tasks for error in task.errors}

    assert {"primary-key", "constraint-error", "hash-count"} <= kinds


def test_every_column_is_described_in_both_languages_and_every_table_has_a_key(folder):
    for resource in package(folder)["resources"]:
        assert resource["schema"]["primaryKey"]
        assert all(field["title"] and field["description"] for field in resource["schema"]["fields"])


def test_every_csv_opens_in_excel_with_its_letters_and_lines(folder):
    """The mark of UTF-8 at the start, CRLF after every row, and no row too many for a sheet."""
    for path in sorted(folder.glob("*.csv")):
        content = path.read_bytes()

        assert content.startswith(BOM)
        assert content.endswith(b"\r\n")
        assert content.count(b"\r\n") <= 1_048_576


def test_duckdb_counts_and_sums_the_same_in_parquet_and_csv(folder):
    with duckdb.connect() as base:
        for resource in package(folder)["resources"]:
            name, numbers = resource["name"], columns(resource, "number", "integer")
            texts = columns(resource, "string")
            sums = [f'sum(try_cast("{column}" as double))' for column in numbers]
            found = [f"count(nullif(cast(\"{column}\" as varchar), ''))" for column in texts]
            wanted = ", ".join(["count(*)", *found, *sums])
            csv, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
            read = f"read_csv('{csv}', header=true, delim=',', quote='\"', escape='\"', all_varchar=true)"
            one = base.sql(f"select {wanted} from {read}").fetchall()[0]
            other = base.sql(f"select {wanted} from read_parquet('{parquet}')").fetchall()[0]

            same = [
                a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9))
                for a, b in zip(one, other, strict=True)
            ]
            assert all(same), (name, one, other)


def test_duckdb_guesses_a_number_where_the_description_says_number(folder):
    """Without a word from us: what a person sees who types `select * from 'rates.csv'`."""
    for name in ("rates", "units"):
        resource = next(one for one in package(folder)["resources"] if one["name"] == name)
        with duckdb.connect() as base:
            guessed = base.sql(f"select * from '{folder / f'{name}.csv'}'")
            kinds = dict(zip(guessed.columns, map(str, guessed.types), strict=True))

        filled = pd.read_csv(folder / f"{name}.csv").notna().any()
        wrong = [c for c in columns(resource, "number") if filled[c] and kinds[c] not in ("DOUBLE", "BIGINT")]
        assert wrong == []


def test_pandas_reads_the_csv_as_the_parquet(folder):
    for name in ("rates", "participation", "units"):
        resource = next(one for one in package(folder)["resources"] if one["name"] == name)
        csv, parquet = pd.read_csv(folder / f"{name}.csv"), pd.read_parquet(folder / f"{name}.parquet")

        assert csv.columns.tolist() == parquet.columns.tolist() == [f["name"] for f in resource["schema"]["fields"]]
        for column in columns(resource, "number"):
            pd.testing.assert_series_equal(
                csv[column].astype("float64"), parquet[column].astype("float64"), check_dtype=False
            )
