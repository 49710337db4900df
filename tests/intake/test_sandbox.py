"""Children with limits: what dies, hangs or takes too much is the outcome of its own task only."""

from __future__ import annotations

import operator
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from analysis.intake.sandbox import Outcome, SandboxFault, run_limited


def told(outcomes: Iterable[Outcome[object, object]]) -> list[tuple[object, str | None]]:
    return [(outcome.result, outcome.problem) for outcome in outcomes]


def test_results_come_in_the_order_of_the_tasks() -> None:
    """The first task is the slowest, and others overtake it."""
    outcomes = run_limited(time.sleep, [0.3, 0, 0, 0], jobs=2)

    assert [outcome.task for outcome in outcomes] == [0.3, 0, 0, 0]


def test_a_child_that_dies_costs_its_own_task_only() -> None:
    outcomes = list(run_limited(os._exit, [3, 0, 7], jobs=2))

    assert told(outcomes) == [(None, "M07")] * 3
    assert "crashed" in outcomes[0].detail


def test_a_child_that_never_ends_is_stopped_and_the_others_go_on() -> None:
    outcomes = list(run_limited(time.sleep, [0, 3600, 0], seconds=0.5))

    assert told(outcomes) == [(None, None), (None, "M07"), (None, None)]
    assert "longer than 0.5 s" in outcomes[1].detail


def test_a_child_that_takes_too_much_memory_is_stopped_and_the_others_go_on() -> None:
    if sys.platform != "linux":
        return  # the other systems do not limit the memory of a process
    outcomes = list(run_limited(bytearray, [5, 10**10, 6], mib=256))

    assert told(outcomes) == [(bytearray(5), None), (None, "M07"), (bytearray(6), None)]
    assert "more than 256 MiB" in outcomes[1].detail


def test_an_exception_of_the_function_is_told_with_its_trace() -> None:
    good, bad = run_limited(int, ["5", "x"])

    assert (good.result, bad.result, bad.problem) == (5, None, "M07")
    assert bad.trace.startswith("Traceback")
    assert "ValueError" in bad.detail


def test_a_child_that_cannot_be_started_is_a_fault_of_ours() -> None:
    with pytest.raises(SandboxFault):
        list(run_limited(int, ["5"], initializer=sys.exit))


def test_a_child_prepares_itself_once() -> None:
    outcomes = run_limited(os.getenv, ["CIVILITY_TEST"] * 2, initializer=os.putenv, arguments=("CIVILITY_TEST", "1"))

    assert len(list(outcomes)) == 2


def test_nothing_that_a_dying_child_prints_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """`os.write(2, ...)` stands for the abort message of a library."""
    list(run_limited(_shout, [1, 2]))

    assert capfd.readouterr() == ("", "")


def _shout(descriptor: int) -> None:
    os.write(descriptor, b"thread panicked")


def test_the_program_that_starts_children_is_not_imported_by_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command with a slow start would else be started once more for each child."""
    program = tmp_path / "program.py"
    program.write_text("raise SystemExit(9)")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(program), raising=False)

    assert told(run_limited(operator.neg, [1])) == [(-1, None)]


def test_no_tasks_give_no_outcomes() -> None:
    assert list(run_limited(int, [])) == []
