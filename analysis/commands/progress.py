"""Progress of long work: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str, int, int], None]


@contextmanager
def reporter(year: int, quiet: bool) -> Iterator[Say]:
    """A function that is told the step, how much is done and how much there is."""
    if quiet:
        yield lambda step, done, total: None
    elif sys.stderr.isatty():
        with _bar(year) as say:
            yield say
    else:
        yield _lines(year)


def _lines(year: int) -> Say:
    """One line per step and per quarter of a long step."""
    said: set[tuple[str, int]] = set()

    def say(step: str, done: int, total: int) -> None:
        quarter = done * 4 // total if total else 4
        if (step, quarter) not in said:
            said.add((step, quarter))
            print(f"{year} {step} {done}/{total}" if total > 1 else f"{year} {step}", file=sys.stderr, flush=True)

    return say


@contextmanager
def _bar(year: int) -> Iterator[Say]:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True)) as progress:
        tasks: dict[str, TaskID] = {}

        def say(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(f"{year} {step}", total=max(total, 1))
            progress.update(tasks[step], completed=done if total else 1)

        yield say
