"""Raw fields -> facts and questions: what each cell says, by the type of its field."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.etl.asking import MASK, Asker, field_code, field_words
from analysis.etl.dates import read_date
from analysis.etl.extract import NUMBER_TYPES, RawField
from analysis.etl.formulas import plain_sum
from analysis.etl.lexicon import Lexicon
from analysis.etl.names import CategoryNames
from analysis.etl.text import normal_form
from analysis.etl.values import read_list, read_number, read_person, read_text, read_yes_no
from analysis.records import Cell, Fact, Part, Query, Reading, Sheet, address
from analysis.reference import Reference
from analysis.reference.types import FieldDef

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PHONE = re.compile(r"\d[\d\-]{4,}")


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
        facts: list[Fact] = []
        queries: list[Query] = []
        raws = list(fields)
        blank = {(raw.row, field_code(raw.field)) for raw in raws if raw.cell is None}
        for raw in raws:
            if raw.cell is None:
                if raw.field.required:
                    queries.append(self._ask(raw, Reading(rule="M52", case="blank", treatment="ASK")))
                continue
            reading = self._reading(raw)
            if reading.status == "missing":
                queries += (
                    [self._ask(raw, Reading(rule="M52", case="blank", treatment="ASK"))] if raw.field.required else []
                )
                continue
            facts.append(self._fact(raw, reading))
            if reading.treatment:
                queries.append(self._ask(raw, reading))
            queries += self._phone_note(raw)
            more_facts, more_queries = self._parts(raw, reading, blank)
            facts += more_facts
            queries += more_queries
        return facts, _once([*queries, *self._seen(raws)])

    def _reading(self, raw: RawField) -> Reading:
        assert raw.cell is not None
        if raw.cell.masked:
            rule, case = raw.cell.masked
            return Reading(status="queried", rule=rule, case="" if rule == "M62" else case, treatment="QUAR")
        if raw.forced:
            rule, case = raw.forced
            return Reading(status="queried", rule=rule, case=case, treatment="ASK")
        entry, cell = raw.field, raw.cell
        if entry.type in NUMBER_TYPES:
            if cell.comment and self._changes(cell.comment):
                return Reading(status="queried", rule="M32", case="changes", treatment="ASK")
            return self._number(entry, cell, raw.factor)
        if entry.type == "date":
            return read_date(cell, self.reference.year, self._lexicon)
        if entry.measure.endswith("_named"):
            return read_person(cell, self._lexicon)
        if entry.type == "yes_no":
            return read_yes_no(cell, self._lexicon)
        if entry.type == "list" and entry.measure == "category":
            return self._categories.resolve(cell.text)
        if entry.type == "list":
            synonyms = self.reference.words.get(f"synonym.{entry.measure}", {})
            return read_list(cell, entry.codes, synonyms, self._lexicon)
        return read_text(cell, self._lexicon)

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
        return read_number(cell, entry.type, entry.measure_unit, self._lexicon, factor)

    def _changes(self, comment: str) -> bool:
        """Whether a comment says something of the number beside it: figures, or words such as 含 and 不含."""
        said = normal_form(comment)
        words = self.reference.words.get("comment_changes", {})
        return any(letter.isdigit() for letter in said) or any(normal_form(word) in said for word in words)

    def _seen(self, raws: Iterable[RawField]) -> list[Query]:
        """Notes on hidden cells, one for the sheet, and on comments that change nothing."""
        filled = [raw for raw in raws if raw.cell is not None and not raw.filled]
        hidden = [raw for raw in filled if raw.cell and raw.cell.hidden][:1]
        told = [self._ask(raw, Reading(rule="M30", treatment="NOTE")) for raw in hidden]
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
        if named and (reading.text != "no" or _PHONE.search(normal_form(raw.cell.text))):
            return MASK
        return raw.cell.text

    def _ask(self, raw: RawField, reading: Reading) -> Query:
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
        )

    def _phone_note(self, raw: RawField) -> list[Query]:
        """A mobile number in the liaison field is masked and noted (decision 2); an office phone only masked."""
        assert raw.cell is not None
        if not raw.field.measure.endswith("_named") or not _MOBILE.search(normal_form(raw.cell.text)):
            return []
        return [self._ask(raw, Reading(text="yes", rule="M62", case="mobile", treatment="NOTE"))]

    def _parts(self, raw: RawField, reading: Reading, blank: set[tuple[int, str]]) -> tuple[list[Fact], list[Query]]:
        """Second numbers of a cell go to their own column when that is blank there; others are only told."""
        facts: list[Fact] = []
        for part in reading.parts:
            entry = self._field_of_part(raw.field, part)
            if entry and (raw.row, field_code(entry)) in blank:
                own = Reading(value=part.value, status="repaired", rule="M39", case="with_part", treatment="FIX")
                facts.append(self._fact(replace(raw, field=entry), own))
        return facts, []

    def _field_of_part(self, entry: FieldDef, part: Part) -> FieldDef | None:
        measure = self.reference.words.get("part_measure", {}).get(part.word)
        fields = self.reference.form_fields(entry.form)
        return next(
            (f for f in fields if f.measure == measure and f.item == entry.item and f.block == entry.block), None
        )


def _once(queries: list[Query]) -> list[Query]:
    """The first of several queries with the same id (one cell that several lines share)."""
    return list({query.query_id: query for query in reversed(queries)}.values())[::-1]
