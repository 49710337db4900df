"""What leaves the office with the deck, the annex, the circular and the site: no hidden number, no person, no way in.

`tests/published_files.py` lists what leaves and what stays; the attack on their tables is in `test_attacker.py`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from pypdf import PdfReader

from tests.builder.personal_data import RARE, card, id_number, mobile
from tests.builder.register import words
from tests.hidden_texts import Names, Secret, secrets_of, told
from tests.published_files import ENGLISH, LEAVES, STAYS, leaving, office_parts, read_annex, read_page, texts_of
from tests.published_tables import ROOT, read_register

FOLDERS = [folder for year in (2024, 2025) if (folder := ROOT / "reports" / str(year)).is_dir()]
OFFICE = (".xlsx", ".pptx", ".docx")
MARK = re.compile("内部资料|Internal")
PERSONAL = {
    "identity number": re.compile(
        r"(?<![\d.])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
    ),
    "mobile number": re.compile(r"(?<![\d.#&A-Za-z])1[3-9]\d{9}(?![\d.])"),
    "bank card": re.compile(r"(?<![\d.])62\d{14,17}(?!\d)"),
}
pytestmark = pytest.mark.skipif(not FOLDERS, reason="no reports of the sample; make report")


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


@cache
def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return "\n".join(texts_of(path))


def test_of_everything_that_is_made_it_is_decided_whether_it_leaves_the_office(folder):
    made = {ENGLISH.sub("", path.name) for path in folder.iterdir()}

    assert made <= {ENGLISH.sub("", name) for name in (*LEAVES, *STAYS)}


def test_no_sentence_tells_a_hidden_number(folder):
    secrets, names = secrets_of(ROOT / "data" / "clean" / folder.name), Names()
    found = [(path.name, *one) for path in leaving(folder) for one in told(texts_of(path), secrets, names)]

    assert len(secrets) > 500
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["市妇联敬老爱老助老有3人参加", "敬老爱老助老：市妇联 15.8%", "市妇联 3/19", "市妇联3／19人参加"],
)
def test_a_sentence_with_a_hidden_number_is_found(text):
    secret = Secret("LJ-T03", "敬老爱老助老", 3, 19)
    code = read_register(ROOT / "data" / "reference" / "units.csv")["市妇联"]

    assert code == "LJ-T03"
    assert [one for one, _ in told([text], [secret], Names())] == [secret]


@pytest.mark.parametrize(
    "text",
    [
        "市妇联敬老爱老助老<5人",
        "市妇联3项制度健全",
        "市妇联希望工程15.8%",
        "市科协敬老爱老助老有3人参加",
        "市妇联13/19",
    ],
)
def test_a_sentence_without_one_is_not(text):
    assert list(told([text], [Secret("LJ-T03", "敬老爱老助老", 3, 19)], Names())) == []


def test_pages_for_the_office_tell_whole_numbers(folder):
    """So the search does find what is there: the pages of the units hold what the others must not."""
    secrets, names = secrets_of(ROOT / "data" / "clean" / folder.name), Names()
    pages = sorted((folder / "units").glob("LJ-*.html"))[:8]

    assert any(list(told([f"{text} {page.stem}" for text in texts_of(page)], secrets, names)) for page in pages)


def readable(folder: Path) -> list[Path]:
    """The files with text, for the office and for others; the scorecards once, as the one file that holds them all."""
    kinds = (*OFFICE, ".html", ".csv", ".pdf")
    return [path for path in sorted(folder.rglob("*")) if path.suffix in kinds and path.parent.name != "scorecards"]


def test_no_output_holds_a_number_of_a_person(folder):
    found = [
        (path.name, kind) for path in readable(folder) for kind, form in PERSONAL.items() if form.search(text_of(path))
    ]

    assert found == []


def test_invented_numbers_of_persons_are_found():
    made = {"identity number": id_number, "mobile number": mobile, "bank card": card}

    assert all(PERSONAL[kind].search(f"电话:{make(Random(7))}。") for kind, make in made.items())


def test_no_output_holds_the_name_of_a_person(folder):
    """Those of the people who fill in the sample returns and stand in their lists."""
    given = "|".join([*RARE, *words()["given"]])
    names = re.compile(f"[{words()['surnames']}](?:{given})")

    assert [(path.name, found[0]) for path in readable(folder) if (found := names.search(text_of(path)))] == []


def test_every_page_is_marked_as_internal(folder):
    unmarked = [
        path.name
        for path in [*folder.glob("*.html"), *folder.glob("*/*.html"), *folder.glob("*.docx")]
        if not MARK.search(text_of(path))
    ]
    slides = [
        f"{path.name} {name}"
        for path in folder.glob("*.pptx")
        for name, root in office_parts(path)
        if re.fullmatch(r"ppt/slides/slide\d+\.xml", name) and not MARK.search("".join(root.itertext()))
    ]

    assert unmarked == []
    assert slides == []


def test_pages_of_the_office_say_that_they_stay(folder):
    for path in sorted((folder / "units").glob("*.html")):
        assert "仅限办公室" in text_of(path), path.name


def test_no_office_file_leads_anywhere(folder):
    """No address outside, no path to a page of the office: a hyperlink of the annex stays in its book."""
    for path in (path for path in leaving(folder) if path.suffix in OFFICE):
        for name, root in office_parts(path):
            if name.endswith(".rels"):
                outside = [one.get("Target") for one in root.iter() if one.get("TargetMode") == "External"]
                assert outside == [], f"{path.name} {name}"


def test_the_site_leads_nowhere_outside_and_a_link_tells_no_number(folder):
    pages = [folder / "index.html", folder / "index_en.html", *sorted((folder / "figures").glob("*.html"))]
    links = {link for page in pages for link in read_page(page).links}

    assert not [link for link in links if re.match(r"(?:[a-z]+:)?//|https?:|mailto:", link)]
    assert all(
        re.fullmatch(r"(\.\./)?units/[\w-]+\.html(\?en)?(#[\w.-]*)?", link) for link in links if "units/" in link
    )


def test_the_english_page_of_a_figure_tells_the_same_numbers(folder):
    for path in sorted((folder / "figures").glob("*.html")):
        if ENGLISH.search(path.name):
            own, other = read_page(path), read_page(path.with_name(ENGLISH.sub("", path.name)))
            numbers = [
                [[cell.replace(",", "") for cell in row.values() if re.fullmatch(r"[\d.,]+%?|—", cell)] for row in rows]
                for page in (own, other)
                for _, rows in page.tables
            ]
            half = len(numbers) // 2
            assert numbers[:half] == numbers[half:], path.name


def test_points_are_never_so_many_or_so_few_that_an_item_of_hidden_people_follows(folder):
    """A total near the full points would say that an item, and so the count behind it, is near its full points too."""
    clean = ROOT / "data" / "clean" / folder.name
    items, cards = (pd.read_parquet(clean / f"{name}.parquet") for name in ("assessment", "scorecards"))
    full = items[items["full"] > 0].groupby("unit_code")["full"].agg(["sum", "max"])
    rows = [row for table in read_annex(folder / "annex.xlsx", int(folder.name)) for row in table.rows]
    totals = {
        row["单位代码"]: float(row["合计"])
        for row in rows
        if row.get("合计", "—") not in ("—", "") and "单位代码" in row
    }

    assert len(totals) >= int(cards["total"].notna().sum())
    assert not [code for code, total in totals.items() if total > full["sum"][code] - full["max"][code]]
    assert not [code for code, total in totals.items() if total < full["max"][code]]
