"""Lines whose date lies outside the report year: dropped where the form asks for this year's only (M51, decision 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import Asker
from analysis.records import Fact, Query
from analysis.reference import Reference


def drop_other_years(
    facts: Sequence[Fact], sheet: str, first_cells: Mapping[int, str], reference: Reference, asker: Asker
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries after the lines of other years.

    The fields whose date must lie in the year are listed in the reference data (`dated_line`). A line wholly outside
    is dropped: its facts are `rejected`, with one `DROP` query at its first cell. An interval that only begins or
    ends in another year stays and is asked about.
    """
    dated = reference.words.get("dated_line", {})
    dropped: set[int] = set()
    queries: list[Query] = []
    for fact in facts:
        if fact.measure not in dated or not fact.text or fact.status == "rejected":
            continue
        years = {int(end[:4]) for end in fact.text.split("/")}
        if reference.year not in years:
            dropped.add(fact.row)
            cell = first_cells.get(fact.row, fact.cell)
            queries.append(
                asker.ask("M51", "outside", treatment="DROP", form=fact.form, sheet=sheet, cell=cell,
                          field=fact.measure, raw=fact.raw, read_as=fact.text)
            )  # fmt: skip
        elif len(years) > 1:
            queries.append(
                asker.ask("M51", treatment="ASK", form=fact.form, sheet=sheet, cell=fact.cell, field=fact.measure,
                          raw=fact.raw, read_as=fact.text)
            )  # fmt: skip
    return [_rejected(fact) if fact.row in dropped else fact for fact in facts], queries


def _rejected(fact: Fact) -> Fact:
    return replace(fact, value=None, text=None, low=None, high=None, status="rejected", rule="M51")
