"""What changed since the run before: row by row, and the folder that is kept for it."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.commands.diff import COMPARED, Compared, changed_rows, diff_lines
from analysis.etl.store import StoreFault, replace_folder

RATES = COMPARED["rates"]


def rates(*rows):
    return pd.DataFrame(
        rows, columns=["unit_code", "indicator", "category", "numerator", "denominator", "rate", "status"]
    )


def seen(before, after, compared=RATES):
    found = changed_rows(before, after, compared)
    return [tuple(row) for row in found[[*compared.keys, "what"]].itertuples(index=False)]


def test_a_run_that_changes_nothing_tells_nothing():
    table = rates(("U1", "I02", None, 4.0, 9.0, None, "small"), ("U1", "I06", "", 1.0, 2.0, 0.5, "ok"))
    assert seen(table, table) == []


def test_rows_that_are_new_gone_or_other_are_told_with_both_values():
    before = rates(("U1", "I02", "", 4.0, 40.0, 0.1, "ok"), ("U2", "I02", "", None, 30.0, None, "queried"))
    after = rates(("U1", "I02", "", 5.0, 40.0, 0.125, "ok"), ("U3", "I02", "", 1.0, 30.0, 1 / 30, "ok"))
    assert seen(before, after) == [("U1", "I02", "", "changed"), ("U2", "I02", "", "gone"), ("U3", "I02", "", "new")]
    changed = changed_rows(before, after, RATES).set_index("unit_code")
    assert changed.loc["U1", ["numerator_before", "numerator_after"]].tolist() == [4.0, 5.0]


def test_an_answer_that_fills_a_null_is_a_change():
    before, after = (rates(("U1", "I02", "", value, 9.0, None, "small")) for value in (None, 3.0))
    assert seen(before, after) == [("U1", "I02", "", "changed")]


def test_several_rows_with_one_key_are_told_apart_by_their_order():
    compared = Compared(("unit_code",), ("value",))
    before, after = (pd.DataFrame({"unit_code": ["U1", "U1"], "value": values}) for values in ([1, 2], [1, 3]))
    assert seen(before, after, compared) == [("U1", "changed")]


def manifest(tables):
    return {"manifest.json": b"{}", **{f"{name}.parquet": content for name, content in tables.items()}}


def parquet(*rows):
    return {"rates": rates(*rows).to_parquet()}


def test_the_folder_of_a_run_that_changed_something_is_kept_and_compared(tmp_path):
    clean, history = tmp_path / "clean" / "2025", tmp_path / "history" / "2025"
    first = manifest(parquet(("U1", "I02", "", 4.0, 40.0, 0.1, "ok")))
    second = manifest(parquet(("U1", "I02", "", 5.0, 40.0, 0.125, "ok")))
    replace_folder(clean, first, history)
    replace_folder(clean, first, history)
    assert not history.exists()
    replace_folder(clean, second, history)

    assert diff_lines(tmp_path, 2025) == [
        "== 2025 ==",
        "rates: 新增 new 0  消失 gone 0  变化 changed 1",
        "  changed: U1 I02  numerator 4 → 5; rate 0.1 → 0.125",
    ]


def test_only_the_run_before_is_kept(tmp_path):
    clean, history = tmp_path / "clean" / "2025", tmp_path / "history" / "2025"
    for number in (1.0, 2.0, 3.0):
        replace_folder(clean, manifest(parquet(("U1", "I02", "", number, 40.0, None, "ok"))), history)

    assert "  changed: U1 I02  numerator 2 → 3" in diff_lines(tmp_path, 2025)


def test_without_a_run_before_it_is_said_so(tmp_path):
    with pytest.raises(StoreFault, match="no run before of 2025"):
        diff_lines(tmp_path, 2025)


def decided(version, **more):
    rows = {"unit_code": ["U1"], "list": ["keep"], "class_proposed": ["keep"], "version": [version], **more}
    return {"decisions": pd.DataFrame(rows).to_parquet()}


def test_an_appeal_is_told_with_the_version_that_it_makes_and_what_it_changes(tmp_path):
    clean, history = tmp_path / "clean" / "2025", tmp_path / "history" / "2025"
    replace_folder(clean, manifest(decided("v2025.1", state_after=["eligible"])), history)
    replace_folder(clean, manifest(decided("v2025.2", state_after=["proposed"])), history)

    assert diff_lines(tmp_path, 2025) == [
        "== 2025 ==",
        "版本 version v2025.1 → v2025.2",
        "decisions: 新增 new 0  消失 gone 0  变化 changed 1",
        "  changed: U1  state_after eligible → proposed",
    ]


def test_a_column_that_the_run_before_did_not_have_is_no_change(tmp_path):
    clean, history = tmp_path / "clean" / "2025", tmp_path / "history" / "2025"
    replace_folder(clean, manifest(decided("v2025.1")), history)
    replace_folder(clean, manifest(decided("v2025.1", state_after=["proposed"])), history)

    assert diff_lines(tmp_path, 2025)[-1] == "decisions: 新增 new 0  消失 gone 0  变化 changed 0"
