"""What was decided and asked before: earlier events, bans and reminders of a term."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.reference import ReferenceFault, load_reference
from analysis.reference.scheme import load_scheme
from analysis.reference.switches import load_switches
from analysis.reference.term_inputs import load_inputs
from analysis.reference.title_history import TitleEvent, banned_units, told_before, years_after
from tests.reference_folder import DATA, add_line, change, copy_reference

REFERENCE = load_reference(DATA, 2025)
SCHEME = load_scheme(DATA, 20, REFERENCE)  # 2024-2025, assessed in March 2026; frozen on 28 February 2026
FREEZE = dt.date(2026, 2, 28)


@pytest.fixture
def data(tmp_path):
    return copy_reference(tmp_path)


def with_line(data, file, line):
    add_line(data, f"terms/20/{file}.csv", line)
    return load_inputs(data, SCHEME, REFERENCE)


def test_the_sample_has_no_earlier_events_and_no_reminders():
    inputs = load_inputs(DATA, SCHEME, REFERENCE)
    assert (inputs.earlier, inputs.reminded) == ((), {})


@pytest.mark.parametrize(
    "line, until",
    [
        ("LJ-P06,withdraw,2024-03-28,,澜直文明〔2024〕3号", dt.date(2026, 3, 28)),  # two years after any withdrawal
        ("LJ-P06,refuse,2025-05-06,V6,函1号", dt.date(2027, 5, 6)),  # falsified: two years
        ("LJ-P06,refuse,2025-05-06,V2,函1号", None),  # a crime of the staff: no ban
        ("LJ-P06,refuse,2025-05-06,,函1号", None),
        ("LJ-P06,rectify,2025-05-06,,函1号", None),
    ],
)
def test_how_long_an_event_bans(data, line, until):
    (event,) = with_line(data, "earlier", line).earlier
    assert event.banned_until == until


def test_a_ban_ends_on_its_day():
    event = TitleEvent("U1", "withdraw", dt.date(2024, 2, 28), "", "函", FREEZE)
    assert banned_units([event], FREEZE - dt.timedelta(days=1)) == {"U1": "withdraw"}
    assert banned_units([event], FREEZE) == {}


def test_two_years_after_a_leap_day_is_the_first_of_march():
    assert years_after(dt.date(2024, 2, 29), 2) == dt.date(2026, 3, 1)


@pytest.mark.parametrize("day, told", [("2023-12-29", False), ("2024-03-28", True), ("2025-04-02", True)])
def test_told_to_rectify_counts_since_the_assessment_of_the_term_before(data, day, told):
    inputs = with_line(data, "earlier", f"LJ-P01,rectify,{day},,函1号")
    assert told_before(inputs.earlier, SCHEME.term) == ({"LJ-P01"} if told else set())


def test_only_a_second_reminder_by_the_day_of_the_freeze_counts(data):
    path = data / "reference" / "terms" / "20" / "reminders.csv"
    lines = [
        "LJ-P01,2025,2026-02-10,2026-02-25,催2号",
        "LJ-P02,2025,2026-02-10,,催1号",
        "LJ-P03,2025,2026-02-10,2026-03-05,催3号",
    ]
    path.write_text(path.read_text(encoding="utf-8-sig") + "\n".join(lines) + "\n", encoding="utf-8-sig")
    assert load_inputs(data, SCHEME, REFERENCE).reminded == {("LJ-P01", 2025): "2026-02-25 催2号"}


@pytest.mark.parametrize(
    "file, line, english",
    [
        ("earlier", "LJ-X99,rectify,2025-04-02,,函1号", "no unit 'LJ-X99'"),
        ("earlier", "LJ-P06,refuse,2025-04-02,V99,函1号", "no case 'V99'"),
        ("earlier", "LJ-P06,rectify,2026-03-31,,函1号", "after the freeze"),
        ("earlier", "LJ-P01,withdraw,2025-04-02,,函1号", "still holds a title"),
        ("earlier", "LJ-P06,famous,2025-04-02,,函1号", "event"),
        ("reminders", "LJ-X99,2025,2026-02-10,,催1号", "no unit 'LJ-X99'"),
        ("reminders", "LJ-P01,2023,2024-02-10,,催1号", "no year of the term"),
        ("reminders", "LJ-P01,2025,2026-02-10,2026-02-10,催1号", "not after the first"),
        ("reminders", "LJ-P01,2025,2026-02-10,2026-04-01,催1号", "after the meeting"),
        ("reminders", "LJ-P01,2025,2026-04-01,,催1号", "after the meeting"),
    ],
)
def test_nonsense_is_refused_by_file_and_line(data, file, line, english):
    with pytest.raises(ReferenceFault) as refused:
        with_line(data, file, line)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == (f"reference/terms/20/{file}.csv", 2)
    assert english in fault.english


def test_files_that_nobody_wrote_yet_may_be_missing(data):
    for name in ("earlier", "reminders", "switches"):
        (data / "reference" / "terms" / "20" / f"{name}.csv").unlink()
    assert load_inputs(data, SCHEME, REFERENCE).earlier == ()
    assert load_switches(data, SCHEME) == ()


@pytest.mark.parametrize(
    "old, new, english",
    [
        (",0;1,", ",0.5;0.4,", "year weights"),
        (",0;1,", ",1,", "year weights"),
        (",0;1,", ",all,", "year weights"),
        ("pairing_rule,any", "pairing_rule,none", "pairing rule"),
        ("equal_parts,,", "equal_parts,3,", "takes no value"),
    ],
)
def test_a_switch_that_cannot_be_is_refused_by_line(data, old, new, english):
    line = change(data, "terms/20/switches.csv", old, new)
    with pytest.raises(ReferenceFault) as refused:
        load_switches(data, SCHEME)
    (fault,) = refused.value.faults
    assert (fault.line, english in fault.english) == (line, True)


def test_a_scheme_without_bans_and_doubling_is_a_scheme(data):
    change(data, "terms/20/term.toml", "withdrawn_ban_years = 2", "# none")
    change(data, "terms/20/term.toml", "draws_most = 16000", "# none")
    term = load_scheme(data, 20, REFERENCE).term
    assert (term.withdrawn_ban_years, term.draws_most) == (0, 0)


@pytest.mark.parametrize(
    "old, new", [("withdrawn_ban_years = 2", "withdrawn_ban_years = -1"), ("draws_most = 16000", "draws_most = 1")]
)
def test_settings_that_cannot_be_are_refused_by_line(data, old, new):
    line = change(data, "terms/20/term.toml", old, new)
    with pytest.raises(ReferenceFault) as refused:
        load_scheme(data, 20, REFERENCE)
    assert [fault.line for fault in refused.value.faults] == [line]
