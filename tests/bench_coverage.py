"""How often the limits of the project hold: `python -m tests.bench_coverage` (a few minutes on two cores).

Exact sums where the distribution can be summed, else simulations from fixed seeds, each with its Monte Carlo
standard error. Prints a table and writes docs/simulations.csv; ends with 1 when a figure is not as required.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.simulations import coverage, discoveries, funnels, ranks
from tests.simulations.figures import Shown, write_csv

Task = Callable[[], Iterable[Shown]]


def tasks() -> list[Task]:
    """Every simulation, in the order of the table; each is independent of the others and of their order."""
    return [
        coverage.wilson_figures,
        coverage.byar_figures,
        coverage.newcombe_figures,
        *(partial(funnels.funnel_figures, world) for world in funnels.WORLDS),
        funnels.uneven_figures,
        funnels.found_figures,
        *(
            partial(ranks.rank_figures, world, group, ranks.DRAWS[group])
            for world in ranks.WORLDS
            for group in ranks.GROUPS
        ),
        *(partial(ranks.shrinkage_figures, world, group) for world in ranks.WORLDS for group in ranks.GROUPS),
        discoveries.independent_figures,
        *(partial(discoveries.discovery_figures, table) for table in discoveries.TABLES),
    ]


def run(task: Task) -> list[Shown]:
    """All figures of one simulation."""
    return list(task())


def main() -> int:
    """Run them all, print and write what was found."""
    start, found = time.perf_counter(), []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for figures in pool.map(run, tasks()):
            found.extend(figures)
            for figure in figures:
                print(figure, flush=True)
    write_csv(found)
    missed = [figure for figure in found if not figure.met]
    print(f"{len(found)} figures, {len(missed)} not as required, {time.perf_counter() - start:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
