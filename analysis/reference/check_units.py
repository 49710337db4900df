"""What can be wrong with the register: validity, unknown codes, names that point to two units, successions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import pairwise

from analysis.reference.build import build_labels, codes_by_word, in_force, peer_group_code, plain
from analysis.reference.check_reform import check_reform
from analysis.reference.rows import Fault, Row, fault_at
from analysis.reference.sources import Sources

ONE_DAY = dt.timedelta(days=1)
SHARE_TOLERANCE = 1e-6


def check_register(sources: Sources) -> Iterator[Fault]:
    """Every fault between the register and the lists it speaks of."""
    units = sources.tables["units"]
    yield from check_validity(units.path, units.sound, ("code",))
    if sources.readable("unit_kinds"):
        yield from _unknown_words(sources, "kind", sources.codes("unit_kinds", "zh"))
    if sources.readable("labels"):
        bands = codes_by_word(build_labels(sources.rows("labels")), "size_band")
        yield from _unknown_words(sources, "size_band", set(bands))
    if sources.readable("forms"):
        levels = {word for row in sources.rows("forms") for word in _level_words(row)}
        yield from _unknown_words(sources, "civilised_level", levels)
    if sources.readable("peer_groups"):
        groups = {row.text("code"): row.text("zh") for row in sources.tables["peer_groups"].rows}
        yield from _unknown_groups(sources, groups)
    if sources.readable("categories"):
        yield from _unknown_leads(sources, sources.codes("categories"))
    yield from _check_names(sources)
    yield from _check_extra_aliases(sources)
    if units.readable and sources.readable("succession"):
        yield from _check_succession(sources)
        if sources.readable("forms"):
            yield from check_reform(sources)
    yield from _check_not_compared(sources)


def _level_words(row: Row) -> Iterable[str]:
    return row.codes("codes").values() if row.text("measure") == "title_level" else ()


def check_validity(path: str, rows: Iterable[Row], key: tuple[str, ...]) -> Iterator[Fault]:
    """Periods of one key that end before they begin, overlap, or leave a gap."""
    periods: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        periods.setdefault(tuple(row.text(column) for column in key), []).append(row)
    for code, lines in periods.items():
        shown = ",".join(part for part in code if part)
        for row in lines:
            if _first_day(row) > _last_day(row):
                yield fault_at(
                    path, row, f"{shown} 的失效日期早于生效日期", "valid_from 不晚于 valid_to", "更正日期",
                    f"{shown}: valid_to is before valid_from",
                )  # fmt: skip
        ordered = sorted(lines, key=_first_day)
        for earlier, later in pairwise(ordered):
            yield from _check_neighbours(path, shown, earlier, later)


def _check_neighbours(path: str, code: str, earlier: Row, later: Row) -> Iterator[Fault]:
    """Two periods of one key that follow each other must touch."""
    if _first_day(later) <= _last_day(earlier):
        yield fault_at(
            path, later, f"{code} 与第{earlier.line}行的有效期重叠", "同一代码的有效期互不重叠", "更正 valid_from 或 valid_to",
            f"{code}: validity overlaps line {earlier.line}; change valid_from or valid_to",
        )  # fmt: skip
    elif _first_day(later) != _last_day(earlier) + ONE_DAY:
        yield fault_at(
            path, later, f"{code} 与第{earlier.line}行的有效期之间有空档", "前后两段首尾相接", "更正 valid_from 或 valid_to",
            f"{code}: gap in validity after line {earlier.line}; change valid_from or valid_to",
        )  # fmt: skip


def _first_day(row: Row) -> dt.date:
    return row.optional_day("valid_from") or dt.date.min


def _last_day(row: Row) -> dt.date:
    return row.optional_day("valid_to") or dt.date.max


def _unknown_words(sources: Sources, column: str, words: Set[str]) -> Iterator[Fault]:
    """Cells of a column of the register that are not in its list."""
    table = sources.tables["units"]
    for row in table.sound:
        if row.text(column) not in words:
            yield fault_at(
                table.path, row, f"列“{column}”写的是“{row.text(column)}”", "、".join(sorted(words)), "更正",
                f"unknown {column} {row.text(column)!r}",
            )  # fmt: skip


def _unknown_groups(sources: Sources, groups: Mapping[str, str]) -> Iterator[Fault]:
    """Peer groups of the register that `peer_groups.csv` does not have, by code or with another name."""
    table = sources.tables["units"]
    for row in table.sound:
        written = row.text("peer_group")
        code = peer_group_code(written)
        if code not in groups or written not in (code, f"{code}{groups[code]}"):
            expected = "、".join(f"{code}{name}" for code, name in groups.items())
            yield fault_at(
                table.path, row, f"不认识的同类组“{written}”", expected, "更正", f"unknown peer group {written!r}"
            )


def _unknown_leads(sources: Sources, categories: frozenset[str]) -> Iterator[Fault]:
    table = sources.tables["units"]
    for row in table.sound:
        for code in row.items("lead_of"):
            if code not in categories:
                yield fault_at(
                    table.path, row, f"牵头类别“{code}”不存在", "categories.csv 中的代码", "更正",
                    f"lead_of names the unknown category {code!r}",
                )  # fmt: skip


def _check_names(sources: Sources) -> Iterator[Fault]:
    """Names that point to two units of the year, or may never be a name of one."""
    register, extra = sources.tables["units"], sources.tables["unit_aliases"]
    never = {plain(row.text("word")) for row in sources.word_rows if row.text("list") == "never_alias"}
    units = [row for row in register.sound if in_force(row, dt.date(sources.year, 12, 31))]
    ambiguous = {plain(row.text("alias")) for row in extra.sound if row.text("kind") == "ambiguous"}
    current = [(name, row.text("code"), register.path, row) for row in units for name in _current_names(row)]
    current += [
        (row.text("alias"), code, extra.path, row)
        for row in extra.sound
        for code in row.items("code")
        if row.text("kind") == "alias"
    ]
    owners: dict[str, str] = {}
    for name, code, path, row in current:
        owner = owners.setdefault(plain(name), code)
        if owner != code and plain(name) not in ambiguous:
            yield fault_at(
                path, row, f"名称“{name}”同时属于 {owner} 和 {code}", "一个名称只属于一家单位",
                "删去一处,或在 unit_aliases.csv 中标为 ambiguous", f"name {name!r} belongs to {owner} and to {code}",
            )  # fmt: skip
    former = [(name, "", register.path, row) for row in units for name in row.items("former_names")]
    for name, _, path, row in (*current, *former):
        if plain(name) in never:
            yield fault_at(
                path, row, f"“{name}”不能作为单位名称", "不在 never_alias 名单中的名称", "删去",
                f"{name!r} is on the list never_alias; remove it",
            )  # fmt: skip


def _check_extra_aliases(sources: Sources) -> Iterator[Fault]:
    """Lines of `unit_aliases.csv` about unknown units, or with more or fewer codes than their kind has."""
    table = sources.tables["unit_aliases"]
    known = sources.codes("units")
    for row in table.sound:
        codes = row.items("code")
        if (len(codes) > 1) != (row.text("kind") == "ambiguous"):
            yield fault_at(
                table.path, row, f"“{row.text('alias')}”的代码数与 kind 不符", "ambiguous 写两个以上代码,其余写一个",
                "更正 code 或 kind", "ambiguous needs two or more codes, the other kinds exactly one",
            )  # fmt: skip
        for code in codes if sources.readable("units") else ():
            if code not in known:
                yield fault_at(
                    table.path, row, f"单位代码“{code}”不存在", "units.csv 中的代码", "更正", f"unknown unit {code!r}"
                )


def _current_names(row: Row) -> tuple[str, ...]:
    return (row.text("official_name"), row.text("short_name"), *row.items("aliases"))


def _check_succession(sources: Sources) -> Iterator[Fault]:
    """Unknown units, shares that are no whole, and days that do not fit the register."""
    table, units = sources.tables["succession"], sources.rows("units")
    known = sources.codes("units")
    shares: dict[tuple[str, dt.date], list[Row]] = {}
    for row in table.sound:
        shares.setdefault((row.text("predecessor"), row.day("valid_from")), []).append(row)
        for column in ("predecessor", "successor"):
            if row.text(column) not in known:
                yield fault_at(
                    table.path, row, f"单位代码“{row.text(column)}”不存在", "units.csv 中的代码", "更正",
                    f"unknown unit {row.text(column)!r}",
                )  # fmt: skip
        day = row.day("valid_from")
        if row.text("successor") in known and not _is_valid(units, row.text("successor"), day):
            yield fault_at(
                table.path, row, f"{row.text('successor')} 在 {day} 尚未生效", "承接单位当日有效", "更正日期",
                f"successor {row.text('successor')} is not valid on {day}",
            )  # fmt: skip
        if row.text("predecessor") in known and _is_valid(units, row.text("predecessor"), day):
            yield fault_at(
                table.path, row, f"{row.text('predecessor')} 在 {day} 仍然有效", "原单位于前一日失效", "更正日期",
                f"predecessor {row.text('predecessor')} is still valid on {day}",
            )  # fmt: skip
    for (code, day), rows in shares.items():
        total = sum(row.number("share") for row in rows)
        if abs(total - 1) > SHARE_TOLERANCE or any(not 0 < row.number("share") <= 1 for row in rows):
            yield fault_at(
                table.path, rows[-1], f"{code} 于 {day} 的承接比例合计为 {total:g}", "每个在 0 到 1 之间,合计 1", "更正 share",
                f"shares of {code} on {day} add up to {total:g}, not to 1",
            )  # fmt: skip


def _is_valid(units: Iterable[Row], code: str, day: dt.date) -> bool:
    return any(row.text("code") == code and in_force(row, day) for row in units)


def _check_not_compared(sources: Sources) -> Iterator[Fault]:
    """Unknown units and categories, and periods that do not fit together."""
    table = sources.tables["not_compared"]
    yield from check_validity(table.path, table.sound, ("unit_code", "category"))
    units, categories = sources.codes("units"), sources.codes("categories")
    for row in table.sound:
        if sources.readable("units") and row.text("unit_code") not in units:
            yield fault_at(
                table.path, row, f"单位代码“{row.text('unit_code')}”不存在", "units.csv 中的代码", "更正",
                f"unknown unit {row.text('unit_code')!r}",
            )  # fmt: skip
        if sources.readable("categories") and row.text("category") not in {*categories, ""}:
            yield fault_at(
                table.path, row, f"类别代码“{row.text('category')}”不存在", "categories.csv 中的代码,或空(所有类别)", "更正",
                f"unknown category {row.text('category')!r}",
            )  # fmt: skip
