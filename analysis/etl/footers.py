"""The signature line below a form: who signed, and when (M71, M72). No name leaves this module.

The line stands in one merged cell or in several, a value behind its label or in the next cell.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.etl.asking import Asker
from analysis.etl.blocks import Block
from analysis.etl.dates import read_date
from analysis.etl.heads import last_row
from analysis.etl.layout_words import LayoutWords
from analysis.etl.lexicon import Lexicon
from analysis.etl.text import normal_form, simplified
from analysis.etl.tidy import tidy
from analysis.records import Cell, Query, Sheet, address
from analysis.reference import Reference

Place = tuple[int, int]
_SIGNED = ("leader", "checker", "preparer")
_BLANK = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR_SAID = re.compile(r"\d{4}|年|\d+\D\d+\D\d+")


@dataclass(frozen=True, slots=True)
class Footer:
    """What the signature line of one sheet says.

    `missing` are the printed words of the signatures that are not there, `same` says in such words that preparer
    and checker are one person, else it is empty; `date` the day of reporting (null when it is not told with its year), `place` where the line begins (null
    without a line), `cells` all its cells.
    """

    sheet: str
    missing: tuple[str, ...]
    same: str
    date: dt.date | None
    place: Place | None
    cells: frozenset[Place]


def read_footer(sheet: Sheet, blocks: Sequence[Block], reference: Reference) -> Footer:
    """The signature line below the blocks of a sheet."""
    words = reference.words.get("footer_field", {})
    below = max(map(last_row, blocks))
    said: dict[str, list[str]] = {}
    cells: set[Place] = set()
    dates: list[dt.date] = []
    for cell, what, text, places in _entries(sheet, below, words, LayoutWords(reference.words)):
        cells |= places
        said.setdefault(what, []).append(_BLANK.sub("", _IN_BRACKETS.sub("", tidy(text))))
        if what == "date":
            dates += _days(cell, text, reference)
    filled = {what: list(filter(None, texts)) for what, texts in said.items()}
    printed = {what: word for word, what in reversed(list(words.items()))}
    missing = tuple(printed[what] for what in _SIGNED if what in printed and not filled.get(what))
    both = set(filled.get("preparer", ())) & set(filled.get("checker", ()))
    same = f"{printed['preparer']}={printed['checker']}" if both else ""
    return Footer(sheet.name, missing, same, max(dates, default=None), min(cells, default=None), frozenset(cells))


def _entries(
    sheet: Sheet, below: int, words: Mapping[str, str], layout: LayoutWords
) -> Iterator[tuple[Cell, str, str, set[Place]]]:
    """Cell of the value, what it is, its text and the cells of the entry."""
    pattern = _labels(tuple(words))
    for place, cell in sorted(sheet.cells.items()):
        text = _plain(cell.text) if place[0] > below else ""
        if not text or layout.note(normal_form(cell.text)):
            continue
        found = list(pattern.finditer(text))
        ends = [match.start() for match in found[1:]] + [len(text)]
        for match, end in zip(found, ends, strict=False):
            what, value = words[re.sub(r"\s", "", match.group(1) or match.group(2))], text[match.end() : end]
            beside = None if _BLANK.sub("", value) or end < len(text) else _next(sheet, cell)
            if beside and not pattern.search(_plain(beside.text)):
                yield beside, what, beside.text, {place, (beside.row, beside.column)}
            else:
                yield cell, what, value, {place}


def _plain(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8)
def _labels(words: tuple[str, ...]) -> re.Pattern[str]:
    """A label with its colon, or as all that stands in a cell."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    any_word = "|".join(r"\s*".join(map(re.escape, word)) for word in longest_first) or "(?!)"
    return re.compile(rf"({any_word})\s*(?:\([^()]*\))?\s*:|^\s*({any_word})\s*(?:\([^()]*\))?\s*$")


def _next(sheet: Sheet, cell: Cell) -> Cell | None:
    right = [other for (row, column), other in sheet.cells.items() if row == cell.row and column > cell.column]
    return min(right, key=lambda other: other.column, default=None)


def _days(cell: Cell, text: str, reference: Reference) -> list[dt.date]:
    """The day of a date that is told with its year."""
    value = cell.value if cell.text == text else text
    if isinstance(value, str) and not _YEAR_SAID.search(value):
        return []
    lexicon = Lexicon.from_words(reference.words, reference.measure_units)
    reading = read_date(replace(cell, value=value, text=text), reference.year, lexicon)
    whole = reading.text if reading.status != "queried" and reading.text and len(reading.text) == 10 else None
    return [dt.date.fromisoformat(whole)] if whole else []


def footer_queries(footers: Iterable[Footer], asker: Asker) -> list[Query]:
    """One note on early dates and one on signatures for a whole file, at the first sheet that they concern."""
    told = list(footers)
    year_end = dt.date(asker.reference.year, 12, 31)
    early = [footer for footer in told if footer.date and footer.date < year_end]
    unsigned = [footer for footer in told if footer.missing or footer.same]
    queries = []
    if early:
        days = "、".join(sorted({str(footer.date) for footer in early}))
        queries.append(_note("M71", early[0], days, asker))
    if unsigned:
        queries.append(_note("M72", unsigned[0], _lacking(unsigned), asker))
    return queries


def _lacking(footers: Sequence[Footer]) -> str:
    """What the signature lines lack, in the words printed on the form, with the sheets: 审核人 [表1、表3]."""
    sheets: dict[str, list[str]] = {}
    for footer in footers:
        for word in (*footer.missing, *([footer.same] if footer.same else [])):
            sheets.setdefault(word, []).append(footer.sheet)
    return ";".join(f"{word} [{'、'.join(names)}]" for word, names in sheets.items())


def _note(rule: str, footer: Footer, detail: str, asker: Asker) -> Query:
    place = address(*footer.place) if footer.place else None
    return asker.ask(rule, treatment="NOTE", sheet=footer.sheet, cell=place, detail=detail)
