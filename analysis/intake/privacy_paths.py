"""Names of files and archive members with personal data in them, as they may be shown: `市财政局_■_2025.xlsx`.

The file itself keeps its name. Two files that would be shown alike get a number, in the order of their true names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from analysis.intake.privacy import Kind, mask_name, name_kinds
from analysis.intake.privacy_words import PersonalWords

Value = TypeVar("Value")
_PARTS = re.compile(r"([/!])")


def path_kinds(path: str, words: PersonalWords) -> tuple[Kind, ...]:
    """What personal data stands in the parts of a path."""
    found = (kind for part in _PARTS.split(path) for kind in name_kinds(PurePosixPath(part).stem, words))
    return tuple(dict.fromkeys(found))


def mask_path(path: str, words: PersonalWords) -> str:
    """The path as it may be shown; endings and separators stay, and a path without personal data stays as it is."""
    return "".join(_mask_part(part, words) for part in _PARTS.split(path))


def mask_paths(paths: Iterable[str], words: PersonalWords) -> dict[str, str]:
    """Path -> the path as it may be shown, no two alike."""
    known = sorted(set(paths))
    shown: dict[str, str] = {path: path for path in known if mask_path(path, words) == path}
    taken = set(shown.values())
    for path in known:
        if path not in shown:
            shown[path] = _free(mask_path(path, words), taken)
            taken.add(shown[path])
    return shown


def mask_keys(values: Mapping[str, Value], shown: Mapping[str, str], words: PersonalWords) -> dict[str, Value]:
    """Values by true path -> by the path that is shown; where two become one, neither is kept."""
    by_shown: dict[str, list[Value]] = {}
    for path, value in values.items():
        by_shown.setdefault(shown.get(path) or mask_path(path, words), []).append(value)
    return {path: found[0] for path, found in by_shown.items() if len(found) == 1}


def _mask_part(part: str, words: PersonalWords) -> str:
    path = PurePosixPath(part)
    masked = mask_name(path.stem, words)
    return part if masked == path.stem else f"{masked}{path.suffix}"


def _free(path: str, taken: set[str]) -> str:
    pure = PurePosixPath(path)
    number, free = 1, path
    while free in taken:
        number += 1
        free = str(pure.with_name(f"{pure.stem}({number}){pure.suffix}"))
    return free
