"""Texts of fields for one thing in which several are numbered: 1.… 2.… (M33)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from analysis.etl.asking import field_code, field_words
from analysis.etl.numerals import read_numeral
from analysis.etl.raw_fields import Notice, RawField

_START = r"(?:^|[\n\r;;。\s])\s*"
_NUMBERED = re.compile(_START + r"(?:第)?[((]?(\d{1,2})[))、..](?!\d)")
_CIRCLED = re.compile(r"([\u2460-\u2473])")
_WORDED = re.compile(_START + r"[((]?([一二三四五六七八九十]{1,2})(?:[))、..]|是(?=\S))")


def count_items(text: str) -> int:
    """How many things a text numbers from one on without a gap; 0 when it numbers nothing."""
    plain = unicodedata.normalize("NFC", text)
    lists = (
        [int(found) for found in _NUMBERED.findall(plain)],
        [ord(found) - 0x245F for found in _CIRCLED.findall(plain)],
        [int(numeral.value) for found in _WORDED.findall(plain) if (numeral := read_numeral(found))],
    )
    return max((len(found) for found in lists if found == list(range(1, len(found) + 1))), default=0)


def several_items(fields: Iterable[RawField], one_item: Collection[str]) -> Iterator[Notice]:
    """A note for each text that numbers several things where the form asks for one a line (`one_item`: measures)."""
    for raw in fields:
        if raw.cell is None or raw.filled or raw.forced or raw.field.measure not in one_item:
            continue
        items = count_items(str(raw.cell.value or raw.cell.text))
        if items > 1:
            yield Notice(
                "M33", "", "FIX", raw.place, field_code(raw.field), raw.cell.text, str(items), field_words(raw.field)
            )
