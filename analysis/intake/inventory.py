"""What lies in a folder of returns: every file below it, in one order on all machines."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One entry of the folder. `path` is its label below the folder (`/` between the parts), `location` where it is.

    `problem` is `M07` when it is not to be read at all (a link, a pipe, a folder that cannot be listed).
    """

    path: str
    location: Path
    problem: str | None = None
    detail: str = ""
    case: str = ""


def list_files(folder: Path) -> tuple[FoundFile, ...]:
    """All entries below the folder that are not plain folders, ordered by label; nothing is left out.

    Links are not followed. Lock files and leavings of programs are listed like all others: `sniff` names them.
    """
    found: list[FoundFile] = []
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            entries = list(os.scandir(current))
        except OSError as fault:
            if current == folder:
                raise
            found.append(_refused(folder, current, f"the folder cannot be listed ({fault.strerror})"))
            continue
        for entry in entries:
            place = current / entry.name
            if entry.is_symlink():
                found.append(_refused(folder, place, "a link to another place: copy the file itself"))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(place)
            else:
                found.append(_plain(folder, place))
    return tuple(sorted(found, key=lambda entry: entry.path))


def read_bytes(found: FoundFile, limit: int) -> bytes:
    """Bytes of the file, at most `limit` + 1 of them, so that a reader sees that it is too large.

    Raises:
        OSError: when the file cannot be read.
    """
    with found.location.open("rb") as source:
        return source.read(limit + 1)


def _plain(folder: Path, place: Path) -> FoundFile:
    if not stat.S_ISREG(place.lstat().st_mode):
        return _refused(folder, place, "no plain file")
    return FoundFile(_label(folder, place), place)


def _refused(folder: Path, place: Path, detail: str) -> FoundFile:
    return FoundFile(_label(folder, place), place, "M07", detail, "link")


def _label(folder: Path, place: Path) -> str:
    """Path below the folder; names in the old Chinese encoding are decoded, other strange bytes become marks."""
    text = place.relative_to(folder).as_posix()
    if text.isprintable():
        return text
    raw = os.fsencode(text)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
