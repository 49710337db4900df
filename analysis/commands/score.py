"""The assessment alone: `civility score YEAR` on the tables that are there, with the scheme and the tables of people as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.commands.diff import HISTORY
from analysis.commands.progress import Say
from analysis.commands.report_versions import note_made, older_lines, tables_version
from analysis.commands.run_tables import MARK, RunTables, assess_tables, save_assessment
from analysis.etl.dictionary import load_dictionary
from analysis.etl.store import StoreFault, read_manifest, read_table, write_tables
from analysis.folders import Folders
from analysis.pipeline import reference_inputs
from analysis.present.assessment_words import is_unsettled
from analysis.present.labels import LANGS, Lang
from analysis.present.save_charts import save_charts
from analysis.reference import load_reference


def score_year(folders: Folders, year: int, lang: Lang, say: Say) -> list[str]:
    """Scores the term that ends with the year again; gives the lists, how sure they are, and which reports are older now.

    The other tables stay as they are. Raises StoreFault when `run` has not made them, or the year ends no term.
    """
    manifest = read_manifest(folders.data, year)
    reference = load_reference(folders.data, year)
    names = sorted(manifest["rows"])
    tables: dict[str, pd.DataFrame] = {name: read_table(folders.data, year, name) for name in names}
    if MARK not in tables:
        raise StoreFault(f"{year} 年度尚未运行 civility run;请先运行 | run `civility run {year}` first")
    say("assessment", 0, 1)
    inputs = inputs_now(folders.data, year, manifest["inputs"])
    found = assess_tables(folders.data, year, tables, reference, inputs)
    if found.term is None:
        raise StoreFault(f"{year} 年度不是任何一届的末年,没有考评 | {year} ends no term: there is no assessment")
    tables.update(found.tables)
    written = write_tables(
        tables,
        folders.data / "clean" / str(year),
        inputs={**manifest["inputs"], **inputs, **found.used},
        counts=manifest["counts"],
        dictionary=load_dictionary(folders.data / "reference" / "tables.csv"),
        history=folders.data / HISTORY / str(year),
    )
    say("charts", 0, 1)
    target = folders.reports / str(year)
    made = [path for each in LANGS for path in save_charts(tables, reference, target / "charts", each)]
    made += save_assessment(found, tables, reference, target, lang)
    version = tables_version(written)
    note_made(target, version, made)
    return [*score_lines(year, found), *older_lines(target, version, year)]


def inputs_now(data_dir: Path, year: int, known: Mapping[str, str]) -> dict[str, str]:
    """What the tables stand on, as `run` counts it: the returns of `known`, and the reference data as they are today.

    That is those of the year, and those of other years that `known` names.
    """
    returns = {path: digest for path, digest in known.items() if path.startswith("raw/")}
    of_years = {
        int(path.split("/")[1]) for path in known if path.startswith("reference/") and path.split("/")[1].isdigit()
    }
    today = {path: digest for other in sorted(of_years) for path, digest in reference_inputs(data_dir, other).items()}
    return {
        **returns,
        **{path: digest for path, digest in today.items() if path in known},
        **reference_inputs(data_dir, year),
    }


def score_lines(year: int, found: RunTables) -> list[str]:
    """How many units are on each list, how many are borderline, and how many of those listed have open points.

    Open are points that an answer can change, by the two decimals that are shown.
    """
    cards, listed = found.tables["scorecards"], found.tables["decisions"]
    counts = {str(name): int(number) for name, number in listed["list"].value_counts(sort=False).items()}
    names = {
        "name": "拟命名 name",
        "keep": "拟保留 keep",
        "rectify": "限期整改 rectify",
        "withdraw_or_refuse": "撤销或不予命名 withdraw or refuse",
        "pending": "待核 pending",
    }
    parts = "  ".join(f"{names[name]} {number}" for name, number in counts.items())
    own = cards[cards["unit_code"].isin(listed["unit_code"])]
    unsure, waiting = int(cards["borderline"].sum()), sum(is_unsettled(row) for row in own.to_dict("records"))
    return [f"== {year} ==", parts, f"临界 borderline {unsure}  得分待核 open totals {waiting}"]
