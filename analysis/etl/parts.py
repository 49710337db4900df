"""Second numbers of a cell, such as 32 party members in 50(其中党员32), and the columns they belong to (M39)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.etl.asking import field_code, field_words
from analysis.etl.extract import Place, RawField
from analysis.records import Part, Reading
from analysis.reference import Reference
from analysis.reference.types import FieldDef


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the second numbers of a sheet went.

    `own` are the fields that a part fills because their column is blank there; `conflicts` the questions, by the
    place of the cell with the part, where that column says another number, with both in words.
    """

    own: tuple[tuple[RawField, Reading], ...]
    conflicts: Mapping[Place, tuple[Reading, str]]

    def of(self, raw: RawField) -> list[tuple[RawField, Reading]]:
        return [(own, reading) for own, reading in self.own if (own.row, own.place) == (raw.row, raw.place)]


def place_parts(said: Sequence[tuple[RawField, Reading]], silent: Sequence[RawField], reference: Reference) -> Placed:
    """The part of each number in its own column when that is blank; asked about when that says another number."""
    blank = {(raw.row, field_code(raw.field)) for raw in silent}
    numbers = {(raw.row, field_code(raw.field)): reading.value for raw, reading in said}
    own: list[tuple[RawField, Reading]] = []
    conflicts: dict[Place, tuple[Reading, str]] = {}
    for raw, reading in said:
        for part in reading.parts:
            entry = _field_of_part(raw.field, part, reference)
            key = (raw.row, field_code(entry)) if entry else None
            if entry and key in blank:
                value = Reading(value=part.value, status="repaired", rule="M39", case="with_part", treatment="FIX")
                own.append((replace(raw, field=entry), value))
            elif entry and key and numbers.get(key) not in (None, part.value):
                detail = f"{field_words(entry)}:{part.value:g}/{numbers[key]:g}"
                conflicts[raw.place] = (Reading(rule="M39", case="part_conflict", treatment="ASK"), detail)
    return Placed(tuple(own), conflicts)


def _field_of_part(entry: FieldDef, part: Part, reference: Reference) -> FieldDef | None:
    measures = {reference.words.get(words, {}).get(part.word) for words in ("part_measure", "part_measure_more")}
    fields = reference.form_fields(entry.form)
    return next((f for f in fields if f.measure in measures and f.item == entry.item and f.block == entry.block), None)
