"""The child of the sandbox: it limits itself, then works on one task after the other. It imports next to nothing."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pickle import PicklingError
from typing import Any, Literal, NamedTuple


class Answer(NamedTuple):
    """What a child sends: that it is ready, a result, that memory ran out, or that the function failed."""

    kind: Literal["ready", "result", "memory", "failed"]
    result: Any = None
    detail: str = ""
    trace: str = ""


def serve(
    pipe: Connection,
    function: Callable[[Any], Any],
    mib: int,
    initializer: Callable[..., None] | None,
    arguments: Sequence[Any],
) -> None:
    """Take tasks from the pipe until it is closed. After running out of memory the child ends itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    _limit_memory(mib)
    if initializer is not None:
        initializer(*arguments)
    pipe.send(Answer("ready"))
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        answer = _work(function, task)
        try:
            pipe.send(answer)
        except (PicklingError, TypeError, AttributeError) as fault:
            pipe.send(Answer("failed", None, f"the result cannot be sent: {fault}", traceback.format_exc()))
        if answer.kind == "memory":
            return


def _work(function: Callable[[Any], Any], task: Any) -> Answer:
    try:
        return Answer("result", function(task))
    except MemoryError:
        return Answer("memory")
    except Exception as fault:  # noqa: BLE001 - the parent tells it as the outcome of this task; the others go on
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}:{place.lineno}"  # noqa: PTH119 - pathlib would be one more import
        return Answer("failed", None, f"{type(fault).__name__}: {fault} ({where})", traceback.format_exc())


def _silence() -> None:
    """Send what libraries print before they die to nowhere: it must not reach the terminal nor spoil our output."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _limit_memory(mib: int) -> None:
    """Limit the address space of this process, where the system can; never leave core files behind."""
    try:
        import resource
    except ImportError:  # Windows has no such limits: there the time limit alone holds
        return
    for kind, amount in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, mib * 2**20)):
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):  # macOS refuses some limits: best effort
            continue
