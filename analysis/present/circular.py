"""The draft of the circular as a Word file: `circular.docx`, A4, laid out as official papers are (GB/T 9704-2012).

Margins 37, 35, 28 and 26 mm; title size 2 (22 pt), body size 3 (16 pt) at 28 pt from line to line with two characters of indent, page number
size 4 (14 pt) between dashes. Fonts that a machine lacks are looked for by the other names that the file gives.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from analysis.present.circular_text import Paragraph, Role, circular_text
from analysis.present.context import Context
from analysis.present.deck_text import foot_parts
from analysis.present.labels import Words
from analysis.present.office_files import LANGUAGES, sealed
from analysis.present.save_charts import Tables

TITLE, BODY, PAGE_NUMBER, LINE = 22, 16, 14, 28
MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # mm
LINE_END = "|"
WORD_JOINER = "\u2060"
UNIT = re.compile(r"(?<=\d)(?=[^\W\d_]|%)")
GAP = re.compile(r"_{4}(?:[(（][^()（）]*[)）]|\s\([^()]*\))?")
STYLES: Mapping[str, tuple[str, int]] = MappingProxyType(
    {"Title": ("title", TITLE), "Heading 1": ("heading", BODY), "Normal": ("body", BODY)}
)
STYLE_OF: Mapping[Role, str] = MappingProxyType({"title": "Title", "heading": "Heading 1", "annex": "Heading 1"})
FACES = ("title", "heading", "body", "page")


def save_circular(tables: Tables, context: Context, folder: Path) -> list[Path]:
    """Writes the draft into `folder` (made when missing) and gives the file; the English one ends in `_en`."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = "" if context.words.lang == "zh" else f"_{context.words.lang}"
    path = folder / f"circular{ending}.docx"
    path.write_bytes(circular_bytes(circular_text(tables, context), context))
    return [path]


def circular_bytes(paragraphs: Iterable[Paragraph], context: Context) -> bytes:
    """The Word file; the same paragraphs give the same bytes."""
    words, told = context.words, list(paragraphs)
    file: Any = Document()
    _set_page(file, context)
    _set_styles(file, words)
    for place, paragraph in enumerate(told):
        made = _write(file, paragraph)
        if "signature" in [one.role for one in told[place + 1 : place + 3]]:
            made.paragraph_format.keep_with_next = True  # no signature stands on a page without text of the circular
    sink = io.BytesIO()
    file.save(sink)
    fonts = {"word/fontTable.xml": font_table(words)}
    face = words.say("pack.face")
    return sealed(
        sink.getvalue(), told[0].text.replace(LINE_END, ""), words.lang, face, words.say("pack.fallback"), fonts
    )


def _set_page(file: Any, context: Context) -> None:
    """A4 with the margins of official papers; what the paper is above, the page number below."""
    words, section = context.words, file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, width in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(width))
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    head = section.header.paragraphs[0]
    marks = words.clauses([words.say("circular.draft"), foot_parts(context.foot())[1]])
    _run(head, marks, words.say("circular.face_heading"), 10.5)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = words.say("circular.page", page="\n").split("\n")
    face = words.say("circular.face_page")
    _run(foot, before, face, PAGE_NUMBER)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    number = _run(foot, "1", face, PAGE_NUMBER)
    field.append(number._r)
    _run(foot, after, face, PAGE_NUMBER)


def _set_styles(file: Any, words: Words) -> None:
    """Fonts, sizes and distances of title, headings and body, in the styles and not in the text."""
    for name, (face, size) in STYLES.items():
        style = file.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        name_faces(style.element.get_or_add_rPr(), words.say(f"circular.face_{face}"), words)
        spacing = style.paragraph_format
        spacing.line_spacing_rule, spacing.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(LINE if size == BODY else LINE + 7),
        )
        spacing.space_before = spacing.space_after = Pt(0)
        spacing.widow_control = False  # pages of official papers are filled to their last line
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)
    file.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.styles["Title"].paragraph_format.space_after = Pt(LINE)
    file.styles["Heading 1"].paragraph_format.first_line_indent = Pt(2 * BODY)


def _write(file: Any, paragraph: Paragraph) -> Any:
    """One paragraph; gaps are marked in yellow as well as by their words."""
    role = paragraph.role
    made = file.add_paragraph(style=STYLE_OF.get(role, "Normal"))
    form = made.paragraph_format
    if role in ("body", "list"):
        form.first_line_indent = Pt(2 * BODY)
        form.alignment = WD_ALIGN_PARAGRAPH.LEFT  # lines that end before a number would be spread
    elif role in ("signature", "date"):
        form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.space_before = Pt(LINE if role == "signature" else 0)
        form.keep_with_next = role == "signature"
    elif role == "annex":
        form.page_break_before, form.first_line_indent = True, Pt(0)
    at = 0
    for gap in GAP.finditer(paragraph.text):
        _add(made, paragraph.text[at : gap.start()])
        _add(made, gap.group()).font.highlight_color = WD_COLOR_INDEX.YELLOW
        at = gap.end()
    _add(made, paragraph.text[at:])
    return made


def unbroken(text: str) -> str:
    """A number and its unit stay on one line: a word joiner between the last figure and what follows."""
    return UNIT.sub(WORD_JOINER, text)


def _add(paragraph: Any, text: str) -> Any:
    """A run in the font of the style; a bar is the end of a line."""
    return paragraph.add_run(unbroken(text).replace(LINE_END, "\n"))


def _run(paragraph: Any, text: str, face: str, size: float) -> Any:
    """A run with a font of its own, for head and foot."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    name_faces(run._r.get_or_add_rPr(), face, None)
    return run


def name_faces(looks: Any, face: str, words: Words | None) -> None:
    """One font for Latin and Chinese text, instead of those of the theme; with `words` also the languages.

    Figures are told as English, since the rules of Chinese break a line within a number.
    """
    fonts = looks.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), face)
    if words is not None:
        for old in looks.findall(qn("w:lang")):
            looks.remove(old)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), LANGUAGES["en"])
        spoken.set(qn("w:eastAsia"), LANGUAGES["zh"])
        looks.append(spoken)


def font_table(words: Words) -> bytes:
    """The fonts of the file with the other names under which they, or others that will do, are found."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    fonts = {words.say(f"circular.face_{name}"): words.say(f"circular.face_{name}_others") for name in FACES}
    entries = "".join(
        f'<w:font w:name={quoteattr(face)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face, others in fonts.items()
    )
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    return f'{head}<w:fonts xmlns:w="{space}">{entries}</w:fonts>'.encode()
