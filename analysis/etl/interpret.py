"""Raw fields -> facts and questions: what each cell says, by the type of its field."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.etl.asking import MASK, Asker, field_code, field_words
from analysis.etl.cell_notes import has_mobile, has_old_script, has_phone
from analysis.etl.dates import read_date
from analysis.etl.extract import NUMBER_TYPES, RawField
from analysis.etl.formulas import plain_sum, refers_elsewhere
from analysis.etl.lexicon import Lexicon
from analysis.etl.names import CategoryNames
from analysis.etl.own_words import HeadingWords
from analysis.etl.parts import place_parts
from analysis.etl.states import state_of_text
from analysis.etl.templates import stem
from analysis.etl.text import normal_form
from analysis.etl.tidy import tidy
from analysis.etl.values import read_list, read_number, read_person, read_text, read_yes_no
from analysis.records import Cell, Fact, Query, Reading, Sheet, address
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_BLANK = Reading(rule="M52", case="blank", treatment="ASK")
_BLANK_TEXT = Reading(rule="M52", case="blank_text", treatment="ASK")
_UNFINISHED = frozenset({"not_started", "in_progress", "long_term"})


@dataclass(frozen=True)
class Interpreter:
    """Reads the fields of one sheet of one unit's return."""

    reference: Reference
    asker: Asker
    sheet: Sheet

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon.from_words(self.reference.words, self.reference.measure_units)

    @cached_property
    def _categories(self) -> CategoryNames:
        return CategoryNames(self.reference)

    def read(self, fields: Iterable[RawField]) -> tuple[list[Fact], list[Query]]:
        """Facts and queries of all fields; a blank gives no fact, and a query when the field is required."""
        raws = list(fields)
        read = [(raw, self._reading(raw) if raw.cell else None) for raw in raws]
        said = [(raw, reading) for raw, reading in read if reading and reading.status != "missing"]
        silent = [raw for raw, reading in read if reading is None or reading.status == "missing"]
        placed = place_parts(said, silent, self.reference)
        facts: list[Fact] = []
        queries: list[Query] = []
        for raw, reading in said:
            facts.append(self._fact(raw, reading))
            told, detail = placed.conflicts.get(raw.place, (reading, ""))
            queries += [self._ask(raw, told, detail)] if told.treatment else []
            queries += self._phone_note(raw)
            facts += [self._fact(own, part) for own, part in placed.of(raw)]
        by_part = {(raw.row, field_code(raw.field)) for raw, _ in placed.own}
        blank = [raw for raw in silent if raw.field.required and (raw.row, field_code(raw.field)) not in by_part]
        return facts, _once(
            [
                *queries,
                *(self._ask(raw, _BLANK if raw.field.type in NUMBER_TYPES else _BLANK_TEXT) for raw in blank),
                *self._seen(raws),
            ]
        )

    def reading(self, raw: RawField) -> Reading:
        """What the cell of one field says; the field must not be blank."""
        return self._reading(raw)

    def fact(self, raw: RawField, reading: Reading) -> Fact:
        """The fact of one field that says this."""
        return self._fact(raw, reading)

    def _reading(self, raw: RawField) -> Reading:
        assert raw.cell is not None
        if raw.cell.masked:
            rule, case = raw.cell.masked
            return Reading(status="queried", rule=rule, case="" if rule == "M62" else case, treatment="QUAR")
        forced = raw.forced or _link_without_value(raw.cell)
        if forced:
            rule, case = forced
            return Reading(status="queried", rule=rule, case=case, treatment="ASK")
        entry, cell = raw.field, raw.cell
        if entry.type in NUMBER_TYPES:
            if cell.comment and self._changes(cell.comment):
                return Reading(status="queried", rule="M32", case="changes", treatment="ASK")
            return self._number(entry, cell, raw.factor)
        if entry.type == "date":
            return self._date(entry, cell)
        if entry.type == "yes_no":
            read = read_person if entry.measure.endswith("_named") else read_yes_no
            reading = read(cell, self._lexicon)
            return replace(reading, read_as=entry.codes.get(reading.read_as, reading.read_as))
        if entry.type == "list" and entry.measure == "category":
            return self._categories.read(cell, self._lexicon)
        if entry.type == "list":
            synonyms = self.reference.words.get(f"synonym.{entry.measure}", {})
            return read_list(cell, entry.codes, synonyms, self._lexicon)
        return read_text(cell, self._lexicon)

    def _date(self, entry: FieldDef, cell: Cell) -> Reading:
        """A state in place of a date that need not be there says that there is none yet (M64)."""
        is_deadline = entry.measure in self.reference.words.get("deadline_field", {})
        reading = read_date(cell, self.reference.year, self._lexicon, deadline=is_deadline)
        if (reading.rule, reading.case) != ("M64", "in_date") or entry.required:
            return reading
        if state_of_text(tidy(cell.text), self._lexicon) not in _UNFINISHED:
            return reading
        return Reading(status="not_applicable", rule="M64", case="no_date", treatment="NOTE")

    def _number(self, entry: FieldDef, cell: Cell, factor: float) -> Reading:
        if math.isnan(factor):
            rule, case = ("M44", "unit_mismatch") if entry.type == "hours" else ("M74", "unit_mismatch")
            return Reading(status="queried", rule=rule, case=case, treatment="ASK")
        if cell.kind == "formula" and cell.value is None:
            total = plain_sum(cell, self.sheet)
            if total is None:
                return Reading(status="queried", rule="M56", treatment="ASK")
            summed = replace(cell, kind="number", value=total, text=f"{total:g}")
            reading = read_number(summed, entry.type, entry.measure_unit, self._lexicon, factor)
            if reading.treatment == "ASK":
                return reading
            return replace(reading, status="repaired", rule="M56", case="sum", treatment="FIX", read_as=f"{total:g}")
        reading = read_number(cell, entry.type, entry.measure_unit, self._lexicon, factor, self._own_words(entry))
        if reading.case == "all_staff" and entry.measure_unit == "person" and self.asker.unit_code:
            return replace(reading, read_as=str(self.reference.unit(self.asker.unit_code).headcount))
        return reading

    def _own_words(self, entry: FieldDef) -> HeadingWords:
        words = self.reference.words
        more = {word for word, meant in words.get("measure_lead", {}).items() if meant == entry.measure}
        return HeadingWords(stem(entry.header_zh), words.get("heading_tail", {}), more)

    def _changes(self, comment: str) -> bool:
        """Whether a comment says something of the number beside it: figures, or words such as 含 and 不含."""
        said = normal_form(comment)
        words = self.reference.words.get("comment_changes", {})
        return any(letter.isdigit() for letter in said) or any(normal_form(word) in said for word in words)

    def _seen(self, raws: Iterable[RawField]) -> list[Query]:
        """Notes on hidden cells and on old script, one each for the sheet, and on comments that change nothing."""
        filled = [raw for raw in raws if raw.cell is not None and not raw.filled]
        hidden = [raw for raw in filled if raw.cell and raw.cell.hidden][:1]
        old = [raw for raw in filled if raw.cell and raw.cell.text != MASK and has_old_script(raw.cell.text)][:1]
        told = [self._ask(raw, Reading(rule="M30", treatment="NOTE")) for raw in hidden]
        told += [self._ask(raw, Reading(rule="M59", treatment="FIX")) for raw in old]
        spoken = [raw for raw in filled if raw.cell and raw.cell.comment]
        return told + [self._ask(raw, Reading(rule="M32", treatment="NOTE")) for raw in spoken]

    def _fact(self, raw: RawField, reading: Reading) -> Fact:
        assert raw.cell is not None
        queried = reading.status == "queried"
        return Fact(
            year=self.reference.year,
            unit_code=self.asker.unit_code or "",
            form=raw.field.form,
            row=raw.row,
            item=raw.field.item,
            measure=raw.field.measure,
            value=None if queried else reading.value,
            low=reading.low,
            high=reading.high,
            text=None if queried else reading.text,
            status=reading.status,
            rule=reading.rule,
            raw=self._raw(raw, reading),
            file=self.asker.file,
            sheet=self.sheet.name,
            cell=address(*raw.place),
        )

    def _raw(self, raw: RawField, reading: Reading) -> str:
        """The text as received; masked where a person is named (decision 17) or a phone stands (decision 2)."""
        assert raw.cell is not None
        named = raw.field.measure.endswith("_named")
        if named and (reading.text != "no" or has_phone(raw.cell.text)):
            return MASK
        return raw.cell.text

    def _ask(self, raw: RawField, reading: Reading, detail: str = "") -> Query:
        assert reading.rule is not None
        return self.asker.ask(
            reading.rule,
            reading.case,
            treatment=reading.treatment,
            form=raw.field.form,
            sheet=self.sheet.name,
            cell=address(*raw.place),
            field=field_code(raw.field),
            field_zh=field_words(raw.field),
            raw=self._raw(raw, reading) if raw.cell else "",
            read_as=reading.read_as,
            detail=detail,
        )

    def _phone_note(self, raw: RawField) -> list[Query]:
        """A mobile number in the liaison field is masked and noted (decision 2); an office phone only masked."""
        assert raw.cell is not None
        if not raw.field.measure.endswith("_named") or not has_mobile(raw.cell.text):
            return []
        return [self._ask(raw, Reading(text="yes", rule="M62", case="mobile", treatment="NOTE"))]


def _link_without_value(cell: Cell) -> tuple[str, str] | None:
    """A cell that takes its value from another file, and did not keep it (M06)."""
    return ("M06", "link") if cell.value is None and refers_elsewhere(cell.formula or "") else None


def _once(queries: list[Query]) -> list[Query]:
    """The first of several queries with the same id (one cell that several lines share)."""
    return list({query.query_id: query for query in reversed(queries)}.values())[::-1]
