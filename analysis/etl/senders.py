"""Who sent a return: code, name, sheet name and file name weighed against each other (M12, M57, decision 20).

Two identifiers that disagree send the file back; a single one in doubt beside a certain one is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.etl.asking import Asker
from analysis.etl.heads import HeadLabels, Said, names_in_fields, read_heads
from analysis.etl.names import UnitMatch, UnitNames
from analysis.etl.recognise import Recognised
from analysis.records import Query, Workbook
from analysis.reference import Reference

_ARCHIVE_MARK = "!"
_NAMES = ("unit_name", "perhaps_unit")


@dataclass(frozen=True, slots=True)
class Sender:
    """The unit of a file, how it was found (`code name sheet file`) and what speaks against it.

    `rule` and `case` say why the file goes back when no one unit can be told. `doubtful` are places where a name was
    written that is no name of the unit, `wrong_codes` places with a code that is in no register, `repaired` names or
    codes that were understood although written otherwise; `label_says` units that the name of the file (or of its
    sheets) means, when it means others.
    """

    code: str | None
    found_by: str | None
    rule: str | None = None
    case: str = ""
    detail: str = ""
    doubtful: tuple[tuple[Said, UnitMatch], ...] = ()
    wrong_codes: tuple[Said, ...] = ()
    repaired: tuple[tuple[Said, str], ...] = ()
    label_says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Labels:
    """The units that the names of the file, of its folders and of its sheets mean.

    `folders` are those of the nearest folder with a unit in its name, `home` those of the nearest one that is named
    for a unit and nothing else.
    """

    file: frozenset[str]
    folders: frozenset[str]
    home: frozenset[str]
    sheets: frozenset[str]


def find_sender(file: str, workbook: Workbook, seen: Mapping[str, Recognised], reference: Reference) -> Sender:
    """The unit that a file comes from: code, then name, then sheet name, then file name."""
    names = UnitNames(reference)
    labels = HeadLabels(reference)
    said: list[Said] = []
    for sheet in workbook.sheets:
        blocks = seen[sheet.name].blocks if sheet.name in seen else ()
        if blocks:
            said += read_heads(sheet, blocks, labels)
            said += names_in_fields(sheet, blocks, {"unit_name": "unit_name"})
    visible = [sheet.name for sheet in workbook.sheets if not sheet.hidden]
    return _weigh(said, _labels(file, visible, names), names)


def _weigh(said: Sequence[Said], labels: _Labels, names: UnitNames) -> Sender:
    codes = {code for entry in said if entry.what == "unit_code" and (code := names.code_of(entry.text))}
    written = [(entry, names.resolve(entry.text)) for entry in said if entry.what in _NAMES]
    written = [(entry, match) for entry, match in written if match.code or entry.what == "unit_name"]
    by_name = {match.code for _, match in written if match.code}
    if len(codes | by_name) > 1:
        told = "、".join(names.short_name(code) for code in sorted(codes | by_name))
        return Sender(None, None, "M12", "conflict", told)
    doubtful = tuple((entry, match) for entry, match in written if not match.code)
    wrong = tuple(entry for entry in said if entry.what == "unit_code" and names.looks_like_code(entry.text))
    repaired = tuple((entry, match.code) for entry, match in written if match.code and not match.exact)
    repaired += tuple(
        (entry, code) for entry in said
        if entry.what == "unit_code" and (code := names.code_of(entry.text)) and not names.code_inside(entry.text)
    )  # fmt: skip
    if codes or by_name:
        code = next(iter(codes or by_name))
        found_by = "code" if codes else "name"
        return Sender(code, found_by, doubtful=doubtful, wrong_codes=wrong, repaired=repaired,
                      label_says=_others(code, labels))  # fmt: skip
    return _from_labels(doubtful, wrong, labels, names)


def _from_labels(
    doubtful: tuple[tuple[Said, UnitMatch], ...], wrong: tuple[Said, ...], labels: _Labels, names: UnitNames
) -> Sender:
    """The sender by the names of sheets and files, when the heads do not tell it."""
    ambiguous = next((match for _, match in doubtful if match.candidates), None)
    for found_by, found in (("sheet", labels.sheets), ("file", labels.file), ("file", labels.folders)):
        if len(found) == 1 and (ambiguous is None or found <= set(ambiguous.candidates)):
            return Sender(next(iter(found)), found_by, doubtful=doubtful, wrong_codes=wrong)
        if found:
            break
    rule, case = ("M57", "unknown") if doubtful else ("M12", "")
    told = ambiguous.candidates if ambiguous else ()
    return Sender(None, None, rule, case, "、".join(map(names.short_name, told)), doubtful=doubtful, wrong_codes=wrong)


def _labels(file: str, sheets: Iterable[str], names: UnitNames) -> _Labels:
    path = PurePosixPath(file.replace(_ARCHIVE_MARK, "/"))
    folders = [_stem(part) for part in reversed(path.parts[:-1])]
    return _Labels(
        _units_in(path.stem, names),
        next((found for part in folders if (found := _units_in(part, names))), frozenset()),
        next((frozenset([code]) for part in folders if (code := _unit_named(part, names))), frozenset()),
        frozenset(code for name in sheets if (code := _unit_named(name, names))),
    )


def _unit_named(text: str, names: UnitNames) -> str | None:
    """The unit of which a text is the name or the code, and nothing else."""
    return names.code_inside(text) or names.resolve(text).code


def _stem(folder: str) -> str:
    """The name of a folder, or of an archive without its ending."""
    return re.sub(r"\.[A-Za-z0-9]{2,4}$", "", folder)


def _units_in(text: str, names: UnitNames) -> frozenset[str]:
    """The units that a name of a file or folder means; several when it is not clear."""
    code = names.code_inside(text)
    match = names.resolve(text)
    if not match.code and not match.candidates:
        match = names.resolve_inside(text)
    return frozenset({*([code] if code else []), *([match.code] if match.code else match.candidates)})


def _others(code: str, labels: _Labels) -> tuple[str, ...]:
    """Units that the nearest label with a unit means, when the sender is not among them."""
    nearest = labels.file or labels.home
    others = set() if code in nearest else set(nearest)
    others |= set() if code in labels.sheets else set(labels.sheets)
    return tuple(sorted(others))


def sender_queries(sender: Sender, asker: Asker) -> list[Query]:
    """What has to be asked or told about the sender of a file that is read."""
    if sender.code is None:
        return []
    names = UnitNames(asker.reference)
    queries = [_about_name(entry, match, names, asker) for entry, match in sender.doubtful]
    for entry in sender.wrong_codes:
        queries.append(
            asker.ask("M12", "code_unknown", treatment="ASK", sheet=entry.sheet, cell=entry.cell.address,
                      field="unit_code", raw=entry.text, read_as=names.short_name(sender.code))
        )  # fmt: skip
    repaired = {(entry.what, entry.text): (entry, code) for entry, code in reversed(sender.repaired)}
    queries += [_about_repair(entry, code, names, asker) for entry, code in reversed(repaired.values())]
    if sender.label_says:
        others = "、".join(map(names.short_name, sender.label_says))
        queries.append(
            asker.ask("M12", "file_name", treatment="ASK", detail=others, read_as=names.short_name(sender.code))
        )
    return queries


def _about_repair(entry: Said, code: str, names: UnitNames, asker: Asker) -> Query:
    place = entry.cell.address
    if entry.what == "unit_code":
        return asker.ask("M12", "code", treatment="FIX", sheet=entry.sheet, cell=place, field="unit_code",
                         raw=entry.text, read_as=code)  # fmt: skip
    return asker.ask("M57", treatment="FIX", sheet=entry.sheet, cell=place, field="reporting_unit", raw=entry.text,
                     read_as=names.short_name(code))  # fmt: skip


def _about_name(entry: Said, match: UnitMatch, names: UnitNames, asker: Asker) -> Query:
    near = "、".join(map(names.short_name, match.candidates)) or "、".join(match.suggestions)
    case = "ambiguous" if match.candidates else "near" if near else "not_listed"
    return asker.ask("M57", case, treatment="ASK", sheet=entry.sheet, cell=entry.cell.address, field="reporting_unit",
                     raw=entry.text, detail=near)  # fmt: skip
