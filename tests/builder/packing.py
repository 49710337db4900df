"""Zip files with the same bytes every time: fixed times, fixed order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

EPOCH = (1980, 1, 1, 0, 0, 0)
FIRST = ("mimetype", "[Content_Types].xml")


def repacked(data: bytes, edited: Callable[[str, bytes], bytes]) -> bytes:
    """The zip with each part as `edited(name, content)` gives it, parts in the order of their names.

    `mimetype` comes first and is not packed, as OpenDocument asks.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda part: (part not in FIRST, part)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.create_system = 3
            new.writestr(info, edited(name, old.read(name)))
    return out.getvalue()
