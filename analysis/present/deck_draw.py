"""Pages of the deck -> a PowerPoint file: text as text, tables as native tables, alternative text on every picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from analysis.present.chart_frame import ACCENT, DARK, INK, MIDDLE
from analysis.present.deck_page import FOOT_SIZE, POINT_GAP, POINT_SIZE, Layout, Page, layout
from analysis.present.deck_slides import ChartPicture, Slide
from analysis.present.deck_table import draw_table, table_pages
from analysis.present.fit import LEADING, Box, fitting_size
from analysis.present.labels import Words
from analysis.present.numbers import MINUS
from analysis.present.office_files import KIN, LANGUAGES, added

TITLE_ONLY = 5  # of the layouts that python-pptx brings: a title and nothing else
GREY = "#595959"
JOINER = "\u2060"  # of no width; no line may break at it
BODY_SIZE, BODY_GAP = 20.0, 12.0


@dataclass(frozen=True)
class Ink:
    """How a text looks: size in points, colour, weight, and where its lines begin."""

    size: float
    colour: str = INK
    bold: bool = False
    align: PP_ALIGN = PP_ALIGN.LEFT
    gap: float = 0.0


class Deck:
    """A PowerPoint file in the making, of one page size and language."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.file: Any = Presentation()
        self._resize()

    def add(self, slide: Slide) -> None:
        """One page, or as many as the rows of its table need."""
        place = layout(self.page, slide.title, slide.subtitle, bool(slide.points), slide.is_cover)
        if slide.table is None:
            self._page(slide, slide.subtitle, place)
            return
        parts = list(table_pages(slide.table, place.body))
        for number, grid in enumerate(parts, start=1):
            subtitle = slide.subtitle
            if len(parts) > 1:
                subtitle = self.words.say("deck.part", subtitle=subtitle, number=number, of=len(parts))
            place = layout(self.page, slide.title, subtitle, bool(slide.points))
            shapes = self._page(slide, subtitle, place)
            draw_table(shapes, grid, place.body, self)

    def content(self) -> bytes:
        """The file as python-pptx writes it."""
        sink = io.BytesIO()
        self.file.save(sink)
        return sink.getvalue()

    def _resize(self) -> None:
        """The page size for slides, and for the places that master and layout keep for typed pages."""
        file, page = self.file, self.page
        across, down = Inches(page.width) / file.slide_width, Inches(page.height) / file.slide_height
        file.slide_width, file.slide_height = Inches(page.width), Inches(page.height)
        kept = file.slide_layouts[TITLE_ONLY]
        for other in [one for one in file.slide_layouts if one != kept]:
            file.slide_layouts.remove(other)
        for shape in [*file.slide_master.placeholders, *kept.placeholders]:
            if shape._element.xpath("./p:spPr/a:xfrm"):
                shape.left, shape.width = Emu(int(shape.left * across)), Emu(int(shape.width * across))
                shape.top, shape.height = Emu(int(shape.top * down)), Emu(int(shape.height * down))

    def _page(self, slide: Slide, subtitle: str, place: Layout) -> Any:
        """A slide with everything but its table; gives its shapes."""
        made = self.file.slides.add_slide(self.file.slide_layouts[0])
        shapes = made.shapes
        title = shapes.title
        title.left, title.top, title.width, title.height = emu(place.title)
        self.write(title.text_frame, [slide.title], Ink(place.title_size, INK, bold=slide.is_cover))
        self.box(shapes, "subtitle", place.subtitle, [subtitle], Ink(place.subtitle_size, GREY))
        if slide.picture is not None:
            draw_picture(shapes, slide.picture, place.body)
        if slide.sentences:
            self._sentences(shapes, slide.sentences, place.body)
        self._points(shapes, slide, place)
        self._foot(shapes, slide, place)
        self.write(made.notes_slide.notes_text_frame, slide.notes.split("\n"), None)
        return shapes

    def _sentences(self, shapes: Any, sentences: Sequence[str], body: Box) -> None:
        size = fitting_size(sentences, body, BODY_SIZE, BODY_GAP)
        self.box(shapes, "sentences", body, sentences, Ink(size, INK, gap=BODY_GAP))

    def _points(self, shapes: Any, slide: Slide, place: Layout) -> None:
        """The column at the right, each heading above its sentences; what is told has twice the height of a gap."""
        shares = [1 if point.is_gap else 2 for point in slide.points]
        top = place.points.top
        for point, share in zip(slide.points, shares, strict=True):
            part = place.points.height * share / sum(shares)
            head = Box(place.points.left, top, place.points.width, 0.27)
            rest = Box(head.left, head.bottom + 0.02, head.width, part - 0.27 - 0.1)
            top += part
            size = fitting_size(point.sentences, rest, POINT_SIZE - 1, POINT_GAP)
            self.box(shapes, "heading", head, [point.heading], Ink(POINT_SIZE, ACCENT, bold=True))
            self.box(shapes, "point", rest, point.sentences, Ink(size, MIDDLE if point.is_gap else DARK, gap=POINT_GAP))

    def _foot(self, shapes: Any, slide: Slide, place: Layout) -> None:
        """What the page is at the left, source and notes in the middle, the number at the right."""
        for name, box, texts in (("mark", place.mark, [slide.mark]), ("foot", place.foot, slide.foot)):
            self.box(shapes, name, box, texts, Ink(fitting_size(texts, box, FOOT_SIZE), GREY))
        frame = self.box(shapes, "number", place.number, [""], Ink(FOOT_SIZE, GREY, align=PP_ALIGN.RIGHT))
        paragraph = frame.paragraphs[0]._p
        for run in paragraph.findall(qn("a:r")):
            paragraph.remove(run)
        field = added(paragraph, "a:fld", id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
        looks = added(field, "a:rPr", lang=LANGUAGES["en"], sz=str(int(FOOT_SIZE * 100)))
        added(added(looks, "a:solidFill"), "a:srgbClr", val=GREY.lstrip("#"))
        added(field, "a:t").text = str(len(self.file.slides))

    def box(self, shapes: Any, name: str, box: Box, texts: Sequence[str], ink: Ink) -> Any:
        """A text box exactly as large as its place; gives its frame."""
        shape = shapes.add_textbox(*emu(box))
        shape.name = name
        self.write(shape.text_frame, texts, ink)
        return shape.text_frame

    def write(self, frame: Any, texts: Sequence[str], ink: Ink | None) -> None:
        """Paragraphs of one look into a frame, without margins; without `ink` as the frame has it (notes)."""
        if ink is not None:
            frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
            frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = text.replace(MINUS, f"{MINUS}{JOINER}")
            if ink is not None:
                paragraph.line_spacing, paragraph.alignment = Pt(ink.size * LEADING), ink.align
                paragraph.space_before, paragraph.space_after = Pt(ink.gap if number else 0), Pt(0)
                run.font.size, run.font.bold = Pt(ink.size), ink.bold
                self.colour(run, ink.colour)
            self.name_fonts(run)

    def colour(self, run: Any, colour: str) -> None:
        """The colour of a run, given as `#rrggbb`."""
        added(added(run._r.get_or_add_rPr(), "a:solidFill"), "a:srgbClr", val=colour.lstrip("#").upper())

    def name_fonts(self, run: Any) -> None:
        """The font of the house for Latin and for Chinese text (`a:ea`), and the language of the text."""
        looks, face = run._r.get_or_add_rPr(), self.words.say("pack.face")
        looks.set("lang", LANGUAGES[self.words.lang])
        added(looks, "a:latin", typeface=face)
        kin = dict(part.split("=") for part in KIN.replace('"', "").split(" "))
        added(looks, "a:ea", typeface=face, **kin)


def emu(box: Box) -> tuple[int, int, int, int]:
    """Left, top, width and height as PowerPoint counts them."""
    return Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height)


def draw_picture(shapes: Any, picture: ChartPicture, body: Box) -> None:
    """The picture as large as its place allows, at its upper left corner, never distorted."""
    shape = shapes.add_picture(io.BytesIO(picture.draw(body.height / body.width, body.width)), 0, 0)
    scale = min(Inches(body.width) / shape.width, Inches(body.height) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape.left, shape.top = Inches(body.left), Inches(body.top)
    shape.name = "chart"
    shape._element.nvPicPr.cNvPr.set("descr", picture.alt)
