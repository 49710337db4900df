"""One file or archive of a year, as it lies in the folder -> the results of it and of its members."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.etl.clean_file import FileTask, clean_file, unreadable
from analysis.etl.personal import personal_words
from analysis.etl.personal_guard import guard_result
from analysis.intake.archives import Member, open_members
from analysis.intake.inventory import FoundFile, read_bytes
from analysis.intake.limits import MAX_FILE_BYTES
from analysis.intake.privacy_paths import mask_path, mask_paths, path_kinds
from analysis.intake.privacy_words import PersonalWords
from analysis.intake.reader import is_et
from analysis.intake.sniff import PACKED, sniff
from analysis.records import FileResult
from analysis.reference import Reference


@dataclass(frozen=True, slots=True)
class PathTask:
    """A file as found in the folder of the year, which a child is to read and clean."""

    found: FoundFile
    reference: Reference

    def bytes(self) -> bytes:
        """What the file holds, cut off just above the limit of size; empty when it must not be opened."""
        return b"" if self.found.problem else read_bytes(self.found, MAX_FILE_BYTES)


def clean_path(task: PathTask) -> tuple[FileResult, ...]:
    """The results of one file: its own, and one for each member when it is an archive."""
    words = personal_words(task.reference)
    data, file = task.bytes(), mask_path(task.found.path, words)
    whole = FileTask(file, data, task.reference, path_kinds(_true_name(task.found), words))
    if task.found.problem:
        return (
            guard_result(unreadable(whole, "unknown", task.found.problem, task.found.case, task.found.detail), words),
        )
    if sniff(data) not in PACKED or is_et(file):
        return (clean_file(whole),)
    archive = open_members(data, file)
    own = guard_result(unreadable(whole, sniff(data), archive.problem or "M08", archive.case, archive.detail), words)
    shown = mask_paths((member.path for member in archive.members), words)
    return (own, *(_clean_member(member, shown[member.path], whole, words) for member in archive.members))


def _clean_member(member: Member, shown: str, whole: FileTask, words: PersonalWords) -> FileResult:
    kinds = path_kinds(member.path, words)
    inside = FileTask(f"{whole.file}!{shown}", member.data or b"", whole.reference, kinds)
    if member.data is None:
        return guard_result(unreadable(inside, "unknown", member.problem or "M07", member.case, member.detail), words)
    return clean_file(inside)


def _true_name(found: FoundFile) -> str:
    """The path below the folder as it is on the disk, whatever is shown of it."""
    return "/".join(found.location.parts[-len(found.path.split("/")) :])
