"""A function run on many tasks in children with limits of time and memory; a dead child is an outcome, not a crash.

Each child has a pipe of its own, so that it is always known which task a dead or late child had. (The pool of pebble
5.2 shares one pipe and its locks among the children: one that dies right after its start, or is killed while it sends,
took the tasks of the others with it or left all of them waiting.) Children are started afresh, on every system alike,
and do not import the program that started them.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic, TypeVar

from analysis.intake.sandbox_child import Answer, serve

SECONDS = 6.0
"""Time for one file; our own returns take well under a tenth of a second."""
MIB = 512
"""Address space of a child; its resident memory is less."""
_START_SECONDS = 60.0
_AHEAD = 8

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Task, Result]):
    """What became of one task: its result, or the rule `M07` with its case and one plain sentence.

    `trace` is filled when the function itself raised, which for reading and cleaning is a fault of ours.
    """

    task: Task
    result: Result | None = None
    problem: str | None = None
    detail: str = ""
    trace: str = ""
    case: str = ""


class SandboxFault(RuntimeError):
    """No child can be started: the installation or the limits are at fault, not a file."""


class _Child(Generic[Task, Result]):
    """One child, and the task it has at the moment."""

    def __init__(self, arguments: Sequence[Any], seconds: float) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(other, *arguments), daemon=True)
        with bare_main():
            self.process.start()
        other.close()
        self.number: int | None = None
        self.ready = False
        self._seconds = seconds
        self.deadline = time.monotonic() + _START_SECONDS

    def give(self, number: int, task: Task) -> None:
        """Hand over a task; its time starts to run."""
        self.number = number
        self.deadline = time.monotonic() + self._seconds
        try:
            self.pipe.send(task)
        except OSError:
            self.deadline = 0.0  # it died while idle: told as an outcome like any other death

    def answer(self) -> Answer | None:
        """Its answer, None when it died before it could give one."""
        try:
            answer: Answer = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return answer

    def end(self, *, gently: bool = False) -> int | None:
        """Make sure that it is gone; gives its exit status."""
        self.pipe.close()
        if gently:
            self.process.join(2.0)
        if self.process.is_alive():
            self.process.kill()
        self.process.join(5.0)
        return self.process.exitcode


@contextmanager
def bare_main() -> Iterator[None]:
    """Hide the running program from a starting child, which would else import it, with all that it imports."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def run_limited(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    jobs: int = 1,
    seconds: float = SECONDS,
    mib: int = MIB,
    initializer: Callable[..., None] | None = None,
    arguments: Sequence[Any] = (),
) -> Iterator[Outcome[Task, Result]]:
    """Outcomes of `function(task)` in the order of the tasks, worked out in `jobs` children.

    `function` and `initializer` (called once in each child with `arguments`) must be importable by name. A task
    that runs longer than `seconds`, needs more than `mib` MiB, or kills its child gives `M07` with a sentence;
    the other tasks are not touched.

    Raises:
        SandboxFault: when a child cannot even be started.
    """
    limits = _Limits(seconds, mib)
    pool = _Pool[Task, Result](tasks, max(1, min(jobs, len(tasks))), limits, (function, mib, initializer, arguments))
    try:
        for number in range(len(tasks)):
            yield pool.outcome(number)
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Limits:
    seconds: float
    mib: int

    @property
    def late(self) -> str:
        return f"reading took longer than {self.seconds:g} s and was stopped"

    @property
    def memory(self) -> str:
        return f"reading needed more than {self.mib} MiB of memory and was stopped"


class _Pool(Generic[Task, Result]):
    """The children, the outcomes that are ready, and the tasks still to be given out."""

    def __init__(self, tasks: Sequence[Task], jobs: int, limits: _Limits, arguments: Sequence[Any]) -> None:
        self._tasks, self._jobs, self._limits, self._arguments = tasks, jobs, limits, arguments
        self._next = 0
        self._done: dict[int, Outcome[Task, Result]] = {}
        self._children: list[_Child[Task, Result]] = []

    def outcome(self, number: int) -> Outcome[Task, Result]:
        """The outcome of a task; meanwhile later tasks are worked on, a few ahead."""
        while number not in self._done:
            self._give_out(number + _AHEAD * self._jobs)
            self._wait()
        return self._done.pop(number)

    def close(self) -> None:
        """End all children."""
        for child in self._children:
            child.end(gently=child.number is None)
        self._children = []

    def _give_out(self, before: int) -> None:
        wanted = min(self._jobs, len(self._tasks) - self._next + sum(c.number is not None for c in self._children))
        while len(self._children) < wanted:
            self._children.append(_Child(self._arguments, self._limits.seconds))
        for child in self._children:
            if child.ready and child.number is None and self._next < min(len(self._tasks), before):
                child.give(self._next, self._tasks[self._next])
                self._next += 1

    def _wait(self) -> None:
        busy = [child for child in self._children if child.number is not None or not child.ready]
        left = min((child.deadline for child in busy), default=0.0) - time.monotonic()
        ready = set(wait([child.pipe for child in busy], max(0.0, left)))
        for child in busy:
            if child.pipe in ready:
                self._take(child, child.answer())
            elif child.deadline <= time.monotonic():
                self._lose(child, self._limits.late, "time")

    def _take(self, child: _Child[Task, Result], answer: Answer | None) -> None:
        if answer is None:
            self._lose(child, None)
        elif answer.kind == "ready":
            child.ready = True
        elif answer.kind == "memory":
            self._lose(child, self._limits.memory, "memory")
        elif child.number is not None:
            task = self._tasks[child.number]
            problem, detail = (None, "") if answer.kind == "result" else ("M07", f"could not be read: {answer.detail}")
            self._done[child.number] = Outcome(task, answer.result, problem, detail, answer.trace)
            child.number = None

    def _lose(self, child: _Child[Task, Result], detail: str | None, case: str = "") -> None:
        self._children.remove(child)
        status = child.end()
        if child.number is None:
            raise SandboxFault(f"a child process could not be started (status {status})")
        reason = detail or f"the library that reads this format crashed on it (status {status})"
        self._done[child.number] = Outcome(self._tasks[child.number], None, "M07", reason, case=case)
