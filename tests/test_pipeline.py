"""What a year does with a file on which a child failed."""

import pytest

from analysis import pipeline
from analysis.intake.sandbox import Outcome
from tests.example_year import example_data


def outcomes_with(trace):
    """A stand-in for the children: nothing comes back from any of them."""

    def run(function, tasks, **limits):
        for task in tasks:
            yield Outcome(task, problem="M07", detail="?", trace=trace)

    return run


@pytest.mark.parametrize(
    "trace, state, asked, faults",
    [("", "returned", "BACK", 0), ("Traceback ...\nKeyError: 'x'", "skipped", "NOTE", 3)],
    ids=["the file ended its child", "our program failed"],
)
def test_a_fault_of_ours_is_told_and_not_blamed_on_the_unit(tmp_path, monkeypatch, trace, state, asked, faults):
    monkeypatch.setattr(pipeline, "run_limited", outcomes_with(trace))

    year = pipeline.read_year(example_data(tmp_path / "data"), 2025)

    assert {result.submission.state for result in year.results} == {state}
    assert {query.treatment for query in year.queries} == {asked}
    assert len(year.faults) == faults
    assert all("KeyError" in fault for fault in year.faults)


def test_a_time_of_receipt_of_a_file_that_is_not_there_is_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "run_limited", outcomes_with(""))
    data = example_data(tmp_path / "data")
    with (data / "reference" / "2025" / "received.csv").open("a", encoding="utf-8") as sink:
        sink.write("nowhere.xlsx,2026-01-05T10:00:00\n")

    year = pipeline.read_year(data, 2025)

    assert [line for line in year.warnings if "received.csv" in line] == [
        "2025/received.csv: nowhere.xlsx: 没有这个文件 | no such file"
    ]
