"""Texts that say "as above": filled from the line above, since only there it is known what they mean (M53)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import Asker, field_code, field_words
from analysis.etl.raw_fields import NUMBER_TYPES, RawField
from analysis.etl.tidy import tidy
from analysis.records import Fact, Query, split_address
from analysis.reference.types import FieldDef

_KEPT_RULES = ("M30", "M32", "M62")
_STOPS = "。.;;,,、!! "
_UNSURE = "?"
_LONGEST_DITTO = 6
Key = tuple[int, int | str, str]
Found = tuple[FieldDef, str]


def fill_dittos(
    facts: Sequence[Fact], queries: Iterable[Query], raws: Iterable[RawField], asker: Asker
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries with the ditto marks of texts, lists and dates filled from the line above.

    The fact keeps its own cell and raw text. In a list the line above is the data line before, in a grid the next
    higher row of the same column. Where nothing is known there, or the mark points elsewhere (同左), it is asked.
    """
    words = asker.reference.words
    above, elsewhere = _tidied(words, "ditto"), _tidied(words, "ditto_elsewhere")
    said: dict[tuple[int, str, str], Found] = {
        (raw.row, raw.field.item, raw.field.measure): (raw.field, tidy(raw.cell.text))
        for raw in raws
        if raw.cell and not raw.forced and raw.field.type not in NUMBER_TYPES
    }
    marks = {place: (entry, _mark(text, above)) for place, (entry, text) in said.items() if _mark(text, above)}
    if not marks:
        return list(facts), list(queries)
    filled: list[Fact] = []
    told: list[Query] = []
    known: dict[Key, Fact] = {}
    for fact in sorted(facts, key=lambda one: (one.row, split_address(one.cell)[0])):
        mark = marks.get((fact.row, fact.item, fact.measure))
        new = fact
        if mark:
            source = None if mark[1] in elsewhere or mark[1] == _UNSURE else known.get(_key(fact, 1))
            new, query = _filled(fact, source, mark[0], asker)
            told.append(query)
        known[_key(new, 0)] = new
        filled.append(new)
    places = {(query.cell, query.field) for query in told}
    kept = [query for query in queries if (query.cell, query.field) not in places or query.rule in _KEPT_RULES]
    order = {_identity(fact): number for number, fact in enumerate(facts)}
    return sorted(filled, key=lambda one: order[_identity(one)]), kept + told


def _mark(text: str, above: set[str]) -> str:
    """The ditto mark that a text is; `_UNSURE` where more stands behind it (同上地点), empty for any other text."""
    bare = text.rstrip(_STOPS)
    if bare in above or text in above:
        return bare if bare in above else text
    begins = any(len(word) > 1 and bare.startswith(word) for word in above)
    return _UNSURE if begins and len(bare) <= _LONGEST_DITTO else ""


def _tidied(words: Mapping[str, Mapping[str, str]], name: str) -> set[str]:
    return {tidy(word) for word in words.get(name, {})}


def _identity(fact: Fact) -> tuple[int, str, str]:
    return fact.row, fact.item, fact.measure


def _key(fact: Fact, back: int) -> Key:
    """Where a field stands: line and field in a list, row and column in a grid; `back` lines higher."""
    row, column = split_address(fact.cell)
    return (fact.row - back, fact.item, fact.measure) if fact.row else (row - back, column, fact.measure)


def _filled(fact: Fact, source: Fact | None, entry: FieldDef, asker: Asker) -> tuple[Fact, Query]:
    usable = source is not None and (source.text is not None or source.status == "not_applicable")
    if source is None or not usable or source.status == "queried":
        queried = replace(fact, value=None, low=None, high=None, text=None, status="queried", rule="M53")
        return queried, _tell(fact, entry, "ASK", "", "", asker)
    status = source.status if source.status == "not_applicable" else "repaired"
    new = replace(
        fact, value=source.value, low=source.low, high=source.high, text=source.text, status=status, rule="M53"
    )
    text = source.text or ""
    return new, _tell(fact, entry, "FIX", "text", entry.codes.get(text, text), asker)


def _tell(fact: Fact, entry: FieldDef, how: str, case: str, read_as: str, asker: Asker) -> Query:
    return asker.ask(
        "M53",
        case,
        treatment=how,
        form=fact.form,
        sheet=fact.sheet,
        cell=fact.cell,
        field=field_code(entry),
        field_zh=field_words(entry),
        raw=fact.raw,
        read_as=read_as,
    )
