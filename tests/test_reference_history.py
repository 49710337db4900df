"""Published figures, bridges and changed definitions: what is read, and what is refused by file and line."""

import pytest

from analysis.reference import load_reference
from tests.reference_folder import add_line, copy_reference, faults_of, only_fault

PUBLISHED = "indicator,category,peer_group,rate,published_on,source"
BRIDGES = "unit,indicator,category,numerator,denominator,source"


@pytest.fixture
def data(tmp_path):
    return copy_reference(tmp_path)


def written(data, file, *lines):
    """The file of 2025 with these lines."""
    (data / "reference" / "2025" / file).write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


def test_published_rates_are_found_by_indicator_category_and_group(data):
    written(
        data, "published.csv", PUBLISHED,
        "I02,,,0.884,2026-03-20,通报", "I01,elder_care,PG4,0.31,2026-03-20,通报",
    )  # fmt: skip

    published = load_reference(data, 2025).published

    assert published == {("I02", "", ""): 0.884, ("I01", "elder_care", "PG4"): 0.31}


def test_bridges_are_last_years_counts_by_unit(data):
    written(data, "bridges.csv", BRIDGES, "LJ-G04,I06,,25,40,按新定义重新统计")

    assert load_reference(data, 2025).bridges == {("LJ-G04", "I06", ""): (25.0, 40.0)}


def test_a_year_without_these_files_has_none_of_it(data):
    reference = load_reference(data, 2025)

    assert reference.published == {}
    assert reference.bridges == {}


@pytest.mark.parametrize(
    "line, expected",
    [
        ("I99,,,0.5,2026-03-20,通报", "indicators.csv 中的代码"),
        ("I01,elder,,0.5,2026-03-20,通报", "categories.csv 中的代码"),
        ("I02,,PG9,0.5,2026-03-20,通报", "peer_groups.csv 中的代码"),
        ("I02,,,78.4,2026-03-20,通报", "小数,如 0.784 表示 78.4%"),
        ("I02,,,-0.1,2026-03-20,通报", "小数,如 0.784 表示 78.4%"),
        ("I02,,,0.5,2025-12-31,通报", "2025 年结束之后"),
    ],
    ids=["indicator", "category", "group", "per cent", "negative", "date"],
)
def test_a_published_figure_that_cannot_be_is_refused_with_its_line(data, line, expected):
    written(data, "published.csv", PUBLISHED, "I06,,,0.6,2026-03-20,通报", line)

    fault = only_fault(data)

    assert (fault.file, fault.line, fault.expected) == ("reference/2025/published.csv", 3, expected)


def test_a_figure_published_twice_is_refused(data):
    written(data, "published.csv", PUBLISHED, "I02,,,0.6,2026-03-20,通报", "I02,,,0.7,2026-03-21,通报")

    assert faults_of(data) == [("2025/published.csv", 3)]


@pytest.mark.parametrize("line", ["LJ-X99,I06,,25,40,说明", "LJ-G04,I06,,-1,40,说明", "LJ-G04,I06,,25,0,说明"])
def test_a_bridge_of_an_unknown_unit_or_with_impossible_counts_is_refused(data, line):
    written(data, "bridges.csv", BRIDGES, line)

    assert faults_of(data) == [("2025/bridges.csv", 2)]


@pytest.mark.parametrize(
    "line",
    [
        ",2026,I77,,新定义,new",
        ",,I06,,新定义,new",
        "pairing_rule,2026,I06,,新定义,new",
        "no_such_setting,,I06,,新定义,new",
    ],
    ids=["unknown indicator", "neither", "both", "unknown setting"],
)
def test_a_change_of_definition_says_exactly_when(data, line):
    number = add_line(data, "definition_breaks.csv", line)

    assert set(faults_of(data)) == {("definition_breaks.csv", number)}


def test_the_sample_has_figures_published_for_2024(data):
    assert load_reference(data, 2024).published["I02", "", ""] == 0.884
