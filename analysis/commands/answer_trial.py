"""Does an answer fit its return? The return is read again with it, in a child, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.etl.clean_file import FileTask, clean_workbook
from analysis.etl.correction_faults import stands_there
from analysis.etl.personal import mask_personal, personal_words
from analysis.intake.archives import open_members
from analysis.intake.inventory import FoundFile, read_bytes
from analysis.intake.limits import MAX_FILE_BYTES
from analysis.intake.reader import read_workbook
from analysis.reference import Correction, Reference


@dataclass(frozen=True, slots=True)
class Trial:
    """A file of the year and the answer about it, whose `expected` is still to be found."""

    found: FoundFile
    reference: Reference
    entry: Correction


@dataclass(frozen=True, slots=True)
class TrialResult:
    """The text that stands in the cell (masked where personal), and what is wrong with the answer."""

    expected: str
    faults: tuple[str, ...]


def try_answer(trial: Trial) -> TrialResult:
    """What the file says to the answer, beside those that are written already."""
    reference, entry = trial.reference, trial.entry
    data = _bytes(trial)
    workbook = read_workbook(data, entry.file)
    before = clean_workbook(FileTask(entry.file, data, replace(reference, corrections={})), workbook)
    masked, _ = mask_personal(data, workbook, (), personal_words(reference), reference)
    sheet = next((one for one in masked.sheets if one.name.strip() == entry.sheet), None)
    texts = stands_there(sheet, entry.cell, before.facts, before.queries) if sheet else [""]
    expected = " ".join(texts[0].split())
    answers = (*reference.corrections.get(entry.file, ()), replace(entry, expected=expected))
    with_answer = replace(reference, corrections={entry.file: answers})
    result = clean_workbook(FileTask(entry.file, data, with_answer), workbook)
    return TrialResult(expected, tuple(fault for fault in result.faults if f".csv:{entry.line}:" in fault))


def _bytes(trial: Trial) -> bytes:
    data = read_bytes(trial.found, MAX_FILE_BYTES)
    outer, mark, inner = trial.entry.file.partition("!")
    if not mark or trial.found.path == trial.entry.file:
        return data
    members = open_members(data, outer).members
    return next((member.data or b"" for member in members if member.path == inner), b"")
