"""What the lists of the meeting say beside a proposal: titles named elsewhere, and units that organise the assessment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.measures.assessment import assessment
from analysis.measures.list_remarks import remarks_of
from analysis.measures.scorecards import Candidate, scorecards
from analysis.reference import ReferenceFault, load_reference
from analysis.reference.scheme import load_scheme
from tests.measures.test_assessment import INPUTS, SCHEME, unit, year
from tests.reference_folder import DATA, change, copy_reference

TERM = replace(SCHEME.term, organisers=("U9",))


@pytest.mark.parametrize(
    "code, title, applied, told",
    [
        ("U1", "province", "none", ("prechecked",)),
        ("U1", "city", "province", ("recommended",)),
        ("U1", "province", "province", ("prechecked", "recommended")),
        ("U1", "city", "none", ()),
        ("U1", "none", "organ", ()),
        ("U9", "city", "none", ("organiser",)),
        ("U9", "province", "none", ("prechecked", "organiser")),
    ],
)
def test_a_title_named_elsewhere_is_prechecked_an_application_for_it_recommended_and_organisers_are_told(
    code, title, applied, told
):
    assert remarks_of(code, title, applied, TERM) == told


def test_the_remarks_stand_in_the_scorecards():
    scheme = replace(SCHEME, term=replace(TERM, organisers=("U1",)))
    table = assessment([unit()], {2025: year()}, scheme, INPUTS)
    card = scorecards(table, {"U1": Candidate(unit(), "province")}, {}, scheme, INPUTS).iloc[0]
    assert card["remarks"] == "recommended;organiser"


REFERENCE = load_reference(DATA, 2025)


def test_the_organisers_of_the_sample_are_the_two_that_run_the_assessment():
    assert load_scheme(DATA, 20, REFERENCE).term.organisers == ("LJ-P04", "LJ-P11")


@pytest.mark.parametrize("new", ['organisers = ["LJ-X99"]', 'organisers = "LJ-P11"', "organisers = [11]"])
def test_an_organiser_that_is_no_unit_of_the_register_is_refused_by_line(tmp_path, new):
    data = copy_reference(tmp_path)
    line = change(data, "terms/20/term.toml", 'organisers = ["LJ-P04", "LJ-P11"]', new)
    with pytest.raises(ReferenceFault) as refused:
        load_scheme(data, 20, REFERENCE)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == ("reference/terms/20/term.toml", line)


def test_a_scheme_without_organisers_is_a_scheme(tmp_path):
    data = copy_reference(tmp_path)
    change(data, "terms/20/term.toml", "organisers = ", "# organisers = ")
    assert load_scheme(data, 20, REFERENCE).term.organisers == ()
