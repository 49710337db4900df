"""Stored values -> cells: kinds, texts, dates from serial numbers, number formats."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.intake.cells import date_of_serial, make_cell, number_text, parse_number, value_text
from analysis.intake.formats import builtin_format, format_kind, telling_format


@pytest.mark.parametrize(
    "value, text",
    [
        (42, "42"),
        (42.0, "42"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (-1.5, "-1.5"),
        (1e20, "100000000000000000000"),
        (420106199001011000.0, "420106199001011000"),
        (1e-7, "1e-07"),
    ],
)
def test_a_number_is_told_as_a_person_would_copy_it(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(
    "value, text",
    [
        (dt.date(2025, 1, 12), "2025-01-12"),
        (dt.datetime(2025, 1, 12), "2025-01-12"),
        (dt.datetime(2025, 1, 12, 8, 30), "2025-01-12 08:30:00"),
        (dt.time(8, 30), "08:30:00"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
        (True, "TRUE"),
        (False, "FALSE"),
        ("  无 ", "  无 "),
        (None, ""),
    ],
)
def test_dates_are_told_in_iso_form_with_the_time_only_where_there_is_one(value: object, text: str) -> None:
    assert value_text(value) == text  # type: ignore[arg-type]


def test_a_cell_of_nothing_but_white_space_is_no_cell() -> None:
    assert make_cell(1, 1, " \t\n\u00a0\u3000") is None


@pytest.mark.parametrize("text", ["1_000", "nan", "inf", "1e999", "５０", "0x10", "", "1,000", "1 2"])
def test_only_plain_digits_are_a_stored_number(text: str) -> None:
    """float() alone would take several of these."""
    assert parse_number(text) is None


@pytest.mark.parametrize(
    "serial, since_1904, expected",
    [
        (45721, False, dt.date(2025, 3, 5)),
        (45721 - 1462, True, dt.date(2025, 3, 5)),
        (45721.5, False, dt.datetime(2025, 3, 5, 12)),
        (1, False, dt.date(1900, 1, 1)),
        (59, False, dt.date(1900, 2, 28)),
        (61, False, dt.date(1900, 3, 1)),
        (0, True, dt.date(1904, 1, 1)),
    ],
)
def test_a_serial_number_is_a_day_of_the_1900_or_the_1904_system(
    serial: float, since_1904: bool, expected: dt.date
) -> None:
    assert date_of_serial(serial, "date", since_1904=since_1904) == expected


@pytest.mark.parametrize("serial", [0, 0.5, 60, -1, 2_958_466, 1e300])
def test_a_serial_number_that_is_no_day_stays_a_number(serial: float) -> None:
    """0 would show as 1900-01-00, 60 as the 29 February 1900 that never was."""
    assert date_of_serial(serial, "date") is None


@pytest.mark.parametrize(
    "kind, serial, expected",
    [
        ("time", 0.354166666666667, dt.time(8, 30)),
        ("time", 45721.5, dt.datetime(2025, 3, 5, 12)),
        ("duration", 1.25, dt.timedelta(hours=30)),
        ("number", 45721, None),
    ],
)
def test_a_time_below_one_day_is_a_time_of_day(kind: str, serial: float, expected: object) -> None:
    assert date_of_serial(serial, kind) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code, kind",
    [
        ("General", "number"),
        ("G/通用格式", "number"),
        ("0.00E+00", "number"),
        ('0"月"', "number"),
        ('#,##0.00" d"', "number"),
        ("[Red]0.00", "number"),
        ("0%", "number"),
        ("@", "number"),
        ("yyyy-mm-dd", "date"),
        ('yyyy"年"m"月"d"日"', "date"),
        ("yyyy年m月", "date"),
        ("[$-404]e/m/d", "date"),
        ("[DBNum1][$-804]m月d日;@", "date"),
        ("[$-804]aaaa", "date"),
        ("mmm", "date"),
        ("h:mm", "time"),
        ("上午/下午h:mm", "time"),
        ("mm:ss.0", "time"),
        ("h:mm AM/PM", "time"),
        ("[h]:mm", "duration"),
    ],
)
def test_the_format_says_whether_a_number_is_a_date(code: str, kind: str) -> None:
    assert format_kind(code) == kind


def test_formats_without_a_code_in_the_file_have_their_east_asian_meaning() -> None:
    """Chinese Excel and WPS write 31 and 58 for the year-month-day and month-day formats, with no code beside."""
    assert [format_kind(builtin_format(number)) for number in (14, 31, 57, 58, 32, 9, 99)] == [
        "date",
        "date",
        "date",
        "date",
        "time",
        "number",
        "number",
    ]


@pytest.mark.parametrize("code", ["General", "0", "#,##0.00", "@", "0_ "])
def test_a_format_of_digits_alone_is_not_told(code: str) -> None:
    assert telling_format(code) is None


@pytest.mark.parametrize("code", ["0%", '0.0,"万"', '0"人"', "yyyy-mm-dd"])
def test_a_format_that_says_more_is_told(code: str) -> None:
    assert telling_format(code) == code
