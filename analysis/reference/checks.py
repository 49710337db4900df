"""All faults of the reference data of one year, together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any

from analysis.reference.build import plain
from analysis.reference.check_definitions import check_definitions, check_forms_due
from analysis.reference.check_lists import check_lists
from analysis.reference.check_units import check_register
from analysis.reference.corrections import check_corrections
from analysis.reference.history import check_history
from analysis.reference.rows import Fault, Settings, fault_at
from analysis.reference.sources import Sources

SETTINGS: Mapping[str, type] = {
    "year": int,
    "deadline": dt.date,
    "freeze_on": dt.date,
    "spring_breeze_meaning": str,
    "form_no_prefix": str,
    "pairing_rule": str,
    "city": dict,
}
TYPE_WORDS = {int: "整数", dt.date: "日期,如 2026-01-15", str: "带引号的文字", dict: "一节", bool: "true 或 false"}
CITY_SETTINGS: Mapping[str, type] = {"name_zh": str, "name_en": str, "fictitious": bool}
SYNONYMS = "synonym."
CHOICES = {"spring_breeze_meaning": ("giving", "employment"), "pairing_rule": ("both", "any")}


def check_sources(sources: Sources) -> tuple[Fault, ...]:
    """Every fault of the files themselves and between them, in order of file and line."""
    tables = (*sources.tables.values(), *sources.words)
    faults = [*sources.settings.faults, *(fault for table in tables for fault in table.faults)]
    faults += check_register(sources)
    faults += check_lists(sources)
    faults += check_definitions(sources)
    faults += check_forms_due(sources)
    faults += _check_words(sources)
    faults += _check_word_codes(sources)
    faults += _check_measure_units(sources)
    faults += _check_thresholds(sources)
    faults += check_corrections(sources)
    faults += check_history(sources)
    if not sources.settings.faults:
        faults += _check_settings(sources.settings, sources.year)
    return tuple(sorted(set(faults)))


def _check_words(sources: Sources) -> Iterator[Fault]:
    """A word that stands twice in one list over all files, or means two things once written in its plain form."""
    if not sources.words:
        yield Fault(
            "reference/words", 0, "没有词表", "如 words/values.csv", "恢复该文件夹", "no word lists; restore the folder"
        )
    seen: dict[tuple[str, str], tuple[str, str, str, int]] = {}
    for table in sources.words:
        for row in table.sound:
            word, meaning = row.text("word"), row.text("meaning")
            if table.lossy and not word.strip("?") and meaning != "ask":
                yield fault_at(
                    table.path, row, f"词表 {row.text('list')} 中的词只剩“{word}”", "未丢失的文字", "从旧版本恢复,并另存为“CSV UTF-8”",
                    "the word was lost when the file was saved; save it as CSV UTF-8",
                )  # fmt: skip
            here = (word, meaning, table.path, row.line)
            first_word, first_meaning, path, line = seen.setdefault((row.text("list"), plain(word)), here)
            if (first_word == word and path != table.path) or first_meaning != meaning:
                yield fault_at(
                    table.path, row, f"词表 {row.text('list')} 中的“{word}”与 {path} 第{line}行冲突", "一词一处、一义",
                    "删去一处", f"{word!r} stands in list {row.text('list')} at {path}:{line} too",
                )  # fmt: skip


def _check_word_codes(sources: Sources) -> Iterator[Fault]:
    """Lists of words whose meanings are our codes: the synonyms of a list field, measures, categories."""
    choices: dict[str, set[str]] = {}
    for row in sources.rows("forms"):
        choices.setdefault(row.text("measure"), set()).update(row.codes("codes"))
    known: dict[str, Set[str]] = {f"{SYNONYMS}{measure}": codes for measure, codes in choices.items() if codes}
    known |= {"part_measure": set(choices), "giving_form": sources.codes("categories")}
    for table in sources.words if sources.readable("forms", "categories") else ():
        for row in table.sound:
            name, meaning = row.text("list"), row.text("meaning")
            if name.startswith(SYNONYMS) and name not in known:
                yield fault_at(
                    table.path,
                    row,
                    f"词表“{name}”对应的字段不存在",
                    "forms.csv 中有选项的指标",
                    "更正",
                    f"no list field for {name!r}",
                )
            elif name in known and meaning not in known[name]:
                yield fault_at(
                    table.path, row, f"“{row.text('word')}”的含义“{meaning}”不存在", "、".join(sorted(known[name])), "更正",
                    f"{name}: {meaning!r} is none of its codes",
                )  # fmt: skip


def _check_measure_units(sources: Sources) -> Iterator[Fault]:
    """Factors that convert nothing and units of measure that no form uses."""
    table = sources.tables["measure_units"]
    used = sources.codes("forms", "measure_unit")
    for row in table.sound:
        if row.number("factor") <= 0:
            yield fault_at(
                table.path, row, f"换算系数为 {row.text('factor')}", "大于 0 的数", "更正", "factor must be above 0"
            )
        if sources.readable("forms") and row.text("measure_unit") not in used:
            yield fault_at(
                table.path, row, f"不认识的计量单位“{row.text('measure_unit')}”", "forms.csv 中的计量单位", "更正",
                f"no form uses the unit of measure {row.text('measure_unit')!r}",
            )  # fmt: skip


def _check_thresholds(sources: Sources) -> Iterator[Fault]:
    """Thresholds that another year has and this one lacks."""
    table = sources.tables["thresholds"]
    names = sources.codes("thresholds", "name")
    for name in sorted(sources.threshold_names - names) if table.readable else ():
        yield Fault(
            table.path, 0, f"缺少阈值“{name}”", "与其他年度相同的名称", "补上该行,或在其他年度删去",
            f"threshold {name!r} of another year is missing",
        )  # fmt: skip


def _check_settings(settings: Settings, year: int) -> Iterator[Fault]:
    """Missing, unknown and impossible entries of the year's TOML file."""
    entries = settings.entries
    city = entries.get("city")
    yield from _check_entries(settings, "", entries, SETTINGS)
    yield from _check_entries(settings, "city.", city if isinstance(city, dict) else {}, CITY_SETTINGS)
    for name, allowed in CHOICES.items():
        if isinstance(entries.get(name), str) and entries[name] not in allowed:
            yield _entry_fault(settings, name, "、".join(allowed), f"expected one of {', '.join(allowed)}")
    if isinstance(entries.get("year"), int) and entries["year"] != year:
        yield _entry_fault(settings, "year", f"与文件夹名相同:{year}", f"the folder is {year}")
    deadline = entries.get("deadline")
    if deadline is not None and _is_day(deadline) and deadline <= dt.date(year, 12, 31):
        yield _entry_fault(settings, "deadline", f"{year} 年结束之后", f"expected a day after the end of {year}")


def _check_entries(
    settings: Settings, prefix: str, entries: Mapping[str, Any], wanted: Mapping[str, type]
) -> Iterator[Fault]:
    """Entries that are missing, of the wrong type, or unknown."""
    for name, kind in wanted.items():
        value = entries.get(name)
        fits = _is_day(value) if kind is dt.date else isinstance(value, kind) and (kind is bool or value is not True)
        if name not in entries:
            yield Fault(settings.path, 0, f"缺少 {prefix}{name}", "有此项", "补上该项", f"{prefix}{name} is missing")
        elif not fits:
            yield _entry_fault(settings, f"{prefix}{name}", TYPE_WORDS[kind], f"expected a {kind.__name__}")
    for name in entries:
        if name not in wanted:
            yield _entry_fault(settings, f"{prefix}{name}", "、".join(wanted), "this entry is unknown")


def _entry_fault(settings: Settings, name: str, expected: str, english: str) -> Fault:
    """A fault of one entry, at its line."""
    section, _, last = name.rpartition(".")
    value = (settings.entries[section] if section else settings.entries).get(last)
    found = f"{name} 为 {value}"
    return Fault(settings.path, settings.lines.get(name, 0), found, expected, "更正", f"{name} is {value!r}; {english}")


def _is_day(value: object) -> bool:
    """A date without a time, as TOML writes it."""
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
