"""The open questions of a year by the fields that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

EMPTY_FORM = "M16"  # the rule of a form without a single value: a nil return when it says so, else a question


class Ask(NamedTuple):
    """One open question. `whole`: about all cells of the field or item; `blank`: there is no value at its cell."""

    number: int
    field: str
    whole: bool
    blank: bool
    place: tuple[str, str, str]

    def concerns(self, item: str, measure: str) -> bool:
        if not self.field:
            return True
        same_item = self.whole and bool(item) and self.field.partition(".")[0] == item
        return same_item or self.field == (f"{item}.{measure}" if item else measure)


Questions = Mapping[tuple[str, str], list[Ask]]


def open_questions(queries: pd.DataFrame) -> Questions:
    """The open questions about values, by unit and form. A question about an empty form is about all its fields."""
    is_open = (queries["state"] == "open") & (queries["treatment"] == "ASK")
    found: dict[tuple[str, str], list[Ask]] = {}
    for number, query in enumerate(queries[is_open & queries["unit_code"].notna()].to_dict("records")):
        field, raw = _text(query["field"]), _text(query["raw"])
        whole = bool(pd.isna(query["cell"]))
        if field or query["rule"] == EMPTY_FORM:
            place = (_text(query.get("file")), _text(query.get("sheet")), _text(query["cell"]))
            ask = Ask(number, field, whole, whole or not raw.strip(), place)
            found.setdefault((str(query["unit_code"]), _text(query["form"])), []).append(ask)
    return found


def count_open(questions: Questions, unit_code: str, fields: Iterable[tuple[str, str, str]]) -> int:
    """How many questions of a unit are about any of the fields (form, item, measure); each counts once."""
    return len(
        {
            ask.number
            for form, item, measure in fields
            for ask in questions.get((unit_code, form), ())
            if ask.concerns(item, measure)
        }
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
