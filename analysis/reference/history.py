"""What stands between two years: published figures, definitions that changed, bridges over such a change.

Three small files, each of which may be missing:

* `<year>/published.csv`: the figures of the year as they were published. `indicator`, `category` (empty for an
  indicator without one), `peer_group` (PG1 ..., empty for the city), `rate` (a fraction: 0.784 for 78.4 %),
  `published_on`, `source`.
* `definition_breaks.csv`: what makes an indicator count something else, see `DefinitionChange`. `setting` or
  `first_year`, `indicator`, `category` (empty: all of them), `what_zh`, `what_en`.
* `<year>/bridges.csv`: for such a change, what the year before had come to under the definition of this year.
  `unit` (a unit of the year before), `indicator`, `category`, `numerator`, `denominator`, `source`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.reference.rows import Fault, Row, fault_at
from analysis.reference.sources import Sources

FigureKey = tuple[str, str, str]
PERCENT_FROM = 1.5  # a share of people above it was typed in per cent


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """An indicator that counts something else than before: a line of `definition_breaks.csv`.

    Either from the returns of `first_year` on, or (`setting` given, an entry of `year.toml` or `thresholds.csv`)
    between any two years whose setting differs. `category` empty: all of the indicator.
    """

    setting: str
    first_year: int | None
    indicator: str
    category: str
    what_zh: str
    what_en: str


def build_definition_change(row: Row) -> DefinitionChange:
    """One line of `definition_breaks.csv`."""
    first = row.text("first_year")
    return DefinitionChange(
        setting=row.text("setting"),
        first_year=row.whole("first_year") if first else None,
        indicator=row.text("indicator"),
        category=row.text("category"),
        what_zh=row.text("what_zh"),
        what_en=row.text("what_en"),
    )


def build_published(rows: Iterable[Row]) -> Mapping[FigureKey, float]:
    """Published rates (fractions) by indicator, category and peer group; group empty = the whole city."""
    return {(row.text("indicator"), row.text("category"), row.text("peer_group")): row.number("rate") for row in rows}


def build_bridges(rows: Iterable[Row]) -> Mapping[FigureKey, tuple[float, float]]:
    """Last year's counts under this year's definition, by unit, indicator and category."""
    return {
        (row.text("unit"), row.text("indicator"), row.text("category")): (
            row.number("numerator"),
            row.number("denominator"),
        )
        for row in rows
    }


def check_history(sources: Sources) -> Iterator[Fault]:
    """Unknown codes, figures that cannot be, and lines that say nothing or two things."""
    for name in ("definition_breaks", "published", "bridges"):
        yield from _check_codes(sources, name)
    if sources.readable("thresholds"):
        yield from _check_definition_breaks(sources)
    yield from _check_published(sources)
    yield from _check_bridges(sources)


def _check_codes(sources: Sources, name: str) -> Iterator[Fault]:
    """Indicators, categories, peer groups and units that the reference data do not have."""
    table = sources.tables[name]
    lists = (
        ("indicator", "indicators", "指标"),
        ("category", "categories", "类别"),
        ("peer_group", "peer_groups", "同类组"),
        ("unit", "units", "单位"),
    )
    for row in table.sound:
        for column, file, word in lists:
            written = row.cells.get(column, "")
            if written and sources.readable(file) and written not in sources.codes(file):
                yield fault_at(
                    table.path, row, f"{word}代码“{written}”不存在", f"{file}.csv 中的代码", "更正",
                    f"unknown {column} {written!r}",
                )  # fmt: skip


def _check_definition_breaks(sources: Sources) -> Iterator[Fault]:
    table = sources.tables["definition_breaks"]
    known = {*sources.settings.entries, *sources.codes("thresholds", "name")}
    for row in table.sound:
        setting = row.text("setting")
        if bool(setting) == bool(row.text("first_year")):
            yield fault_at(
                table.path, row, "setting 与 first_year 都写了或都没写", "只写其中一项", "更正",
                "give either a setting or a first_year",
            )  # fmt: skip
        if setting and not sources.settings.faults and setting not in known:
            yield fault_at(
                table.path, row, f"设置“{setting}”不存在", "year.toml 或 thresholds.csv 中的名称", "更正",
                f"unknown setting {setting!r}",
            )  # fmt: skip


def _check_published(sources: Sources) -> Iterator[Fault]:
    table = sources.tables["published"]
    shares = {row.text("code") for row in sources.rows("indicators") if row.flag("share_of_people")}
    for row in table.sound:
        rate = row.number("rate")
        if rate < 0 or (row.text("indicator") in shares and rate > PERCENT_FROM):
            yield fault_at(
                table.path, row, f"公布的比率为 {row.text('rate')}", "小数,如 0.784 表示 78.4%", "更正",
                f"rate is {rate:g}; write a fraction such as 0.784",
            )  # fmt: skip
        if row.day("published_on") <= dt.date(sources.year, 12, 31):
            yield fault_at(
                table.path, row, f"公布日期 {row.text('published_on')}", f"{sources.year} 年结束之后", "更正",
                f"published on {row.text('published_on')}, before the year was over",
            )  # fmt: skip


def _check_bridges(sources: Sources) -> Iterator[Fault]:
    table = sources.tables["bridges"]
    for row in table.sound:
        if row.number("numerator") < 0 or row.number("denominator") <= 0:
            yield fault_at(
                table.path, row, f"{row.text('numerator')}/{row.text('denominator')}", "分子不小于0,分母大于0", "更正",
                "numerator must be 0 or more, denominator above 0",
            )  # fmt: skip
