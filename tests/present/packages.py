"""Reads decks and papers as they were written: texts, places and fonts, measured with Pillow and not with our code."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache

from docx import Document
from PIL import ImageFont
from pptx import Presentation

from analysis.present.fonts import font_path

EMU_PER_POINT = 12700
FORBIDDEN = ("造假", "倒数第一", "全市第一", "因此", "使得", "由于", "导致", "排名第")
FORBIDDEN_EN = ("fraud", "faked", "because", "therefore", "caused", "last place", "worst")
NOT_BEFORE = "、。》」』”%,.;:)]}\uff0c\uff1b\uff1a\uff09\uff05\uff01\uff1f"  # no line begins with these


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path()), size)


def width_of(text: str, points: float) -> float:
    """Points that one line takes, in the font of the house (measured at 100 points)."""
    return _font(100).getlength(text) * points / 100


def lines_needed(text: str, points: float, width: float) -> int:
    """How many lines a text fills: words stay whole, Chinese breaks anywhere but before a closing mark."""
    lines, line = 1, ""
    for piece in re.findall(r"[!-~]+ ?|[^!-~]", text):
        if line and width_of((line + piece).rstrip(), points) > width and piece[0] not in NOT_BEFORE:
            lines, line = lines + 1, ""
        line += piece
    return lines


def slides_of(content: bytes) -> list:
    """The slides of a deck."""
    return list(Presentation(io.BytesIO(content)).slides)


def texts_of(slide) -> Iterator[str]:
    """Every text on a slide: boxes and cells."""
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        elif shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def all_text(content: bytes, is_deck: bool) -> str:
    """Everything that can be read in a deck (with its notes and alternative texts) or in a paper."""
    if not is_deck:
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    slides = slides_of(content)
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    alts = [shape._element.xpath(".//p:cNvPr")[0].get("descr") or "" for slide in slides for shape in slide.shapes]
    return "\n".join([*(text for slide in slides for text in texts_of(slide)), *notes, *alts])


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of an Office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def overflowing(slide, page_width: int, page_height: int) -> list[str]:
    """The texts of a slide that need more height than their box has, and the boxes that leave the page."""
    found = []
    for shape in slide.shapes:
        edges = (shape.left, shape.top, page_width - shape.left - shape.width, page_height - shape.top - shape.height)
        if min(edges) < 0:
            found.append(f"{shape.name} leaves the page")
        if shape.has_text_frame and shape.text_frame.text:
            found += [shape.text_frame.text] if not _fits(shape) else []
    return found


def _fits(shape) -> bool:
    needed = 0.0
    for paragraph in shape.text_frame.paragraphs:
        if paragraph.runs:
            size = paragraph.runs[0].font.size.pt
            lines = lines_needed(paragraph.text, size, shape.width / EMU_PER_POINT)
            needed += lines * paragraph.line_spacing.pt + (paragraph.space_before.pt if paragraph.space_before else 0)
    return needed <= shape.height / EMU_PER_POINT + 0.5
