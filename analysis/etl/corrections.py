"""A person's answers (`corrections.csv`) on the facts of one block of a sheet.

What an answer says takes the place of what was read, before lines are compared and totals checked. A line that does
not fit changes nothing here; `correction_faults` says so afterwards, and the run stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.etl.asking import MASK, field_code
from analysis.etl.extract import NUMBER_TYPES, RawField
from analysis.etl.interpret import Interpreter
from analysis.records import Cell, Fact, Query, Reading, address
from analysis.reference import Correction, FieldDef, Reference

VALUE_ACTIONS = ("set", "confirm", "not_applicable")
_AS_READ = ("reported", "repaired", "derived", "approximate")
_SAFE = ("reported", "repaired")
_SEPARATOR = re.compile("[;\uff1b]")
_NO_ANSWER = ("unknown", "other")  # a name of no category of ours
Key = tuple[int, str, str]


def answers_on(reference: Reference, file: str, sheet: str) -> tuple[Correction, ...]:
    """The lines about the cells of one sheet."""
    return tuple(entry for entry in reference.corrections.get(file, ()) if entry.sheet == sheet.strip() and entry.cell)


def answered_here(reference: Reference, file: str, sheet: str, fields: Sequence[RawField]) -> bool:
    """Whether a person answered for one of these fields."""
    cells = {entry.cell for entry in answers_on(reference, file, sheet)}
    return bool(cells) and any(address(*raw.place) in cells for raw in fields)


def correct_values(
    interpreter: Interpreter, fields: Sequence[RawField], facts: Sequence[Fact], queries: Sequence[Query]
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries of a block after the answers about its values.

    An answered value is `confirmed` (or `not_applicable`), keeps its raw text and the rule that had asked, and is no
    longer asked about; what was only told of it (FIX, NOTE) stays told.
    """
    asker = interpreter.asker
    changed: dict[Key, Fact] = {}
    settled: set[tuple[str | None, str | None]] = set()
    for entry in answers_on(asker.reference, asker.file, interpreter.sheet.name):
        targets = _targets(entry, fields, facts) if entry.action in VALUE_ACTIONS else ()
        answered = _answered(entry, targets, interpreter, facts, queries)
        changed |= answered
        settled |= {(entry.cell, field_code(raw.field)) for raw in targets if answered}
    if not changed:
        return list(facts), list(queries)
    kept = [changed.pop(_key(fact), fact) for fact in facts]
    left = [query for query in queries if query.treatment != "ASK" or (query.cell, query.field) not in settled]
    return [*kept, *changed.values()], left


def answered_fields(fields: Sequence[RawField], facts: Sequence[Fact]) -> tuple[RawField, ...]:
    """The fields of the lines that have facts, with what was answered in the place of what stood in the cell.

    For steps that compare or fill lines by their text: an answer makes two lines differ, and is no ditto mark.
    """
    rows = {fact.row for fact in facts}
    said = {_key(fact): _said(fact) for fact in facts if fact.status in ("confirmed", "not_applicable")}
    return tuple(_as_said(raw, said.get(_raw_key(raw))) for raw in fields if raw.row in rows)


def _said(fact: Fact) -> str:
    return f"{fact.value:.15g}" if fact.value is not None else fact.text or ""


def _as_said(raw: RawField, said: str | None) -> RawField:
    return raw if said is None or raw.cell is None else replace(raw, cell=replace(raw.cell, value=said, text=said))


def correct_totals(interpreter: Interpreter, totals: Sequence[RawField]) -> tuple[RawField, ...]:
    """The total cells with what a person says they should hold, so that they are compared with their lines again."""
    asker = interpreter.asker
    said = {
        entry.cell: entry for entry in answers_on(asker.reference, asker.file, interpreter.sheet.name)
        if entry.action == "set"
    }  # fmt: skip
    return tuple(
        _total(raw, said[address(*raw.place)], interpreter) if address(*raw.place) in said else raw for raw in totals
    )


def _total(raw: RawField, entry: Correction, interpreter: Interpreter) -> RawField:
    reading = read_answer(raw, entry.new_value, interpreter)
    if reading is None or raw.cell is None:
        return raw
    return replace(raw, cell=replace(raw.cell, value=reading.value, text=entry.new_value, kind="number"), factor=1.0)


def _key(fact: Fact) -> Key:
    return fact.row, fact.item, fact.measure


def _raw_key(raw: RawField) -> Key:
    return raw.row, raw.field.item, raw.field.measure


def _targets(entry: Correction, fields: Sequence[RawField], facts: Sequence[Fact]) -> tuple[RawField, ...]:
    """The fields that a line is about, one per line of the block that shares the cell; none when it is not clear.

    A number said beside another in one cell (32 party members in 50(其中党员32)) is found by its own field.
    """
    here = [raw for raw in fields if address(*raw.place) == entry.cell]
    own = {_raw_key(raw) for raw in here}
    parts = {_key(fact) for fact in facts if fact.cell == entry.cell} - own
    beside = [replace(raw, place=here[0].place, cell=here[0].cell) for raw in fields if here and _raw_key(raw) in parts]
    found = [raw for raw in (*here, *beside) if entry.field in ("", field_code(raw.field))]
    return tuple(found) if len({field_code(raw.field) for raw in found}) == 1 else ()


def _answered(
    entry: Correction,
    targets: Sequence[RawField],
    interpreter: Interpreter,
    facts: Sequence[Fact],
    queries: Sequence[Query],
) -> dict[Key, Fact]:
    """The facts as answered, by their place in the form; none when the answer does not fit every target."""
    by_key = {_key(fact): fact for fact in facts}
    asked = {query.field: query for query in queries if query.cell == entry.cell and query.state == "open"}
    found: dict[Key, Fact] = {}
    for raw, said in zip(targets, _shares(entry, targets), strict=False):
        before = by_key.get(_raw_key(raw))
        reading = _reading(entry, raw, said, before, len(targets) > 1, interpreter)
        if reading is None:
            return {}
        found[_raw_key(raw)] = _fact(raw, reading, before, asked.get(field_code(raw.field)), interpreter)
    return found if len(found) == len(targets) else {}


def _shares(entry: Correction, targets: Sequence[RawField]) -> list[str]:
    """What is said of each target: numbers of several lines in one merged cell are listed with semicolons."""
    several = len(targets) > 1 and targets[0].field.type in NUMBER_TYPES and entry.action == "set"
    return _SEPARATOR.split(entry.new_value) if several else [entry.new_value] * len(targets)


def _reading(
    entry: Correction, raw: RawField, said: str, before: Fact | None, shared: bool, interpreter: Interpreter
) -> Reading | None:
    """What the answer gives for one field; null when it cannot be read, or when there is nothing to confirm."""
    if entry.action == "not_applicable":
        return Reading(status="not_applicable")
    if entry.action == "set":
        return read_answer(raw, said, interpreter)
    stands = _stands(raw, before, shared, interpreter)
    if not said:
        return stands
    told = read_answer(raw, said, interpreter)
    same = told and (stands is None or (stands.value, stands.text) == (told.value, told.text))
    return told if same else None


def _stands(raw: RawField, before: Fact | None, shared: bool, interpreter: Interpreter) -> Reading | None:
    """What stands in the cell, read without the marks that made us ask (a line through it, a comment, a merge)."""
    if before is not None and before.status == "not_applicable":
        return Reading(status="not_applicable")
    if before is not None and before.status in _AS_READ:
        return Reading(value=before.value, text=before.text)
    if raw.cell is None or (shared and raw.field.type in NUMBER_TYPES):
        return None
    bare = replace(raw, forced=None, cell=replace(raw.cell, struck=False, comment=None))
    reading = interpreter.reading(bare)
    if _is_clean(reading) or (reading.status == "approximate" and reading.value is not None):
        return reading
    proposed = interpreter.reading(raw).read_as
    return read_answer(raw, proposed, interpreter) if proposed else None


def read_answer(raw: RawField, said: str, interpreter: Interpreter) -> Reading | None:
    """A typed answer read by the grammar of its field, in the unit of the field; null unless it reads without doubt.

    Our own codes are understood too; of a person only whether one is named may be said, never the name.
    """
    text = said.strip()
    code = _code(raw.field, text)
    if code:
        return Reading(text=code)
    entry = replace(raw.field, type="yes_no", measure="") if raw.field.measure.endswith("_named") else raw.field
    cell = Cell(*raw.place, text, text, "text")
    reading = interpreter.reading(RawField(entry, raw.row, raw.place, cell))
    return reading if text and _is_clean(reading) else None


def _code(entry: FieldDef, text: str) -> str:
    codes = ("yes", "no") if entry.measure.endswith("_named") else tuple(entry.codes)
    return text if text in codes else ""


def _is_clean(reading: Reading) -> bool:
    says = reading.value is not None or bool(reading.text)
    return reading.status in _SAFE and reading.treatment != "ASK" and reading.case not in _NO_ANSWER and says


def _fact(raw: RawField, reading: Reading, before: Fact | None, asked: Query | None, interpreter: Interpreter) -> Fact:
    """The confirmed fact at the place of the old one; a blank has no raw text."""
    cell = raw.cell or Cell(*raw.place, None, "", "text")
    made = interpreter.fact(replace(raw, cell=cell), reading)
    status = "not_applicable" if reading.status == "not_applicable" else "confirmed"
    rule = before.rule if before else asked.rule if asked else None
    text = before.raw if before else MASK if raw.cell and made.raw == MASK else cell.text
    return replace(made, low=None, high=None, status=status, rule=rule, raw=text)


def of_action(entries: Sequence[Correction], action: str) -> Iterator[Correction]:
    """The lines that say this."""
    return (entry for entry in entries if entry.action == action)
