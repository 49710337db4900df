"""What can be wrong in the settings of a term, and in its conditions of entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isclose
from typing import TypeGuard

from analysis.reference import Reference
from analysis.reference.check_scheme import NEEDS_A_VALUE, WHOLE, source_faults
from analysis.reference.rows import DataTable, Fault, Settings, fault_at

UNTITLED = "none"
MAY_BE_LEFT_OUT = ("entry.withdrawn_ban_years", "uncertainty.draws_most")


def conditions_faults(table: DataTable, reference: Reference) -> Iterator[Fault]:
    """A condition reads a value of the returns that exists."""
    for row in table.sound:
        yield from source_faults(table.path, row, set(), reference)
        kind = row.text("source").partition(":")[0]
        if kind not in NEEDS_A_VALUE:
            yield fault_at(
                table.path, row, f"来源“{row.text('source')}”", "报表中的数:" + "、".join(NEEDS_A_VALUE), "更正",
                f"a condition of entry reads the returns, not {kind!r}",
            )  # fmt: skip


def titles_faults(settings: Settings, reference: Reference) -> Iterator[Fault]:
    """Every title that a unit of the register holds is a level of the term."""
    levels = settings.entries.get("levels")
    if not _are_codes(levels):
        return
    for level in dict.fromkeys(unit.title_level for unit in reference.units):
        if level not in (*levels, UNTITLED):
            holder = next(unit.code for unit in reference.units if unit.title_level == level)
            yield Fault(
                settings.path, settings.lines.get("levels", 0), f"levels 没有 {level}({holder} 持有)", "登记表中的各级称号", "补上",
                f"levels lacks {level!r}, the title of {holder}",
            )  # fmt: skip


def organisers_faults(settings: Settings, reference: Reference) -> Iterator[Fault]:
    """The units that run the assessment stand in the register; a term may name none."""
    entry = settings.entries.get("entry")
    named = entry.get("organisers", []) if isinstance(entry, dict) else []
    units = {unit.code for unit in reference.register}
    if not isinstance(named, list) or not all(isinstance(code, str) and code in units for code in named):
        yield Fault(
            settings.path, settings.lines.get("entry.organisers", 0), f"entry.organisers = {named}", "units.csv 中的代码,如 [\"LJ-P11\"]",
            "更正", f"entry.organisers = {named!r}: codes of units.csv",
        )  # fmt: skip


def term_faults(settings: Settings, term: int) -> Iterator[Fault]:
    """Settings that are missing or cannot be."""
    tests: dict[str, tuple[Callable[[object], bool], str]] = {
        "number": (lambda value: value == term, str(term)),
        "years": (_is_run_of_years, "连续的年度"),
        "year_weights": (lambda value: _add_up(value, settings.entries.get("years")), "与年度一一对应、和为 1"),
        "assessed_in": (lambda value: isinstance(value, int), "年份"),
        "levels": (_are_codes, "级别代码,由高到低"),
        "named_here": (
            lambda value: _are_codes(value) and set(value) <= set(settings.entries.get("levels", ())),
            "levels 中的级别",
        ),
        "scheme_version": (lambda value: isinstance(value, str) and bool(value), "版本号"),
        "entry.least_age_years": (lambda value: isinstance(value, int) and value >= 0, "不小于 0 的整数"),
        "entry.all_forms": (lambda value: isinstance(value, bool), "true 或 false"),
        "entry.lower_title": (lambda value: isinstance(value, bool), "true 或 false"),
        "top.share": (_is_share, "0—1"),
        "top.from_points": (lambda value: isinstance(value, int | float) and 0 <= value <= WHOLE, "0—100"),
        "uncertainty.draws": (lambda value: isinstance(value, int) and value >= 100, "不小于 100 的整数"),
        "uncertainty.weight_noise": (lambda value: _is_share(value) and value != 0, "大于 0、不大于 1"),
        "uncertainty.seed": (lambda value: isinstance(value, int), "整数"),
        "uncertainty.borderline": (_is_share, "0—1"),
        "entry.withdrawn_ban_years": (lambda value: isinstance(value, int) and value >= 0, "不小于 0 的整数"),
        "uncertainty.draws_most": (lambda value: isinstance(value, int) and value >= 100, "不小于 100 的整数"),
        "inputs.panel_step": (lambda value: isinstance(value, int | float) and 0 < value <= 1, "大于 0、不大于 1"),
        "peers.median_min_units": (lambda value: isinstance(value, int) and value >= 3, "不小于 3 的整数"),
    }
    if settings.faults:
        return
    for name, (is_right, expected) in tests.items():
        section, _, entry = name.rpartition(".")
        place = settings.entries.get(section, {}) if section else settings.entries
        value = place.get(entry) if isinstance(place, dict) else None
        if value is None and name in MAY_BE_LEFT_OUT:
            continue
        if value is None or not is_right(value):
            line = settings.lines.get(name, 0)
            yield Fault(settings.path, line, f"{name} = {value}", expected, "更正", f"{name} = {value!r}")


def _are_codes(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(code, str) and code for code in value)


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _is_run_of_years(value: object) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(year, int) for year in value):
        return False
    return value == list(range(value[0], value[0] + len(value)))


def _add_up(value: object, years: object) -> bool:
    if not isinstance(value, list) or not isinstance(years, list) or len(value) != len(years):
        return False
    return all(isinstance(part, int | float) and part >= 0 for part in value) and isclose(sum(value), 1.0)
