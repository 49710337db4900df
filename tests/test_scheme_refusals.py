"""A scheme that cannot be is refused by file and line before anything is scored, whatever scheme it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.commands.doctor import examine
from analysis.present.labels import load_phrases
from analysis.reference import ReferenceFault, load_reference
from analysis.reference.scheme import load_scheme
from analysis.reference.term_inputs import load_inputs
from tests.reference_folder import DATA, change, copy_reference

FILES = Path(__file__).parent / "data" / "second_scheme"
TERM = 7
REFERENCE = load_reference(DATA, 2025)


def refused(tmp_path, name, before, after):
    """The faults of the second scheme with one text changed, and the line of the change."""
    data = copy_reference(tmp_path)
    shutil.copytree(FILES, data / "reference" / "terms" / str(TERM))
    line = change(data, f"terms/{TERM}/{name}", before, after)
    with pytest.raises(ReferenceFault) as found:
        load_inputs(data, load_scheme(data, TERM, REFERENCE), REFERENCE)
    return line, [(fault.file.rsplit("/", 1)[-1], fault.line, fault.english) for fault in found.value.faults]


@pytest.mark.parametrize(
    "name, before, after, english",
    [
        # sums: the last line of what is added up is named
        ("items.csv", "三,10,yes:F7", "三,11,yes:F7", "items of Y add up to 36"),
        ("parts.csv", "base,社会评价,What others say,25", "base,社会评价,What others say,20", "add up to 95"),
        # sources
        ("items.csv", "rate:I06", "rate:I99", "I99 is no indicator"),
        ("items.csv", "rate:I06", "rate:I06:singing", "I06:singing is no row"),
        ("items.csv", "rate:I06", "rate:I11", "may not be scored"),
        ("items.csv", "F7:annual_plan.established", "F7:yearly_plan.established", "no field of F1, F4 or F7"),
        ("items.csv", "F4:political_theory.sessions", "F3:one_day_donation.amount_yuan", "no field of F1, F4 or F7"),
        ("items.csv", "quality:days_late", "quality:hours_late", "no column of the table quality"),
        ("items.csv", "count:F4", "tally:F4", "cannot read the source"),
        ("items.csv", "group:X3", "group:W3", "begins no item"),
        ("items.csv", "group:X3", "group:X", "holds X4u"),
        ("items.csv", "group:X3", "group:X4", "holds X4u"),
        ("items.csv", "group:X3", "group:Q1", "holds Q1"),
        # what is replaced
        ("items.csv", "move:X1", "move:X9", "no other item of the part"),
        ("items.csv", "move:X1", "move:Y1", "no other item of the part"),
        ("items.csv", "move:X1", "move:X2", "no other item of the part"),
        ("items.csv", "move:X1", "move:X4", "no other item of the part"),
        ("items.csv", "move:X1", "guess", "when_undefined 'guess'"),
        ("items.csv", "0.5,both,zero,all,再有{n}名", "0.5,both,wait,all,再有{n}名", "wait is for what people fill in"),
        # floors, full marks and caps
        ("items.csv", "rate:I06,people,0.2,0.5", "rate:I06,people,0.5,0.2", "floor 0.5 and full mark 0.2"),
        ("items.csv", "rate:I06,people,0.2,0.5", "rate:I06,people,20,50", "no share of 0 to 1"),
        ("items.csv", "rate:I06,people,0.2,0.5", "rate:I06,people,,0.5", "people needs low and high"),
        ("items.csv", "numerator:I08,linear,2,12", "numerator:I08,people,2,12", "no share of people"),
        ("items.csv", "rate:I09,linear,0.5,0.2", "rate:I09,linear,0.2,0.5", "floor 0.2 and full mark 0.5"),
        (
            "items.csv",
            "count:F4:political_theory.sessions,linear,4,24",
            "count:F4:political_theory.sessions,linear,24,4",
            "floor 24",
        ),
        ("items.csv", "below,4,-1.5", "below,4,1.5", "a deduction has full 0 and high below 0"),
        ("items.csv", "below,4,-1.5", "below,,-1.5", "below needs low"),
        ("items.csv", "below,4,-1.5", "beneath,4,-1.5", "beneath"),
        # classes
        ("levels.csv", "organ,new,refuse,0,72", "organ,new,refuse,0,75", "overlaps the one before"),
        ("levels.csv", "city,titled,rectify,50,78", "city,titled,rectify,50,70", "leaves a gap"),
        ("levels.csv", "city,titled,keep,78,", "city,titled,keep,78,95", "nothing above 95"),
        ("levels.csv", "city,new,name,90,", "city,new,keep,90,", "cannot get the class 'keep'"),
        ("levels.csv", "organ,new,name,72,", "ward,new,name,72,", "no level 'ward'"),
        # the term and its conditions
        ("term.toml", "[0.2, 0.3, 0.5]", "[0.2, 0.3, 0.4]", "year_weights"),
        ("term.toml", "[0.2, 0.3, 0.5]", "[0.5, 0.5]", "year_weights"),
        ("term.toml", "[2023, 2024, 2025]", "[2023, 2025, 2024]", "years"),
        (
            "term.toml",
            'levels = ["province", "city", "organ"]',
            'levels = ["city", "organ"]',
            "levels lacks 'province'",
        ),
        ("term.toml", "share = 0.05", "share = 5", "top.share"),
        ("term.toml", "lower_title = false", 'lower_title = "no"', "entry.lower_title"),
        ("conditions.csv", "numerator:I34,6", "numerator:I43,6", "I43 is no indicator"),
        ("conditions.csv", "numerator:I34,6", "panel:Z1,6", "reads the returns, not 'panel'"),
        # what people filled in
        ("panel.csv", "LJ-G04,Z1,0.8", "LJ-G04,Z1,80", "share 80"),
        ("panel.csv", "LJ-G04,Z1,0.8", "LJ-G99,Z1,0.8", "no unit 'LJ-G99'"),
        ("departments.csv", "LJ-G04,hotline", "LJ-G04,coldline", "no department code 'coldline'"),
    ],
)
def test_nonsense_is_refused_by_file_and_line(tmp_path, name, before, after, english):
    line, faults = refused(tmp_path, name, before, after)
    found = [(file, place) for file, place, text in faults if english in text]

    assert found, faults
    assert found[0][0] == name
    assert (
        found[0][1] == line
        or "add up" in english
        or "lacks" in english
        or "leaves a gap" in english
        or "overlaps" in english
    )


def test_every_fault_is_told_at_once(tmp_path):
    data = copy_reference(tmp_path)
    shutil.copytree(FILES, data / "reference" / "terms" / str(TERM))
    lines = [
        ("items.csv", change(data, f"terms/{TERM}/items.csv", "rate:I06", "rate:I99")),
        ("levels.csv", change(data, f"terms/{TERM}/levels.csv", "city,new,name,90,", "ward,new,name,90,")),
        ("term.toml", change(data, f"terms/{TERM}/term.toml", "share = 0.05", "share = 5")),
    ]
    with pytest.raises(ReferenceFault) as found:
        load_scheme(data, TERM, REFERENCE)

    assert set(lines) <= {(fault.file.rsplit("/", 1)[-1], fault.line) for fault in found.value.faults}


def test_a_choice_that_is_none_of_ours_is_refused(tmp_path):
    data = copy_reference(tmp_path)
    line = change(
        data, "terms/20/items.csv", "起点与满分由本项目约定,low;high;points", "起点与满分由本项目约定,low;height;points"
    )
    with pytest.raises(ReferenceFault) as found:
        load_scheme(data, 20, REFERENCE)

    assert [(fault.line, "low;height;points" in fault.english) for fault in found.value.faults] == [(line, True)]


def test_every_condition_of_the_sample_term_can_be_said_in_words():
    """A condition that is not met stands on the scorecard as the phrase of its code."""
    scheme = load_scheme(DATA, 20, REFERENCE)

    assert {f"reason.{condition.code}" for condition in scheme.conditions} <= set(load_phrases())


def test_the_doctor_tells_every_fault_of_what_the_assessment_reads(tmp_path):
    data = copy_reference(tmp_path)
    places = [
        ("holiday_rules.csv", change(data, "holiday_rules.csv", "元旦,solar,1,1,1,yes", "元旦,solar,1,1,1,perhaps")),
        ("assessment_steps.csv", change(data, "assessment_steps.csv", "deadline,1,,,1,15", "deadline,1,,,2,30")),
        ("input_columns.csv", change(data, "input_columns.csv", "panel,share,points", "panel,share,marks")),
        ("veto.csv", change(data, "terms/20/veto.csv", "V3,市应急局", "V3,市科技局")),
    ]
    lines, healthy = examine(data)

    assert not healthy
    assert all(any(f"{file}:{line}:" in said for said in lines) for file, line in places), lines
