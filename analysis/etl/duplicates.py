"""Lines that stand twice: the exact repeat is dropped, a near one is asked about (M34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analysis.etl.asking import Asker
from analysis.etl.raw_fields import RawField
from analysis.etl.text import normal_form
from analysis.records import Fact, Query, split_address

_ALWAYS = "always"
_MOST_DIFFERENT = 1

Content = Mapping[tuple[str, str], str]


def drop_repeats(
    facts: Sequence[Fact], raws: Iterable[RawField], sheet: str, first_cells: Mapping[int, str], asker: Asker
) -> tuple[list[Fact], list[Query]]:
    """Facts and queries of a list after its repeated lines.

    A line all of whose cells equal an earlier line's, the serial number apart, is dropped: its facts are `rejected`,
    with one `DROP` query at its first cell (`first_cells`: line -> address). Two lines of one name are an `ASK`, and
    both stay: in forms whose lines are known by the name (`always`) whatever else they say, in others when no more
    than one cell differs. The fields that name a line are listed in the reference data (`line_key.F2` ...).
    """
    contents = _contents(raws)
    keys = asker.reference.words.get(f"line_key.{facts[0].form}", {}) if facts else {}
    always = _ALWAYS in keys.values()
    earlier: list[int] = []
    dropped: set[int] = set()
    queries: list[Query] = []
    for row in sorted(row for row in contents if row > 0):
        content = contents[row]
        same = next((one for one in earlier if len(content) > 1 and contents[one] == content), None)
        near = [one for one in earlier if _same_name(contents[one], content, keys)]
        if same is not None:
            dropped.add(row)
            queries.append(_question(facts, row, same, "DROP", sheet, first_cells, asker, keys))
            continue
        like = next((one for one in near if always or _differences(contents[one], content) <= _MOST_DIFFERENT), None)
        if like is not None:
            queries.append(_question(facts, row, like, "ASK", sheet, first_cells, asker, keys))
        earlier.append(row)
    return [_rejected(fact) if fact.row in dropped else fact for fact in facts], queries


def _contents(raws: Iterable[RawField]) -> dict[int, dict[tuple[str, str], str]]:
    """Line -> what its cells say, as they stand in the file (facts hide the names of persons)."""
    lines: dict[int, dict[tuple[str, str], str]] = {}
    for raw in raws:
        if raw.cell:
            lines.setdefault(raw.row, {})[raw.field.item, raw.field.measure] = raw.cell.text
    return lines


def _same_name(one: Content, other: Content, keys: Mapping[str, str]) -> bool:
    names = [{m: normal_form(text) for (_, m), text in line.items() if m in keys} for line in (one, other)]
    return bool(keys) and len(names[0]) == len(keys) and names[0] == names[1]


def _differences(one: Content, other: Content) -> int:
    return sum(one.get(key) != other.get(key) for key in {*one, *other})


def _question(
    facts: Sequence[Fact],
    row: int,
    other: int,
    treatment: str,
    sheet: str,
    first_cells: Mapping[int, str],
    asker: Asker,
    keys: Mapping[str, str],
) -> Query:
    """The question about one line; it stands at the first cell of a dropped line, else at the cell of its name."""
    line = [fact for fact in facts if fact.row == row]
    name = next((fact for fact in line if fact.measure in keys), None)
    first = first_cells.get(row, min((fact.cell for fact in line), key=split_address))
    drop = treatment == "DROP"
    return asker.ask(
        "M34",
        "duplicate" if drop else "",
        treatment=treatment,
        form=line[0].form,
        sheet=sheet,
        cell=first if drop or name is None else name.cell,
        field=name.measure if name and not drop else None,
        raw=name.raw if name else "",
        detail=str(other),
    )


def _rejected(fact: Fact) -> Fact:
    return replace(fact, value=None, text=None, low=None, high=None, status="rejected", rule="M34")
