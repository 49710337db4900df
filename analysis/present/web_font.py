"""The Chinese font for pages: the characters that the pages use, inside one style sheet.

A machine without Chinese fonts shows no boxes. The font stands in the sheet itself, since browsers do not let a page that
was opened from a folder load a font file from another one.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from typing import Any

from analysis.present.fonts import font_path

WEB_FAMILY = "Site Chinese"
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # names, copyright and licence
NOT_NEEDED = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"]
SHEET = """@font-face {{
  font-family: "{family}";
  font-weight: 400;
  src: url(data:font/woff;base64,{font}) format("woff");
}}
"""


def characters_of(texts: Iterable[str]) -> frozenset[str]:
    """The distinct characters of the texts, and those of plain Latin text."""
    found = {chr(code) for code in range(0x20, 0x7F)}
    for text in texts:
        found.update(text)
    return frozenset(found)


def font_sheet(characters: Iterable[str]) -> bytes:
    """The style sheet with the glyphs of these characters, as WOFF; raises FontFault when the font is absent."""
    font = subset_font(characters)
    sheet = SHEET.format(family=WEB_FAMILY, font=base64.b64encode(font).decode("ascii"))
    return sheet.encode("ascii")


def subset_font(characters: Iterable[str]) -> bytes:
    """The house font with the glyphs of these characters alone; the same characters give the same bytes."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options: Any = Options(
        layout_features=[],
        drop_tables=NOT_NEEDED,
        name_IDs=KEPT_NAMES,
        name_languages=[0x409],
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
        flavor="woff",
        with_zopfli=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    sink = io.BytesIO()
    with TTFont(font_path(), recalcTimestamp=False, lazy=True) as font:
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(sink, reorderTables=None)
    return sink.getvalue()
