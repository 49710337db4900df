"""Lines of the form of pairing (F5) that name a village, a community or a school in place of a household (M60a)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import MASK, Asker, field_code, field_words
from analysis.etl.text import normal_form
from analysis.records import Fact, Query
from analysis.reference import Reference

_FORM = "F5"
_OBJECT = "household_no"
_NUMBERED = re.compile(r"\d+(?:号)?$|^[a-z]{1,4}-")
_BRACKETED = re.compile(r"\([^()]*\)")


def drop_not_households(
    facts: Sequence[Fact], sheet: str, first_cells: Mapping[int, str], reference: Reference, asker: Asker
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries of the form after the lines whose object is no household.

    Such a line is dropped: its facts are `rejected`, with one `DROP` query at its first cell (`first_cells`: line ->
    address).
    """
    dropped: set[int] = set()
    queries: list[Query] = []
    for fact in facts:
        if fact.form != _FORM or fact.measure != _OBJECT or fact.status == "rejected":
            continue
        if not is_no_household(fact.raw, reference):
            continue
        dropped.add(fact.row)
        entry = next(entry for entry in reference.form_fields(_FORM) if entry.measure == _OBJECT)
        queries.append(
            asker.ask("M60a", treatment="DROP", form=_FORM, sheet=sheet, cell=first_cells.get(fact.row, fact.cell),
                      field=field_code(entry), field_zh=field_words(entry), raw=fact.raw)
        )  # fmt: skip
    return [_rejected(fact) if fact.form == _FORM and fact.row in dropped else fact for fact in facts], queries


def is_no_household(text: str, reference: Reference) -> bool:
    """Whether the text names a place or an organisation, not a number of a household nor, as its last word, one."""
    said = normal_form(text)
    plain = _BRACKETED.sub("", said) or said
    if MASK in text or _NUMBERED.search(plain):
        return False
    household = _last(plain, reference.words.get("household_word", {}))
    return _last(plain, reference.words.get("not_household", {})) > household


def _last(text: str, words: Iterable[str]) -> int:
    """Where the last of the words ends in the text; 0 when none stands there."""
    return max((text.rfind(form) + len(form) for word in words if (form := normal_form(word)) in text), default=0)


def _rejected(fact: Fact) -> Fact:
    return replace(fact, value=None, text=None, low=None, high=None, status="rejected", rule="M60a")
