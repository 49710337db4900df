"""The small tables of the pages on change, continuity, one unit and one rate by hand, and their sentences."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.measures.disclosure import COLUMNS as HIDDEN_COLUMNS
from analysis.measures.disclosure import hidden_figures
from analysis.measures.intervals import wilson_interval
from analysis.present.answers import answer
from analysis.present.answers_year import change_state
from analysis.present.context import make_context
from analysis.present.unit_profile import cells_by_form, in_own_units, profile, questions
from analysis.present.worked_rate import worked_rate
from analysis.present.year_tables import (
    change_parts,
    change_reversed,
    march_by_group,
    rates_by_status,
    reasons_not_ranked,
    second_denominators,
    units_by_months,
    units_placed,
)
from tests.present.hand_changes import PARTS, city, with_city
from tests.present.made_up import made_up_tables, rate_row, sample_reference

REFERENCE = sample_reference()
FIRST, SECOND = (unit.code for unit in REFERENCE.units[:2])
NOTHING_HIDDEN = pd.DataFrame(columns=list(HIDDEN_COLUMNS))


def test_every_unit_stands_once_under_each_figure():
    table = rates_by_status(made_up_tables(), REFERENCE)

    row = table[table["indicator"] == "I02"].iloc[0]
    assert row.drop(["indicator", "category"]).sum() == 80
    assert row["not_submitted"] == 2


def test_the_parts_stand_beside_the_difference_and_add_up_to_it():
    groups = pd.DataFrame([city("I02", 0.80, 0.83, (0.02, 0.005, 0.01, 0.0, -0.005))])
    given = {"group_change": groups, "hidden": NOTHING_HIDDEN, "hidden_before": NOTHING_HIDDEN}
    row = change_parts(given, REFERENCE).iloc[0]
    assert row["difference"] == pytest.approx(0.03)
    assert row[list(PARTS)].sum() == pytest.approx(row["difference"])


def test_a_reversal_is_always_listed_and_a_wrong_sign_only_where_it_is_worth_a_word():
    groups = pd.DataFrame(
        [
            city("I02", 0.8, 0.8, (0,) * 5, panel=(0.80, 0.795), within=0.004, reversal=True, signs_differ=True),
            city("I06", 0.8, 0.8, (0,) * 5, panel=(0.70, 0.73), within=-0.01, signs_differ=True),
            city("I07", 0.8, 0.8, (0,) * 5, panel=(0.70, 0.7004), within=-0.0003, signs_differ=True),
        ]
    )

    table = change_reversed(
        {"group_change": groups, "hidden": NOTHING_HIDDEN, "hidden_before": NOTHING_HIDDEN}, REFERENCE
    )
    assert table[["indicator", "scale"]].to_numpy().tolist() == [["I02", "all_groups"], ["I06", "on_balance"]]


def test_the_answer_names_the_figures_whose_groups_contradict_the_city():
    tables = dict(made_up_tables())
    row = city("I02", 0.80, 0.83, (0.03, 0, 0, 0, 0), panel=(0.8, 0.83), within=-0.02, reversal=True)
    tables["group_change"] = with_city(tables, row)
    context = make_context(tables["units"], REFERENCE)

    said = answer("change", tables, context)
    assert "1项与同类组的变化方向相反\uff0c只能看分组\uff1a总体参与率" in repr(said)
    tables["group_change"] = tables["group_change"].assign(**{"class": "no_clear_change"})
    assert "但全市的变化在波动范围内\uff0c不作升降解读\uff1a总体参与率" in repr(answer("change", tables, context))
    assert "差+3.0个百分点" in repr(said)
    assert "当年公布数" not in repr(said)


def test_a_published_number_stands_beside_the_corrected_one():
    """80.0% was published last year; 80.5% is what the data give after a unit's correction."""
    tables = dict(made_up_tables())
    row = city("I02", 0.800, 0.83, (0.025, 0, 0, 0, 0.005)) | {"rate_before_now": 0.8049}
    tables["group_change"] = with_city(tables, row)
    context = make_context(tables["units"], REFERENCE)

    told = "上年公布数80.0%\uff0c更正后80.5%\uff0c本年83.0%\uff0c比更正后的数差+2.5个百分点"
    assert told in repr(answer("change", tables, context))


def test_the_difference_that_the_chart_draws_stands_before_that_of_all_units():
    """The slide told 84.2 and 83.7 last, after two other pairs of numbers of the same two years."""
    tables = dict(made_up_tables())
    row = city("I02", 0.800, 0.83, (0.025, 0, 0, 0, 0.005)) | {"rate_before_now": 0.8049}
    tables["group_change"] = with_city(tables, row)
    first, second = change_state(tables, make_context(tables["units"], REFERENCE))

    assert first == "两年可比的77家\uff1a上年84.2%\uff0c本年83.7%\uff0c基本持平\uff08差−0.5个百分点\uff09"
    assert second.startswith("全部计入的单位\uff1a")


def hidden_unit(code):
    row = {"level": "unit", "unit_code": code, "peer_group": "PG1", "indicator": "I02", "category": ""}
    return pd.DataFrame([{**row, "part": "numerator", "reason": "nearly_all", "low": 0.0, "high": 1.0}])


def test_a_hidden_number_of_this_or_last_year_shows_neither_its_rate_nor_the_difference():
    change = made_up_tables()["change"].assign(peer_group="PG1")
    tables = {**made_up_tables(), "change": change, "hidden": hidden_unit(SECOND), "hidden_before": hidden_unit(FIRST)}

    first, second = (profile(tables, code, REFERENCE).query("indicator == 'I02'").iloc[0] for code in (FIRST, SECOND))
    assert first[["rate_before", "difference"]].isna().all()
    assert pd.notna(first["rate"])
    assert second[["rate", "rate_before", "difference", "numerator"]].isna().all()


def test_placed_units_are_those_classed_and_not_hidden():
    tables = made_up_tables()
    classed = tables["comparison"].query("indicator == 'I06' and `class` != 'not_ranked'")["unit_code"]
    hidden = tables["hidden"].query("indicator == 'I06' and level == 'unit'")["unit_code"]

    table = units_placed(tables, REFERENCE)
    assert len(table) == len(set(classed) - set(hidden))
    ranked = table.dropna(subset=["rank_low"])
    assert len(ranked)
    assert (ranked["rank_low"] <= ranked["rank_high"]).all()


def test_reasons_and_classes_are_all_units():
    own = made_up_tables()["comparison"].query("indicator == 'I06'")

    assert reasons_not_ranked(made_up_tables(), REFERENCE)["units"].sum() == (own["class"] == "not_ranked").sum()


def continuity(*units):
    """Rates of I08 and I09 of the first units: months, March, all."""
    rows = []
    for unit, (months, march, whole) in zip(REFERENCE.units, units, strict=False):
        rows.append({**rate_row(unit.code, "I08", months, 12), "rate": months / 12})
        rows.append({**rate_row(unit.code, "I09", march, whole), "rate": march / whole if whole >= 10 else None})
    return {"rates": pd.DataFrame(rows), "units": made_up_tables()["units"]}


def test_months_are_counted_and_the_march_share_is_pooled_over_person_times():
    """30 of 100, 0 of 20 and 4 of 16: 34/136 pooled, 0.25 the middle of 0, 0.25 and 0.3."""
    table = march_by_group(continuity((5, 30, 100), (9, 0, 20), (7, 4, 16)), REFERENCE).set_index("peer_group")

    assert table.loc["", ["n_counted", "median_months"]].tolist() == [3, 7]
    assert table.loc["", ["pooled_march", "median_march"]].tolist() == pytest.approx([0.25, 0.25])


def test_two_units_have_no_median_of_months_or_of_march():
    table = march_by_group(continuity((5, 30, 100), (9, 0, 20)), REFERENCE).set_index("peer_group")

    assert table.loc["", ["median_months", "median_march"]].isna().all()
    assert table.loc["", "pooled_march"] == 0.25
    months = units_by_months(continuity((5, 30, 100), (9, 0, 20), (9, 1, 20)), REFERENCE)
    assert months.to_numpy().tolist() == [[5, 1], [9, 2]]


def test_participants_by_other_people_are_added_up_over_the_units_that_have_both():
    """30 + 10 participants by 20 + 5 women: 1.6, which is no share; a queried unit counts in neither."""
    rows = [(30.0, 20.0, "ok"), (10.0, 5.0, "small"), (9.0, 9.0, "queried")]
    second = pd.DataFrame(
        [
            {"indicator": "I01", "category": "spring_bud", "denominator_key": "women", "numerator": x, "denominator": n, "status": status}
            for x, n, status in rows
        ]
    )  # fmt: skip

    table = second_denominators({"second_rates": second, "hidden": NOTHING_HIDDEN}, REFERENCE)
    assert table[["per_person", "n_counted"]].to_numpy().tolist() == [[1.6, 2]]


def test_the_profile_shows_peers_and_last_year_and_hides_what_must_not_leave():
    tables = {**made_up_tables(), "hidden": hidden_unit(FIRST), "hidden_before": NOTHING_HIDDEN}
    row = profile(tables, FIRST, REFERENCE).query("indicator == 'I02'").iloc[0]
    other = profile(tables, SECOND, REFERENCE).query("indicator == 'I02'").iloc[0]

    assert pd.isna(row["numerator"])
    assert pd.isna(row["rate"])
    assert other["rate"] == tables["rates"].query("unit_code == @SECOND and indicator == 'I02'")["rate"].item()


def test_the_median_of_the_peers_is_that_of_the_whole_group():
    """The middle of 10, 50 and 80 %, the unit's own 10 % among them."""
    units = made_up_tables()["units"].head(3)
    rates = pd.DataFrame(
        [rate_row(code, "I02", x, 200) for code, x in zip(units["unit_code"], (20, 100, 160), strict=True)]
    )
    tables = {
        **made_up_tables(),
        "rates": rates,
        "units": units,
        "hidden": NOTHING_HIDDEN,
        "hidden_before": NOTHING_HIDDEN,
    }

    assert profile(tables, FIRST, REFERENCE)["peer_median"].tolist() == [0.5]


def test_a_profile_of_a_unit_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        profile(made_up_tables(), "LJ-X99", REFERENCE)


def test_indices_and_figures_per_head_are_not_written_as_percentages():
    table = pd.DataFrame({"indicator": ["I02", "I08"], "rate": [0.5, 0.5], "peer_median": [0.4, 0.75], "rate_before": [None, 0.25], "difference": [None, 0.25]})  # fmt: skip
    texts = in_own_units(table.astype({"rate_before": "float64", "difference": "float64"}), make_words())

    assert texts["rate"].tolist() == ["50.0%", "0.50"]
    assert texts["difference"].tolist()[1] == "+0.25"
    assert pd.isna(texts["rate_before"].tolist()[0])


def make_words():
    return make_context(made_up_tables()["units"], REFERENCE).words


def test_cells_are_counted_by_form_and_questions_shown_without_what_was_written():
    facts = pd.DataFrame(
        [("U", "F1", "a", "s", "A1", "reported"), ("U", "F1", "a", "s", "A1", "queried"), ("U", "F3", "a", "s", "B1", "reported")],
        columns=["unit_code", "form", "file", "sheet", "cell", "status"],
    )  # fmt: skip
    queries = pd.DataFrame(
        [("U", "F1", "s", "A1", "M46", "ASK", "open", "140"), ("U", "F1", "s", "A2", "M36", "FIX", "closed", "42人")],
        columns=["unit_code", "form", "sheet", "cell", "rule", "treatment", "state", "raw"],
    )
    tables = {"facts": facts, "queries": queries}

    assert cells_by_form(tables, "U").to_numpy().tolist() == [["F1", 1, 1, 1], ["F3", 1, 0, 0]]
    assert "raw" not in questions(tables, "U")
    assert questions(tables, "U")["cell"].tolist() == ["A1"]


def returned(unit, lines, heads):
    """Facts of the lines of volunteers, and of the headcount."""
    place = {"unit_code": unit, "file": f"{unit}.xlsx", "raw": "", "status": "reported"}
    rows = [
        {**place, "form": "F3", "sheet": "3", "row": row, "item": "lei_feng_volunteer", "measure": "persons", "cell": f"B{row}", "value": value}
        for row, value in enumerate(lines, start=1)
    ]  # fmt: skip
    base = {
        **place,
        "form": "F1",
        "sheet": "1",
        "row": 0,
        "item": "",
        "measure": "hc_end",
        "cell": "D6",
        "value": heads,
    }
    return pd.DataFrame([*rows, base])


def test_the_example_is_the_shortest_of_which_every_cell_may_be_shown():
    """Of the first unit one line has three people, which must not be told; the third has more lines than the second."""
    third = REFERENCE.units[2].code
    lines = {FIRST: [20, 3], SECOND: [20, 10, 15], third: [10, 10, 10, 15]}
    facts = pd.concat([returned(code, own, 60.0) for code, own in lines.items()], ignore_index=True)
    rates = pd.DataFrame([rate_row(code, "I06", sum(own), 60) for code, own in lines.items()])

    found = worked_rate({"facts": facts, "rates": rates, "hidden": NOTHING_HIDDEN}, REFERENCE)
    assert (found.unit_code, found.numerator["value"].sum(), found.denominator["value"].tolist()) == (SECOND, 45, [60])
    assert (found.rate["ci_low"], found.rate["ci_high"]) == pytest.approx(wilson_interval(45, 60))


def test_a_year_without_an_example_shows_none_of_its_cells_but_made_up_ones():
    found = worked_rate({"facts": returned(FIRST, [3, 2], 60.0), "rates": pd.DataFrame([rate_row(FIRST, "I06", 5, 60)]), "hidden": NOTHING_HIDDEN}, REFERENCE)  # fmt: skip
    assert (found.unit_code, set(found.cells["file"])) == ("", {""})


@pytest.mark.parametrize("name", ["change", "continuity", "profile"])
def test_every_answer_of_the_year_speaks_in_both_languages(name):
    tables = {**made_up_tables(), "queries": made_up_tables()["queries"].assign(sheet="1")}
    facts = tables["facts"].assign(file="a")
    continuity_rows = continuity(*[(8, 30, 100)] * 80)["rates"]
    parts = tables["group_change"].assign(rate_before=None, rate=None, difference=None, within_change=None, signs_differ=False, **dict.fromkeys(PARTS))  # fmt: skip
    made = {**tables, "facts": facts, "rates": pd.concat([tables["rates"], continuity_rows]), "group_change": parts}

    said = answer(name, made, make_context(tables["units"], REFERENCE), FIRST)
    assert len(said.zh) == len(said.en) > 1
    assert "{" not in repr(said)


def test_hidden_figures_of_the_made_up_year_are_some():
    """Else the tests above would prove nothing."""
    assert len(hidden_figures(made_up_tables()["rates"], made_up_tables()["units"], REFERENCE))
