"""A machine without Chinese fonts shows every character of the site, by the font that comes with it."""

from __future__ import annotations

import pytest

from tests.browser.visits import visit

FAMILY = "Site Chinese"
DRAW = """
([text, family]) => {
  const size = 24, canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * size;
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  pen.font = `${size}px "${family}", "Adobe NotDef"`;
  pen.textBaseline = "middle";
  const draw = letter => {
    pen.clearRect(0, 0, 2 * size, 2 * size);
    pen.fillText(letter, 4, size);
    return pen.getImageData(0, 0, 2 * size, 2 * size).data.join(",");
  };
  const nothing = draw(" "), box = draw("\\uffff");
  return [...text].filter(letter => [nothing, box].includes(draw(letter)));
}
"""


@pytest.fixture(scope="module")
def texts(site, browser):
    """What a reader can see on each kind of page: the characters of the text, but for blanks."""
    folder = site.parent
    pages = [
        site,
        site.with_name("index_en.html"),
        *(folder / "units").glob("*.html"),
        *(folder / "notebooks").glob("*.html"),
    ]
    letters = set()
    for path in pages:
        with visit(browser, path) as seen:
            letters |= set(seen.page.evaluate("document.body.textContent"))
    return "".join(sorted(letter for letter in letters if letter.isprintable() and not letter.isspace()))


def test_the_font_of_the_site_has_every_character(site, browser, texts):
    """Compared with the picture of U+FFFF, which no font has: where both are alike a box would stand."""
    with visit(browser, site) as seen:
        loaded = seen.page.evaluate(f"document.fonts.load('24px \"{FAMILY}\"', '文').then(fonts => fonts.length)")

        assert loaded == 1
        assert len(texts) > 300
        assert seen.page.evaluate(DRAW, [texts, FAMILY]) == []


def test_the_comparison_sees_a_character_that_the_font_lacks(site, browser):
    with visit(browser, site) as seen:
        seen.page.evaluate(f"document.fonts.load('24px \"{FAMILY}\"', '文')")

        assert seen.page.evaluate(DRAW, ["文\ue123", FAMILY]) == ["\ue123"]
