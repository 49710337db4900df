"""What of last year's tables bears on this year, and which of them were used."""

import hashlib

import pandas as pd
import pytest

from analysis.commands.years_before import read_last_year
from analysis.etl.last_year import LastYear, Share
from tests.measures.hand_tables import fact, facts_table, rate, rates_table
from tests.returns import reference

FACTS = facts_table(
    fact("LJ-G04", "F1", 0, "hc_end", 40.0),
    fact("LJ-G04", "F1", 0, "authorised_posts", 45.0),
    fact("LJ-G04", "F3", 1, "office_name", None, text="办 公室"),
    fact("LJ-G04", "F3", 1, "elder_care.persons", 12.0),
    fact("LJ-G04", "F3", 1, "elder_care.hours", 30.0, "approximate"),
    fact("LJ-G04", "F3", 1, "warmth_project.persons", None, "queried"),
    fact("LJ-G32", "F3", 1, "elder_care.persons", 7.0),
)
UNITS = pd.DataFrame({"unit_code": ["LJ-G04", "LJ-G03", "LJ-G32"], "hc_end": [40.0, None, 18.0]})
RATES = rates_table(
    rate("LJ-G04", 12, 40, indicator="I01", category="elder_care"),
    rate("LJ-G04", 13, 40, "approximate", indicator="I01", category="hope_project"),
    rate("LJ-G04", 30, 40),
    rate("LJ-G32", 7, 18, indicator="I01", category="elder_care"),
)


@pytest.fixture
def data(tmp_path):
    """A data folder in which 2024 was cleaned."""
    folder = tmp_path / "clean" / "2024"
    folder.mkdir(parents=True)
    for name, table in (("facts", FACTS), ("units", UNITS), ("rates", RATES)):
        table.to_parquet(folder / f"{name}.parquet")
    return tmp_path


def test_only_what_was_known_exactly_is_last_years_figure(data):
    last, _ = read_last_year(data, reference(2025))

    assert last.headcounts == {"LJ-G04": 40.0}
    assert last.shares == {("LJ-G04", "elder_care"): Share(12.0, 40.0)}
    assert last.numbers["LJ-G04", "F3"] == {
        (1, "elder_care", "persons"): 12.0,
        ("办公室", "elder_care", "persons"): 12.0,
    }


def test_numbers_that_stay_from_year_to_year_are_not_kept(data):
    last, _ = read_last_year(data, reference(2025))

    assert last.numbers["LJ-G04", "F1"] == {(0, "", "hc_end"): 40.0}


def test_a_unit_that_was_merged_since_has_no_last_year(data):
    last, _ = read_last_year(data, reference(2025))

    assert ("LJ-G32", "F3") not in last.numbers
    assert ("LJ-G32", "elder_care") not in last.shares


def test_the_tables_that_were_used_are_named_with_their_hashes(data):
    _, used = read_last_year(data, reference(2025))

    assert used == {
        f"clean/2024/{name}.parquet": hashlib.sha256((data / "clean/2024" / f"{name}.parquet").read_bytes()).hexdigest()
        for name in ("facts", "rates", "units")
    }


def test_without_a_cleaned_year_before_nothing_is_known(tmp_path):
    assert read_last_year(tmp_path, reference(2025)) == (LastYear(), {})
