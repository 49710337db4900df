"""Steps that do not wait for each other, worked on by several processes at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, TypeVar

from analysis.intake.sandbox import bare_main

Shared = TypeVar("Shared")
Made = TypeVar("Made")


_KEPT: list[Any] = []
"""What all steps of a process work on: sent to it once, not with every step."""


def side_by_side(steps: Sequence[Callable[[Shared], Made]], shared: Shared, jobs: int) -> Iterator[Made]:
    """Calls every step with `shared`; yields what each gave, in their order.

    With one job, or one step, they are called here, one after the other. Else each is worked on in one of `jobs`
    processes: steps and `shared` must then be such that they can be sent, and what a step changes in memory is lost.
    Raises what the first failing step in this order raised; those that have not begun are then left out.
    """
    processes = min(jobs, len(steps))
    if processes < 2:
        for step in steps:
            yield step(shared)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_keep, initargs=(shared,)) as pool:
        with bare_main():
            futures: list[Future[Made]] = [pool.submit(_call, step) for step in steps]
        try:
            for future in futures:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _keep(shared: Any) -> None:
    _KEPT[:] = [shared]


def _call(step: Callable[[Any], Made]) -> Made:
    return step(_KEPT[0])
