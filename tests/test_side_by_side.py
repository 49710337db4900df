"""Steps in several processes: each is done, in the order they were given, and a fault is raised as it was."""

import os
from functools import partial
from pathlib import Path

import pytest

from analysis.commands.side_by_side import side_by_side
from analysis.present.pages import PageFault


def note(folder, *, name):
    """A step that leaves the number of its process in a file."""
    Path(folder, name).write_text(str(os.getpid()), encoding="utf-8")


def stop(folder, *, name):
    raise PageFault(f"{name} stops in {Path(folder).name}")


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_step_is_done_on_what_is_shared(tmp_path, jobs):
    steps = [partial(note, name=name) for name in "abc"]

    done = list(side_by_side(steps, str(tmp_path), jobs))

    processes = {int(path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()}
    assert len(done) == 3
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "c"}
    assert (processes == {os.getpid()}) == (jobs == 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_fault_of_a_step_comes_out_as_it_was_raised(tmp_path, jobs):
    steps = [partial(note, name="a"), partial(stop, name="b"), partial(stop, name="c")]

    with pytest.raises(PageFault, match="b stops in"):
        list(side_by_side(steps, str(tmp_path), jobs))
