"""A sentence with a hidden number is found in every corner of a file where a sentence can stand."""

from __future__ import annotations

import openpyxl
import pytest
from docx import Document
from openpyxl.comments import Comment
from pptx import Presentation

from tests.hidden_texts import Names, Secret, told
from tests.published_files import texts_of

SECRET = Secret("LJ-T03", "敬老爱老助老", 3, 19, "Respect and care for the elderly")
SENTENCE = "市妇联敬老爱老助老有3人参加"
ENGLISH = "市妇联: Respect and care for the elderly 15.8%"


def found(path):
    return [one for one, _ in told(texts_of(path), [SECRET], Names())]


@pytest.mark.parametrize("sentence", [SENTENCE, ENGLISH])
@pytest.mark.parametrize(
    "page",
    [
        "<p>{}</p>",
        "<div>{}</div>",
        "<!-- {} -->",
        '<script type="application/json">["{}"]</script>',
        '<img alt="{}">',
        '<td data-told="{}">',
        '<svg><text x="1">{}</text></svg>',
    ],
)
def test_in_a_page(tmp_path, page, sentence):
    (tmp_path / "a.html").write_text(f"<html><body>{page.format(sentence)}</body></html>", encoding="utf-8")

    assert found(tmp_path / "a.html") == [SECRET]


@pytest.mark.parametrize(
    "drawing", ["<!-- {} -->", "<desc>{}</desc>", "<title>{}</title>", '<text x="1">{}</text>', '<g id="{}"/>']
)
def test_in_a_drawing(tmp_path, drawing):
    (tmp_path / "a.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg'>{drawing.format(SENTENCE)}</svg>", encoding="utf-8"
    )

    assert found(tmp_path / "a.svg") == [SECRET]


def test_in_notes_and_properties_of_a_deck(tmp_path):
    for place in ("notes", "properties"):
        deck = Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        if place == "notes":
            slide.notes_slide.notes_text_frame.text = SENTENCE
        else:
            deck.core_properties.subject = SENTENCE
        deck.save(tmp_path / f"{place}.pptx")

        assert found(tmp_path / f"{place}.pptx") == [SECRET], place


def test_in_foot_and_properties_of_a_letter(tmp_path):
    for place in ("foot", "properties"):
        letter = Document()
        if place == "foot":
            letter.sections[0].footer.paragraphs[0].text = SENTENCE
        else:
            letter.core_properties.comments = SENTENCE
        letter.save(tmp_path / f"{place}.docx")

        assert found(tmp_path / f"{place}.docx") == [SECRET], place


@pytest.mark.parametrize("place", ["cell", "hidden sheet", "comment", "foot", "properties", "name"])
def test_in_a_workbook(tmp_path, place):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("其他")
    if place == "cell":
        sheet["B2"] = SENTENCE
    elif place == "hidden sheet":
        sheet["B2"], sheet.sheet_state = SENTENCE, "hidden"
    elif place == "comment":
        sheet["B2"].comment = Comment(SENTENCE, "a")
    elif place == "foot":
        sheet.oddFooter.center.text = SENTENCE
    elif place == "properties":
        book.properties.description = SENTENCE
    else:
        sheet.title = SENTENCE
    book.save(tmp_path / "a.xlsx")

    assert found(tmp_path / "a.xlsx") == [SECRET]
