"""Cells of the form as issued that somebody typed over (M78): the prefilled head, the sums of a total line.

Nothing is read from such a cell: the register and the lines count, so it is enough to tell. What a typed number in a
total line says wrongly is asked about elsewhere (M27); here it is only seen that the formula is gone, and only where
other cells of the line still have theirs, since a total line typed as a whole is usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from analysis.etl.asking import Asker
from analysis.etl.heads import HeadLabels, read_heads
from analysis.etl.recognise import Recognised
from analysis.etl.text import normal_form
from analysis.records import LedgerRow, Query, Sheet, split_address
from analysis.reference import Reference

_CODE, _NUMBER = "unit_code", "form_no"
_SUM = re.compile(r"=\+?(?:_xlfn\.)?(?:SUM|SUBTOTAL)\(", re.IGNORECASE)
_FEWEST_SUMS = 3


def locked_notes(
    sheet: Sheet, seen: Recognised, ledger: Iterable[LedgerRow], unit_code: str | None, asker: Asker
) -> list[Query]:
    """Notes about the sheet: one for each cell of the head, one for each total line."""
    if not seen.blocks:
        return []
    heads = _heads(sheet, seen, unit_code, asker) if unit_code else ()
    return [*heads, *_sums(sheet, ledger, asker)]


def _heads(sheet: Sheet, seen: Recognised, unit_code: str, asker: Asker) -> Iterator[Query]:
    """The unit's code and the number of the form, where they are not those that were printed."""
    reference = asker.reference
    shown = {f.measure: f.header_zh for f in reference.fields if f.measure in (_CODE, _NUMBER)}
    printed = [_form_no(block.form, reference) for block in seen.blocks]
    for said in read_heads(sheet, seen.blocks, HeadLabels(reference)):
        if said.what not in shown:
            continue
        expected = [unit_code] if said.what == _CODE else printed
        if not _agrees(said.what, said.text, expected):
            yield asker.ask(
                "M78", "head", treatment="NOTE", form=seen.blocks[0].form, sheet=sheet.name, cell=said.cell.address,
                field=said.what, field_zh=shown[said.what], raw=said.text, detail="、".join(expected),
            )  # fmt: skip


def _form_no(form: str, reference: Reference) -> str:
    """What the form F1 ... F8 prints as its number: prefix of the year, digit, and the first character of 表号."""
    label = next(field.header_zh for field in reference.form_fields(form) if field.measure == _NUMBER)
    return f"{reference.form_no_prefix}{form[1:]}{label[0]}"


def _agrees(what: str, text: str, expected: Sequence[str]) -> bool:
    said, wanted = normal_form(text), [normal_form(one) for one in expected]
    return wanted[0] in said if what == _CODE else said in wanted


def _sums(sheet: Sheet, ledger: Iterable[LedgerRow], asker: Asker) -> Iterator[Query]:
    """Total lines in which some cells still are sums and others are typed numbers."""
    lines: dict[int, list[tuple[int, int]]] = {}
    for row in ledger:
        if row.role == "total":
            place = split_address(row.cell)
            lines.setdefault(place[0], []).append(place)
    for _, places in sorted(lines.items()):
        cells = [sheet.cells[place] for place in sorted(places)]
        sums = [cell for cell in cells if cell.formula and _SUM.match(cell.formula)]
        typed = [cell for cell in cells if cell.kind == "number" and not cell.formula]
        if typed and len(sums) >= max(_FEWEST_SUMS, len(typed)):
            yield asker.ask(
                "M78", "sum", treatment="NOTE", sheet=sheet.name, cell=typed[0].address, raw=typed[0].text,
                detail="、".join(cell.address for cell in typed),
            )  # fmt: skip
