"""The gates in their order: those across the forms of each unit, then those across all units."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.etl.asking import Asker, once
from analysis.etl.gates import Gate, apply_gates
from analysis.etl.gates_activities import ACTIVITY_GATES
from analysis.etl.gates_between_forms import BETWEEN_GATES
from analysis.etl.gates_city import CITY_GATES
from analysis.etl.gates_headcount import (
    offices_add_up_to_headcount,
    parts_within_headcount,
    register_agrees,
    staff_movement_adds_up,
    volunteers_within_staff,
)
from analysis.etl.gates_pairings import PAIRING_GATES, pairing_sent
from analysis.etl.gates_participation import LINE_GATES
from analysis.etl.gates_rectification import RECTIFICATION_GATES
from analysis.etl.gates_regular import REGULAR_GATES
from analysis.etl.gates_remarks import REMARK_GATES
from analysis.etl.gates_study import STUDY_GATES
from analysis.etl.gates_years import year_gates
from analysis.etl.last_year import LastYear
from analysis.records import Fact, FileResult, Query
from analysis.reference import Reference


def gate_units(
    results: Sequence[FileResult], reference: Reference, last_year: LastYear
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries of all files after the rules across the forms of each unit, then those across all units."""
    gates: tuple[Gate, ...] = (
        *REMARK_GATES,
        parts_within_headcount,
        volunteers_within_staff,
        staff_movement_adds_up,
        offices_add_up_to_headcount,
        register_agrees,
        *LINE_GATES,
        *ACTIVITY_GATES,
        *STUDY_GATES,
        *PAIRING_GATES,
        pairing_sent(results),
        *RECTIFICATION_GATES,
        *BETWEEN_GATES,
        *year_gates(last_year),
        *REGULAR_GATES,
    )
    askers = {
        result.submission.file: Asker(
            reference, result.submission.file, result.submission.sha256, result.submission.unit_code
        )
        for result in results
    }
    by_unit: dict[str, list[Fact]] = {}
    for result in results:
        for fact in result.facts:
            by_unit.setdefault(fact.unit_code, []).append(fact)
    facts: list[Fact] = []
    queries = [query for result in results for query in result.queries]
    for unit_code in sorted(by_unit):
        kept, asked = apply_gates(by_unit[unit_code], gates, reference, askers)
        facts += kept
        queries += asked
    facts, asked = apply_gates(facts, CITY_GATES, reference, askers)
    return facts, once([*queries, *asked])
