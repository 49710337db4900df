"""Whether planted personal data stands in any byte that is kept or printed."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file as they stand, and unpacked where they are packed."""
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv(index=False).encode()
    if raw[:2] == b"\x1f\x8b":
        yield gzip.decompress(raw)
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            for name in book.namelist():
                yield book.read(name)


def leaks(planted: Iterable[str], folders: Sequence[Path], printed: str) -> Iterator[str]:
    """One line for each file (or the printed text) in which something planted is found, without saying what it is."""
    wanted = sorted({secret for secret in planted if len(secret) > 1})
    forms = [(secret, [secret.encode(code) for code in ("utf-8", "gb18030", "utf-16-le")]) for secret in wanted]
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                parts = list(contents(path))
                found = [s for s, ways in forms if any(way in part for way in ways for part in parts) or s in path.name]
                if found:
                    yield f"{path.relative_to(folder.parent)}: {len(found)} of {len(wanted)}, such as {found[:3]}"
    told = [secret for secret in wanted if secret in printed]
    if told:
        yield f"printed text: {len(told)} of {len(wanted)}, such as {told[:3]}"
