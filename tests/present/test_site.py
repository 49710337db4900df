"""The site of a year: nothing outside, nothing that a return wrote becomes markup, inner pages marked, cells listed."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.etl.dictionary import load_dictionary
from analysis.measures.medians import has_median
from analysis.notebook import CleanTables
from analysis.present.context import make_context
from analysis.present.save_charts import CHARTS
from analysis.present.site import save_site
from analysis.present.site_index import Index
from analysis.present.site_units import is_count
from analysis.reference import load_reference
from tests.present.made_up import DATA_DIR, YEAR, filled, made_up_tables, sample_reference, write_made_up_year

OUTSIDE = re.compile(r"""(src|href|import|url\()\s*=?\s*\(?["']?\s*(https?:)?//""", re.IGNORECASE)
HOSTILE = '<script>alert("x")</script>'
TAGS = re.compile(r"<[^>]+>")


def fact(item, measure, raw, value=None, cell="D7", text=None, form="F3", status="reported", rule=None):
    place = {"year": YEAR, "row": 0, "file": f"{HOSTILE}.xlsx", "sheet": "表'3\"", "cell": cell}
    number = {"value": value, "low": None, "high": None, "text": text}
    return {
        "form": form,
        "item": item,
        "measure": measure,
        "raw": raw,
        "status": status,
        "rule": rule,
        **place,
        **number,
    }


def query(rule, field, message, form="F3", cell="D7"):
    place = {"file": f"{HOSTILE}.xlsx", "sheet": "表3", "cell": cell, "form": form}
    said = {"message_zh": message, "message_en": message, "raw": HOSTILE, "read_as": None}
    return {
        "query_id": f"{rule}{cell}",
        "rule": rule,
        "field": field,
        "treatment": "ASK",
        "state": "open",
        **place,
        **said,
    }


FACTS = [
    fact("elder_care", "persons", HOSTILE, status="queried", rule="M37"),
    fact("elder_care", "persons", "约12人", 12.0, cell="D8", status="approximate", rule="M12"),
    fact("", "hc_end", "40", 40.0, cell="D6", form="F1"),
    fact("", "problem", "张三的问题", text="张三的问题", cell="B6", form="F6"),
]
QUERIES = [query("M37", "elder_care.persons", f"{HOSTILE}请核实"), query("M62", "problem", "张三的问题", "F6", "B6")]


def nobody_served(tables, unit):
    """The rates with a shown zero of one unit."""
    hidden, rates = tables["hidden"], tables["rates"].copy()
    here = (rates["unit_code"] == unit) & (rates["indicator"] == "I06")
    rates.loc[here, ["numerator", "rate"]] = 0.0
    return rates, hidden[(hidden["unit_code"] != unit) | (hidden["indicator"] != "I06")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of the year and the code of the unit that wrote what no unit should."""
    data = tmp_path_factory.mktemp("project") / "data"
    write_made_up_year(data)
    reference, tables = load_reference(data, YEAR), dict(CleanTables(data, YEAR))
    unit = reference.units[0]
    for name, rows in (("facts", FACTS), ("queries", QUERIES)):
        own = pd.DataFrame(rows).assign(unit_code=unit.code)
        rest = tables[name][tables[name]["unit_code"] != unit.code]
        tables[name] = pd.concat([rest, own], ignore_index=True).astype({"file": "str", "cell": "str"})
    tables["rates"], tables["hidden"] = nobody_served(tables, reference.units[1].code)
    folder = data.parent / "reports" / str(YEAR)
    save_site(tables, reference, folder, folder / "notebooks", 2)
    again = data.parent / "again" / str(YEAR)
    save_site(tables, reference, again, again / "notebooks", 2)
    return folder, again, unit


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def page_of(made):
    folder, _, unit = made
    return (folder / "units" / f"{unit.code}.html").read_text("utf-8")


def test_the_same_tables_give_the_same_bytes(made):
    assert files(made[0]) == files(made[1])


def test_no_page_has_an_outside_address_and_each_forbids_them(made):
    for name, content in files(made[0]).items():
        page = content.decode("utf-8")
        assert OUTSIDE.search(page) is None, name
        assert not name.endswith(".html") or "default-src &#x27;none&#x27;" in page, name


def test_what_a_return_wrote_is_shown_and_never_run(made):
    shown = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"
    for page in (page_of(made), (made[0] / "units" / "queries.html").read_text("utf-8")):
        assert HOSTILE not in page
        assert shown in page
        assert page.count("<script>") == 1


def test_each_cell_of_a_figure_stands_with_its_place_its_text_and_how_it_was_read(made):
    found = re.search(r'<details id="I01-elder_care">(.*?)</details>', page_of(made), re.DOTALL)
    text = re.sub(r"\s+", " ", TAGS.sub("", found[1]))

    assert "D8 约12人 → 12" in text
    assert "M12" in text
    assert "D6 40" in text
    assert "表&#x27;3&quot; · F3 敬老爱老助老·人数" in text


def test_free_text_is_shown_on_no_page(made):
    assert [name for name, content in files(made[0]).items() if "张三" in content.decode("utf-8")] == []


def test_pages_with_whole_numbers_say_that_they_stay_in_the_office(made):
    marked = {name for name, content in files(made[0]).items() if "仅限办公室使用" in content.decode("utf-8")}

    assert marked == {name for name in files(made[0]) if name.startswith("units/")}


def test_a_zero_is_shown_as_zero_and_never_as_nothing(made):
    page = (made[0] / "figures" / "I06.html").read_text("utf-8")
    (row,) = re.findall(r"<tr><th[^>]*><a href=[^>]*LJ-P02\.html[^>]*>.*?</tr>", page)

    assert re.findall(r'<td class="n">([^<]*)</td>', row)[::2] == ["0", "0.0%"]


def test_there_is_a_page_of_each_figure_of_the_city_in_both_languages(made):
    names = {path.name for path in (made[0] / "figures").iterdir()}

    assert {"I02.html", "I02_en.html", "I01-elder_care.html", "I01-elder_care_en.html"} <= names


@pytest.mark.parametrize("lang, stem", [("zh", "C1_submissions"), ("en", "C1_submissions_en")])
def test_the_first_page_shows_the_charts_in_its_own_language(tmp_path, lang, stem):
    reference, tables = sample_reference(8), made_up_tables(8)
    (tmp_path / "charts").mkdir()
    for name in ("C1_submissions", "C1_submissions_en"):
        for kind in ("svg", "png", "csv"):
            (tmp_path / "charts" / f"{name}.{kind}").write_text('<svg viewBox="0 0 20 10"></svg>', encoding="utf-8")
    context = make_context(tables["units"], reference, lang)
    charts = {"C1": CHARTS["C1"].table(tables, reference)}

    body = str(Index(tables, context, tmp_path, tmp_path / "notebooks", {}, charts).page().body)

    shown = set(re.findall(r'(?:src|href)="(charts/[^"]*)"', body))
    assert shown == {f"charts/{stem}.{kind}" for kind in ("svg", "png", "csv")}
    assert re.search(r'<figure id="C1" tabindex="0"><small class="hint">[^<]+</small>', body)


def test_a_figure_that_is_a_number_of_things_is_shown_as_its_value():
    nothing = float("nan")
    record = {"rate": nothing, "denominator": nothing, "numerator": 3.0, "status": "ok"}

    assert is_count(record)
    assert not is_count({**record, "denominator": 5.0})
    assert not is_count({**record, "status": "queried"})


def test_a_year_of_one_unit_has_a_site_and_pages_of_an_earlier_run_go(tmp_path):
    columns, found = load_dictionary(DATA_DIR / "reference" / "tables.csv"), made_up_tables(1)
    tables = {name: filled(found.get(name, pd.DataFrame()), columns[name]) for name in columns}
    stale = tmp_path / "units" / "LJ-OLD.html"
    stale.parent.mkdir()
    stale.write_text("")
    save_site(tables, sample_reference(1), tmp_path, tmp_path / "notebooks")

    (unit,) = sample_reference(1).units
    assert {path.name for path in stale.parent.iterdir()} == {f"{unit.code}.html", "queries.html"}


@pytest.mark.parametrize(
    "indicator, category, named",
    [
        ("I02", "", True),
        ("I10", "", False),
        ("I11", "", False),
        ("I01", "lei_feng_volunteer", True),
        ("I01", "spring_bud", False),
        ("I01", "blood_donation", False),
    ],
)
def test_giving_and_blood_are_never_listed_by_unit(indicator, category, named):
    assert has_median(indicator, category, load_reference(DATA_DIR, YEAR)) is named
