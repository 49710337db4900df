"""The source of a scored item as written in `items.csv` -> where its value comes from."""

from __future__ import annotations

import re

from analysis.reference.scheme_types import SOURCES, FieldRef, Source

FIELD = re.compile(r"(?P<form>F[1-8]):(?:(?P<item>\w+)\.)?(?P<measure>\w+)")
EXPECTED = "rate:I06、numerator:I08、yes:F7:item.measure、share:F7:…/F1:…、panel:A2 等"


def parse_source(text: str) -> Source:
    """`rate:I17:theme`, `share:F7:proposals.adopted/F7:proposals.submitted`, `panel:A2` ...

    Raises:
        ValueError: nothing that can be read so; the text says what.
    """
    kind, _, rest = text.partition(":")
    if kind not in SOURCES or not rest:
        raise ValueError(f"{text!r}")
    if kind in ("rate", "numerator"):
        name, _, category = rest.partition(":")
        return Source(kind, name, category)
    if kind in ("panel", "survey", "department", "quality", "group"):
        return Source(kind, rest)
    fields = tuple(_field(part) for part in re.split(r"[/;]", rest))
    if (kind in ("count", "yes") and len(fields) != 1) or (kind == "share" and (len(fields) != 2 or "/" not in rest)):
        raise ValueError(f"{text!r}: {len(fields)} fields")
    return Source(kind, fields=fields)


def _field(text: str) -> FieldRef:
    found = FIELD.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r}")
    return FieldRef(found["form"], found["item"] or "", found["measure"])
