"""Markup of the site: what people wrote can never become an element or an attribute."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from analysis.present.site_html import Html, el, join, row


class Read(HTMLParser):
    """The elements, attributes and text of a piece of markup."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.values, self.text = [], [], ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.values += [value for _, value in attrs]

    def handle_data(self, data):
        self.text += data


@given(st.text())
def test_any_text_stays_text_and_any_attribute_one_attribute(text):
    read = Read(el("p", text, title=text))

    assert read.tags == ["p"]
    assert read.values == [text]
    assert read.text.replace("\r", "\n") == text.replace("\r", "\n")


def test_a_script_in_a_cell_is_shown_as_it_was_written():
    assert el("td", "<script>alert(1)</script>") == "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>"


def test_markup_of_ours_goes_through():
    assert join("<", Html("<br>"), [el("b", "&")]) == "&lt;<br><b>&amp;</b>"


def test_attributes_that_say_nothing_are_left_out():
    assert el("input", hidden=True, title=None, required=False, aria_label="a", class_="b") == (
        '<input hidden aria-label="a" class="b">'
    )


def test_the_first_cell_of_a_row_names_it():
    assert row([("甲", False), ("3", True)]) == '<tr><th scope="row">甲</th><td class="n">3</td></tr>'
