"""The minutes of the meeting: a departure from the proposal needs its reason, and what has no line is not decided."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis.measures.minutes import proposals_of, with_minutes
from analysis.reference.minutes import load_minutes
from analysis.reference.rows import ReferenceFault

HEAD = "unit_code,decided,reason,members_left,decided_on,document\n"
HELD_BY = dt.date(2026, 3, 31)
PROPOSED = {"LJ-G04": "rectify", "LJ-G05": "keep", "LJ-P01": None}


def minutes(tmp_path, *lines):
    path = tmp_path / "reference" / "terms" / "20" / "minutes.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\ufeff" + HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return load_minutes(tmp_path, 20, PROPOSED, HELD_BY)


def test_no_file_means_that_nothing_is_decided(tmp_path):
    assert load_minutes(tmp_path, 20, PROPOSED, HELD_BY) == {}


@pytest.mark.parametrize("line", ["LJ-G04,keep,,0,2026-03-31,纪要3号", "LJ-P01,keep,,0,2026-03-31,纪要3号"])
def test_a_departure_without_a_reason_is_refused_by_file_and_line(tmp_path, line):
    with pytest.raises(ReferenceFault) as caught:
        minutes(tmp_path, "LJ-G05,keep,,1,2026-03-31,纪要3号", line)
    assert "minutes.csv" in str(caught.value)
    assert "without a reason" in str(caught.value)
    assert "LJ-G05" not in str(caught.value)


def test_a_unit_on_no_list_and_a_class_that_there_is_not_are_refused(tmp_path):
    with pytest.raises(ReferenceFault, match="on no list"):
        minutes(tmp_path, "LJ-G99,keep,,0,2026-03-31,纪要3号")
    with pytest.raises(ReferenceFault, match="decided"):
        minutes(tmp_path, "LJ-G04,praise,是,0,2026-03-31,纪要3号")


def test_a_decision_of_a_day_after_the_meeting_is_refused_by_file_and_line(tmp_path):
    with pytest.raises(ReferenceFault) as caught:
        minutes(tmp_path, "LJ-G05,keep,,0,2026-03-31,纪要3号", "LJ-G04,rectify,,0,2026-04-01,纪要3号")
    (fault,) = caught.value.faults

    assert (fault.file, fault.line) == ("reference/terms/20/minutes.csv", 3)
    assert "after the meeting" in fault.english


def test_what_was_decided_stands_beside_the_proposal_and_what_has_no_line_stays_empty(tmp_path):
    table = pd.DataFrame({"unit_code": list(PROPOSED), "class_proposed": list(PROPOSED.values())})
    assert proposals_of(table) == PROPOSED
    found = minutes(tmp_path, "LJ-G04,keep,复核属实,2,2026-03-31,纪要3号", "LJ-G05,keep,,0,2026-03-31,纪要3号")
    rows = with_minutes(table, found).set_index("unit_code")
    assert rows.loc["LJ-G04", ["decided", "departs", "decided_reason", "members_left"]].tolist() == [
        "keep", True, "复核属实", 2,
    ]  # fmt: skip
    assert not rows.loc["LJ-G05", "departs"]
    assert rows.loc["LJ-P01", ["decided", "departs", "members_left", "minutes_document"]].isna().all()
