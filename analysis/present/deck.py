"""The deck of the meeting: `meeting.pptx` for the screen (16:9) and `meeting_a4.pptx` for paper (A4 landscape)."""

from __future__ import annotations

from pathlib import Path

from analysis.present.context import Context
from analysis.present.deck_draw import Deck
from analysis.present.deck_page import PAPER, SCREEN, Page
from analysis.present.deck_slides import Slide
from analysis.present.deck_text import deck_slides
from analysis.present.office_files import sealed
from analysis.present.save_charts import Tables

PAGES = (SCREEN, PAPER)


def save_deck(tables: Tables, context: Context, folder: Path) -> list[Path]:
    """Writes both decks into `folder` (made when missing) and gives the files; English ones end in `_en`."""
    folder.mkdir(parents=True, exist_ok=True)
    slides = deck_slides(tables, context)
    ending = "" if context.words.lang == "zh" else f"_{context.words.lang}"
    written = []
    for page in PAGES:
        path = folder / f"meeting{page.name}{ending}.pptx"
        path.write_bytes(deck_bytes(slides, page, context))
        written.append(path)
    return written


def deck_bytes(slides: list[Slide], page: Page, context: Context) -> bytes:
    """The deck of one page size; the same slides give the same bytes."""
    words = context.words
    deck = Deck(page, words)
    for slide in slides:
        deck.add(slide)
    return sealed(deck.content(), slides[0].title, words.lang, words.say("pack.face"), words.say("pack.fallback"))
