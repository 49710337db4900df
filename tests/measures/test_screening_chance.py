"""The tests of chance behind the screening list: by hand, by counting all cases, and on honest figures made at random."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.measures.screening_chance import (
    even_months_probability,
    even_offices_probability,
    false_discovery,
    heaping_probability,
)

UNITS, CITIES = 40, 10
LIMIT = 0.05


def test_the_chance_of_round_last_digits_is_the_upper_tail_of_the_binomial():
    """Two of three round: 3 x 0.2 x 0.2 x 0.8 + 0.2^3 = 0.104; all of eight: 0.2^8."""
    assert heaping_probability([20, 35, 41]) == pytest.approx(0.104)
    assert heaping_probability([10, 15, 20, 25, 30, 35, 40, 45]) == pytest.approx(0.2**8)


def test_no_numbers_or_no_round_ones_are_as_likely_as_can_be():
    assert heaping_probability([]) == 1.0
    assert heaping_probability([11, 12, 13]) == pytest.approx(1.0)


def test_the_false_discovery_rate_is_that_of_benjamini_and_hochberg():
    """p(i) m / i, made monotone from the largest: 0.01 x 3 / 1, 0.02 x 3 / 2 = 0.03, 0.5."""
    found = false_discovery({"b": 0.02, "c": 0.5, "a": 0.01})

    assert found == pytest.approx({"a": 0.03, "b": 0.03, "c": 0.5})


def test_nothing_tested_gives_nothing():
    assert false_discovery({}) == {}


def test_evenness_over_offices_is_the_share_of_cases_as_even():
    """Two offices of two people, two take part: of the 6 choices 4 take one from each office."""
    probability, spread, expected = even_offices_probability([2, 2], [[1, 1]])

    assert (spread, expected) == (0.0, 1.0)
    assert probability == pytest.approx(4 / 6, abs=0.02)


def test_the_expected_spread_is_the_mean_over_all_choices():
    """The same six choices: (1,1) has spread 0 four times, (2,0) and (0,2) have 3; mean 6 / 6 = 1 = offices - 1."""
    spreads = [even_offices_probability([2, 2], [line])[1] for line in ([1, 1], [2, 0], [0, 2])]

    assert spreads == pytest.approx([0.0, 3.0, 3.0])
    assert (4 * spreads[0] + spreads[1] + spreads[2]) / 6 == pytest.approx(1.0)


def test_a_category_with_nobody_or_everybody_says_nothing_about_evenness():
    assert even_offices_probability([5, 7, 9], [[0, 0, 0], [5, 7, 9]]) == (1.0, 0.0, 0.0)


def test_the_same_attendances_in_every_month_are_unusual():
    assert even_months_probability([40] * 12) == pytest.approx(1e-4)


def test_attendances_in_one_month_only_are_not_even():
    assert even_months_probability([0] * 11 + [480]) == 1.0
    assert even_months_probability([0] * 12) == 1.0


def honest_city(generator):
    """One probability per unit and test, of figures in which nothing but chance is at work."""
    heaping, months, offices = {}, {}, {}
    for unit in range(UNITS):
        people = generator.integers(12, 400)
        numbers = {int(n) for n in generator.binomial(people, generator.uniform(0.1, 0.9, 40)) if n >= 10}
        heaping[unit] = heaping_probability(sorted(numbers)) if len(numbers) >= 8 else 1.0
        months[unit] = even_months_probability(generator.multinomial(generator.integers(60, 900), [1 / 12] * 12))
        staff = generator.integers(3, 30, generator.integers(3, 12))
        counts = [
            list(generator.multivariate_hypergeometric(staff, generator.integers(1, staff.sum()))) for _ in range(6)
        ]
        offices[unit] = even_offices_probability(list(staff), counts)[0]
    return heaping, months, offices


@pytest.fixture(scope="module")
def honest():
    generator = np.random.default_rng(20250101)
    return [honest_city(generator) for _ in range(CITIES)]


@pytest.mark.parametrize("test", [0, 1, 2], ids=["last digits", "months", "offices"])
def test_fewer_than_one_in_twenty_honest_units_are_listed(honest, test):
    """Alone each probability is below 5 % for about 5 % of the units at most (three standard errors of room)."""
    alone = [p for city in honest for p in city[test].values()]
    listed = [q for city in honest for q in false_discovery(city[test]).values()]
    room = 3 * (LIMIT * (1 - LIMIT) / len(alone)) ** 0.5

    assert np.mean([p <= LIMIT for p in alone]) <= LIMIT + room
    assert np.mean([q <= LIMIT for q in listed]) < LIMIT


def test_the_simulation_is_the_same_on_every_run():
    assert even_months_probability([20, 21] * 6) == even_months_probability([20, 21] * 6)
