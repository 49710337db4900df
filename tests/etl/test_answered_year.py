"""Over a whole year nothing that was asked disappears: it becomes answered, and hard rules still ask."""

from dataclasses import replace

import pytest

from analysis.etl.answered_year import CorrectionFault, corrections_of, settle_year, warnings_of
from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from analysis.etl.versions import choose_versions
from analysis.records import Workbook
from tests.answers import FILE, answer, with_corrections
from tests.returns import f1_sheet, f3_sheet, reference

PERSONS, TIMES = "elder_care.persons", "elder_care.person_times"
F1 = {"hc_start": 30, "joined": 0, "left": 0, "hc_end": 30}


def year_of(line, *answers, f1=F1):
    """Facts and queries of a unit's F1 and F3 (one office of 30) with the answers, as the pipeline makes them."""
    said = with_corrections(*answers)
    task = FileTask(FILE, FILE.encode(), said)
    sheets = (f1_sheet(f1), f3_sheet([{"hc_end": 30, "office_name": "综合科", **line}]))
    result = clean_workbook(task, Workbook("xlsx", sheets))
    assert result.faults == ()
    facts, queries = gate_units(choose_versions([result], said), said, LastYear())
    plain = replace(said, corrections={})
    before, asked = gate_units(choose_versions([result.unanswered or result], plain), plain, LastYear())
    return settle_year(facts, queries, before, asked, corrections_of([result], said), 2025)


def at(queries, cell, treatment="ASK"):
    return {q.rule: q.state for q in queries if (q.form, q.cell, q.treatment) == ("F3", cell, treatment)}


def the(facts, cell):
    (fact,) = [f for f in facts if f.cell == cell and f.form == "F3"]
    return fact


def test_a_value_set_right_answers_what_a_gate_had_asked():
    """M46: 230 in place of 23 is asked about by a rule across forms, which then has nothing left to ask."""
    facts, queries = year_of({PERSONS: 230, TIMES: 240}, answer("D7", "set", "23", "230"))

    assert at(queries, "D7") == {"M46": "answered"}
    assert (the(facts, "D7").value, the(facts, "D7").status, the(facts, "D7").rule) == (23.0, "confirmed", "M46")


def test_a_number_that_cannot_be_is_asked_about_even_when_it_was_confirmed():
    """M46: no answer makes 230 of 30 people possible."""
    facts, queries = year_of({PERSONS: 230, TIMES: 240}, answer("D7", "confirm", "", "230"))

    assert at(queries, "D7") == {"M46": "open"}
    assert (the(facts, "D7").value, the(facts, "D7").status) == (None, "queried")


def test_an_answer_that_names_a_question_about_no_single_value_settles_it():
    _, asked = year_of({PERSONS: 5}, answer("D7", "confirm", "", "5"), f1={**F1, "hc_end": None})
    blank = next(q for q in asked if q.rule == "M52" and q.state == "open" and q.form == "F1")
    named = answer("", "confirm", sheet="", query_id=blank.query_id)
    _, queries = year_of({PERSONS: 5}, named, f1={**F1, "hc_end": None})

    assert next(q for q in queries if q.query_id == blank.query_id).state == "answered"


def test_an_answer_to_a_question_that_is_not_there_stops_the_run():
    with pytest.raises(CorrectionFault, match=r"corrections\.csv:2: .*0123456789abcdef"):
        year_of({PERSONS: 5}, answer("", "confirm", sheet="", query_id="0123456789abcdef"))


def test_only_keep_says_which_version_counts():
    facts, asked = year_of({PERSONS: "若干"}, answer("D7", "set", "3", "若干"))
    first = next(q for q in asked if q.rule == "M37")
    twice = replace(first, rule="M13", cell=None, sheet="", state="open")
    entry = answer("", "confirm", sheet="", query_id=first.query_id)

    with pytest.raises(CorrectionFault, match="confirm"):
        settle_year(facts, asked, facts, [twice], {FILE: (entry,)}, 2025)


def test_an_answer_about_a_file_that_is_not_there_or_does_not_count_is_a_warning():
    sheets = (f3_sheet([{"hc_end": 30, PERSONS: 3}]),)
    result = clean_workbook(FileTask(FILE, b"", reference()), Workbook("xlsx", sheets))
    older = replace(result, submission=replace(result.submission, file="旧.xlsx", state="superseded"))
    said = with_corrections(
        answer("D7", "set", "3", file="没有.xlsx"),
        answer("D7", "set", "3"),
        answer("D7", "set", "3", file="旧.xlsx", line=4),
    )
    lines = warnings_of([result, older], said)

    assert len(lines) == 2
    assert any("没有.xlsx" in line for line in lines)
    assert any("corrections.csv:4: 旧.xlsx" in line and "superseded" in line for line in lines)
    assert set(corrections_of([result, older], said)) == {FILE, "旧.xlsx"}


def test_what_is_only_unlikely_is_not_asked_again_once_it_is_confirmed():
    """G11: 90 hours of 5 people on 5 occasions are unlikely, not impossible."""
    line = {PERSONS: 5, TIMES: 5, "elder_care.hours": 90}
    facts, queries = year_of(line, answer("F7", "confirm", "", "90"))

    assert at(queries, "F7") == {"G11": "answered"}
    assert (the(facts, "F7").value, the(facts, "F7").status, the(facts, "F7").rule) == (90.0, "confirmed", "G11")
