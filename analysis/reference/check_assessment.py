"""Every fault of what the assessment reads: holidays, steps, protocol, tables to fill in, and each term with its inputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from analysis.reference import Reference
from analysis.reference.assessment_steps import load_protocol, load_steps
from analysis.reference.holidays import load_holidays
from analysis.reference.input_tables import load_input_columns
from analysis.reference.rows import Fault, ReferenceFault
from analysis.reference.scheme import load_scheme, terms_with_scheme
from analysis.reference.switches import load_switches
from analysis.reference.term_inputs import load_inputs


def check_assessment(data_dir: Path, reference: Reference) -> list[Fault]:
    """The faults of all files together, in the order of file and line; none when they are sound."""
    found: set[Fault] = set()
    loads: list[Callable[[], object]] = [
        partial(load_holidays, data_dir),
        partial(load_steps, data_dir),
        partial(load_protocol, data_dir, reference),
        partial(load_input_columns, data_dir),
        *(partial(_load_term, data_dir, term, reference) for term in terms_with_scheme(data_dir)),
    ]
    for load in loads:
        try:
            load()
        except ReferenceFault as refused:
            found |= set(refused.faults)
    return sorted(found)


def _load_term(data_dir: Path, term: int, reference: Reference) -> None:
    scheme = load_scheme(data_dir, term, reference)
    load_inputs(data_dir, scheme, reference)
    load_switches(data_dir, scheme)
