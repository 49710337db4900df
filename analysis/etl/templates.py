"""The blocks of the year's forms as `forms.csv` describes them: their shape, columns and row labels.

Three shapes are enough for all forms: a list (one template row, repeated for each line), a grid (named rows
times named columns) and label-value pairs. The shape follows from the data, never from the number of a form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.etl.text import normal_form
from analysis.reference.types import FieldDef

Shape = Literal["list", "grid", "label_value"]
_ADDRESS = re.compile(r"([A-Z]+)(\d+)$")
_BRACKETS = re.compile(r"\([^()]*\)")
_HEAD_AND_FOOT = ("head", "foot", "total")
SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class Template:
    """One block of a form. `columns` are the template columns in order, `rows` the template rows of a grid by label.

    `by_place` finds a field of a grid by (template row, template column).
    """

    form: str
    blocks: tuple[str, ...]
    shape: Shape
    fields: tuple[FieldDef, ...]
    columns: Mapping[str, tuple[str, str]]
    rows: Mapping[str, int]
    by_place: Mapping[tuple[int, str], FieldDef]

    @property
    def name(self) -> str:
        return f"{self.form}.{self.blocks[0]}"


def stem(text: str) -> str:
    """Normal form without what stands in brackets: `处(科)室` -> `处室`."""
    form = normal_form(text)
    return _BRACKETS.sub("", form) or form


def build_templates(fields: Iterable[FieldDef]) -> tuple[Template, ...]:
    """The blocks of all forms, in the order of `forms.csv`; grids of one form that share a sheet are one template."""
    grouped: dict[tuple[str, str], list[FieldDef]] = {}
    for entry in fields:
        if entry.block not in _HEAD_AND_FOOT:
            grouped.setdefault((entry.form, entry.block), []).append(entry)
    merged: dict[tuple[str, str], list[FieldDef]] = {}
    for (form, block), members in grouped.items():
        shape = _shape(members)
        key = (form, "grid" if shape == "grid" else block)
        merged.setdefault(key, []).extend(members)
    return tuple(_template(form, members) for (form, _), members in merged.items())


def _shape(members: list[FieldDef]) -> Shape:
    if len({_row(entry) for entry in members}) == 1:
        return "list"
    return "grid" if all(entry.item for entry in members) else "label_value"


def _template(form: str, members: list[FieldDef]) -> Template:
    shape = _shape(members)
    blocks = tuple(dict.fromkeys(entry.block for entry in members))
    by_place = {(_row(entry), _column(entry)): entry for entry in members}
    columns: dict[str, tuple[str, str]] = {}
    rows: dict[str, int] = {}
    if shape == "list":
        columns = {_column(entry): (entry.header_group_zh, entry.header_zh) for entry in members}
    elif shape == "grid":
        letters = sorted({_column(entry) for entry in members}, key=lambda letters: (len(letters), letters))
        columns = {letter: ("", _usual_header(members, letter)) for letter in letters}
        for entry in members:
            rows.setdefault(normal_form(entry.header_group_zh or entry.header_zh), _row(entry))
    return Template(form, blocks, shape, tuple(members), columns, rows, by_place)


def _usual_header(members: list[FieldDef], letter: str) -> str:
    headers = Counter(entry.header_zh for entry in members if _column(entry) == letter and entry.header_group_zh)
    return headers.most_common(1)[0][0] if headers else ""


def _row(entry: FieldDef) -> int:
    match = _ADDRESS.match(entry.address)
    return int(match.group(2)) if match else 0


def _column(entry: FieldDef) -> str:
    match = _ADDRESS.match(entry.address)
    return match.group(1) if match else ""
