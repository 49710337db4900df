"""The site of a year as a reader meets it: from a folder, without network, with keyboard, on a phone and on paper."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from tests.browser.visits import PHONE, visit

PAGES = ("index.html", "index_en.html", "units/queries.html", "units/{unit}.html", "figures/{figure}.html")


@pytest.fixture(scope="module")
def folder(site):
    return site.parent


@pytest.fixture(scope="module")
def unit(folder):
    """The file of a unit that has open questions, else of the first."""
    pages = [path for path in sorted((folder / "units").glob("*.html")) if path.stem != "queries"]
    return next((path for path in pages if 'class="asked"' in path.read_text("utf-8")), pages[0])


@pytest.fixture(params=PAGES)
def path(request, folder, unit):
    figure = next(path for path in sorted((folder / "figures").glob("*.html")) if "_en" not in path.stem)
    return folder / request.param.format(unit=unit.stem, figure=figure.stem)


def test_a_page_asks_for_nothing_outside_and_complains_of_nothing(browser, path):
    with visit(browser, path) as seen:
        seen.page.wait_for_load_state("load")

        assert seen.outside == []
        assert seen.faults == []


def test_the_pages_of_the_notebooks_ask_for_nothing_outside(browser, folder):
    pages = sorted((folder / "notebooks").glob("*.html"))
    if not pages:
        pytest.skip("no notebooks in reports yet: run `make report`")
    for path in pages:
        with visit(browser, path) as seen:
            assert (path.name, seen.outside, seen.faults) == (path.name, [], [])


def test_no_page_is_wider_than_a_phone(browser, path):
    with visit(browser, path, PHONE) as seen:
        wide = seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

        assert wide <= 0


def test_every_way_inside_the_site_leads_somewhere(browser, path, folder):
    """Units of whom no page is made here are left out: the site of the tests has the first units only."""
    made = {file.name for file in (folder / "units").iterdir()}
    with visit(browser, path) as seen:
        ways = seen.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")

        for way in ways:
            name, _, mark = way.partition("#")
            file = (path.parent / unquote(name.partition("?")[0])).resolve() if name else path
            if file.parent.name == "units" and file.name not in made:
                continue
            assert file.is_file(), way
            assert not mark or f'id="{unquote(mark)}"' in file.read_text("utf-8"), way


def test_search_on_the_first_page_finds_a_unit_by_name_and_by_code(browser, site):
    with visit(browser, site) as seen:
        shown = seen.page.locator("#unit-list li:visible")
        first = seen.page.locator("#unit-list li").nth(4)
        name, code = first.locator("a").inner_text(), first.get_attribute("data-item").split()[0]
        for words in (name, code.lower()):
            seen.page.get_by_role("searchbox").fill(words)

            assert shown.count() == 1
            assert name in shown.inner_text()


def test_search_in_the_questions_takes_every_word_and_the_state(browser, folder):
    with visit(browser, folder / "units" / "queries.html") as seen:
        rows, shown = seen.page.locator("#queries tbody tr"), seen.page.locator("#queries tbody tr:visible")
        total, told = rows.count(), seen.page.get_by_role("status")
        sheet = rows.first.locator("bdi").nth(1).inner_text()
        seen.page.get_by_role("searchbox").fill(sheet)
        found = shown.count()
        assert 0 < found < total
        assert told.inner_text() == f"{found} / {total}"

        seen.page.get_by_role("combobox").select_option("open")
        assert {row.get_attribute("data-state") for row in shown.all()} == {"open"}

        seen.page.get_by_role("searchbox").fill(f"{sheet} no-such-word")
        assert shown.count() == 0


def test_a_figure_of_the_city_leads_to_its_units_and_on_to_their_cells(browser, site, unit):
    with visit(browser, site) as seen:
        seen.page.locator("#city_figures tbody a").first.click()
        seen.page.locator(f"a[href*='{unit.stem}.html']").click()
        seen.page.wait_for_load_state()
        opened = seen.page.locator("details[open]")

        assert seen.page.url.rpartition("#")[0] == unit.as_uri()
        assert opened.count() == 1
        assert re.search(r"\.(xlsx?|csv|ods|zip|xlsb|html?)\b", opened.locator(".file").first.inner_text())
        assert re.match(r"[A-Z]+\d+", opened.locator("ul.cells li").first.inner_text())


def test_a_click_on_a_figure_of_a_unit_opens_its_cells(browser, unit):
    with visit(browser, unit) as seen:
        link = seen.page.locator("table.profile a").nth(2)
        link.click()
        wanted = link.get_attribute("href").removeprefix("#")

        assert seen.page.locator("details[open]").get_attribute("id") == wanted
        assert seen.page.evaluate("document.activeElement.parentElement.id") == wanted


def test_the_way_from_the_first_page_to_a_unit_needs_no_mouse(browser, site):
    """Tab shows the way past the head; a letter in the search and Tab and Enter lead to the unit."""
    with visit(browser, site) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.className") == "skip"
        assert seen.page.locator(".skip").bounding_box()["x"] >= 0

        seen.page.keyboard.press("Enter")
        assert seen.page.url.endswith("#main")

        code = seen.page.locator("#unit-list li").nth(2).get_attribute("data-item").split()[0]
        seen.page.get_by_role("searchbox").focus()
        seen.page.keyboard.type(code)
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_url(f"**/{code}.html")


def test_a_page_of_a_unit_is_read_in_one_language_at_a_time(browser, unit):
    with visit(browser, unit) as seen:
        heading = seen.page.locator("#cells")
        chinese = heading.inner_text()
        seen.page.get_by_role("button").click()

        assert heading.inner_text() != chinese
        assert heading.inner_text().isascii()
        assert seen.page.evaluate("document.documentElement.lang") == "en"


def test_on_paper_a_page_is_a4_without_search_and_ways(browser, site):
    with visit(browser, site) as seen:
        seen.page.emulate_media(media="print")

        assert not seen.page.get_by_role("navigation").is_visible()
        assert not seen.page.locator("form").is_visible()
        paper = seen.page.pdf(prefer_css_page_size=True)
        size = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)
        assert (round(float(size[1])), round(float(size[2]))) == (595, 842)
