"""Workbooks of the sample's own builder, spoilt at random, and the breaches of conservation in what comes of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.etl.conservation import Breach, breaches
from analysis.etl.gate_units import gate_units
from analysis.etl.last_year import LastYear
from analysis.etl.personal import mask_personal, personal_words
from analysis.intake.reader import read_workbook
from analysis.records import Cell, FileResult, Sheet, Span, Workbook
from tests.builder.build import returns_of
from tests.returns import reference

TYPED = (
    "", "合计", "小计", "同上", "无", "—", "50人", "约30", "十二", "30-40", "例:慰问", "全体", "#REF!", "=A1+B1", "3月5日",
    "2024年12月1日", "序号", "处(科)室", "注:以上为全年数", "填表人:王某", "是", "已完成", "85%", "1.2万", "市财政局", "希望工程",
    "100000000000", "-3", "2.5", "2025-03-05/2025-03-08", "420106199001011231", "13800138000",
)  # fmt: skip
NUMBERS = (0, 1, 7, 12.5, -2, 1e12, 45721, 0.85)


def workbooks(mess: str, seed: str, count: int, year: int = 2025) -> list[tuple[str, bytes]]:
    """Names and bytes of some returns of a generated year."""
    chosen = Random(f"{mess}{seed}").sample(list(returns_of(year, mess, seed)), count)
    return [(name, data) for one in chosen for name, data in sorted(one.files.items())]


def spoilt(workbook: Workbook, rng: Random, share: float) -> Workbook:
    """The workbook with a share of its cells cleared, typed over, moved or written beside."""
    return replace(workbook, sheets=tuple(_spoilt_sheet(sheet, rng, share) for sheet in workbook.sheets))


def _spoilt_sheet(sheet: Sheet, rng: Random, share: float) -> Sheet:
    cells = dict(sheet.cells)
    places = sorted(cells)
    for place in rng.sample(places, int(len(places) * share)):
        how = rng.random()
        if how < 0.4:
            del cells[place]
            continue
        row, column = place if how < 0.8 else (place[0] + rng.randint(0, 3), place[1] + rng.randint(0, 3))
        cells[row, column] = _typed(row, column, rng)
    merges = [_merged(cells, rng) for _ in range(int(share * 30))] if cells else []
    return replace(sheet, cells={place: cells[place] for place in sorted(cells)}, merges=(*sheet.merges, *merges))


def _merged(cells: dict[tuple[int, int], Cell], rng: Random) -> Span:
    """A few cells joined, of which a spreadsheet keeps the first."""
    row, column = rng.choice(sorted(cells))
    span = Span(row, column, row + rng.randint(0, 3), column + rng.randint(0, 2))
    for place in [place for place in cells if place in span and place != (row, column)]:
        del cells[place]
    return span


def _typed(row: int, column: int, rng: Random) -> Cell:
    if rng.random() < 0.4:
        number = rng.choice(NUMBERS)
        return Cell(row, column, number, f"{number:g}", "number")
    text = rng.choice(TYPED) or "x"
    if text.startswith("="):
        return Cell(row, column, None, text, "formula", formula=text)
    return Cell(row, column, text, text, "error" if text.startswith("#") else "text")


def cleaned(name: str, data: bytes, workbook: Workbook) -> FileResult:
    return clean_workbook(FileTask(name, data, reference()), workbook)


def breaches_of(name: str, data: bytes, workbook: Workbook | None = None) -> list[Breach]:
    """The breaches in what one file gives; none when it is sent back."""
    book = workbook or read_workbook(data, name)
    result = cleaned(name, data, book)
    if result.submission.state not in ("accepted", "quarantined"):
        return [] if not (result.facts or result.ledger) else [Breach(name, "", "", "kept of a file sent back")]
    masked, _ = mask_personal(data, book, (), personal_words(reference()), reference())
    facts, queries = gate_units([result], reference(), LastYear())
    return breaches(name, masked.sheets, result.ledger, facts, queries)
