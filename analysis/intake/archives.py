"""Members of a zip archive, within limits. Names are labels only: nothing is ever written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from analysis.intake.limits import MAX_FILE_BYTES, MAX_RATIO, MAX_UNPACKED_BYTES, MIB
from analysis.intake.package import ENCRYPTED_FLAG
from analysis.intake.sniff import PACKED, sniff

MAX_MEMBERS = 500
_UTF8_FLAG = 0x800
_FIRST_OF_THREE_BYTES = "\u0800"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive. `data` is None when it could not be taken out: then `problem` is the rule.

    `case` says which message of the rule applies.
    """

    path: str
    data: bytes | None
    problem: str | None = None
    detail: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """The members in the order of the archive; `problem` says why there are none."""

    members: tuple[Member, ...] = ()
    problem: str | None = None
    detail: str = ""
    case: str = ""


def member_path(entry: zipfile.ZipInfo) -> str:
    """Readable path of a member: forward slashes, no drive, no way up, names of old Chinese archives decoded."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        name = _decoded(name)
    parts = (part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})
    return "/".join(part for part in parts if not (len(part) == 2 and part.endswith(":")))


def _decoded(name: str) -> str:
    """A name without encoding mark: UTF-8 when it then shows Asian characters, else GB18030, else as it came."""
    if name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        text = raw.decode("utf-8")
        if max(text) >= _FIRST_OF_THREE_BYTES:
            return text
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return name


def open_members(data: bytes, name: str) -> Archive:
    """Members of a zip archive, each with its bytes or the reason why it has none. Folders are left out.

    `problem` is `M08` for archives that we do not open (rar, 7z, gzip) and for those beyond the limits, `M07` for
    bytes that are no archive at all. `name` is used in details only. Of members with one name the later ones get a number behind it.
    """
    content = sniff(data)
    if content != "zip":
        damaged = content not in PACKED
        detail = (
            f"{name}: the archive is damaged" if damaged else f"{name}: {content} archives are not opened, send a zip"
        )
        rule, case = ("M07", "") if damaged else ("M08", "unreadable")
        return Archive(problem=rule, detail=detail, case=case)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = [entry for entry in container.infolist() if not entry.is_dir()]
            refusal = _refusal(entries, name)
            if refusal:
                return Archive(problem="M08", detail=refusal, case="too_large")
            return Archive(_with_own_names([_member(container, entry) for entry in entries]))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        return Archive(problem="M08", detail=f"{name}: the archive is damaged ({fault})", case="unreadable")


def _with_own_names(members: list[Member]) -> tuple[Member, ...]:
    """The members, of which no two have one path."""
    named: dict[str, Member] = {}
    for member in members:
        place, path = PurePosixPath(member.path), member.path
        times = 1
        while path in named:
            times += 1
            path = str(place.with_name(f"{place.stem} ({times}){place.suffix}"))
        named[path] = replace(member, path=path)
    return tuple(named.values())


def _refusal(entries: list[zipfile.ZipInfo], name: str) -> str | None:
    if len(entries) > MAX_MEMBERS:
        return f"{name}: more than {MAX_MEMBERS} files in one archive"
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        return f"{name}: unpacks to more than {MAX_UNPACKED_BYTES // MIB} MiB"
    return None


def _member(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    path = member_path(entry)
    if entry.flag_bits & ENCRYPTED_FLAG:
        return Member(path, None, "M05", "the member is protected by a password")
    if entry.file_size > MAX_FILE_BYTES:
        return Member(path, None, "M07", f"the file has more than {MAX_FILE_BYTES:,} bytes", "too_large")
    if entry.file_size > MIB and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        return Member(path, None, "M07", f"packed more than {MAX_RATIO} times: refused", "too_large")
    try:
        with container.open(entry) as source:
            data = source.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as fault:
        return Member(path, None, "M07", f"the member is damaged ({fault})")
    if len(data) != entry.file_size:
        return Member(path, None, "M07", "the member is not as long as the archive says")
    if sniff(data) in PACKED:
        return Member(path, None, "M08", "an archive inside an archive is not opened: send its files", "nested")
    return Member(path, data)
