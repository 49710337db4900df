"""The reader who tries to rebuild what is hidden: finds what is planted, and nothing in what we publish."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from analysis.commands.hidden_tables import with_panels
from analysis.measures.comparison import comparison
from analysis.measures.disclosure import hidden_figures
from analysis.notebook import CleanTables
from analysis.present.answers import answer
from analysis.present.context import make_context
from analysis.present.public_tables import public_city_figures
from analysis.present.save_charts import CHARTS, csv_bytes, figure_bytes
from analysis.present.site_figures import figure_pages
from analysis.present.suppressed import suppressed_log
from analysis.reference import load_reference
from tests.attacker import attack, attack_tables, count_hidden, dispersion
from tests.present.made_up import made_up_panels, made_up_tables, sample_reference
from tests.published_counts import wilson
from tests.published_notebooks import read_reports
from tests.published_tables import ROOT, Published

NAMES = {"A": "A", "B": "B", "C": "C", "D": "D"}
YEARS = (2024, 2025)
HAVE_REPORTS = all((ROOT / "reports" / str(year) / "notebooks").is_dir() for year in YEARS)
HAVE_TABLES = all((ROOT / "data" / "clean" / str(year) / "hidden.parquet").is_file() for year in YEARS)


def unit(name, x, n=40, told="", **more):
    return {"单位代码": name, "同类组": "甲", "分子": str(x), "分母": str(n), "不列的数字": told, **more}


def table(*rows, name="C5_volunteers.csv", year=2025):
    return Published(year, name, ("活跃志愿者率", ""), list(rows))


def found(*tables):
    return {(one.unit, one.low, one.high, one.how) for one in attack_tables(tables, NAMES)}


SHOWN = [unit("B", 20), unit("C", 25), unit("D", 30)]
CITY = {"指标": "活跃志愿者率", "分子": "78", "分母": "160", "计入单位数": "4"}


def test_a_single_hidden_count_beside_a_total_is_found():
    """78 - 20 - 25 - 30 = 3."""
    assert found(table(unit("A", "", told="<5人"), *SHOWN), table(CITY)) == {("A", 3, 3, "sums")}


def test_a_second_hidden_count_with_room_keeps_it():
    rows = [unit("A", "", told="<5人"), unit("B", "", told="19—22人"), *SHOWN[1:]]

    assert found(table(*rows), table(CITY)) == set()


def test_a_second_hidden_count_without_room_does_not():
    """A is 1 to 4 and B 1 to 4, together 3: neither can be 3 or more."""
    rows = [unit("A", "", told="<5人"), unit("B", "", told="<5人"), *SHOWN[1:]]

    assert found(table(*rows), table({**CITY, "分子": "58"})) == {("A", 1, 2, "sums"), ("B", 1, 2, "sums")}


def test_a_rate_or_its_limits_tell_the_count():
    low, high = wilson(3, 40)

    assert found(table(unit("A", "", told="<5人", 比率="7.5%"), *SHOWN)) == {("A", 3, 3, "sums")}
    limits = {"95%区间下限": str(low), "95%区间上限": str(high)}
    assert found(table(unit("A", "", told="<5人", **limits), *SHOWN)) == {("A", 3, 3, "sums")}


def test_a_pooled_rate_of_the_peers_tells_their_total():
    rows = [unit("A", "", told="<5人"), *SHOWN]

    assert found(table(*({**row, "同类合并率": str(78 / 160)} for row in rows))) == {("A", 3, 3, "sums")}


def test_a_median_tells_the_count_in_the_middle():
    """Of the shares 3/40, 20/40 and x/40 the middle one is x/40, whatever x is within 36 to 39... but the median is 20/40."""
    rows = [unit("A", 3 + 2), unit("B", 20), unit("C", "", told="10—30人")]
    shown = [{**row, "同类中位数": str(17 / 40)} for row in rows]

    assert ("C", 17, 17, "median") in found(table(*shown, name="C2_participation.csv"))


def test_the_dispersion_of_a_group_tells_the_count():
    phi = dispersion(pd.Series([3.0, 20, 25, 30]).to_numpy(), pd.Series([40.0] * 4).to_numpy())
    rows = [unit("A", "", told="<5人"), *SHOWN]

    assert ("A", 3, 3, "dispersion") in found(table(*({**row, "离散系数": repr(phi)} for row in rows)))


def test_last_year_may_lose_one_value_but_not_two():
    """Published already, so nothing more can be hidden of it: three values are enough."""
    before = [table(unit("A", "", told="<5人"), unit("B", "", told="<5人"), *SHOWN[1:], year=2024)]
    this_year = table(unit("A", 10), year=2025)

    def with_total(total):
        return found(*before, table({**CITY, "分子": str(total)}, year=2024), this_year)

    assert with_total(59) == set()  # 4 together: 1 to 3 each
    assert with_total(58) == {("A", 1, 2, "sums"), ("B", 1, 2, "sums")}


def write_public(folder: Path, tables, reference) -> None:
    """The tables that an attacker reads, as the run writes them."""
    charts = folder / str(reference.year) / "charts"
    charts.mkdir(parents=True)
    context = make_context(tables["units"], reference)
    for code in ("C2", "C3", "C5", "C6"):
        content = csv_bytes(CHARTS[code].table(tables, reference), context)
        (charts / f"{CHARTS[code].file}.csv").write_bytes(content)
    (charts / "city_figures.csv").write_bytes(csv_bytes(public_city_figures(tables, reference), context))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_found_in_what_is_shown_of_made_up_cities_and_something_without_protection(tmp_path, seed):
    reference, tables = sample_reference(), dict(made_up_tables(0, seed))
    panels = made_up_panels(tables["rates"], tables["units"])
    write_public(tmp_path / "safe", tables, reference)
    bare = hidden_figures(tables["rates"], tables["units"], reference, panels=panels, switched_off=True)
    write_public(tmp_path / "bare", {**tables, "hidden": bare}, reference)

    assert attack(tmp_path / "safe", [reference.year]) == []
    assert attack(tmp_path / "bare", [reference.year]) != []


def everything_shown(tables, reference) -> list[object]:
    """Tables, pictures, titles, answers, pages of figures and the log of what is hidden."""
    context = make_context(tables["units"], reference)
    shown: list[object] = []
    for code in ("C2", "C3", "C4", "C5", "C6"):
        chart = CHARTS[code]
        own = chart.table(tables, reference)
        shown += [csv_bytes(own, context), chart.finding(own, context), figure_bytes(chart.draw(own, context), "svg")]
    shown.append(csv_bytes(public_city_figures(tables, reference), context))
    shown += [str(page.body) for page in figure_pages(tables, context.words).values()]
    shown.append(suppressed_log(tables, reference).to_csv())
    return [*shown, *(repr(answer(name, tables, context)) for name in ("participation", "comparison"))]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_shown_changes_when_hidden_counts_change_within_what_is_told(seed):
    """One person more in one hidden unit and one fewer in another of the same sums: nobody outside can see it."""
    reference, tables = sample_reference(), dict(made_up_tables(0, seed))
    apart = {unit.code for unit in reference.units if unit.lead_of} | {
        line.unit_code for line in reference.not_compared
    }
    changed = swapped(tables["rates"], tables["hidden"][~tables["hidden"]["unit_code"].isin(apart)])
    other = {**tables, "rates": changed, "comparison": comparison(changed, tables["units"], reference)}
    panels = made_up_panels(changed, tables["units"])
    other["hidden"] = hidden_figures(changed, tables["units"], reference, panels=panels)

    pd.testing.assert_frame_equal(other["hidden"], tables["hidden"])
    assert not changed["numerator"].equals(tables["rates"]["numerator"])
    assert everything_shown(other, reference) == everything_shown(tables, reference)


def swapped(rates: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """The rates with one person moved between two hidden units of the same group, of each figure that has such a pair."""
    own = hidden[(hidden["level"] == "unit") & (hidden["part"] == "numerator") & (hidden["high"] < math.inf)]
    result = rates.copy()
    places = {(row["unit_code"], row["indicator"], row["category"]): place for place, row in rates.iterrows()}
    for (indicator, category, _), cells in own.groupby(["indicator", "category", "peer_group"]):
        if indicator not in ("I02", "I06"):
            continue
        rows = [
            (places[row["unit_code"], indicator, category], row["low"], row["high"]) for row in cells.to_dict("records")
        ]
        more = next((place for place, _, high in rows if rates.loc[place, "numerator"] + 1 <= high), None)
        fewer = next((p for p, low, _ in rows if p != more and rates.loc[p, "numerator"] - 1 >= low), None)
        if more is None or fewer is None:
            continue
        for place, step in ((more, 1), (fewer, -1)):
            result.loc[place, "numerator"] += step
            if not math.isnan(result.loc[place, "rate"]):
                result.loc[place, "rate"] = result.loc[place, "numerator"] / result.loc[place, "denominator"]
    return result


@pytest.mark.skipif(not HAVE_REPORTS, reason="no reports of the sample; make report")
def test_nothing_hidden_can_be_rebuilt_from_the_reports_of_the_sample():
    assert count_hidden(ROOT / "reports", YEARS) > 50
    assert attack(ROOT / "reports", YEARS) == []


@pytest.mark.skipif(not HAVE_REPORTS, reason="no reports of the sample; make report")
def test_no_unit_stands_in_the_reports_with_its_blood_donors():
    for year in YEARS:
        for one in read_reports(ROOT / "reports" / str(year), year):
            for row in one.rows:
                if (
                    "献血" in "".join((row.get("指标", ""), row.get("活动类别", "")))
                    and row.get("单位简称", "—") != "—"
                ):
                    assert row.get("分子", "—") in ("", "—")


@pytest.mark.skipif(not HAVE_TABLES, reason="no tables of the sample; make report")
def test_without_protection_counts_of_the_sample_are_rebuilt(tmp_path):
    earlier: dict[str, pd.DataFrame] = {}
    for year in YEARS:
        reference = load_reference(ROOT / "data", year)
        clean = CleanTables(ROOT / "data", year)
        names = ("rates", "units", "submissions", "comparison", "change", "group_change")
        tables = {name: clean[name] for name in names}
        hidden = with_panels(tables, earlier, reference, reference)
        bare = hidden_figures(tables["rates"], tables["units"], reference, switched_off=True)
        write_public(tmp_path, {**tables, **hidden, "hidden": bare}, reference)

    rebuilt = {(one.year, one.figure[0], one.unit) for one in attack(tmp_path, YEARS)}

    planted = {(2025, "活跃志愿者率", "LJ-G23"), (2025, "活跃志愿者率", "LJ-V09"), (2024, "活跃志愿者率", "LJ-T05")}
    assert planted <= rebuilt
