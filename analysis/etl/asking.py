"""Questions and notes in the words of the rule that raised them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from analysis.records import Query
from analysis.reference import Reference
from analysis.reference.types import FieldDef, Rule

MASK = "■"
_BORN_CLOSED = ("FIX", "NOTE")


@dataclass(frozen=True, slots=True)
class Asker:
    """Writes the queries of one file in the words of `rules.csv`.

    `query_id` is a hash of the file's sha256, the sheet, the cell and the rule, so that the same question about
    the same cell has the same id in every run.
    """

    reference: Reference
    file: str
    sha256: str
    unit_code: str | None = None

    def of_unit(self, unit_code: str | None) -> Asker:
        return replace(self, unit_code=unit_code)

    def words(self, rule: str, case: str = "", treatment: str = "") -> Rule:
        """The line of `rules.csv` in whose words a query would speak."""
        return self.reference.rule(rule, case, treatment)

    def ask(
        self,
        rule: str,
        case: str = "",
        *,
        treatment: str | None = None,
        form: str | None = None,
        sheet: str = "",
        cell: str | None = None,
        field: str | None = None,
        field_zh: str = "",
        raw: str = "",
        read_as: str = "",
        detail: str = "",
    ) -> Query:
        """One row of `queries`; the treatment is that of the rule unless said otherwise."""
        words = self.words(rule, case, treatment or "")
        how = treatment or words.treatment
        said = {"raw": raw, "read_as": read_as, "field": field_zh or field or "", "detail": detail}
        return Query(
            query_id=query_id(self.sha256, sheet, cell, rule),
            unit_code=self.unit_code,
            form=form,
            file=self.file,
            sheet=sheet,
            cell=cell,
            rule=rule,
            treatment=how,
            field=field,
            raw=raw,
            read_as=read_as,
            message_zh=fill(words.message_zh, said),
            message_en=fill(words.message_en, said),
            state="closed" if how in _BORN_CLOSED else "open",
        )


def query_id(sha256: str, sheet: str, cell: str | None, rule: str) -> str:
    """Sixteen hexadecimal digits for one question about one place of one file."""
    return hashlib.sha256("\x1f".join((sha256, sheet, cell or "", rule)).encode()).hexdigest()[:16]


def fill(template: str, said: dict[str, str]) -> str:
    """The template with its placeholders replaced, brackets around nothing left out.

    Braces in what a unit wrote stay as they are.
    """
    parts = template
    for name in said:
        parts = parts.replace("{" + name + "}", f"\x00{name}\x00")
    for name, text in said.items():
        mark = f"\x00{name}\x00"
        if not text:
            parts = parts.replace(f" ({mark})", "").replace(f"({mark})", "")
        parts = parts.replace(mark, text)
    return parts


def field_code(entry: FieldDef) -> str:
    """`item.measure`, or `measure` where the field has no item."""
    return f"{entry.item}.{entry.measure}" if entry.item else entry.measure


def field_words(entry: FieldDef) -> str:
    """The field as its form prints it: group and heading."""
    return "·".join(part for part in (entry.header_group_zh, entry.header_zh) if part)
