"""Reports that are older than the tables are told: after `score`, and by `run --verify`, until `run` makes them new."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.commands.report_versions import RECORD, note_made, older_lines, older_reports, tables_version
from tests.example_year import example_data
from tests.reference_folder import change

DECK, ANNEX = "meeting.pptx", "annex.xlsx"


def touch(folder, *names):
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return paths


def test_a_report_is_old_when_it_was_made_from_other_tables_and_a_folder_counts_as_one(tmp_path):
    note_made(tmp_path, "v1", touch(tmp_path, DECK, ANNEX, "charts/C1.png", "charts/C2.png"))
    note_made(tmp_path, "v2", touch(tmp_path, "charts/C1.png"))
    assert older_reports(tmp_path, "v2") == [ANNEX, DECK]
    assert older_reports(tmp_path, "v1") == ["charts"]


def test_a_report_of_which_nobody_knows_the_tables_is_told_and_a_file_of_somebody_else_is_not(tmp_path):
    touch(tmp_path, DECK, "notes of the meeting.docx")
    assert older_reports(tmp_path, "v1") == [DECK]
    (tmp_path / RECORD).write_text("{ half a rec", encoding="utf-8")
    assert older_reports(tmp_path, "v1") == [DECK]


def test_a_report_that_was_taken_away_is_not_old_and_without_reports_nothing_is_said(tmp_path):
    (deck,) = touch(tmp_path, DECK)
    note_made(tmp_path, "v1", [deck])
    deck.unlink()
    assert older_lines(tmp_path, "v2", 2025) == []
    assert older_lines(tmp_path / "nowhere", "v2", 2025) == []


def test_every_table_counts_for_the_version():
    one = {"sha256": {"rates.csv": "a", "units.csv": "b"}}
    assert tables_version(one) == tables_version({"sha256": {"units.csv": "b", "rates.csv": "a"}, "year": "2025"})
    assert tables_version(one) != tables_version({"sha256": {"rates.csv": "a", "units.csv": "c"}})


def civility(data, *words):
    result = CliRunner().invoke(app, [*words, "--data", str(data)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def quick(monkeypatch):
    """The large reports are not drawn but written as one letter: other tests draw them."""
    monkeypatch.setattr("analysis.commands.reports.save_charts", lambda *given: touch(given[2], "C10.png"))
    monkeypatch.setattr("analysis.commands.score.save_charts", lambda *given: touch(given[2], "C10.png"))
    monkeypatch.setattr("analysis.commands.reports.save_annex", lambda *given, **_: touch(given[2], ANNEX))
    monkeypatch.setattr("analysis.commands.reports.save_pack", lambda *given: touch(given[2], DECK))
    monkeypatch.setattr("analysis.commands.reports.write_pages", lambda *given: touch(given[1], "08_assessment.html"))
    monkeypatch.setattr("analysis.commands.reports.save_site", lambda *given: touch(given[2], "index.html"))
    for place in ("reports", "score"):
        cards = "analysis.commands." + place + ".save_assessment"
        monkeypatch.setattr(cards, lambda *given: touch(given[3], "scorecards.pdf"))


def test_after_scoring_with_new_inputs_deck_annex_site_and_notebooks_are_told_to_be_old_until_the_next_run(
    tmp_path, quick
):
    data = example_data(tmp_path / "data")
    civility(data, "run", "2025", "--jobs", "1")
    assert "older" not in civility(data, "score", "2025")  # nothing has changed

    change(data, "terms/20/veto.csv", "LJ-V04,V3,", "LJ-G04,V3,")
    told = civility(data, "score", "2025").splitlines()[-1]
    for name in (ANNEX, DECK, "index.html", "notebooks"):
        assert name in told
    assert "charts" not in told
    assert "scorecards" not in told
    assert "civility run 2025" in told

    verified = civility(data, "run", "2025", "--jobs", "1", "--verify").splitlines()
    assert "all equal" in verified[-2]  # what score wrote is what a run gives
    assert verified[-1] == told

    civility(data, "run", "2025", "--jobs", "1")
    assert "older" not in civility(data, "run", "2025", "--jobs", "1", "--verify")
