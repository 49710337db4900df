"""Limits of rates, counts and differences against published tables and their own laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.intervals import byar_interval, newcombe_difference, wilson_interval, wilson_standard_error

# Public Health England, PHEindicatormethods, tests/testthat/testdata_Proportion.xlsx and testdata_Byars_Wilson.xlsx
WILSON = [
    (1, 100, 0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.1045544528370582),
    (5, 100, 0.02154367915436798, 0.11175046923191911, 0.013865320725997183, 0.16458852282596442),
    (20, 100, 0.1333669333310325, 0.28882916559315885, 0.10519162066711432, 0.3471109417008601),
    (65, 100, 0.5525444329688797, 0.7363575175690247, 0.4954946574070431, 0.7783540614089697),
    (9856, 12345, 0.7912101752909069, 0.8053640073614909, 0.7869924108419063, 0.8093061412589626),
    (222, 3215, 0.060791690363636595, 0.07833956681383633, 0.05647101964624248, 0.08418414185270134),
    (999, 3456, 0.27418951080009873, 0.30440389662818057, 0.26583995768074953, 0.3134475449279985),
    (7776456, 7564336677, 0.0010273201001641094, 0.0010287644578977231, 0.0010269040118442213, 0.0010291812992698397),
    (0.445, 1, 0.04381744772058822, 0.9334621279976915, 0.019347006132900975, 0.9702259947019541),
]
# the same source, groups whose counts are added first
WILSON_POOLED = [
    (40, 200, 0.15045200926098115, 0.2608551865653788),
    (130, 200, 0.5816346433604008, 0.7127117587264192),
    (444, 6430, 0.06310799576298091, 0.0755092618317013),
    (1998, 6912, 0.2784949436323704, 0.2998643901720741),
]
# Newcombe 1998, Statistics in Medicine 17:857, and the examples of our domain model 4.3 in per cent
WILSON_ROUNDED = [
    (81, 263, 0.2553, 0.3662, 4),
    (15, 148, 0.0624, 0.1605, 4),
    (0, 20, 0.0000, 0.1611, 4),
    (1, 29, 0.0061, 0.1718, 4),
    (3, 7, 0.158, 0.750, 3),
    (0, 7, 0.000, 0.354, 3),
    (7, 7, 0.646, 1.000, 3),
    (27, 30, 0.744, 0.965, 3),
    (60, 86, 0.594, 0.785, 3),
    (40, 1286, 0.023, 0.042, 3),
    (39, 42, 0.810, 0.975, 3),
]
# the same source; 0 is Garwood 1936, chi2inv(0.975, 2)/2
BYAR = [
    (65, 0.95, 50.163187710459454, 82.84913854593984),
    (1045, 0.95, 982.5932018073325, 1110.33121298565),
    (65, 0.998, 42.8802614714802, 94.00029084431802),
    (1045, 0.998, 947.9407035610374, 1148.806160988033),
    (10, 0.998, 2.916318374695686, 24.193724927880535),
    (1, 0.95, 0.025317807984289897, 5.571643390938898),
    (5, 0.95, 1.62348639011842, 11.668332079322669),
    (20, 0.95, 12.211428834875937, 30.889880369197066),
    (1, 0.998, 0.0010005003335835344, 9.233413476451585),
    (5, 0.998, 0.739371731917839, 16.454745203680105),
    (0, 0.95, 0.0, 3.688879454113936),
]
# Newcombe 1998, Statistics in Medicine 17:873, method 10
DIFFERENCES = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (5, 56, 0, 29, -0.0381, 0.1926),
]

sizes = st.integers(1, 5000)
shares = st.floats(0, 1)


@pytest.mark.parametrize("x,n,low95,high95,low998,high998", WILSON)
def test_wilson_limits_are_those_of_public_health_england(x, n, low95, high95, low998, high998):
    assert wilson_interval(x, n) == pytest.approx((low95, high95), rel=1e-9)
    assert wilson_interval(x, n, 0.998) == pytest.approx((low998, high998), rel=1e-9)


@pytest.mark.parametrize("x,n,low,high", WILSON_POOLED)
def test_wilson_limits_of_pooled_counts_are_those_of_public_health_england(x, n, low, high):
    assert wilson_interval(x, n) == pytest.approx((low, high), rel=1e-9)


@pytest.mark.parametrize("x,n,low,high,places", WILSON_ROUNDED)
def test_wilson_limits_are_those_of_the_textbook(x, n, low, high, places):
    assert wilson_interval(x, n) == pytest.approx((low, high), abs=0.51 * 10**-places)


def test_wilson_keeps_the_ends_exact():
    assert wilson_interval(0, 14)[0] == 0.0
    assert wilson_interval(14, 14)[1] == 1.0


def test_wilson_at_full_confidence_is_everything():
    assert wilson_interval(3, 10, 1) == (0.0, 1.0)


def test_wilson_takes_arrays_and_keeps_what_is_missing():
    low, high = wilson_interval([1, np.nan, 5], [100, 100, np.nan])

    assert low.tolist() == pytest.approx([0.0017674320641406511, math.nan, math.nan], nan_ok=True)
    assert high.tolist() == pytest.approx([0.054486196178705294, math.nan, math.nan], nan_ok=True)


@pytest.mark.parametrize("x,n", [(-1, 10), (0, 0), (1, -5), (11, 10), (1, math.inf), ("a", 10)])
def test_impossible_proportions_are_refused(x, n):
    with pytest.raises(ValueError):  # noqa: PT011  each has its own words
        wilson_interval(x, n)
    with pytest.raises(ValueError):  # noqa: PT011
        newcombe_difference(x, n, 1, 2)


@pytest.mark.parametrize("confidence", [0, -0.5, 1.01, math.nan])
def test_impossible_confidence_is_refused(confidence):
    with pytest.raises(ValueError, match="confidence"):
        wilson_interval(1, 10, confidence)
    with pytest.raises(ValueError, match="confidence"):
        byar_interval(1, confidence)


@given(n=sizes, share=shares)
def test_wilson_limits_are_ordered_and_hold_the_rate(n, share):
    x = share * n

    low, high = wilson_interval(x, n)

    assert 0 <= low <= x / n + 1e-12
    assert x / n - 1e-12 <= high <= 1


@given(n=sizes, share=shares)
def test_wilson_limits_of_those_who_stayed_away_mirror_those_who_came(n, share):
    x = round(share * n)
    low, high = wilson_interval(x, n)

    assert wilson_interval(n - x, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(n=sizes, share=shares)
def test_wilson_limits_are_narrower_for_more_people(n, share):
    few = wilson_interval(share * n, n)
    many = wilson_interval(share * (n + 1), n + 1)

    assert many[1] - many[0] < few[1] - few[0]


def test_a_standard_error_is_never_nothing():
    """All of 62 came: the plain standard error would be 0, as if it could not be otherwise."""
    assert wilson_standard_error(62, 62) == pytest.approx((1 - 0.9416559278986275) / (2 * 1.959963984540054), rel=1e-9)


@pytest.mark.parametrize("x,confidence,low,high", BYAR)
def test_byar_limits_are_those_of_public_health_england(x, confidence, low, high):
    assert byar_interval(x, confidence) == pytest.approx((low, high), rel=1e-9)


def test_attendances_above_the_staff_get_limits_of_a_count():
    """250 attendances of 220 people per 100 000 (testdata_Rate.xlsx)."""
    low, high = byar_interval(250)

    assert low / 220 * 1e5 == pytest.approx(99984.94738532876, rel=1e-9)
    assert high / 220 * 1e5 == pytest.approx(128631.14487455782, rel=1e-9)


def test_byar_keeps_what_is_missing_and_refuses_less_than_nothing():
    assert all(math.isnan(limit) for limit in byar_interval(math.nan))
    assert byar_interval(3, 1) == (0.0, math.inf)
    with pytest.raises(ValueError, match="negative"):
        byar_interval(-1)


@given(x=st.floats(0, 1e6))
def test_byar_limits_hold_the_count_and_rise_with_it(x):
    low, high = byar_interval(x)
    next_low, next_high = byar_interval(x + 1)

    assert low <= x <= high
    assert low < next_low
    assert high < next_high


@pytest.mark.parametrize("x1,n1,x2,n2,low,high", DIFFERENCES)
def test_differences_are_those_of_newcombe(x1, n1, x2, n2, low, high):
    assert newcombe_difference(x1, n1, x2, n2) == pytest.approx((low, high), abs=0.51e-4)


@given(n1=sizes, share1=shares, n2=sizes, share2=shares)
def test_a_difference_taken_the_other_way_round_changes_its_sign(n1, share1, n2, share2):
    x1, x2 = round(share1 * n1), round(share2 * n2)
    low, high = newcombe_difference(x1, n1, x2, n2)

    assert low <= x1 / n1 - x2 / n2 <= high
    assert low >= -1
    assert high <= 1
    assert newcombe_difference(x2, n2, x1, n1) == pytest.approx((-high, -low), abs=1e-12)


def test_a_difference_with_a_missing_side_is_missing():
    assert all(math.isnan(limit) for limit in newcombe_difference(1, 10, math.nan, 10))
    assert newcombe_difference(1, 10, 5, 10, 1) == (-1.0, 1.0)
