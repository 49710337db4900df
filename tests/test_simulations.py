"""The figures of docs/simulations.csv: all there, as required, and the same when computed again."""

from __future__ import annotations

from math import comb, sqrt

import pytest

from tests.bench_coverage import tasks
from tests.simulations import coverage, funnels, ranks
from tests.simulations.cities import World, group_sizes
from tests.simulations.figures import Shown, read_csv, write_csv

STORED = read_csv()


def required(name, part=""):
    """The figures of a simulation that something is required of."""
    return [figure for figure in STORED if figure.name == name and part in figure.setting and figure.required]


def test_every_figure_is_as_required():
    assert [str(figure) for figure in STORED if not figure.met] == []


@pytest.mark.parametrize(
    "name, part, number, limit",
    [
        ("wilson_95", "n 10 to 500", 1, ">= 0.945"),
        ("newcombe_95", "", len(coverage.PAIRS), ">= 0.945"),
        ("byar_95", "", 3, None),
        *(("funnel_998_equal", f"group of {size},", len(funnels.RATES), "<= 0.002") for size in (9, 12, 19, 80)),
        ("funnel_998_spread", "group of 80,", 3 * len(funnels.RATES), "<= 0.004"),
        ("rank_95", "", len(ranks.WORLDS) * len(ranks.GROUPS), ">= 0.93"),
        ("top_set_95", "", len(ranks.WORLDS) * len(ranks.GROUPS), ">= 0.93"),
        ("shrinkage", "", len(ranks.WORLDS) * len(ranks.GROUPS), "<= 1.0"),
        ("bh_05", "", 8, "<= 0.055"),
    ],
)
def test_what_must_be_shown_is_there_with_its_requirement(name, part, number, limit):
    found = required(name, part)

    assert len(found) == number
    assert limit is None or {figure.required for figure in found} == {limit}


def test_the_excess_of_small_groups_is_stated_before_and_after_the_correction():
    for size in (9, 12, 19):
        figures = [f for f in STORED if f.name == "funnel_998_spread" and f.setting.startswith(f"group of {size},")]
        assert {f.measure for f in figures} == {"false alarms, plain", "false alarms, corrected"}
        assert len(figures) == 2 * 3 * len(funnels.RATES)


def test_what_was_drawn_has_a_standard_error_and_what_was_summed_has_none():
    exact = {"wilson_95", "newcombe_95", "byar_95"}

    assert all((figure.standard_error is None) == (figure.name in exact) for figure in STORED)


def test_the_exact_figures_come_out_the_same_again():
    rates = f"{coverage.RATES.size} rates"
    again = {(f.name, f.setting, f.measure): f.value for f in [*coverage.byar_figures(), *coverage.newcombe_figures()]}
    again |= {
        (f.name, f.setting, f.measure): f.value for f in coverage.wilson_figures((10, 30, 50)) if rates in f.setting
    }
    stored = {(f.name, f.setting, f.measure): f.value for f in STORED}

    common = again.keys() & stored.keys()
    assert len(common) == 6 + 2 * len(coverage.PAIRS) + 3
    assert {key: again[key] for key in common} == pytest.approx({key: stored[key] for key in common}, abs=1e-6)


def test_the_coverage_of_wilson_is_the_plain_sum_over_who_may_take_part():
    """Two rates and 12 people, limits and binomial chances by the school formulas."""
    n, z = 12, 1.959963984540054

    def holds(x, p):
        half = z * sqrt(z * z + 4 * x * (1 - x / n))
        return (2 * x + z * z - half) / (2 * (n + z * z)) <= p <= (2 * x + z * z + half) / (2 * (n + z * z))

    for place in (799, 2099):
        p = coverage.RATES[place]
        expected = sum(comb(n, x) * p**x * (1 - p) ** (n - x) for x in range(n + 1) if holds(x, p))
        assert coverage.wilson_coverage(n)[place] == pytest.approx(expected, abs=1e-12)


def test_the_groups_that_are_simulated_are_those_of_the_register():
    sizes = {group: n.size for group, n in group_sizes().items()}

    assert {group: sizes[group] for group in funnels.SHOWN_GROUPS} == funnels.SHOWN_GROUPS
    assert sum(sizes[group] for group in funnels.SIX) == sizes["city"] == 80


def test_a_simulation_gives_the_same_again_from_the_same_seed_and_another_from_another():
    world = World(0.65, "beta", 0.1)
    first, again, other = (list(funnels.funnel_figures(world, 3, seed)) for seed in (1, 1, 2))

    assert first == again
    assert first != other


def test_simulations_are_all_of_different_settings():
    places = [(figure.name, figure.setting, figure.measure) for figure in STORED]

    assert len(set(places)) == len(places)
    assert len(tasks()) > len(funnels.WORLDS)


@pytest.mark.parametrize("value, rule, met", [(0.94, ">= 0.945", False), (0.004, "<= 0.004", True), (1.0, "", True)])
def test_a_figure_that_is_not_as_required_is_seen(value, rule, met):
    assert Shown("a", "b", "c", value, None, rule).met is met


def test_figures_are_read_as_they_were_written(tmp_path):
    figures = [Shown("a", "b, c", "d", 0.123456, 0.001, ">= 0.1"), Shown("e", "f", "g", 0.5)]
    write_csv(figures, tmp_path / "s.csv")

    assert read_csv(tmp_path / "s.csv") == figures
