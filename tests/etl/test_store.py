"""`data/clean/<year>/`: the same bytes for the same tables, all or nothing, and back again without loss."""

import csv
import io
import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.etl import store
from analysis.etl.dictionary import ColumnDef, TableFault, conform, load_dictionary
from analysis.etl.store import StoreFault, clean_years, read_manifest, read_table, write_tables
from analysis.etl.table_files import csv_to_table, parquet_to_table, protect, table_to_csv, table_to_parquet, unprotect
from analysis.records import Fact, LedgerRow, Query, Submission, column_names

TABLES = Path(__file__).parents[2] / "data" / "reference" / "tables.csv"


def column(name, type_="string", *, key=False, nullable=True, choices=()):
    return ColumnDef(name, type_, "", key, nullable, tuple(choices), "含义", "meaning")


WALKS = (
    column("unit", key=True, nullable=False),
    column("persons", "integer"),
    column("hours", "number"),
    column("done", "boolean"),
    column("seen", "datetime"),
    column("note"),
    column("state", nullable=False, choices=("open", "closed")),
)
DICTIONARY = {"walks": WALKS, "runs": WALKS}


def walks(**changes):
    rows = {
        "unit": ["A", "B"],
        "persons": [3, None],
        "hours": [0.1, None],
        "done": [True, None],
        "seen": [pd.Timestamp("2026-01-15 09:30"), None],
        "note": ["重阳节,“慰问”\r\n两次", None],
        "state": ["open", "closed"],
    }
    return pd.DataFrame(rows | changes)


def write(target, tables=None):
    tables = tables or {"walks": walks(), "runs": walks()}
    return write_tables(tables, target, inputs={"b": "2", "a": "1"}, counts={"rows": 2}, dictionary=DICTIONARY)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_equal_tables_give_equal_bytes_whatever_their_order_index_and_types(tmp_path):
    other = walks(persons=pd.array([3, None], dtype="Int32"), note=pd.Series(walks()["note"], dtype="object"))
    reordered = other[list(reversed(other.columns))].set_axis([7, 9])

    write(tmp_path / "first" / "2025")
    write(tmp_path / "second" / "2025", {"runs": reordered, "walks": reordered})

    assert contents(tmp_path / "first" / "2025") == contents(tmp_path / "second" / "2025")


def test_csv_and_parquet_read_back_as_the_same_table():
    table = conform("walks", walks(), DICTIONARY)

    from_csv = csv_to_table(table_to_csv(table, WALKS), WALKS)
    from_parquet = parquet_to_table(table_to_parquet(table, WALKS))

    pd.testing.assert_frame_equal(from_csv, table)
    pd.testing.assert_frame_equal(from_parquet, table)


def test_the_csv_opens_in_excel_and_shows_every_digit():
    content = table_to_csv(walks(), WALKS)

    assert content.startswith(b"\xef\xbb\xbfunit,persons")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:] == [
        ["A", "3", "0.1", "true", "2026-01-15T09:30:00", "重阳节,“慰问”\r\n两次", "open"],
        ["B", "", "", "", "", "", "closed"],
    ]


@pytest.mark.parametrize("text", ["=SUM(A1:A3)", "@now", "+1+cmd|x", "-2+3", "\t=1", "'=1", "\uff1d1+1"])
def test_text_that_excel_would_evaluate_stands_behind_an_apostrophe(text):
    assert protect(text) == "'" + text


@pytest.mark.parametrize("text", ["-", "--", "-5", "+3.5", "-2%", "42人", "'50", "", "—"])
def test_numbers_and_dashes_stand_as_they_are(text):
    assert protect(text) == text


@given(st.text(alphabet="'=+-@5a.%\t\uff1d") | st.text())
def test_protecting_a_text_loses_nothing(text):
    assert unprotect(protect(text)) == text


def test_a_table_without_rows_keeps_its_columns_and_types():
    empty = conform("walks", walks().iloc[:0].astype("object"), DICTIONARY)

    pd.testing.assert_frame_equal(parquet_to_table(table_to_parquet(empty, WALKS)), empty)
    pd.testing.assert_frame_equal(csv_to_table(table_to_csv(empty, WALKS), WALKS), empty)


def test_a_column_of_texts_without_any_text_is_null_whatever_its_type():
    """Pandas makes an all-null column of floats; that is no number where texts are wanted."""
    table = conform("walks", walks(note=[float("nan"), float("nan")]), DICTIONARY)

    assert table["note"].isna().all()


def test_an_absent_text_is_null_and_an_empty_key_stays_empty():
    """`item` of a fact without item is the empty text; a note that is empty is no note."""
    table = conform("walks", walks(unit=["", "B"], note=["", None]), DICTIONARY)

    assert table["unit"].tolist() == ["", "B"]
    assert table["note"].isna().all()


def test_the_manifest_names_inputs_versions_counts_and_the_hash_of_every_file(tmp_path):
    manifest = write(tmp_path / "2025")

    assert manifest == json.loads((tmp_path / "2025" / "manifest.json").read_text("utf-8"))
    assert list(manifest["inputs"]) == ["a", "b"]
    assert manifest["rows"] == {"runs": 2, "walks": 2}
    assert set(manifest["sha256"]) == set(contents(tmp_path / "2025")) - {"manifest.json"}
    assert manifest["versions"]["pandas"] == pd.__version__


def test_the_data_package_describes_every_csv(tmp_path):
    manifest = write(tmp_path / "2025")

    package = json.loads((tmp_path / "2025" / "datapackage.json").read_text("utf-8"))
    resource = package["resources"][1]
    assert [entry["path"] for entry in package["resources"]] == ["runs.csv", "walks.csv"]
    assert resource["hash"] == "sha256:" + manifest["sha256"]["walks.csv"]
    assert resource["schema"]["primaryKey"] == ["unit"]
    assert resource["schema"]["fields"][1]["type"] == "integer"


def test_a_new_run_replaces_the_folder_as_a_whole(tmp_path):
    write(tmp_path / "2025")

    write(tmp_path / "2025", {"walks": walks()})

    assert sorted(contents(tmp_path / "2025")) == ["datapackage.json", "manifest.json", "walks.csv", "walks.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["2025"]


def test_a_table_at_fault_leaves_the_old_folder(tmp_path):
    write(tmp_path / "2025")
    before = contents(tmp_path / "2025")

    with pytest.raises(TableFault):
        write(tmp_path / "2025", {"walks": walks(state=["open", "gone"])})

    assert contents(tmp_path / "2025") == before


@pytest.mark.parametrize("renames_done", [0, 1])
def test_a_run_cut_off_in_the_middle_leaves_the_old_folder_to_the_next(tmp_path, monkeypatch, renames_done):
    """The process dies before the swap, or between its two renames: nothing is tidied up, as after a power cut."""
    write(tmp_path / "2025")
    before = contents(tmp_path / "2025")
    calls = []
    rename = Path.rename

    def die(self, goal):
        if len(calls) == renames_done:
            raise KeyboardInterrupt
        calls.append(goal)
        return rename(self, goal)

    monkeypatch.setattr(Path, "rename", die)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "2025", {"walks": walks(persons=[4, 4])})
    monkeypatch.undo()
    store.recover(tmp_path / "2025")

    assert contents(tmp_path / "2025") == before
    assert [path.name for path in tmp_path.iterdir()] == ["2025"]


def test_a_folder_that_cannot_be_swapped_stays_and_says_why(tmp_path, monkeypatch):
    """Windows refuses to rename a folder when Excel holds one of its files open."""
    write(tmp_path / "2025")
    before = contents(tmp_path / "2025")
    rename = Path.rename

    def refuse(self, goal):
        if self.name == ".2025.new":
            raise PermissionError(13, "Permission denied")
        return rename(self, goal)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreFault, match="Excel"):
        write(tmp_path / "2025", {"walks": walks(persons=[4, 4])})

    assert contents(tmp_path / "2025") == before


def faults_of(**changes):
    with pytest.raises(TableFault) as caught:
        write(Path("never-written"), {"walks": walks(**changes)})
    return caught.value.faults


def test_a_code_outside_the_dictionary_is_named_with_table_column_and_row():
    (fault,) = faults_of(state=["open", "gone"])

    assert fault.startswith("table walks, column state, row 1: 'gone' breaks isin")


def test_a_key_that_stands_twice_is_a_fault():
    assert any("column unit" in fault and "'A'" in fault for fault in faults_of(unit=["A", "A"]))


def test_a_null_where_none_may_be_is_a_fault():
    assert any("column state" in fault and "not_nullable" in fault for fault in faults_of(state=["open", None]))


def test_a_fraction_in_a_column_of_whole_numbers_is_a_fault():
    assert "column persons: a value is no integer" in faults_of(persons=[3.5, 1])[0]


def test_a_number_in_a_column_of_texts_is_a_fault():
    assert "column note: a value is no string" in faults_of(note=[3, None])[0]


def test_infinity_is_no_number():
    assert "column hours: a value is no number" in faults_of(hours=[math.inf, 1.0])[0]


def test_missing_and_unknown_columns_are_named():
    table = walks().rename(columns={"hours": "hrs"})

    with pytest.raises(TableFault) as caught:
        write(Path("never-written"), {"walks": table})

    assert [fault.partition(";")[0] for fault in caught.value.faults] == [
        "table walks, column hours: missing",
        "table walks, column hrs: unknown",
    ]


def test_a_table_without_dictionary_is_a_fault():
    with pytest.raises(TableFault, match="table swims: not in"):
        write(Path("never-written"), {"swims": walks()})


def test_reading_says_what_to_run_when_there_is_no_table(tmp_path):
    with pytest.raises(StoreFault, match="make report"):
        read_table(tmp_path, 2025, "rates")
    with pytest.raises(StoreFault, match="make report"):
        read_manifest(tmp_path, 2025)


def test_only_finished_years_count(tmp_path):
    write(tmp_path / "clean" / "2025")
    (tmp_path / "clean" / "2026").mkdir()

    assert clean_years(tmp_path) == [2025]
    assert read_table(tmp_path, 2025, "walks")["persons"].tolist() == [3, pd.NA]
    assert read_manifest(tmp_path, 2025)["counts"] == {"rows": 2}


def test_the_dictionary_of_the_project_has_the_tables_of_the_contract():
    dictionary = load_dictionary(TABLES)

    wanted = ("submissions", "facts", "queries", "ledger", "units", "participation", "rates", "comparison")
    assert set(dictionary) >= set(wanted)
    assert all(any(column.key for column in columns) for columns in dictionary.values())


def test_the_dictionary_has_the_columns_of_the_travelling_records():
    dictionary = load_dictionary(TABLES)
    records = {"submissions": Submission, "facts": Fact, "queries": Query, "ledger": LedgerRow}

    assert {name: [column.name for column in dictionary[name]] for name in records} == {
        name: column_names(record) for name, record in records.items()
    }
