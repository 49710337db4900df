"""What is kept of an assessment, as small tables: states of the titles, both readings of pairing, the minutes, the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from analysis.measures.pairing_readings import READINGS
from analysis.measures.proposal import calendar_of
from analysis.present.assessment_words import points_range
from analysis.present.labels import Lang, Words
from analysis.reference import Reference
from analysis.reference.assessment_steps import load_steps
from analysis.reference.holidays import load_holidays

Tables = Mapping[str, pd.DataFrame]
OPEN_STATE = "open"


def title_states(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per path of a title through the assessment: state before, state that the proposal stands for, units.

    A unit whose class is open has no state after yet: it stands as open.
    """
    rows = tables["decisions"]
    rows = rows.assign(state_after=rows["state_after"].where(rows["class_proposed"].notna(), OPEN_STATE))
    grouped = rows.groupby(["state_before", "state_after"], sort=False).size()
    return grouped.rename("n_units").reset_index()


def readings(tables: Tables, _: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per reading of the pairing rule: units that meet it, that do not, that are open, and classes it changes."""
    rows = tables["pairing_readings"]
    both, either = (rows.loc[rows["pairing_rule"] == rule, "class_proposed"].fillna("") for rule in READINGS)
    changed = int((both.to_numpy() != either.to_numpy()).sum())
    grouped = rows.assign(meets=rows["met"].eq(1), not_met=rows["met"].eq(0), is_open=rows["met"].isna()).groupby(
        "pairing_rule", sort=False
    )
    table = grouped[["meets", "not_met", "is_open"]].sum().astype("int64").reset_index()
    table = table.rename(columns={"meets": "n_met", "not_met": "n_not_met", "is_open": "n_open"})
    return table.assign(median_total=grouped["total"].median().to_numpy(), n_class_changed=changed)


def readings_apart(tables: Tables, reference: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per unit whose points differ between the readings: totals and classes under each."""
    words = Words(reference, lang)
    names = {unit.code: unit.short_name for unit in reference.units}
    rows = tables["pairing_readings"]
    both, either = (rows[rows["pairing_rule"] == rule].set_index("unit_code") for rule in READINGS)
    apart = both["total_low"].ne(either["total_low"]) | both["total_high"].ne(either["total_high"])
    table = pd.DataFrame({"short_name": both.index.map(names)}, index=both.index)
    for rule, own in zip(READINGS, (both, either), strict=True):
        table[f"total_{rule}"] = [points_range(row, words) for row in own.to_dict("records")]
        table[f"class_{rule}"] = [
            words.say(f"class.{code}") if isinstance(code, str) else words.say("card.open")
            for code in own["class_proposed"]
        ]
    return table[apart].reset_index(drop=True)


def minutes(tables: Tables, reference: Reference, lang: Lang = "zh") -> pd.DataFrame:
    """One row per unit that the meeting decided on, departures from the proposal first: decision, reason, document."""
    names = {unit.code: unit.short_name for unit in reference.units}
    words = Words(reference, lang)
    rows = tables["decisions"]
    own = rows[rows["decided"].notna()]
    own = own.assign(departs=own["departs"].astype("bool")).sort_values("departs", ascending=False, kind="stable")
    proposed = [
        words.say(f"class.{code}") if isinstance(code, str) else words.say("card.open")
        for code in own["class_proposed"]
    ]
    table = own.assign(
        short_name=own["unit_code"].map(names),
        proposed=proposed,
        decided=[words.say(f"class.{code}") for code in own["decided"]],
        departs=own["departs"].map({True: "yes", False: "no"}),
    )
    columns = ["short_name", "proposed", "decided", "departs", "decided_reason", "members_left", "decided_on"]
    return table[[*columns, "minutes_document"]].reset_index(drop=True)


def calendar_table(tables: Tables, data_dir: Path, reference: Reference, lang: Lang) -> pd.DataFrame:
    """One row per step of the assessment of the year: its first and last day, and whether they are only a forecast.

    No rows for a year that ends no term.
    """
    words = Words(reference, lang)
    found = calendar_of(reference.year, load_steps(data_dir), load_holidays(data_dir))
    days = () if tables["scorecards"].empty else found
    rows = [
        (words.pick(day), day.first.isoformat(), day.last.isoformat(), "yes" if day.is_forecast else "no")
        for day in days
    ]
    return pd.DataFrame(rows, columns=["step", "first_day", "last_day", "forecast"])


RECORD_TABLES: Mapping[str, Callable[[Tables, Reference, Lang], pd.DataFrame]] = MappingProxyType(
    {
        "title_states": title_states,
        "pairing_readings": readings,
        "readings_apart": readings_apart,
        "minutes": minutes,
    }
)
